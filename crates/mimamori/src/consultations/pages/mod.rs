//! Pages of consultations: the reception, one of them, lists, a person's, the town's contents, figures.

mod choosing;
mod edit;
mod figures;
mod find;
mod form;
mod list;
mod new;
mod one;
mod person;
mod recent;
mod said;
mod stranger;
mod tie;
mod topics;
mod typed;

pub use one::{called, enter};

use super::rules::Refusal;
use crate::front::{Access, Doors, Problem};
use crate::scope::Right;

const SUPPORT: Access = Access::Needs(Right::Support);
const FIGURES: Access = Access::Needs(Right::Figures);
const LEAD: Access = Access::Needs(Right::Lead);
const TOWN: Access = Access::Needs(Right::ManageTown);

/// The doors of this room.
pub fn doors(doors: Doors) -> Doors {
    doors
        .get("/consultations", SUPPORT, list::page)
        .get("/consultations/new", SUPPORT, new::page)
        .post("/consultations/new", SUPPORT, new::send)
        .get("/consultations/search", SUPPORT, find::page)
        .post("/consultations/search", SUPPORT, find::send)
        .get("/consultations/figures", FIGURES, figures::page)
        .post("/consultations/figures", FIGURES, figures::file)
        .get("/consultations/of/{stranger}", SUPPORT, person::heard)
        .get("/consultations/of/{stranger}/card", SUPPORT, stranger::page)
        .post("/consultations/of/{stranger}/card", SUPPORT, stranger::save)
        .post(
            "/consultations/of/{stranger}/erasure",
            LEAD,
            stranger::erase,
        )
        .get("/consultations/{consultation}", SUPPORT, one::page)
        .get("/consultations/{consultation}/edit", SUPPORT, edit::page)
        .post("/consultations/{consultation}/edit", SUPPORT, edit::save)
        .post(
            "/consultations/{consultation}/striking",
            SUPPORT,
            one::strike,
        )
        .post(
            "/consultations/{consultation}/restoring",
            SUPPORT,
            one::restore,
        )
        .get("/consultations/{consultation}/tie", SUPPORT, tie::page)
        .post("/consultations/{consultation}/tie", SUPPORT, tie::send)
        .post("/consultations/{consultation}/untie", SUPPORT, one::untie)
        .get("/people/{person}/consultations", SUPPORT, person::page)
        .get("/town/consultations", TOWN, topics::page)
        .post("/town/consultations", TOWN, topics::add)
        .post("/town/consultations/keeping", TOWN, topics::keep)
        .post("/town/consultations/{topic}", TOWN, topics::change)
}

/// What no page can mend, and in one sentence what somebody can.
impl From<Refusal> for Problem {
    fn from(refusal: Refusal) -> Problem {
        match refusal {
            Refusal::NotFound => Problem::NotFound,
            Refusal::NoRight(_) | Refusal::NoCenter => Problem::Forbidden,
            Refusal::IsStruck => Problem::refused(
                "この相談は取り消されています。相談の画面で取り消しをもどしてから、もう一度行ってください。",
            ),
            Refusal::IsNotStruck => Problem::refused("この相談は取り消されていません。"),
            Refusal::NobodyToTie => Problem::refused(
                "この相談は、登録者に結びつける相手がいないか、もう結びついています。相談の画面で、いまの状態をお確かめください。",
            ),
            Refusal::Registered => Problem::refused(
                "この方は登録者に結びついています。消去の希望は、登録者の記録の「転出・死亡・とりやめ」から受け付けてください。",
            ),
            Refusal::BadYears => {
                Problem::refused("残す年数は、1から30までの数字で入れてください。")
            }
            Refusal::Changed => Problem::changed("/consultations"),
            Refusal::NoReason => Problem::refused(
                "理由を、200字までで書いてください。前のページにもどって、理由を入れてください。",
            ),
            Refusal::NotYet | Refusal::DayIsOver => Problem::refused(
                "日にちをお確かめください。前のページにもどって、入れなおしてください。",
            ),
            Refusal::BadTopic => Problem::refused("内容のことばを、30字までで入れてください。"),
            Refusal::TopicTwice => Problem::refused("同じことばの内容が、もうあります。"),
            Refusal::TopicsFull => Problem::refused(
                "内容は60までです。使わなくなったものも数えます。あるもののことばを直してお使いください。",
            ),
            Refusal::TooFew => Problem::refused(
                "この期間は件数が少ないため、外に出す表は作れません。件数の少ない月は、年度の表にも入りません。",
            ),
            Refusal::NotOver(day) => Problem::refused(&format!(
                "この期間の数字は、まだ町の外に出せません。あとから入力された分があると、前の表との差から、1件ずつの中身がわかってしまうためです。{}から出せます。",
                day.strftime("%Y年%-m月%-d日")
            )),
            Refusal::People(refusal) => refusal.into(),
            Refusal::Seal(error) => error.into(),
            Refusal::Db(error) => error.into(),
            Refusal::Tasks(_) | Refusal::Excel(_) => Problem::Broken(refusal.into()),
        }
    }
}
