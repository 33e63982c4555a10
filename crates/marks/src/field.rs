//! The field of the boxes laid flat, and how much darker each dot is than the paper about it.

use crate::blobs::Sums;
use crate::grey::Grey;
use crate::layout::{Rect, Spot};
use crate::plane::Plane;

/// Dots a millimetre: 203 an inch, what is left of a phone's photo of a whole page.
pub(crate) const DOTS: f64 = 8.0;
/// A stroke is narrower than this; what is wider is a shadow, a stain or a filled box.
const STROKE: usize = (2.5 * DOTS) as usize;

/// A length of the paper in dots.
pub(crate) fn dots(mm: f64) -> f64 {
    mm * DOTS
}

/// The flat field.
pub(crate) struct Field {
    pub width: usize,
    pub height: usize,
    /// The field's left upper corner on the paper.
    origin: Spot,
    /// Smoothed grey, 0 to 255.
    pub grey: Vec<u8>,
    /// How much darker than the paper about it, in 255ths of the paper: a stroke stands out, an
    /// even shadow does not.
    pub ink: Vec<u8>,
    pub ink_sums: Sums,
    /// Which dots lay in the picture.
    seen: Vec<bool>,
}

impl Field {
    /// Lays `rect` of the paper flat.
    pub fn lay(picture: &Grey, plane: &Plane, rect: Rect) -> Field {
        let (flat, seen) = flatten(picture, plane, rect);
        let (width, height) = (flat.width, flat.height);
        let grey = smooth(&flat.pixels, width, height);
        let paper = close(&grey, width, height, STROKE);
        let ink: Vec<u8> = grey
            .iter()
            .zip(&paper)
            .map(|(value, paper)| {
                let darker = u32::from(paper.saturating_sub(*value)) * 255;
                (darker / u32::from(*paper).max(1)) as u8
            })
            .collect();
        let ink_sums = Sums::new(width, height, |at| u32::from(ink[at]));
        Field {
            width,
            height,
            origin: Spot {
                x: rect.x,
                y: rect.y,
            },
            grey,
            ink,
            ink_sums,
            seen,
        }
    }

    /// Where a rectangle of the paper begins in the field, in dots.
    pub fn place(&self, rect: Rect) -> (f64, f64) {
        (dots(rect.x - self.origin.x), dots(rect.y - self.origin.y))
    }

    /// The dot's number, if it lies in the field and lay in the picture.
    pub fn at(&self, x: i32, y: i32) -> Option<usize> {
        let inside = x >= 0 && y >= 0 && (x as usize) < self.width && (y as usize) < self.height;
        let at = inside.then(|| y as usize * self.width + x as usize)?;
        self.seen[at].then_some(at)
    }

    /// Whether the picture showed a dot.
    pub fn seen_at(&self, at: usize) -> bool {
        self.seen[at]
    }

    /// The mean ink of a rectangle that is cut to the field.
    pub fn mean_ink(&self, left: i32, top: i32, right: i32, bottom: i32) -> f64 {
        let cut = |value: i32, most: usize| value.clamp(0, most as i32) as usize;
        let (left, right) = (cut(left, self.width), cut(right, self.width));
        let (top, bottom) = (cut(top, self.height), cut(bottom, self.height));
        let area = right.saturating_sub(left) * bottom.saturating_sub(top);
        match area {
            0 => 0.0,
            area => f64::from(self.ink_sums.of(left, top, right, bottom)) / area as f64,
        }
    }
}

/// A part of the paper at [`DOTS`] a millimetre, and which of its dots the picture shows.
pub(crate) fn flatten(picture: &Grey, plane: &Plane, rect: Rect) -> (Grey, Vec<bool>) {
    let (width, height) = (dots(rect.w).round() as usize, dots(rect.h).round() as usize);
    let mut pixels = Vec::with_capacity(width * height);
    let mut seen = Vec::with_capacity(width * height);
    for y in 0..height {
        for x in 0..width {
            let spot = Spot {
                x: rect.x + (x as f64 + 0.5) / DOTS,
                y: rect.y + (y as f64 + 0.5) / DOTS,
            };
            let value = plane
                .see(spot)
                .and_then(|pixel| picture.between(pixel.x, pixel.y));
            seen.push(value.is_some());
            pixels.push(value.unwrap_or(255.0).round() as u8);
        }
    }
    let grey = Grey {
        width,
        height,
        pixels,
    };
    (grey, seen)
}

/// The mean of nine: a camera's grain is finer than a stroke.
fn smooth(pixels: &[u8], width: usize, height: usize) -> Vec<u8> {
    let sums = Sums::new(width, height, |at| u32::from(pixels[at]));
    let mut result = vec![0; pixels.len()];
    for y in 0..height {
        let (top, bottom) = (y.saturating_sub(1), (y + 2).min(height));
        for x in 0..width {
            let (left, right) = (x.saturating_sub(1), (x + 2).min(width));
            let area = ((bottom - top) * (right - left)) as u32;
            result[y * width + x] = ((sums.of(left, top, right, bottom) + area / 2) / area) as u8;
        }
    }
    result
}

/// Grey closing by a square: the paper without anything dark that is narrower than the square. A
/// shadow's straight edge stays where it is, whatever way it runs.
fn close(pixels: &[u8], width: usize, height: usize, side: usize) -> Vec<u8> {
    let half = side / 2;
    let mut result = pixels.to_vec();
    for most in [true, false] {
        let pick = |one: u8, other: u8| if most { one.max(other) } else { one.min(other) };
        let mut line = Vec::new();
        for row in result.chunks_mut(width.max(1)) {
            line.clear();
            line.extend_from_slice(row);
            slide(&line, half, pick, |x, value| row[x] = value);
        }
        for x in 0..width {
            line.clear();
            line.extend((0..height).map(|y| result[y * width + x]));
            let column: &[u8] = &line;
            slide(column, half, pick, |y, value| result[y * width + x] = value);
        }
    }
    result
}

/// The largest (or least) of `2 * half + 1` neighbours in two comparisons each (van Herk).
fn slide(line: &[u8], half: usize, pick: impl Fn(u8, u8) -> u8, mut put: impl FnMut(usize, u8)) {
    let window = 2 * half + 1;
    let Some(last) = line.len().checked_sub(1) else {
        return;
    };
    // The ends are continued outward.
    let value = |at: usize| line[at.saturating_sub(half).min(last)];
    let length = line.len() + 2 * half;
    let mut ahead: Vec<u8> = (0..length).map(value).collect();
    let mut behind = ahead.clone();
    for at in 1..length {
        if at % window != 0 {
            behind[at] = pick(behind[at], behind[at - 1]);
        }
        let from_end = length - 1 - at;
        if !(from_end + 1).is_multiple_of(window) {
            ahead[from_end] = pick(ahead[from_end], ahead[from_end + 1]);
        }
    }
    for at in 0..line.len() {
        put(at, pick(ahead[at], behind[at + window - 1]));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn closing_takes_a_stroke_away_and_leaves_a_shadow() {
        let (width, height) = (60, 40);
        let pixels: Vec<u8> = (0..width * height)
            .map(|at| match (at % width, at / width) {
                (10..=12, _) => 20,
                (x, y) if x + y > 70 => 120,
                _ => 230,
            })
            .collect();
        let closed = close(&pixels, width, height, 8);
        assert_eq!(closed[20 * width + 11], 230, "the stroke");
        assert_eq!(closed[30 * width + 55], 120, "the shadow");
        assert_eq!(closed[10 * width + 59], 230, "beside the shadow");
    }

    #[test]
    fn sliding_finds_the_largest_of_the_neighbours() {
        let line: Vec<u8> = (0..50u32).map(|at| (at * 37 % 101) as u8).collect();
        for half in [1usize, 2, 5] {
            slide(&line, half, u8::max, |at, value| {
                let near = &line[at.saturating_sub(half)..(at + half + 1).min(50)];
                assert_eq!(Some(&value), near.iter().max(), "{at} within {half}");
            });
        }
    }
}
