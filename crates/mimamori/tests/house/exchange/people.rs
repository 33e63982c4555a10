//! A care program of the center reads, registers and changes people, under the rules of its people.

use mimamori::audit::{self, Fields, Filter, Verb};
use mimamori::ids::{PersonId, StaffId};
use mimamori::people;
use mimamori::scope::Role;
use serde_json::{Value, json};

use super::{json, post, send, system};
use crate::hanako;
use crate::town::{Client, Town, on_both};

/// The newest lines about a person: verb, groups, kind of actor, account.
async fn lines(town: &Town, whose: PersonId) -> Vec<(Verb, String, String, Option<StaffId>)> {
    let filter = Filter {
        whose: Some(whose),
        staff: None,
        verb: None,
        before: None,
        limit: 20,
    };
    let scope = town.deed().await.scope;
    let mut conn = town.db().read().await.unwrap();
    let found = audit::list_entries(&mut conn, &scope, filter)
        .await
        .unwrap();
    let line = |one: audit::Entry| {
        let fields: Fields = one.fields;
        (
            one.verb.unwrap(),
            fields.to_string(),
            one.actor_kind,
            one.staff,
        )
    };
    found.into_iter().map(line).collect()
}

/// Every field that can't be taken is named with its place.
async fn what_is_wrong_is_named(program: &Client, person: PersonId) {
    let wrong = json!({"value": [{"name": "南野 一郎", "may_be_told": "call_only",
        "phones": ["03-0123-4567", "1234"], "mail": {"address": "ichiro"}}]});
    let refused = send(
        program,
        "PUT",
        &format!("/api/v1/people/{person}/contacts"),
        1,
        &wrong,
    )
    .await;
    assert_eq!(refused.status, 422);
    let fields: Vec<Value> = json(&refused)["errors"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["field"].clone())
        .collect();
    assert_eq!(fields, ["value/0/phones/1", "value/0/mail/address"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_record_is_found_read_and_changed_upon_its_version() {
    on_both(async |town| {
        let person = hanako::register(&town).await;
        let (id, program) = system(&town, &town.minami, Role::CenterStaff).await;
        let found = post(
            &program,
            "/api/v1/people/search",
            json!({"q": "みなみの はなこ"}),
        )
        .await;
        assert_eq!(found.status, 200, "{}", found.text());
        assert_eq!(json(&found)["people"][0]["person"], person.to_string());

        let path = format!("/api/v1/people/{person}");
        let whole = json(&program.get(&path).await);
        assert_eq!(whole["identity"]["value"]["family_name"], "南野");
        assert_eq!(whole["medical"]["value"]["drugs"]["text"], "ワルファリン");
        assert_eq!(whole["medical"]["value"]["allergies"]["state"], "none");
        let line = lines(&town, person).await.remove(0);
        let groups = "基本情報・緊急連絡先・医療情報・介護情報・発見時の注意・同意";
        assert_eq!(
            line,
            (Verb::Saw, groups.to_owned(), "system".to_owned(), Some(id))
        );

        let path = format!("{path}/medical");
        let read = program.get(&path).await;
        assert_eq!(read.header("etag"), "\"1\"");
        assert_eq!(lines(&town, person).await[0].1, "医療情報");
        let mut medical = json(&read)["value"].clone();
        medical["drugs"] = json!({"state": "listed", "text": "アピキサバン"});
        let change = json!({"value": medical, "confirmed": "phone"});
        let changed = send(&program, "PUT", &path, 1, &change).await;
        assert_eq!(changed.status, 200, "{}", changed.text());
        assert_eq!(changed.header("etag"), "\"2\"");
        assert_eq!(
            json(&changed)["confirmed"],
            json!({"on": "2026-11-20", "way": "phone"})
        );
        assert_eq!(lines(&town, person).await[0].0, Verb::Changed);
        let late = send(&program, "PUT", &path, 1, &change).await;
        assert_eq!(
            (late.status, json(&late)["code"].clone()),
            (412, json!("changed"))
        );
        let blind = send(&program, "PUT", &path, 0, &change).await;
        assert_eq!(blind.status, 428);

        what_is_wrong_is_named(&program, person).await;

        let nurse = town.sign_in(Role::CenterStaff).await;
        let history = nurse.get(&format!("/people/{person}/history")).await;
        assert!(
            history.text().contains("連携 center_staff"),
            "the name of who changed it"
        );
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn another_centers_person_opens_for_a_purpose_only() {
    on_both(async |town| {
        let deed = town.deed().await;
        let draft = people::Draft {
            center: Some(town.minami.other_center),
            ..hanako::draft()
        };
        let person = people::register(town.db(), &deed, draft).await.unwrap();
        let (_, program) = system(&town, &town.minami, Role::CenterStaff).await;
        let path = format!("/api/v1/people/{person}");
        let shut = program.get(&path).await;
        assert_eq!(
            (shut.status, json(&shut)["code"].clone()),
            (403, json!("purpose_needed"))
        );
        let finder = json!({"value": {"notes": "左耳"}});
        let write = send(&program, "PUT", &format!("{path}/finder"), 1, &finder).await;
        assert_eq!(write.status, 403);
        let short = post(
            &program,
            &format!("{path}/openings"),
            json!({"purpose": "あ"}),
        )
        .await;
        assert_eq!(short.status, 422);
        let said = json!({"purpose": "転居の相談の電話があった"});
        assert_eq!(
            post(&program, &format!("{path}/openings"), said)
                .await
                .status,
            204
        );
        assert_eq!(program.get(&path).await.status, 200);
        town.pass(61 * 60);
        assert_eq!(program.get(&path).await.status, 403);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_read_can_be_registered_again_without_loss() {
    on_both(async |town| {
        let mut draft = hanako::draft();
        draft.identity.born = words::date::PartialDate::parse("昭和13年頃").unwrap();
        draft.identity.address =
            Some(words::address::Address::parse("葛\u{e0100}飾区𠮷野1-2").unwrap());
        draft.medical.allergies = people::Known::NoneInRoster;
        draft.center = Some(town.minami.center);
        let deed = town.deed().await;
        let first = people::register(town.db(), &deed, draft).await.unwrap();
        let (_, program) = system(&town, &town.minami, Role::CenterStaff).await;
        let read = json(&program.get(&format!("/api/v1/people/{first}")).await);
        let mut new = json!({});
        for group in [
            "identity", "contacts", "medical", "care", "finder", "consent",
        ] {
            new[group] = read[group]["value"].clone();
        }
        let made = post(&program, "/api/v1/people", new.clone()).await;
        assert_eq!(made.status, 409, "it is asked first: {}", made.text());
        let like = json(&made)["errors"][0].clone();
        assert_eq!(like["field"], "apart");
        assert!(
            like["detail"]
                .as_str()
                .unwrap()
                .starts_with(&first.to_string())
        );
        new["apart"] = json!([first.to_string()]);
        let made = post(&program, "/api/v1/people", new).await;
        assert_eq!(made.status, 201, "{}", made.text());
        let second: PersonId = json(&made)["person"].as_str().unwrap().parse().unwrap();
        let mut conn = town.db().read().await.unwrap();
        let first = people::find(&mut conn, &deed, first)
            .await
            .unwrap()
            .unwrap();
        let second = people::find(&mut conn, &deed, second)
            .await
            .unwrap()
            .unwrap();
        assert!(first.identity.value == second.identity.value);
        assert!(first.contacts.value == second.contacts.value);
        assert!(first.medical.value == second.medical.value);
        assert!(first.care.value == second.care.value);
        assert!(first.finder.value == second.finder.value);
        assert!(first.consent.value == second.consent.value);
    })
    .await;
}
