//! Days are changed, moved, called off, ended; what was held stays.

use jiff::civil::date;
use mimamori::clock::midnight;
use mimamori::scope::Role;
use mimamori::station::courses::{
    self, Beat, CourseDay, Details, Hours, Marks, Move, Off, Plan, Reach, Reason, Refusal, Rule,
    State,
};

use super::{day, days, details, fridays, held, plan};
use crate::town::on_both;

fn titles(days: &[CourseDay]) -> Vec<&str> {
    days.iter().map(|day| day.details.title.as_str()).collect()
}

#[tokio::test]
async fn one_this_and_following_or_all_that_are_to_come_are_changed() {
    on_both(async |town| {
        let nurse = town.deed_of(Role::CenterStaff).await;
        let held = held(&town, &nurse).await;
        let of = |at: usize, version: i64| (held.days[at], version);
        let titled = |title: &str| Details {
            title: title.to_owned(),
            ..details(held.hall)
        };
        let db = town.db();
        courses::change(db, &nurse, of(3, 1), titled("外で体操"), Reach::One)
            .await
            .unwrap();
        courses::change(db, &nurse, of(2, 1), titled("いす体操"), Reach::Following)
            .await
            .unwrap();
        let now = days(&town, &nurse, held.course).await;
        assert_eq!(
            titles(&now[..5]),
            ["公園体操", "公園体操", "いす体操", "外で体操", "いす体操"]
        );
        // Two Fridays on, what was held stays, and the rest follows.
        town.app.clock.set(midnight(date(2026, 12, 5)));
        let nurse = town.deed_of(Role::CenterStaff).await;
        let dear = Details {
            fee: 200,
            ..titled("いす体操")
        };
        courses::change(db, &nurse, of(4, 2), dear, Reach::Coming)
            .await
            .unwrap();
        let now = days(&town, &nurse, held.course).await;
        let fees: Vec<u32> = now[..5].iter().map(|day| day.details.fee).collect();
        assert_eq!(fees, [0, 0, 200, 200, 200]);
        assert_eq!(now[3].details.title, "外で体操");
        let mut conn = db.read().await.unwrap();
        let series = courses::find_series(&mut conn, &nurse, held.course)
            .await
            .unwrap();
        assert_eq!(
            (series.details.title.as_str(), series.details.fee),
            ("いす体操", 200)
        );
        drop(conn);
        let late = courses::change(db, &nurse, of(0, 1), titled("x"), Reach::One).await;
        assert!(matches!(late, Err(Refusal::IsOver)));
        let stale = courses::change(db, &nurse, of(4, 2), titled("x"), Reach::One).await;
        assert!(matches!(stale, Err(Refusal::Changed)));
        let other = town.deed_at(&town.kitami, Role::CenterStaff).await;
        let theirs = courses::change(db, &other, of(5, 2), titled("x"), Reach::One).await;
        assert!(matches!(theirs, Err(Refusal::NotFound)));
    })
    .await;
}

#[tokio::test]
async fn moved_called_off_and_ended_are_three_things_and_are_taken_back() {
    on_both(async |town| {
        let nurse = town.deed_of(Role::CenterStaff).await;
        let held = held(&town, &nurse).await;
        let db = town.db();
        let to = Move {
            day: date(2026, 11, 30),
            hours: Hours {
                starts: 780,
                ends: 840,
            },
            place: Some(held.hall),
            why: "公園の工事のため".to_owned(),
        };
        courses::shift(db, &nurse, (held.days[0], 1), to)
            .await
            .unwrap();
        let off = Off {
            reason: Reason::Weather,
            words: "大雨の予報".to_owned(),
            told: "店先に掲示".to_owned(),
        };
        courses::call_off(db, &nurse, (held.days[1], 1), off)
            .await
            .unwrap();
        courses::end(db, &nurse, held.course, 1, date(2026, 12, 11))
            .await
            .unwrap();
        let now = days(&town, &nurse, held.course).await;
        let states: Vec<State> = now.iter().map(|day| day.state).collect();
        assert_eq!(states[..3], [State::Planned, State::Off, State::Planned]);
        assert!(states[3..].iter().all(|state| *state == State::Ended));
        assert_eq!(now[0].was.as_ref().unwrap().day, date(2026, 11, 27));

        let page = town
            .sign_in(Role::CenterStaff)
            .await
            .get("/station?m=2026-11")
            .await;
        assert!(page.text().contains("変更") && page.text().contains("もとは11月27日（金）"));
        let public = town.visitor().get("/c/minami?m=2026-12").await;
        assert!(public.text().contains("雨・風・雪のため中止（大雨の予報）"));
        assert!(!public.text().contains("店先に掲示"));
        assert!(
            !public.text().contains("18日（金）"),
            "the series has ended"
        );

        courses::resume(db, &nurse, held.course, 2).await.unwrap();
        courses::call_on(db, &nurse, (held.days[1], 2))
            .await
            .unwrap();
        let now = days(&town, &nurse, held.course).await;
        assert!(now.iter().all(|day| day.state == State::Planned));
        let again = courses::resume(db, &nurse, held.course, 3).await;
        assert!(matches!(again, Err(Refusal::IsOver)));
    })
    .await;
}

#[tokio::test]
async fn what_passed_while_it_had_ended_was_not_held() {
    on_both(async |town| {
        let nurse = town.deed_of(Role::CenterStaff).await;
        let held = held(&town, &nurse).await;
        let (db, last) = (town.db(), date(2026, 12, 11));
        courses::end(db, &nurse, held.course, 1, last)
            .await
            .unwrap();
        town.at("2027-01-05T09:00:00+09:00");
        let nurse = town.deed_of(Role::CenterStaff).await;
        courses::resume(db, &nurse, held.course, 2).await.unwrap();
        for day in days(&town, &nurse, held.course).await {
            let missed = day.day > last && day.day < date(2027, 1, 5);
            assert_eq!(day.state == State::Ended, missed, "{}", day.day);
        }
    })
    .await;
}

#[tokio::test]
async fn a_series_is_planned_anew_and_what_people_were_told_stays() {
    on_both(async |town| {
        let nurse = town.deed_of(Role::CenterStaff).await;
        let held = held(&town, &nurse).await;
        let db = town.db();
        let off = Off {
            reason: Reason::Heat,
            words: String::new(),
            told: String::new(),
        };
        courses::call_off(db, &nurse, (held.days[2], 1), off)
            .await
            .unwrap();
        // From the second of December on Wednesdays, an hour later.
        let new = Plan {
            from: date(2026, 12, 2),
            rule: Rule {
                beat: Beat::Weeks {
                    every: 1,
                    on: Marks::of([2]),
                },
                ..fridays()
            },
            details: Details {
                hours: Hours {
                    starts: 660,
                    ends: 720,
                },
                ..details(held.hall)
            },
            ..plan(held.hall)
        };
        let early = Plan {
            from: date(2026, 11, 1),
            ..new.clone()
        };
        let refused = courses::replan(db, &nurse, (held.course, 1), early, false).await;
        assert!(matches!(refused, Err(Refusal::TooEarly)));
        courses::replan(db, &nurse, (held.course, 1), new.clone(), false)
            .await
            .unwrap();
        let refused = courses::replan(db, &nurse, (held.course, 1), new, false).await;
        assert!(matches!(refused, Err(Refusal::Changed)));
        let now = days(&town, &nurse, held.course).await;
        let first: Vec<_> = now[..4].iter().map(|day| (day.day, day.state)).collect();
        assert_eq!(
            first,
            [
                (date(2026, 11, 27), State::Planned),
                (date(2026, 12, 2), State::Planned),
                (date(2026, 12, 9), State::Planned),
                (date(2026, 12, 11), State::Off),
            ]
        );
        assert_eq!(now[1].details.hours.starts, 660);
        assert_eq!(
            day(&town, &nurse, held.days[0]).await.details.hours.starts,
            600
        );
    })
    .await;
}
