//! What everybody may read, and what they may not.

use axum::body::Body;
use axum::http::Request;
use mimamori::scope::Role;
use mimamori::station::courses::{self, Details, Place, Plan, Reach};

use super::{NOTE, TEACHER, details, held, plan};
use crate::town::on_both;

/// Every way in which everybody reads.
const WAYS: [&str; 3] = [
    "/c/minami?m=2026-12",
    "/c/minami/courses.ics",
    "/c/minami/event.csv",
];

#[tokio::test]
async fn nobody_outside_learns_a_teacher_a_note_or_a_course_that_is_not_for_everybody() {
    on_both(async |town| {
        let nurse = town.deed_of(Role::CenterStaff).await;
        let held = held(&town, &nurse).await;
        let inside = Plan {
            details: Details {
                title: "運営会議".to_owned(),
                shown: false,
                ..details(held.hall)
            },
            ..plan(held.hall)
        };
        courses::plan(town.db(), &nurse, inside).await.unwrap();
        let visitor = town.visitor();
        for way in WAYS {
            let read = visitor.get(way).await;
            assert_eq!(read.status, 200, "{way}");
            let text = read.text().replace("\r\n ", "");
            assert!(text.contains("公園体操"), "{way}");
            for secret in [TEACHER, NOTE, "運営会議"] {
                assert!(!text.contains(secret), "{way}: {secret}");
            }
        }
        let said = Details {
            teacher_shown: true,
            ..details(held.hall)
        };
        courses::change(town.db(), &nurse, (held.days[1], 1), said, Reach::One)
            .await
            .unwrap();
        for way in WAYS {
            let read = visitor.get(way).await;
            assert!(read.text().replace("\r\n ", "").contains(TEACHER), "{way}");
        }
        assert_eq!(visitor.get("/c/nowhere").await.status, 404);
        // The neighbour's calendar is empty, and a month that is none is this one.
        let theirs = visitor.get("/c/kitami?m=1-1").await;
        assert!(theirs.text().contains("まだ決まっていません"));
    })
    .await;
}

#[tokio::test]
async fn a_course_is_sealed_in_the_database() {
    on_both(async |town| {
        let nurse = town.deed_of(Role::CenterStaff).await;
        held(&town, &nurse).await;
        let mut conn = town.db().read().await.unwrap();
        let kept = db::sql("SELECT kept FROM course_days");
        for mut row in conn.rows(kept, &[]).await.unwrap() {
            let kept = row.blob(0).unwrap();
            assert!(!kept.windows(6).any(|six| six == "山野".as_bytes()));
        }
    })
    .await;
}

#[tokio::test]
async fn what_is_still_to_come_stands_before_what_is_over() {
    on_both(async |town| {
        let nurse = town.deed_of(Role::CenterStaff).await;
        held(&town, &nurse).await;
        let rows = async || {
            let page = town.visitor().get("/c/minami?m=2026-12").await;
            (
                page.select("tbody tr td:first-child, tbody tr th:first-child"),
                page.text().contains("終わった回"),
            )
        };
        let place =
            |rows: &[String], day: &str| rows.iter().position(|row| row.contains(day)).unwrap();
        let (before, folded) = rows().await;
        assert!(place(&before, "4日（金）") < place(&before, "18日（金）"));
        assert!(!folded);
        town.at("2026-12-15T09:00:00+09:00");
        let (midway, folded) = rows().await;
        assert!(place(&midway, "18日（金）") < place(&midway, "4日（金）"));
        assert!(folded);
    })
    .await;
}

#[tokio::test]
async fn calendars_elsewhere_ask_again_for_nothing_and_learn_of_a_place_that_was_renamed() {
    on_both(async |town| {
        let nurse = town.deed_of(Role::CenterStaff).await;
        let held = held(&town, &nurse).await;
        for way in &WAYS[1..] {
            let visitor = town.visitor();
            let tag = visitor.get(way).await.header("etag").to_owned();
            let again = async |known: &str| {
                let asked = Request::get(*way).header("if-none-match", known);
                visitor.send(asked.body(Body::empty()).unwrap()).await
            };
            let same = again(&format!("\"x\", W/{tag}")).await;
            assert_eq!((same.status, same.text()), (304, String::new()));
            assert_eq!(same.header("etag"), tag);
            assert_eq!(again("\"x\"").await.status, 200);
        }
        let feed = async || town.visitor().get("/c/minami/courses.ics").await.text();
        let sequences = |feed: &str, number: &str| feed.matches(number).count();
        assert_eq!(sequences(&feed().await, "SEQUENCE:0"), 17);
        let mut conn = town.db().read().await.unwrap();
        let place = courses::list_places(&mut conn, &nurse)
            .await
            .unwrap()
            .remove(0);
        drop(conn);
        let renamed = Place {
            word: "みなみ児童公園".to_owned(),
            ..place
        };
        town.at("2026-11-28T09:00:00+09:00");
        let nurse = town.deed_of(Role::CenterStaff).await;
        courses::keep_place(town.db(), &nurse, renamed)
            .await
            .unwrap();
        let now = feed().await;
        assert_eq!(
            sequences(&now, "SEQUENCE:1"),
            16,
            "all that are still to come"
        );
        assert_eq!(sequences(&now, "SEQUENCE:0"), 1);
        // What is not for everybody is not said to stand there.
        let inside = Details {
            shown: false,
            ..details(held.hall)
        };
        courses::change(town.db(), &nurse, (held.days[1], 2), inside, Reach::One)
            .await
            .unwrap();
        let client = town.sign_in(Role::CenterStaff).await;
        let path = format!("/station/days/{}", held.days[1]);
        let off = [("version", "3"), ("reason", "heat")];
        assert_eq!(client.post(&format!("{path}/off"), &off).await.status, 303);
        let page = client.get(&path).await.text();
        assert!(page.contains("案内にのせていない講座なので") && !page.contains("と出ています"));
    })
    .await;
}
