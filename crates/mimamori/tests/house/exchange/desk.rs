//! Programs at the desk: an organisation's own look-up, and the desk's telephone system.

use std::collections::BTreeSet;

use mimamori::audit::Verb;
use mimamori::front::Speech;
use mimamori::ids::RowId;
use mimamori::networks::{self, Organisation, OrganisationKind};
use mimamori::scope::Role;
use mimamori::staff::Place;
use serde_json::json;

use super::{json, post, send, system, system_of};
use crate::desk::{hanako, lines};
use crate::town::{Town, on_both};

#[tokio::test(flavor = "multi_thread")]
async fn an_organisation_hears_its_tiers_and_guesses_are_slowed() {
    on_both(async |town| {
        let (_, number) = hanako(&town).await;
        let ask = |second: &str| json!({"number": number, "family": second, "name": "外来 外山"});
        let (_, hospital) = system(&town, &town.minami, Role::Partner).await;
        let heard = post(&hospital, "/api/v1/lookups", ask("ミナミノ")).await;
        assert_eq!(heard.status, 201, "{}", heard.text());
        let told = json(&heard);
        assert_eq!(told["identity"]["value"]["given_name"], "ハナコ");
        assert_eq!(told["identity"]["value"]["roster_number"], json!(null));
        assert_eq!(
            told["medical"]["value"]["illnesses"]["text"],
            "心房細動、緑内障"
        );
        assert_eq!(told["contacts"][0]["name"], "南野 一郎");
        let newest = lines(&town).await;
        assert!(
            newest.iter().any(|line| line.0 == Verb::Disclosed),
            "{newest:?}"
        );
        let again = format!("/api/v1/lookups/{}", told["inquiry"].as_str().unwrap());
        assert_eq!(hospital.get(&again).await.status, 200);
        let (_, other) = system(&town, &town.minami, Role::Partner).await;
        assert_eq!(other.get(&again).await.status, 404, "another's inquiry");
        town.pass(24 * 3600);
        assert_eq!(hospital.get(&again).await.status, 404, "a day later");

        let police = police(&town).await;
        let heard = post(&police, "/api/v1/lookups", ask("ミナミノ")).await;
        assert_eq!(json(&heard)["medical"], json!(null));
        for _ in 0..10 {
            let miss = post(&police, "/api/v1/lookups", ask("キタノ")).await;
            assert_eq!(
                (miss.status, json(&miss)["result"].clone()),
                (200, json!("no_match"))
            );
        }
        let slowed = post(&police, "/api/v1/lookups", ask("ミナミノ")).await;
        assert_eq!(slowed.status, 429);
        assert!(slowed.header("retry-after").parse::<i64>().unwrap() > 3600);
    })
    .await;
}

async fn police(town: &Town) -> crate::town::Client {
    let deed = town.deed().await;
    let police = Organisation {
        id: RowId(0),
        kind: OrganisationKind::Police,
        name: "みなみ警察署".to_owned(),
        phones: Vec::new(),
        closed_at: None,
        version: 1,
    };
    let id = networks::add_organisation(town.db(), &deed, police).await;
    let place = Place {
        role: Role::Partner,
        center: None,
        organisation: Some(id.unwrap()),
    };
    system_of(town, &town.minami, place).await.1
}

#[tokio::test(flavor = "multi_thread")]
async fn a_call_goes_through_the_desk_to_the_centers_task() {
    on_both(async |town| {
        let (_, number) = hanako(&town).await;
        let (_, desk) = system(&town, &town.minami, Role::NightDesk).await;
        let call =
            json!({"number": number, "caller": "ambulance", "key": "call-77", "place": "みなみ駅"});
        let opened = post(&desk, "/api/v1/desk/inquiries", call.clone()).await;
        assert_eq!(opened.status, 201, "{}", opened.text());
        let inquiry = json(&opened)["inquiry"].as_str().unwrap().to_owned();
        assert_eq!(json(&opened)["medical"], json!(null));
        let again = post(&desk, "/api/v1/desk/inquiries", call).await;
        assert_eq!(
            (again.status, json(&again)["inquiry"].clone()),
            (200, json!(inquiry))
        );
        let path = format!("/api/v1/desk/inquiries/{inquiry}");
        let tier = json!({"tier": "medical"});
        let told = post(&desk, &format!("{path}/disclosures"), tier).await;
        assert_eq!(
            json(&told)["medical"]["value"]["drugs"]["text"],
            "ワルファリン"
        );
        let rest = post(
            &desk,
            &format!("{path}/disclosures"),
            json!({"tier": "rest"}),
        )
        .await;
        assert_eq!(rest.status, 403);
        let nowhere = send(&desk, "POST", &format!("{path}/ending"), 1, &json!({})).await;
        assert_eq!(json(&nowhere)["errors"][0]["field"], "place");
        let end = json!({"place": "みなみ総合病院", "told": "救急隊に伝えた"});
        let version = json(&told)["version"].as_i64().unwrap();
        let closed = send(&desk, "POST", &format!("{path}/ending"), version, &end).await;
        assert_eq!(closed.status, 200, "{}", closed.text());

        let (_, center) = system(&town, &town.minami, Role::CenterStaff).await;
        let list = json(&center.get("/api/v1/tasks").await);
        assert_eq!(
            (&list["open"], &list["tasks"][0]["task"]),
            (&json!(1), &json(&closed)["task"])
        );
        let task = format!("/api/v1/tasks/{}", json(&closed)["task"].as_str().unwrap());
        assert_eq!(
            post(&center, &format!("{task}/take"), json!({}))
                .await
                .status,
            204
        );
        let words = json!({"words": "電話で無事を確かめた"});
        let done = send(&center, "POST", &format!("{task}/done"), 2, &words).await;
        assert_eq!(
            (done.status, json(&done)["state"].clone()),
            (200, json!("done"))
        );
        assert_eq!(
            send(&center, "POST", &format!("{task}/done"), 3, &words)
                .await
                .status,
            409
        );
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_description_names_every_door_for_programs_and_no_other() {
    let town = Town::build(db::Engine::Sqlite).await;
    let said = json(&town.visitor().get("/api/v1/openapi.json").await);
    let mut described = BTreeSet::new();
    for (path, methods) in said["paths"].as_object().unwrap() {
        for method in methods.as_object().unwrap().keys() {
            described.insert((method.to_uppercase(), path.clone()));
        }
    }
    let doors = town.doors.iter();
    let there: BTreeSet<_> = doors
        .filter(|door| door.speech == Speech::Api && door.path.starts_with("/api/"))
        .map(|door| (door.method.to_owned(), door.path.to_owned()))
        .collect();
    assert_eq!(described, there);
    let guide = town.visitor().get("/api/v1").await;
    assert_eq!(guide.status, 200);
    assert!(guide.text().contains("番号ともう1つのことで照会する"));
    let lost = town.visitor().get("/api/v1/nowhere").await;
    assert_eq!(
        (lost.status, json(&lost)["code"].clone()),
        (404, json!("not_found"))
    );
}
