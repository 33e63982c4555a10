//! Where a day stands, as pages say it.

use jiff::Timestamp;
use jiff::civil::Date;
use maud::{Markup, html};
use words::date::PartialDate;

use crate::front::look::{Tone, chip};
use crate::station::courses::rules::{CourseDay, State, day_words};

/// 「2026年（令和8年）4月1日」.
pub fn date(day: Date) -> String {
    PartialDate::from(day).both()
}

/// Where it stands, in one chip.
pub fn state(day: &CourseDay, now: Timestamp) -> Markup {
    match day.state {
        State::Off => chip(Tone::Danger, "中止"),
        State::Ended => chip(Tone::Plain, "終えた講座"),
        State::Planned if day.was.is_some() => chip(Tone::Warning, "変更"),
        State::Planned if day.is_over(now) => chip(Tone::Plain, "終了"),
        State::Planned => chip(Tone::Good, "予定"),
    }
}

/// Why it is off, and how it was to be.
pub fn why(day: &CourseDay) -> Markup {
    html! {
        @if let Some(off) = &day.off {
            p { (off.reason.word()) "中止" @if !off.words.is_empty() { "：" (off.words) } }
            @if !off.told.is_empty() { p { small { "知らせ方：" (off.told) } } }
        }
        @if let Some(was) = &day.was {
            p { "もとは" (day_words(was.day)) " " (was.hours.to_string())
                @if !was.why.is_empty() { "：" (was.why) } }
        }
    }
}
