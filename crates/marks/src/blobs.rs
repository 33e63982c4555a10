//! What is dark against its surroundings, gathered into connected blobs.

use crate::grey::Grey;

/// The surroundings' side is the picture's longer side by this: some 25 mm of the paper, wider than
/// an anchor and narrower than most shadows.
const SURROUNDINGS: usize = 12;
/// Darker than its surroundings by so many hundredths is dark.
const DARKER: u64 = 20;

/// A connected dark part of the picture.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Blob {
    pub left: usize,
    pub right: usize,
    pub top: usize,
    pub bottom: usize,
    pub area: usize,
    pub x: f64,
    pub y: f64,
}

impl Blob {
    pub fn width(&self) -> f64 {
        (self.right - self.left + 1) as f64
    }

    pub fn height(&self) -> f64 {
        (self.bottom - self.top + 1) as f64
    }

    /// How much of its rectangle it fills: 0 to 1.
    pub fn fill(&self) -> f64 {
        self.area as f64 / (self.width() * self.height())
    }

    fn start(x: usize, y: usize) -> Blob {
        Blob {
            left: x,
            right: x,
            top: y,
            bottom: y,
            area: 0,
            x: 0.0,
            y: 0.0,
        }
    }

    fn take(&mut self, x: usize, y: usize) {
        self.left = self.left.min(x);
        self.right = self.right.max(x);
        self.top = self.top.min(y);
        self.bottom = self.bottom.max(y);
        self.area += 1;
        self.x += x as f64 + 0.5;
        self.y += y as f64 + 0.5;
    }
}

/// Which pixels are darker than their surroundings.
pub(crate) fn dark(grey: &Grey) -> Vec<bool> {
    let (width, height) = (grey.width, grey.height);
    let half = (width.max(height) / SURROUNDINGS / 2).max(1);
    let sums = Sums::new(width, height, |at| u32::from(grey.pixels[at]));
    let mut dark = vec![false; width * height];
    for y in 0..height {
        let (top, bottom) = (y.saturating_sub(half), (y + half + 1).min(height));
        for x in 0..width {
            let (left, right) = (x.saturating_sub(half), (x + half + 1).min(width));
            let area = ((bottom - top) * (right - left)) as u64;
            let value = u64::from(grey.pixels[y * width + x]);
            dark[y * width + x] =
                value * area * 100 < u64::from(sums.of(left, top, right, bottom)) * (100 - DARKER);
        }
    }
    dark
}

/// Sums over any rectangle in four steps. A picture of 2,600 × 2,600 white pixels sums to 1.7
/// thousand million, which `u32` holds.
pub(crate) struct Sums {
    width: usize,
    sums: Vec<u32>,
}

impl Sums {
    pub fn new(width: usize, height: usize, value: impl Fn(usize) -> u32) -> Sums {
        let mut sums = vec![0u32; (width + 1) * (height + 1)];
        for y in 0..height {
            let mut line = 0;
            for x in 0..width {
                line += value(y * width + x);
                sums[(y + 1) * (width + 1) + x + 1] = sums[y * (width + 1) + x + 1] + line;
            }
        }
        Sums {
            width: width + 1,
            sums,
        }
    }

    /// The sum from `left, top` up to, not with, `right, bottom`.
    pub fn of(&self, left: usize, top: usize, right: usize, bottom: usize) -> u32 {
        let at = |x: usize, y: usize| self.sums[y * self.width + x];
        at(right, bottom) + at(left, top) - at(left, bottom) - at(right, top)
    }
}

/// Which blob each pixel belongs to: 0 is none, 1 the first.
pub(crate) fn label(dark: &[bool], width: usize) -> (Vec<u32>, Vec<Blob>) {
    let mut labels = vec![0u32; dark.len()];
    let mut joined = Joined::default();
    for at in 0..dark.len() {
        if !dark[at] {
            continue;
        }
        let x = at % width;
        let above = at.checked_sub(width);
        let mut near = [0u32; 4];
        if x > 0 {
            near[0] = labels[at - 1];
        }
        if let Some(above) = above {
            near[1] = labels[above];
            if x > 0 {
                near[2] = labels[above - 1];
            }
            if x + 1 < width {
                near[3] = labels[above + 1];
            }
        }
        let mut mine = 0;
        for other in near.into_iter().filter(|label| *label > 0) {
            mine = match mine {
                0 => other,
                mine => joined.join(mine - 1, other - 1) + 1,
            };
        }
        labels[at] = match mine {
            0 => joined.add() + 1,
            mine => mine,
        };
    }
    gather(labels, width, joined)
}

fn gather(mut labels: Vec<u32>, width: usize, mut joined: Joined) -> (Vec<u32>, Vec<Blob>) {
    let mut blobs: Vec<Blob> = Vec::new();
    let mut number = vec![0u32; joined.0.len()];
    for (at, label) in labels.iter_mut().enumerate() {
        if *label == 0 {
            continue;
        }
        let root = joined.root(*label - 1) as usize;
        let (x, y) = (at % width, at / width);
        if number[root] == 0 {
            blobs.push(Blob::start(x, y));
            number[root] = blobs.len() as u32;
        }
        *label = number[root];
        blobs[*label as usize - 1].take(x, y);
    }
    for blob in &mut blobs {
        blob.x /= blob.area as f64;
        blob.y /= blob.area as f64;
    }
    (labels, blobs)
}

/// Numbers that turn out to be one (union-find).
#[derive(Default)]
pub(crate) struct Joined(Vec<u32>);

impl Joined {
    pub fn of(count: usize) -> Joined {
        Joined((0..count as u32).collect())
    }

    fn add(&mut self) -> u32 {
        let number = self.0.len() as u32;
        self.0.push(number);
        number
    }

    pub fn root(&mut self, of: u32) -> u32 {
        let mut at = of as usize;
        while self.0[at] as usize != at {
            self.0[at] = self.0[self.0[at] as usize];
            at = self.0[at] as usize;
        }
        at as u32
    }

    pub fn join(&mut self, one: u32, other: u32) -> u32 {
        let (one, other) = (self.root(one), self.root(other));
        let (small, large) = (one.min(other), one.max(other));
        self.0[large as usize] = small;
        small
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_u_is_one_blob_and_its_dot_another() {
        let drawn = ["#...#", "#.#.#", "#...#", "#####"];
        let dark: Vec<bool> = drawn
            .iter()
            .flat_map(|line| line.bytes().map(|byte| byte == b'#'))
            .collect();
        let (labels, blobs) = label(&dark, 5);
        assert_eq!(blobs.len(), 2);
        assert_eq!((blobs[0].area, blobs[1].area), (11, 1));
        assert_eq!(labels[4], 1, "both arms are one");
        assert_eq!((blobs[1].x, blobs[1].y), (2.5, 1.5));
    }
}
