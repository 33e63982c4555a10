//! The pages of renewals: a month's worklist, one person's renewal, the walk, the figures.

mod list;
mod person;
mod settings;
mod walk;
mod year;

use super::rules::Refusal;
use crate::front::{Access, Doors, Problem};
use crate::scope::Right;

const READ: Access = Access::Needs(Right::ReadPeople);
const EDIT: Access = Access::Needs(Right::EditPeople);
const FIGURES: Access = Access::NeedsAny(&[Right::ReadPeople, Right::ManageTown]);
const TOWN: Access = Access::Needs(Right::ManageTown);

/// The doors of this room.
pub fn doors(doors: Doors) -> Doors {
    doors
        .get("/renewals", READ, list::page)
        .post("/renewals/asking", EDIT, list::ask)
        .post("/renewals/asking/undoing", EDIT, list::unask)
        .get("/renewals/year", FIGURES, year::page)
        .get("/renewals/{person}", EDIT, person::page)
        .post("/renewals/{person}/asking", EDIT, person::ask)
        .post("/renewals/{person}/silence", EDIT, person::tried)
        .post("/renewals/{person}/reopening", EDIT, person::reopen)
        .get("/renewals/{person}/walk", EDIT, walk::page)
        .post("/renewals/{person}/walk", EDIT, walk::begin)
        .post("/renewals/{person}/groups", EDIT, walk::unchanged)
        .post("/renewals/{person}/ending", EDIT, walk::finish)
        .get("/town/renewals", TOWN, settings::page)
        .post("/town/renewals", TOWN, settings::save)
}

/// What no page can mend, and in one sentence what somebody can.
impl From<Refusal> for Problem {
    fn from(refusal: Refusal) -> Problem {
        match refusal {
            Refusal::NotFound => Problem::NotFound,
            Refusal::NoRight(_) => Problem::Forbidden,
            Refusal::Over => Problem::refused(
                "この方の更新は、もう終わっているか、登録中ではなくなっています。記録を開いて、いまの状態を確かめてください。",
            ),
            Refusal::NotRenewed => {
                Problem::refused("まだ更新が終わっていないので、取り消すものがありません。")
            }
            Refusal::NotWalked => Problem::refused(
                "基本情報と緊急連絡先の確認がまだです。確認の画面にもどり、2つを確かめてから終えてください。",
            ),
            Refusal::Changed => Problem::changed("/renewals"),
            Refusal::People(refusal) => refusal.into(),
            Refusal::Seal(error) => error.into(),
            Refusal::Db(error) => error.into(),
            Refusal::NotSo | Refusal::Task(_) | Refusal::Notice(_) => {
                Problem::Broken(refusal.into())
            }
        }
    }
}
