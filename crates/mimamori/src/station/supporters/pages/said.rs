//! How supporters are said.

use jiff::civil::Date;
use maud::{Markup, html};
use words::date::PartialDate;

use super::{aways, fees};
use crate::front::look::{self, Head, Tone, chip};
use crate::people::said::phone;
use crate::station::supporters::rules::{Fee, KeptAway, Standing, Supporter};

/// 「2026年（令和8年）4月1日」.
pub fn date(day: Date) -> String {
    PartialDate::from(day).both()
}

/// How they stand, in one chip.
pub fn standing(of: &Supporter, today: Date) -> Markup {
    let words = |day: Date, words: &str| format!("{}{words}", day.strftime("%Y年%-m月%-d日"));
    match of.terms.standing(today) {
        Some(Standing::In) => chip(Tone::Good, "入会中"),
        Some(Standing::Leaving(day)) => chip(Tone::Notice, &words(day, "で退会")),
        Some(Standing::Out(day)) => chip(Tone::Plain, &words(day, "で退会")),
        Some(Standing::Coming(day)) => chip(Tone::Notice, &words(day, "から")),
        None => chip(Tone::Plain, "消去した方"),
    }
}

/// What somebody can do.
pub fn can(of: &Supporter) -> String {
    let words: Vec<&str> = of.details.can.iter().map(|role| role.word()).collect();
    words.join("、")
}

/// A supporter in a list, with the fee of this year.
pub struct Listed<'a> {
    /// Who.
    pub one: &'a Supporter,
    /// How they stand with the fee.
    pub fee: Fee,
}

/// Supporters as a table.
pub fn table(caption: &str, all: &[Listed<'_>], aways: &[KeptAway], today: Date) -> Markup {
    let head = ["名前", "電話", "連絡のしかた", "できること", "会費", "状態"].map(Head::new);
    let rows: Vec<Vec<Markup>> = all.iter().map(|one| row(one, aways, today)).collect();
    look::table(caption, &head, &rows)
}

fn row(listed: &Listed<'_>, aways: &[KeptAway], today: Date) -> Vec<Markup> {
    let of = listed.one;
    let details = &of.details;
    vec![
        html! {
            a href={ "/station/supporters/" (of.id) } { (details.name) }
            @if !details.kana.is_empty() { br; small { (details.kana) } }
        },
        html! { @if let Some(number) = &details.phone { (phone(number)) } },
        html! { (reach(of)) },
        html! { (can(of)) },
        fees::stands(&listed.fee),
        html! { (standing(of, today)) " " (aways::mark(aways, of.id, today)) },
    ]
}

/// How they wish to be reached.
pub fn reach(of: &Supporter) -> String {
    let words = of.details.reach.iter().map(|way| way.word());
    let words: Vec<&str> = words.collect();
    words.join("、")
}

/// 「1945年（昭和20年）」.
pub fn year(year: i16) -> String {
    PartialDate::parse(&year.to_string()).map_or(year.to_string(), |date| date.both())
}
