//! What nobody gets: another center's notices by address, list, search, count or error; other towns'.

use mimamori::exchange::List;
use mimamori::notices::{self, Ending};
use mimamori::scope::Role;

use super::{HOME, all, areas, by_phone, hanako, somebody, words};
use crate::town::{Town, on_both};

/// A notice at the other center, whose nurse is nobody of these stories.
async fn elsewhere(town: &Town) -> String {
    let mut told = words(&["bruises"], "大森中1-4-4");
    told.words = "首のあざ".to_owned();
    let deed = town.deed().await;
    let id = notices::tell(town.db(), &deed, by_phone(told))
        .await
        .unwrap()
        .id;
    id.to_string()
}

#[tokio::test(flavor = "multi_thread")]
async fn another_centers_notice_is_not_there_on_any_page() {
    on_both(async |town| {
        areas(&town).await;
        let id = elsewhere(&town).await;
        for role in [Role::CenterStaff, Role::CenterHead] {
            let mine = town.sign_in(role).await;
            for path in [
                format!("/notices/{id}"),
                format!("/notices/{id}/person"),
                format!("/notices/{id}/outcome"),
            ] {
                let page = mine.get(&path).await;
                assert_eq!(page.status, 404, "{path}");
                assert!(!page.text().contains("あざ") && !page.text().contains("大森中"));
            }
            for (path, fields) in [
                ("acceptance", vec![("version", "1")]),
                (
                    "looks",
                    vec![("version", "1"), ("kind", "phone"), ("words", "x")],
                ),
                (
                    "ending",
                    vec![("version", "1"), ("ending", "safe"), ("why", "x")],
                ),
                ("place", vec![("version", "1"), ("place", HOME)]),
                ("untying", vec![("version", "1"), ("reason", "x")]),
                ("reopening", vec![("version", "1")]),
                ("outcome", vec![("version", "1"), ("words", "x")]),
                ("outcome/phone", vec![("version", "1")]),
            ] {
                let page = mine.post(&format!("/notices/{id}/{path}"), &fields).await;
                assert_eq!(page.status, 404, "{path}");
            }
            let center = town.minami.center.to_string();
            let moving = [
                ("version", "1"),
                ("center", center.as_str()),
                ("reason", "こちらへ"),
            ];
            let page = mine.post(&format!("/notices/{id}/moving"), &moving).await;
            assert_eq!(page.status, 404, "nobody draws it over to themselves");
            for page in [
                mine.get("/notices").await,
                mine.get("/notices/ended").await,
                mine.get("/notices?center=all&page=1").await,
                mine.post("/notices/search", &[("place", "大森中1-4-4")])
                    .await,
            ] {
                assert_eq!(page.status, 200);
                let text = page.text();
                assert!(
                    !text.contains(&id) && !text.contains("あざ"),
                    "no list holds it"
                );
            }
            let figures = mine.get("/notices/figures").await;
            assert!(
                !figures.text().contains("きた地域"),
                "no count of another center"
            );
            // The first table counts what this center has: nothing.
            assert_eq!(figures.select("tbody td:nth-child(2)").remove(0), "0");
        }
        assert_eq!(all(&town).await.len(), 1, "nothing was changed");
        assert_eq!(all(&town).await[0].version, 1);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn its_evidence_is_not_counted_either() {
    on_both(async |town| {
        areas(&town).await;
        let deed = town.deed().await;
        let person = hanako(&town).await;
        let far = notices::tell(
            town.db(),
            &deed,
            by_phone(words(&["bruises"], "大森中1-4-4")),
        );
        let far = far.await.unwrap().id;
        notices::tie(town.db(), &deed, far, 1, person, "x")
            .await
            .unwrap();
        let near = notices::tell(town.db(), &deed, by_phone(words(&["post"], HOME)));
        let near = near.await.unwrap().id;
        notices::tie(town.db(), &deed, near, 1, person, "x")
            .await
            .unwrap();
        let nurse = town.sign_in(Role::CenterStaff).await;
        let page = nurse.get(&format!("/notices/{near}")).await;
        assert_eq!(
            page.select("table tbody tr").len(),
            2,
            "its own line and the sum"
        );
        assert!(!page.text().contains(&far.to_string()));
        assert_eq!(
            nurse
                .get("/notices")
                .await
                .select("tbody td:nth-child(4) strong"),
            ["5.0"]
        );
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn another_centers_person_is_tied_and_named_for_a_stated_purpose_only() {
    on_both(async |town| {
        areas(&town).await;
        let person = somebody(&town, "大森中1-5-5", town.minami.other_center).await;
        let id = super::told(&town, &["lost"], HOME, "").await;
        let nurse = town.sign_in(Role::CenterStaff).await;
        let choice = format!("/notices/{id}/person/{person}");
        let purpose = format!("/people/{person}/purpose");
        assert_eq!(nurse.get(&choice).await.location(), purpose);
        let tie = [("version", "1"), ("reason", "名札")];
        assert_eq!(nurse.post(&choice, &tie).await.location(), purpose);
        assert_eq!(super::notice(&town, id).await.person, None);
        let deed = town.deed().await;
        notices::tie(town.db(), &deed, id, 1, person, "名札")
            .await
            .unwrap();
        let page = nurse.get(&format!("/notices/{id}")).await;
        assert!(!page.text().contains("トメ"), "named for a purpose only");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_has_no_business_with_notices_gets_none() {
    on_both(async |town| {
        areas(&town).await;
        let id = super::told(&town, &["post"], HOME, "").await;
        for role in [
            Role::TownAdmin,
            Role::NightDesk,
            Role::Partner,
            Role::Auditor,
        ] {
            let page = town
                .sign_in(role)
                .await
                .get(&format!("/notices/{id}"))
                .await;
            assert_eq!(page.status, 403, "{role:?}");
        }
        let neighbour = town.sign_in_at(&town.kitami, Role::CenterStaff).await;
        assert_eq!(neighbour.get(&format!("/notices/{id}")).await.status, 404);
        let deed = town.deed_at(&town.kitami, Role::CenterStaff).await;
        let id = id.to_string().parse().unwrap();
        let end = notices::end(town.db(), &deed, id, 1, Ending::Safe, "x").await;
        assert!(end.is_err());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn no_file_that_is_taken_out_holds_another_centers_notice() {
    on_both(async |town| {
        areas(&town).await;
        let id = elsewhere(&town).await;
        for role in [Role::CenterStaff, Role::CenterHead] {
            let mine = town.sign_in(role).await;
            for list in List::ALL {
                for format in ["utf8", "json"] {
                    let form = [
                        ("list", list.code()),
                        ("format", format),
                        ("reason", "訪問"),
                    ];
                    let file = mine.post("/exports", &form).await.text();
                    for secret in [id.as_str(), "あざ", "大森中1-4-4"] {
                        assert!(!file.contains(secret), "{} as {role:?}", list.code());
                    }
                }
            }
        }
    })
    .await;
}
