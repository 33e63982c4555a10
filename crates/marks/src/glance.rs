//! One frame of a camera that somebody holds a card before: the QR that is in it.

use crate::grey;

/// A frame of a tablet's camera as JPEG is some 40 KB; more is no frame.
pub const MOST_FRAME: usize = 512 * 1024;

/// The text of the first QR in the picture that can be read, if there is one.
pub fn glance(frame: &[u8]) -> Option<String> {
    if frame.len() > MOST_FRAME {
        return None;
    }
    let seen = grey::decode(frame).ok()?;
    let (width, height) = (seen.width() as usize, seen.height() as usize);
    let dot = |x: usize, y: usize| seen.get_pixel(x as u32, y as u32).0[0];
    let mut seen = rqrr::PreparedImage::prepare_from_greyscale(width, height, dot);
    let read = |grid: &rqrr::Grid<_>| grid.decode().ok().map(|(_, text)| text);
    seen.detect_grids().iter().find_map(read)
}
