//! Rows of lists that come in again: the same cells are written and weighed.

use crate::clock::in_japan;
use crate::networks::{Center, Organisation};
use crate::notices::Agreement;
use crate::renewals::{AskWay, Renewal};
use crate::station::supporters::{Supporter, Terms};
use crate::tags::{NumberKind, State, Tag};
use crate::tasks::{Kind, Words};

/// What stands where nothing is known.
fn shown(value: Option<&impl ToString>) -> String {
    value.map_or(String::new(), ToString::to_string)
}

/// In use, or given up.
pub const STANDINGS: [(bool, &str); 2] = [(true, "利用中"), (false, "休止")];

fn standing(closed_at: Option<i64>) -> String {
    STANDINGS[usize::from(closed_at.is_some())].1.to_owned()
}

/// An organisation of the directory, but its id.
pub fn organisation_cells(of: &Organisation) -> Vec<String> {
    let phones: Vec<String> = of.phones.iter().map(ToString::to_string).collect();
    vec![
        of.name.clone(),
        of.kind.word().to_owned(),
        phones.join("、"),
        standing(of.closed_at),
    ]
}

/// A center, but its id.
pub fn center_cells(of: &Center) -> Vec<String> {
    vec![
        of.name.clone(),
        of.address.clone(),
        shown(of.day_phone.as_ref()),
        shown(of.night_phone.as_ref()),
        standing(of.closed_at),
    ]
}

/// An organisation of an agreement, but its id.
pub fn agreement_cells(of: &Agreement) -> Vec<String> {
    let reach = &of.reach;
    vec![
        of.name.clone(),
        of.trade.word().to_owned(),
        reach.person.clone(),
        reach.phone.clone(),
        reach.mail.clone(),
        reach.postcode.clone(),
        reach.address.clone(),
        of.began_on.to_string(),
        of.ends_on.to_string(),
        shown(of.trained_on.as_ref()),
        standing(of.closed_at),
    ]
}

/// Whether a task waits, or is done.
pub const WAITS: [(bool, &str); 2] = [(true, "まだ"), (false, "済み")];

/// A task, but whose it is and its id.
pub fn task_cells(
    due: jiff::civil::Date,
    (kind, waits): (Kind, bool),
    words: &Words,
    center: String,
) -> Vec<String> {
    vec![
        due.to_string(),
        kind.word().to_owned(),
        WAITS[usize::from(!waits)].1.to_owned(),
        words.title.clone(),
        words.story.clone(),
        center,
    ]
}

/// Whose numbering a tag's is.
pub const NUMBERS: [(NumberKind, &str); 2] = [
    (NumberKind::Ours, "11けた"),
    (NumberKind::Older, "以前の番号"),
];

/// A tag, but its id and whose it is.
pub fn tag_cells(tag: &Tag) -> Vec<String> {
    let kind = NUMBERS[usize::from(tag.number.kind() == NumberKind::Older)];
    vec![
        tag.number.shown(),
        kind.1.to_owned(),
        State::word(tag.state).to_owned(),
        in_japan(tag.since).date().to_string(),
    ]
}

/// A renewal, but whose it is.
pub fn renewal_cells(one: &Renewal) -> Vec<String> {
    vec![
        one.month.words(),
        one.state.word().to_owned(),
        shown(one.asked_on.as_ref()),
        one.way.map_or("", AskWay::word).to_owned(),
        shown(one.renewed_on.as_ref()),
    ]
}

/// Whether a name stands on a card.
pub const ON_CARD: &str = "のせる";

/// A supporter, as far as it comes in again: not the fee, which receipts settle, nor the card.
pub fn supporter_cells(one: &Supporter) -> Vec<String> {
    let of = &one.details;
    let reach: Vec<&str> = of.reach.iter().map(|way| way.word()).collect();
    let can: Vec<&str> = of.can.iter().map(|role| role.word()).collect();
    vec![
        of.name.clone(),
        of.kana.clone(),
        shown(of.phone.as_ref()),
        of.mail.clone(),
        reach.join("、"),
        of.reach_words.clone(),
        shown(of.born.as_ref()),
        of.likes.clone(),
        can.join("、"),
        of.can_words.clone(),
        if of.name_on_card { ON_CARD } else { "" }.to_owned(),
        of.note.clone(),
        terms(&one.terms),
        one.tied_by.clone(),
    ]
}

/// 「2024-04-01～2025-03-31、2026-04-01～」
fn terms(terms: &Terms) -> String {
    let all = terms.0.iter().map(|term| {
        let until = shown(term.until.as_ref());
        format!("{}～{until}", term.from)
    });
    all.collect::<Vec<_>>().join("、")
}
