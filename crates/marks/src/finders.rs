//! A sheet of which one corner is not in the picture, or is smeared: the three squares in the
//! code's own corners stand in for it.

use crate::anchors::{Eye, Ring, by_first, misfit};
use crate::layout::{ANCHORS, CODE, Spot};
use crate::modules::SIZES;
use crate::plane::{Pixel, Plane};

/// So many squares are tried in threes, and so many threes with the anchors.
const TRIED: usize = 12;
const THREES: usize = 4;
/// A square's dot against its ring, seen straight; turned by 45 degrees it is 0.34.
const SHARE: f64 = 0.48;
/// How far the six places may lie from where one plane says, in millimetres.
const OFF: f64 = 2.0;
/// How far the apparent sizes of three anchors may be off together.
const MISFIT: f64 = 1.0;
/// How far an anchor may lie from where the code alone says it is, as a part of the way: across a
/// page seen aslant a millimetre shrinks by a third.
const ASTRAY: f64 = 0.5;

/// The code's three corners: upper left, upper right, lower left.
struct Three {
    seen: [Pixel; 3],
    on_paper: [Spot; 3],
}

/// The planes that three anchors and the code may mean, the likeliest first.
pub(crate) fn planes(rings: &[Ring], eyes: &[Eye]) -> Vec<Plane> {
    let mut found: Vec<(f64, Plane)> = Vec::new();
    for three in threes(rings) {
        let Some(rough) = three.rough() else {
            continue;
        };
        for missing in 0..4 {
            let corners = [(missing + 1) % 4, (missing + 2) % 4, (missing + 3) % 4];
            let near = corners.map(|corner| three.near(&rough, corner, eyes));
            for one in &near[0] {
                for other in &near[1] {
                    for third in &near[2] {
                        let eyes = [*one, *other, *third];
                        found.extend(three.weigh(corners, eyes));
                    }
                }
            }
        }
    }
    found.sort_by(by_first);
    found.truncate(6);
    found.into_iter().map(|(_, plane)| plane).collect()
}

fn threes(rings: &[Ring]) -> Vec<Three> {
    let unlike = |ring: &&Ring| (ring.flaw + (ring.share / SHARE).ln().abs(), **ring);
    let mut squares: Vec<(f64, Ring)> = rings.iter().map(|ring| unlike(&ring)).collect();
    squares.sort_by(by_first);
    squares.truncate(TRIED);
    let mut threes: Vec<(f64, Three)> = Vec::new();
    for (a, (_, corner)) in squares.iter().enumerate() {
        for (b, (_, right)) in squares.iter().enumerate() {
            for (c, (_, down)) in squares.iter().enumerate() {
                if a != b && b != c && c != a {
                    threes.extend(three([corner, right, down]));
                }
            }
        }
    }
    threes.sort_by(by_first);
    threes.truncate(THREES);
    threes.into_iter().map(|(_, three)| three).collect()
}

/// Three squares as a code's corners, and how unlike a code's they lie.
fn three(squares: [&Ring; 3]) -> Option<(f64, Three)> {
    let seen = squares.map(|square| square.middle);
    let from = |pixel: Pixel| (pixel.x - seen[0].x, pixel.y - seen[0].y);
    let (right, down) = (from(seen[1]), from(seen[2]));
    let (wide, high) = (right.0.hypot(right.1), down.0.hypot(down.1));
    let uneven = (wide / high).ln().abs();
    let skew = (right.0 * down.0 + right.1 * down.1) / (wide * high);
    // Clockwise: a mirrored sheet can't be.
    let clockwise = right.0 * down.1 - right.1 * down.0 > 0.0;
    if !clockwise || uneven > 0.4 || skew.abs() > 0.4 {
        return None;
    }
    // A turned square lies in a wider rectangle.
    let turned = (right.0.abs() + right.1.abs()) / wide;
    let sides = squares.map(|square| (square.width + square.height) / 2.0 / turned);
    let side = sides.iter().sum::<f64>() / 3.0;
    let far = (wide + high) / 2.0 / side;
    let unlike = |size: usize| (far * 7.0 / (size - 7) as f64).ln().abs();
    let size = SIZES
        .into_iter()
        .min_by(|one, other| unlike(*one).total_cmp(&unlike(*other)))?;
    if unlike(size) > 0.3 {
        return None;
    }
    let uneven_sides = sides.iter().map(|one| (one / side).ln().abs()).sum::<f64>();
    let module = CODE.w / size as f64;
    let (near, far) = (3.5 * module, CODE.w - 3.5 * module);
    let spot = |x: f64, y: f64| Spot {
        x: CODE.x + x,
        y: CODE.y + y,
    };
    let on_paper = [spot(near, near), spot(far, near), spot(near, far)];
    let flaw = uneven + skew.abs() + unlike(size) + uneven_sides;
    Some((flaw, Three { seen, on_paper }))
}

impl Three {
    fn pairs(&self) -> impl Iterator<Item = (Spot, Pixel)> {
        self.on_paper.into_iter().zip(self.seen)
    }

    /// As if the camera had looked straight down: true near the code.
    fn rough(&self) -> Option<Plane> {
        let [corner, right, down] = self.seen;
        let fourth = Pixel {
            x: right.x + down.x - corner.x,
            y: right.y + down.y - corner.y,
        };
        let spot = Spot {
            x: self.on_paper[1].x,
            y: self.on_paper[2].y,
        };
        let mut pairs: Vec<(Spot, Pixel)> = self.pairs().collect();
        pairs.push((spot, fourth));
        Plane::fit(&pairs)
    }

    /// The eyes that may be a corner's anchor.
    fn near<'a>(&self, rough: &Plane, corner: usize, eyes: &'a [Eye]) -> Vec<&'a Eye> {
        let Some(expected) = rough.see(ANCHORS[corner]) else {
            return Vec::new();
        };
        let reach = expected.far(self.seen[1]) * ASTRAY;
        let near =
            |eye: &&Eye| eye.thick == (corner == 0) && eye.middle.far(expected) < reach + eye.width;
        eyes.iter().filter(near).collect()
    }

    fn weigh(&self, corners: [usize; 3], eyes: [&Eye; 3]) -> Option<(f64, Plane)> {
        let anchors = corners.map(|corner| ANCHORS[corner]).into_iter();
        let mut pairs: Vec<(Spot, Pixel)> = self.pairs().collect();
        pairs.extend(anchors.zip(eyes.map(|eye| eye.middle)));
        let plane = Plane::fit(&pairs)?;
        let mut sum = 0.0;
        for (spot, pixel) in pairs {
            let (wide, high) = plane.spread(spot, 1.0)?;
            let off = plane.see(spot)?.far(pixel) / (wide + high) * 4.0;
            if off > OFF {
                return None;
            }
            sum += off;
        }
        let mut sizes = 0.0;
        for (corner, eye) in corners.into_iter().zip(eyes) {
            sizes += misfit(&plane, corner, eye)?;
        }
        (sizes <= MISFIT).then_some((sum + sizes, plane))
    }
}
