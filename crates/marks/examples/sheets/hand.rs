//! Hands that mark boxes: pens, pencils, tremor, haste, and second thoughts.

use marks::layout::Rect;

use crate::chance::Chance;
use crate::paper::Paper;

/// What somebody meant by a box.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Meant {
    Nothing,
    Mark,
    /// Marked and then struck out: nobody but a person may decide.
    Struck,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug, PartialOrd, Ord)]
pub enum Kind {
    Circle,
    LargeCircle,
    Tick,
    LongTick,
    Re,
    Cross,
    Slash,
    Filled,
}

pub const KINDS: [(Kind, &str, f64); 8] = [
    (Kind::Circle, "circle", 0.36),
    (Kind::LargeCircle, "large circle", 0.12),
    (Kind::Tick, "tick", 0.16),
    (Kind::LongTick, "long tick", 0.06),
    (Kind::Re, "re", 0.10),
    (Kind::Cross, "cross", 0.08),
    (Kind::Slash, "slash", 0.06),
    (Kind::Filled, "filled", 0.06),
];

#[derive(Clone, Copy, PartialEq, Eq, Debug, PartialOrd, Ord)]
pub enum Tool {
    Ball,
    Blue,
    Red,
    Felt,
    Pencil,
    HardPencil,
}

pub const TOOLS: [(Tool, &str, f64); 6] = [
    (Tool::Ball, "black ball pen", 0.36),
    (Tool::Blue, "blue ball pen", 0.12),
    (Tool::Red, "red ball pen", 0.10),
    (Tool::Felt, "felt pen", 0.10),
    (Tool::Pencil, "pencil", 0.24),
    (Tool::HardPencil, "hard pencil", 0.08),
];

pub fn pick<T: Copy>(list: &[(T, &str, f64)], chance: &mut Chance) -> T {
    let mut rest = chance.from(0.0, list.iter().map(|(_, _, part)| part).sum());
    for (one, _, part) in list {
        rest -= part;
        if rest <= 0.0 {
            return *one;
        }
    }
    list[0].0
}

pub struct Hand {
    tool: Tool,
    width: f64,
    tremor: f64,
    press: f64,
}

impl Hand {
    pub fn new(chance: &mut Chance) -> Hand {
        let tool = pick(&TOOLS, chance);
        let width = match tool {
            Tool::Ball | Tool::Blue | Tool::Red => chance.from(0.3, 0.6),
            Tool::Felt => chance.from(0.7, 1.3),
            Tool::Pencil => chance.from(0.35, 0.7),
            Tool::HardPencil => chance.from(0.3, 0.45),
        };
        let press = match tool {
            Tool::Ball | Tool::Blue | Tool::Red => chance.from(0.75, 1.0),
            Tool::Felt => chance.from(0.85, 1.0),
            Tool::Pencil => chance.from(0.5, 0.85),
            Tool::HardPencil => chance.from(0.28, 0.5),
        };
        Hand {
            tool,
            width,
            tremor: chance.from(0.02, 0.14),
            press,
        }
    }

    pub fn tool(&self) -> Tool {
        self.tool
    }

    /// A line through points, in millimetres, that wanders and whose pressure swells and fades.
    pub fn draw(&self, paper: &mut Paper, points: &[(f64, f64)], chance: &mut Chance) {
        let colour = match self.tool {
            Tool::Ball => [0.12, 0.12, 0.15],
            Tool::Blue => [0.15, 0.22, 0.6],
            Tool::Red => [0.78, 0.15, 0.18],
            Tool::Felt => [0.1, 0.1, 0.1],
            Tool::Pencil | Tool::HardPencil => [0.3, 0.3, 0.32],
        };
        let grainy = matches!(self.tool, Tool::Pencil | Tool::HardPencil);
        let (mut off_x, mut off_y) = (0.0, 0.0);
        let mut press = self.press;
        for pair in points.windows(2) {
            let long = (pair[1].0 - pair[0].0).hypot(pair[1].1 - pair[0].1);
            let steps = (long / 0.08).ceil().max(1.0) as usize;
            for step in 0..steps {
                let along = step as f64 / steps as f64;
                off_x = off_x * 0.96 + chance.bell() * self.tremor * 0.18;
                off_y = off_y * 0.96 + chance.bell() * self.tremor * 0.18;
                press = (press + chance.bell() * 0.015).clamp(self.press * 0.75, self.press * 1.1);
                let cover = if grainy {
                    press * chance.from(0.55, 1.0)
                } else {
                    press
                };
                let x = pair[0].0 + (pair[1].0 - pair[0].0) * along + off_x;
                let y = pair[0].1 + (pair[1].1 - pair[0].1) * along + off_y;
                paper.tip(x, y, self.width, colour, cover.min(1.0) as f32);
            }
        }
    }

    pub fn mark(&self, paper: &mut Paper, place: Rect, kind: Kind, chance: &mut Chance) {
        let side = place.w;
        let miss = side * 0.07;
        let x = place.x + side / 2.0 + chance.bell() * miss;
        let y = place.y + side / 2.0 + chance.bell() * miss;
        let size = side * chance.from(0.75, 1.15);
        let at = |u: f64, v: f64| (x + u * size, y + v * size);
        let mut jot = || chance.bell() * 0.05;
        let lines: Vec<Vec<(f64, f64)>> = match kind {
            Kind::Circle => vec![circle(x, y, size * 0.40, chance)],
            Kind::LargeCircle => vec![circle(x, y, side * chance.from(0.6, 0.85), chance)],
            Kind::Tick => vec![vec![
                at(-0.38 + jot(), 0.0 + jot()),
                at(-0.1 + jot(), 0.36 + jot()),
                at(0.42 + jot(), -0.42 + jot()),
            ]],
            Kind::LongTick => vec![vec![
                at(-0.35 + jot(), 0.05 + jot()),
                at(-0.05 + jot(), 0.38 + jot()),
                at(0.9 + jot(), -0.95 + jot()),
            ]],
            Kind::Re => vec![vec![
                at(-0.3 + jot(), -0.42 + jot()),
                at(-0.26 + jot(), 0.36 + jot()),
                at(0.4 + jot(), -0.1 + jot()),
            ]],
            Kind::Cross => vec![
                vec![at(-0.4 + jot(), -0.4 + jot()), at(0.4 + jot(), 0.4 + jot())],
                vec![at(0.4 + jot(), -0.4 + jot()), at(-0.4 + jot(), 0.4 + jot())],
            ],
            Kind::Slash => vec![vec![
                at(0.42 + jot(), -0.45 + jot()),
                at(-0.42 + jot(), 0.45 + jot()),
            ]],
            Kind::Filled => vec![zigzag(
                place,
                0.44,
                self.width * chance.from(0.6, 1.0),
                chance,
            )],
        };
        for line in lines {
            self.draw(paper, &line, chance);
        }
    }

    /// Strikes a mark out as people do: two lines through it, a cross upon it, or a scribble.
    pub fn strike(&self, paper: &mut Paper, place: Rect, chance: &mut Chance) {
        let (side, y) = (place.w, place.y + place.h / 2.0);
        match chance.below(4) {
            0 | 1 => {
                for line in [-0.12, 0.12] {
                    let tilt = chance.bell() * 0.3;
                    let y = y + line * side + chance.bell() * 0.1;
                    let (left, right) = (
                        place.x - chance.from(1.8, 4.0),
                        place.x + side + chance.from(1.8, 4.0),
                    );
                    self.draw(paper, &[(left, y - tilt), (right, y + tilt)], chance);
                }
            }
            2 => {
                let over = side * chance.from(0.6, 0.8);
                let x = place.x + side / 2.0;
                self.draw(paper, &[(x - over, y - over), (x + over, y + over)], chance);
                self.draw(paper, &[(x + over, y - over), (x - over, y + over)], chance);
            }
            _ => {
                let line = zigzag(place, chance.from(0.62, 0.8), 0.5, chance);
                self.draw(paper, &line, chance);
            }
        }
    }
}

fn circle(x: f64, y: f64, radius: f64, chance: &mut Chance) -> Vec<(f64, f64)> {
    let start = chance.from(3.5, 5.5);
    let turns = chance.from(0.93, 1.12);
    let (wide, high) = (chance.from(0.88, 1.12), chance.from(0.88, 1.12));
    let drift = chance.bell() * 0.05;
    (0..=28)
        .map(|step| {
            let part = f64::from(step) / 28.0;
            let angle = start - part * turns * std::f64::consts::TAU;
            let radius = radius * (1.0 + drift * part);
            (
                x + radius * wide * angle.cos(),
                y + radius * high * angle.sin(),
            )
        })
        .collect()
}

/// To and fro over a box, `half` of its side to each side of its middle.
fn zigzag(place: Rect, half: f64, pitch: f64, chance: &mut Chance) -> Vec<(f64, f64)> {
    let (x, y) = (place.x + place.w / 2.0, place.y + place.h / 2.0);
    let half = half * place.w;
    let steps = (2.0 * half / pitch.max(0.2)).ceil() as usize;
    (0..=steps)
        .map(|step| {
            let across = if step % 2 == 0 { -half } else { half };
            let along = -half + 2.0 * half * step as f64 / steps as f64;
            let loose = half * 0.06;
            (
                x + across + chance.bell() * loose,
                y + along + chance.bell() * loose * 0.5,
            )
        })
        .collect()
}
