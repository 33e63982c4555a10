//! The four bull's-eyes: found whatever way the paper lies, and told apart from what people draw.

use crate::blobs::Blob;
use crate::layout::{ANCHOR_RADIUS, ANCHORS};
use crate::plane::{Pixel, Plane};

/// An anchor's apparent size: 8 mm at 90 to 350 dots an inch of the picture that is worked on.
const LEAST: f64 = 20.0;
const MOST: f64 = 130.0;
/// So many candidates are tried in fours: 18 give 3,060 fours in four turns.
const TRIED: usize = 18;
/// How far the four apparent sizes may be off all together, as a sum of eight logarithms: a good
/// photo has 0.3, a paper that curls at a corner 0.7.
const MISFIT: f64 = 1.3;
/// What an anchor that seems to be the wrong kind costs.
const WRONG_KIND: f64 = 0.35;

/// A bull's-eye somewhere in the picture.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Eye {
    pub middle: Pixel,
    width: f64,
    height: f64,
    /// Its dot is thick: the upper left corner's.
    thick: bool,
}

/// A ring with a dot in its very middle; a circle drawn by hand has none.
pub(crate) fn eyes(blobs: &[Blob]) -> Vec<Eye> {
    let fits = |blob: &&Blob| {
        let (width, height) = (blob.width(), blob.height());
        (LEAST..=MOST).contains(&width)
            && (LEAST..=MOST).contains(&height)
            && (0.45..=2.2).contains(&(width / height))
            && (0.15..=0.65).contains(&blob.fill())
    };
    let dots: Vec<&Blob> = blobs
        .iter()
        .filter(|blob| blob.area >= 12 && blob.fill() > 0.55 && blob.width() < MOST)
        .collect();
    let rings = blobs.iter().filter(fits);
    let mut eyes: Vec<(f64, Eye)> = rings
        .filter_map(|ring| {
            dots.iter()
                .filter_map(|dot| eye(ring, dot))
                .min_by(by_first)
        })
        .collect();
    eyes.sort_by(by_first);
    eyes.truncate(TRIED);
    eyes.into_iter().map(|(_, eye)| eye).collect()
}

fn by_first<T>(one: &(f64, T), other: &(f64, T)) -> std::cmp::Ordering {
    one.0.total_cmp(&other.0)
}

fn eye(ring: &Blob, dot: &Blob) -> Option<(f64, Eye)> {
    let (width, height) = (ring.width(), ring.height());
    let off = ((ring.x - dot.x) / width).hypot((ring.y - dot.y) / height);
    // The code's own finders are squares: seven modules with three in the middle.
    let share = (dot.area as f64 / (width * height * std::f64::consts::FRAC_PI_4)).sqrt();
    let shape = (dot.width() / dot.height() / (width / height)).ln().abs();
    let inside = dot.left > ring.left
        && dot.right < ring.right
        && dot.top > ring.top
        && dot.bottom < ring.bottom;
    if !inside || off > 0.12 || !(0.22..=0.72).contains(&share) || shape > 0.5 {
        return None;
    }
    let kind = (share / 0.35).ln().abs().min((share / 0.55).ln().abs());
    let eye = Eye {
        middle: Pixel {
            x: (ring.x + dot.x) / 2.0,
            y: (ring.y + dot.y) / 2.0,
        },
        width,
        height,
        thick: share > 0.45,
    };
    Some((off * 3.0 + shape + kind, eye))
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

fn weigh(four: &[&Eye; 4]) -> Option<(f64, Plane)> {
    let plane = Plane::fit(&std::array::from_fn::<_, 4, _>(|at| {
        (ANCHORS[at], four[at].middle)
    }))?;
    let mut misfit = 0.0;
    for (at, eye) in four.iter().enumerate() {
        let (width, height) = plane.spread(ANCHORS[at], ANCHOR_RADIUS)?;
        misfit += (eye.width / width).ln().abs() + (eye.height / height).ln().abs();
        if misfit > MISFIT {
            return None;
        }
    }
    let wrong = (0..4).filter(|at| four[*at].thick != (*at == 0)).count();
    Some((misfit + WRONG_KIND * wrong as f64, plane))
}

/// Three corners are enough once the code says roughly where they must be: `rough` pairs are the
/// code's own corners. Nearest first, so that each found anchor steadies the search for the next.
pub(crate) fn from_code(rough: &[(crate::layout::Spot, Pixel); 4], eyes: &[Eye]) -> Option<Plane> {
    let mut pairs = rough.to_vec();
    let mut plane = Plane::fit(&pairs)?;
    let mut found = 0;
    for corner in [1, 2, 0, 3] {
        let Some(expected) = plane.see(ANCHORS[corner]) else {
            continue;
        };
        let (width, _) = plane.spread(ANCHORS[corner], ANCHOR_RADIUS)?;
        // The upper right anchor is 20 mm from the code, the others up to 250.
        let reach = width * if corner == 1 { 0.8 } else { 4.0 };
        let near = eyes
            .iter()
            .filter(|eye| eye.thick == (corner == 0) && (eye.width / width).ln().abs() < 0.4);
        let nearest = near.min_by(|one, other| {
            one.middle
                .far(expected)
                .total_cmp(&other.middle.far(expected))
        });
        if let Some(eye) = nearest.filter(|eye| eye.middle.far(expected) < reach) {
            // An anchor's middle is surer than the code's corners.
            pairs.extend([(ANCHORS[corner], eye.middle); 8]);
            plane = Plane::fit(&pairs)?;
            found += 1;
        }
    }
    (found >= 3).then_some(plane)
}
