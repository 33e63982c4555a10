//! A roll is printed, marked with a pen, photographed askew and in poor light, and read back.

use image::{DynamicImage, GrayImage, ImageFormat, Luma};
use marks::{Layout, Verdict};
use press::Paper;

use super::OnPaper;
use super::town::roll::{CODES, roll};

const DOTS: u32 = 200;

/// A pen half a millimetre wide along a line, in millimetres.
fn draw(page: &mut GrayImage, from: (f64, f64), to: (f64, f64)) {
    let dot = f64::from(DOTS) / 25.4;
    let steps = ((to.0 - from.0).hypot(to.1 - from.1) * 20.0) as usize;
    for step in 0..=steps {
        let along = step as f64 / steps as f64;
        let (x, y) = (
            (from.0 + (to.0 - from.0) * along) * dot,
            (from.1 + (to.1 - from.1) * along) * dot,
        );
        for near_y in -2..=2 {
            for near_x in -2..=2 {
                let (x, y) = (x as i32 + near_x, y as i32 + near_y);
                page.put_pixel(x as u32, y as u32, Luma([60]));
            }
        }
    }
}

/// A tick in a box.
fn tick(page: &mut GrayImage, layout: &Layout, row: usize, column: usize) {
    let place = layout.place(row, column);
    let at = |right: f64, down: f64| (place.x + place.w * right, place.y + place.h * down);
    draw(page, at(0.2, 0.5), at(0.45, 0.8));
    draw(page, at(0.45, 0.8), at(0.8, 0.2));
}

/// The sheet turned on a grey table by so many degrees, in light that falls off to one side.
fn photographed(page: &GrayImage, degrees: f64) -> Vec<u8> {
    let (sin, cos) = degrees.to_radians().sin_cos();
    let (width, height) = (f64::from(page.width()), f64::from(page.height()));
    let seen = |x: u32, y: u32| {
        let (x, y) = (f64::from(x) - 1_150.0, f64::from(y) - 1_300.0);
        let (u, v) = (
            x * cos + y * sin + width / 2.0,
            y * cos - x * sin + height / 2.0,
        );
        let inside = (0.0..width - 1.0).contains(&u) && (0.0..height - 1.0).contains(&v);
        let paper = match inside {
            true => f64::from(page.get_pixel(u as u32, v as u32).0[0]),
            false => 90.0,
        };
        Luma([(paper * (0.75 - x * 1.0e-4)) as u8])
    };
    let picture = DynamicImage::ImageLuma8(GrayImage::from_fn(2_300, 2_600, seen));
    let mut file = std::io::Cursor::new(Vec::new());
    picture.write_to(&mut file, ImageFormat::Jpeg).unwrap();
    file.into_inner()
}

#[test]
fn a_printed_roll_is_read_back_as_it_was_marked() {
    let roll = roll();
    let paper = OnPaper::of(&Paper::Roll(roll.clone()));
    assert_eq!(paper.printed.pages, 2);
    let text = paper.text();
    for words in ["西園寺宮 久美子 エリザベート", "52", "手伝い", "2／2枚目"] {
        assert!(text.contains(words), "{words} in {text}");
    }
    for (number, sheet) in roll.sheets.iter().enumerate() {
        let layout = sheet.layout;
        let marked = |row: usize, column: usize| (row + column * 2).is_multiple_of(3) && column < 2;
        let mut page = paper.copied(number + 1, DOTS);
        for row in 0..layout.rows() {
            for column in (0..layout.columns()).filter(|column| marked(row, *column)) {
                tick(&mut page, &layout, row, column);
            }
        }
        for degrees in [0.0, 2.5, 183.0] {
            let mut asked = String::new();
            let read = marks::read(&photographed(&page, degrees), |code| {
                asked = code.to_owned();
                Some(layout)
            });
            let read = read.unwrap();
            assert_eq!(asked, CODES[number]);
            for seen in &read.boxes {
                let wanted = match marked(seen.row, seen.column) {
                    true => Verdict::Marked,
                    false => Verdict::Empty,
                };
                let place = (number, seen.row, seen.column);
                assert_eq!(seen.verdict, wanted, "{place:?} turned by {degrees}");
            }
            assert!(read.free.iter().all(|line| line.seen));
        }
    }
}
