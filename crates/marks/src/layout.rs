//! What stands where on a sheet, in millimetres on A4 upright: the one truth of printer and reader.
//!
//! The origin is the paper's upper left corner, x runs right and y runs down. A sheet has four
//! anchors (bull's-eyes in its corners, the upper left one with a thicker dot, so that a sheet
//! upside down is told), one QR at the upper right, rows with a name and boxes, and below them free
//! lines that are cut out and never judged.
//!
//! What the printer must keep blank: 1 mm around each anchor, 3 mm around the code, and the field
//! of the boxes, where nothing but the boxes' frames may be printed.

use serde::Serialize;

/// A4.
pub const PAGE: Size = Size { w: 210.0, h: 297.0 };
/// The anchors' middles: upper left, upper right, lower right, lower left.
pub const ANCHORS: [Spot; 4] = [
    Spot { x: 13.0, y: 13.0 },
    Spot { x: 197.0, y: 13.0 },
    Spot { x: 197.0, y: 284.0 },
    Spot { x: 13.0, y: 284.0 },
];
/// An anchor's outer radius: 8 mm across are 47 dots at 150 dots an inch.
pub const ANCHOR_RADIUS: f64 = 4.0;
/// Where the QR stands, without its quiet zone.
pub const CODE: Rect = Rect {
    x: 165.0,
    y: 19.0,
    w: 22.0,
    h: 22.0,
};
/// The most lines: 224 mm / 40 = 5.6 mm a line leaves a box of 4 mm.
pub const MOST_LINES: usize = 40;
/// The most boxes in a row; more would leave the name under 10 cm.
pub const MOST_COLUMNS: usize = 4;
/// How thick a box's frame is drawn; its middle runs on the box's edge.
pub const FRAME: f64 = 0.3;

const ROWS_TOP: f64 = 53.0;
const ROWS_HEIGHT: f64 = 224.0;
const MOST_PITCH: f64 = 10.0;
const MOST_SIDE: f64 = 6.0;
/// Two boxes above each other stay this far apart.
const GAP: f64 = 1.6;
const COLUMN_PITCH: f64 = 15.0;
const LAST_COLUMN: f64 = 185.0;
const NAME_LEFT: f64 = 13.0;

/// A point of the paper, in millimetres.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Spot {
    /// From the left edge.
    pub x: f64,
    /// From the upper edge.
    pub y: f64,
}

/// Width and height in millimetres.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Size {
    /// Width.
    pub w: f64,
    /// Height.
    pub h: f64,
}

/// A rectangle of the paper, in millimetres.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Rect {
    /// Left edge.
    pub x: f64,
    /// Upper edge.
    pub y: f64,
    /// Width.
    pub w: f64,
    /// Height.
    pub h: f64,
}

impl Rect {
    /// Its middle.
    pub fn middle(&self) -> Spot {
        Spot {
            x: self.x + self.w / 2.0,
            y: self.y + self.h / 2.0,
        }
    }
}

/// How many rows, boxes in a row and free lines a sheet has; everything else follows from it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Layout {
    rows: usize,
    columns: usize,
    free: usize,
}

/// Why a sheet can't be laid out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BadLayout {
    /// No row, or more than [`MOST_LINES`] with the free lines.
    #[error("a sheet has 1 to {MOST_LINES} lines with the free ones")]
    Lines,
    /// No box in a row, or more than [`MOST_COLUMNS`].
    #[error("a row has 1 to {MOST_COLUMNS} boxes")]
    Columns,
}

/// An anchor as it is drawn: a black disc, a white disc on it, a black dot on that.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Anchor {
    /// Its middle.
    pub middle: Spot,
    /// Radius of the black disc.
    pub outer: f64,
    /// Radius of the white disc.
    pub hole: f64,
    /// Radius of the black dot.
    pub dot: f64,
}

/// A row as it is drawn.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Row {
    /// Where the name may stand.
    pub name: Rect,
    /// The boxes from left to right.
    pub boxes: Vec<Rect>,
}

/// Everything a printer draws, for a template that places things by millimetres.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Drawing {
    /// The paper.
    pub page: Size,
    /// The four bull's-eyes.
    pub anchors: Vec<Anchor>,
    /// The QR, without its quiet zone.
    pub code: Rect,
    /// Where title, date and place may stand.
    pub title: Rect,
    /// Where the head of each column may stand.
    pub heads: Vec<Rect>,
    /// The rows from above.
    pub rows: Vec<Row>,
    /// The free lines from above.
    pub free: Vec<Rect>,
    /// How thick the boxes' frames are.
    pub frame: f64,
}

impl Layout {
    /// A sheet of `rows` rows with `columns` boxes each, and `free` lines below.
    pub fn new(rows: usize, columns: usize, free: usize) -> Result<Layout, BadLayout> {
        if rows == 0 || rows > MOST_LINES || free > MOST_LINES - rows {
            return Err(BadLayout::Lines);
        }
        if columns == 0 || columns > MOST_COLUMNS {
            return Err(BadLayout::Columns);
        }
        Ok(Layout {
            rows,
            columns,
            free,
        })
    }

    /// How many rows are read.
    pub fn rows(&self) -> usize {
        self.rows
    }

    /// How many boxes a row has.
    pub fn columns(&self) -> usize {
        self.columns
    }

    /// How many lines below the rows are cut out.
    pub fn free(&self) -> usize {
        self.free
    }

    fn pitch(&self) -> f64 {
        (ROWS_HEIGHT / (self.rows + self.free) as f64).min(MOST_PITCH)
    }

    /// The length of a box's side: 4 to 6 mm.
    pub fn side(&self) -> f64 {
        (self.pitch() - GAP).min(MOST_SIDE)
    }

    fn column_middle(&self, column: usize) -> f64 {
        LAST_COLUMN - COLUMN_PITCH * (self.columns - 1 - column) as f64
    }

    /// Where a box stands; rows and columns count from 0.
    pub fn place(&self, row: usize, column: usize) -> Rect {
        let side = self.side();
        Rect {
            x: self.column_middle(column) - side / 2.0,
            y: ROWS_TOP + self.pitch() * (row as f64 + 0.5) - side / 2.0,
            w: side,
            h: side,
        }
    }

    /// A whole free line, from the name's left edge past the last box.
    pub fn free_line(&self, line: usize) -> Rect {
        let pitch = self.pitch();
        Rect {
            x: NAME_LEFT,
            y: ROWS_TOP + pitch * (self.rows + line) as f64,
            w: LAST_COLUMN + COLUMN_PITCH / 2.0 - NAME_LEFT,
            h: pitch,
        }
    }

    /// What is read: all boxes and what people's marks may reach around them.
    pub(crate) fn field(&self) -> Rect {
        let left = self.column_middle(0) - COLUMN_PITCH / 2.0 - 1.0;
        let bottom = ROWS_TOP + self.pitch() * self.rows as f64;
        Rect {
            x: left,
            y: ROWS_TOP - 4.0,
            w: LAST_COLUMN + COLUMN_PITCH / 2.0 + 1.0 - left,
            h: bottom + 4.0 - (ROWS_TOP - 4.0),
        }
    }

    /// What the printer draws, all in millimetres.
    pub fn drawing(&self) -> Drawing {
        let pitch = self.pitch();
        let name_width = self.column_middle(0) - COLUMN_PITCH / 2.0 - 3.0 - NAME_LEFT;
        let row = |row: usize| Row {
            name: Rect {
                x: NAME_LEFT,
                y: ROWS_TOP + pitch * row as f64,
                w: name_width,
                h: pitch,
            },
            boxes: (0..self.columns)
                .map(|column| self.place(row, column))
                .collect(),
        };
        let head = |column: usize| Rect {
            x: self.column_middle(column) - COLUMN_PITCH / 2.0,
            y: 44.0,
            w: COLUMN_PITCH,
            h: 6.0,
        };
        Drawing {
            page: PAGE,
            anchors: (0..4).map(anchor).collect(),
            code: CODE,
            title: Rect {
                x: 22.0,
                y: 10.0,
                w: 136.0,
                h: 33.0,
            },
            heads: (0..self.columns).map(head).collect(),
            rows: (0..self.rows).map(row).collect(),
            free: (0..self.free).map(|line| self.free_line(line)).collect(),
            frame: FRAME,
        }
    }
}

/// The dot's area over the whole anchor's: 0.12 in three corners, 0.30 in the upper left one; a
/// printer or a blur that thickens every line by 0.1 mm moves neither past the middle.
fn anchor(corner: usize) -> Anchor {
    let (hole, dot) = match corner {
        0 => (3.2, 2.2),
        _ => (2.8, 1.4),
    };
    Anchor {
        middle: ANCHORS[corner],
        outer: ANCHOR_RADIUS,
        hole,
        dot,
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn every_layout_keeps_its_boxes_apart_and_off_the_anchors() {
        for rows in 1..=MOST_LINES {
            for columns in 1..=MOST_COLUMNS {
                let layout = Layout::new(rows, columns, MOST_LINES - rows).unwrap();
                assert!(layout.side() >= 3.99 && layout.side() <= MOST_SIDE);
                let last = layout.place(rows - 1, columns - 1);
                assert!(last.y + last.h < 279.0 && last.x + last.w < 190.0);
                let below = layout.place(rows.min(2) - 1, 0).y - layout.place(0, 0).y;
                assert!(rows == 1 || below - layout.side() >= GAP - 1e-9);
                let name = layout.drawing().rows[0].name;
                assert!(name.w > 100.0 && name.x + name.w < layout.field().x);
            }
        }
    }

    #[test]
    fn what_does_not_fit_is_refused() {
        assert_eq!(Layout::new(0, 3, 0), Err(BadLayout::Lines));
        assert_eq!(Layout::new(38, 3, 3), Err(BadLayout::Lines));
        assert_eq!(Layout::new(usize::MAX, 3, 3), Err(BadLayout::Lines));
        assert_eq!(Layout::new(10, 0, 3), Err(BadLayout::Columns));
        assert_eq!(Layout::new(10, 5, 3), Err(BadLayout::Columns));
    }

    #[test]
    fn the_drawing_says_where_the_reader_looks() {
        let layout = Layout::new(24, 3, 4).unwrap();
        let drawing = layout.drawing();
        assert_eq!(drawing.rows.len(), 24);
        assert_eq!(drawing.rows[23].boxes[2], layout.place(23, 2));
        assert_eq!(drawing.free[3], layout.free_line(3));
        assert!(drawing.anchors[0].dot > 1.5 * drawing.anchors[1].dot);
    }
}
