//! One screen for one call: number, caller, what may be told, whom to call, the end.

use axum::extract::Path;
use maud::{Markup, html};

use super::said::{kind_word, moment};
use super::seen::{self, Seen};
use super::{caller, closing, contacts, counter, tiers};
use crate::desk::rules::{Holder, State, StepKind, Tier};
use crate::front::look::{
    self, Entry, Event, Field, Kind, Link, Problems, Step, StepState, Weight, field,
};
use crate::front::{Asked, Place, Problem};
use crate::ids::InquiryId;
use crate::scope::{Actor, Right, Role};

pub async fn page(asked: Asked, Path(id): Path<InquiryId>) -> Result<Markup, Problem> {
    show(&asked, id, &Again::default()).await
}

/// What a refused form of this page brings back.
#[derive(Default)]
pub struct Again {
    /// Words beside the fields.
    pub problems: Problems,
    /// The caller as typed.
    pub caller: Option<caller::Typed>,
    /// The ending as typed.
    pub ending: Option<closing::Typed>,
    /// The note as typed.
    pub note: String,
    /// The words of a hand-over as typed.
    pub hand_over: String,
}

/// The page, with what a refused form brings back.
pub async fn show(asked: &Asked, id: InquiryId, again: &Again) -> Result<Markup, Problem> {
    let seen = seen::see(asked, id).await?;
    let open = seen.inquiry.state == State::Open;
    let told = seen.is_told(Tier::Identity);
    let beside = (asked.app.beside)(asked, &seen.inquiry).await?;
    let main = html! {
        (tiers::standing(&seen.view))
        (beside)
        @if !open { (closing::ended(&seen)) }
        // Who calls comes first until something may be said; then what is said does.
        @if !told { section #caller { (caller::part(&seen, again)) } }
        section #tiers { (tiers::tiers(asked, &seen)) }
        @if told {
            section #calls { (contacts::contacts(&seen, asked.deed.now)) }
            section #caller { (caller::part(&seen, again)) }
        }
        @if open { section #ending { (closing::form(&seen, again)) } }
    };
    let body = html! {
        (look::problem_summary(&again.problems))
        (number(&seen))
        (steps(&seen))
        (look::sheet(main, side(asked, &seen, again)))
    };
    asked.page(Place::Desk, "照会", body)
}

fn number(seen: &Seen) -> Markup {
    html! {
        @match &seen.number {
            Some((shown, spoken)) => {
                @let groups: Vec<&str> = shown.split('-').collect();
                (look::big_number(&groups, spoken))
            }
            None => p { "名前で探してはじめた照会です（番号なし）。" }
        }
    }
}

fn steps(seen: &Seen) -> Markup {
    let known = seen.inquiry.kind.is_some();
    let told = seen.is_told(Tier::Identity);
    let called = seen.steps.iter().any(|step| step.kind == StepKind::Call);
    let ended = seen.inquiry.state == State::Closed;
    let done = [true, known, told, called, ended];
    let now = done.iter().position(|done| !done);
    let state = |at: usize| match done[at] {
        true => StepState::Done,
        false if now == Some(at) => StepState::Now,
        false => StepState::Later,
    };
    let step = |at, label, href| Step {
        label,
        state: state(at),
        href: Some(href),
    };
    look::steps(
        "照会の流れ",
        &[
            Step {
                label: "番号",
                state: StepState::Done,
                href: None,
            },
            step(1, "相手", "#caller"),
            step(2, "伝えること", "#tiers"),
            step(3, "連絡", "#calls"),
            step(4, "終わり", "#ending"),
        ],
    )
}

fn side(asked: &Asked, seen: &Seen, again: &Again) -> Markup {
    html! {
        (facts(asked, seen))
        @if seen.inquiry.state == State::Open { (hands(asked, seen, again)) }
        (note(seen, again))
        (history(asked, seen))
    }
}

fn facts(asked: &Asked, seen: &Seen) -> Markup {
    let inquiry = &seen.inquiry;
    let holder = match inquiry.holder {
        Holder::Staff(id) => seen.name(Some(id)).to_owned(),
        Holder::OfferedTo(id) => format!("{}さんへ引き継ぎ待ち", seen.name(Some(id))),
        Holder::OfferedRole(role) => format!("{}へ引き継ぎ待ち", role.word()),
        Holder::Nobody => "まだいません".to_owned(),
    };
    let entries = [
        Entry::new("はじまり", moment(inquiry.opened_at, asked.deed.now)),
        Entry::new(
            "相手",
            html! { (counter::came(inquiry)) (kind_word(inquiry.kind)) },
        ),
        Entry::new("担当する人", html! { (holder) }),
        Entry::new("担当センター", html! { (seen.center) }),
    ];
    html! {
        (look::record(&entries))
        @if asked.may(Right::ReadPeople) {
            p { (look::text_link(Link::new("登録者の記録をひらく", &format!("/people/{}", inquiry.person)))) }
        }
    }
}

/// Between day and night, by name.
fn hands(asked: &Asked, seen: &Seen, again: &Again) -> Markup {
    let path = counter::path(seen.inquiry.id);
    let mine = match (seen.inquiry.holder, asked.deed.scope.actor) {
        (Holder::Staff(holder), Actor::Staff(me)) => holder == me,
        _ => false,
    };
    let mut choices = vec![
        look::Choice::new("role:night_desk", "夜間窓口のだれか"),
        look::Choice::new("role:center_staff", "センターのだれか"),
    ];
    let people: Vec<(String, String)> = seen
        .colleagues
        .iter()
        .map(|(id, role, name)| (id.to_string(), format!("{name}（{}）", role.word())))
        .collect();
    choices.extend(people.iter().map(|(id, name)| look::Choice::new(id, name)));
    html! {
        @if !mine { (look::act(Weight::Primary, "この照会を受け取る", "", &format!("{path}/take"), &[])) }
        (look::section("引き継ぐ", look::form(&format!("{path}/hand-over"), html! {
            (look::select(&Field { name: "to", label: "だれに", value: default_to(asked), problem: again.problems.of("to"), ..Field::default() }, &choices))
            (field(&Field { name: "words", label: "申し送り", hint: "例：一郎さんに留守電ずみ。7時にかけなおす。", value: &again.hand_over, kind: Kind::Textarea, ..Field::default() }))
            div.buttons { button.button.secondary type="submit" { "引き継ぐ" } }
        })))
    }
}

/// The night hands over to the day, and the day to the night.
fn default_to(asked: &Asked) -> &'static str {
    if asked.session.role == Role::NightDesk {
        "role:center_staff"
    } else {
        "role:night_desk"
    }
}

fn note(seen: &Seen, again: &Again) -> Markup {
    let action = format!("{}/notes", counter::path(seen.inquiry.id));
    look::section(
        "メモ",
        look::form(
            &action,
            html! {
                (field(&Field { name: "note", label: "書いておくこと", value: &again.note, problem: again.problems.of("note"), kind: Kind::Textarea, ..Field::default() }))
                div.buttons { button.button.secondary type="submit" { "メモを残す" } }
            },
        ),
    )
}

/// Everything that happened, the newest first.
fn history(asked: &Asked, seen: &Seen) -> Markup {
    let now = asked.deed.now;
    let mut events: Vec<(jiff::Timestamp, Event<'_>)> = Vec::new();
    let opened = &seen.inquiry;
    events.push((
        opened.opened_at,
        event(
            seen,
            opened.opened_at,
            opened.opened_by,
            now,
            html! { "照会をはじめました" },
        ),
    ));
    for told in &seen.told {
        let words = html! { strong { (told.tier.word()) } "をひらきました" p { (seen.bases.words(told.basis)) } };
        events.push((told.at, event(seen, told.at, told.by, now, words)));
    }
    for step in &seen.steps {
        events.push((
            step.at,
            event(seen, step.at, step.by, now, html! { (step_words(step)) }),
        ));
    }
    if let Some(at) = opened.ended_at {
        events.push((at, event(seen, at, None, now, html! { "照会を終えました" })));
    }
    events.sort_by_key(|(at, _)| std::cmp::Reverse(*at));
    let events: Vec<Event<'_>> = events.into_iter().map(|(_, event)| event).collect();
    look::section("経過", look::timeline(&events))
}

fn event<'a>(
    seen: &'a Seen,
    at: jiff::Timestamp,
    by: Option<crate::ids::StaffId>,
    now: jiff::Timestamp,
    what: Markup,
) -> Event<'a> {
    let who = if by.is_some() { seen.name(by) } else { "" };
    Event {
        when: moment(at, now),
        who,
        what,
    }
}

fn step_words(step: &crate::desk::rules::Step) -> String {
    match (step.kind, Role::from_code(&step.said.name)) {
        (StepKind::HandOver, Some(role)) => {
            format!("{}へ引き継ぎ {}", role.word(), step.said.words)
        }
        _ => step.line(),
    }
}
