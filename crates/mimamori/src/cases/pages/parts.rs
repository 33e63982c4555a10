//! What the pages of one case have in common: its head, its sides, names of colleagues.

use jiff::Timestamp;
use jiff::civil::Date;
use maud::{Markup, html};

use super::gate::Opened;
use super::path;
use crate::cases::rules::{Access, Case, State};
use crate::cases::store;
use crate::clock::in_japan;
use crate::front::look::{self, Choice, Tab, Tone};
use crate::front::{Asked, Problem};
use crate::ids::{CaseId, CenterId, StaffId};
use crate::people::{Names, said};
use crate::scope::{Actor, Right};
use crate::staff;

/// Which side of a case a page shows.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// 支援のようす
    Now,
    /// 担当・共有・引き継ぎ
    Sharing,
    /// 書類
    Documents,
    /// 利用者基本情報
    Basics,
}

/// The head of every page of a case.
pub fn head(opened: &Opened, side: Side, names: &Names, today: Date) -> Markup {
    let case = &opened.case;
    let root = path(case.id);
    let to = |end: &str| format!("{root}{end}");
    let hrefs = [to(""), to("/sharing"), to("/documents"), to("/basics")];
    let sides = [
        (Side::Now, "支援のようす"),
        (Side::Sharing, "担当・共有・引き継ぎ"),
        (Side::Documents, "書類"),
        (Side::Basics, "利用者基本情報"),
    ];
    let tabs: Vec<Tab<'_>> = sides
        .iter()
        .zip(&hrefs)
        .map(|((of, label), href)| Tab {
            label,
            href,
            count: None,
            current: *of == side,
        })
        .collect();
    html! {
        @if opened.people.is_empty() {
            p { strong { (case.body.about) } "　" small { "登録者とまだ結びついていません" } }
        }
        @for view in &opened.people { p {
            a href={ "/people/" (view.id) } { strong { (view.identity.value.name) " さん" } }
            "　" (said::born(&view.identity.value.born, today))
            "　" (view.identity.value.living.word())
        } }
        p { (state(case)) " 担当：" (lead(case, names)) "　" (names.center(Some(case.center))) }
        (look::tabs("支援の面", &tabs))
    }
}

fn state(case: &Case) -> Markup {
    html! {
        @match case.state {
            State::Open => (look::chip(Tone::Good, case.state.word())),
            State::Closed => (look::chip(Tone::Plain, case.state.word())),
        }
        @if case.access == Access::Named { " " (look::chip(Tone::Warning, case.access.word())) }
    }
}

/// Who is in charge.
pub fn lead(case: &Case, names: &Names) -> Markup {
    let name = |staff: StaffId| names.actor(Actor::Staff(staff)).to_owned();
    html! {
        @match case.lead {
            Some(lead) => (name(lead)),
            None => "まだ決まっていません",
        }
        @if let Some(second) = case.second { "（副：" (name(second)) "）" }
    }
}

/// Who did something.
pub fn who(names: &Names, staff: Option<StaffId>) -> String {
    let actor = staff.map_or(Actor::Program, Actor::Staff);
    names.actor(actor).to_owned()
}

/// 「2026年11月20日 10:00」
pub fn moment(at: Timestamp) -> String {
    in_japan(at).strftime("%Y年%-m月%-d日 %-H:%M").to_string()
}

/// 「11月20日」, with the year where it is not this one.
pub fn day(day: Date, today: Date) -> String {
    match day.year() == today.year() {
        true => day.strftime("%-m月%-d日").to_string(),
        false => day.strftime("%Y年%-m月%-d日").to_string(),
    }
}

/// Colleagues of the center who may support: id and name.
pub async fn colleagues(asked: &Asked, center: CenterId) -> Result<Vec<(String, String)>, Problem> {
    let mut conn = asked.read().await?;
    let accounts = staff::list_accounts(&mut conn, &asked.deed.scope, &asked.deed.keys).await?;
    let now = asked.deed.now;
    let fits = accounts
        .into_iter()
        .filter(|one| one.place.center == Some(center) && one.works(Right::Support, now));
    Ok(fits
        .map(|one| (one.id.to_string(), one.card.name))
        .collect())
}

/// Choices out of ids and names; the first says what choosing none means.
pub fn choices<'a>(none: &'a str, of: &'a [(String, String)]) -> Vec<Choice<'a>> {
    let mut choices = vec![Choice::new("", none)];
    choices.extend(of.iter().map(|(id, name)| Choice::new(id, name)));
    choices
}

/// Paragraphs of a text.
pub fn paragraphs(text: &str) -> Markup {
    html! { @for line in text.lines().filter(|line| !line.trim().is_empty()) { p { (line) } } }
}

/// The case's people have another center now, and nothing was offered yet.
pub async fn is_elsewhere(asked: &Asked, opened: &Opened) -> Result<Option<CenterId>, Problem> {
    let Some(first) = opened.people.first() else {
        return Ok(None);
    };
    let center = first.standing.center.filter(|at| *at != opened.case.center);
    if center.is_none() || opened.case.state == State::Closed {
        return Ok(None);
    }
    let mut conn = asked.read().await?;
    let handovers = store::list_handovers(&mut conn, &asked.deed, opened.case.id).await?;
    let waits = handovers.iter().any(|one| one.must_wait().is_ok());
    Ok(center.filter(|_| !waits))
}

/// The case of an address; anything else is not there.
pub fn case_of(text: &str) -> Result<CaseId, Problem> {
    text.parse().map_err(|_| Problem::NotFound)
}
