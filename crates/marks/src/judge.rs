//! What a box says, and when it is better to ask.

use crate::field::Field;
use crate::fit::Found;
use crate::shape;
use crate::strokes::{Piece, SECTORS, Strokes};
use crate::{Verdict, Why};

/// Less ink than this in a box is dust, in mm² of the frame's own black.
const DUST: f64 = 0.10;
/// A mark has at least so much: a hard pencil's tick of 4 mm has 0.5.
const MARK: f64 = 0.34;
/// A stroke this pale against the frame may be a crease, a stain's edge or a pencil.
const PALE: f64 = 0.17;
/// No pencil draws so pale a stroke that is broad as well; a coffee cup does.
const PALE_AND_BROAD: f64 = 0.5;
/// A stroke that passes the middle has so many dots there.
const CENTRE: usize = 12;
/// Near a frame only what is so dark against it is a stroke.
const DARK: f64 = 0.3;
/// A cross over a mark runs out of so many of the four corners.
const CROSSED: usize = 3;
/// A frame that stands out less than this part of the others' is not sure to be the frame.
const LOST: f64 = 0.33;
/// A circle covers at least so many of the directions about a box.
const ROUND: u32 = 13;
/// A pale circle about a box, of which the frame has taken a part, still has so many.
const AROUND: u32 = 8;
/// A neighbour's stroke that reaches in covers no more of them.
const REACH: u32 = 6;
/// Of a stroke over several boxes a box has its own part, if it holds so much of the fullest's.
const OWN: f64 = 0.55;

/// A verdict and how sure it is, in hundredths.
pub(crate) type Judged = (Verdict, u8);

/// What is common to all boxes of a sheet.
pub(crate) struct Bench<'a> {
    pub field: &'a Field,
    pub strokes: &'a Strokes,
    /// How dark a printed line is on this picture, in 255ths of the paper.
    pub black: f64,
}

impl Bench<'_> {
    /// What a box says.
    pub fn judge(&self, found: &Found) -> Judged {
        let (field, strokes) = (self.field, self.strokes);
        let corners = [
            (0, 0),
            (found.side, 0),
            (0, found.side),
            (found.side, found.side),
        ];
        let shown = |(x, y): (i32, i32)| field.at(found.left + x, found.top + y).is_some();
        if !corners.into_iter().all(shown) {
            return doubt(Why::NotSeen);
        }
        let fill = shape::fill(field, found);
        if fill.share > 0.55 {
            return self.filled(found, &fill);
        }
        if found.score < LOST * self.black {
            return doubt(Why::NotSeen);
        }
        let pieces = strokes.pieces(field, found);
        let mut own = Piece::default();
        let mut reached = false;
        let mut unclear = None;
        let around = pieces.iter().fold(0, |around, piece| around | piece.about);
        for piece in &pieces {
            match self.whose(found, piece) {
                Whose::Own => {
                    own.inside += piece.inside;
                    own.weight += piece.weight;
                    own.core += piece.core;
                    own.about |= piece.about;
                    own.inner |= piece.inner;
                }
                Whose::Nobodys => {}
                Whose::Neighbours => reached = true,
                Whose::Unclear(why) => unclear = Some(why),
            }
        }
        let ringed = around.count_ones() > ROUND && flanked(around);
        if let Some(why) = unclear.filter(|_| !ringed || own.inside > 0) {
            return doubt(why);
        }
        let round = own.about.count_ones() >= ROUND || ringed;
        let ink = self.square_millimetres(own.weight);
        if ink < DUST && !round {
            return unmarked(&fill, around, ink, reached);
        }
        let crossed = shape::crossed(self, found) && fill.share < 0.5;
        let crossed_out = own.core > CENTRE && shape::corners(self, found) >= CROSSED;
        if crossed || crossed_out || shape::through(self, found) {
            return doubt(Why::Struck);
        }
        if ink < MARK && !round {
            return doubt(Why::Faint);
        }
        let paleness = own.weight as f64 / (own.inside as f64).max(1.0) / self.black;
        if own.inside > 0 && paleness < PALE {
            return doubt(Why::Faint);
        }
        if own.inside > 0 && paleness < PALE_AND_BROAD && shape::broad(self, found) {
            return doubt(Why::Smudge);
        }
        let sure = (60.0 + 40.0 * (ink - MARK)).clamp(60.0, 99.0);
        (Verdict::Marked, sure as u8)
    }

    /// Whether a dot is a stroke's, or so dark that it is one's although a frame's blur is near.
    pub fn inked(&self, x: i32, y: i32) -> bool {
        self.strokes.at(self.field, x, y).is_some()
            || self.field.mean_ink(x - 1, y - 1, x + 2, y + 2) >= DARK * self.black
    }

    fn square_millimetres(&self, weight: u64) -> f64 {
        weight as f64 / self.black.max(1.0) / crate::field::DOTS.powi(2)
    }

    /// Filled; unless it was scribbled out, or struck after it was filled.
    fn filled(&self, found: &Found, fill: &shape::Fill) -> Judged {
        let struck = shape::corners(self, found) >= CROSSED;
        if struck || shape::through(self, found) || fill.over >= 2 {
            return doubt(Why::Struck);
        }
        match fill.deep {
            true => (Verdict::Marked, 97),
            false => doubt(Why::Smudge),
        }
    }

    fn whose(&self, found: &Found, piece: &Piece) -> Whose {
        let stroke = &self.strokes.all[piece.stroke];
        let (about, inner) = (piece.about.count_ones(), piece.inner.count_ones());
        let (x, y) = (
            (stroke.left + stroke.right) / 2 - found.left,
            (stroke.top + stroke.bottom) / 2 - found.top,
        );
        let at_home = |value: i32| value >= -2 && value <= found.side + 2;
        let home = at_home(x) && at_home(y);
        let large = stroke.right - stroke.left > found.side * 5 / 2
            || stroke.bottom - stroke.top > found.side * 5 / 2;
        if about >= ROUND && (piece.inside > 0 || (home && !large)) {
            return match home || inner >= ROUND - 3 || piece.inside * 2 > stroke.most {
                true => Whose::Own,
                false => Whose::Unclear(Why::Neighbour),
            };
        }
        let ink = self.square_millimetres(piece.weight);
        if ink < DUST {
            // A speck counts together with other specks, unless it is a neighbour's edge.
            return if home { Whose::Own } else { Whose::Nobodys };
        }
        if stroke.columns.0 < stroke.columns.1 {
            return Whose::Unclear(Why::Through);
        }
        if stroke.boxes >= 2 && is_line(stroke, found.side) {
            return Whose::Unclear(Why::Through);
        }
        if stroke.boxes <= 1 {
            return match home || (piece.core > 6 && !large) {
                true => Whose::Own,
                false if piece.core == 0 && inner <= REACH => Whose::Unclear(Why::Beside),
                false => Whose::Unclear(Why::Through),
            };
        }
        let fair = piece.inside as f64 >= OWN * stroke.most as f64;
        match piece.core > 6 {
            true if fair => Whose::Own,
            false if inner <= REACH && piece.inside < stroke.most => Whose::Neighbours,
            _ => Whose::Unclear(Why::Neighbour),
        }
    }
}

/// Nothing of its own inside; what is about it may still be a mark.
fn unmarked(fill: &shape::Fill, around: u32, ink: f64, reached: bool) -> Judged {
    if fill.grey {
        return doubt(Why::Smudge);
    }
    if flanked(around) || (around.count_ones() >= AROUND && beside(around)) {
        return doubt(Why::Beside);
    }
    let sure = 99.0 - 45.0 * ink / DUST - if reached { 20.0 } else { 0.0 };
    (Verdict::Empty, sure as u8)
}

const LEFT: u32 = 1 | 1 << (SECTORS - 1);
const RIGHT: u32 = 0b11 << (SECTORS / 2 - 1);

/// Ink on the left and on the right: a neighbour above or below has none there.
fn flanked(directions: u32) -> bool {
    directions & LEFT != 0 && directions & RIGHT != 0
}

/// Ink on one of the two.
fn beside(directions: u32) -> bool {
    directions & (LEFT | RIGHT) != 0
}

enum Whose {
    Own,
    Neighbours,
    Nobodys,
    Unclear(Why),
}

/// Long and thin: a line across the sheet, not a chain of marks that touch.
fn is_line(stroke: &crate::strokes::Stroke, side: i32) -> bool {
    let long = f64::from(stroke.right - stroke.left).hypot(f64::from(stroke.bottom - stroke.top));
    long > 2.6 * f64::from(side) && (stroke.area as f64) < long * 5.0
}

fn doubt(why: Why) -> Judged {
    (Verdict::Doubt(why), 0)
}
