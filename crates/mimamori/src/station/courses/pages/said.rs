//! Where a day stands, as pages say it.

use jiff::Timestamp;
use jiff::civil::Date;
use maud::{Markup, html};
use words::date::PartialDate;

use super::typed::Around;
use crate::front::look::{self, Head, Tone, chip};
use crate::station::courses::rules::{
    CourseDay, Details, Role, State, by_words, day_words, fee_words,
};

/// 「2026年（令和8年）4月1日」.
pub fn date(day: Date) -> String {
    PartialDate::from(day).both()
}

/// Where it stands, in one chip.
pub fn state(day: &CourseDay, now: Timestamp) -> Markup {
    match day.state {
        State::Off => chip(Tone::Danger, "中止"),
        State::Ended => chip(Tone::Plain, "終了した講座"),
        State::Planned if day.was.is_some() => chip(Tone::Warning, "変更"),
        State::Planned if day.is_over(now) => chip(Tone::Plain, "終わった回"),
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

/// A thing and what is said of it.
pub type Fact = (&'static str, String);

/// What a course is, line by line; the title and the time come first.
pub fn facts(details: &Details, around: &Around) -> Vec<Fact> {
    let place = around.find(details.place);
    let needs = Role::ALL.iter().filter(|role| details.needed(**role) > 0);
    let needs: Vec<String> = needs
        .map(|role| format!("{}{}人", role.word(), details.needed(*role)))
        .collect();
    let holds = match (details.holds, place.and_then(|place| place.holds)) {
        (Some(holds), _) => format!("{holds}人"),
        (None, Some(hall)) => format!("{hall}人（会場に入れる人数）"),
        (None, None) => "決めていない".to_owned(),
    };
    let shown = match (details.shown, details.teacher_shown) {
        (true, true) => "のせる（講師の名前も）",
        (true, false) => "のせる（講師の名前はのせない）",
        (false, _) => "のせない",
    };
    vec![
        ("講座の名前", details.title.clone()),
        ("時間", details.hours.to_string()),
        ("会場", place.map_or("未定", |place| &place.word).to_owned()),
        ("定員", holds),
        ("参加費", fee_words(details.fee)),
        ("持ち物", details.bring.clone()),
        ("内容", details.about.clone()),
        (
            "来てよい方",
            format!("{}・{}", details.who.word(), details.entry.word()),
        ),
        ("主催", by_words(details, &around.names())),
        ("講師", details.teacher.clone()),
        ("必要な役割", needs.join("、")),
        ("案内", shown.to_owned()),
        ("職員どうしのメモ", details.note.clone()),
    ]
}

/// Somebody saved first: what stands now beside what was typed, where the two differ.
pub fn apart(now: &[Fact], typed: &[Fact]) -> Markup {
    let both = now.iter().zip(typed).filter(|(now, typed)| now != typed);
    let none = |text: &str| {
        if text.is_empty() {
            "（なし）"
        } else {
            text
        }
        .to_owned()
    };
    let rows: Vec<Vec<Markup>> = both
        .map(|((label, now), (_, typed))| {
            vec![
                html! { (label) },
                html! { (none(now)) },
                html! { (none(typed)) },
            ]
        })
        .collect();
    let head = ["項目", "いま保存されている内容", "この画面の内容"].map(Head::new);
    look::notice(
        Tone::Warning,
        "そのあいだに、ほかの職員が変えました",
        html! {
            @if rows.is_empty() {
                p { "いま保存されている内容は、この画面の内容と同じです。" }
            } @else {
                p { "ちがうところは下のとおりです。もう一度保存すると、この画面の内容になります。" }
                (look::table("ちがうところ", &head, &rows))
            }
        },
    )
}
