//! What was read of a sheet.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use marks::{Cutout, Verdict, Why};
use serde::{Deserialize, Serialize};

use crate::people::coded;

coded! {
    /// What a box says; each doubt with its reason.
    Says {
        /// Somebody marked it.
        Marked "marked" "印あり",
        /// Nobody did.
        Empty "empty" "印なし",
        /// Little or pale ink.
        Faint "faint" "印がうすい",
        /// It seems to be struck out.
        Struck "struck" "消したようにも見える",
        /// A line or a fold runs through it.
        Through "through" "線や折り目が通っている",
        /// A neighbour's mark reaches in.
        Neighbour "neighbour" "となりの印がかかっている",
        /// The mark stands beside it.
        Beside "beside" "印が枠の外にある",
        /// Dark, but no stroke.
        Smudge "smudge" "汚れにも見える",
        /// Not in the picture.
        NotSeen "not_seen" "写っていない",
    }
}

impl Says {
    /// Whether somebody has to decide.
    pub const fn is_doubt(self) -> bool {
        !matches!(self, Says::Marked | Says::Empty)
    }
}

impl From<Verdict> for Says {
    fn from(verdict: Verdict) -> Says {
        match verdict {
            Verdict::Marked => Says::Marked,
            Verdict::Empty => Says::Empty,
            Verdict::Doubt(why) => match why {
                Why::Faint => Says::Faint,
                Why::Struck => Says::Struck,
                Why::Through => Says::Through,
                Why::Neighbour => Says::Neighbour,
                Why::Beside => Says::Beside,
                Why::Smudge => Says::Smudge,
                Why::NotSeen => Says::NotSeen,
            },
        }
    }
}

/// A box.
#[derive(Clone, Serialize, Deserialize)]
pub struct BoxRead {
    /// From above, from 0.
    pub row: usize,
    /// From the left, from 0.
    pub column: usize,
    /// What it says.
    pub says: Says,
    /// The picture to decide by, as the text of a data address.
    pub picture: Option<String>,
}

/// A free line.
#[derive(Clone, Serialize, Deserialize)]
pub struct LineRead {
    /// Whether all of it lay in the photo.
    pub seen: bool,
    /// What can be seen of it.
    pub picture: Option<String>,
}

/// A sheet as it was read.
#[derive(Clone, Serialize, Deserialize)]
pub struct Reading {
    /// Row by row.
    pub boxes: Vec<BoxRead>,
    /// From above.
    pub lines: Vec<LineRead>,
}

fn text(cutout: &Option<Cutout>) -> Option<String> {
    let png = cutout.as_ref()?.png();
    Some(format!("data:image/png;base64,{}", STANDARD.encode(png)))
}

impl From<&marks::Sheet> for Reading {
    fn from(read: &marks::Sheet) -> Reading {
        let boxes = read.boxes.iter().map(|seen| BoxRead {
            row: seen.row,
            column: seen.column,
            says: seen.verdict.into(),
            picture: text(&seen.cutout),
        });
        let lines = read.free.iter().map(|line| LineRead {
            seen: line.seen,
            picture: text(&line.cutout),
        });
        Reading {
            boxes: boxes.collect(),
            lines: lines.collect(),
        }
    }
}
