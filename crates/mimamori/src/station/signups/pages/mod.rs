//! Pages of sign-ups: the days to come, one day, one sign-up.

mod coming;
mod day;
mod form;
mod one;
mod said;
mod web;

use super::rules::Refusal;
use crate::front::{Access, Doors, Problem};
use crate::scope::Right;

const MAY: Access = Access::Needs(Right::Supporters);

/// The doors of sign-ups.
pub fn doors(doors: Doors) -> Doors {
    doors
        .get("/station/signups", MAY, coming::page)
        .post("/station/signups/search", MAY, coming::search)
        .post("/station/signups/settings", MAY, coming::save)
        .get("/station/signups/{signup}", MAY, one::page)
        .post("/station/signups/{signup}/take", MAY, one::take)
        .post("/station/signups/{signup}/end", MAY, one::end)
        .get("/station/days/{lesson}/signups", MAY, day::page)
        .post("/station/days/{lesson}/signups", MAY, form::send)
        .post("/station/days/{lesson}/signups/search", MAY, form::search)
        .post("/station/days/{lesson}/signups/told", MAY, day::tell)
        .get("/c/{short}/days/{lesson}", Access::Public, web::blank)
        .post("/c/{short}/days/{lesson}", Access::Public, web::send)
        .get("/c/{short}/signups", Access::Public, web::ask)
        .post("/c/{short}/signups", Access::Public, web::show)
        .post("/c/{short}/signups/answer", Access::Public, web::answer)
}

/// What is said of a refusal; nothing of one that is the program's own.
fn told(refusal: &Refusal) -> Option<&'static str> {
    Some(match refusal {
        Refusal::IsOff => "この回は中止になっています。ほかの回をご案内ください。",
        Refusal::IsOver => {
            "この回は終わったか、講座が終わりになっています。ほかの回をご案内ください。"
        }
        Refusal::NotNeeded => {
            "この講座は申し込みがいりません。そのままお越しいただくようお伝えください。"
        }
        Refusal::SupportersOnly => {
            "この講座はサポーターの方のものです。サポーターの方を名前でさがして選んでください。"
        }
        Refusal::NotIn => {
            "この日にはサポーターではない方です。入会の日と退会の日を確かめてください。サポーターでない方としても申し込めます。"
        }
        Refusal::Already(_) => "この方は、この回にもう申し込んでいます。下がその申し込みです。",
        Refusal::Ended => {
            "この申し込みは、もう取り消しか参加に決まっています。いまの状態を確かめてください。"
        }
        Refusal::NotTheirTurn => {
            "いまは空いた席がないか、先にお待ちの方がいます。順番の早い方からお電話ください。"
        }
        Refusal::TooMany => "この回の申し込みがいっぱいです。ほかの回をご案内ください。",
        Refusal::Hours => "1から96までの時間で入れてください。",
        Refusal::NotFound
        | Refusal::Changed
        | Refusal::Courses(_)
        | Refusal::Supporters(_)
        | Refusal::Tasks(_)
        | Refusal::NoRight(_)
        | Refusal::Seal(_)
        | Refusal::Db(_) => return None,
    })
}

impl From<Refusal> for Problem {
    fn from(refusal: Refusal) -> Problem {
        match (told(&refusal), refusal) {
            (_, Refusal::NotFound) => Problem::NotFound,
            (_, Refusal::Changed) => Problem::changed("/station/signups"),
            (_, Refusal::NoRight(_)) => Problem::Forbidden,
            (_, Refusal::Courses(refusal)) => refusal.into(),
            (_, Refusal::Supporters(refusal)) => refusal.into(),
            (_, Refusal::Seal(error)) => error.into(),
            (_, Refusal::Db(error)) => error.into(),
            (Some(words), _) => Problem::refused(words),
            (None, other) => Problem::Broken(other.into()),
        }
    }
}
