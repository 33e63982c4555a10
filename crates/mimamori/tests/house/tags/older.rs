//! A town's older number is bound by hand, and a person's tags open as the rest of the record does.

use jiff::civil::date;
use mimamori::audit::{self, Filter, Verb};
use mimamori::people::{self, Draft};
use mimamori::scope::Role;
use mimamori::tags::{self, LookUp, Refusal, State};

use super::{look_up, registered, stocked, tag};
use crate::hanako;
use crate::town::on_both;

#[tokio::test(flavor = "multi_thread")]
async fn an_older_number_is_bound_by_hand_and_found_however_it_is_read() {
    on_both(async |town| {
        let person = registered(&town, "山田", "ハナ子").await;
        let nurse = town.sign_in(Role::CenterStaff).await;
        let counter = nurse.get(&format!("/people/{person}/tags")).await;
        let path = counter.attr("main a[href$='/older']", "href").unwrap();
        assert_eq!(nurse.get(&path).await.status, 200);
        let bound = nurse.post(&path, &[("number", " Ａ－０１２３ ")]).await;
        assert_eq!(bound.status, 303, "{}", bound.text());
        let one = bound.location().to_owned();
        let id = one.rsplit('/').next().unwrap().parse().unwrap();
        let deed = town.deed_of(Role::CenterStaff).await;
        let found = look_up(&town, &deed, "a 0123").await;
        assert!(found == LookUp::Found { tag: id, person });
        let mut conn = town.db().read().await.unwrap();
        let filter = Filter {
            whose: Some(person),
            staff: None,
            verb: Some(Verb::TagBound),
            before: None,
            limit: 9,
        };
        let lines = audit::list_entries(&mut conn, &deed.scope, filter).await;
        assert_eq!(lines.unwrap().len(), 1);
        drop(conn);
        let undo = nurse.get(&one).await.attr(".flash form", "action").unwrap();
        assert_eq!(nurse.post(&undo, &[]).await.status, 303);
        assert_eq!(tag(&town, id).await.state, State::Stock);
        let other = registered(&town, "鈴木", "ウメ").await;
        let next = tags::bind_next(town.db(), &deed, other).await;
        assert!(
            matches!(next, Err(Refusal::NoStock)),
            "an old tag is nobody's next number"
        );
        let again = nurse.post(&path, &[("number", "A0123")]).await;
        assert_eq!(again.location(), one, "a slip is mended");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_no_older_number_says_why_and_comes_back_as_typed() {
    on_both(async |town| {
        let batch = stocked(&town, 1).await;
        let list = tags::take_list(town.db(), &town.deed().await, batch).await;
        let ours = list.unwrap()[0].0.shown();
        let person = registered(&town, "山田", "ハナ子").await;
        let other = registered(&town, "鈴木", "ウメ").await;
        let nurse = town.sign_in(Role::CenterStaff).await;
        let theirs = format!("/people/{other}/tags/older");
        nurse.post(&theirs, &[("number", "緑12")]).await;
        let path = format!("/people/{person}/tags/older");
        nurse.post(&path, &[("number", "赤7")]).await;
        let long = "1".repeat(33);
        for (typed, words) in [
            ("緑－１２", "ほかの方の番号です"),
            ("赤 7", "すでにこの方に"),
            ("", "番号を入れてください"),
            (" － ", "番号を入れてください"),
            (&*long, "32文字まで"),
            ("123-4567-8901", "読みちがいのようです"),
            (&*ours, "11けたの番号です"),
        ] {
            let page = nurse.post(&path, &[("number", typed)]).await;
            assert_eq!(page.status, 422, "{typed}");
            let told = page.select("#f-number-problem").concat();
            assert!(told.contains(words), "{typed}: {told}");
            assert_eq!(page.attr("#f-number", "value").unwrap_or_default(), typed);
            assert!(!page.text().contains("鈴木") && !page.text().contains("ウメ"));
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_returned_older_number_stays_with_whom_it_was() {
    on_both(async |town| {
        let person = registered(&town, "山田", "ハナ子").await;
        let nurse = town.deed_of(Role::CenterStaff).await;
        let bind =
            async |person, text: &str| tags::bind_older(town.db(), &nurse, person, text).await;
        let id = bind(person, "A-0123").await.unwrap();
        tags::return_tag(town.db(), &nurse, id, String::new())
            .await
            .unwrap();
        let other = registered(&town, "鈴木", "ウメ").await;
        assert!(
            matches!(bind(other, "a0123").await, Err(Refusal::Taken(owner)) if owner == person)
        );
        assert!(matches!(
            bind(person, "a0123").await,
            Err(Refusal::Not(State::Returned))
        ));
        let night = town.deed_of(Role::NightDesk).await;
        let refused = tags::bind_older(town.db(), &night, other, "B-1").await;
        assert!(matches!(refused, Err(Refusal::NoRight(_))));
        let on = date(2026, 11, 20);
        people::set_state(town.db(), &nurse, other, 1, people::State::Died, on)
            .await
            .unwrap();
        assert!(matches!(
            bind(other, "B-1").await,
            Err(Refusal::NotRegistered)
        ));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_tags_of_another_centers_person_open_for_a_purpose_only() {
    on_both(async |town| {
        stocked(&town, 1).await;
        let draft = Draft {
            center: Some(town.minami.other_center),
            ..hanako::draft()
        };
        let person = people::register(town.db(), &town.deed().await, draft).await;
        let person = person.unwrap();
        let nurse = town.sign_in(Role::CenterStaff).await;
        let purpose = format!("/people/{person}/purpose");
        let counter = format!("/people/{person}/tags");
        let older = format!("{counter}/older");
        for path in [&counter, &older] {
            assert_eq!(nurse.get(path).await.location(), purpose, "{path}");
            let bound = nurse.post(path, &[("number", "A-1")]).await;
            assert_eq!(bound.location(), purpose, "{path}");
        }
        let next = nurse.post(&format!("{counter}/next"), &[]).await;
        assert_eq!(next.location(), purpose);
        let deed = town.deed().await;
        let mut conn = town.db().read().await.unwrap();
        let theirs = tags::list_for_person(&mut conn, &deed, person).await;
        assert!(theirs.unwrap().is_empty(), "nothing was bound");
        drop(conn);
        let said = [("reason", "別のセンターから引き継いだ")];
        assert_eq!(nurse.post(&purpose, &said).await.status, 303);
        assert_eq!(nurse.get(&counter).await.status, 200);
        let bound = nurse.post(&older, &[("number", "A-1")]).await;
        assert!(bound.location().starts_with("/tags/"));
    })
    .await;
}
