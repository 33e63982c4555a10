//! Pages of notices: for whoever tells, for staff who look into it, for the town that counts.

mod agreements;
mod deeds;
mod evidence;
mod figures;
mod form;
mod list;
mod one;
mod outcome;
mod poster;
mod public;
mod settings;
mod signs;
mod staff;
mod tie;
mod words;

pub use evidence::of_person as evidence_of;
pub use one::witness;
pub use poster::{Said, hung};

use maud::{Markup, html};

use super::rules::Refusal;
use crate::front::look::{Tab, tabs};
use crate::front::{Access, Asked, Doors, Place, Problem};
use crate::scope::Right;

const TAKE: Access = Access::Needs(Right::TakeNotices);
const TRIAGE: Access = Access::Needs(Right::Triage);
const FIGURES: Access = Access::Needs(Right::Figures);
const TOWN: Access = Access::Needs(Right::ManageTown);
const LEAD: Access = Access::Needs(Right::Lead);
const AGREEMENTS: Access = Access::NeedsAny(&[Right::ManageTown, Right::Lead]);

/// The doors of this room.
pub fn doors(doors: Doors) -> Doors {
    let open = Access::Public;
    doors
        .get("/n/{short}", open, public::page)
        .post("/n/{short}", open, public::send)
        .get("/n/o/{token}", open, public::link_page)
        .post("/n/o/{token}", open, public::link_send)
        .get("/notices", TAKE, list::page)
        .get("/notices/ended", TRIAGE, list::ended)
        .post("/notices/search", TRIAGE, list::search)
        .get("/notices/new", TAKE, staff::page)
        .post("/notices/new", TAKE, staff::save)
        .get("/notices/figures", FIGURES, figures::page)
        .get(
            "/notices/poster",
            Access::NeedsAny(&[Right::Triage, Right::ManageTown]),
            poster::page,
        )
        .get("/notices/{notice}", TRIAGE, one::page)
        .post("/notices/{notice}/acceptance", TRIAGE, deeds::accept)
        .post("/notices/{notice}/moving", TRIAGE, deeds::move_to)
        .post("/notices/{notice}/looks", TRIAGE, deeds::look)
        .post("/notices/{notice}/place", TRIAGE, deeds::place)
        .post("/notices/{notice}/ending", TRIAGE, deeds::end)
        .post("/notices/{notice}/reopening", TRIAGE, deeds::reopen)
        .post("/notices/{notice}/erasure", LEAD, deeds::erase)
        .get("/notices/{notice}/person", TRIAGE, tie::page)
        .post("/notices/{notice}/person", TRIAGE, tie::search_for)
        .post("/notices/{notice}/untying", TRIAGE, tie::untie)
        .get("/notices/{notice}/person/{person}", TRIAGE, tie::confirm)
        .post("/notices/{notice}/person/{person}", TRIAGE, tie::tie)
        .get("/notices/{notice}/outcome", TRIAGE, outcome::page)
        .post("/notices/{notice}/outcome", TRIAGE, outcome::send)
        .post("/notices/{notice}/outcome/phone", TRIAGE, outcome::by_phone)
        .room(doors_of_the_town)
}

fn doors_of_the_town(doors: Doors) -> Doors {
    doors
        .get("/notices/settings", TOWN, settings::page)
        .post("/notices/settings", TOWN, settings::save)
        .get("/notices/signs/{sign}", TOWN, signs::page)
        .post("/notices/signs/{sign}", TOWN, signs::save)
        .get("/notices/agreements", AGREEMENTS, agreements::list)
        .post("/notices/agreements", AGREEMENTS, agreements::add)
        .get(
            "/notices/agreements/{agreement}",
            AGREEMENTS,
            agreements::page,
        )
        .post(
            "/notices/agreements/{agreement}",
            AGREEMENTS,
            agreements::save,
        )
        .post(
            "/notices/agreements/{agreement}/renewal",
            AGREEMENTS,
            agreements::renew,
        )
        .post(
            "/notices/agreements/{agreement}/link",
            AGREEMENTS,
            agreements::link,
        )
        .post(
            "/notices/agreements/{agreement}/link/close",
            AGREEMENTS,
            agreements::close_link,
        )
        .post(
            "/notices/agreements/{agreement}/close",
            AGREEMENTS,
            agreements::close,
        )
        .post(
            "/notices/agreements/{agreement}/reopen",
            AGREEMENTS,
            agreements::reopen,
        )
}

/// A side of this room.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Open,
    Ended,
    New,
    Figures,
    Agreements,
    Settings,
}

/// The sides that an account may open: label, address, the rights of which one is needed.
const SIDES: [(Side, &str, &str, &[Right]); 6] = [
    (Side::Open, "確かめる気づき", "/notices", &[Right::Triage]),
    (
        Side::Ended,
        "終わった気づき",
        "/notices/ended",
        &[Right::Triage],
    ),
    (
        Side::New,
        "受け付ける",
        "/notices/new",
        &[Right::TakeNotices],
    ),
    (Side::Figures, "数字", "/notices/figures", &[Right::Figures]),
    (
        Side::Agreements,
        "見守り協定",
        "/notices/agreements",
        &[Right::ManageTown, Right::Lead],
    ),
    (
        Side::Settings,
        "設定",
        "/notices/settings",
        &[Right::ManageTown],
    ),
];

/// A page of this room with its sides above.
fn sided(asked: &Asked, side: Side, title: &str, body: Markup) -> Result<Markup, Problem> {
    let open = SIDES
        .iter()
        .filter(|(_, _, _, rights)| rights.iter().any(|right| asked.may(*right)));
    let open: Vec<Tab<'_>> = open
        .map(|(of, label, href, _)| Tab {
            label,
            href,
            count: None,
            current: *of == side,
        })
        .collect();
    asked.page(
        Place::Notices,
        title,
        html! { (tabs("気づき", &open)) (body) },
    )
}

/// What no page can mend, and in one sentence what somebody can.
impl From<Refusal> for Problem {
    fn from(refusal: Refusal) -> Problem {
        match refusal {
            Refusal::NotFound => Problem::NotFound,
            Refusal::NoRight(_) => Problem::Forbidden,
            Refusal::Changed => Problem::changed("/notices"),
            Refusal::IsEnded => Problem::refused(
                "この気づきはもう終わっています。続きがあるときは、先に「終わりを取り消す」を押してください。",
            ),
            Refusal::IsOpen => Problem::refused(
                "この気づきはまだ終わっていないか、結果をもう知らせてあります。画面を開き直して、いまの状態を確かめてください。",
            ),
            Refusal::StillOpen => Problem::refused(
                "確かめている途中の気づきは、消去できません。先に「終える」で終わりにしてください。",
            ),
            Refusal::Registered => Problem::refused(
                "登録者と結ばれた気づきです。消去の希望は、登録者の記録の「転出・死亡・とりやめ」から受け付けてください。",
            ),
            Refusal::NobodyWaits => {
                Problem::refused("結果を知らせる相手がいないか、もう知らせてあります。")
            }
            Refusal::NoCenter => Problem::refused(
                "回す先のセンターを選んでください。いまのセンターと、閉じたセンターは選べません。",
            ),
            Refusal::TooMany => {
                Problem::refused("しるしの数がいっぱいです。使わないしるしを直して使ってください。")
            }
            Refusal::People(refusal) => refusal.into(),
            Refusal::Seal(error) => error.into(),
            Refusal::Db(error) => error.into(),
            // Forms answer these beside their fields.
            Refusal::Nothing
            | Refusal::Text(..)
            | Refusal::BadPhone
            | Refusal::BadMail
            | Refusal::NoWayBack
            | Refusal::NoWords
            | Refusal::Tells(_)
            | Refusal::OutOfRange(_) => Problem::refused(
                "入力が足りないか、長すぎるようです。前の画面にもどって、確かめてください。",
            ),
            Refusal::Wait => {
                Problem::Slowed("1分ほど待ってから、もう一度送ってください。".to_owned())
            }
            Refusal::Task(_) => Problem::Broken(refusal.into()),
        }
    }
}
