//! A code is read where it must stand: its three finders say where each module lies, and each
//! module is weighed against those about it, so that blur and shadow do little. `rqrr` decodes what
//! was read. Its own search for codes is not used: on a forged picture with ten thousand finders it
//! tries all of them in threes and copies the picture each time.

use std::panic::{AssertUnwindSafe, catch_unwind};

use crate::blobs::Sums;
use crate::code::{MOST_CODE, QUIET};
use crate::grey::Grey;
use crate::layout::CODE;

/// Modules a side: versions 1 to 5, more than [`MOST_CODE`] signs need.
pub(crate) const SIZES: [usize; 5] = [21, 25, 29, 33, 37];
/// How far a finder may lie from where the anchors say, in millimetres.
const OFF: f64 = 1.6;

struct Flat {
    grey: Grey,
    sums: Sums,
}

impl Flat {
    /// The mean of a square of `half` dots to each side.
    fn mean(&self, x: f64, y: f64, half: f64) -> f64 {
        let cut = |value: f64, most: usize| (value.round().max(0.0) as usize).min(most);
        let (left, right) = (
            cut(x - half, self.grey.width),
            cut(x + half, self.grey.width),
        );
        let (top, bottom) = (
            cut(y - half, self.grey.height),
            cut(y + half, self.grey.height),
        );
        let area = right.saturating_sub(left) * bottom.saturating_sub(top);
        match area {
            0 => 255.0,
            area => f64::from(self.sums.of(left, top, right, bottom)) / area as f64,
        }
    }
}

/// The code in the flattened surroundings of [`CODE`], `fine` dots a millimetre.
pub(crate) fn read(grey: Grey, fine: f64) -> Option<String> {
    let sums = Sums::new(grey.width, grey.height, |at| u32::from(grey.pixels[at]));
    let flat = Flat { grey, sums };
    SIZES.iter().find_map(|size| sized(&flat, *size, fine))
}

fn sized(flat: &Flat, size: usize, fine: f64) -> Option<String> {
    let module = CODE.w * fine / size as f64;
    let origin = QUIET * fine;
    let far = (size - 7) as f64;
    let corner = |right: f64, down: f64| {
        let middle = |at: f64| origin + (at + 3.5) * module;
        finder(flat, middle(right), middle(down), module, OFF * fine)
    };
    let (first, right, down) = (corner(0.0, 0.0)?, corner(far, 0.0)?, corner(0.0, far)?);
    let place = |x: f64, y: f64| {
        let (u, v) = ((x - 3.0) / far, (y - 3.0) / far);
        (
            first.0 + (right.0 - first.0) * u + (down.0 - first.0) * v,
            first.1 + (right.1 - first.1) * u + (down.1 - first.1) * v,
        )
    };
    let value = |x: usize, y: usize| {
        let (px, py) = place(x as f64, y as f64);
        flat.mean(px, py, module * 0.3)
    };
    let values: Vec<f64> = (0..size * size)
        .map(|at| value(at % size, at / size))
        .collect();
    let dark = |x: usize, y: usize| {
        // Halfway between the lightest and the darkest module near by.
        let (mut least, mut most) = (255.0f64, 0.0f64);
        for near_y in y.saturating_sub(3)..(y + 4).min(size) {
            for near_x in x.saturating_sub(3)..(x + 4).min(size) {
                least = least.min(values[near_y * size + near_x]);
                most = most.max(values[near_y * size + near_x]);
            }
        }
        values[y * size + x] < (least + most) / 2.0
    };
    // The decoder has panicked on odd pictures in the past (its issues 9 and 20, both mended); a
    // stranger's upload must not end more than its own reading.
    let decoded = catch_unwind(AssertUnwindSafe(|| {
        rqrr::Grid::new(rqrr::SimpleGrid::from_func(size, dark))
            .decode()
            .ok()
    }));
    let (_, code) = decoded.ok().flatten()?;
    (!code.is_empty() && code.len() <= MOST_CODE).then_some(code)
}

/// The middle of a finder near a place: black, white and black squares in each other.
fn finder(flat: &Flat, x: f64, y: f64, module: f64, reach: f64) -> Option<(f64, f64)> {
    let weigh = |x: f64, y: f64| {
        let mut sum = 0.0;
        for step in 0..8 {
            let (sin, cos) = (f64::from(step) * std::f64::consts::FRAC_PI_4).sin_cos();
            let most = sin.abs().max(cos.abs());
            let at = |ring: f64| {
                let (dx, dy) = (cos / most * ring * module, sin / most * ring * module);
                flat.mean(x + dx, y + dy, module * 0.35)
            };
            sum += at(2.0) + at(4.0) - at(1.0) - at(3.0);
        }
        sum
    };
    let mut best = (f64::MIN, x, y);
    let steps = (reach / 1.0) as i32;
    for down in -steps..=steps {
        for right in -steps..=steps {
            let (x, y) = (x + f64::from(right), y + f64::from(down));
            let score = weigh(x, y);
            if score > best.0 {
                best = (score, x, y);
            }
        }
    }
    // 16 pairs of light and dark that differ by a tenth of the scale.
    (best.0 > 16.0 * 12.0).then_some((best.1, best.2))
}
