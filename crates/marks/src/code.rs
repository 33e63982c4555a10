//! The sheet's QR: read from where it must stand, and, if an anchor is missing, from anywhere.

use std::panic::{AssertUnwindSafe, catch_unwind};

use crate::grey::Grey;
use crate::layout::{CODE, Spot};
use crate::modules;
use crate::plane::{Pixel, Plane};

/// The quiet zone, in millimetres.
pub(crate) const QUIET: f64 = 3.0;
/// Dots a millimetre of the flattened code: a module of a code of 25 gets 9 or 13.
const FINE: [f64; 2] = [10.0, 15.0];
/// The longest code taken.
pub const MOST_CODE: usize = 64;

/// The code on a sheet that lies as `plane` says.
pub(crate) fn on_sheet(grey: &Grey, plane: &Plane) -> Option<String> {
    let found = FINE.iter().find_map(|fine| {
        let flat = flatten(grey, plane, *fine)?;
        any(&flat).map(|(code, _)| code)
    });
    found.or_else(|| modules::read(&flatten(grey, plane, FINE[0])?, FINE[0]))
}

fn flatten(grey: &Grey, plane: &Plane, fine: f64) -> Option<Grey> {
    let side = ((CODE.w + 2.0 * QUIET) * fine) as usize;
    let mut pixels = Vec::with_capacity(side * side);
    for y in 0..side {
        for x in 0..side {
            let seen = plane.see(Spot {
                x: CODE.x - QUIET + (x as f64 + 0.5) / fine,
                y: CODE.y - QUIET + (y as f64 + 0.5) / fine,
            })?;
            pixels.push(grey.between(seen.x, seen.y).unwrap_or(255.0) as u8);
        }
    }
    Some(Grey {
        width: side,
        height: side,
        pixels,
    })
}

/// A code anywhere in the picture, with its corners as the sheet names them.
pub(crate) fn anywhere(grey: &Grey) -> Option<(String, [(Spot, Pixel); 4])> {
    let (code, corners) = any(grey)?;
    let spot = |right: f64, down: f64| Spot {
        x: CODE.x + CODE.w * right,
        y: CODE.y + CODE.h * down,
    };
    let spots = [
        spot(0.0, 0.0),
        spot(1.0, 0.0),
        spot(1.0, 1.0),
        spot(0.0, 1.0),
    ];
    Some((code, std::array::from_fn(|at| (spots[at], corners[at]))))
}

/// The decoder has panicked on odd pictures in the past (its issues 9 and 20, both mended); a
/// stranger's upload must not end more than its own reading.
fn any(grey: &Grey) -> Option<(String, [Pixel; 4])> {
    let found = catch_unwind(AssertUnwindSafe(|| {
        let mut prepared =
            rqrr::PreparedImage::prepare_from_greyscale(grey.width, grey.height, |x, y| {
                grey.pixels[y * grey.width + x]
            });
        let grids = prepared.detect_grids();
        grids.iter().find_map(|grid| {
            let (_, code) = grid.decode().ok()?;
            let corner = |at: usize| Pixel {
                x: f64::from(grid.bounds[at].x),
                y: f64::from(grid.bounds[at].y),
            };
            Some((code, std::array::from_fn(corner)))
        })
    }));
    let (code, corners) = found.ok().flatten()?;
    (!code.is_empty() && code.len() <= MOST_CODE).then_some((code, corners))
}
