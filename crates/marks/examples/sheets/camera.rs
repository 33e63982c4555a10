//! What scanners, phones, tables and bags do to a sheet of paper.

use std::io::Cursor;

use image::codecs::jpeg::JpegEncoder;
use image::{DynamicImage, ImageFormat, RgbImage};

use crate::chance::Chance;
use crate::paper::{FINE, Paper};

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Scene {
    Scan300,
    Scan200,
    Scan150,
    ScanTurned,
    Copied,
    Phone,
    PhoneSlant,
    PhoneShadow,
    PhoneDim,
    Creased,
    Curled,
    Coffee,
    Stray,
}

pub const SCENES: [(Scene, &str); 13] = [
    (Scene::Scan300, "scan 300 dpi, colour, PNG"),
    (Scene::Scan200, "scan 200 dpi, grey, JPEG 60-90"),
    (Scene::Scan150, "scan 150 dpi, grey, JPEG 60-90"),
    (Scene::ScanTurned, "scan upside down or on its side"),
    (Scene::Copied, "copied on a worn copier, scanned"),
    (Scene::Phone, "phone, good light, any way round"),
    (Scene::PhoneSlant, "phone, held aslant"),
    (Scene::PhoneShadow, "phone, hand's shadow"),
    (Scene::PhoneDim, "phone, dim, blurred, grainy"),
    (Scene::Creased, "folded in four, phone or scan"),
    (Scene::Curled, "curled, phone"),
    (Scene::Coffee, "coffee, phone or scan"),
    (Scene::Stray, "stray lines and dust, phone or scan"),
];

struct Shot {
    width: usize,
    height: usize,
    turn: f64,
    slant: f64,
    pan: f64,
    /// Part of the picture that the paper fills.
    fill: f64,
    blur: f64,
    grain: f64,
    bright: f64,
    tilt_light: f64,
    shadow: f64,
    curl: f64,
    crease: f64,
    warm: f64,
    scan: bool,
    quality: u8,
}

/// What the paper suffers before it is taken, then the picture of it as a file.
pub fn take(paper: &mut Paper, scene: Scene, chance: &mut Chance) -> Vec<u8> {
    match scene {
        Scene::Coffee => coffee(paper, chance),
        Scene::Stray => stray(paper, chance),
        Scene::Copied => copy(paper, chance),
        _ => {}
    }
    let shot = set_up(scene, chance);
    let picture = expose(paper, &shot, chance);
    let mut file = Cursor::new(Vec::new());
    let grey = shot.scan && scene != Scene::Scan300;
    let picture = DynamicImage::ImageRgb8(picture);
    let picture = if grey {
        DynamicImage::ImageLuma8(picture.into_luma8())
    } else {
        picture
    };
    let written = match scene {
        Scene::Scan300 => picture.write_to(&mut file, ImageFormat::Png),
        _ => picture.write_with_encoder(JpegEncoder::new_with_quality(&mut file, shot.quality)),
    };
    written.expect("a picture in memory is written");
    file.into_inner()
}

fn set_up(scene: Scene, chance: &mut Chance) -> Shot {
    let scan = match scene {
        Scene::Scan300 | Scene::Scan200 | Scene::Scan150 | Scene::ScanTurned | Scene::Copied => {
            true
        }
        Scene::Creased | Scene::Coffee | Scene::Stray => chance.is(0.5),
        _ => false,
    };
    let dpi = match scene {
        Scene::Scan300 => 300.0,
        Scene::Scan150 => 150.0,
        _ => [150.0, 200.0, 300.0][chance.below(3)],
    };
    let dpi = if scene == Scene::Scan200 { 200.0 } else { dpi };
    let quarter = std::f64::consts::FRAC_PI_2;
    let mut shot = Shot {
        width: (8.27 * dpi) as usize,
        height: (11.69 * dpi) as usize,
        turn: chance.bell() * 0.012,
        slant: 0.0,
        pan: 0.0,
        fill: 1.0,
        blur: chance.from(0.3, 0.7),
        grain: chance.from(0.5, 2.0),
        bright: chance.from(225.0, 250.0),
        tilt_light: chance.from(0.0, 0.04),
        shadow: 0.0,
        curl: 0.0,
        crease: 0.0,
        warm: 0.0,
        scan,
        quality: 60 + chance.below(31) as u8,
    };
    if scene == Scene::ScanTurned {
        let turns = 1 + chance.below(3);
        shot.turn += quarter * turns as f64;
        if turns % 2 == 1 {
            std::mem::swap(&mut shot.width, &mut shot.height);
        }
    }
    if !scan {
        phone(&mut shot, scene, chance);
    }
    if scene == Scene::Creased {
        shot.crease = chance.from(0.05, 0.28);
    }
    shot
}

fn phone(shot: &mut Shot, scene: Scene, chance: &mut Chance) {
    let quarter = std::f64::consts::FRAC_PI_2;
    // 8 to 12 million pixels.
    (shot.width, shot.height) = [(2448, 3264), (3024, 4032)][chance.below(2)];
    shot.turn = chance.bell() * 0.05;
    if scene == Scene::Phone {
        let turns = chance.below(4);
        shot.turn += quarter * turns as f64;
        if turns % 2 == 1 {
            std::mem::swap(&mut shot.width, &mut shot.height);
        }
    }
    shot.slant = chance.bell() * 0.05;
    shot.pan = chance.bell() * 0.05;
    shot.fill = chance.from(0.78, 0.94);
    shot.blur = chance.from(0.5, 1.3);
    shot.grain = chance.from(2.0, 5.0);
    shot.bright = chance.from(170.0, 235.0);
    shot.tilt_light = chance.from(0.05, 0.3);
    shot.warm = chance.from(0.0, 0.15);
    shot.curl = chance.from(0.0, 0.6);
    match scene {
        Scene::PhoneSlant => {
            shot.slant = chance.from(0.12, 0.3) * if chance.is(0.5) { 1.0 } else { -1.0 };
            shot.pan = chance.from(-0.2, 0.2);
            shot.fill = chance.from(0.72, 0.85);
        }
        Scene::PhoneShadow => shot.shadow = chance.from(0.3, 0.6),
        Scene::PhoneDim => {
            shot.bright = chance.from(70.0, 130.0);
            shot.grain = chance.from(5.0, 10.0);
            shot.blur = chance.from(1.0, 2.2);
        }
        Scene::Curled => shot.curl = chance.from(1.0, 5.0),
        _ => {}
    }
}

/// Where a pixel of the picture looks at the paper, in millimetres.
fn look(shot: &Shot, x: f64, y: f64) -> (f64, f64) {
    let (width, height) = (shot.width as f64, shot.height as f64);
    let (sin, cos) = shot.turn.sin_cos();
    // The paper, turned, must fit into the picture.
    let (wide, high) = (
        210.0 * cos.abs() + 297.0 * sin.abs(),
        210.0 * sin.abs() + 297.0 * cos.abs(),
    );
    let scale = match shot.scan {
        true => (210.0f64.max(297.0)) / width.max(height),
        false => (wide / width).max(high / height) / shot.fill,
    };
    let (u, v) = ((x - width / 2.0) * scale, (y - height / 2.0) * scale);
    let depth = 1.0 + (u * shot.pan + v * shot.slant) / 150.0;
    let (u, v) = (u / depth, v / depth);
    let (mut px, mut py) = (u * cos + v * sin + 105.0, -u * sin + v * cos + 148.5);
    if shot.curl > 0.0 {
        px += shot.curl * ((py / 297.0) * 3.1).sin() * 0.5;
        py += shot.curl * ((px / 210.0) * 2.6 + 0.4).sin();
    }
    (px, py)
}

fn expose(paper: &Paper, shot: &Shot, chance: &mut Chance) -> RgbImage {
    let folds = [chance.from(146.0, 151.0), chance.from(103.0, 107.0)];
    let (edge, lean) = (chance.from(60.0, 230.0), chance.bell() * 0.6);
    let soft = chance.from(1.0, 14.0);
    let table = [
        chance.from(40.0, 210.0),
        chance.from(40.0, 190.0),
        chance.from(30.0, 170.0),
    ];
    let (light_x, light_y) = (chance.from(-1.0, 1.0), chance.from(-1.0, 1.0));
    let mut plane: Vec<[f32; 3]> = Vec::with_capacity(shot.width * shot.height);
    for y in 0..shot.height {
        for x in 0..shot.width {
            let (px, py) = look(shot, x as f64 + 0.5, y as f64 + 0.5);
            let mut light = shot.bright
                * (1.0
                    - shot.tilt_light
                        * (0.5 + (px / 210.0 - 0.5) * light_x + (py / 297.0 - 0.5) * light_y));
            if shot.shadow > 0.0 {
                let deep = ((py + lean * (px - 105.0) - edge) / soft).clamp(0.0, 1.0);
                light *= 1.0 - shot.shadow * deep;
            }
            if shot.crease > 0.0 {
                let near = [(py - folds[0]), (px - folds[1])];
                for far in near {
                    // A dark valley with a bright ridge beside it.
                    light *= 1.0 - shot.crease * (-(far / 0.35).powi(2)).exp();
                    light *= 1.0 + shot.crease * 0.3 * (-((far - 1.0) / 0.7).powi(2)).exp();
                }
                light *= if py > folds[0] {
                    1.0 - shot.crease * 0.25
                } else {
                    1.0
                };
            }
            let warm = [1.0, 1.0 - shot.warm * 0.3, 1.0 - shot.warm];
            let back = sample(paper, px, py);
            plane.push(std::array::from_fn(|at| match back {
                Some(back) => (f64::from(back[at]) * light * warm[at]) as f32,
                None if shot.scan => 252.0,
                None => (table[at] * light / 255.0) as f32,
            }));
        }
    }
    blur(&mut plane, shot.width, shot.height, shot.blur);
    develop(&plane, shot, chance)
}

fn develop(plane: &[[f32; 3]], shot: &Shot, chance: &mut Chance) -> RgbImage {
    let mut bytes = Vec::with_capacity(plane.len() * 3);
    for dot in plane {
        let common = quick_bell(chance) * shot.grain;
        for value in dot {
            let grain = common + quick_bell(chance) * shot.grain * 0.5;
            bytes.push((f64::from(*value) + grain).clamp(0.0, 255.0) as u8);
        }
    }
    RgbImage::from_raw(shot.width as u32, shot.height as u32, bytes).expect("three bytes a dot")
}

/// Four small dice from one number: fast enough for twelve million dots.
fn quick_bell(chance: &mut Chance) -> f64 {
    let bits = chance.next();
    let sum = (0..4)
        .map(|at| ((bits >> (at * 16)) & 0xffff) as f64)
        .sum::<f64>();
    (sum / 65_535.0 - 2.0) * 1.732
}

fn sample(paper: &Paper, px: f64, py: f64) -> Option<[f32; 3]> {
    let (x, y) = (px * FINE - 0.5, py * FINE - 0.5);
    if x < 0.0 || y < 0.0 {
        return None;
    }
    let (left, top) = (x as usize, y as usize);
    if left + 1 >= paper.width || top + 1 >= paper.height {
        return None;
    }
    let (right, down) = ((x - left as f64) as f32, (y - top as f64) as f32);
    let at = top * paper.width + left;
    let rows = [
        &paper.light[at..at + 2],
        &paper.light[at + paper.width..at + paper.width + 2],
    ];
    Some(std::array::from_fn(|colour| {
        let [above, below] =
            rows.map(|row| row[0][colour] * (1.0 - right) + row[1][colour] * right);
        above * (1.0 - down) + below * down
    }))
}

/// A Gaussian of `sigma` pixels, line by line and column by column.
fn blur(plane: &mut [[f32; 3]], width: usize, height: usize, sigma: f64) {
    let reach = (sigma * 2.5).ceil() as i64;
    let mut weights: Vec<f32> = (-reach..=reach)
        .map(|at| (-0.5 * (at as f64 / sigma).powi(2)).exp() as f32)
        .collect();
    let sum: f32 = weights.iter().sum();
    weights.iter_mut().for_each(|weight| *weight /= sum);
    let mut line = Vec::new();
    for row in plane.chunks_mut(width) {
        line.clear();
        line.extend_from_slice(row);
        for (x, dot) in row.iter_mut().enumerate() {
            *dot = weigh(&line, x, &weights);
        }
    }
    for x in 0..width {
        line.clear();
        line.extend((0..height).map(|y| plane[y * width + x]));
        for y in 0..height {
            plane[y * width + x] = weigh(&line, y, &weights);
        }
    }
}

fn weigh(line: &[[f32; 3]], at: usize, weights: &[f32]) -> [f32; 3] {
    let reach = weights.len() / 2;
    let mut sum = [0.0; 3];
    for (step, weight) in weights.iter().enumerate() {
        let from = (at + step).saturating_sub(reach).min(line.len() - 1);
        for (sum, value) in sum.iter_mut().zip(line[from]) {
            *sum += value * weight;
        }
    }
    sum
}

fn coffee(paper: &mut Paper, chance: &mut Chance) {
    for _ in 0..1 + chance.below(2) {
        let (x, y) = (chance.from(60.0, 195.0), chance.from(60.0, 260.0));
        let radius = chance.from(18.0, 40.0);
        let (ring, pool) = (chance.from(0.1, 0.3), chance.from(0.02, 0.15));
        let reach = (radius + 4.0) * FINE;
        for dy in -(reach as i64)..reach as i64 {
            for dx in -(reach as i64)..reach as i64 {
                let far = (dx as f64).hypot(dy as f64) / FINE - radius;
                let rim = (-(far / 0.9).powi(2)).exp() * ring;
                let cover = if far < 0.0 { pool + rim } else { rim };
                if cover > 0.005 {
                    let (px, py) = ((x * FINE) as i64 + dx, (y * FINE) as i64 + dy);
                    paper.tint(px, py, [0.5, 0.34, 0.2], cover as f32);
                }
            }
        }
    }
}

fn stray(paper: &mut Paper, chance: &mut Chance) {
    for _ in 0..1 + chance.below(2) {
        let (x, y) = (chance.from(20.0, 200.0), chance.from(20.0, 280.0));
        let angle = chance.from(0.0, std::f64::consts::TAU);
        let hand = crate::hand::Hand::new(chance);
        let long = chance.from(10.0, 60.0);
        hand.draw(
            paper,
            &[(x, y), (x + long * angle.cos(), y + long * angle.sin())],
            chance,
        );
    }
    for _ in 0..60 + chance.below(200) {
        let (x, y) = (chance.from(0.0, 210.0), chance.from(0.0, 297.0));
        let (width, cover) = (chance.from(0.1, 0.45), chance.from(0.3, 1.0));
        paper.tip(x, y, width, [0.2, 0.2, 0.2], cover as f32);
    }
}

/// A copier with little toner: contrast is pushed, fine grey is lost, specks come.
fn copy(paper: &mut Paper, chance: &mut Chance) {
    let (middle, steep) = (chance.from(0.6, 0.75), chance.from(5.0, 12.0));
    for dot in &mut paper.light {
        let grey = dot[0] * 0.3 + dot[1] * 0.59 + dot[2] * 0.11;
        let pushed = 1.0 / (1.0 + (-f64::from(grey - middle as f32) * steep).exp());
        *dot = [(0.12 + 0.86 * pushed) as f32; 3];
    }
    for _ in 0..150 {
        let (x, y) = (chance.from(0.0, 210.0), chance.from(0.0, 297.0));
        paper.tip(x, y, chance.from(0.1, 0.35), [0.2, 0.2, 0.2], 0.9);
    }
}
