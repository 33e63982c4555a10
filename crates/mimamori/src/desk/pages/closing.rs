//! The end: where the person is, what was told to whom, what the center should do.

use maud::{Markup, html};
use serde::Deserialize;

use super::counter;
use super::inquiry::Again;
use super::said::kind_word;
use super::seen::Seen;
use crate::desk::rules::Ending;
use crate::front::look::{self, Choice, Entry, Field, Kind, Tone, field};

/// The form as typed.
#[derive(Clone, Default, Deserialize)]
#[serde(default)]
pub struct Typed {
    pub version: i64,
    #[serde(rename = "ending_place")]
    pub place: String,
    /// `yes` where nobody knows.
    pub unknown: String,
    pub told: String,
    pub wish: String,
}

impl Typed {
    /// What is kept.
    pub fn ending(&self) -> Ending {
        Ending {
            place: self.place.trim().to_owned(),
            place_unknown: self.unknown == "yes",
            told: self.told.trim().to_owned(),
            wish: self.wish.trim().to_owned(),
        }
    }

    fn of(seen: &Seen) -> Typed {
        Typed {
            version: seen.inquiry.version,
            told: told(seen),
            ..Typed::default()
        }
    }
}

/// What was told to whom, as the disclosures have it.
fn told(seen: &Seen) -> String {
    let kind = seen.inquiry.kind;
    let who = match seen.inquiry.caller.who() {
        who if who.is_empty() => kind_word(kind).to_owned(),
        who => who,
    };
    let hears = kind.is_some_and(|kind| kind.hears_identity());
    let tiers: Vec<&str> = seen.told.iter().map(|told| told.tier.word()).collect();
    match (hears, tiers.is_empty()) {
        (_, true) => "何も伝えていません。".to_owned(),
        (true, false) => format!("{who}に：{}", tiers.join("、")),
        (false, false) => format!("{who}には、名前と住所を伝えていません。"),
    }
}

/// The form that ends an inquiry.
pub fn form(seen: &Seen, again: &Again) -> Markup {
    let typed = again.ending.clone().unwrap_or_else(|| Typed::of(seen));
    let ticked: &[&str] = if typed.unknown == "yes" {
        &["yes"]
    } else {
        &[]
    };
    let unknown = Field {
        name: "unknown",
        label: "場所がわからないとき",
        ..Field::default()
    };
    look::section(
        "終わり",
        look::form(
            &format!("{}/ending", counter::path(seen.inquiry.id)),
            html! {
                (look::hidden("version", &typed.version.to_string()))
                (field(&Field { name: "ending_place", label: "本人はいまどこにいますか", hint: "例：みなみ総合病院に運ばれた。長女が向かっている。",
                    value: &typed.place, problem: again.problems.of("ending_place"), kind: Kind::Long, ..Field::default() }))
                (look::checks(&unknown, &[Choice::new("yes", "わからない")], ticked))
                (field(&Field { name: "told", label: "だれに何を伝えましたか", value: &typed.told, problem: again.problems.of("told"), kind: Kind::Textarea, ..Field::default() }))
                (field(&Field { name: "wish", label: "センターへのお願い", hint: "例：鍵が開いたままかもしれません。", value: &typed.wish, kind: Kind::Textarea, ..Field::default() }))
                p { "終えると、" strong { (seen.center) } " の次の開所日に「様子を確かめる」やることができ、ここまでの経過がすべて入ります。" }
                (look::buttons("照会を終える", None))
            },
        ),
    )
}

/// How it ended.
pub fn ended(seen: &Seen) -> Markup {
    let Some(ending) = &seen.inquiry.ending else {
        return html! {};
    };
    let entries = [
        Entry::new("本人のいる場所", html! { (ending.place_words()) }),
        Entry::new("伝えたこと", html! { (ending.told) }),
        Entry::new("センターへ", html! { (ending.wish) }),
    ];
    look::notice(Tone::Good, "この照会は終わりました", look::record(&entries))
}
