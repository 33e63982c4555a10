//! Shapes that decide: a filled box, a line straight through it, one stroke upon another.

use crate::field::Field;
use crate::fit::Found;
use crate::judge::Bench;
use crate::strokes::BAND;

/// Ink that runs out of a corner is seen from here to here, in dots each way: nearer a frame's own
/// corner is blurred, farther a short cross has ended.
const OUT: (i32, i32) = (3, 4);
/// How far from the diagonal it may be there.
const STRAY: i32 = 3;

/// Flanks that are all darker than this part of the paper about them are covered with ink.
const COVERED: f64 = 0.7;

/// How full a box is.
pub(crate) struct Fill {
    /// The part of its inside that is clearly darker than the paper on all four sides.
    pub share: f64,
    /// Its middle value is as dark as ink.
    pub deep: bool,
    /// Its middle value is darker than paper and lighter than ink.
    pub grey: bool,
    /// On how many sides the filling runs well over the frame.
    pub over: usize,
}

/// Against the darkest of the four sides, so that a shadow's edge is no filling.
pub(crate) fn fill(field: &Field, found: &Found) -> Fill {
    let (left, top, side) = (found.left, found.top, found.side);
    let (right, bottom) = (left + side, top + side);
    let darkest = paper(field, found);
    let inset = BAND + 1;
    let mut inside = values(
        field,
        (left + inset, top + inset, right - inset, bottom - inset),
    );
    let total = inside.len().max(1) as f64;
    let share = inside
        .iter()
        .filter(|value| f64::from(**value) < 0.8 * darkest)
        .count() as f64
        / total;
    let middle = f64::from(quantile(&mut inside, 0.5)) / darkest;
    let near = [
        (left, top - 6, right, top - 2),
        (left, bottom + 3, right, bottom + 7),
        (left - 6, top, left - 2, bottom),
        (right + 3, top, right + 7, bottom),
    ];
    let over = near.iter().filter(|flank| {
        let values = values(field, **flank);
        let inked = values
            .iter()
            .filter(|value| f64::from(**value) < 0.75 * darkest)
            .count();
        inked * 100 > values.len() * 35
    });
    Fill {
        share,
        deep: middle < 0.74,
        grey: middle < 0.87,
        over: over.count(),
    }
}

/// How light the paper about a box is, on its darkest side.
fn paper(field: &Field, found: &Found) -> f64 {
    let (left, top, side) = (found.left, found.top, found.side);
    let (right, bottom) = (left + side, top + side);
    let light = |places: [Place; 4]| {
        // Whatever is written there.
        places.map(|place| f64::from(quantile(&mut values(field, place), 0.85)))
    };
    let flanks = light([
        (left, top - BAND - 6, right, top - BAND),
        (left, bottom + BAND, right, bottom + BAND + 6),
        (left - BAND - 6, top, left - BAND, bottom),
        (right + BAND, top, right + BAND + 6, bottom),
    ]);
    let (near, far) = (side / 2, side);
    let farther = light([
        (left, top - far, right, top - near),
        (left, bottom + near, right, bottom + far),
        (left - far, top, left - near, bottom),
        (right + near, top, right + far, bottom),
    ]);
    let mut brightest = flanks.iter().copied().fold(1.0, f64::max);
    // Scribbled over on all sides: the paper begins farther out. A shadow has no end on both sides.
    let about = farther.iter().copied().fold(255.0, f64::min);
    if brightest < COVERED * about {
        brightest = about;
    }
    // A side that ink covers says nothing of the paper.
    let paper = flanks.into_iter().filter(|value| *value > brightest * 0.55);
    paper.fold(brightest, f64::min)
}

/// Left, top, right and bottom, in dots.
type Place = (i32, i32, i32, i32);

fn values(field: &Field, (left, top, right, bottom): Place) -> Vec<u8> {
    let dots = (top..bottom).flat_map(|y| (left..right).map(move |x| (x, y)));
    dots.filter_map(|(x, y)| field.at(x, y))
        .map(|at| field.grey[at])
        .collect()
}

fn quantile(values: &mut [u8], part: f64) -> u8 {
    values.sort_unstable();
    let at = (values.len() as f64 * part) as usize;
    values.get(at).copied().unwrap_or(255)
}

/// A flat line leaves the box on both sides, or a steep one above and below: a name struck out, a
/// mark struck out, a fold.
pub(crate) fn through(bench: &Bench, found: &Found) -> bool {
    let (field, strokes) = (bench.field, bench.strokes);
    let side = found.side;
    let ink = |x: i32, y: i32| strokes.at(field, x, y);
    // One leg of a line from inside over the frame to 1.4 mm out, nearly straight.
    let leg = |inside: (i32, i32), step: (i32, i32)| {
        let across = (step.1.abs(), step.0.abs());
        let near = |far: i32, drift: i32| {
            let x = inside.0 + step.0 * far + across.0 * drift;
            let y = inside.1 + step.1 * far + across.1 * drift;
            ink(x, y)
        };
        near(0, 0).is_some()
            && (-2..=2).any(|drift| near(2 * BAND + 2, drift).is_some())
            && (-3..=3).any(|drift| near(2 * BAND + 7, drift).is_some())
    };
    let inset = BAND + 1;
    let zone = side / 7..side - side / 7;
    let (left, top) = (found.left, found.top);
    let (right, bottom) = (left + side, top + side);
    let flat = zone.clone().any(|y| leg((left + inset, top + y), (-1, 0)))
        && zone.clone().any(|y| leg((right - inset, top + y), (1, 0)));
    let steep = zone.clone().any(|x| leg((left + x, top + inset), (0, -1)))
        && zone
            .clone()
            .any(|x| leg((left + x, bottom - inset), (0, 1)));
    flat || steep
}

/// One stroke upon another: three or more lines, one above the other or side by side, over a good
/// part of the box. A circle has two, a tick or a cross one or two.
pub(crate) fn crossed(bench: &Bench, found: &Found) -> bool {
    let inset = BAND + 1;
    let span = inset..found.side - inset;
    let framed = |across: i32| across.abs() <= BAND || (across - found.side).abs() <= BAND;
    let count = |down: bool| {
        let lines = span.clone().filter(|along| {
            let mut runs = 0;
            let mut gap = 2;
            for across in -2..=found.side + 2 {
                let (x, y) = if down {
                    (*along, across)
                } else {
                    (across, *along)
                };
                let (x, y) = (found.left + x, found.top + y);
                let inked = bench.strokes.at(bench.field, x, y).is_some();
                match inked {
                    true if gap >= 2 => {
                        runs += 1;
                        gap = 0;
                    }
                    true => gap = 0,
                    // Under a frame nobody knows whether a stroke ends.
                    false if framed(across) => {}
                    false => gap += 1,
                }
            }
            runs >= 3
        });
        lines.count() as f64 / span.len().max(1) as f64
    };
    count(true) > 0.3 || count(false) > 0.3
}

/// How many of the box's corners ink runs out of: a cross over a mark reaches all four, a cross as
/// a mark stays inside.
pub(crate) fn corners(bench: &Bench, found: &Found) -> usize {
    let (right, bottom) = (found.left + found.side, found.top + found.side);
    let corners = [
        (found.left, found.top, -1, -1),
        (right, found.top, 1, -1),
        (found.left, bottom, -1, 1),
        (right, bottom, 1, 1),
    ];
    let runs = |(x, y, right, down): (i32, i32, i32, i32)| {
        // Step by step outward, straying by a third of the way at most.
        (OUT.0..=OUT.1).all(|far| {
            (-STRAY..=STRAY)
                .any(|stray| bench.inked(x + right * (far + stray), y + down * (far - stray)))
        })
    };
    corners.into_iter().filter(|corner| runs(*corner)).count()
}

/// Whether much of the ink in a box is wider than 0.9 mm.
pub(crate) fn broad(bench: &Bench, found: &Found) -> bool {
    let ink = |x: i32, y: i32| {
        bench
            .strokes
            .at(bench.field, found.left + x, found.top + y)
            .is_some()
    };
    let span = BAND + 1..found.side - BAND;
    let (mut all, mut wide) = (0, 0);
    for y in span.clone() {
        for x in span.clone().filter(|x| ink(*x, y)) {
            all += 1;
            let about = [(3, 0), (-3, 0), (0, 3), (0, -3)];
            wide += usize::from(about.into_iter().all(|(dx, dy)| ink(x + dx, y + dy)));
        }
    }
    wide * 5 > all
}
