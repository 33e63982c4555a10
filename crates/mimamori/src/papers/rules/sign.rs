//! The town's own sign: re-encoded, so that nothing of the file that came stays but the picture.

use std::io::Cursor;

use image::{ImageFormat, ImageReader, Limits};

/// The largest file taken.
pub const MOST_SIGN_BYTES: usize = 2 * 1024 * 1024;
/// The most pixels of one side before it is made small.
const MOST_SIDE: u32 = 4_000;
/// The longer side of what is kept: 600 dots an inch at 12 mm high and three times as wide.
const KEPT_SIDE: u32 = 900;

/// A sign ready to be kept: PNG with what was see-through still see-through.
pub struct Sign(Vec<u8>);

/// Why a file is no sign that can be kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BadSign {
    /// No file came.
    #[error("画像を選んでください。")]
    Empty,
    /// The file or the picture is too large.
    #[error("画像が大きすぎます。2 MB、一辺4,000画素までの画像を選んでください。")]
    TooLarge,
    /// Neither PNG nor JPEG, or broken.
    #[error("画像として読めませんでした。PNGかJPEGの画像を選んでください。")]
    Unreadable,
}

impl Sign {
    /// Reads a PNG or JPEG file and makes it small and bare.
    pub fn read(file: &[u8]) -> Result<Sign, BadSign> {
        match file.len() {
            0 => return Err(BadSign::Empty),
            size if size > MOST_SIGN_BYTES => return Err(BadSign::TooLarge),
            _ => {}
        }
        let mut reader = ImageReader::new(Cursor::new(file))
            .with_guessed_format()
            .map_err(|_| BadSign::Unreadable)?;
        if !matches!(reader.format(), Some(ImageFormat::Png | ImageFormat::Jpeg)) {
            return Err(BadSign::Unreadable);
        }
        // A small file may unfold to gigabytes.
        let mut limits = Limits::default();
        limits.max_image_width = Some(MOST_SIDE);
        limits.max_image_height = Some(MOST_SIDE);
        limits.max_alloc = Some(u64::from(MOST_SIDE) * u64::from(MOST_SIDE) * 8);
        reader.limits(limits);
        let picture = reader.decode().map_err(|error| match error {
            image::ImageError::Limits(_) => BadSign::TooLarge,
            _ => BadSign::Unreadable,
        })?;
        let small = match picture.width().max(picture.height()) > KEPT_SIDE {
            true => picture.thumbnail(KEPT_SIDE, KEPT_SIDE),
            false => picture,
        };
        let mut png = Cursor::new(Vec::new());
        let written =
            image::DynamicImage::ImageRgba8(small.to_rgba8()).write_to(&mut png, ImageFormat::Png);
        written.map_err(|_| BadSign::Unreadable)?;
        Ok(Sign(png.into_inner()))
    }

    /// The bytes to keep.
    pub fn into_png(self) -> Vec<u8> {
        self.0
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_sign_is_made_small_and_what_is_none_is_refused() {
        let mut file = Cursor::new(Vec::new());
        let blank = image::RgbaImage::new(1_800, 600);
        blank.write_to(&mut file, ImageFormat::Png).unwrap();
        let kept = Sign::read(&file.into_inner()).unwrap().into_png();
        let kept = image::load_from_memory(&kept).unwrap();
        assert_eq!((kept.width(), kept.height()), (900, 300));
        assert_eq!(kept.to_rgba8().get_pixel(5, 5).0[3], 0, "still see-through");
        assert_eq!(Sign::read(b"").err(), Some(BadSign::Empty));
        assert_eq!(Sign::read(b"<svg/>").err(), Some(BadSign::Unreadable));
        assert_eq!(
            Sign::read(&vec![0; MOST_SIGN_BYTES + 1]).err(),
            Some(BadSign::TooLarge)
        );
    }
}
