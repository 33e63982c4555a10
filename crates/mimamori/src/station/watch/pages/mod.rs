//! Pages of watching: what was observed lately, about one person, one observation.

mod about;
mod form;
mod list;
mod one;
mod whom;

use super::rules::Refusal;
use crate::front::{Access, Doors, Problem};
use crate::scope::Right;

const WATCH: Access = Access::Needs(Right::Watch);

/// The doors of watching.
pub fn doors(doors: Doors) -> Doors {
    doors
        .get("/station/watch", WATCH, list::page)
        .get("/station/watch/{observation}", WATCH, one::page)
        .post(
            "/station/watch/{observation}/taking-back",
            WATCH,
            one::take_back,
        )
        .post("/station/watch/{observation}/notice", WATCH, one::notice)
        .get("/people/{person}/watch", WATCH, about::person)
        .post("/people/{person}/watch", WATCH, about::note_person)
        .get(
            "/station/supporters/{supporter}/watch",
            WATCH,
            about::supporter,
        )
        .post(
            "/station/supporters/{supporter}/watch",
            WATCH,
            about::note_supporter,
        )
}

/// What is said of a refusal beside the field it is about: the field, and the words.
fn told(refusal: &Refusal) -> Option<(&'static str, String)> {
    let (field, words) = match refusal {
        Refusal::Text(field, bad) => return Some((field, bad.to_string())),
        Refusal::Nothing => (
            "signs",
            "気になったことを1つ以上えらぶか、見たことを書いてください。",
        ),
        Refusal::NotThen => (
            "day",
            "見た日は、今日までの60日のうちの日にしてください。それより前のことは、いま見える様子として書いてください。",
        ),
        Refusal::NoReason => ("reason", "取り消す理由を書いてください。"),
        Refusal::TakenBack => ("reason", "この記録は、もう取り消されています。"),
        Refusal::NotOwn => (
            "reason",
            "この記録は、書いた人かセンター長が取り消せます。書いた人に声をかけてください。",
        ),
        Refusal::IsNotice => ("reason", "この記録は、もう気づきになっています。"),
        _ => return None,
    };
    Some((field, words.to_owned()))
}

impl From<Refusal> for Problem {
    fn from(refusal: Refusal) -> Problem {
        match (told(&refusal), refusal) {
            (_, Refusal::NotFound) => Problem::NotFound,
            (_, Refusal::Changed) => Problem::changed("/station/watch"),
            (_, Refusal::NoRight(_)) => Problem::Forbidden,
            (_, Refusal::People(refusal)) => refusal.into(),
            (_, Refusal::Supporter(refusal)) => refusal.into(),
            (_, Refusal::Course(refusal)) => refusal.into(),
            (_, Refusal::Notice(refusal)) => refusal.into(),
            (_, Refusal::Seal(error)) => error.into(),
            (_, Refusal::Db(error)) => error.into(),
            (Some((_, words)), _) => Problem::refused(&words),
            (None, other) => Problem::Broken(other.into()),
        }
    }
}
