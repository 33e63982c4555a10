//! Pages of referrals: those of one person, the figures for the town and for everybody, and what
//! organisations offer.

mod figures;
mod person;
mod town;

pub use figures::Published;

use super::rules::Refusal;
use crate::front::{Access, Doors, Problem};
use crate::ids::{PersonId, RowId};
use crate::scope::Right;

const SUPPORT: Access = Access::Needs(Right::Support);
const FIGURES: Access = Access::Needs(Right::Figures);
const TOWN: Access = Access::Needs(Right::ManageTown);

/// The doors of this part of the room.
pub fn doors(doors: Doors) -> Doors {
    doors
        .get("/people/{person}/referrals", SUPPORT, person::page)
        .post("/people/{person}/referrals", SUPPORT, person::refer)
        .post("/referrals/{referral}/voiding", SUPPORT, person::put_void)
        .get("/referrals", FIGURES, figures::page)
        .get("/t/{short}/referrals", Access::Public, figures::public)
        .get("/town/referrals", TOWN, town::list)
        .get("/town/referrals/{organisation}", TOWN, town::page)
        .post("/town/referrals/{organisation}", TOWN, town::save)
}

/// What is said of a refusal beside the field it is about: the field, and the words.
fn told(refusal: &Refusal) -> Option<(&'static str, &'static str)> {
    Some(match refusal {
        Refusal::NotOffered => (
            "chosen",
            "選んだ先は、お見せした先の中から選んでください。受け入れをやめた先が入っていることもあります。",
        ),
        Refusal::NoWords => (
            "words",
            "お見せしなかった先があります。その理由を書いてください。",
        ),
        Refusal::Ahead => ("on", "日付が今日より先になっています。"),
        Refusal::Changed | Refusal::Db(db::Error::Changed) => (
            "on",
            "ほかの職員が先に変えました。いまの内容を見て、必要ならもう一度お願いします。",
        ),
        _ => return None,
    })
}

fn person_of(text: &str) -> Result<PersonId, Problem> {
    text.parse().map_err(|_| Problem::NotFound)
}

fn row_of(text: &str) -> Result<RowId, Problem> {
    text.parse().map_err(|_| Problem::NotFound)
}
