//! A run: what is printed for whom, in how many files.

use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};
use serde::{Deserialize, Serialize};

use crate::ids::{CenterId, RowId, StaffId};
use crate::people::coded;
use crate::renewals::Month;

/// A purpose shorter than this says nothing.
pub const LEAST_PURPOSE: usize = 4;

coded! {
    /// What a run prints.
    Kind {
        /// はがき of a month's renewal.
        Postcards "postcards" "更新のはがき",
        /// 夜間台帳
        Ledger "ledger" "夜間台帳",
        /// Stickers of a batch of numbers.
        Stickers "stickers" "シール",
    }
}

/// Postcards of a month.
#[derive(Clone, Serialize, Deserialize)]
pub struct Postcards {
    /// `2026-12`
    pub month: String,
    /// Code of the renewals that get one: not asked yet, asked without an answer.
    pub state: String,
    /// Draws the postcode's boxes and the stamp's place, for paper that has none.
    pub blank_paper: bool,
    /// The message in the town's words.
    pub words: String,
}

/// The ledger.
#[derive(Clone, Serialize, Deserialize)]
pub struct Ledger {
    /// Whether medical facts are in it, of those who agreed to that.
    pub medical: bool,
}

/// Stickers of a batch.
#[derive(Clone, Serialize, Deserialize)]
pub struct Stickers {
    /// The batch of numbers.
    pub batch: RowId,
    /// Code of the carriers that get one.
    pub carrier: String,
    /// Code of the layout.
    pub layout: String,
    /// The first free face of the first sheet, from 1.
    pub start: usize,
    /// Millimetres to the right and down.
    pub offset_mm: (f64, f64),
    /// The telephones below the number, each a line.
    pub call: String,
}

/// What a run prints, for whom, why.
#[derive(Clone, Serialize, Deserialize)]
pub struct Job {
    /// One center's people, or everybody.
    pub center: Option<CenterId>,
    /// Why; needed where they are not one's own center's.
    pub purpose: String,
    /// Who printed it.
    pub printed_by: String,
    /// What addresses in QR codes begin with.
    pub public_url: String,
    /// What is particular to each kind.
    pub what: What,
}

/// What is particular to each kind.
#[derive(Clone, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum What {
    /// See [`Postcards`].
    Postcards(Postcards),
    /// See [`Ledger`].
    Ledger(Ledger),
    /// See `Stickers`.
    Stickers(Stickers),
}

impl Job {
    /// Its kind.
    pub const fn kind(&self) -> Kind {
        match self.what {
            What::Postcards(_) => Kind::Postcards,
            What::Ledger(_) => Kind::Ledger,
            What::Stickers(_) => Kind::Stickers,
        }
    }

    /// How many go into one file. 250 postcards need some 120 MB while they are set; 700
    /// people of the ledger are about a hundred sheets, as many as an envelope takes; stickers fill
    /// whole sheets, since the next file begins on a new one.
    pub fn share(&self) -> usize {
        match &self.what {
            What::Postcards(_) => 250,
            What::Ledger(_) => 700,
            What::Stickers(stickers) => {
                let faces = stickers.layout().faces();
                1_000 / faces * faces
            }
        }
    }

    /// How many go into the first file: less where its first sheet was used before.
    pub fn first_share(&self) -> usize {
        match &self.what {
            What::Stickers(stickers) => self.share() - (stickers.start - 1),
            _ => self.share(),
        }
    }
}

impl Postcards {
    /// The cards with their message.
    pub fn paper(&self, cards: Vec<press::Postcard>) -> press::Postcards {
        let month = Month::from_code(&self.month);
        let until = month.map(|month| month.last().strftime("%-m月%-d日まで").to_string());
        press::Postcards {
            blank_paper: self.blank_paper,
            title: "年に一度のご確認のお願い".to_owned(),
            paragraphs: self
                .words
                .lines()
                .filter(|line| !line.is_empty())
                .map(str::to_owned)
                .collect(),
            details: vec![
                press::Line::new("とき", until.unwrap_or_default()),
                press::Line::new("ところ", "下の連絡先のセンター"),
                press::Line::new("お持ちください", "このはがき、お持ちのキーホルダーなど"),
            ],
            cards,
        }
    }
}

impl Job {
    /// One volume of the ledger. It is replaced after a month: what is older may send a caller to
    /// a number that has changed.
    pub fn ledger(&self, volume: i64, today: Date, entries: Vec<press::Entry>) -> press::Ledger {
        press::Ledger {
            title: "夜間台帳".to_owned(),
            serial: format!("{} 第{volume}冊", today.strftime("%Y-%m-%d")),
            valid_until: (today + 1.month()).strftime("%Y年%-m月%-d日").to_string(),
            purpose: match self.purpose.is_empty() {
                true => "回線や機器の故障に備えて".to_owned(),
                false => self.purpose.clone(),
            },
            entries,
        }
    }
}

impl Stickers {
    /// The sheets of one part; only the first sheet of all may have been used before.
    pub fn paper(&self, first: bool, items: &[String]) -> press::Stickers {
        let face = |item: &String| {
            let (number, address) = item.split_once(' ')?;
            Some(press::Face {
                number: number.to_owned(),
                address: address.to_owned(),
            })
        };
        press::Stickers {
            layout: self.layout(),
            start: if first { self.start } else { 1 },
            offset_mm: self.offset_mm,
            faces: items.iter().filter_map(face).collect(),
            outlines: false,
            call: self.call.clone(),
        }
    }

    /// The layout; the first where it is unknown.
    pub fn layout(&self) -> &'static press::Layout {
        press::Layout::from_code(&self.layout).unwrap_or(&press::LAYOUTS[0])
    }
}

/// What is kept of a file beside its bytes.
#[derive(Clone, Default, Serialize, Deserialize)]
pub struct Listed {
    /// For whom: ids of people, or a number with its address.
    pub items: Vec<String>,
    /// What could not be printed as it is written, and who was left out.
    pub lost: Vec<String>,
}

/// One file of a run.
#[derive(Clone)]
pub struct Part {
    /// From 1.
    pub number: i64,
    /// How many it is for.
    pub count: i64,
    /// Its pages; 0 until it is made.
    pub pages: i64,
    /// See `Listed`.
    pub listed: Listed,
}

/// A run on its way.
#[derive(Clone)]
pub struct Run {
    /// Its identity.
    pub id: RowId,
    /// What it prints.
    pub kind: Kind,
    /// Who began it.
    pub staff: Option<StaffId>,
    /// When.
    pub at: Timestamp,
    /// When it last went on.
    pub updated_at: Timestamp,
    /// How many are to be printed for.
    pub total: u64,
    /// How many are done.
    pub done: u64,
    /// What, for whom, why.
    pub job: Job,
}

/// Items in the order of the files.
pub fn shares(job: &Job, items: Vec<String>) -> Vec<Vec<String>> {
    let mut items = items.into_iter().peekable();
    let mut shares = Vec::new();
    while items.peek().is_some() {
        let most = match shares.is_empty() {
            true => job.first_share(),
            false => job.share(),
        };
        shares.push(items.by_ref().take(most).collect());
    }
    shares
}
