//! Times and states as one says them.

use jiff::Timestamp;
use maud::Markup;

use crate::clock::in_japan;
use crate::front::look::{self, Tone};
use crate::tags::rules::State;

/// 「今日 14:20」「3日前」, with the full time behind it.
pub fn moment(at: Timestamp, now: Timestamp) -> Markup {
    let (at, today) = (in_japan(at), in_japan(now).date());
    let ago = words::date::ago_words(at.date(), today);
    let said = match (today - at.date()).get_days() {
        0 | 1 => format!("{ago} {}", at.strftime("%-H:%M")),
        _ => ago,
    };
    let full = at.strftime("%Y年%-m月%-d日 %-H:%M").to_string();
    let iso = at.strftime("%Y-%m-%dT%H:%M:%S+09:00").to_string();
    look::moment(&said, &full, &iso)
}

/// The state of a tag in a word.
pub fn state(state: State) -> Markup {
    let tone = match state {
        State::Bound => Tone::Good,
        State::Lost => Tone::Warning,
        State::Stock | State::Replaced | State::Returned | State::Void => Tone::Plain,
    };
    look::chip(tone, state.word())
}

/// 1204 → 「1,204」.
pub fn count(number: i64) -> String {
    let digits = number.to_string();
    let groups = digits.as_bytes().rchunks(3).rev();
    let text: Vec<_> = groups.map(String::from_utf8_lossy).collect();
    text.join(",")
}
