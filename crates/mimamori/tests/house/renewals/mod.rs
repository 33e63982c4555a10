//! Stories of the yearly renewal.

mod figures;
mod months;
mod silence;
mod walk;

use mimamori::ids::PersonId;
use mimamori::people::{self, Way};
use mimamori::renewals::{self, AskWay, Month, Renewal, State, Which};
use mimamori::scope::Role;

use crate::town::Town;

/// Spring: ハナコ, born in April, is asked; she was registered long before.
pub const MARCH: &str = "2027-03-02T10:00:00+09:00";

/// What the server does every minute.
pub async fn minute(town: &Town) {
    let deed = town.deed().await;
    renewals::keep_up(town.db(), &deed).await.unwrap();
}

/// So many days later, with what the server does meanwhile.
pub async fn days(town: &Town, days: i64) {
    town.pass(days * 24 * 3600);
    minute(town).await;
}

/// Somebody's renewal of a year.
pub async fn renewal(town: &Town, person: PersonId, year: i16) -> Renewal {
    let deed = town.deed().await;
    let mut conn = town.db().read().await.unwrap();
    let found = renewals::find(&mut conn, &deed, person, year).await;
    found.unwrap().expect("a renewal of this year")
}

/// A nurse asks somebody for the renewal of 2027.
pub async fn ask(town: &Town, person: PersonId, way: AskWay) {
    let nurse = town.deed_of(Role::CenterStaff).await;
    let asked = renewals::ask_all(town.db(), &nurse, &[person], 2027, way).await;
    assert_eq!(asked.unwrap().asked, 1);
}

/// How many of a month stand in a state, at every center.
pub async fn count(town: &Town, month: &str, state: Option<State>) -> i64 {
    let deed = town.deed().await;
    let mut conn = town.db().read().await.unwrap();
    let which = Which {
        month: Month::from_code(month).unwrap(),
        center: None,
        state: None,
    };
    let counts = renewals::count(&mut conn, &deed, which).await.unwrap();
    counts.of(state)
}

/// Goes through the record at the counter: everything is as it was.
pub async fn renew(town: &Town, person: PersonId, way: Way) {
    walk_through(town, person, way).await;
    let nurse = town.deed_of(Role::CenterStaff).await;
    renewals::finish(town.db(), &nurse, person, None, false)
        .await
        .unwrap();
}

/// The same without the last button; what was never asked is asked by its form, without an answer.
pub async fn walk_through(town: &Town, person: PersonId, way: Way) {
    let nurse = town.deed_of(Role::CenterStaff).await;
    renewals::begin_walk(town.db(), &nurse, person, way)
        .await
        .unwrap();
    for group in people::Group::ALL {
        let mut conn = town.db().read().await.unwrap();
        let record = people::find(&mut conn, &nurse, person).await.unwrap();
        drop(conn);
        let record = record.unwrap();
        let of = (*group, record.group(*group).version);
        let heard = match record.gap(*group) {
            people::Gap::Nothing => people::Heard::Unchanged,
            people::Gap::Empty => people::Heard::Nothing,
            people::Gap::Unasked(_) => {
                let people::Kept { value, version, .. } = record.consent.clone();
                people::change_consent(town.db(), &nurse, person, version, value, Some(way))
                    .await
                    .unwrap();
                continue;
            }
        };
        people::confirm(town.db(), &nurse, person, of, heard, way)
            .await
            .unwrap();
    }
}
