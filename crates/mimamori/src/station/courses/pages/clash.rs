//! What clashes, as it is shown before anything is kept.

use maud::{Markup, html};

use super::typed::Typed;
use crate::front::look::{self, Choice, Field, Head, Tone};
use crate::station::courses::rules::{Both, Clash, Place, day_words};

/// More clashes than anybody reads at once.
const MOST: usize = 30;

/// A table of what clashes.
pub fn table(clashes: &[Clash], places: &[Place]) -> Markup {
    let head = ["日", "重なり", "講座", "もう一方"].map(Head::new);
    let rows: Vec<Vec<Markup>> = clashes
        .iter()
        .take(MOST)
        .map(|clash| row(clash, places))
        .collect();
    html! {
        (look::table("重なっているもの", &head, &rows))
        @if clashes.len() > MOST { p { "ほかに" (clashes.len() - MOST) "件あります。" } }
    }
}

fn row(clash: &Clash, places: &[Place]) -> Vec<Markup> {
    let place = places
        .iter()
        .find(|place| Some(place.id) == clash.one.place);
    let what = match clash.both {
        Both::Place => format!("会場（{}）", place.map_or("", |place| &place.word)),
        Both::Teacher => format!("講師（{}）", clash.one.teacher),
    };
    let course = |of: &crate::station::courses::rules::Booking| {
        html! { (of.title) " " (of.hours.to_string()) }
    };
    vec![
        html! { (day_words(clash.one.day)) },
        html! { (what) },
        course(&clash.one),
        course(&clash.other),
    ]
}

/// Whether the form says that it is to be kept all the same.
pub fn is_meant(typed: &Typed) -> bool {
    typed.of("anyway") == "yes"
}

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
