//! The sheet's QR, laid flat from where the anchors say it must stand.

use crate::grey::Grey;
use crate::layout::{CODE, Spot};
use crate::modules;
use crate::plane::Plane;

/// The quiet zone, in millimetres.
pub(crate) const QUIET: f64 = 3.0;
/// Dots a millimetre of the flattened code: a module of a code of 25 gets 9.
const FINE: f64 = 10.0;
/// The longest code taken.
pub const MOST_CODE: usize = 64;

/// The code on a sheet that lies as `plane` says.
pub(crate) fn on_sheet(grey: &Grey, plane: &Plane) -> Option<String> {
    modules::read(flatten(grey, plane)?, FINE)
}

fn flatten(grey: &Grey, plane: &Plane) -> Option<Grey> {
    let side = ((CODE.w + 2.0 * QUIET) * FINE) as usize;
    let mut pixels = Vec::with_capacity(side * side);
    for y in 0..side {
        for x in 0..side {
            let seen = plane.see(Spot {
                x: CODE.x - QUIET + (x as f64 + 0.5) / FINE,
                y: CODE.y - QUIET + (y as f64 + 0.5) / FINE,
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
