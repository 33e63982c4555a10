//! Sheets of labels on A4, by measure: the usual ones of Japanese label makers.

use serde::Serialize;

/// How the faces lie on a sheet, in millimetres. The first face is at the top left, the second
/// right of it.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Layout {
    /// The code in forms and settings.
    pub code: &'static str,
    /// What people choose by.
    pub name: &'static str,
    /// Faces side by side.
    pub columns: usize,
    /// Faces below each other.
    pub rows: usize,
    /// Width of a face.
    pub width: f64,
    /// Height of a face.
    pub height: f64,
    /// From the left edge of the paper to the first face.
    pub left: f64,
    /// From the upper edge.
    pub top: f64,
    /// From one face to the next on its right, edge to edge.
    pub gap: f64,
}

/// All layouts, the largest faces first.
pub const LAYOUTS: [Layout; 4] = [
    Layout {
        code: "12",
        name: "12面（86.4×42.3 mm、2列×6段）",
        columns: 2,
        rows: 6,
        width: 86.4,
        height: 42.3,
        left: 18.6,
        top: 21.6,
        gap: 0.0,
    },
    Layout {
        code: "24",
        name: "24面（66.0×33.9 mm、3列×8段）",
        columns: 3,
        rows: 8,
        width: 66.0,
        height: 33.9,
        left: 6.0,
        top: 12.9,
        gap: 0.0,
    },
    Layout {
        code: "44",
        name: "44面（48.3×25.4 mm、4列×11段）",
        columns: 4,
        rows: 11,
        width: 48.3,
        height: 25.4,
        left: 8.4,
        top: 8.8,
        gap: 0.0,
    },
    Layout {
        code: "65",
        name: "65面（38.1×21.2 mm、5列×13段）",
        columns: 5,
        rows: 13,
        width: 38.1,
        height: 21.2,
        left: 4.75,
        top: 10.7,
        gap: 2.5,
    },
];

impl Layout {
    /// The layout of a code.
    pub fn from_code(code: &str) -> Option<&'static Layout> {
        LAYOUTS.iter().find(|layout| layout.code == code)
    }

    /// Faces on one sheet.
    pub const fn faces(&self) -> usize {
        self.columns * self.rows
    }

    /// Side of the QR on a face: as large as fits, and no larger than serves.
    pub fn qr_mm(&self) -> f64 {
        (self.height - 3.7).clamp(0.0, 26.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_sheet_is_a4_with_even_borders() {
        for layout in LAYOUTS {
            let (columns, rows) = (layout.columns as f64, layout.rows as f64);
            let wide = columns * layout.width + (columns - 1.0) * layout.gap + 2.0 * layout.left;
            let high = rows * layout.height + 2.0 * layout.top;
            assert!((wide - 210.0).abs() < 0.11, "{}: {wide}", layout.code);
            assert!((high - 297.0).abs() < 0.11, "{}: {high}", layout.code);
        }
    }
}
