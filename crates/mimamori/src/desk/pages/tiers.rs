//! What may be told, large and in reading order, and the act that opens the next tier.

use jiff::civil::Date;
use maud::{Markup, html};

use super::consent;
use super::said::Bases;
use super::seen::Seen;
use crate::clock::in_japan;
use crate::desk::rules::{CallerKind, Naming, Spoken, Tier, aloud, care_lines, medical_lines};
use crate::front::Asked;
use crate::front::look::{self, Choice, Confirmed, Entry, Field, Said, Tone};
use crate::networks::LEGAL_BASES;
use crate::people::{Consent, DeskView, Kept, Medical, State};

/// Lines as the desk reads them out.
pub fn read_aloud(heading: &str, lines: &[Spoken]) -> Markup {
    let said: Vec<Said<'_>> = lines
        .iter()
        .map(|line| Said {
            label: &line.label,
            text: &line.text,
            reading: &line.reading,
            confirmed: confirmed(line),
        })
        .collect();
    look::read_aloud(heading, &said)
}

fn confirmed(line: &Spoken) -> Option<Confirmed<'_>> {
    let (text, stale) = line.confirmed.as_ref()?;
    Some(Confirmed {
        text,
        stale: *stale,
    })
}

/// The first tier for this caller, with the legal basis it was opened on.
pub fn identity(kind: CallerKind, view: &DeskView, today: Date, basis: &str) -> Markup {
    let aloud = aloud(kind, view, today);
    html! {
        (read_aloud(&aloud.heading, &aloud.say))
        @if !aloud.keep.is_empty() { (kept(&aloud.keep)) }
        p.basis { "開示の根拠：" (basis) }
        (consent::line(Tier::Identity, &view.consent.value, Naming::Named))
        (consent::fresh(view.consent.confirmed, today))
    }
}

/// The medical tier, with the legal basis it was opened on.
pub fn medical(
    heading: &str,
    medical: &Kept<Medical>,
    consent: &Consent,
    today: Date,
    basis: &str,
) -> Markup {
    html! {
        (read_aloud(heading, &medical_lines(medical, today)))
        p.basis { "開示の根拠：" (basis) }
        (consent::line(Tier::Medical, consent, Naming::Named))
    }
}

/// What the desk sees and does not say.
fn kept(lines: &[Spoken]) -> Markup {
    let entries: Vec<Entry<'_>> = lines
        .iter()
        .map(|line| Entry {
            confirmed: confirmed(line),
            ..Entry::new(
                &line.label,
                html! {
                    (line.text) @if !line.reading.is_empty() { "（" (line.reading) "）" }
                },
            )
        })
        .collect();
    look::section(
        "窓口だけで見ること（相手には伝えません）",
        look::record(&entries),
    )
}

/// Says first that the tag's owner is not, or no longer, registered.
pub fn standing(view: &DeskView) -> Markup {
    let on = view
        .standing
        .state_on
        .map(|day| day.strftime("%Y年%-m月%-d日").to_string());
    let on = on.unwrap_or_default();
    let (title, words) = match view.standing.state {
        // A merged record is read as the one it was merged into.
        State::Registered | State::Merged => return html! {},
        State::MovedAway => (
            "この方は転出しています",
            "記録は転出のときのままで、いまと違うかもしれません。命に関わるときだけ、根拠を選んでひらいてください。",
        ),
        State::Died => (
            "この方は亡くなっています",
            "番号の付いた物だけが見つかったのかもしれません。どこで、だれが持っていたかをうかがってください。",
        ),
        State::Withdrawn => (
            "この方は登録を辞退しています",
            "窓口から記録をひらくことはできません。けがや急な様子の変化があれば119番を案内してください。",
        ),
    };
    look::notice(Tone::Danger, title, html! { p { (on) " " (words) } })
}

/// Every tier of an inquiry: what was opened, and what can be.
pub fn tiers(asked: &Asked, seen: &Seen) -> Markup {
    let today = in_japan(asked.deed.now).date();
    html! { @for tier in Tier::ALL { (tier_part(asked, seen, *tier, today)) } }
}

fn tier_part(asked: &Asked, seen: &Seen, tier: Tier, today: Date) -> Markup {
    match seen.told.iter().find(|told| told.tier == tier) {
        Some(told) => shown(seen, tier, today, seen.bases.words(told.basis)),
        None => closed(asked, seen, tier),
    }
}

fn shown(seen: &Seen, tier: Tier, today: Date, basis: &str) -> Markup {
    match tier {
        Tier::Identity => {
            let kind = seen.inquiry.kind.unwrap_or(CallerKind::Passer);
            identity(kind, &seen.view, today, basis)
        }
        Tier::Medical => html! { @if let Some(medical) = &seen.medical {
            (self::medical("救急隊・病院に伝えてよい医療情報", medical, &seen.view.consent.value, today, basis))
        } },
        Tier::Rest => html! { @if let Some(care) = &seen.care {
            (read_aloud("センター職員だけが見る記録", &care_lines(care, today)))
            p.basis { "利用の根拠：" (basis) }
            (consent::line(tier, &seen.view.consent.value, Naming::Named))
        } },
    }
}

fn closed(asked: &Asked, seen: &Seen, tier: Tier) -> Markup {
    let inquiry = &seen.inquiry;
    let may = tier.is_open_to(&asked.deed.scope, inquiry.kind) && inquiry.must_be_open().is_ok();
    let naming = if seen.is_told(Tier::Identity) {
        Naming::Named
    } else {
        Naming::Unnamed
    };
    let needs_caller = tier == Tier::Identity && inquiry.kind.is_none();
    html! {
        @if needs_caller {
            (look::notice(Tone::Notice, "まだ何もひらいていません", html! {
                p { "先に「相手」を選んでください。相手によって、伝えてよいことと根拠が決まります。" }
            }))
        } @else if may {
            (open_form(&inquiry.id.to_string(), (tier, inquiry.kind), (&seen.view.consent.value, naming), &seen.bases))
        }
    }
}

/// The act that opens a tier: it can't be undone, so it says first what will happen, and whether
/// the person agreed. The basis that fits comes first; a page that has not read the town's words
/// for it names it in short.
pub fn open_form(
    inquiry: &str,
    (tier, kind): (Tier, Option<CallerKind>),
    (consent, naming): (&Consent, Naming),
    bases: &Bases,
) -> Markup {
    let first = tier.first_basis(kind, consent);
    let label = |basis| match bases.words(basis) {
        "" if basis == first => basis.short(),
        words => words,
    };
    let mut choices: Vec<Choice<'_>> = LEGAL_BASES
        .iter()
        .map(|basis| Choice::new(basis.code(), label(*basis)))
        .filter(|choice| !choice.label.is_empty())
        .collect();
    choices.sort_by_key(|choice| choice.value != first.code());
    let name = format!("basis-{}", tier.code());
    look::section(
        tier.word(),
        look::form(
            &format!("/desk/inquiries/{inquiry}/disclosures"),
            html! {
                (consent::before(tier, kind, consent, naming))
                p { "ひらくと、だれが・いつ・どの根拠でひらいたかが記録に残ります。取り消せません。" }
                (look::hidden("tier", tier.code()))
                (look::select(&Field { name: &name, label: "根拠", value: first.code(), ..Field::default() }, &choices))
                div.buttons { button.button.primary type="submit" { (tier.word()) "をひらく" } }
            },
        ),
    )
}
