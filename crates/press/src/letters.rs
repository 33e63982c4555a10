//! What stands on a letter and on a poster.

use serde::Serialize;

use crate::facts::Line;

/// Any letter in a window envelope: leaving, erasure, a question.
#[derive(Clone, Default, Serialize)]
pub struct Letter {
    /// What it is about, above the text.
    pub title: String,
    /// 文書番号; may be empty.
    pub number: String,
    /// 「2026年11月24日」
    pub date: String,
    /// 「143-0016」; may be empty.
    pub to_postcode: String,
    /// Where it goes; lines as written.
    pub to_address: Vec<String>,
    /// To whom, without 様; empty for a letter to nobody in particular.
    pub to_name: String,
    /// The text.
    pub paragraphs: Vec<String>,
    /// 記: facts below the text; none for none.
    pub details: Vec<Line>,
    /// What is answered on a slip below, to be sent back; none for no slip.
    pub reply: Vec<Line>,
}

/// A poster that leads to the town's form by its QR.
#[derive(Clone, Default, Serialize)]
pub struct Poster {
    /// What the file is called.
    pub title: String,
    /// In each language; the first is the largest.
    pub texts: Vec<PosterText>,
    /// Below the QR.
    pub scan: String,
    /// Beside the telephones.
    pub call: String,
    /// Where the QR leads.
    pub link: String,
}

/// What a poster says in one language.
#[derive(Clone, Default, Serialize)]
pub struct PosterText {
    /// `ja`, `en`.
    pub lang: String,
    /// What to do first where a life is in danger.
    pub danger: String,
    /// The heading.
    pub title: String,
    /// What it is for.
    pub lead: String,
    /// What may be noticed.
    pub signs: Vec<String>,
    /// What is not asked and not told.
    pub private: String,
}
