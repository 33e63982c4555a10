//! Doors of `paths`, and the ids that they are tried with.

use jiff::civil::date;
use mimamori::ids::{PersonId, RowId};
use mimamori::paths::checklists::{self, Sheet, Way};
use mimamori::paths::referrals::{self, Chooser, Offering, Service};
use mimamori::paths::steps::{self, Base, New};
use mimamori::people::{self, Draft};
use mimamori::scope::Role;

use super::{GONE, OK, Row};
use crate::hanako;
use crate::town::{Network, Town};

/// Every door of the room.
pub const DOORS: &[Row] = &[
    ("GET", "/people/{person}/checklists", "C", OK),
    ("POST", "/people/{person}/checklists", "C", OK),
    ("GET", "/checklists/{checklist}", "C", OK),
    ("GET", "/checklists/{checklist}/answers", "C", OK),
    ("POST", "/checklists/{checklist}/answers", "C", OK),
    ("POST", "/checklists/{checklist}/handing", "C", OK),
    ("POST", "/checklists/{checklist}/withdrawal", "C", OK),
    ("POST", "/checklists/{checklist}/voiding", "C", OK),
    ("GET", "/answer/{token}", "public", GONE),
    ("POST", "/answer/{token}", "public", GONE),
    ("POST", "/papers/checklists/{checklist}", "C", OK),
    ("GET", "/paths", "C", OK),
    ("GET", "/people/{person}/paths", "C", OK),
    ("POST", "/people/{person}/paths", "C", OK),
    ("GET", "/paths/{path}", "C", OK),
    ("POST", "/paths/{path}/steps/{number}", "C", OK),
    ("POST", "/paths/{path}/steps/{number}/undoing", "C", OK),
    ("POST", "/paths/{path}/stop", "C", OK),
    ("GET", "/town/paths", "A", OK),
    ("GET", "/town/paths/new", "A", OK),
    ("POST", "/town/paths/new", "A", OK),
    ("GET", "/town/paths/{plan}", "A", OK),
    ("POST", "/town/paths/{plan}", "A", OK),
    ("POST", "/town/paths/{plan}/close", "A", OK),
    ("POST", "/town/paths/{plan}/reopen", "A", OK),
    ("GET", "/people/{person}/referrals", "C", OK),
    ("POST", "/people/{person}/referrals", "C", OK),
    ("POST", "/referrals/{referral}/voiding", "C", OK),
    ("GET", "/referrals", "AC", OK),
    ("GET", "/t/{short}/referrals", "public", OK),
    ("GET", "/town/referrals", "A", OK),
    ("GET", "/town/referrals/{organisation}", "A", OK),
    ("POST", "/town/referrals/{organisation}", "A", OK),
];

/// What stands in the place of each `{id}`.
pub struct Ids {
    pub checklist: RowId,
    pub path: RowId,
    pub plan: RowId,
    pub referral: RowId,
}

impl Ids {
    /// About somebody apart: what the nurse works on explains why she opens the record.
    pub async fn of(town: &Town, place: &Network) -> Ids {
        let program = town.app.program_deed(place.id, "test").await.unwrap();
        let draft = Draft {
            center: Some(place.center),
            ..hanako::draft()
        };
        let person = people::register(town.db(), &program, draft).await.unwrap();
        let nurse = town.deed_at(place, Role::CenterStaff).await;
        let begun = checklists::begin(town.db(), &nurse, person, Sheet::Kihon, Way::Paper);
        let new = New {
            plan: Base::Alarm.plan(),
            began: date(2026, 11, 20),
            case: None,
        };
        let path = steps::begin(town.db(), &nurse, person, new);
        Ids {
            checklist: begun.await.unwrap(),
            path: path.await.unwrap(),
            plan: plan(town, place).await,
            referral: referral(town, place, person).await,
        }
    }
}

/// A kind that the town made its own.
async fn plan(town: &Town, place: &Network) -> RowId {
    let admin = town.deed_at(place, Role::TownAdmin).await;
    let plan = Base::Fraud.plan();
    steps::keep_plan(town.db(), &admin, plan).await.unwrap()
}

/// Somebody is referred to the one organisation there is.
async fn referral(town: &Town, place: &Network, person: PersonId) -> RowId {
    let admin = town.deed_at(place, Role::TownAdmin).await;
    let offering = Offering {
        organisation: place.hospital,
        name: String::new(),
        since: None,
        until: None,
        places: vec![(Service::Clinic, 10)],
        version: 0,
    };
    referrals::keep_organisation(town.db(), &admin, offering)
        .await
        .unwrap();
    let new = referrals::New {
        service: Service::Clinic,
        chosen: place.hospital,
        offered: vec![place.hospital],
        on: date(2026, 11, 20),
        by: Chooser::Person,
        words: String::new(),
    };
    let nurse = town.deed_at(place, Role::CenterStaff).await;
    let made = referrals::refer(town.db(), &nurse, person, new);
    made.await.unwrap()
}
