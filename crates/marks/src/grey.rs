//! A file becomes a grey picture: bounded, upright, no larger than reading needs.

use std::io::Cursor;

use image::error::LimitErrorKind;
use image::{DynamicImage, GrayImage, ImageDecoder, ImageFormat, ImageReader, Limits};

use crate::Unread;
use crate::weight;

/// The largest file taken: A4 at 300 dots an inch in colour is 26 MB bare, as PNG under 24 MB.
pub const MOST_BYTES: usize = 24 * 1024 * 1024;
/// The most pixels: what a phone makes by default, 78 MB while decoding.
pub const MOST_PIXELS: u64 = 26_000_000;
const MOST_SIDE: u32 = 10_000;
/// The most that opening a picture may take, the file itself counted. A photo of the most pixels in
/// the largest file needs 152 MB.
const MOST_MEMORY: u64 = 160 * 1024 * 1024;
/// A4 at 100 dots an inch.
const LEAST_SIDE: u32 = 1_100;
/// The longer side that is worked on: some 220 dots an inch.
const WORKED_SIDE: u32 = 2_600;

/// Rows of grey values, 0 black to 255 white.
pub(crate) struct Grey {
    pub width: usize,
    pub height: usize,
    pub pixels: Vec<u8>,
}

impl Grey {
    /// Reads a JPEG or PNG; turned as its orientation says.
    pub fn read(file: &[u8]) -> Result<Grey, Unread> {
        match file.len() {
            0 => return Err(Unread::Empty),
            size if size > MOST_BYTES => return Err(Unread::TooManyBytes),
            _ => {}
        }
        if file.starts_with(b"%PDF") {
            return Err(Unread::Pdf);
        }
        let grey = decode(file)?;
        let side = grey.width().max(grey.height());
        if side < LEAST_SIDE {
            return Err(Unread::TooCoarse);
        }
        let grey = match side > WORKED_SIDE {
            true => {
                let part = |length: u32| {
                    (u64::from(length) * u64::from(WORKED_SIDE) / u64::from(side)).max(1) as u32
                };
                let (width, height) = (part(grey.width()), part(grey.height()));
                image::imageops::thumbnail(&grey, width, height)
            }
            false => grey,
        };
        Ok(Grey {
            width: grey.width() as usize,
            height: grey.height() as usize,
            pixels: grey.into_raw(),
        })
    }

    /// The value between four pixels; `None` outside the picture.
    pub fn between(&self, x: f64, y: f64) -> Option<f64> {
        let (x, y) = (x - 0.5, y - 0.5);
        if !(x >= 0.0 && y >= 0.0) {
            return None;
        }
        let (left, top) = (x as usize, y as usize);
        if left + 1 >= self.width || top + 1 >= self.height {
            return None;
        }
        let (right, down) = (x - left as f64, y - top as f64);
        let at = top * self.width + left;
        let value = |at: usize| f64::from(self.pixels[at]);
        let above = value(at) * (1.0 - right) + value(at + 1) * right;
        let below = value(at + self.width) * (1.0 - right) + value(at + self.width + 1) * right;
        Some(above * (1.0 - down) + below * down)
    }
}

/// Size is looked at before a pixel is decoded: a small file may unfold to gigabytes. Grey comes
/// before turning, which takes a second picture.
pub(crate) fn decode(file: &[u8]) -> Result<GrayImage, Unread> {
    let mut reader = ImageReader::new(Cursor::new(file))
        .with_guessed_format()
        .map_err(|_| Unread::NoPicture)?;
    if !matches!(reader.format(), Some(ImageFormat::Jpeg | ImageFormat::Png)) {
        return Err(Unread::NoPicture);
    }
    let mut limits = Limits::default();
    limits.max_image_width = Some(MOST_SIDE);
    limits.max_image_height = Some(MOST_SIDE);
    limits.max_alloc = Some(MOST_MEMORY);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(bad)?;
    let (width, height) = decoder.dimensions();
    if u64::from(width) * u64::from(height) > MOST_PIXELS {
        return Err(Unread::TooManyPixels);
    }
    if weight::to_open(file, &decoder) > MOST_MEMORY {
        return Err(Unread::TooHeavy);
    }
    let orientation = decoder.orientation().map_err(bad)?;
    let grey = DynamicImage::from_decoder(decoder)
        .map_err(bad)?
        .into_luma8();
    let mut grey = DynamicImage::ImageLuma8(grey);
    grey.apply_orientation(orientation);
    Ok(grey.into_luma8())
}

fn bad(error: image::ImageError) -> Unread {
    match error {
        image::ImageError::Limits(limit) => match limit.kind() {
            LimitErrorKind::InsufficientMemory => Unread::TooHeavy,
            _ => Unread::TooManyPixels,
        },
        _ => Unread::NoPicture,
    }
}
