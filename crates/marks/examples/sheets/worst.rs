//! Pictures made to keep a reader busy: forged, not photographed.

use image::{DynamicImage, GrayImage, ImageFormat};
use marks::{Layout, layout};

use crate::chance::Chance;
use crate::paper::{self, FINE, Paper};

/// The side of a picture that is worked on as it is.
const SIDE: u32 = 2_600;

/// A name and a file each, with the layout of those that have a code.
pub fn pictures() -> Vec<(&'static str, Vec<u8>)> {
    let square = |x: u32, y: u32| {
        let ring = x.min(y).min(6 - x).min(6 - y);
        ring != 1
    };
    let round = |x: u32, y: u32| {
        let far = (f64::from(x) - 11.0).hypot(f64::from(y) - 11.0);
        far < 4.5 || (8.0..11.0).contains(&far)
    };
    let mut noise = Chance::new(1);
    let mut specks = Chance::new(2);
    vec![
        ("noise", tiled(|_, _| noise.is(0.5))),
        (
            "a quarter of all dots",
            tiled(|x, y| x.is_multiple_of(2) && y.is_multiple_of(2)),
        ),
        (
            "one black comb",
            tiled(|x, y| y == 0 || x.is_multiple_of(2)),
        ),
        (
            "11,000 squares of a code",
            tiled(|x, y| x % 24 < 21 && y % 24 < 21 && square(x % 24 / 3, y % 24 / 3)),
        ),
        ("10,000 anchors", tiled(|x, y| round(x % 25, y % 25))),
        (
            "squares in a black net",
            tiled(|x, y| match (x % 30, y % 30) {
                (x @ 5..26, y @ 5..26) => square((x - 5) / 3, (y - 5) / 3),
                (x, y) => x < 3 || y < 3,
            }),
        ),
        (
            "a sheet, its boxes full of noise",
            spoilt(|_, _| specks.is(0.5)),
        ),
        (
            "a sheet, its boxes full of specks",
            spoilt(|x, y| x % 5 < 3 && y % 5 < 3),
        ),
        (
            "a sheet, its boxes in a net",
            spoilt(|x, y| x % 7 < 3 || y % 7 < 3),
        ),
    ]
}

fn tiled(mut dark: impl FnMut(u32, u32) -> bool) -> Vec<u8> {
    let mut picture = GrayImage::new(SIDE, SIDE);
    for (x, y, dot) in picture.enumerate_pixels_mut() {
        dot.0 = [if dark(x, y) { 0 } else { 255 }];
    }
    png(picture)
}

/// The fullest sheet, printed as it should be, and something else where its boxes are.
fn spoilt(mut dark: impl FnMut(u32, u32) -> bool) -> Vec<u8> {
    let mut sheet = paper::print(
        &fullest(),
        "ROLL000000000042",
        [0.95; 3],
        0.05,
        &mut Chance::new(3),
    );
    let boxes = layout::Rect {
        x: 130.0,
        y: 50.0,
        w: 64.0,
        h: 226.0,
    };
    let inside = |at: f64, from: f64, length: f64| (from..from + length).contains(&(at / FINE));
    let Paper { width, height, .. } = sheet;
    for y in 0..height {
        for x in 0..width {
            let there = inside(x as f64, boxes.x, boxes.w) && inside(y as f64, boxes.y, boxes.h);
            if there && dark(x as u32, y as u32) {
                sheet.light[y * width + x] = [0.05; 3];
            }
        }
    }
    let dots = sheet.light.iter().map(|light| (light[0] * 255.0) as u8);
    let picture = GrayImage::from_raw(width as u32, height as u32, dots.collect());
    png(picture.expect("a byte a dot"))
}

/// As many boxes as a sheet can have.
pub fn fullest() -> Layout {
    Layout::new(layout::MOST_LINES, layout::MOST_COLUMNS, 0).expect("the layout is allowed")
}

fn png(picture: GrayImage) -> Vec<u8> {
    let mut file = std::io::Cursor::new(Vec::new());
    let written = DynamicImage::ImageLuma8(picture).write_to(&mut file, ImageFormat::Png);
    written.expect("a picture in memory is written");
    file.into_inner()
}
