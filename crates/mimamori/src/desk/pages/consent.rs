//! Whether the person agreed to a tier: beside what is open, before what is to be opened, and for
//! other programs.

use jiff::civil::Date;
use maud::{Markup, html};
use serde::Serialize;

use crate::desk::rules::{CallerKind, Consented, Naming, Tier, without_consent};
use crate::front::look::{self, Tone};
use crate::people::{AnsweredBy, Confirmed, Consent};
use crate::scope::Scope;

/// Where the tier stands, in a chip and a sentence.
pub fn line(tier: Tier, consent: &Consent, naming: Naming) -> Markup {
    let stands = tier.consented(consent);
    let tone = match (stands, tier) {
        (Consented::Given, _) => Tone::Good,
        (Consented::NotAsked, Tier::Rest) => Tone::Plain,
        (Consented::Refused | Consented::Withdrawn | Consented::NotAsked, _) => Tone::Warning,
    };
    html! {
        p.consent { (look::chip(tone, stands.word())) " " (tier.consent_words(consent, naming)) }
    }
}

/// When the answers of all tiers were last gone through.
pub fn fresh(confirmed: Option<Confirmed>, today: Date) -> Markup {
    let words = confirmed.map_or("登録のあと未確認".to_owned(), |one| {
        one.words(today)
    });
    let stale = confirmed.is_none_or(|one| one.is_stale(today));
    let tone = if stale { Tone::Warning } else { Tone::Plain };
    html! { p { (look::chip(tone, &format!("同意の内容：{words}"))) } }
}

/// The same before the tier is opened: where consent does not cover it, what does.
pub fn before(tier: Tier, kind: Option<CallerKind>, consent: &Consent, naming: Naming) -> Markup {
    let covers = tier.consented(consent) == Consented::Given;
    html! {
        (line(tier, consent, naming))
        @if !covers && tier != Tier::Rest { p { (without_consent(tier.first_basis(kind, consent))) } }
    }
}

/// The same for other programs.
#[derive(Serialize)]
pub struct Answered {
    /// `identity`, `medical`, `rest`.
    tier: &'static str,
    /// `given`, `refused`, `withdrawn`, `not_asked`.
    answer: &'static str,
    /// The day of the answer.
    #[serde(skip_serializing_if = "Option::is_none")]
    on: Option<String>,
    /// The day on which it was taken back.
    #[serde(skip_serializing_if = "Option::is_none")]
    withdrawn_on: Option<String>,
    /// `person` or `proxy`.
    #[serde(skip_serializing_if = "Option::is_none")]
    by: Option<&'static str>,
    /// Code of the legal basis that the page offers first.
    first_basis: &'static str,
    /// The sentence of the page.
    words: String,
}

/// Every tier that this account may open for such a caller.
pub fn answered(scope: &Scope, kind: CallerKind, consent: &Consent) -> Vec<Answered> {
    let tiers = Tier::ALL.iter().copied();
    tiers
        .filter(|tier| tier.is_open_to(scope, Some(kind)))
        .map(|tier| one(tier, kind, consent))
        .collect()
}

fn one(tier: Tier, kind: CallerKind, consent: &Consent) -> Answered {
    let stands = tier.consented(consent);
    let given = tier
        .answer(consent)
        .filter(|_| stands != Consented::NotAsked);
    let by = |by: &AnsweredBy| match by {
        AnsweredBy::Person => "person",
        AnsweredBy::Proxy { .. } => "proxy",
    };
    Answered {
        tier: tier.code(),
        answer: stands.code(),
        on: given.and_then(|given| given.on).map(|day| day.to_string()),
        withdrawn_on: given
            .and_then(|given| given.withdrawn_on)
            .map(|day| day.to_string()),
        by: given.map(|given| by(&given.by)),
        first_basis: tier.first_basis(Some(kind), consent).code(),
        words: tier.consent_words(consent, Naming::Named),
    }
}
