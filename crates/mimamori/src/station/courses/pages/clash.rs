//! What clashes, as it is shown before anything is kept.

use jiff::civil::Date;
use maud::{Markup, html};

use super::typed::Typed;
use crate::front::look::{self, Choice, Field, Head, Tone};
use crate::station::courses::rules::{Booking, Both, Clash, Place, day_words};

/// More pairs than anybody reads at once.
const MOST: usize = 30;

/// More days of one pair than anybody reads at once.
const MOST_DAYS: usize = 8;

/// The days on which the same two clash: every Friday is one thing to settle.
struct Pair<'a> {
    of: &'a Clash,
    days: Vec<Date>,
}

fn pairs(clashes: &[Clash]) -> Vec<Pair<'_>> {
    let key = |of: &Clash| {
        let side = |of: &Booking| (of.series, of.hours, of.place);
        (of.both, side(&of.one), side(&of.other))
    };
    let mut pairs: Vec<Pair<'_>> = Vec::new();
    for of in clashes {
        match pairs.iter_mut().find(|pair| key(pair.of) == key(of)) {
            Some(pair) => pair.days.push(of.one.day),
            None => pairs.push(Pair {
                of,
                days: vec![of.one.day],
            }),
        }
    }
    pairs
}

/// A table of what clashes.
pub fn table(clashes: &[Clash], places: &[Place]) -> Markup {
    let head = ["重なり", "講座", "もう一方", "日"].map(Head::new);
    let pairs = pairs(clashes);
    let shown = pairs.iter().take(MOST);
    let rows: Vec<Vec<Markup>> = shown.map(|pair| row(pair, places)).collect();
    html! {
        (look::table("重なっているもの", &head, &rows))
        @if pairs.len() > MOST { p { "ほかに" (pairs.len() - MOST) "組あります。" } }
    }
}

fn row(pair: &Pair<'_>, places: &[Place]) -> Vec<Markup> {
    let of = pair.of;
    let place = places.iter().find(|place| Some(place.id) == of.one.place);
    let what = match of.both {
        Both::Place => format!("会場（{}）", place.map_or("", |place| &place.word)),
        Both::Teacher => format!("講師（{}）", of.one.teacher),
    };
    let course = |of: &Booking| html! { (of.title) " " (of.hours.to_string()) };
    let days = pair.days.iter().take(MOST_DAYS);
    let days: Vec<String> = days.map(|day| day_words(*day)).collect();
    let rest = pair.days.len().saturating_sub(MOST_DAYS);
    vec![
        html! { (what) },
        course(&of.one),
        course(&of.other),
        html! { (days.join("、")) @if rest > 0 { " ほか" (rest) "日" } },
    ]
}

/// Whether the form says that it is to be kept all the same.
pub fn is_meant(typed: &Typed) -> bool {
    typed.of("anyway") == "yes"
}

/// What is said beside the box.
pub const MEANT: &str =
    "重なりを確かめて、よければ「重なりを承知で保存する」に印をつけてください。";

/// What clashes, with the box that says that it is to be kept all the same.
pub fn question(clashes: &[Clash], places: &[Place]) -> Markup {
    html! {
        @if !clashes.is_empty() {
            (look::notice(Tone::Warning, "会場か講師が、ほかの講座と重なっています", html! {
                (table(clashes, places))
                (look::checks(
                    &Field { name: "anyway", label: "重なっていても保存しますか", ..Field::default() },
                    &[Choice::new("yes", "重なりを承知で保存する")],
                    &[],
                ))
            }))
        }
    }
}
