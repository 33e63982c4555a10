//! A printed sheet with boxes, marked by hand, photographed or scanned, and read back.
//!
//! [`Layout`] says where everything stands, for the printer ([`Layout::drawing`]) and for the
//! reader alike. [`read`] takes a JPEG or PNG of the sheet, whatever way it lies, and says of each
//! box: marked, empty, or in doubt, with a small picture to decide by. Pure: no clock, no database,
//! no network.
//!
//! - [`layout`]: millimetres of the paper.
//! - `grey`, `weight`, `blobs`, `anchors`, `finders`, `plane`, `code`, `modules`: from the file to the
//!   paper's plane and its code.
//! - `field`, `fit`: the boxes laid flat, each found by its own frame.
//! - `strokes`, `shape`, `judge`: ink, whose it is, and what it says.
//!
//! A mark is a circle, a tick, a cross, a slash or a filling, by pen or pencil. A mark that
//! was struck out is put in doubt; how many are is measured (docs/BENCHMARKS.md).

mod anchors;
mod blobs;
mod code;
mod field;
mod finders;
mod fit;
mod glance;
mod grey;
mod judge;
pub mod layout;
mod modules;
mod plane;
mod shape;
mod strokes;
mod weight;

use std::fmt;
use std::io::Cursor;

pub use code::MOST_CODE;
pub use glance::{MOST_FRAME, glance};
pub use grey::{MOST_BYTES, MOST_PIXELS};
pub use layout::{BadLayout, Drawing, Layout, Rect};

use field::Field;
use grey::Grey;
use plane::Plane;

/// Fewer dots a millimetre of the picture leave no stroke to tell: 100 an inch.
const LEAST_DOTS: f64 = 3.9;
/// What lay outside the picture is grey in a cut-out, no blank paper.
const UNSEEN: u8 = 128;
/// What a cut-out shows beside its box, in millimetres.
const AROUND: f64 = 5.0;

/// Why no sheet could be read; the sentence says what to do.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Unread {
    /// No file came.
    #[error("写真を選んでください。")]
    Empty,
    /// Larger than [`MOST_BYTES`].
    #[error("ファイルが大きすぎます。24 MBまでの写真を選んでください。")]
    TooManyBytes,
    /// More than [`MOST_PIXELS`].
    #[error("写真の画素が多すぎます。2,600万画素までの写真を選んでください。")]
    TooManyPixels,
    /// Would take too much memory to open: 16 bits a colour, or a progressive JPEG of many pixels.
    #[error(
        "写真が大きすぎて開けません。スキャナーは300dpi・JPEG、カメラは1,200万画素くらいにしてください。"
    )]
    TooHeavy,
    /// A PDF, as many scanners make by default.
    #[error("PDFは読めません。スキャナーの設定をJPEGにするか、用紙を写真に撮ってください。")]
    Pdf,
    /// Neither JPEG nor PNG, or broken.
    #[error("写真として読めませんでした。JPEGかPNGの写真を選んでください。")]
    NoPicture,
    /// Under 100 dots an inch of the paper.
    #[error("用紙が小さく写っています。用紙が画面いっぱいになるように、近くから撮ってください。")]
    TooCoarse,
    /// Fewer than three of the four anchors.
    #[error(
        "用紙の四隅の印が写っていません。四隅がすべて入るように、明るい所で撮り直してください。"
    )]
    NoCorners,
    /// The anchors are there, but no code that can be read.
    #[error("用紙の右上のコードが読めません。ぶれないように、影を避けて撮り直してください。")]
    NoCode,
    /// The code names no sheet that the caller knows.
    #[error("この用紙は登録にありません。別の用紙ではないか確かめてください。")]
    UnknownCode(String),
    /// Corners and code are there, but not the boxes that the layout names.
    #[error("用紙の枠が見つかりません。用紙を平らにして撮り直してください。")]
    NoBoxes,
}

/// What a box says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Verdict {
    /// Somebody marked it.
    Marked,
    /// Nobody did.
    Empty,
    /// Somebody has to look.
    Doubt(Why),
}

/// Why a box is in doubt.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Why {
    /// Little or pale ink.
    Faint,
    /// A mark that seems to be struck out, or scribbled over.
    Struck,
    /// A line or a fold that runs through it and on.
    Through,
    /// A neighbour's mark that reaches far in.
    Neighbour,
    /// A mark that stands beside the box rather than in it.
    Beside,
    /// A dark place, but no stroke.
    Smudge,
    /// Not, or not wholly, in the picture.
    NotSeen,
}

/// A small PNG of a part of the sheet. It may show a name.
#[derive(Clone, PartialEq, Eq)]
pub struct Cutout(Vec<u8>);

impl Cutout {
    /// The file.
    pub fn png(&self) -> &[u8] {
        &self.0
    }
}

impl fmt::Debug for Cutout {
    fn fmt(&self, out: &mut fmt::Formatter) -> fmt::Result {
        write!(out, "Cutout({} bytes)", self.0.len())
    }
}

/// A box as it was read.
#[derive(Debug, Clone)]
pub struct Seen {
    /// Counted from 0, from above.
    pub row: usize,
    /// Counted from 0, from the left.
    pub column: usize,
    /// What it says.
    pub verdict: Verdict,
    /// How sure that is, in hundredths: 0 in doubt, up to 99.
    pub sureness: u8,
    /// The box with 5 mm about it, if it is in doubt.
    pub cutout: Option<Cutout>,
}

/// A free line, to be read by people.
#[derive(Debug, Clone)]
pub struct Line {
    /// All of it lay in the picture. If not, nobody knows whether something is written there, and
    /// what the cut-out leaves grey is not blank paper.
    pub seen: bool,
    /// What can be seen of it, if anything.
    pub cutout: Option<Cutout>,
}

/// A sheet as it was read.
#[derive(Debug, Clone)]
pub struct Sheet {
    /// Its code.
    pub code: String,
    /// All boxes, row by row.
    pub boxes: Vec<Seen>,
    /// All free lines from above.
    pub free: Vec<Line>,
}

/// Reads a photo or a scan of one sheet. `layout` says how the sheet with a code is laid out, or
/// `None` if there is no such sheet; it is asked once.
pub fn read(file: &[u8], layout: impl FnOnce(&str) -> Option<Layout>) -> Result<Sheet, Unread> {
    let picture = Grey::read(file)?;
    let (plane, code) = locate(&picture)?;
    let Some(layout) = layout(&code) else {
        return Err(Unread::UnknownCode(code));
    };
    let field = Field::lay(&picture, &plane, layout.field());
    let found = fit::boxes(&field, &layout);
    let black = blackness(&found);
    if black < 20.0 {
        return Err(Unread::NoBoxes);
    }
    let strokes = strokes::Strokes::gather(&field, &found, layout.columns(), black);
    let bench = judge::Bench {
        field: &field,
        strokes: &strokes,
        black,
    };
    let boxes = found.iter().enumerate().map(|(at, found)| {
        let (verdict, sureness) = bench.judge(found);
        let place = layout.place(at / layout.columns(), at % layout.columns());
        let cutout =
            matches!(verdict, Verdict::Doubt(_)).then(|| cut(&picture, &plane, about(place)).1);
        Seen {
            row: at / layout.columns(),
            column: at % layout.columns(),
            verdict,
            sureness,
            cutout: cutout.flatten(),
        }
    });
    let free = (0..layout.free()).map(|line| {
        let (seen, cutout) = cut(&picture, &plane, layout.free_line(line));
        Line { seen, cutout }
    });
    Ok(Sheet {
        boxes: boxes.collect(),
        free: free.collect(),
        code,
    })
}

/// Where the paper lies and what its code is. The code must stand where the anchors say: that
/// settles which way is up even if the thick dot is smeared.
fn locate(picture: &Grey) -> Result<(Plane, String), Unread> {
    let dark = blobs::dark(picture);
    let (_, blobs) = blobs::label(&dark, picture.width);
    let rings = anchors::rings(&blobs);
    let eyes = anchors::eyes(&rings);
    let threes = std::iter::once_with(|| finders::planes(&rings, &eyes));
    let planes = anchors::planes(&eyes).into_iter().chain(threes.flatten());
    let mut any = false;
    for plane in planes {
        any = true;
        if let Some(code) = code::on_sheet(picture, &plane) {
            return fine_enough(&plane).map(|()| (plane, code));
        }
    }
    Err(match any {
        true => Unread::NoCode,
        false => Unread::NoCorners,
    })
}

fn fine_enough(plane: &Plane) -> Result<(), Unread> {
    let middle = layout::Spot { x: 150.0, y: 150.0 };
    let (width, height) = plane.spread(middle, 10.0).unwrap_or_default();
    match width.min(height) / 20.0 < LEAST_DOTS {
        true => Err(Unread::TooCoarse),
        false => Ok(()),
    }
}

/// How dark the frames are: the median of what stands out.
fn blackness(found: &[fit::Found]) -> f64 {
    let mut scores: Vec<f64> = found.iter().map(|found| found.score).collect();
    scores.sort_by(f64::total_cmp);
    scores.get(scores.len() / 2).copied().unwrap_or(0.0)
}

fn about(place: Rect) -> Rect {
    Rect {
        x: place.x - AROUND,
        y: place.y - AROUND,
        w: place.w + 2.0 * AROUND,
        h: place.h + 2.0 * AROUND,
    }
}

/// Whether all of a part of the paper lay in the picture, and what did.
fn cut(picture: &Grey, plane: &Plane, rect: Rect) -> (bool, Option<Cutout>) {
    let (mut flat, seen) = field::flatten(picture, plane, rect);
    for (dot, _) in flat
        .pixels
        .iter_mut()
        .zip(&seen)
        .filter(|(_, seen)| !**seen)
    {
        *dot = UNSEEN;
    }
    let whole = seen.iter().all(|seen| *seen);
    match seen.contains(&true) {
        true => (whole, png(flat)),
        false => (false, None),
    }
}

/// `None` only if the encoder fails, which an in-memory PNG of this size does not.
fn png(flat: Grey) -> Option<Cutout> {
    let grey = image::GrayImage::from_raw(flat.width as u32, flat.height as u32, flat.pixels)?;
    let mut png = Cursor::new(Vec::new());
    grey.write_to(&mut png, image::ImageFormat::Png).ok()?;
    Some(Cutout(png.into_inner()))
}
