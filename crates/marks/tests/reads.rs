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
#[path = "../examples/sheets/worst.rs"]
#[allow(dead_code)]
mod worst;

use std::io::Cursor;
use std::time::{Duration, Instant};

use camera::Scene;
use chance::Chance;
use hand::{Hand, Kind};
use image::{DynamicImage, ImageFormat};
use marks::{Layout, Sheet, Unread, Verdict, Why};
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

/// 14 rows of 2: the left box is marked in every second row, the right one is struck out by two
/// lines in row 5, by a cross in row 8 and by a scribble in row 11.
fn sheet(seed: u64) -> (Layout, paper::Paper, Chance) {
    let mut chance = Chance::new(seed);
    let layout = Layout::new(14, 2, 2).unwrap();
    let mut sheet = paper::print(&layout, "ROLL000000000042", [0.93; 3], 0.1, &mut chance);
    let hand = Hand::new(&mut Chance::new(4));
    let rows = layout.drawing().rows;
    for row in (0..14).step_by(2) {
        hand.mark(&mut sheet, rows[row].boxes[0], KINDS[row / 2], &mut chance);
    }
    for row in STRUCK {
        hand.mark(&mut sheet, rows[row].boxes[1], Kind::Tick, &mut chance);
    }
    let struck = rows[5].boxes[1];
    for down in [0.4, 0.6] {
        let y = struck.y + struck.h * down;
        let line = [(struck.x - 2.5, y), (struck.x + struck.w + 2.5, y)];
        hand.draw(&mut sheet, &line, &mut chance);
    }
    let crossed = rows[8].boxes[1];
    let at = |part: f64| crossed.x + crossed.w * part;
    let down = |part: f64| crossed.y + crossed.h * part;
    for (from, to) in [
        ((-0.15, -0.15), (1.15, 1.15)),
        ((1.15, -0.15), (-0.15, 1.15)),
    ] {
        let line = [(at(from.0), down(from.1)), (at(to.0), down(to.1))];
        hand.draw(&mut sheet, &line, &mut chance);
    }
    let scribbled = rows[11].boxes[1];
    let zigzag = (0..=20).map(|step| {
        let right = if step % 2 == 0 { -1.0 } else { 1.0 };
        let down = f64::from(step) / 20.0 * 1.4 - 0.7;
        let middle = scribbled.middle();
        (
            middle.x + right * 0.7 * scribbled.w,
            middle.y + down * scribbled.h,
        )
    });
    hand.draw(&mut sheet, &zigzag.collect::<Vec<_>>(), &mut chance);
    (layout, sheet, chance)
}

const STRUCK: [usize; 3] = [5, 8, 11];

fn is_struck(seen: &marks::Seen) -> bool {
    seen.column == 1 && STRUCK.contains(&seen.row)
}

fn taken(scene: Scene, seed: u64) -> (Layout, Vec<u8>) {
    let (layout, mut sheet, mut chance) = sheet(seed);
    let file = camera::take(&mut sheet, scene, &mut chance);
    (layout, file)
}

fn assert_read(file: &[u8], layout: Layout) -> Sheet {
    let mut asked = Vec::new();
    let read = marks::read(file, |code| {
        asked.push(code.to_owned());
        Some(layout)
    })
    .unwrap();
    assert_eq!(asked, ["ROLL000000000042"]);
    assert_eq!((read.boxes.len(), read.free.len()), (28, 2));
    for seen in &read.boxes {
        let struck = is_struck(seen);
        let marked = seen.column == 0 && seen.row.is_multiple_of(2);
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
    read
}

/// What a box of the sheet must not be read as.
fn wrong(seen: &marks::Seen) -> bool {
    let marked = seen.column == 0 && seen.row.is_multiple_of(2);
    match seen.verdict {
        Verdict::Marked => !marked,
        Verdict::Empty => marked || is_struck(seen),
        Verdict::Doubt(_) => false,
    }
}

#[test]
fn a_scan_is_read_and_what_is_struck_out_is_put_in_doubt() {
    let (layout, file) = taken(Scene::Scan200, 7);
    let read = assert_read(&file, layout);
    assert!(read.free.iter().all(|line| line.seen));
    let png = read.free[0].cutout.as_ref().unwrap().png();
    let line = image::load_from_memory(png).unwrap();
    assert_eq!((line.width(), line.height()), (1_436, 80));
}

/// The paper lies aslant on the glass: its lower left corner is not in the picture.
#[test]
fn three_corners_are_enough_and_what_is_cut_off_of_a_free_line_is_told() {
    let (layout, file) = taken(Scene::Scan200, 7);
    let whole = image::load_from_memory(&file).unwrap().into_luma8();
    let (width, height) = whole.dimensions();
    let aslant = |x: u32, y: u32| {
        let from = x + y * 240 / height;
        match from < width {
            true => *whole.get_pixel(from, y),
            false => image::Luma([250]),
        }
    };
    let picture = image::GrayImage::from_fn(width, height, aslant);
    let read = assert_read(&png(&DynamicImage::ImageLuma8(picture)), layout);
    for line in &read.free {
        assert!(!line.seen);
        let picture = image::load_from_memory(line.cutout.as_ref().unwrap().png()).unwrap();
        let picture = picture.into_luma8();
        assert_eq!(
            picture.get_pixel(10, 40).0,
            [128],
            "what lay outside is no paper"
        );
        assert!(picture.get_pixel(700, 40).0[0] > 200, "paper");
    }
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
fn a_layout_that_is_not_the_sheets_is_told_or_in_doubt() {
    let (_, file) = taken(Scene::Scan200, 7);
    let other = Layout::new(40, 4, 0).unwrap();
    let read = marks::read(&file, |_| Some(other));
    assert_eq!(read.err(), Some(Unread::NoBoxes));

    // Its last two columns and first fourteen rows are this sheet's.
    let larger = Layout::new(16, 3, 2).unwrap();
    let read = marks::read(&file, |_| Some(larger)).unwrap();
    for seen in &read.boxes {
        let printed = seen.column > 0 && seen.row < 14;
        let not_seen = seen.verdict == Verdict::Doubt(Why::NotSeen);
        assert_eq!(not_seen, !printed, "{}/{}", seen.row, seen.column);
    }
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
    // 25 million pixels: of 8 bits a colour they are taken, of 16 bits they are not.
    let deep = png_head(5_000, 5_000, 16);
    assert_eq!(marks::read(&deep, none).err(), Some(Unread::TooHeavy));
    let flat = png_head(5_000, 5_000, 8);
    assert_eq!(marks::read(&flat, none).err(), Some(Unread::NoPicture));
    // 20 million pixels of a JPEG, at once and in several scans.
    let whole = jpeg(5_000, 4_000, 0xc0);
    assert_ne!(marks::read(&whole, none).err(), Some(Unread::TooHeavy));
    let progressive = jpeg(5_000, 4_000, 0xc2);
    assert_eq!(
        marks::read(&progressive, none).err(),
        Some(Unread::TooHeavy)
    );
    let blank = png(&DynamicImage::new_luma8(1_200, 1_700));
    assert_eq!(marks::read(&blank, none).err(), Some(Unread::NoCorners));
}

fn png(picture: &DynamicImage) -> Vec<u8> {
    let mut file = Cursor::new(Vec::new());
    picture.write_to(&mut file, ImageFormat::Png).unwrap();
    file.into_inner()
}

/// A PNG that says how large it is, and no more; red, green and blue.
fn png_head(width: u32, height: u32, bits: u8) -> Vec<u8> {
    let mut head = b"IHDR".to_vec();
    head.extend([width.to_be_bytes(), height.to_be_bytes()].concat());
    head.extend([bits, 2, 0, 0, 0]);
    let mut file = b"\x89PNG\r\n\x1a\n\0\0\0\x0d".to_vec();
    let mut sum = !0u32;
    for byte in &head {
        sum ^= u32::from(*byte);
        for _ in 0..8 {
            sum = (sum >> 1) ^ (0xedb8_8320 * (sum & 1));
        }
    }
    file.extend(head);
    file.extend((!sum).to_be_bytes());
    file.extend(b"\0\0\0\x01IDAT");
    file
}

/// A small JPEG in colour whose head says that it is another size, in a frame of this kind.
fn jpeg(width: u16, height: u16, frame: u8) -> Vec<u8> {
    let mut file = Cursor::new(Vec::new());
    let small = DynamicImage::new_rgb8(16, 16);
    small.write_to(&mut file, ImageFormat::Jpeg).unwrap();
    let mut file = file.into_inner();
    let at = file.windows(2).position(|two| two == [0xff, 0xc0]).unwrap();
    file[at + 1] = frame;
    file[at + 5..at + 7].copy_from_slice(&height.to_be_bytes());
    file[at + 7..at + 9].copy_from_slice(&width.to_be_bytes());
    file
}

/// Blots of any size and tone on a sheet that was good: what they don't touch is not read wrongly.
#[test]
fn a_spoilt_sheet_is_read_or_refused_and_never_read_wrongly_beside_the_spots() {
    let (layout, file) = taken(Scene::Scan150, 7);
    let whole = image::load_from_memory(&file).unwrap().into_luma8();
    let (width, height) = whole.dimensions();
    let mut chance = Chance::new(11);
    let (mut read, mut sure) = (0, 0);
    for _ in 0..10 {
        let mut picture = whole.clone();
        let mut blots = Vec::new();
        for _ in 0..1 + chance.below(6) {
            let (x, y) = (chance.below(width as usize), chance.below(height as usize));
            let (wide, high) = (1 + chance.below(300), 1 + chance.below(300));
            let tone = chance.below(256) as u8;
            for y in y..(y + high).min(height as usize) {
                for x in x..(x + wide).min(width as usize) {
                    let dot = &mut picture.get_pixel_mut(x as u32, y as u32).0[0];
                    *dot = dot.wrapping_add(tone);
                }
            }
            blots.push([x, y, x + wide, y + high].map(|at| at as f64 / 150.0 * 25.4));
        }
        let Ok(sheet) = marks::read(&png(&DynamicImage::ImageLuma8(picture)), |_| Some(layout))
        else {
            continue;
        };
        read += 1;
        for seen in &sheet.boxes {
            let at = layout.place(seen.row, seen.column).middle();
            // The paper lies up to 4 mm off, and a mark reaches 5 mm from its box's middle.
            let touched = blots.iter().any(|[left, top, right, bottom]| {
                (left - 9.0..right + 9.0).contains(&at.x)
                    && (top - 9.0..bottom + 9.0).contains(&at.y)
            });
            assert!(
                touched || !wrong(seen),
                "{}/{}: {:?}",
                seen.row,
                seen.column,
                seen.verdict
            );
            sure += usize::from(!touched && !matches!(seen.verdict, Verdict::Doubt(_)));
        }
    }
    assert!(read >= 5, "{read} of 10 were read");
    assert!(sure >= read * 20, "{sure} boxes of {read} sheets");
}

/// The reader's time has an end, whatever comes: `sheets --worst` prints the times.
#[test]
fn a_forged_picture_is_done_with_soon() {
    for (name, file) in worst::pictures() {
        let start = Instant::now();
        let read = marks::read(&file, |_| Some(worst::fullest()));
        assert!(start.elapsed() < Duration::from_secs(30), "{name}");
        match read {
            Err(unread) => assert!(
                matches!(unread, Unread::NoCorners | Unread::NoBoxes),
                "{name}"
            ),
            Ok(sheet) => {
                let sure = |seen: &&marks::Seen| !matches!(seen.verdict, Verdict::Doubt(_));
                assert!(sheet.boxes.iter().filter(sure).count() < 8, "{name}");
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn bytes_are_refused(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        prop_assert!(marks::read(&bytes, |_| None).is_err());
    }
}
