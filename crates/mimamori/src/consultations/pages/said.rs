//! How consultations are said.

use jiff::Timestamp;
use maud::{Markup, html};

use crate::clock::in_japan;
use crate::consultations::rules::{About, Listed, State, Topic, Topics, Urgency};
use crate::consultations::store::Earlier;
use crate::front::look::{self, Head, Tone};
use crate::people::Names;
use crate::people::said::moment;
use crate::scope::Actor;

/// 「3件（最後は2026年10月3日）」
pub fn earlier(earlier: Earlier) -> Markup {
    html! {
        @match earlier.last {
            Some(last) => { (earlier.count) "件（最後は" (last.strftime("%Y年%-m月%-d日").to_string()) "）" },
            None => "なし",
        }
    }
}

/// 「介護保険、認知症」
pub fn topics(set: Topics, list: &[Topic]) -> String {
    let chosen = list.iter().filter(|one| set.has(one.code));
    chosen
        .map(|one| one.word.as_str())
        .collect::<Vec<_>>()
        .join("、")
}

/// Where it stands, as a chip.
pub fn state_chip(state: State) -> Markup {
    let tone = match state {
        State::Open => Tone::Notice,
        State::Closed => Tone::Plain,
        State::Struck => Tone::Warning,
    };
    look::chip(tone, state.word())
}

/// How soon, as a chip; the usual says nothing.
pub fn urgency_chip(urgency: Urgency) -> Markup {
    html! {
        @match urgency {
            Urgency::Usual => {},
            Urgency::Soon => (look::chip(Tone::Warning, urgency.word())),
            Urgency::Now => (look::chip(Tone::Danger, urgency.word())),
        }
    }
}

/// What somebody is called, or what stands for a name.
pub fn called(name: &str, about: About) -> &str {
    match (name, about) {
        ("", about) => about.word(),
        (name, _) => name,
    }
}

/// 「今日 14:20」「11月20日 14:20」「2025年3月2日」, with the full time behind it.
fn received(at: Timestamp, now: Timestamp) -> Markup {
    let (zoned, today) = (in_japan(at), in_japan(now).date());
    if (today - zoned.date()).get_days() < 2 {
        return moment(at, now);
    }
    let form = match zoned.year() == today.year() {
        true => "%-m月%-d日 %-H:%M",
        false => "%Y年%-m月%-d日",
    };
    let full = zoned.strftime("%Y年%-m月%-d日 %-H:%M").to_string();
    let iso = zoned.strftime("%Y-%m-%dT%H:%M:%S+09:00").to_string();
    look::moment(&zoned.strftime(form).to_string(), &full, &iso)
}

/// Consultations as a table.
pub fn table(
    (caption, now): (&str, Timestamp),
    listed: &[Listed],
    names: &Names,
    list: &[Topic],
) -> Markup {
    let head = [
        "受付",
        "だれのこと",
        "方法・だれから",
        "内容",
        "状態",
        "受けた人",
    ]
    .map(Head::new);
    let rows: Vec<Vec<Markup>> = listed
        .iter()
        .map(|one| row(one, now, names, list))
        .collect();
    look::table(caption, &head, &rows)
}

fn row(one: &Listed, now: Timestamp, names: &Names, list: &[Topic]) -> Vec<Markup> {
    let by = one.by.map_or("", |staff| names.actor(Actor::Staff(staff)));
    vec![
        html! { a href={ "/consultations/" (one.id) } { (received(one.at, now)) } },
        html! { (called(&one.name, one.codes.about)) },
        html! { (one.codes.way.word()) "・" (one.codes.from.word()) },
        html! { (topics(one.codes.topics, list)) " " (urgency_chip(one.codes.urgency)) },
        html! {
            (state_chip(one.state))
            @if let Some(day) = one.next_on { br; small { "次は" (day.strftime("%-m月%-d日").to_string()) } }
        },
        html! { (by) br; small { (names.center(Some(one.center))) } },
    ]
}
