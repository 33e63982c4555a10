//! Sheets invented by the measuring program are read back, whatever way they lie; what is no sheet
//! is refused with its reason, and nothing that comes in makes the reader panic.

#![allow(clippy::unwrap_used, clippy::expect_used)]

#[path = "../examples/sheets/camera.rs"]
#[allow(dead_code)]
mod camera;
#[path = "../examples/sheets/chance.rs"]
#[allow(dead_code)]
mod chance;
#[path = "../examples/sheets/hand.rs"]
#[allow(dead_code)]
mod hand;
#[path = "../examples/sheets/paper.rs"]
#[allow(dead_code)]
mod paper;

use std::io::Cursor;

use camera::Scene;
use chance::Chance;
use hand::{Hand, Kind};
use image::{DynamicImage, ImageFormat};
use marks::{Layout, Unread, Verdict};
use proptest::prelude::*;

const KINDS: [Kind; 7] = [
    Kind::Circle,
    Kind::LargeCircle,
    Kind::Tick,
    Kind::Re,
    Kind::Cross,
    Kind::Slash,
    Kind::Filled,
];

/// 14 rows of 2: the left box is marked in every second row, the right one is struck out in row 5.
fn sheet(seed: u64) -> (Layout, paper::Paper, Chance) {
    let mut chance = Chance::new(seed);
    let layout = Layout::new(14, 2, 2).unwrap();
    let mut sheet = paper::print(&layout, "ROLL000000000042", [0.93; 3], 0.1, &mut chance);
    let hand = Hand::new(&mut Chance::new(4));
    let rows = layout.drawing().rows;
    for row in (0..14).step_by(2) {
        hand.mark(&mut sheet, rows[row].boxes[0], KINDS[row / 2], &mut chance);
    }
    hand.mark(&mut sheet, rows[5].boxes[1], Kind::Tick, &mut chance);
    let struck = rows[5].boxes[1];
    for down in [0.4, 0.6] {
        let y = struck.y + struck.h * down;
        let line = [(struck.x - 2.5, y), (struck.x + struck.w + 2.5, y)];
        hand.draw(&mut sheet, &line, &mut chance);
    }
    (layout, sheet, chance)
}

fn taken(scene: Scene, seed: u64) -> (Layout, Vec<u8>) {
    let (layout, mut sheet, mut chance) = sheet(seed);
    let file = camera::take(&mut sheet, scene, &mut chance);
    (layout, file)
}

fn assert_read(file: &[u8], layout: Layout) {
    let mut asked = Vec::new();
    let read = marks::read(file, |code| {
        asked.push(code.to_owned());
        Some(layout)
    })
    .unwrap();
    assert_eq!(asked, ["ROLL000000000042"]);
    assert_eq!((read.boxes.len(), read.free.len()), (28, 2));
    for seen in &read.boxes {
        let struck = (seen.row, seen.column) == (5, 1);
        let marked = seen.column == 0 && seen.row % 2 == 0;
        let place = (seen.row, seen.column);
        match seen.verdict {
            Verdict::Doubt(_) if struck => {}
            Verdict::Marked if marked => assert!(seen.sureness >= 60, "{place:?}"),
            Verdict::Empty if !marked && !struck => assert!(seen.sureness >= 34, "{place:?}"),
            verdict => panic!("{place:?} was read as {verdict:?}"),
        }
        let cutout = seen.cutout.as_ref().map(marks::Cutout::png);
        assert_eq!(cutout.is_some(), struck, "{place:?}");
        if let Some(png) = cutout {
            let picture = image::load_from_memory(png).unwrap();
            assert_eq!((picture.width(), picture.height()), (128, 128));
        }
    }
}

#[test]
fn a_scan_is_read_and_what_is_struck_out_is_put_in_doubt() {
    let (layout, file) = taken(Scene::Scan200, 7);
    assert_read(&file, layout);
}

#[test]
fn a_sheet_is_read_upside_down_and_on_its_side() {
    let (layout, file) = taken(Scene::Scan200, 7);
    let picture = image::load_from_memory(&file).unwrap();
    for turned in [picture.rotate90(), picture.rotate180(), picture.rotate270()] {
        assert_read(&png(&turned), layout);
    }
}

#[test]
fn a_photo_is_read() {
    let (layout, file) = taken(Scene::Phone, 3);
    assert_read(&file, layout);
}

#[test]
fn a_code_that_nobody_knows_is_told() {
    let (_, file) = taken(Scene::Scan150, 7);
    let unknown = Unread::UnknownCode("ROLL000000000042".to_owned());
    assert_eq!(marks::read(&file, |_| None).err(), Some(unknown));
}

#[test]
fn a_sheet_without_its_corners_or_without_its_code_is_refused_with_the_reason() {
    let (layout, file) = taken(Scene::Scan200, 7);
    let whole = image::load_from_memory(&file).unwrap();
    let (width, height) = (whole.width(), whole.height());
    let half = whole.crop_imm(0, height / 5, width, height * 3 / 5);
    let read = marks::read(&png(&half), |_| Some(layout));
    assert_eq!(read.err(), Some(Unread::NoCorners));

    let mut covered = whole.to_luma8();
    for (x, y, dot) in covered.enumerate_pixels_mut() {
        let (x, y) = (f64::from(x) / 7.87, f64::from(y) / 7.87);
        if (160.0..190.0).contains(&x) && (22.0..44.0).contains(&y) {
            dot.0 = [235];
        }
    }
    let read = marks::read(&png(&DynamicImage::ImageLuma8(covered)), |_| Some(layout));
    assert_eq!(read.err(), Some(Unread::NoCode));
}

#[test]
fn a_layout_that_is_not_the_sheets_gives_no_sure_marks() {
    let (_, file) = taken(Scene::Scan200, 7);
    let other = Layout::new(40, 4, 0).unwrap();
    let Ok(read) = marks::read(&file, |_| Some(other)) else {
        return;
    };
    let sure = |seen: &&marks::Seen| seen.verdict == Verdict::Marked;
    assert!(read.boxes.iter().filter(sure).count() < 8);
}

#[test]
fn what_is_no_picture_is_refused_with_the_reason() {
    let none = |_: &str| None;
    assert_eq!(marks::read(b"", none).err(), Some(Unread::Empty));
    assert_eq!(marks::read(b"<svg/>", none).err(), Some(Unread::NoPicture));
    assert_eq!(marks::read(b"%PDF-1.7", none).err(), Some(Unread::Pdf));
    let large = vec![0; marks::MOST_BYTES + 1];
    assert_eq!(marks::read(&large, none).err(), Some(Unread::TooManyBytes));
    let small = png(&DynamicImage::new_luma8(400, 600));
    assert_eq!(marks::read(&small, none).err(), Some(Unread::TooCoarse));
    let bomb = png(&DynamicImage::new_luma8(5_200, 5_200));
    assert!(bomb.len() < marks::MOST_BYTES);
    assert_eq!(marks::read(&bomb, none).err(), Some(Unread::TooManyPixels));
    let blank = png(&DynamicImage::new_luma8(1_200, 1_700));
    assert_eq!(marks::read(&blank, none).err(), Some(Unread::NoCorners));
}

fn png(picture: &DynamicImage) -> Vec<u8> {
    let mut file = Cursor::new(Vec::new());
    picture.write_to(&mut file, ImageFormat::Png).unwrap();
    file.into_inner()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// Blots of any size and tone on a sheet that was good: read or refused, never a panic.
    #[test]
    fn a_spoilt_sheet_is_read_or_refused(
        blots in prop::collection::vec((0u32..1240, 0u32..1754, 1u32..500, 1u32..500, any::<u8>()), 1..12),
        cut in 0u32..1100,
    ) {
        let (layout, file) = cached();
        let mut picture = image::load_from_memory(file).unwrap().into_luma8();
        for (x, y, wide, high, tone) in blots {
            for y in y..(y + high).min(picture.height()) {
                for x in x..(x + wide).min(picture.width()) {
                    let dot = &mut picture.get_pixel_mut(x, y).0[0];
                    *dot = dot.wrapping_add(tone);
                }
            }
        }
        let spoilt = DynamicImage::ImageLuma8(picture).crop_imm(cut / 3, cut, 1240, 1754);
        if let Ok(read) = marks::read(&png(&spoilt), |_| Some(*layout)) {
            prop_assert_eq!(read.boxes.len(), 28);
        }
    }

    #[test]
    fn bytes_are_refused(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        prop_assert!(marks::read(&bytes, |_| None).is_err());
    }
}

fn cached() -> &'static (Layout, Vec<u8>) {
    static SHEET: std::sync::OnceLock<(Layout, Vec<u8>)> = std::sync::OnceLock::new();
    SHEET.get_or_init(|| taken(Scene::Scan150, 7))
}
