//! What was said, as it is shown.

use jiff::Timestamp;
use maud::{Markup, html};

use crate::board::rules::Said;
use crate::clock::in_japan;
use crate::front::look;
use crate::people::Telling;

/// 「14:20」 with the full time behind it.
pub fn clock(at: Timestamp) -> Markup {
    let here = in_japan(at);
    let short = here.strftime("%-m/%-d %H:%M").to_string();
    let full = here.strftime("%Y-%m-%d %H:%M").to_string();
    look::moment(&short, &full, &at.to_string())
}

/// The texts without labels, and the position as coordinates that a telephone opens as a map.
pub fn texts(said: &Said) -> Markup {
    html! {
        @for text in [&said.place, &said.words] {
            @for line in text.lines() { p { (line) } }
        }
        @if let Some(position) = said.position {
            p { a href=(position.uri()) { (position.coordinates()) }
                @if let Some(metres) = position.within() { " ±" (metres) " m" } }
        }
    }
}

/// What is said of an answer that tells a stranger who somebody is.
pub fn tells(told: &[Telling]) -> String {
    let words: Vec<&str> = told.iter().map(|one| one.word()).collect();
    format!(
        "{}が入っているようです。見つけた方がだれかは確かめられないため、お伝えしない決まりです。その部分を消すか言いかえて、もう一度送ってください。",
        words.join("と")
    )
}
