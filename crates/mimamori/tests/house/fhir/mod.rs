//! A hospital's own system reads what the desk tells a hospital.

mod judge;
mod shapes;

use axum::body::Body;
use axum::http::Request;
use jiff::civil::date;
use mimamori::audit::Verb;
use mimamori::ids::PersonId;
use mimamori::networks::OrganisationKind;
use mimamori::people::{self, State};
use mimamori::scope::Role;
use mimamori::staff::Place;
use serde_json::Value;

use crate::desk::{hanako, lines};
use crate::exchange::{system, system_of};
use crate::partner::add_organisation;
use crate::town::{Client, Page, Town, on_both};
use judge::{judge, judge_summary};

const SEARCH: &str = "/fhir/Patient/_search";

/// An answer as FHIR; whatever it is, it says so.
fn fhir(page: &Page) -> Value {
    let told = page.header("content-type");
    assert_eq!(
        told,
        "application/fhir+json; fhirVersion=4.0; charset=utf-8"
    );
    assert_eq!(page.header("cache-control"), "no-store");
    serde_json::from_slice(&page.bytes).unwrap()
}

async fn get(client: &Client, path: &str) -> (u16, Value) {
    let page = client.get(path).await;
    (page.status, fhir(&page))
}

async fn search(client: &Client, number: &str, family: &str) -> (u16, Value) {
    let identifier = format!("urn:mimamori:tag-number|{number}");
    let asked = [
        ("identifier", &*identifier),
        ("family", family),
        ("requester", "医東"),
    ];
    let page = client.post(SEARCH, &asked).await;
    (page.status, fhir(&page))
}

/// The program of an organisation of this kind.
async fn station(town: &Town, kind: OrganisationKind) -> Client {
    let organisation = add_organisation(town, kind).await;
    let place = Place {
        role: Role::Partner,
        center: None,
        organisation: Some(organisation),
    };
    system_of(town, &town.minami, place).await.1
}

/// Looks ハナコ up; her id in this inquiry.
async fn found(client: &Client, number: &str) -> String {
    let (status, bundle) = search(client, number, "みなみの").await;
    assert_eq!((status, &bundle["total"]), (200, &1.into()), "{bundle}");
    bundle["entry"][0]["resource"]["id"]
        .as_str()
        .unwrap()
        .to_owned()
}

/// Refused with a status and a code, and without a word about anybody.
fn refused((status, outcome): (u16, Value), wants: (u16, &str)) -> Value {
    assert_eq!(outcome["resourceType"], "OperationOutcome", "{outcome}");
    assert_eq!(
        (status, outcome["issue"][0]["code"].as_str().unwrap()),
        wants,
        "{outcome}"
    );
    let text = outcome.to_string();
    assert!(
        ["ハナコ", "南野", "ワルファリン"]
            .iter()
            .all(|word| !text.contains(word))
    );
    outcome
}

/// What is read by patient: the groups that the sight names, and something in it.
const GROUPS: [(&str, &str, &str); 5] = [
    ("RelatedPerson", "緊急連絡先", "南野 一郎"),
    ("Consent", "同意", "active"),
    ("AllergyIntolerance", "医療情報", "no-known-allergies"),
    ("Condition", "医療情報", "心房細動、緑内障"),
    ("MedicationStatement", "医療情報", "ワルファリン"),
];

/// Who looked, and at what, stands in the person's own list.
async fn the_person_can_ask(town: &Town, person: PersonId) {
    let nurse = town.sign_in(Role::CenterStaff).await;
    let sights = nurse.get(&format!("/people/{person}/sights")).await.text();
    for says in ["連携 partner", "緊急連絡先", "医療情報", "開示"] {
        assert!(sights.contains(says), "who looked at me: {says}");
    }
}

/// All of a kind by address, the same by form, and the first by itself; a place beyond is empty.
async fn group_of(client: &Client, id: &str, kind: &str) -> Value {
    let (status, bundle) = get(client, &format!("/fhir/{kind}?patient={id}")).await;
    assert_eq!(status, 200, "{bundle}");
    let (status, one) = get(client, &format!("/fhir/{kind}/{id}-1")).await;
    assert!(
        status == 200 && one == bundle["entry"][0]["resource"],
        "{kind}"
    );
    let whose = format!("Patient/{id}");
    let search = format!("/fhir/{kind}/_search");
    let by_form = client.post(&search, &[("patient", &whose)]).await;
    assert_eq!(fhir(&by_form), bundle);
    let nobody = get(client, &format!("/fhir/{kind}/{id}-9")).await;
    refused(nobody, (404, "not-found"));
    bundle
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hospital_reads_a_patient_group_by_group() {
    on_both(async |town| {
        let (person, number) = hanako(&town).await;
        let (_, ward) = system(&town, &town.minami, Role::Partner).await;
        let id = found(&ward, &number).await;
        let first: Vec<_> = lines(&town).await.into_iter().take(2).collect();
        assert!(
            first[0].0 == Verb::Saw && first[0].1 == "基本情報・発見時の注意・タグ番号",
            "{first:?}"
        );

        let (_, patient) = get(&ward, &format!("/fhir/Patient/{id}")).await;
        assert_eq!(patient["identifier"][0]["value"], number.replace('-', ""));
        assert_eq!(patient["birthDate"], "1938-04-02");
        assert_eq!(
            (&patient["gender"], &patient["active"]),
            (&"female".into(), &true.into())
        );
        let names: Vec<_> = patient["name"]
            .as_array()
            .unwrap()
            .iter()
            .map(|name| {
                (
                    name["extension"][0]["valueCode"].as_str().unwrap(),
                    name["text"].as_str().unwrap(),
                )
            })
            .collect();
        assert_eq!(names, [("IDE", "南野 ハナコ"), ("SYL", "ミナミノ ハナコ")]);
        assert_eq!(patient["address"][0]["postalCode"], "143-0016");
        let text = patient.to_string();
        assert!(
            ["みなみ診療所", "南野 一郎", "心房細動"]
                .iter()
                .all(|word| !text.contains(word))
        );

        let link = format!("/fhir/Patient?_id={id}");
        let (_, again) = get(&ward, &link).await;
        assert_eq!(again["entry"][0]["resource"], patient);
        assert!(again["link"][0]["url"].as_str().unwrap().ends_with(&link));

        let mut read = vec![patient, again];
        for (kind, group, says) in GROUPS {
            let bundle = group_of(&ward, &id, kind).await;
            assert!(bundle.to_string().contains(says), "{kind}: {bundle}");
            let sights = lines(&town).await.into_iter().take(4);
            for sight in sights {
                assert!(
                    sight.0 == Verb::Saw && sight.1 == group,
                    "{kind}: {sight:?}"
                );
            }
            read.push(bundle);
        }
        let ranks: Vec<_> = (0..2)
            .map(|at| read[2]["entry"][at]["resource"]["telecom"][0]["rank"].as_u64())
            .collect();
        assert_eq!(ranks, [Some(1), Some(2)], "in calling order");

        judge(&read);
        the_person_can_ask(&town, person).await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_summary_holds_without_the_server() {
    on_both(async |town| {
        let (_, number) = hanako(&town).await;
        let (_, ward) = system(&town, &town.minami, Role::Partner).await;
        let id = found(&ward, &number).await;
        let (status, summary) = get(&ward, &format!("/fhir/Patient/{id}/$summary")).await;
        let sight = lines(&town).await.remove(0);
        assert_eq!(
            (status, &*sight.1),
            (
                200,
                "基本情報・緊急連絡先・医療情報・発見時の注意・タグ番号"
            )
        );
        judge_summary(&summary);
        let by_form = ward
            .post(&format!("/fhir/Patient/{id}/$summary"), &[])
            .await;
        assert_eq!(fhir(&by_form)["entry"][1], summary["entry"][1]);
        for says in [
            "みなみ診療所 内科 高橋医師",
            "南野 一郎",
            "みなみ地域包括支援センター",
            "なし（確認ずみ）",
        ] {
            assert!(summary.to_string().contains(says), "{says}");
        }
        assert!(
            !summary.to_string().contains("合鍵は大家"),
            "the center's own"
        );
        judge(&[summary]);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn without_an_inquiry_of_ones_own_nothing_opens() {
    on_both(async |town| {
        let (person, number) = hanako(&town).await;
        let (_, ward) = system(&town, &town.minami, Role::Partner).await;
        refused(
            get(&ward, "/fhir/Patient/0123456789abcdef").await,
            (404, "not-found"),
        );
        refused(
            get(&ward, "/fhir/Condition?patient=0123456789abcdef").await,
            (404, "not-found"),
        );
        let in_address = format!("/fhir/Patient?identifier={number}&family=%E5%8D%97%E9%87%8E");
        refused(get(&ward, &in_address).await, (405, "not-supported"));
        refused(
            get(&ward, "/fhir/Observation?patient=x").await,
            (404, "not-supported"),
        );
        refused(get(&ward, "/fhir/Consent").await, (400, "required"));

        let police = station(&town, OrganisationKind::Police).await;
        judge(&[refused(
            search(&police, &number, "南野").await,
            (403, "forbidden"),
        )]);
        let id = found(&ward, &number).await;
        let paths = ["", "/$summary"].map(|end| format!("/fhir/Patient/{id}{end}"));
        let fire = station(&town, OrganisationKind::Fire).await;
        let (_, theirs) = system(&town, &town.kitami, Role::Partner).await;
        let (_, nurse) = system(&town, &town.minami, Role::CenterStaff).await;
        let doctor = town.sign_in(Role::Partner).await;
        for path in &paths {
            refused(get(&police, path).await, (403, "forbidden"));
            refused(get(&fire, path).await, (404, "not-found"));
            refused(get(&theirs, path).await, (404, "not-found"));
            refused(get(&nurse, path).await, (403, "forbidden"));
            refused(get(&town.visitor(), path).await, (401, "login"));
            refused(get(&doctor, path).await, (401, "login"));
        }
        town.pass(24 * 60 * 60 - 1);
        assert_eq!(get(&ward, &paths[0]).await.0, 200);
        let deed = town.deed_of(Role::CenterStaff).await;
        let today = date(2026, 11, 21);
        people::set_state(town.db(), &deed, person, 1, State::Withdrawn, today)
            .await
            .unwrap();
        for path in &paths {
            refused(get(&ward, path).await, (403, "forbidden"));
        }
        town.pass(1);
        for path in &paths {
            refused(get(&ward, path).await, (403, "expired"));
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_number_and_a_wrong_second_thing_look_the_same_and_are_slowed() {
    on_both(async |town| {
        let (_, number) = hanako(&town).await;
        let unknown = words::tag_number::TagNumber::from_body(987_654_321)
            .unwrap()
            .to_string();
        let (_, ward) = system(&town, &town.minami, Role::Partner).await;
        let wrong = search(&ward, &number, "北川").await;
        assert_eq!((wrong.0, &wrong.1["total"]), (200, &0.into()));
        assert!(
            wrong == search(&ward, &unknown, "南野").await
                && wrong == search(&ward, "123", "南野").await
        );
        judge(&[wrong.1]);
        for (missing, code) in [
            ("identifier", "required"),
            ("family", "required"),
            ("requester", "required"),
        ] {
            let all = [
                ("identifier", &*number),
                ("family", "南野"),
                ("requester", "医東"),
            ];
            let some: Vec<_> = all
                .into_iter()
                .filter(|(name, _)| *name != missing)
                .collect();
            let page = ward.post(SEARCH, &some).await;
            refused((page.status, fhir(&page)), (400, code));
        }
        for _ in 3..10 {
            assert_eq!(search(&ward, &number, "北川").await.0, 200);
        }
        let asked = [
            ("identifier", &*number),
            ("family", "南野"),
            ("requester", "医東"),
        ];
        let page = ward.post(SEARCH, &asked).await;
        let wait: i64 = page.header("retry-after").parse().unwrap();
        assert!(wait > 23 * 60 * 60, "{wait}");
        refused((page.status, fhir(&page)), (429, "throttled"));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_server_can_is_said_to_everybody_in_json_only() {
    let town = Town::build(db::Engine::Sqlite).await;
    let visitor = town.visitor();
    let (status, statement) = get(&visitor, "/fhir/metadata").await;
    assert_eq!((status, &statement["fhirVersion"]), (200, &"4.0.1".into()));
    judge(&[statement]);
    for (accept, path, status) in [
        ("application/fhir+xml", "/fhir/metadata", 406),
        (
            "application/fhir+json; fhirVersion=5.0",
            "/fhir/metadata",
            406,
        ),
        (
            "text/html, application/fhir+json;q=0.5",
            "/fhir/metadata",
            200,
        ),
        ("*/*", "/fhir/metadata?_format=xml", 406),
        ("*/*", "/fhir/metadata?_format=application/fhir%2Bjson", 200),
        ("*/*", "/fhir", 404),
    ] {
        let request = Request::get(path)
            .header("accept", accept)
            .body(Body::empty());
        let page = visitor.send(request.unwrap()).await;
        assert_eq!(page.status, status, "{accept} {path}");
        fhir(&page);
    }
    let write = Request::put("/fhir/Patient/0123456789abcdef").body(Body::empty());
    let page = visitor.send(write.unwrap()).await;
    refused((page.status, fhir(&page)), (405, "not-supported"));
}
