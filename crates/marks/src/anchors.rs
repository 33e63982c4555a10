//! The four bull's-eyes: found whatever way the paper lies, and told apart from what people draw.

use crate::blobs::Blob;
use crate::layout::{ANCHOR_RADIUS, ANCHORS};
use crate::plane::{Pixel, Plane};

/// An anchor's apparent size: 8 mm at 90 to 350 dots an inch of the picture that is worked on.
const LEAST: f64 = 20.0;
const MOST: f64 = 130.0;
/// So many candidates are tried in fours: 18 give 3,060 fours in four turns.
const TRIED: usize = 18;
/// How far a dot's middle may lie from its ring's, as a part of the ring.
const OFF: f64 = 0.12;
/// How far the four apparent sizes may be off all together, as a sum of eight logarithms: a good
/// photo has 0.3, a paper that curls at a corner 0.7.
const MISFIT: f64 = 1.3;
/// What an anchor that seems to be the wrong kind costs.
const WRONG_KIND: f64 = 0.35;

/// A ring with a dot in its very middle: a bull's-eye, or one of the code's own three squares. A
/// circle drawn by hand has no such dot.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Ring {
    pub middle: Pixel,
    pub width: f64,
    pub height: f64,
    /// The dot's breadth against the ring's: 0.35 and 0.55 of an anchor, 0.48 of a square.
    pub share: f64,
    /// How far it is from round and true; 0 is perfect.
    pub flaw: f64,
}

/// A bull's-eye somewhere in the picture.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Eye {
    pub middle: Pixel,
    pub width: f64,
    pub height: f64,
    /// Its dot is thick: the upper left corner's.
    pub thick: bool,
}

/// All rings; of several dots in one ring the truest.
pub(crate) fn rings(blobs: &[Blob]) -> Vec<Ring> {
    let fits = |blob: &&Blob| {
        let (width, height) = (blob.width(), blob.height());
        (LEAST..=MOST).contains(&width)
            && (LEAST..=MOST).contains(&height)
            && (0.45..=2.2).contains(&(width / height))
            && (0.15..=0.65).contains(&blob.fill())
    };
    let mut dots: Vec<&Blob> = blobs
        .iter()
        .filter(|blob| blob.area >= 12 && blob.fill() > 0.45 && blob.width() < MOST)
        .collect();
    // Noise has a hundred thousand of each: a ring looks only at dots on its own height.
    dots.sort_by(|one, other| one.y.total_cmp(&other.y));
    let rings = blobs.iter().filter(fits).filter_map(|ring| {
        let reach = OFF * ring.height();
        let from = dots.partition_point(|dot| dot.y < ring.y - reach);
        let near = dots[from..]
            .iter()
            .take_while(|dot| dot.y <= ring.y + reach);
        near.filter_map(|dot| concentric(ring, dot))
            .min_by(|one, other| one.flaw.total_cmp(&other.flaw))
    });
    rings.collect()
}

fn concentric(ring: &Blob, dot: &Blob) -> Option<Ring> {
    let (width, height) = (ring.width(), ring.height());
    let off = ((ring.x - dot.x) / width).hypot((ring.y - dot.y) / height);
    let share = (dot.area as f64 / (width * height * std::f64::consts::FRAC_PI_4)).sqrt();
    let shape = (dot.width() / dot.height() / (width / height)).ln().abs();
    let inside = dot.left > ring.left
        && dot.right < ring.right
        && dot.top > ring.top
        && dot.bottom < ring.bottom;
    if !inside || off > OFF || !(0.22..=0.72).contains(&share) || shape > 0.5 {
        return None;
    }
    let middle = Pixel {
        x: (ring.x + dot.x) / 2.0,
        y: (ring.y + dot.y) / 2.0,
    };
    Some(Ring {
        middle,
        width,
        height,
        share,
        flaw: off * 3.0 + shape,
    })
}

/// The rings most like anchors.
pub(crate) fn eyes(rings: &[Ring]) -> Vec<Eye> {
    let mut eyes: Vec<(f64, Eye)> = rings
        .iter()
        .map(|ring| {
            let kind = (ring.share / 0.35).ln().abs();
            let kind = kind.min((ring.share / 0.55).ln().abs());
            let eye = Eye {
                middle: ring.middle,
                width: ring.width,
                height: ring.height,
                thick: ring.share > 0.45,
            };
            (ring.flaw + kind, eye)
        })
        .collect();
    eyes.sort_by(by_first);
    eyes.truncate(TRIED);
    eyes.into_iter().map(|(_, eye)| eye).collect()
}

pub(crate) fn by_first<T>(one: &(f64, T), other: &(f64, T)) -> std::cmp::Ordering {
    one.0.total_cmp(&other.0)
}

/// The planes that four eyes may mean, the likeliest first.
pub(crate) fn planes(eyes: &[Eye]) -> Vec<Plane> {
    let mut found: Vec<(f64, Plane)> = Vec::new();
    for a in 0..eyes.len() {
        for b in a + 1..eyes.len() {
            for c in b + 1..eyes.len() {
                for d in c + 1..eyes.len() {
                    let four = around([&eyes[a], &eyes[b], &eyes[c], &eyes[d]]);
                    for turn in 0..4 {
                        let turned = std::array::from_fn(|at| four[(at + turn) % 4]);
                        found.extend(weigh(&turned));
                    }
                }
            }
        }
    }
    found.sort_by(by_first);
    found.truncate(6);
    found.into_iter().map(|(_, plane)| plane).collect()
}

/// Clockwise as the picture is seen; a mirrored sheet can't be.
fn around(mut four: [&Eye; 4]) -> [&Eye; 4] {
    let x = four.iter().map(|eye| eye.middle.x).sum::<f64>() / 4.0;
    let y = four.iter().map(|eye| eye.middle.y).sum::<f64>() / 4.0;
    let angle = |eye: &Eye| (eye.middle.y - y).atan2(eye.middle.x - x);
    four.sort_by(|one, other| angle(one).total_cmp(&angle(other)));
    four
}

/// How far the apparent sizes of eyes are from what a plane says of their corners.
pub(crate) fn misfit(plane: &Plane, corner: usize, eye: &Eye) -> Option<f64> {
    let (width, height) = plane.spread(ANCHORS[corner], ANCHOR_RADIUS)?;
    Some((eye.width / width).ln().abs() + (eye.height / height).ln().abs())
}

fn weigh(four: &[&Eye; 4]) -> Option<(f64, Plane)> {
    let plane = Plane::fit(&std::array::from_fn::<_, 4, _>(|at| {
        (ANCHORS[at], four[at].middle)
    }))?;
    let mut sum = 0.0;
    for (at, eye) in four.iter().enumerate() {
        sum += misfit(&plane, at, eye)?;
        if sum > MISFIT {
            return None;
        }
    }
    let wrong = (0..4).filter(|at| four[*at].thick != (*at == 0)).count();
    Some((sum + WRONG_KIND * wrong as f64, plane))
}
