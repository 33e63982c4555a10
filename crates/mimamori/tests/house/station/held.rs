//! Gymnastics in the park: the course that stories are told of.

use jiff::civil::{Date, date};
use mimamori::deed::Deed;
use mimamori::ids::RowId;
use mimamori::station::courses::{
    self, Beat, By, Closed, CourseDay, Details, Entry, Hours, Marks, Need, OnHoliday, Place, Plan,
    Role, Rule, Who,
};

use crate::town::Town;

/// A name that is not for everybody.
pub const TEACHER: &str = "山野 歩";
/// What those who work there tell each other.
pub const NOTE: &str = "鍵は商店会の事務所から借りる";

/// Gymnastics in the park on Fridays, planned to the end of March.
pub struct Held {
    pub course: RowId,
    /// In order; the first is a week from now.
    pub days: Vec<RowId>,
    pub hall: RowId,
    /// The turn of the year.
    pub closure: RowId,
}

pub fn details(hall: RowId) -> Details {
    Details {
        title: "公園体操".to_owned(),
        reading: "コウエンタイソウ".to_owned(),
        hours: Hours {
            starts: 600,
            ends: 660,
        },
        place: Some(hall),
        holds: Some(30),
        fee: 0,
        bring: "水筒、タオル".to_owned(),
        about: "いすに座ったままでもできます。".to_owned(),
        by: By::Supporters,
        organisation: None,
        by_name: String::new(),
        who: Who::Anyone,
        entry: Entry::Open,
        shown: true,
        teacher: TEACHER.to_owned(),
        teacher_shown: false,
        needs: vec![Need {
            role: Role::Helper,
            number: 2,
        }],
        note: NOTE.to_owned(),
    }
}

pub fn fridays() -> Rule {
    Rule {
        beat: Beat::Weeks {
            every: 1,
            on: Marks::of([4]),
        },
        except: Marks::default(),
        holidays: OnHoliday::Skip,
        also: Vec::new(),
        but: Vec::new(),
    }
}

pub fn plan(hall: RowId) -> Plan {
    Plan {
        from: date(2026, 11, 21),
        until: date(2027, 3, 31),
        rule: fridays(),
        details: details(hall),
    }
}

pub async fn hall(town: &Town, deed: &Deed, word: &str) -> RowId {
    let place = Place {
        id: RowId(0),
        word: word.to_owned(),
        address: "みなみ町1丁目2番".to_owned(),
        access: "バス停「公園前」から徒歩3分".to_owned(),
        holds: Some(60),
        open: true,
        version: 0,
    };
    courses::keep_place(town.db(), deed, place).await.unwrap()
}

pub async fn held(town: &Town, deed: &Deed) -> Held {
    let hall = hall(town, deed, "第一児童公園").await;
    let closed = Closed {
        from: date(2026, 12, 29),
        until: date(2027, 1, 3),
        word: "年末年始".to_owned(),
    };
    let closure = courses::add_closure(town.db(), deed, closed).await.unwrap();
    let course = courses::plan(town.db(), deed, plan(hall)).await.unwrap();
    let days = days(town, deed, course).await;
    Held {
        course,
        days: days.iter().map(|day| day.id).collect(),
        hall,
        closure,
    }
}

pub async fn days(town: &Town, deed: &Deed, course: RowId) -> Vec<CourseDay> {
    let mut conn = town.db().read().await.unwrap();
    let days = courses::list_of_series(&mut conn, deed, course, Date::MIN).await;
    days.unwrap()
}
