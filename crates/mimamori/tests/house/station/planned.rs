//! Series and years are planned.

use jiff::civil::date;
use mimamori::ids::RowId;
use mimamori::scope::Role;
use mimamori::station::courses::{
    self, Beat, Closed, Details, Hours, Marks, Plan, Refusal, Rule, Year,
};

use super::{days, details, fridays, held, plan};
use crate::town::on_both;

#[tokio::test]
async fn a_series_gives_its_days_without_holidays_and_closures() {
    on_both(async |town| {
        let nurse = town.deed_of(Role::CenterStaff).await;
        let held = held(&town, &nurse).await;
        let days = days(&town, &nurse, held.course).await;
        assert_eq!(days[0].day, date(2026, 11, 27));
        assert!(days.iter().all(|day| day.day != date(2027, 1, 1)));
        // Nineteen Fridays, without 1 January.
        assert_eq!(days.len(), 17);
        let none = Plan {
            until: date(2026, 11, 26),
            ..plan(held.hall)
        };
        let refused = courses::plan(town.db(), &nurse, none).await;
        assert!(matches!(refused, Err(Refusal::NoDays)));
        let long = Plan {
            until: date(2029, 3, 31),
            ..plan(held.hall)
        };
        let refused = courses::plan(town.db(), &nurse, long).await;
        assert!(matches!(refused, Err(Refusal::TooLong)));
        let night = town.deed_of(Role::NightDesk).await;
        let refused = courses::plan(town.db(), &night, plan(held.hall)).await;
        assert!(matches!(refused, Err(Refusal::NoRight(_))));
    })
    .await;
}

#[tokio::test]
async fn what_can_not_be_held_both_is_asked_about_before_it_is_kept() {
    on_both(async |town| {
        let nurse = town.deed_of(Role::CenterStaff).await;
        let held = held(&town, &nurse).await;
        let client = town.sign_in(Role::CenterStaff).await;
        let place = held.hall.to_string();
        let mut form = vec![
            ("title", "いす体操"),
            ("beat", "weeks"),
            ("on", "4"),
            ("every", "1"),
            ("holidays", "skip"),
            ("starts", "10:30"),
            ("ends", "１１時３０分"),
            ("place", &place),
            ("from", "R8.11.24"),
            ("until", "2027-03-31"),
            ("who", "anyone"),
            ("entry", "open"),
            ("by", "center"),
        ];
        let asked = client.post("/station/courses/new", &form).await;
        assert_eq!(asked.status, 422);
        assert!(asked.text().contains("重なりを承知で保存する"));
        assert!(asked.text().contains("公園体操"));
        assert!(asked.text().contains("value=\"いす体操\""), "as typed");
        form.push(("anyway", "yes"));
        let kept = client.post("/station/courses/new", &form).await;
        assert_eq!(kept.status, 303);
        // A form that lacks things says which.
        let refused = client
            .post("/station/courses/new", &[("beat", "month_weeks")])
            .await;
        assert_eq!(refused.status, 422);
        for words in [
            "講座の名前を入れてください",
            "曜日を1つ以上",
            "第何週かを1つ以上",
        ] {
            assert!(refused.text().contains(words), "{words}");
        }
    })
    .await;
}

/// A course on a weekday of a week of the month, without a teacher.
fn monthly(hall: RowId, title: &str, (week, on): (u32, u32), starts: u16) -> Plan {
    Plan {
        rule: Rule {
            beat: Beat::MonthWeeks {
                weeks: Marks::of([week]),
                on: Marks::of([on]),
            },
            ..fridays()
        },
        details: Details {
            title: title.to_owned(),
            teacher: String::new(),
            hours: Hours {
                starts,
                ends: starts + 60,
            },
            ..details(hall)
        },
        ..plan(hall)
    }
}

#[tokio::test]
async fn a_year_is_planned_from_the_one_before_in_one_deed() {
    on_both(async |town| {
        let nurse = town.deed_of(Role::CenterStaff).await;
        let gym = held(&town, &nurse).await;
        let seminar = monthly(gym.hall, "地域づくりセミナー", (2, 5), 600);
        let seminar = Plan {
            rule: Rule {
                except: Marks::of([8]),
                ..seminar.rule
            },
            ..seminar
        };
        let seminar = courses::plan(town.db(), &nurse, seminar).await.unwrap();
        // It would stand where the gymnastics stand, once a month on Fridays.
        let english = monthly(gym.hall, "英語", (1, 4), 630);
        let english = courses::plan(town.db(), &nurse, english).await.unwrap();
        let ended = courses::plan(town.db(), &nurse, plan(gym.hall))
            .await
            .unwrap();
        courses::end(town.db(), &nurse, ended, 1, date(2027, 3, 31))
            .await
            .unwrap();

        let year = Year::of(date(2027, 4, 1));
        let mut conn = town.db().read().await.unwrap();
        let proposals = courses::propose(&mut conn, &nurse, year).await.unwrap();
        drop(conn);
        let count: Vec<(_, usize)> = proposals
            .list
            .iter()
            .map(|one| (one.series.id, one.laid.days.len()))
            .collect();
        assert_eq!(count, [(gym.course, 52), (seminar, 11), (english, 12)]);
        assert!(!proposals.clashes.is_empty());
        let chosen: Vec<_> = proposals
            .list
            .iter()
            .map(|one| (one.series.id, one.series.version))
            .collect();
        // Somebody changed one of them since: nothing of all is kept.
        let stale = [&chosen[..2], &[(english, 7)]].concat();
        let refused = courses::extend(town.db(), &nurse, year, stale).await;
        assert!(matches!(refused, Err(Refusal::Changed)));
        assert_eq!(days(&town, &nurse, gym.course).await.len(), 17);
        let came = courses::extend(town.db(), &nurse, year, chosen.clone()).await;
        assert_eq!(came.unwrap(), 75);
        assert_eq!(days(&town, &nurse, gym.course).await.len(), 69);
        // Once more it finds nothing to do.
        let mut conn = town.db().read().await.unwrap();
        let again = courses::propose(&mut conn, &nurse, year).await.unwrap();
        assert_eq!(again.list.len(), 0);
    })
    .await;
}

#[tokio::test]
async fn a_closure_is_removed_once_and_belongs_to_its_town() {
    on_both(async |town| {
        let nurse = town.deed_of(Role::CenterStaff).await;
        let held = held(&town, &nurse).await;
        let other = town.deed_at(&town.kitami, Role::CenterStaff).await;
        let refused = courses::remove_closure(town.db(), &other, held.closure).await;
        assert!(matches!(refused, Err(Refusal::NotFound)));
        courses::remove_closure(town.db(), &nurse, held.closure)
            .await
            .unwrap();
        let refused = courses::remove_closure(town.db(), &nurse, held.closure).await;
        assert!(matches!(refused, Err(Refusal::NotFound)));
        let closed = Closed {
            from: date(2026, 12, 1),
            until: date(2026, 12, 1),
            word: "点検".to_owned(),
        };
        let night = town.deed_of(Role::NightDesk).await;
        let refused = courses::add_closure(town.db(), &night, closed).await;
        assert!(matches!(refused, Err(Refusal::NoRight(_))));
    })
    .await;
}
