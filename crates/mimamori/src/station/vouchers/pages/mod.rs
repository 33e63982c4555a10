//! Pages of vouchers: what a supporter was given, and a month between the Station and the shops.

mod amounts;
mod month;
mod one;

use axum::response::Response;
use maud::{Markup, html};

use super::rules::{Kind, Line, MOST_AMOUNT, MOST_WORDS, New, Refusal};
use crate::front::look::{self, Problems, Weight};
use crate::front::{Access, Asked, Doors, Flash, Problem};
use crate::ids::RowId;
use crate::people::one_line;
use crate::scope::Right;
use crate::station::courses::{Role, Typed};

/// The doors of vouchers.
pub fn doors(doors: Doors) -> Doors {
    let may = Access::Needs(Right::Supporters);
    doors
        .get("/station/supporters/{supporter}/vouchers", may, one::page)
        .post("/station/supporters/{supporter}/vouchers", may, one::give)
        .get("/station/vouchers", may, month::page)
        .post("/station/vouchers", may, month::hand_in)
        .post("/station/vouchers/file", may, month::file)
        .get("/station/vouchers/rules", may, amounts::page)
        .post("/station/vouchers/rules", may, amounts::save)
        .get("/station/vouchers/lines/{voucher}", may, month::line)
        .post("/station/vouchers/lines/{voucher}", may, month::undo)
}

/// What is said of a refusal beside the field it is about: the field, and the words.
fn told(refusal: &Refusal) -> Option<(&'static str, String)> {
    let (field, words) = match refusal {
        Refusal::Amount => (
            "amount",
            format!("1円から{MOST_AMOUNT}円までの額を入れてください。"),
        ),
        Refusal::NotThen => ("day", "今日までの、1年以内の日にしてください。".to_owned()),
        Refusal::Undone => ("reason", "この記録は、もう取り消してあります。".to_owned()),
        Refusal::NoReason => ("reason", "理由を書いてください。".to_owned()),
        Refusal::Text(bad) => ("reason", bad.to_string()),
        Refusal::NotFound | Refusal::NoRight(_) | Refusal::Seal(_) | Refusal::Db(_) => return None,
    };
    Some((field, words))
}

impl From<Refusal> for Problem {
    fn from(refusal: Refusal) -> Problem {
        match (told(&refusal), refusal) {
            (_, Refusal::NotFound) => Problem::NotFound,
            (_, Refusal::NoRight(_)) => Problem::Forbidden,
            (_, Refusal::Seal(error)) => error.into(),
            (_, Refusal::Db(error)) => error.into(),
            (Some((_, words)), _) => Problem::refused(&words),
            (None, other) => Problem::Broken(other.into()),
        }
    }
}

/// On to a page where it was written, or had been by the same form; else the words stand beside their
/// field.
fn settled(
    asked: &Asked,
    page: &str,
    done: Result<bool, Refusal>,
    problems: &mut Problems,
) -> Result<Option<Response>, Problem> {
    match done {
        Ok(true) => Ok(Some(asked.redirect(page, Flash::done("書きました。")))),
        Ok(false) => {
            let words = "この用紙の分は、もう書いてあります。2回は書いていません。";
            Ok(Some(asked.redirect(page, Flash::done(words))))
        }
        Err(refusal) => match told(&refusal) {
            Some((field, words)) => {
                problems.add(field, words);
                Ok(None)
            }
            None => Err(refusal.into()),
        },
    }
}

/// What a form says; nothing where `problems` says why.
fn new(typed: &Typed, problems: &mut Problems) -> Option<New> {
    let id: Option<RowId> = typed.of("form").parse().ok();
    let day = words::date::parse_full(typed.of("day"))
        .map_err(|problem| problems.add("day", problem.to_string()))
        .ok();
    let amount = typed.number("amount", MOST_AMOUNT, problems);
    if typed.of("amount").is_empty() {
        problems.add("amount", "額を入れてください。");
    }
    let course = one_line(typed.of("course"), MOST_WORDS).unwrap_or_else(|bad| {
        problems.add("course", bad.to_string());
        String::new()
    });
    Some(New {
        id: id?,
        day: day?,
        amount: amount?,
        course,
        role: Role::from_code(typed.of("role")),
    })
    .filter(|_| problems.is_empty())
}

/// The identity that a form carries, so that it is written once: a new one, or that with which it came
/// back.
fn form_id(asked: &Asked, typed: &Typed) -> String {
    match typed.of("form").parse::<RowId>() {
        Ok(id) => id.to_string(),
        Err(_) => RowId(asked.deed.new_id()).to_string(),
    }
}

/// A line in a table: what it says and for what.
fn said(line: &Line) -> Markup {
    let role = line.role.map_or("", |role| role.word());
    html! {
        (line.kind.word())
        @if !line.course.is_empty() || !role.is_empty() { br; small { (line.course) " " (role) } }
        @if !line.words.is_empty() { br; small { (line.words) } }
    }
}

/// The way to take a line back; a line that does so, or was, has none.
fn way_back(line: &Line, lines: &[Line]) -> Markup {
    let undone = lines.iter().any(|other| other.undoes == Some(line.id));
    let href = format!("/station/vouchers/lines/{}", line.id);
    html! {
        @if line.kind != Kind::Undone && !undone {
            (look::button_link(Weight::Quiet, look::Link::new("取り消す", &href)))
        }
    }
}

/// 「500」, and 「－300」 of what is taken back.
fn yen(line: &Line) -> String {
    match line.kind {
        Kind::Undone => format!("－{}円", line.amount),
        Kind::Given | Kind::HandedIn => format!("{}円", line.amount),
    }
}
