//! Pages of the roll on paper.

mod confirm;
mod day;
mod upload;

use axum::extract::DefaultBodyLimit;
use axum::handler::Handler;

use super::rules::Refusal;
use crate::front::{Access, Doors, Problem};
use crate::scope::Right;

/// Not at a tablet: a sheet lists who will come.
const MAY: Access = Access::Needs(Right::Supporters);

/// The doors of the roll on paper.
pub fn doors(doors: Doors) -> Doors {
    let limit = DefaultBodyLimit::max(marks::MOST_BYTES + 64 * 1024);
    doors
        .get("/station/days/{lesson}/rolls", MAY, day::page)
        .post(
            "/station/days/{lesson}/rolls",
            MAY,
            upload::save.layer(limit),
        )
        .get("/station/rolls/{sheet}", MAY, confirm::page)
        .post("/station/rolls/{sheet}", MAY, confirm::save)
}

/// What is said of a refusal; nothing of one that is the program's own.
fn told(refusal: &Refusal) -> Option<&'static str> {
    Some(match refusal {
        Refusal::Changed => {
            "そのあいだに、ほかの職員がこの用紙を読み取りなおしました。いまの内容を確かめてください。"
        }
        Refusal::Taken => "この用紙は、もう記録しました。来た方は受付の画面で確かめられます。",
        Refusal::Unread => "まだ写真がありません。用紙の写真を選んでください。",
        Refusal::NotHeld => {
            "まだ先の回と中止の回、始まる前の回は記録できません。日と講座を確かめてください。"
        }
        Refusal::Nobody => {
            "のせる方がいません。申し込みを受けるか、「サポーター全員」を選んでください。"
        }
        Refusal::TooMany => {
            "人数が多すぎて、1つの出席表にのせられません。受付の画面で記録してください。"
        }
        Refusal::NotFound
        | Refusal::Courses(_)
        | Refusal::Supporters(_)
        | Refusal::SignUps(_)
        | Refusal::Door(_)
        | Refusal::NoRight(_)
        | Refusal::Seal(_)
        | Refusal::Db(_) => return None,
    })
}

impl From<Refusal> for Problem {
    fn from(refusal: Refusal) -> Problem {
        match (told(&refusal), refusal) {
            (_, Refusal::NotFound) => Problem::NotFound,
            (_, Refusal::NoRight(_)) => Problem::Forbidden,
            (_, Refusal::Courses(refusal)) => refusal.into(),
            (_, Refusal::Supporters(refusal)) => refusal.into(),
            (_, Refusal::SignUps(refusal)) => refusal.into(),
            (_, Refusal::Door(refusal)) => refusal.into(),
            (_, Refusal::Seal(error)) => error.into(),
            (_, Refusal::Db(error)) => error.into(),
            (Some(words), _) => Problem::refused(words),
            (None, other) => Problem::Broken(other.into()),
        }
    }
}
