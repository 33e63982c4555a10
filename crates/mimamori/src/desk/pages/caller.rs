//! Who calls, from where, what happened, and how it was made sure.

use maud::{Markup, html};
use serde::Deserialize;

use super::counter;
use super::inquiry::Again;
use super::seen::Seen;
use crate::desk::rules::{Caller, CallerKind, State, Verified};
use crate::front::look::{self, Choice, Entry, Field, Kind, field};
use crate::ids::RowId;
use crate::networks::Organisation;

/// The form as typed.
#[derive(Clone, Default, Deserialize)]
#[serde(default)]
pub struct Typed {
    pub version: i64,
    pub caller: String,
    pub listed: String,
    pub organisation: String,
    pub name: String,
    pub call_back: String,
    pub place: String,
    pub happened: String,
    pub verified: String,
}

impl Typed {
    fn of(seen: &Seen) -> Typed {
        let (inquiry, caller) = (&seen.inquiry, &seen.inquiry.caller);
        Typed {
            version: inquiry.caller_version,
            caller: inquiry.kind.map_or("", CallerKind::code).to_owned(),
            listed: caller.listed.map(|id| id.to_string()).unwrap_or_default(),
            organisation: caller.organisation.clone(),
            name: caller.name.clone(),
            call_back: caller.call_back.clone(),
            place: caller.place.clone(),
            happened: caller.happened.clone(),
            verified: caller.verified.clone(),
        }
    }

    /// What is kept; the name of a listed organisation is the directory's.
    pub fn caller(&self, directory: &[Organisation]) -> Caller {
        let listed: Option<RowId> = self.listed.parse().ok();
        let listed = listed.and_then(|id| directory.iter().find(|one| one.id == id));
        let trimmed = |text: &str| text.trim().to_owned();
        Caller {
            listed: listed.map(|one| one.id),
            organisation: listed
                .map_or_else(|| trimmed(&self.organisation), |one| one.name.clone()),
            name: trimmed(&self.name),
            call_back: trimmed(&self.call_back),
            place: trimmed(&self.place),
            happened: trimmed(&self.happened),
            verified: Verified::from_code(&self.verified)
                .map_or("", Verified::code)
                .to_owned(),
        }
    }
}

/// The caller: a form while the inquiry is open, a record after.
pub fn part(seen: &Seen, again: &Again) -> Markup {
    if seen.inquiry.state == State::Closed {
        return record(&seen.inquiry.caller);
    }
    let typed = again.caller.clone().unwrap_or_else(|| Typed::of(seen));
    look::section(
        "相手",
        look::form(
            &format!("{}/caller", counter::path(seen.inquiry.id)),
            html! {
                (look::hidden("version", &typed.version.to_string()))
                (counter::caller_kinds(&typed.caller, "電話の相手", &seen.bases))
                (listed(seen, &typed))
                (field(&Field { name: "organisation", label: "所属（名簿にないとき）", value: &typed.organisation, ..Field::default() }))
                (field(&Field { name: "name", label: "お名前", value: &typed.name, ..Field::default() }))
                (field(&Field { name: "call_back", label: "折り返しの番号", value: &typed.call_back, kind: Kind::Tel, ..Field::default() }))
                (known_phones(seen))
                (verified(&typed.verified))
                (field(&Field { name: "place", label: "いまいる場所", hint: "例：みなみ駅北口の交番", value: &typed.place, kind: Kind::Long, ..Field::default() }))
                (field(&Field { name: "happened", label: "何がありましたか", value: &typed.happened,
                    problem: again.problems.of("happened"), kind: Kind::Textarea, ..Field::default() }))
                div.buttons { button.button.secondary type="submit" { "相手の記録を残す" } }
            },
        ),
    )
}

fn listed(seen: &Seen, typed: &Typed) -> Markup {
    let kinds = seen.inquiry.kind.map_or(&[][..], CallerKind::organisations);
    let open = seen
        .organisations
        .iter()
        .filter(|one| one.closed_at.is_none());
    let ids: Vec<(String, &str)> = open
        .filter(|one| kinds.is_empty() || kinds.contains(&one.kind))
        .map(|one| (one.id.to_string(), one.name.as_str()))
        .collect();
    let mut choices = vec![Choice::new("", "名簿にない・選ばない")];
    choices.extend(ids.iter().map(|(id, name)| Choice::new(id, name)));
    look::select(
        &Field {
            name: "listed",
            label: "所属（町の名簿から）",
            value: &typed.listed,
            ..Field::default()
        },
        &choices,
    )
}

/// The directory's numbers: a caller is called back there, not on the number they give.
fn known_phones(seen: &Seen) -> Markup {
    let chosen = seen
        .organisations
        .iter()
        .find(|one| Some(one.id) == seen.inquiry.caller.listed);
    html! {
        @if let Some(chosen) = chosen {
            (look::notice(look::Tone::Notice, "折り返すときは、名簿の番号へ", html! {
                p { (chosen.name) }
                @for phone in &chosen.phones { p { a.dial href=(phone.tel_uri()) { span.dial-number { (phone) } } } }
            }))
        }
    }
}

fn verified(chosen: &str) -> Markup {
    let choices: Vec<Choice<'_>> = Verified::ALL
        .iter()
        .map(|how| Choice::new(how.code(), how.word()))
        .collect();
    look::radios(
        &Field {
            name: "verified",
            label: "相手をどう確かめましたか",
            value: chosen,
            ..Field::default()
        },
        &choices,
    )
}

fn record(caller: &Caller) -> Markup {
    let verified = caller.verified().map_or("—", Verified::word);
    let line = |label, text: &str| {
        Entry::new(
            label,
            html! { @if text.is_empty() { "—" } @else { (text) } },
        )
    };
    look::section(
        "相手",
        look::record(&[
            line("相手", &caller.who()),
            line("折り返し", &caller.call_back),
            line("場所", &caller.place),
            line("何があったか", &caller.happened),
            line("確かめ方", verified),
        ]),
    )
}
