//! Any paper: its template, and its facts as the template reads them.

use serde_json::{Value, json};

use crate::basics::Basics;
use crate::facts::{
    Application, CARD_QR_MM, Cards, Change, Face, Figures, Ledger, POSTCARD_QR_MM, Postcards,
    Questionnaire, Sights, Stickers, Worklist,
};
use crate::letters::{Letter, Poster};
use crate::members::{MemberCards, OwnSheet, Receipt, Vouchers};
use crate::month::Courses;
use crate::qr;
use crate::roll::Roll;
use crate::year::StationYear;

/// Side of the QR on a poster: a telephone reads it from half a metre and more.
const POSTER_QR_MM: f64 = 66.0;

/// Any paper.
#[derive(Clone)]
pub enum Paper {
    /// See [`Basics`].
    Basics(Box<Basics>),
    /// See [`Letter`].
    Letter(Letter),
    /// See [`Application`].
    Application(Box<Application>),
    /// See [`Change`].
    Change(Change),
    /// See [`Cards`].
    Cards(Box<Cards>),
    /// See [`Stickers`].
    Stickers(Stickers),
    /// See [`Postcards`].
    Postcards(Postcards),
    /// See [`Ledger`].
    Ledger(Ledger),
    /// See [`Sights`].
    Sights(Sights),
    /// See [`Worklist`].
    Worklist(Worklist),
    /// See [`Questionnaire`].
    Questionnaire(Box<Questionnaire>),
    /// See [`Figures`].
    Figures(Figures),
    /// See [`Poster`].
    Poster(Poster),
    /// See [`Courses`].
    Courses(Courses),
    /// See [`StationYear`].
    StationYear(Box<StationYear>),
    /// See [`Roll`].
    Roll(Roll),
    /// See [`MemberCards`].
    MemberCards(MemberCards),
    /// See [`OwnSheet`].
    OwnSheet(OwnSheet),
    /// See [`Receipt`].
    Receipt(Receipt),
    /// See [`Vouchers`].
    Vouchers(Vouchers),
}

impl Paper {
    pub(crate) const fn template(&self) -> &'static str {
        match self {
            Paper::Basics(_) => "basics.typ",
            Paper::Letter(_) => "letter.typ",
            Paper::Application(_) => "application.typ",
            Paper::Change(_) => "change.typ",
            Paper::Cards(_) => "cards.typ",
            Paper::Stickers(_) => "stickers.typ",
            Paper::Postcards(_) => "postcards.typ",
            Paper::Ledger(_) => "ledger.typ",
            Paper::Sights(_) => "sights.typ",
            Paper::Worklist(_) => "worklist.typ",
            Paper::Questionnaire(_) => "questionnaire.typ",
            Paper::Figures(_) => "figures.typ",
            Paper::Poster(_) => "poster.typ",
            Paper::Courses(_) => "courses.typ",
            Paper::StationYear(_) => "station.typ",
            Paper::Roll(_) => "roll.typ",
            Paper::MemberCards(_) => "members.typ",
            Paper::OwnSheet(_) => "own.typ",
            Paper::Receipt(_) => "receipt.typ",
            Paper::Vouchers(_) => "vouchers.typ",
        }
    }

    /// Whether a machine may read it to somebody: then the file says what is a heading and a table.
    /// Stickers and postcards come by the thousand and go through a printer only.
    pub(crate) const fn is_read_aloud(&self) -> bool {
        !matches!(self, Paper::Stickers(_) | Paper::Postcards(_))
    }

    pub(crate) fn facts(&self) -> serde_json::Result<Value> {
        match self {
            Paper::Basics(facts) => serde_json::to_value(facts),
            Paper::Letter(facts) => serde_json::to_value(facts),
            Paper::Application(facts) => serde_json::to_value(facts),
            Paper::Change(facts) => serde_json::to_value(facts),
            Paper::Cards(facts) => with_side(serde_json::to_value(facts)?, CARD_QR_MM),
            Paper::Stickers(facts) => Ok(facts.facts()),
            Paper::Postcards(facts) => with_side(serde_json::to_value(facts)?, POSTCARD_QR_MM),
            Paper::Ledger(facts) => serde_json::to_value(facts),
            Paper::Sights(facts) => serde_json::to_value(facts),
            Paper::Worklist(facts) => serde_json::to_value(facts),
            Paper::Questionnaire(facts) => serde_json::to_value(facts),
            Paper::Figures(facts) => serde_json::to_value(facts),
            Paper::Poster(facts) => {
                let mut value = serde_json::to_value(facts)?;
                value["qr"] = qr::svg(&facts.link, POSTER_QR_MM).into();
                with_side(value, POSTER_QR_MM)
            }
            Paper::Courses(facts) => serde_json::to_value(facts),
            Paper::StationYear(facts) => serde_json::to_value(facts),
            Paper::Roll(facts) => Ok(facts.facts()),
            Paper::MemberCards(facts) => serde_json::to_value(facts),
            Paper::OwnSheet(facts) => serde_json::to_value(facts),
            Paper::Receipt(facts) => serde_json::to_value(facts),
            Paper::Vouchers(facts) => serde_json::to_value(facts),
        }
    }
}

fn with_side(mut facts: Value, side_mm: f64) -> serde_json::Result<Value> {
    facts["qr_mm"] = side_mm.into();
    Ok(facts)
}

impl Stickers {
    fn facts(&self) -> Value {
        let side = self.layout.qr_mm();
        let face =
            |face: &Face| json!({ "number": face.number, "qr": qr::svg(&face.address, side) });
        json!({
            "layout": self.layout,
            "start": self.start,
            "offset": [self.offset_mm.0, self.offset_mm.1],
            "outlines": self.outlines,
            "call": self.call,
            "qr_mm": side,
            "faces": self.faces.iter().map(face).collect::<Vec<_>>(),
        })
    }
}
