//! A face photo: re-encoded, so that nothing of the file that came stays but the picture.

use std::io::Cursor;

use image::codecs::jpeg::JpegEncoder;
use image::{DynamicImage, ImageDecoder, ImageFormat, ImageReader, Limits};

/// The largest file taken: what a phone makes, with room to spare.
pub const MOST_BYTES: usize = 8 * 1024 * 1024;
/// The most pixels: 26 million are 78 MB while decoding, and no phone's JPEG has more by default.
const MOST_PIXELS: u64 = 26_000_000;
/// The most pixels of one side.
const MOST_SIDE: u32 = 10_000;
/// The most memory the decoder may ask for.
const MOST_MEMORY: u64 = 160 * 1024 * 1024;
/// The longer side of what is kept.
const KEPT_SIDE: u32 = 800;
/// JPEG quality of what is kept: a face stays a face, in about 100 kB.
const QUALITY: u8 = 82;

/// A photo ready to be kept: JPEG, at most 800 × 800 pixels, no metadata.
pub struct Face(Vec<u8>);

/// Why a file is no photo that can be kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BadPhoto {
    /// No file came.
    #[error("写真を選んでください。")]
    Empty,
    /// The file is larger than [`MOST_BYTES`].
    #[error("写真が大きすぎます。8 MBまでの写真を選んでください。")]
    TooManyBytes,
    /// The picture has too many pixels.
    #[error("写真の画素が多すぎます。2,600万画素までの写真を選んでください。")]
    TooManyPixels,
    /// Neither JPEG nor PNG, or broken.
    #[error(
        "写真として読めませんでした。JPEGかPNGの写真を選んでください（iPhoneのHEICは、設定の「互換性優先」で撮り直すか、JPEGに書き出してください）。"
    )]
    Unreadable,
}

impl Face {
    /// Reads a JPEG or PNG file and makes it small, upright and bare.
    pub fn read(file: &[u8]) -> Result<Face, BadPhoto> {
        picture(file, KEPT_SIDE).map(Face)
    }

    /// The bytes to keep.
    pub fn jpeg(&self) -> &[u8] {
        &self.0
    }
}

/// A JPEG or PNG file as a bare JPEG, upright, its longer side at most `side` pixels.
pub fn picture(file: &[u8], side: u32) -> Result<Vec<u8>, BadPhoto> {
    match file.len() {
        0 => return Err(BadPhoto::Empty),
        size if size > MOST_BYTES => return Err(BadPhoto::TooManyBytes),
        _ => {}
    }
    let picture = decode(file)?;
    let small = match picture.width().max(picture.height()) > side {
        true => picture.thumbnail(side, side),
        false => picture,
    };
    encode(&small)
}

/// Size is looked at before a pixel is decoded: a small file may unfold to gigabytes.
fn decode(file: &[u8]) -> Result<DynamicImage, BadPhoto> {
    let mut reader = ImageReader::new(Cursor::new(file))
        .with_guessed_format()
        .map_err(|_| BadPhoto::Unreadable)?;
    if !matches!(reader.format(), Some(ImageFormat::Jpeg | ImageFormat::Png)) {
        return Err(BadPhoto::Unreadable);
    }
    reader.limits(limits());
    let mut decoder = reader.into_decoder().map_err(bad)?;
    let (width, height) = decoder.dimensions();
    if u64::from(width) * u64::from(height) > MOST_PIXELS {
        return Err(BadPhoto::TooManyPixels);
    }
    let orientation = decoder.orientation().map_err(bad)?;
    let mut picture = DynamicImage::from_decoder(decoder).map_err(bad)?;
    picture.apply_orientation(orientation);
    Ok(picture)
}

fn limits() -> Limits {
    let mut limits = Limits::default();
    limits.max_image_width = Some(MOST_SIDE);
    limits.max_image_height = Some(MOST_SIDE);
    limits.max_alloc = Some(MOST_MEMORY);
    limits
}

fn bad(error: image::ImageError) -> BadPhoto {
    match error {
        image::ImageError::Limits(_) => BadPhoto::TooManyPixels,
        _ => BadPhoto::Unreadable,
    }
}

fn encode(picture: &DynamicImage) -> Result<Vec<u8>, BadPhoto> {
    let mut jpeg = Vec::new();
    let encoder = JpegEncoder::new_with_quality(&mut jpeg, QUALITY);
    let plain = DynamicImage::ImageRgb8(picture.to_rgb8());
    plain
        .write_with_encoder(encoder)
        .map_err(|_| BadPhoto::Unreadable)?;
    Ok(jpeg)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used)]
    use image::RgbImage;

    use super::*;

    fn file(width: u32, height: u32, format: ImageFormat) -> Vec<u8> {
        let mut file = Cursor::new(Vec::new());
        let picture = DynamicImage::ImageRgb8(RgbImage::from_pixel(
            width,
            height,
            image::Rgb([90, 60, 30]),
        ));
        picture.write_to(&mut file, format).unwrap();
        file.into_inner()
    }

    /// A JPEG with an EXIF part that turns it a quarter and names a place.
    fn with_exif(jpeg: &[u8]) -> Vec<u8> {
        let mut exif =
            b"Exif\0\0MM\0\x2a\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0".to_vec();
        exif.extend_from_slice(b"GPS 35.58N 139.72E");
        let length = (exif.len() + 2) as u16;
        let mut file = jpeg[..2].to_vec();
        file.extend_from_slice(&[0xff, 0xe1]);
        file.extend_from_slice(&length.to_be_bytes());
        file.extend_from_slice(&exif);
        file.extend_from_slice(&jpeg[2..]);
        file
    }

    #[test]
    fn a_large_photo_becomes_small_upright_and_bare() {
        let face = Face::read(&with_exif(&file(1600, 1200, ImageFormat::Jpeg))).unwrap();
        let kept = image::load_from_memory(face.jpeg()).unwrap();
        assert_eq!((kept.width(), kept.height()), (600, 800));
        assert!(
            !face
                .jpeg()
                .windows(3)
                .any(|three| three == b"GPS" || three == b"Exi")
        );
    }

    #[test]
    fn a_small_png_keeps_its_size() {
        let face = Face::read(&file(300, 400, ImageFormat::Png)).unwrap();
        let kept = image::load_from_memory(face.jpeg()).unwrap();
        assert_eq!((kept.width(), kept.height()), (300, 400));
    }

    #[test]
    fn a_small_file_that_unfolds_is_refused() {
        let mut bomb = Cursor::new(Vec::new());
        let blank = image::GrayImage::new(5200, 5200);
        blank.write_to(&mut bomb, ImageFormat::Png).unwrap();
        let bomb = bomb.into_inner();
        assert!(bomb.len() < MOST_BYTES, "the bomb is small");
        assert_eq!(Face::read(&bomb).err(), Some(BadPhoto::TooManyPixels));
        let wide = file(10_001, 4, ImageFormat::Png);
        assert_eq!(Face::read(&wide).err(), Some(BadPhoto::TooManyPixels));
    }

    #[test]
    fn what_is_no_photo_is_refused() {
        assert_eq!(Face::read(b"").err(), Some(BadPhoto::Empty));
        assert_eq!(Face::read(b"<svg/>").err(), Some(BadPhoto::Unreadable));
        assert_eq!(
            Face::read(&vec![0; MOST_BYTES + 1]).err(),
            Some(BadPhoto::TooManyBytes)
        );
        let mut torn = file(300, 400, ImageFormat::Png);
        torn.truncate(60);
        assert_eq!(Face::read(&torn).err(), Some(BadPhoto::Unreadable));
    }
}
