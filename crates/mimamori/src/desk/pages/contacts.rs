//! Whom to call, in order, and what came of it.

use jiff::Timestamp;
use maud::{Markup, html};

use super::said::clock;
use super::seen::Seen;
use crate::clock::in_japan;
use crate::desk::rules::{CALL_OUTCOMES, CallOutcome, MailState, Step, StepKind};
use crate::front::look::{self, Attempt, CallRow, Confirmed, Phone, Tone, Weight};
use crate::ids::InquiryId;
use crate::people::{Contact, Contacts, Kept};

/// The contacts of an inquiry just opened: nobody was called yet.
pub fn fresh(inquiry: InquiryId, contacts: &Kept<Contacts>, now: Timestamp) -> Markup {
    list(Some(inquiry), contacts, now, |_| Vec::new())
}

/// The contacts for a partner, who calls them without telling us how it went.
pub fn listed(contacts: &Kept<Contacts>, now: Timestamp) -> Markup {
    list(None, contacts, now, |_| Vec::new())
}

/// The contacts of an inquiry with every attempt so far.
pub fn contacts(seen: &Seen, now: Timestamp) -> Markup {
    let calls = |at: usize| {
        let calls = seen
            .steps
            .iter()
            .filter(|step| step.kind == StepKind::Call && step.contact == Some(at));
        calls.map(|step| attempt(seen, step, now)).collect()
    };
    let open = seen.inquiry.must_be_open().is_ok();
    html! {
        (list(open.then_some(seen.inquiry.id), &seen.view.contacts, now, calls))
        (mails(seen))
    }
}

fn attempt(seen: &Seen, step: &Step, now: Timestamp) -> (String, &'static str, String) {
    let outcome = CallOutcome::from_code(&step.outcome).map_or("", CallOutcome::word);
    (clock(step.at, now), outcome, seen.name(step.by).to_owned())
}

fn list(
    inquiry: Option<InquiryId>,
    contacts: &Kept<Contacts>,
    now: Timestamp,
    attempts: impl Fn(usize) -> Vec<(String, &'static str, String)>,
) -> Markup {
    let all = &contacts.value.0;
    look::section(
        "連絡する順番",
        html! {
            @if all.is_empty() {
                (look::notice(Tone::Warning, "緊急連絡先がありません", html! { p { "センターの記録か、本人の電話をお確かめください。" } }))
            } @else {
                ol.calls { @for (at, contact) in all.iter().enumerate() {
                    (row(inquiry, at, contact, contacts, now, &attempts(at)))
                } }
            }
        },
    )
}

fn row(
    inquiry: Option<InquiryId>,
    at: usize,
    contact: &Contact,
    group: &Kept<Contacts>,
    now: Timestamp,
    attempts: &[(String, &'static str, String)],
) -> Markup {
    let uris: Vec<(String, String)> = contact
        .phones
        .iter()
        .map(|phone| (phone.tel_uri(), phone.to_string()))
        .collect();
    let phones: Vec<Phone<'_>> = uris
        .iter()
        .map(|(uri, shown)| Phone {
            label: "",
            tel: uri.trim_start_matches("tel:"),
            shown,
        })
        .collect();
    let attempts: Vec<Attempt<'_>> = attempts
        .iter()
        .map(|(when, outcome, who)| Attempt { when, outcome, who })
        .collect();
    let today = in_japan(now).date();
    let confirmed = contact.confirmed.or(group.confirmed);
    let words = confirmed.map_or("未確認".to_owned(), |confirmed| confirmed.words(today));
    let stale = confirmed.is_none_or(|confirmed| confirmed.is_stale(today));
    look::call_row(&CallRow {
        order: u32::try_from(at + 1).unwrap_or(u32::MAX),
        name: &contact.name,
        reading: "",
        relation: &contact.relation,
        phones: &phones,
        note: &format!("伝えてよいこと：{}", contact.may_be_told.word()),
        confirmed: Some(Confirmed {
            text: &words,
            stale,
        }),
        action: &inquiry
            .map(|id| format!("/desk/inquiries/{id}/calls/{at}"))
            .unwrap_or_default(),
        outcomes: if inquiry.is_some() {
            &CALL_OUTCOMES
        } else {
            &[]
        },
        attempts: &attempts,
    })
}

/// Mail to those who agreed: it asks for a call and says nothing about the person.
fn mails(seen: &Seen) -> Markup {
    let all = seen.view.contacts.value.0.iter().enumerate();
    let agreed: Vec<(usize, &Contact)> = all
        .filter(|(_, contact)| {
            contact
                .mail
                .as_ref()
                .is_some_and(|mail| mail.agreed_on.is_some())
        })
        .collect();
    html! {
        @if !agreed.is_empty() {
            (look::section("メールで「お電話ください」と知らせる", html! {
                p { "メールに同意のある方だけです。本人の名前・場所・からだのことは書きません。" }
                ul { @for (at, contact) in agreed { li { (mail(seen, at, contact)) } } }
            }))
        }
    }
}

fn mail(seen: &Seen, at: usize, contact: &Contact) -> Markup {
    let state = seen
        .mails
        .iter()
        .rev()
        .find(|(of, _)| *of == at)
        .map(|(_, state)| *state);
    let action = format!("/desk/inquiries/{}/mails/{at}", seen.inquiry.id);
    let tone = match state {
        Some(MailState::Sent) => Tone::Good,
        Some(MailState::GivenUp) => Tone::Danger,
        _ => Tone::Notice,
    };
    html! {
        (contact.name) " "
        @if let Some(state) = state { (look::chip(tone, state.word())) " " }
        @if seen.inquiry.must_be_open().is_ok() {
            (look::act(Weight::Secondary, "メールを送る", &contact.name, &action, &[]))
        }
    }
}
