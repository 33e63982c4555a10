//! Something that somebody observed.

use mimamori::clock::in_japan;
use mimamori::deed::Deed;
use mimamori::ids::RowId;
use mimamori::routes::EXPLAINS;
use mimamori::station::watch::{self, About, New};

use crate::town::Town;

/// The sentence.
pub const SENTENCE: &str = "帰りに手すりを両手でつかんでいた";

/// An observation of today, of these signs.
pub fn new(deed: &Deed, about: About, signs: &[&str]) -> New {
    New {
        about,
        day: in_japan(deed.now).date(),
        lesson: None,
        signs: signs.iter().map(|code| (*code).to_owned()).collect(),
        words: SENTENCE.to_owned(),
    }
}

/// Written down.
pub async fn observed(town: &Town, deed: &Deed, about: About, signs: &[&str]) -> RowId {
    let noted = watch::note(town.db(), deed, new(deed, about, signs), EXPLAINS).await;
    noted.unwrap()
}
