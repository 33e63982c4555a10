//! Consulting again finds what was before.

use mimamori::consultations::{self, Card, Period, Side, Subject};
use mimamori::rotation::Rotation;
use mimamori::scope::Role;

use super::{SAID, card, take};
use crate::hanako;
use crate::town::{Town, on_both};

#[tokio::test(flavor = "multi_thread")]
async fn somebody_not_registered_is_found_again_by_name_phone_or_address() {
    on_both(async |town| {
        let nurse = town.deed_of(Role::CenterStaff).await;
        take(&town, &nurse, Subject::Stranger(Box::new(card()))).await;
        let client = town.sign_in(Role::CenterStaff).await;
        for typed in [
            "渡辺しづ",
            "わたなべ しず",
            "03-0988-1234",
            "1234",
            "ゆたか町2-9-3",
        ] {
            let page = client
                .post("/consultations/new", &[("q", typed), ("do", "find")])
                .await;
            let rows = page.select("tbody tr");
            assert!(
                rows.len() == 1 && rows[0].contains("渡邊 しづ"),
                "{typed}: {rows:?}"
            );
            assert!(rows[0].contains("1件（最後は2026年11月20日）"), "{typed}");
        }
        let page = client
            .post("/consultations/new", &[("q", "佐藤"), ("do", "find")])
            .await;
        assert!(page.select("tbody tr").is_empty());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_was_here_before_is_asked_about_once() {
    on_both(async |town| {
        let nurse = town.deed_of(Role::CenterStaff).await;
        take(&town, &nurse, Subject::Stranger(Box::new(card()))).await;
        let client = town.sign_in(Role::CenterStaff).await;
        let mut typed = vec![
            ("way", "counter"),
            ("from", "person"),
            ("topic", "1"),
            ("urgency", "usual"),
            ("closing", "closed"),
            ("day", "2026-11-20"),
            ("time", "09:00"),
            ("about", "stranger"),
            ("name", "わたなべ しづ"),
            ("phone", "0309881234"),
        ];
        let page = client.post("/consultations/new", &typed).await;
        assert_eq!(page.status, 422, "asked before it is taken");
        let press = page.attr("button[value^='stranger:']", "value").unwrap();
        assert_eq!(
            page.attr("input[name=again]", "value").as_deref(),
            Some("new")
        );
        let chosen = client.post("/consultations/new", &[("do", &*press)]).await;
        assert!(chosen.text().contains("前にも相談があります"));
        typed.push(("again", "new"));
        let taken = client.post("/consultations/new", &typed).await;
        assert_eq!(
            taken.status, 303,
            "somebody else of that name is somebody else"
        );
    })
    .await;
}

/// 延件数 and 実人数 of みなみ町's month.
async fn sums(town: &Town) -> Vec<String> {
    let deed = town.deed_of(Role::TownAdmin).await;
    let month = Period::Month(2026, 11);
    let report = consultations::report(
        town.db(),
        &town.app.months,
        &deed,
        month,
        None,
        Side::Inside,
    )
    .await
    .unwrap();
    report.sheets[0].rows[0][1..3].to_vec()
}

#[tokio::test(flavor = "multi_thread")]
async fn one_is_counted_once_however_they_were_written_and_a_couple_is_two() {
    on_both(async |town| {
        let nurse = town.deed_of(Role::CenterStaff).await;
        let heard = async |card: Card| {
            take(&town, &nurse, Subject::Stranger(Box::new(card))).await;
        };
        heard(card()).await;
        let unread = Card {
            kana: String::new(),
            address: String::new(),
            ..card()
        };
        heard(unread.clone()).await;
        let elsewhere = Card {
            phone: None,
            ..card()
        };
        heard(elsewhere).await;
        assert_eq!(sums(&town).await, ["3", "1"], "by telephone or by address");
        // He or she: nobody said which.
        for name in ["佐藤さん", "佐藤 様"] {
            let one = Card {
                name: name.to_owned(),
                ..unread.clone()
            };
            heard(one).await;
        }
        assert_eq!(sums(&town).await, ["5", "3"]);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_later_tie_takes_everything_that_was_heard_along_and_can_be_undone() {
    on_both(async |town| {
        let hanako = hanako::register(&town).await;
        let nurse = town.deed_of(Role::CenterStaff).await;
        let first = take(&town, &nurse, Subject::Stranger(Box::new(card()))).await;
        let mut conn = town.db().read().await.unwrap();
        let one = consultations::find(&mut conn, &nurse, first).await.unwrap();
        let known = Subject::Known(one.stranger.unwrap());
        drop(conn);
        take(&town, &nurse, known.clone()).await;
        take(&town, &nurse, Subject::Registered(hanako)).await;
        assert_eq!(sums(&town).await, ["3", "2"]);
        let client = town.sign_in(Role::CenterStaff).await;
        let path = format!("/consultations/{first}");
        let press = format!("person:{hanako}");
        let without = client.post(&format!("{path}/tie"), &[("do", &press)]).await;
        assert_eq!(without.status, 422, "without a reason nobody is tied");
        let why = ("reason", "生年月日と電話が同じ");
        let tie = async |version| {
            let fields = [("do", press.as_str()), why, ("version", version)];
            client.post(&format!("{path}/tie"), &fields).await.status
        };
        assert_eq!(tie("7").await, 409, "somebody saved first");
        assert_eq!(tie("1").await, 303);
        let hers = client.get(&format!("/people/{hanako}/consultations")).await;
        assert_eq!(hers.select("tbody tr").len(), 3);
        assert_eq!(sums(&town).await, ["3", "1"], "she is one");
        take(&town, &nurse, known).await;
        assert_eq!(
            sums(&town).await,
            ["4", "1"],
            "heard of again, she is still the same"
        );
        let untie = async |version| {
            let fields = [("reason", "別の方だった"), ("version", version)];
            client.post(&format!("{path}/untie"), &fields).await.status
        };
        assert_eq!(untie("1").await, 409);
        let form = client.get(&path).await.hidden(&format!("{path}/untie"));
        assert_eq!(untie(&form[0].1).await, 303);
        let hers = client.get(&format!("/people/{hanako}/consultations")).await;
        assert_eq!(hers.select("tbody tr").len(), 1);
        assert_eq!(sums(&town).await, ["4", "2"]);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn under_a_new_town_key_everything_opens_and_everybody_is_found() {
    on_both(async |town| {
        let nurse = town.deed_of(Role::CenterStaff).await;
        let id = take(&town, &nurse, Subject::Stranger(Box::new(card()))).await;
        let mut rotation = Rotation::begin(&town.app, town.minami.id).await.unwrap();
        while rotation.step().await.unwrap().is_some() {}
        rotation.retire().await.unwrap();
        let nurse = town.deed_of(Role::CenterStaff).await;
        let mut conn = town.db().read().await.unwrap();
        let one = consultations::find(&mut conn, &nurse, id).await.unwrap();
        assert_eq!(one.words.said, SAID);
        drop(conn);
        let client = town.sign_in(Role::CenterStaff).await;
        let page = client
            .post("/consultations/new", &[("q", "1234"), ("do", "find")])
            .await;
        assert_eq!(page.select("tbody tr").len(), 1);
    })
    .await;
}
