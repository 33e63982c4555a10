//! What another center's account, and another role, does not get: each at the level of HTTP.

use mimamori::consultations::{self, Refusal, Subject};
use mimamori::ids::{ConsultationId, RowId};
use mimamori::people::{self, Draft};
use mimamori::routes::EXPLAINS;
use mimamori::scope::Role;

use super::{SAID, entry, heard, neighbour, take};
use crate::hanako;
use crate::town::{Client, Town, on_both};

/// A consultation of みなみ center about somebody who is not registered, and a colleague of きた.
async fn told(town: &Town) -> (ConsultationId, RowId, Client) {
    let (id, stranger) = heard(town, &town.minami).await;
    let (_, other) = neighbour(town).await;
    (id, stranger, other)
}

#[tokio::test(flavor = "multi_thread")]
async fn another_centers_consultation_is_not_read_or_written_by_its_address() {
    on_both(async |town| {
        let (id, _, other) = told(&town).await;
        // A real one and one that never was answer alike.
        let never = ConsultationId(id.0 + 1);
        for (method, end) in [
            ("get", ""),
            ("get", "/edit"),
            ("get", "/tie"),
            ("post", "/edit"),
            ("post", "/tie"),
            ("post", "/striking"),
            ("post", "/restoring"),
            ("post", "/untie"),
        ] {
            let mut answers = Vec::new();
            for id in [id, never] {
                let path = format!("/consultations/{id}{end}");
                let fields = [
                    ("reason", "見たい"),
                    ("version", "1"),
                    ("do", "find"),
                    ("q", "x"),
                ];
                let page = match method {
                    "get" => other.get(&path).await,
                    _ => other.post(&path, &fields).await,
                };
                assert!(!page.text().contains(SAID) && !page.text().contains("渡邊"));
                answers.push((page.status, page.text()));
            }
            assert_eq!(answers[0], answers[1], "{method} {end}");
            assert_eq!(answers[0].0, 404, "{method} {end}");
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn another_centers_consultation_is_in_no_list_count_or_search() {
    on_both(async |town| {
        let (id, stranger, other) = told(&town).await;
        for tab in ["today", "mine", "center", "open", "due"] {
            let path = format!("/consultations?tab={tab}&from=2000-01-01&to=2100-01-01");
            let page = other.get(&path).await;
            assert!(page.select("tbody tr").is_empty(), "{tab}");
            let counts = page.select(".tabs .count");
            assert!(
                !counts.is_empty() && counts.iter().all(|count| count == "0件"),
                "{tab}"
            );
        }
        for typed in ["渡邊 しづ", "03-0988-1234"] {
            let found = other
                .post("/consultations/new", &[("q", typed), ("do", "find")])
                .await;
            assert!(found.select("tbody tr").is_empty(), "{typed}");
            let page = other.post("/consultations/search", &[("q", typed)]).await;
            assert!(
                page.status == 422 && page.select("tbody tr").is_empty(),
                "{typed}"
            );
        }
        for path in ["/consultations/of/", "/consultations/new?stranger="] {
            assert_eq!(
                other.get(&format!("{path}{stranger}")).await.status,
                404,
                "{path}"
            );
        }
        let press = format!("stranger:{stranger}");
        let chosen = other.post("/consultations/new", &[("do", &*press)]).await;
        assert_eq!(chosen.status, 404);
        let text = format!("said:{id}");
        let page = other.post("/consultations/new", &[("do", &*text)]).await;
        assert!(!page.text().contains(SAID));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn figures_of_another_center_are_not_there() {
    on_both(async |town| {
        let nurse = town.deed_of(Role::CenterStaff).await;
        take(&town, &nurse, Subject::Nobody).await;
        let (_, other) = neighbour(&town).await;
        let theirs = town.minami.center.to_string();
        let page = other
            .get(&format!("/consultations/figures?center={theirs}"))
            .await;
        assert_eq!(page.status, 404);
        for path in ["/consultations/figures", "/papers/consultations"] {
            let file = other
                .post(path, &[("center", &theirs), ("side", "inside")])
                .await;
            assert_eq!(file.status, 404, "{path}");
        }
        let own = other.get("/consultations/figures?center=all").await;
        assert_eq!(
            own.select("tbody tr")[0]
                .split_whitespace()
                .collect::<String>(),
            "相談00"
        );
        let town_wide = town.sign_in(Role::TownAdmin).await;
        let page = town_wide.get("/consultations/figures").await;
        assert!(page.select("tbody tr")[0].contains('1'));
        let strange = town.kitami.center.to_string();
        let page = town_wide
            .get(&format!("/consultations/figures?center={strange}"))
            .await;
        assert_eq!(page.status, 404);
        // Figures name nobody, and whoever reads them reads no consultation.
        assert_eq!(town_wide.get("/consultations").await.status, 403);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_comes_into_another_centers_record_by_a_consultation() {
    on_both(async |town| {
        let program = town.deed().await;
        let draft = Draft {
            center: Some(town.minami.other_center),
            ..hanako::draft()
        };
        let person = people::register(town.db(), &program, draft).await.unwrap();
        let (heard, _) = heard(&town, &town.minami).await;
        let (deed, nurse) = (
            town.deed_of(Role::CenterStaff).await,
            town.sign_in(Role::CenterStaff).await,
        );
        // The pages ask; so do the deeds, whoever asks them.
        let new = || consultations::New {
            subject: Subject::Registered(person),
            entry: entry(&town),
        };
        let into = (person, EXPLAINS);
        let taken = consultations::take(town.db(), &deed, EXPLAINS, new()).await;
        let tied = consultations::tie(town.db(), &deed, (heard, 1), into, "同じ電話").await;
        for done in [taken.map(drop), tied] {
            let asks = matches!(done, Err(Refusal::People(people::Refusal::NoPurpose)));
            assert!(asks, "a purpose is asked for");
        }
        let form = nurse.get(&format!("/consultations/{heard}/tie")).await;
        let version = form.attr("input[name=version]", "value").unwrap();
        let press = format!("person:{person}");
        let fields = [
            ("do", &*press),
            ("reason", "同じ電話"),
            ("version", &version),
        ];
        let page = nurse
            .post(&format!("/consultations/{heard}/tie"), &fields)
            .await;
        assert!(page.location().ends_with("/purpose"), "{}", page.status);
        let record = nurse.get(&format!("/people/{person}")).await;
        assert!(record.location().ends_with("/purpose"), "still closed");
        let why = "ご家族から電話があったため";
        people::open_for(town.db(), &deed, person, why.to_owned())
            .await
            .unwrap();
        let page = nurse
            .post(&format!("/consultations/{heard}/tie"), &fields)
            .await;
        assert_eq!(page.status, 303);
        let hers = nurse.get(&format!("/consultations/{heard}")).await;
        assert!(hers.text().contains(&format!("/people/{person}")));
        consultations::take(town.db(), &deed, EXPLAINS, new())
            .await
            .unwrap();
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_persons_own_center_reads_what_others_took_down_and_changes_nothing() {
    on_both(async |town| {
        let program = town.deed().await;
        let draft = Draft {
            center: Some(town.minami.other_center),
            ..hanako::draft()
        };
        let person = people::register(town.db(), &program, draft).await.unwrap();
        let nurse = town.deed_of(Role::CenterStaff).await;
        let id = take(&town, &nurse, Subject::Registered(person)).await;
        let (deed, other) = neighbour(&town).await;
        let page = other.get(&format!("/consultations/{id}")).await;
        assert!(page.status == 200 && page.text().contains(SAID));
        assert_eq!(page.select("form[action$='striking']").len(), 0);
        let hers = other.get(&format!("/people/{person}/consultations")).await;
        assert_eq!(hers.select("tbody tr").len(), 1);
        assert!(
            other
                .get("/consultations?tab=center")
                .await
                .select("tbody tr")
                .is_empty()
        );
        let struck = consultations::strike(town.db(), &deed, id, 1, "まちがい").await;
        assert!(matches!(struck, Err(Refusal::NoRight(_))));
        let corrected = consultations::correct(town.db(), &deed, id, 1, entry(&town)).await;
        assert!(matches!(corrected, Err(Refusal::NoRight(_))));
        // From the day she belongs to the first center, the other finds nothing.
        people::set_center(town.db(), &program, person, 1, Some(town.minami.center))
            .await
            .unwrap();
        assert_eq!(other.get(&format!("/consultations/{id}")).await.status, 404);
    })
    .await;
}
