//! The paper's plane in the picture: millimetres to pixels through a camera's perspective.

use crate::layout::Spot;

/// A point of the picture, in pixels.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Pixel {
    pub x: f64,
    pub y: f64,
}

impl Pixel {
    pub fn far(&self, other: Pixel) -> f64 {
        (self.x - other.x).hypot(self.y - other.y)
    }
}

/// A projective map; both sides are scaled to about 1 while solving.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Plane([f64; 8]);

const MM: f64 = 100.0;
const PX: f64 = 1000.0;

impl Plane {
    /// The map that fits pairs of points best: four exactly, more by least squares; `None` if they
    /// lie on a line.
    pub fn fit(pairs: &[(Spot, Pixel)]) -> Option<Plane> {
        if pairs.len() < 4 {
            return None;
        }
        let mut system = [[0.0f64; 9]; 8];
        for (spot, pixel) in pairs {
            let (x, y) = (spot.x / MM, spot.y / MM);
            let (u, v) = (pixel.x / PX, pixel.y / PX);
            let lines = [
                [x, y, 1.0, 0.0, 0.0, 0.0, -u * x, -u * y, u],
                [0.0, 0.0, 0.0, x, y, 1.0, -v * x, -v * y, v],
            ];
            for line in lines {
                for (i, row) in system.iter_mut().enumerate() {
                    for (j, cell) in row.iter_mut().enumerate() {
                        *cell += line[i] * line[j];
                    }
                }
            }
        }
        solve(system).map(Plane)
    }

    /// Where a spot of the paper lies in the picture; `None` behind the camera.
    pub fn see(&self, spot: Spot) -> Option<Pixel> {
        let (x, y) = (spot.x / MM, spot.y / MM);
        let h = &self.0;
        let depth = h[6] * x + h[7] * y + 1.0;
        if depth < 0.05 {
            return None;
        }
        Some(Pixel {
            x: (h[0] * x + h[1] * y + h[2]) / depth * PX,
            y: (h[3] * x + h[4] * y + h[5]) / depth * PX,
        })
    }

    /// How wide and how high a disc of the paper appears, in pixels.
    pub fn spread(&self, middle: Spot, radius: f64) -> Option<(f64, f64)> {
        let (mut least, mut most) = (
            Pixel {
                x: f64::MAX,
                y: f64::MAX,
            },
            Pixel {
                x: f64::MIN,
                y: f64::MIN,
            },
        );
        for step in 0..16 {
            let (sin, cos) = (f64::from(step) * std::f64::consts::TAU / 16.0).sin_cos();
            let seen = self.see(Spot {
                x: middle.x + radius * cos,
                y: middle.y + radius * sin,
            })?;
            least = Pixel {
                x: least.x.min(seen.x),
                y: least.y.min(seen.y),
            };
            most = Pixel {
                x: most.x.max(seen.x),
                y: most.y.max(seen.y),
            };
        }
        Some((most.x - least.x, most.y - least.y))
    }
}

/// Gauss with pivots.
fn solve(mut system: [[f64; 9]; 8]) -> Option<[f64; 8]> {
    for column in 0..8 {
        let pivot = (column..8).max_by(|a, b| {
            system[*a][column]
                .abs()
                .total_cmp(&system[*b][column].abs())
        })?;
        if system[pivot][column].abs() < 1e-12 {
            return None;
        }
        system.swap(column, pivot);
        let line = system[column];
        for (at, row) in system.iter_mut().enumerate() {
            if at != column {
                let factor = row[column] / line[column];
                for (cell, of) in row.iter_mut().zip(line) {
                    *cell -= factor * of;
                }
            }
        }
    }
    let mut result = [0.0; 8];
    for (at, value) in result.iter_mut().enumerate() {
        *value = system[at][8] / system[at][at];
    }
    result
        .iter()
        .all(|value| value.is_finite())
        .then_some(result)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::layout::ANCHORS;

    fn camera(spot: Spot) -> Pixel {
        let depth = 1.0 + spot.x * 0.0009 - spot.y * 0.0004;
        Pixel {
            x: (300.0 + spot.x * 7.0 + spot.y * 0.8) / depth,
            y: (200.0 - spot.x * 0.6 + spot.y * 7.5) / depth,
        }
    }

    #[test]
    fn four_corners_say_where_everything_is() {
        let plane = Plane::fit(&ANCHORS.map(|spot| (spot, camera(spot)))).unwrap();
        for (x, y) in [(100.0, 150.0), (185.0, 60.0), (20.0, 270.0)] {
            let spot = Spot { x, y };
            assert!(plane.see(spot).unwrap().far(camera(spot)) < 1e-3);
        }
    }

    #[test]
    fn corners_on_a_line_are_no_plane() {
        let on_a_line = |spot: Spot| Pixel {
            x: spot.x,
            y: spot.x,
        };
        let pairs = ANCHORS.map(|spot| (spot, on_a_line(spot)));
        let plane = Plane::fit(&pairs);
        let flat = plane.and_then(|plane| plane.spread(ANCHORS[0], 4.0));
        assert!(flat.is_none_or(|(width, height)| (width - height).abs() < 1e-3));
        assert!(Plane::fit(&pairs[..3]).is_none());
    }
}
