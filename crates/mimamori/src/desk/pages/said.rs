//! Times and choices as they are said.

use jiff::Timestamp;
use maud::Markup;

use crate::clock::in_japan;
use crate::desk::rules::CallerKind;
use crate::front::look;
use crate::networks::{LEGAL_BASES, Text};

/// 「今日 14:20」, with the full time behind it.
pub fn moment(at: Timestamp, now: Timestamp) -> Markup {
    let full = in_japan(at).strftime("%Y年%-m月%-d日 %H:%M").to_string();
    look::moment(&clock(at, now), &full, &at.to_string())
}

/// 「14:20」 today, else 「11月20日 14:20」.
pub fn clock(at: Timestamp, now: Timestamp) -> String {
    let (at, today) = (in_japan(at), in_japan(now).date());
    let words = if at.date() == today {
        at.strftime("今日 %H:%M")
    } else {
        at.strftime("%-m月%-d日 %H:%M")
    };
    words.to_string()
}

/// The words of each legal basis as the town has them.
pub struct Bases(pub Vec<(Text, String)>);

impl Bases {
    /// The words of one.
    pub fn words(&self, basis: Text) -> &str {
        let found = self.0.iter().find(|(text, _)| *text == basis);
        found.map_or("", |(_, words)| words)
    }
}

/// The legal basis of a code that was sent; only a basis, not any text.
pub fn basis_of(code: &str) -> Option<Text> {
    Text::from_code(code).filter(|text| LEGAL_BASES.contains(text))
}

/// The caller's kind in words.
pub fn kind_word(kind: Option<CallerKind>) -> &'static str {
    kind.map_or("相手はまだ聞いていません", CallerKind::word)
}
