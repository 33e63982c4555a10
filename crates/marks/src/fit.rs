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

/// All boxes, row by row.
pub(crate) fn boxes(field: &Field, layout: &Layout) -> Vec<Found> {
    let side = dots(layout.side()).round() as i32;
    let places: Vec<(i32, i32)> = (0..layout.rows())
        .flat_map(|row| (0..layout.columns()).map(move |column| (row, column)))
        .map(|(row, column)| {
            let (x, y) = field.place(layout.place(row, column));
            (x.round() as i32, y.round() as i32)
        })
        .collect();
    let columns = layout.columns();
    let mut moved: Vec<(i32, i32, f64)> = Vec::new();
    for (at, place) in places.iter().enumerate() {
        let row = at / columns;
        let above = &moved[row.saturating_sub(2) * columns..at];
        let (about, reach) = match above {
            [] => ((0, 0), FIRST),
            above if row == 0 => (middle(above), NEXT + 4),
            above => (middle(above), NEXT),
        };
        moved.push(search(field, *place, side, about, reach));
    }
    let found = places.iter().enumerate().map(|(at, place)| {
        let row = at / columns;
        let near = &moved[row.saturating_sub(1) * columns..((row + 2) * columns).min(moved.len())];
        let (dx, dy, score) = search(field, *place, side, middle(near), LAST);
        Found {
            left: place.0 + dx,
            top: place.1 + dy,
            side,
            score,
        }
    });
    found.collect()
}

/// The median move of boxes whose frames stood out well; of all, if none did.
fn middle(moved: &[(i32, i32, f64)]) -> (i32, i32) {
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
