//! Sign-ups as pages say them.

use std::collections::HashMap;

use maud::{Markup, html};
use words::phone::Phone;

use crate::audit::{self, Fields, Line, Verb};
use crate::front::look::{self, Head, Tone, chip};
use crate::front::{Asked, Problem};
use crate::ids::PersonId;
use crate::station::courses::{self, CourseDay};
use crate::station::signups::rules::{Refusal, Room, Signup, State, Who, moment, stands};
use crate::station::supporters;

/// A sign-up with who it is.
pub struct Named {
    /// The sign-up.
    pub signup: Signup,
    /// The name; empty of somebody who was forgotten.
    pub name: String,
    /// How it is read.
    pub kana: String,
    /// A telephone.
    pub phone: Option<Phone>,
    /// Whom of the register it is.
    pub person: Option<PersonId>,
    /// Whether another guest among these has the same name and telephone.
    pub twice: bool,
}

impl Named {
    /// Their name, or that nobody knows it any more.
    pub fn name(&self) -> &str {
        match self.name.is_empty() {
            true => "（名前は消去されました）",
            false => &self.name,
        }
    }
}

/// Who they are. Shown only after [`witness`].
pub async fn named(asked: &Asked, all: Vec<Signup>) -> Result<Vec<Named>, Refusal> {
    let mut conn = asked.app.db.read().await?;
    let mut found = Vec::new();
    for signup in all {
        found.push(match signup.who.clone() {
            Who::Guest(guest) => Named {
                signup,
                name: guest.name,
                kana: guest.kana,
                phone: guest.phone,
                person: None,
                twice: false,
            },
            Who::Supporter(id) => {
                let one = supporters::find(&mut conn, &asked.deed, id).await?;
                Named {
                    signup,
                    name: one.details.name,
                    kana: one.details.kana,
                    phone: one.details.phone,
                    person: one.person,
                    twice: false,
                }
            }
        });
    }
    mark_twice(&mut found);
    Ok(found)
}

/// On the web nobody is compared with who is there already, so that two may be the same.
fn mark_twice(all: &mut [Named]) {
    let guests = all.iter().filter(|one| one.signup.state != State::Gone);
    let mut seen = HashMap::new();
    for one in guests {
        if let (None, Some(phone)) = (one.signup.who.supporter(), &one.phone) {
            *seen.entry((one.name.clone(), phone.digits())).or_insert(0) += 1;
        }
    }
    for one in all {
        let phone = one.phone.as_ref().map(Phone::digits);
        let many = phone.and_then(|phone| seen.get(&(one.name.clone(), phone)));
        one.twice = one.signup.state != State::Gone && many.is_some_and(|many| *many > 1);
    }
}

/// Makes the sight durable: a line for the list, and one for each who is registered.
pub async fn witness(
    asked: &Asked,
    what: &str,
    people: impl Iterator<Item = Option<PersonId>>,
) -> Result<(), Problem> {
    let mut lines = vec![Line::new(Verb::Saw, None, Fields::NOTHING).saying(what)];
    lines.extend(people.flatten().map(|person| {
        Line::new(Verb::Saw, Some(person), Fields::NOTHING).saying("講座の申し込み")
    }));
    Ok(audit::witness_all(asked.db(), &asked.deed, lines).await?)
}

/// 「公園体操　2026-12-04」, for the audit.
pub fn day_line(what: &str, day: &CourseDay) -> String {
    format!("{what}：{}　{}", day.details.title, day.day)
}

/// 「公園体操　12月4日（金）10:00～11:00」.
pub fn day_words(day: &CourseDay) -> String {
    format!(
        "{}　{}{}",
        day.details.title,
        courses::day_words(day.day),
        day.details.hours
    )
}

/// How a sign-up stands, in one chip.
pub fn state(of: &Signup) -> Markup {
    let tone = match of.state {
        State::In => Tone::Good,
        State::Offered => Tone::Warning,
        State::Waiting | State::Gone => Tone::Plain,
    };
    chip(tone, of.state.word())
}

/// 「定員30人　参加28人　お返事待ち1人　キャンセル待ち3人」.
pub fn room(room: &Room) -> Markup {
    html! {
        p {
            (room.holds.map_or("定員なし".to_owned(), |holds| format!("定員{holds}人")))
            "　参加" strong { (room.inside) } "人"
            @if room.offered > 0 { "　お返事待ち" strong { (room.offered) } "人" }
            "　キャンセル待ち" strong { (room.waiting) } "人"
            @if let Some(free) = room.free() { "　空き" strong { (free) } "人" }
        }
        @if room.holds.is_some_and(|holds| room.inside > holds) {
            p { "定員より多く受けています。参加の方は、そのまま参加できます。" }
        }
    }
}

fn row(one: &Named, day: &CourseDay) -> Vec<Markup> {
    let of = &one.signup;
    let untold = of.state != State::Gone && of.told != stands(day);
    vec![
        html! { (of.number) },
        html! {
            a href={ "/station/signups/" (of.id) } { (one.name()) }
            @if !one.kana.is_empty() { " " small { (one.kana) } }
            @if one.signup.who.supporter().is_none() { " " small { "（サポーター以外）" } }
            @if one.twice { " " (chip(Tone::Warning, "同じ名前と電話がほかにも")) }
        },
        html! { @if let Some(phone) = &one.phone { a href=(phone.tel_uri()) { (phone.to_string()) } } @else { "電話なし" } },
        html! {
            (state(of))
            @if let Some(until) = of.until.filter(|_| of.state == State::Offered) { " " small { (moment(until)) "まで" } }
            @if untold { " " (chip(Tone::Warning, "変更・中止を未連絡")) }
        },
        html! { (of.note) },
    ]
}

/// Those of a day, in the order of arrival.
pub fn table(caption: &str, all: &[&Named], day: &CourseDay) -> Markup {
    let head = ["受付順", "名前", "電話", "状態", "メモ"].map(Head::new);
    let rows: Vec<Vec<Markup>> = all.iter().map(|one| row(one, day)).collect();
    look::table(caption, &head, &rows)
}
