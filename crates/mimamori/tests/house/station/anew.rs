//! A series is planned anew: no day that somebody may count on vanishes; and how many a day holds.

use jiff::civil::date;
use mimamori::deed::Deed;
use mimamori::scope::Role;
use mimamori::station::courses::{
    self, CourseDay, Details, Entry, Marks, Place, Plan, Reach, Reason, Refusal, Rule, State,
};

use super::{day, days, details, fridays, held, plan};
use crate::town::{Town, on_both};

/// Gymnastics on Wednesdays from the second of December.
fn wednesdays(hall: mimamori::ids::RowId) -> Plan {
    Plan {
        from: date(2026, 12, 2),
        rule: Rule {
            beat: courses::Beat::Weeks {
                every: 1,
                on: Marks::of([2]),
            },
            ..fridays()
        },
        ..plan(hall)
    }
}

/// As upper rooms pin a day on which something hangs.
async fn pin(town: &Town, deed: &Deed, id: mimamori::ids::RowId) {
    let deed = deed.clone();
    let pinned = town
        .db()
        .write(move |conn| Box::pin(async move { courses::pin_day(conn, &deed, id).await }));
    pinned.await.unwrap();
}

#[tokio::test]
async fn a_day_that_somebody_counts_on_is_called_off_and_does_not_vanish() {
    on_both(async |town| {
        let nurse = town.deed_of(Role::CenterStaff).await;
        let held = held(&town, &nurse).await;
        let alone = Details {
            title: "公園体操と健康測定".to_owned(),
            ..details(held.hall)
        };
        courses::change(town.db(), &nurse, (held.days[2], 1), alone, Reach::One)
            .await
            .unwrap();
        // The neighbour's hand reaches no day of this town.
        let other = town.deed_at(&town.kitami, Role::CenterStaff).await;
        pin(&town, &other, held.days[4]).await;
        pin(&town, &nurse, held.days[3]).await;
        courses::replan(
            town.db(),
            &nurse,
            (held.course, 1),
            wednesdays(held.hall),
            false,
        )
        .await
        .unwrap();
        let fridays: Vec<CourseDay> = days(&town, &nurse, held.course)
            .await
            .into_iter()
            .filter(|day| held.days.contains(&day.id))
            .collect();
        let left: Vec<_> = fridays.iter().map(|day| (day.id, day.state)).collect();
        let expected = [
            (held.days[0], State::Planned),
            (held.days[2], State::Off),
            (held.days[3], State::Off),
        ];
        assert_eq!(left, expected);
        assert_eq!(fridays[1].off.as_ref().unwrap().reason, Reason::Plan);
        let public = town.visitor().get("/c/minami?m=2026-12").await;
        assert!(public.text().contains("日程が変わったため中止"));
    })
    .await;
}

#[tokio::test]
async fn a_rule_that_leaves_no_day_is_asked_about() {
    on_both(async |town| {
        let nurse = town.deed_of(Role::CenterStaff).await;
        let held = held(&town, &nurse).await;
        let client = town.sign_in(Role::CenterStaff).await;
        let path = format!("/station/courses/{}/edit", held.course);
        let place = held.hall.to_string();
        let mut form = vec![
            ("version", "1"),
            ("title", "公園体操"),
            ("beat", "weeks"),
            ("on", "4"),
            ("every", "1"),
            ("starts", "10:00"),
            ("ends", "11:00"),
            ("place", &place),
            // One day, a Saturday.
            ("from", "2026-11-28"),
            ("until", "2026-11-28"),
        ];
        let asked = client.post(&path, &form).await;
        assert_eq!(asked.status, 422);
        assert!(asked.text().contains("これからの回が1回もありません"));
        assert_eq!(days(&town, &nurse, held.course).await.len(), 17);
        form.push(("emptied", "yes"));
        let kept = client.post(&path, &form).await;
        assert_eq!(kept.status, 303);
        assert_eq!(days(&town, &nurse, held.course).await.len(), 1);
    })
    .await;
}

/// When days begin and how many they hold, as it stands in the database.
async fn columns(town: &Town) -> Vec<(String, Option<i64>)> {
    let mut conn = town.db().read().await.unwrap();
    let read = db::sql("SELECT starts, holds FROM course_days ORDER BY day");
    let rows = conn.rows(read, &[]).await.unwrap();
    rows.into_iter()
        .map(|mut row| (row.text(0).unwrap(), row.maybe_int(1).unwrap()))
        .collect()
}

#[tokio::test]
async fn a_day_holds_what_was_said_of_it_or_else_what_its_place_holds() {
    on_both(async |town| {
        let nurse = town.deed_of(Role::CenterStaff).await;
        let held = held(&town, &nurse).await;
        let db = town.db();
        assert_eq!(columns(&town).await[0], ("10:00".to_owned(), Some(30)));
        // All of them early, by sign-up, as many as the place holds; one day fewer.
        let mut early = details(held.hall);
        (early.hours.starts, early.holds, early.entry) = (570, None, Entry::SignUp);
        courses::change(db, &nurse, (held.days[0], 1), early.clone(), Reach::Coming)
            .await
            .unwrap();
        let few = Details {
            holds: Some(12),
            ..early
        };
        courses::change(db, &nurse, (held.days[1], 2), few, Reach::One)
            .await
            .unwrap();
        let is = |holds| ("09:30".to_owned(), Some(holds));
        assert_eq!(columns(&town).await[..3], [is(60), is(12), is(60)]);
        // A week on the place is measured anew: what was held stays.
        town.at("2026-11-28T09:00:00+09:00");
        let nurse = town.deed_of(Role::CenterStaff).await;
        let mut conn = db.read().await.unwrap();
        let place = courses::list_places(&mut conn, &nurse).await.unwrap();
        drop(conn);
        let smaller = Place {
            holds: Some(40),
            ..place[0].clone()
        };
        courses::keep_place(db, &nurse, smaller).await.unwrap();
        assert_eq!(columns(&town).await[..3], [is(60), is(12), is(40)]);
        assert_eq!(day(&town, &nurse, held.days[2]).await.holds, Some(40));
        let public = town.visitor().get("/c/minami?m=2026-12").await;
        for words in ["定員：12人", "定員：40人"] {
            assert!(public.text().contains(words), "{words}");
        }
        // A form made before that is not lost on what it did not see.
        let stale = courses::call_on(db, &nurse, (held.days[2], 2)).await;
        assert!(matches!(stale, Err(Refusal::Changed)));
    })
    .await;
}
