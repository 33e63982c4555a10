//! The printed sheet, drawn from what a printer is told and from nothing else.

use marks::Layout;
use marks::layout::{PAGE, Rect};
use qrcode::{Color, EcLevel, QrCode};

use crate::chance::Chance;

/// Dots a millimetre of the drawn paper: 254 an inch.
pub const FINE: f64 = 10.0;

/// How much light each dot gives back, in red, green and blue: 0 to 1.
pub struct Paper {
    pub width: usize,
    pub height: usize,
    pub light: Vec<[f32; 3]>,
}

impl Paper {
    pub fn blank(tone: [f32; 3]) -> Paper {
        let (width, height) = ((PAGE.w * FINE) as usize, (PAGE.h * FINE) as usize);
        Paper {
            width,
            height,
            light: vec![tone; width * height],
        }
    }

    /// Lays colour over a dot: `cover` 0 leaves it, 1 replaces its light by `colour`'s share.
    pub fn tint(&mut self, x: i64, y: i64, colour: [f32; 3], cover: f32) {
        if x < 0 || y < 0 || x as usize >= self.width || y as usize >= self.height {
            return;
        }
        let dot = &mut self.light[y as usize * self.width + x as usize];
        for (light, colour) in dot.iter_mut().zip(colour) {
            *light = light.min(*light * (1.0 - cover) + colour * cover);
        }
    }

    /// A round pen tip pressed once, in millimetres, with a soft edge.
    pub fn tip(&mut self, x: f64, y: f64, width: f64, colour: [f32; 3], cover: f32) {
        let radius = width / 2.0 * FINE;
        let reach = radius.ceil() as i64 + 1;
        let (cx, cy) = (x * FINE, y * FINE);
        for dy in -reach..=reach {
            for dx in -reach..=reach {
                let (px, py) = (cx.floor() as i64 + dx, cy.floor() as i64 + dy);
                let far = (px as f64 + 0.5 - cx).hypot(py as f64 + 0.5 - cy);
                let edge = (radius + 0.5 - far).clamp(0.0, 1.0) as f32;
                if edge > 0.0 {
                    self.tint(px, py, colour, cover * edge);
                }
            }
        }
    }

    pub fn block(&mut self, rect: Rect, colour: [f32; 3]) {
        let (left, right) = (
            (rect.x * FINE).round() as i64,
            ((rect.x + rect.w) * FINE).round() as i64,
        );
        let (top, bottom) = (
            (rect.y * FINE).round() as i64,
            ((rect.y + rect.h) * FINE).round() as i64,
        );
        for y in top..bottom {
            for x in left..right {
                if x >= 0 && y >= 0 && (x as usize) < self.width && (y as usize) < self.height {
                    self.light[y as usize * self.width + x as usize] = colour;
                }
            }
        }
    }

    fn disc(&mut self, x: f64, y: f64, radius: f64, colour: [f32; 3]) {
        let reach = (radius * FINE) as i64 + 1;
        for dy in -reach..=reach {
            for dx in -reach..=reach {
                if (dx as f64).hypot(dy as f64) <= radius * FINE {
                    let (px, py) = ((x * FINE) as i64 + dx, (y * FINE) as i64 + dy);
                    self.light[py as usize * self.width + px as usize] = colour;
                }
            }
        }
    }
}

/// Prints a sheet with its code, heads, and something that looks like writing for the names.
pub fn print(
    layout: &Layout,
    code: &str,
    tone: [f32; 3],
    black: f32,
    chance: &mut Chance,
) -> Paper {
    let drawing = layout.drawing();
    let mut paper = Paper::blank(tone);
    let ink = [black; 3];
    for anchor in &drawing.anchors {
        let (x, y) = (anchor.middle.x, anchor.middle.y);
        paper.disc(x, y, anchor.outer, ink);
        paper.disc(x, y, anchor.hole, tone);
        paper.disc(x, y, anchor.dot, ink);
    }
    print_code(&mut paper, drawing.code, code, ink);
    write(&mut paper, drawing.title, 7.0, ink, chance);
    for head in &drawing.heads {
        let within = Rect {
            x: head.x + 4.0,
            w: 7.0,
            ..*head
        };
        write(&mut paper, within, 3.5, ink, chance);
    }
    for row in &drawing.rows {
        write(
            &mut paper,
            Rect {
                w: 45.0,
                ..row.name
            },
            row.name.h.min(5.0) * 0.7,
            ink,
            chance,
        );
        let rule = Rect {
            y: row.name.y + row.name.h - 0.1,
            h: 0.2,
            ..row.name
        };
        paper.block(rule, ink);
        for place in &row.boxes {
            frame(&mut paper, *place, drawing.frame, ink);
        }
    }
    for line in &drawing.free {
        let rule = Rect {
            y: line.y + line.h - 0.2,
            h: 0.2,
            ..*line
        };
        paper.block(rule, ink);
    }
    paper
}

fn frame(paper: &mut Paper, place: Rect, thick: f64, ink: [f32; 3]) {
    let half = thick / 2.0;
    let (w, h) = (place.w + thick, place.h + thick);
    let (x, y) = (place.x - half, place.y - half);
    paper.block(Rect { x, y, w, h: thick }, ink);
    paper.block(
        Rect {
            x,
            y: y + place.h,
            w,
            h: thick,
        },
        ink,
    );
    paper.block(Rect { x, y, w: thick, h }, ink);
    paper.block(
        Rect {
            x: x + place.w,
            y,
            w: thick,
            h,
        },
        ink,
    );
}

fn print_code(paper: &mut Paper, place: Rect, code: &str, ink: [f32; 3]) {
    let Ok(qr) = QrCode::with_error_correction_level(code, EcLevel::M) else {
        return;
    };
    let count = qr.width();
    let module = place.w / count as f64;
    for (at, colour) in qr.to_colors().into_iter().enumerate() {
        if colour == Color::Dark {
            let x = place.x + (at % count) as f64 * module;
            let y = place.y + (at / count) as f64 * module;
            paper.block(
                Rect {
                    x,
                    y,
                    w: module,
                    h: module,
                },
                ink,
            );
        }
    }
}

/// Short strokes side by side: what matters is that there is print, not what it says.
fn write(paper: &mut Paper, place: Rect, size: f64, ink: [f32; 3], chance: &mut Chance) {
    let count = ((place.w / size) as usize).min(9);
    let y = place.y + (place.h - size) / 2.0;
    for sign in 0..count {
        let x = place.x + sign as f64 * size * 1.05;
        for _ in 0..4 + chance.below(4) {
            let (u, v) = (chance.from(0.0, 0.7), chance.from(0.0, 0.8));
            let long = chance.from(0.2, 0.9) * size;
            let rect = match chance.is(0.5) {
                true => Rect {
                    x: x + u * size,
                    y: y + v * size,
                    w: long.min(size * (0.95 - u)),
                    h: size * 0.09,
                },
                false => Rect {
                    x: x + u * size,
                    y: y + v * size,
                    w: size * 0.09,
                    h: long.min(size * (0.95 - v)),
                },
            };
            paper.block(rect, ink);
        }
    }
}
