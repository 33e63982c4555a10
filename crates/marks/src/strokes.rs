//! Strokes: connected ink, joined again where a printed frame cut it.

use crate::blobs::{Joined, label};
use crate::field::{Field, dots};
use crate::fit::Found;

/// A frame's band: half its thickness, what blur adds, and a dot of error in finding it.
pub(crate) const BAND: i32 = 4;
/// A stroke that crosses a frame goes on within so many dots along it (up to 45 degrees).
const DRIFT: i32 = 7;
/// Ink is at least this much darker than the paper, in 255ths: a hard pencil is at 40.
const LEAST_INK: u8 = 18;
const MOST_INK: u8 = 90;
/// The part of the field whose grain is measured at a time: 12 mm.
const PATCH: usize = 96;

/// Fewer dots that hang together are grain.
const SPECK: usize = 8;
/// What runs along a frame is darker than the frame at that distance by this part of its black.
const CLEAR: f64 = 0.35;

/// Directions about a box's middle.
pub(crate) const SECTORS: u32 = 16;

/// One person's stroke or strokes that touch, over the whole field.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Stroke {
    pub left: i32,
    pub right: i32,
    pub top: i32,
    pub bottom: i32,
    pub area: usize,
    /// How many boxes it has ink in.
    pub boxes: usize,
    /// The first and the last column it has ink in.
    pub columns: (usize, usize),
    /// The most ink it has in one box, in dots.
    pub most: usize,
}

/// A stroke as one box sees it.
#[derive(Debug, Clone, Default)]
pub(crate) struct Piece {
    pub stroke: usize,
    /// Dots inside the box.
    pub inside: usize,
    /// The same, each weighed by how dark it is: 255 a dot of black on white.
    pub weight: u64,
    /// Dots in the middle quarter of the box.
    pub core: usize,
    /// Directions in which it has ink inside the box, and anywhere about it.
    pub inner: u32,
    pub about: u32,
}

/// All strokes of the field.
pub(crate) struct Strokes {
    labels: Vec<u32>,
    of_blob: Vec<usize>,
    pub all: Vec<Stroke>,
}

impl Strokes {
    /// `columns` boxes make a row.
    pub fn gather(field: &Field, boxes: &[Found], columns: usize, black: f64) -> Strokes {
        let (mut dark, grain) = inked(field);
        let clear = ((black * CLEAR) as u8).max(grain);
        for found in boxes {
            mask(field, found, clear, &mut dark);
        }
        let (mut labels, blobs) = label(&dark, field.width);
        for label in &mut labels {
            if *label > 0 && blobs[*label as usize - 1].area < SPECK {
                *label = 0;
            }
        }
        let mut joined = Joined::of(blobs.len());
        for found in boxes {
            bridge(field, found, &labels, &mut joined);
        }
        let mut all: Vec<Stroke> = Vec::new();
        let mut number = vec![usize::MAX; blobs.len()];
        let mut of_blob = Vec::with_capacity(blobs.len());
        for (at, blob) in blobs.iter().enumerate() {
            let root = joined.root(at as u32) as usize;
            if number[root] == usize::MAX {
                number[root] = all.len();
                all.push(Stroke {
                    left: i32::MAX,
                    right: 0,
                    top: i32::MAX,
                    bottom: 0,
                    area: 0,
                    boxes: 0,
                    columns: (usize::MAX, 0),
                    most: 0,
                });
            }
            let stroke = &mut all[number[root]];
            stroke.left = stroke.left.min(blob.left as i32);
            stroke.right = stroke.right.max(blob.right as i32);
            stroke.top = stroke.top.min(blob.top as i32);
            stroke.bottom = stroke.bottom.max(blob.bottom as i32);
            stroke.area += blob.area;
            of_blob.push(number[root]);
        }
        let mut strokes = Strokes {
            labels,
            of_blob,
            all,
        };
        strokes.count(field, boxes, columns);
        strokes
    }

    /// Which stroke has ink at this dot.
    pub fn at(&self, field: &Field, x: i32, y: i32) -> Option<usize> {
        let label = self.labels[field.at(x, y)?];
        label.checked_sub(1).map(|blob| self.of_blob[blob as usize])
    }

    fn count(&mut self, field: &Field, boxes: &[Found], columns: usize) {
        for (at, found) in boxes.iter().enumerate() {
            for piece in self.pieces(field, found) {
                if piece.inside * 64 >= dots(1.0).powi(2) as usize * 6 {
                    let column = at % columns;
                    let stroke = &mut self.all[piece.stroke];
                    stroke.boxes += 1;
                    stroke.columns = (stroke.columns.0.min(column), stroke.columns.1.max(column));
                    stroke.most = stroke.most.max(piece.inside);
                }
            }
        }
    }

    /// What strokes a box and the paper about it hold.
    pub fn pieces(&self, field: &Field, found: &Found) -> Vec<Piece> {
        let mut pieces: Vec<Piece> = Vec::new();
        let (left, top, side) = (found.left, found.top, found.side);
        let (middle_x, middle_y) = (left + side / 2, top + side / 2);
        for y in top - side / 2..=top + side + side / 2 {
            for x in left - side / 2..=left + side + side / 2 {
                let Some(stroke) = self.at(field, x, y) else {
                    continue;
                };
                let known = pieces.iter().position(|piece| piece.stroke == stroke);
                let at = known.unwrap_or_else(|| {
                    pieces.push(Piece {
                        stroke,
                        ..Piece::default()
                    });
                    pieces.len() - 1
                });
                let piece = &mut pieces[at];
                let (dx, dy) = (x - middle_x, y - middle_y);
                let sector = 1u32 << sector(dx, dy);
                // Next to its line a frame's own edge is uneven.
                let far = dx.abs().max(dy.abs());
                if far <= side / 2 - BAND || far >= side / 2 + 3 {
                    piece.about |= sector;
                }
                if dx.abs().max(dy.abs()) <= side / 2 - BAND {
                    piece.inside += 1;
                    piece.weight += field.at(x, y).map_or(0, |at| u64::from(field.ink[at]));
                    piece.inner |= sector;
                    if dx.abs().max(dy.abs()) <= side / 4 {
                        piece.core += 1;
                    }
                }
            }
        }
        pieces
    }
}

fn sector(dx: i32, dy: i32) -> u32 {
    let turn = f64::from(dy).atan2(f64::from(dx)) / std::f64::consts::TAU + 0.5;
    ((turn * f64::from(SECTORS)) as u32).min(SECTORS - 1)
}

/// Ink is what stands out of the grain of its patch; with the field's usual grain.
fn inked(field: &Field) -> (Vec<bool>, u8) {
    let mut grains = Vec::new();
    let mut dark = vec![false; field.ink.len()];
    for top in (0..field.height).step_by(PATCH) {
        for left in (0..field.width).step_by(PATCH) {
            let rows = top..(top + PATCH).min(field.height);
            let span = left..(left + PATCH).min(field.width);
            let mut counts = [0usize; 256];
            for y in rows.clone() {
                for x in span.clone() {
                    counts[field.ink[y * field.width + x] as usize] += 1;
                }
            }
            let least = threshold(&counts);
            grains.push(least);
            for y in rows {
                for at in span.clone().map(|x| y * field.width + x) {
                    dark[at] = field.seen_at(at) && field.ink[at] >= least;
                }
            }
        }
    }
    grains.sort_unstable();
    let usual = grains.get(grains.len() / 2).copied().unwrap_or(LEAST_INK);
    (dark, usual)
}

/// The blank paper's grain: its median, and how far the quarter below it lies.
fn threshold(counts: &[usize; 256]) -> u8 {
    let total: usize = counts.iter().sum();
    let quantile = |part: f64| {
        let wanted = (total as f64 * part) as usize;
        let mut sum = 0;
        counts.iter().position(|count| {
            sum += count;
            sum > wanted
        })
    };
    let half = quantile(0.5).unwrap_or(0) as f64;
    let low = quantile(0.16).unwrap_or(0) as f64;
    let least = half + 3.5 * (half - low) + 6.0;
    (least as u8).clamp(LEAST_INK, MOST_INK)
}

/// Takes the printed frame away, and leaves what is clearly darker than that side's line is at that
/// distance: a circle that runs along a frame is not lost.
fn mask(field: &Field, found: &Found, clear: u8, dark: &mut [bool]) {
    let (left, top, side) = (found.left, found.top, found.side);
    let (right, bottom) = (left + side, top + side);
    let mut keep = |dot: &dyn Fn(i32, i32) -> (i32, i32)| {
        for off in -BAND..=BAND {
            let at = |along: i32| {
                let (x, y) = dot(off, along);
                field.at(x, y)
            };
            let mut line: Vec<u8> = (BAND..side - BAND)
                .filter_map(at)
                .map(|at| field.ink[at])
                .collect();
            line.sort_unstable();
            let usual = line.get(line.len() / 2).copied().unwrap_or(0);
            let ends = -off.max(0)..=side + off.max(0);
            for at in ends.filter_map(at) {
                dark[at] &= field.ink[at] > usual.saturating_add(clear);
            }
        }
    };
    keep(&|off, along| (left + along, top - off));
    keep(&|off, along| (left + along, bottom + off));
    keep(&|off, along| (left - off, top + along));
    keep(&|off, along| (right + off, top + along));
}

/// Joins what a frame has cut.
fn bridge(field: &Field, found: &Found, labels: &[u32], joined: &mut Joined) {
    let far = BAND + 1;
    let (left, top) = (found.left, found.top);
    let (right, bottom) = (left + found.side, top + found.side);
    let mut join = |outside: (i32, i32), inside: (i32, i32)| {
        let label = |(x, y): (i32, i32)| field.at(x, y).map_or(0, |at| labels[at]);
        let (one, other) = (label(outside), label(inside));
        if one > 0 && other > 0 {
            joined.join(one - 1, other - 1);
        }
    };
    for along in -far..=found.side + far {
        for drift in -DRIFT..=DRIFT {
            let other = (along + drift).clamp(far, found.side - far);
            join((left - far, top + along), (left + far, top + other));
            join((right + far, top + along), (right - far, top + other));
            join((left + along, top - far), (left + other, top + far));
            join((left + along, bottom + far), (left + other, bottom - far));
        }
    }
}
