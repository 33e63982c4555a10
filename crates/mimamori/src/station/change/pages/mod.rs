//! Pages of seeing the change.

mod consent;
mod figures;
mod own;
mod strip;
mod week;

use super::rules::Refusal;
use crate::front::{Access, Doors, Problem};
use crate::scope::Right;

const SUPPORTERS: Access = Access::Needs(Right::Supporters);
const WATCH: Access = Access::Needs(Right::Watch);
const LEAD: Access = Access::Needs(Right::Lead);

/// The doors of seeing the change.
pub fn doors(doors: Doors) -> Doors {
    doors
        .get(
            "/station/supporters/{supporter}/consents",
            SUPPORTERS,
            consent::page,
        )
        .post(
            "/station/supporters/{supporter}/consents",
            SUPPORTERS,
            consent::agree,
        )
        .post(
            "/station/supporters/{supporter}/consents/taking-back",
            SUPPORTERS,
            consent::take_back,
        )
        .get("/station/supporters/{supporter}/rhythm", WATCH, own::page)
        .get("/station/watch/week", WATCH, week::page)
        .post("/station/watch/lines/{line}", WATCH, week::answer)
        .get("/station/watch/figures", LEAD, figures::page)
        .post("/station/watch/figures", LEAD, figures::save)
        .post("/station/watch/number", LEAD, figures::number)
}

/// What is said of a refusal.
fn told(refusal: &Refusal) -> Option<String> {
    Some(match refusal {
        Refusal::Nothing => "1つ以上えらんでください。".to_owned(),
        Refusal::NotThen => {
            "この日にはできません。入会している間の、今日までの日にしてください。".to_owned()
        }
        Refusal::Note(bad) => bad.to_string(),
        Refusal::IsNotice => {
            "この方は、もう気づきになっています。続きは気づきの画面でお願いします。".to_owned()
        }
        Refusal::Number(_) => "数字が大きすぎるか、小さすぎます。".to_owned(),
        _ => return None,
    })
}

impl From<Refusal> for Problem {
    fn from(refusal: Refusal) -> Problem {
        match (told(&refusal), refusal) {
            (_, Refusal::NotFound) => Problem::NotFound,
            (_, Refusal::Changed) => Problem::changed("/station/watch/week"),
            (_, Refusal::Course(refusal)) => refusal.into(),
            (_, Refusal::Notice(refusal)) => refusal.into(),
            (_, Refusal::NoRight(_)) => Problem::Forbidden,
            (_, Refusal::Supporter(refusal)) => refusal.into(),
            (_, Refusal::Seal(error)) => error.into(),
            (_, Refusal::Db(error)) => error.into(),
            (Some(words), _) => Problem::refused(&words),
            (None, other) => Problem::Broken(other.into()),
        }
    }
}
