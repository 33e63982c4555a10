//! A center's own program works through the renewals of a month.

use mimamori::people::Group;
use mimamori::scope::Role;
use serde_json::{Value, json};

use super::{json, post, send, system};
use crate::desk;
use crate::renewals::{MARCH, minute};
use crate::town::{Client, on_both};

/// Reads a group and writes it back as confirmed.
async fn confirm(program: &Client, person: &str, group: Group) {
    let path = format!("/api/v1{person}/{}", group.code());
    let read = json(&program.get(&path).await);
    let same = json!({"value": read["value"], "confirmed": "visit"});
    let version = read["version"].as_i64().unwrap();
    let kept = send(program, "PUT", &path, version, &same).await;
    assert_eq!(kept.status, 200, "{}", kept.text());
}

/// The only renewal in an answer.
fn only(answer: &Value) -> Value {
    let all = answer["renewals"].as_array().unwrap();
    assert_eq!(all.len(), 1);
    all[0].clone()
}

#[tokio::test(flavor = "multi_thread")]
async fn somebody_is_asked_gone_through_and_renewed() {
    on_both(async |town| {
        let (person, _) = desk::hanako(&town).await;
        town.at(MARCH);
        minute(&town).await;
        let (_, program) = system(&town, &town.minami, Role::CenterStaff).await;
        let april = json!({"month": "2027-04"});
        let list = post(&program, "/api/v1/renewals/search", april.clone()).await;
        let list = json(&list);
        assert_eq!(only(&list)["name"], "南野 ハナコ");
        assert_eq!(only(&list)["state"], "waiting");
        assert_eq!(list["pages"], 1);
        let (whose, base) = (
            format!("/people/{person}"),
            format!("/api/v1/people/{person}/renewals"),
        );
        let asking = json!({"year": 2027, "way": "phone"});
        let asked = post(&program, &format!("{base}/asking"), asking).await;
        assert_eq!(only(&json(&asked))["asked_on"], "2027-03-02");
        let wrong_year = json!({"year": 2031, "way": "phone"});
        let asked = post(&program, &format!("{base}/asking"), wrong_year).await;
        assert_eq!(asked.status, 409);
        let walk = post(&program, &format!("{base}/walk"), json!({"way": "phone"})).await;
        assert_eq!(walk.status, 200, "{}", walk.text());
        let early = post(&program, &format!("{base}/ending"), json!({})).await;
        assert_eq!(early.status, 409, "nothing was gone through yet");
        confirm(&program, &whose, Group::Identity).await;
        confirm(&program, &whose, Group::Contacts).await;
        let need = json!({"need": "手すりの相談", "first_contact": false});
        let ended = post(&program, &format!("{base}/ending"), need).await;
        assert_eq!(ended.status, 200, "{}", ended.text());
        assert_eq!(only(&json(&program.get(&base).await))["state"], "confirmed");
        let waiting = json!({"month": "2027-04", "state": "waiting"});
        let rest = post(&program, "/api/v1/renewals/search", waiting).await;
        assert_eq!(json(&rest)["found"], 0);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn another_centers_person_needs_a_purpose_and_another_towns_is_not_there() {
    on_both(async |town| {
        let (person, _) = desk::hanako(&town).await;
        let place = mimamori::staff::Place {
            center: Some(town.minami.other_center),
            ..super::place(&town.minami, Role::CenterStaff)
        };
        let (_, beside) = super::system_of(&town, &town.minami, place).await;
        let (_, far) = system(&town, &town.kitami, Role::CenterStaff).await;
        let path = format!("/api/v1/people/{person}/renewals");
        let asked = beside.get(&path).await;
        assert_eq!(
            (asked.status, json(&asked)["code"].clone()),
            (403, json!("purpose_needed"))
        );
        let walk = post(&beside, &format!("{path}/walk"), json!({"way": "phone"})).await;
        assert_eq!(walk.status, 403);
        assert_eq!(far.get(&path).await.status, 404);
        let walk = post(&far, &format!("{path}/walk"), json!({"way": "phone"})).await;
        assert_eq!(walk.status, 404);
    })
    .await;
}
