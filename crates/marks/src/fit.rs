//! Each box is found by its own printed frame: paper curls and folds, and the corners alone would
//! leave its middle some millimetres off.

use crate::field::{Field, dots};
use crate::layout::Layout;

/// How far the first row may lie from where the corners say, in dots: 3 mm.
const FIRST: i32 = 24;
/// How far a row may lie from where the rows above it were, in dots: just over 1 mm.
const NEXT: i32 = 9;
/// How far a box may lie from what its neighbours say, in dots.
const LAST: i32 = 4;
/// A frame under a mark must not weigh more than one that stands free.
const CAP: f64 = 130.0;

/// A box as it was found in the field, in dots.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Found {
    pub left: i32,
    pub top: i32,
    pub side: i32,
    /// How well the frame stands out, in 255ths of the paper.
    pub score: f64,
}

/// How far a box lies from where the corners say, in dots, and how well its frame stands out.
type Move = (i32, i32, f64);

/// All boxes, row by row.
pub(crate) fn boxes(field: &Field, layout: &Layout) -> Vec<Found> {
    let side = dots(layout.side()).round() as i32;
    let columns = layout.columns();
    let places: Vec<(i32, i32)> = (0..layout.rows() * columns)
        .map(|at| field.place(layout.place(at / columns, at % columns)))
        .map(|(x, y)| (x.round() as i32, y.round() as i32))
        .collect();
    let first = together(field, &places[..places.len().min(5 * columns)], side);
    let mut moved: Vec<Move> = Vec::new();
    for (at, place) in places.iter().enumerate() {
        let (about, reach) = match at {
            0 => (first, NEXT),
            at if at < columns => (middle(&moved[at - 1..at]), NEXT),
            at => {
                let above = (1..=3).filter_map(|up| at.checked_sub(up * columns));
                (middle(&above.map(|at| moved[at]).collect::<Vec<_>>()), NEXT)
            }
        };
        moved.push(search(field, *place, side, about, reach));
    }
    let found = places.iter().enumerate().map(|(at, place)| {
        let about = lean(&moved, at, columns).unwrap_or_else(|| middle(&moved[at..=at]));
        let (dx, dy, score) = search(field, *place, side, about, LAST);
        Found {
            left: place.0 + dx,
            top: place.1 + dy,
            side,
            score,
        }
    });
    found.collect()
}

/// How far the first rows lie from where the corners say, all of them together: a single filled box
/// would seem to lie where the row below begins.
fn together(field: &Field, places: &[(i32, i32)], side: i32) -> (i32, i32) {
    let near = [-2, 0, 2];
    let score = |dx: i32, dy: i32| {
        let best = places.iter().map(|place| {
            let moves = near
                .iter()
                .flat_map(|x| near.iter().map(move |y| (dx + x, dy + y)));
            let scores = moves.map(|(x, y)| frame(field, place.0 + x, place.1 + y, side));
            scores.fold(f64::MIN, f64::max)
        });
        best.sum::<f64>() / places.len().max(1) as f64
    };
    let mut best = (f64::MIN, 0, 0);
    for dy in (-FIRST..=FIRST).step_by(2) {
        for dx in (-FIRST..=FIRST).step_by(2) {
            let score = score(dx, dy) - f64::from(dx.abs().max(dy.abs())) * 0.3;
            if score > best.0 {
                best = (score, dx, dy);
            }
        }
    }
    (best.1, best.2)
}

/// What the boxes within three rows say of this one, as a plane through their moves; those that
/// lie off it are left out the second time.
fn lean(moved: &[Move], at: usize, columns: usize) -> Option<(i32, i32)> {
    let (row, column) = (at / columns, at % columns);
    let rows = row.saturating_sub(3)..(row + 4).min(moved.len() / columns);
    let near = rows.flat_map(|row| (0..columns).map(move |column| (row, column)));
    let near: Vec<(f64, f64, Move)> = near
        .map(|(r, c)| {
            let (down, right) = (r as f64 - row as f64, c as f64 - column as f64);
            (right, down, moved[r * columns + c])
        })
        .collect();
    let fit = |pick: fn(&Move) -> i32| {
        let mut plane = [0.0; 3];
        for round in 0..3 {
            let mut system = [[0.0; 4]; 3];
            for (right, down, one) in &near {
                let value = f64::from(pick(one));
                let off = value - plane[0] - plane[1] * right - plane[2] * down;
                let trust = if round == 0 {
                    1.0
                } else {
                    1.0 / (1.0 + off * off)
                };
                let weight = one.2.max(1.0).powi(2) * trust;
                let line = [1.0, *right, *down, value];
                for i in 0..3 {
                    for j in 0..4 {
                        system[i][j] += weight * line[i] * line[j];
                    }
                }
                // One column, or one row, says nothing of its own slope.
                system[1][1] += 1e-3 * weight;
                system[2][2] += 1e-3 * weight;
            }
            plane = solve(system)?;
        }
        Some(plane[0].round() as i32)
    };
    Some((fit(|one| one.0)?, fit(|one| one.1)?))
}

fn solve(mut system: [[f64; 4]; 3]) -> Option<[f64; 3]> {
    for at in 0..3 {
        // The sums are positive definite: no pivot is needed.
        if system[at][at] < 1e-9 {
            return None;
        }
        let line = system[at];
        for (other, row) in system.iter_mut().enumerate() {
            if other != at {
                let factor = row[at] / line[at];
                for (cell, of) in row.iter_mut().zip(line) {
                    *cell -= factor * of;
                }
            }
        }
    }
    Some(std::array::from_fn(|at| system[at][3] / system[at][at]))
}

/// The median move of boxes whose frames stood out well; of all, if none did.
fn middle(moved: &[Move]) -> (i32, i32) {
    let best = moved.iter().map(|(_, _, score)| *score).fold(0.0, f64::max);
    let good = || moved.iter().filter(|(_, _, score)| *score >= best * 0.6);
    let median = |mut values: Vec<i32>| {
        values.sort_unstable();
        values.get(values.len() / 2).copied().unwrap_or(0)
    };
    (
        median(good().map(|(dx, _, _)| *dx).collect()),
        median(good().map(|(_, dy, _)| *dy).collect()),
    )
}

fn search(
    field: &Field,
    place: (i32, i32),
    side: i32,
    about: (i32, i32),
    reach: i32,
) -> (i32, i32, f64) {
    let mut best = (about.0, about.1, f64::MIN);
    for dy in about.1 - reach..=about.1 + reach {
        for dx in about.0 - reach..=about.0 + reach {
            let off = (dx - about.0).abs().max((dy - about.1).abs());
            // Where nothing tells, the neighbours do.
            let score = frame(field, place.0 + dx, place.1 + dy, side) - f64::from(off) * 0.5;
            if score > best.2 {
                best = (dx, dy, score);
            }
        }
    }
    best
}

/// How much a frame stands out: its four lines against what runs beside them on both sides.
fn frame(field: &Field, left: i32, top: i32, side: i32) -> f64 {
    let (right, bottom) = (left + side, top + side);
    let across = |y: i32| field.mean_ink(left, y - 1, right, y + 1);
    let down = |x: i32| field.mean_ink(x - 1, top, x + 1, bottom);
    let weigh = |line: f64, inside: f64, outside: f64| {
        (line.min(CAP) - inside.min(CAP) * 0.5 - outside.min(CAP) * 0.5) / 4.0
    };
    weigh(across(top), across(top + 5), across(top - 5))
        + weigh(across(bottom), across(bottom - 5), across(bottom + 5))
        + weigh(down(left), down(left + 5), down(left - 5))
        + weigh(down(right), down(right - 5), down(right + 5))
}
