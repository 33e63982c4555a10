//! A resource in words. Everything is escaped where it is put in; no empty tag is left open, so
//! that what is written is XHTML.

use jiff::civil::Date;
use maud::{Markup, html};
use words::date::PartialDate;

use crate::exchange::fhir::model::Narrative;
use crate::people::Confirmed;

/// The narrative around a body.
pub fn narrative(body: Markup) -> Narrative {
    let div = html! {
        div xmlns="http://www.w3.org/1999/xhtml" lang="ja" xml:lang="ja" { (body) }
    };
    Narrative {
        status: "generated",
        div: div.into_string(),
    }
}

/// Lines with what they are; those without words are left out.
pub fn lines(all: &[(&str, String)]) -> Markup {
    html! { ul { @for (label, text) in all { @if !text.is_empty() {
        li { (label) "：" (text) }
    } } } }
}

/// A day as it is read: 「2025年（令和7年）9月10日」.
pub fn day(day: Date) -> String {
    PartialDate::from(day).both()
}

/// When and how something was confirmed. No 「3か月前」: what is sent is read much later, too.
pub fn confirmed(confirmed: Option<Confirmed>) -> String {
    match confirmed {
        Some(known) => format!("{}に{}で確認", day(known.on), known.way.word()),
        None => "本人・家族に確認した記録がありません".to_owned(),
    }
}
