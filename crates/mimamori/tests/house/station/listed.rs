//! Fridays to which twenty people came, and somebody who came less: a list of the week.

use jiff::civil::{Date, date};
use mimamori::deed::Deed;
use mimamori::ids::{CenterId, RowId, SupporterId};
use mimamori::scope::Role;
use mimamori::station::change::{self, Agreed, Gathered, Signal, Way, Who, number_of};
use rhythm::{Consent, Facts, Meeting, Roll, Visit};

use crate::town::{Network, Town};

/// The Monday before the world's Friday.
pub const WEEK: Date = date(2026, 11, 16);

/// What somebody says at the counter.
pub fn says(signals: &[Signal]) -> Agreed {
    Agreed {
        signals: signals.to_vec(),
        on: date(2026, 11, 20),
        way: Way::Said,
        note: String::new(),
    }
}

/// Seventy Fridays to which twenty people came, and these of them not for so many of the last weeks; each
/// agreed to how often being looked at. The first is of the register of the center.
pub fn fridays(center: CenterId, gone: &[(SupporterId, u32)]) -> Gathered {
    let day = number_of(WEEK);
    let meetings = (0..70).map(|week| Meeting {
        course: 0,
        day: day - 3 - 7 * (69 - week),
        starts: 600,
        ends: 690,
        roll: Roll::Taken,
    });
    let mut visits = Vec::new();
    for person in 0..20u32 {
        let away = gone.get(person as usize).map_or(0, |(_, weeks)| *weeks);
        visits.extend((0..70 - away).map(|meeting| visit(person, meeting)));
    }
    let consents = (0..gone.len() as u32).flat_map(|person| {
        [rhythm::Signal::Less, rhythm::Signal::Gap].map(|signal| Consent {
            person,
            signal,
            from: day - 30,
            until: None,
        })
    });
    let people = (0..20).map(|at| Who {
        supporter: gone
            .get(at)
            .map_or(SupporterId(1 + at as i64), |(id, _)| *id),
        name: "川村 澄江".to_owned(),
        center: (at == 0).then_some(center),
    });
    Gathered {
        facts: Facts {
            people: 20,
            courses: 1,
            meetings: meetings.collect(),
            visits,
            consents: consents.collect(),
            ..Facts::default()
        },
        people: people.collect(),
    }
}

/// Came as everybody.
pub fn visit(person: u32, meeting: u32) -> Visit {
    Visit {
        person,
        meeting,
        role: rhythm::Role::Participant,
        arrived: None,
        left: None,
    }
}

/// A supporter of a town on the list of its center.
pub async fn listed(town: &Town, place: &Network, id: SupporterId) -> RowId {
    let db = town.db();
    let (nurse, head): (Deed, Deed) = (
        town.deed_at(place, Role::CenterStaff).await,
        town.deed_at(place, Role::CenterHead).await,
    );
    change::agree(db, &nurse, id, says(&[Signal::Often]))
        .await
        .unwrap();
    change::set_number(db, &head, 5).await.unwrap();
    let gathered = fridays(place.center, &[(id, 12)]);
    change::draw_up(db, &nurse, gathered, WEEK).await.unwrap();
    let mut conn = db.read().await.unwrap();
    let list = change::list_week(&mut conn, &nurse, WEEK).await.unwrap();
    list[0].id
}
