//! Somebody leaves; the record waits, is stopped or erased, and does not come back unasked.

mod back;
mod erased;
mod kept;
mod pages;
mod tables;

use jiff::civil::date;
use mimamori::deed::Deed;
use mimamori::erasure;
use mimamori::ids::{PersonId, RowId, StaffId};
use mimamori::leaving::{self, Asker, AskerKind, Kind, New, Refusal, State};
use mimamori::people;
use mimamori::scope::{Actor, Role, Scope};
use mimamori::tags::{self, LookUp};
use mimamori::tasks::{self, Whose};

use crate::hanako;
use crate::town::{HERE, Town, on_both};

/// She asks for it herself.
pub fn wish(kind: Kind) -> New {
    New {
        kind,
        since: date(2026, 11, 20),
        asker: Asker {
            kind: AskerKind::Person,
            name: String::new(),
            relation: String::new(),
            note: "窓口で、保険証を見せてもらった".to_owned(),
        },
    }
}

/// A colleague of the nurse, with the same rights.
pub async fn colleague(town: &Town) -> Deed {
    let scope = Scope {
        network: town.minami.id,
        actor: Actor::Staff(StaffId(7)),
        rights: Role::CenterStaff.rights(),
        center: Some(town.minami.center),
        origin: HERE.to_owned(),
    };
    town.app.deed(scope).await.unwrap()
}

/// Begins, agrees, and lets the days pass; the job then erases.
pub async fn erase(town: &Town, person: PersonId) {
    let id = begin(town, person, Kind::Erasure).await;
    let leaving = find(town, id).await;
    leaving::approve(town.db(), &colleague(town).await, id, leaving.version)
        .await
        .unwrap();
    town.at("2026-12-04T10:00:00+09:00");
    assert_eq!(job(town).await, 1);
}

pub async fn begin(town: &Town, person: PersonId, kind: Kind) -> RowId {
    let nurse = town.deed_of(Role::CenterStaff).await;
    let mut conn = town.db().read().await.unwrap();
    let standing = people::find_standing(&mut conn, &nurse, person).await;
    let version = standing.unwrap().unwrap().version;
    drop(conn);
    leaving::begin(town.db(), &nurse, person, version, wish(kind))
        .await
        .unwrap()
}

pub async fn find(town: &Town, id: RowId) -> leaving::Leaving {
    let deed = town.deed().await;
    let mut conn = town.db().read().await.unwrap();
    leaving::find(&mut conn, &deed, id).await.unwrap()
}

/// What the program does by itself; how many records it erased.
pub async fn job(town: &Town) -> usize {
    let deed = town.deed().await;
    leaving::round(town.db(), &deed).await.unwrap();
    erasure::carry_out_due(&town.app, &deed).await.unwrap()
}

async fn state(town: &Town, person: PersonId) -> Option<people::State> {
    let deed = town.deed().await;
    let mut conn = town.db().read().await.unwrap();
    let standing = people::find_standing(&mut conn, &deed, person).await;
    standing.unwrap().map(|standing| standing.state)
}

/// A tag in her hands, and what a caller who reads it out is told.
async fn tagged(town: &Town, person: PersonId) -> String {
    let deed = town.deed().await;
    let order = tags::Order {
        count: 2,
        mix: tags::Mix::KEY_HOLDER,
        note: String::new(),
    };
    let batch = tags::order_batch(town.db(), &deed, order).await.unwrap();
    tags::fill_batch(town.db(), &town.app.vault, &deed, batch)
        .await
        .unwrap();
    let tag = tags::bind_next(town.db(), &deed, person).await.unwrap();
    let mut conn = town.db().read().await.unwrap();
    let tag = tags::find(&mut conn, &deed, tag).await.unwrap().unwrap();
    tag.number.shown()
}

async fn look_up(town: &Town, number: &str) -> LookUp {
    let deed = town.deed_of(Role::CenterStaff).await;
    let mut conn = town.db().read().await.unwrap();
    tags::look_up(&mut conn, &town.app.vault, &deed, number)
        .await
        .unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn until_it_is_erased_one_press_brings_everything_back() {
    on_both(async |town| {
        let hanako = hanako::register(&town).await;
        let number = tagged(&town, hanako).await;
        let nurse = town.deed_of(Role::CenterStaff).await;
        let id = begin(&town, hanako, Kind::MovedAway).await;
        assert_eq!(state(&town, hanako).await, Some(people::State::MovedAway));
        assert_eq!(find(&town, id).await.due, date(2027, 11, 20));
        let again = leaving::begin(town.db(), &nurse, hanako, 2, wish(Kind::Died)).await;
        assert!(matches!(again, Err(Refusal::Already(of)) if of == id));
        leaving::approve(town.db(), &colleague(&town).await, id, 1)
            .await
            .unwrap();
        town.at("2027-11-19T23:00:00+09:00");
        assert_eq!(job(&town).await, 0);
        let nurse = town.deed_of(Role::CenterStaff).await;
        leaving::stop(town.db(), &nurse, id).await.unwrap();
        town.at("2027-12-01T10:00:00+09:00");
        assert_eq!(job(&town).await, 0);
        assert_eq!(find(&town, id).await.state, State::Stopped);
        assert_eq!(state(&town, hanako).await, Some(people::State::Registered));
        let found = look_up(&town, &number).await;
        assert!(matches!(found, LookUp::Found { person, .. } if person == hanako));
        let stop = leaving::stop(town.db(), &nurse, id).await;
        assert!(matches!(stop, Err(Refusal::Not(State::Stopped))));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_is_erased_before_a_second_person_agrees() {
    on_both(async |town| {
        let hanako = hanako::register(&town).await;
        let nurse = town.deed_of(Role::CenterStaff).await;
        let id = begin(&town, hanako, Kind::Erasure).await;
        job(&town).await;
        let leaving = find(&town, id).await;
        let own = leaving::approve(town.db(), &nurse, id, leaving.version).await;
        assert!(matches!(own, Err(Refusal::SamePerson)));
        // The colleagues find it among their work, and a day that is over erases nobody.
        let open = async |town: &Town| {
            let deed = town.deed_of(Role::CenterStaff).await;
            let mut conn = town.db().read().await.unwrap();
            let open = tasks::list(&mut conn, &deed, Whose::All).await.unwrap();
            open.into_iter()
                .filter(|task| task.kind == tasks::Kind::Leaving)
                .count()
        };
        assert_eq!(open(&town).await, 1);
        town.at("2027-01-20T10:00:00+09:00");
        assert_eq!(job(&town).await, 0);
        let other = colleague(&town).await;
        leaving::approve(town.db(), &other, id, leaving.version)
            .await
            .unwrap();
        assert_eq!(open(&town).await, 0);
        assert_eq!(job(&town).await, 1);
        assert_eq!(state(&town, hanako).await, None);
        let stop = leaving::stop(town.db(), &nurse, id).await;
        assert!(matches!(stop, Err(Refusal::Not(State::Erased))));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_call_or_a_roster_on_its_way_comes_first() {
    on_both(async |town| {
        let hanako = hanako::register(&town).await;
        let night = town.deed_of(Role::NightDesk).await;
        let inquiry = mimamori::desk::id_of(&night, "");
        let ask = mimamori::desk::Ask::default();
        mimamori::desk::open_for(town.db(), &night, inquiry, hanako, ask)
            .await
            .unwrap();
        let id = begin(&town, hanako, Kind::Erasure).await;
        leaving::approve(town.db(), &colleague(&town).await, id, 1)
            .await
            .unwrap();
        town.at("2026-12-04T10:00:00+09:00");
        assert_eq!(job(&town).await, 0);
        let night = town.deed_of(Role::NightDesk).await;
        let ending = mimamori::desk::Ending {
            place: "ご自宅".to_owned(),
            ..mimamori::desk::Ending::default()
        };
        mimamori::desk::close(town.db(), &night, inquiry, 1, ending)
            .await
            .unwrap();
        let roster = "氏名,生年月日\n南野 花子,S13.3.7\n".as_bytes().to_vec();
        people::import::begin(town.db(), &town.deed().await, "a.csv".to_owned(), roster)
            .await
            .unwrap();
        assert_eq!(job(&town).await, 0);
        town.pass(25 * 3_600);
        assert_eq!(job(&town).await, 1);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_left_before_gets_a_plan_and_whoever_is_back_loses_it() {
    on_both(async |town| {
        let hanako = hanako::register(&town).await;
        let nurse = town.deed_of(Role::CenterStaff).await;
        let on = date(2026, 11, 1);
        let moved = people::State::MovedAway;
        people::set_state(town.db(), &nurse, hanako, 1, moved, on)
            .await
            .unwrap();
        job(&town).await;
        let open = async |town: &Town| {
            let deed = town.deed().await;
            let mut conn = town.db().read().await.unwrap();
            leaving::find_open(&mut conn, &deed, hanako).await.unwrap()
        };
        let plan = open(&town).await.unwrap();
        assert_eq!((plan.kind, plan.due), (Kind::MovedAway, date(2027, 11, 1)));
        // Who wrote it down into the record does not agree either.
        let own = leaving::approve(town.db(), &nurse, plan.id, plan.version).await;
        assert!(matches!(own, Err(Refusal::SamePerson)));
        people::undo_state(town.db(), &nurse, hanako, 2)
            .await
            .unwrap();
        job(&town).await;
        assert!(open(&town).await.is_none());
    })
    .await;
}
