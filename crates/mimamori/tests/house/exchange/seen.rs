//! Who takes out which list, and what of it they get: what they see on its page, and no more.

use mimamori::audit::{self, Filter, Verb};
use mimamori::cases::Access;
use mimamori::exchange::List;
use mimamori::ids::PersonId;
use mimamori::notices;
use mimamori::scope::{ROLES, Role};
use serde_json::Value;

use super::json;
use crate::cases::{WORDS, begin, first, someone};
use crate::notices::{areas, by_phone, words};
use crate::town::{Client, Page, Town, on_both};
use crate::{hanako, story};

/// Each list, by whom it may be taken out: A the town's administrator, H a center's head, C its staff,
/// U the auditor. The night desk and partners take out none.
const WHO: &[(&str, &str)] = &[
    ("people", "AHC"),
    ("tags", "HC"),
    ("renewals", "HC"),
    ("tasks", "HC"),
    ("twins", "HC"),
    ("leavings", "HC"),
    ("inquiries", "HC"),
    ("notices", "HC"),
    ("consultations", "HC"),
    ("cases", "HC"),
    ("paths", "HC"),
    ("supporters", "HC"),
    ("courses", "HC"),
    ("days", "HC"),
    ("places", "HC"),
    ("signups", "HC"),
    ("attendances", "HC"),
    ("vouchers", "HC"),
    ("observations", "HC"),
    ("voices", "HC"),
    ("agreements", "AH"),
    ("organisations", "A"),
    ("centers", "A"),
    ("staff", "A"),
    ("batches", "AHC"),
    ("audit", "AU"),
];

const fn letter(role: Role) -> char {
    match role {
        Role::TownAdmin => 'A',
        Role::CenterHead => 'H',
        Role::CenterStaff => 'C',
        Role::NightDesk => 'N',
        Role::Partner => 'P',
        Role::Auditor => 'U',
        Role::Tablet => 'T',
    }
}

async fn taken(client: &Client, list: &str, format: &str, part: &[(&str, &str)]) -> Page {
    let mut form = vec![("list", list), ("format", format), ("reason", "会議の資料")];
    form.extend(part);
    client.post("/exports", &form).await
}

/// The rows of a list.
async fn rows(client: &Client, list: &str, part: &[(&str, &str)]) -> Vec<Value> {
    let page = taken(client, list, "json", part).await;
    assert_eq!(page.status, 200, "{list}: {}", page.text());
    json(&page).as_array().unwrap().clone()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_is_offered_and_given_to_whoever_reads_its_page() {
    on_both(async |town| {
        let known: Vec<&str> = List::ALL.iter().map(|list| list.code()).collect();
        let told: Vec<&str> = WHO.iter().map(|(list, _)| *list).collect();
        assert_eq!(known, told, "a list without a row in WHO");
        for role in ROLES {
            let client = town.sign_in(role).await;
            let offered = client.get("/exports").await.text();
            for (list, roles) in WHO {
                let may = roles.contains(letter(role));
                let link = format!("\"/exports?list={list}\"");
                assert_eq!(offered.contains(&link), may, "{list} offered to {role:?}");
                let given = taken(&client, list, "utf8", &[]).await.status;
                let expected = match (may, role) {
                    (true, _) => 200,
                    (false, Role::NightDesk | Role::Partner | Role::Tablet) => 403,
                    (false, _) => 422,
                };
                assert_eq!(given, expected, "{list} given to {role:?}");
                let form = client.get(&format!("/exports?list={list}")).await;
                assert_eq!(form.attr("input[name=reason]", "name").is_some(), may);
            }
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn every_list_has_a_cell_under_each_of_its_headings() {
    on_both(async |town| {
        story::tell(&town).await;
        let clients = [
            town.sign_in(Role::CenterHead).await,
            town.sign_in(Role::TownAdmin).await,
        ];
        for (list, roles) in WHO {
            let client = &clients[usize::from(!roles.contains('H'))];
            let page = taken(client, list, "utf8", &[]).await;
            let (text, bytes) = (page.text(), page.bytes.as_slice());
            assert_eq!(page.status, 200, "{list}: {text}");
            let mut reader = csv::Reader::from_reader(&bytes[3..]);
            let head = reader.headers().unwrap().clone();
            let all: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
            assert!(!all.is_empty(), "{list} has no row in the story");
            assert!(all.iter().all(|row| row.len() == head.len()), "{list}");
            let listed = rows(client, list, &[]).await;
            // Taking it out is a line of the audit, too.
            let more = usize::from(*list == "audit");
            assert_eq!(listed.len(), all.len() + more, "{list} in JSON");
            for row in &listed {
                assert_eq!(row.as_object().unwrap().len(), head.len(), "{list}");
            }
            for secret in ["心房細動", "ワルファリン"] {
                assert!(*list == "people" || !text.contains(secret), "{list}");
            }
        }
    })
    .await;
}

/// A notice and two cases of another center, and one of each of one's own.
async fn two_centers(town: &Town) -> [String; 4] {
    areas(town).await;
    let mut told = words(&["bruises"], "大森中1-4-4");
    told.words = "首のあざ".to_owned();
    let deed = town.deed().await;
    let there = notices::tell(town.db(), &deed, by_phone(told)).await;
    let here = crate::notices::at(town, &deed, town.minami.center).await;
    let other = someone(
        town,
        Role::CenterStaff,
        town.minami.other_center,
        "北見 遠子",
    )
    .await;
    let home = "大田区大森中1-4-4";
    let theirs = crate::notices::somebody(town, home, town.minami.other_center).await;
    let unseen = begin(town, &other.deed, theirs, Access::Center).await;
    let person = hanako::register(town).await;
    let nurse = first(town, Role::CenterStaff).await;
    let seen = begin(town, &nurse.deed, person, Access::Center).await;
    [
        there.unwrap().id.to_string(),
        here.to_string(),
        unseen.to_string(),
        seen.to_string(),
    ]
}

#[tokio::test(flavor = "multi_thread")]
async fn a_center_takes_out_its_own_notices_and_cases_and_nobody_elses() {
    on_both(async |town| {
        let [there, here, unseen, seen] = two_centers(&town).await;
        let nurse = town.sign_in(Role::CenterStaff).await;
        let got = rows(&nurse, "notices", &[]).await;
        let ids: Vec<&str> = got
            .iter()
            .filter_map(|row| row["気づきのID"].as_str())
            .collect();
        assert_eq!(ids, [here.as_str()], "not {there}");
        let got = rows(&nurse, "cases", &[]).await;
        let ids: Vec<&str> = got
            .iter()
            .filter_map(|row| row["支援のID"].as_str())
            .collect();
        assert_eq!(ids, [seen.as_str()], "not {unseen}");
        let head = town.sign_in(Role::CenterHead).await;
        for (list, roles) in WHO.iter().filter(|(_, roles)| roles.contains('H')) {
            let file = taken(&head, list, "utf8", &[]).await.text();
            let secrets = [there.as_str(), unseen.as_str(), "首のあざ"];
            for secret in secrets.iter().chain(&WORDS) {
                assert!(!file.contains(secret), "{list} for {roles}");
            }
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_case_for_named_people_is_in_nobody_elses_file_and_in_nobodys_sights() {
    on_both(async |town| {
        let person = hanako::register(&town).await;
        let nurse = first(&town, Role::CenterStaff).await;
        begin(&town, &nurse.deed, person, Access::Named).await;
        let colleague = someone(&town, Role::CenterStaff, town.minami.center, "近藤 同子").await;
        assert!(rows(&colleague.client, "cases", &[]).await.is_empty());
        assert_eq!(rows(&nurse.client, "cases", &[]).await.len(), 1);
        assert_eq!(lines(&town, Some(person)).await, 0, "named in no line");
        let state = [("state", "closed")];
        assert!(rows(&nurse.client, "cases", &state).await.is_empty());
    })
    .await;
}

/// How many lines of taking out there are about somebody.
async fn lines(town: &Town, whose: Option<PersonId>) -> usize {
    let filter = Filter {
        whose,
        staff: None,
        verb: Some(Verb::Exported),
        before: None,
        limit: 99,
    };
    let scope = town.deed().await.scope;
    let mut conn = town.db().read().await.unwrap();
    let found = audit::list_entries(&mut conn, &scope, filter).await;
    found.unwrap().len()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_part_of_a_list_is_that_part_and_everybody_in_it_has_one_line() {
    on_both(async |town| {
        let person = hanako::register(&town).await;
        let nurse = town.sign_in(Role::CenterStaff).await;
        let other = town.minami.other_center;
        let elsewhere = crate::notices::somebody(&town, "大田区大森中1-4-4", other).await;
        let own = town.minami.center.to_string();
        let part = [("center", own.as_str()), ("state", "registered")];
        let got = rows(&nurse, "people", &part).await;
        assert_eq!(got.len(), 1);
        assert_eq!(got[0]["登録者のID"], person.to_string());
        assert_eq!(lines(&town, Some(person)).await, 1);
        assert_eq!(lines(&town, Some(elsewhere)).await, 0, "not in the file");
        let died = [("state", "died")];
        assert!(rows(&nurse, "people", &died).await.is_empty());
        for (list, wrong) in [
            ("people", ("month", "2026-04")),
            ("tasks", ("state", "waiting")),
            ("renewals", ("month", "四月")),
        ] {
            let page = taken(&nurse, list, "utf8", &[wrong]).await;
            assert_eq!(page.status, 422, "{list} {wrong:?} is not everything");
        }
        let page = nurse.get("/people").await;
        let link = page.select("a");
        assert!(
            link.iter()
                .any(|text| text == "この一覧をファイルに書き出す")
        );
        let form = nurse
            .get(&format!(
                "/exports?list=people&center={own}&state=registered"
            ))
            .await;
        let chosen = form.attr("select[name=center] option[selected]", "value");
        assert_eq!(chosen, Some(own));
    })
    .await;
}
