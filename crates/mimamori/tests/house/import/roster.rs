//! The large roster with its truth stands beside the repository, not in it: `MIMAMORI_ROSTERS`
//! names the folder (bin/test sets it where there is one, and says so where there is none).

use std::collections::HashMap;
use std::path::PathBuf;

use db::Engine;
use mimamori::people::import::{self, Mode, Outcome};
use mimamori::people::{self, Certification, Known, Living, Person};
use mimamori::scope::Role;
use serde_json::Value;

use super::{count, everybody, judged, take};
use crate::town::Town;

fn folder() -> Option<PathBuf> {
    std::env::var_os("MIMAMORI_ROSTERS").map(PathBuf::from)
}

fn known(known: &Known) -> &str {
    match known {
        Known::Listed(text) => text,
        Known::None => "なし（確認ずみ）",
        Known::NoneInRoster => "なし",
        Known::NotConfirmed => "",
    }
}

/// A person as the truth writes them, field by field.
fn told(person: &Person) -> Vec<(&'static str, String)> {
    let identity = &person.identity.value;
    let clinic = &person.medical.value.clinics[0];
    let certification = person.care.value.certification;
    let unconfirmed = certification == Certification::Unconfirmed;
    let contacts = person.contacts.value.0.iter();
    let contacts = contacts.map(|one| format!("{}/{}/{}", one.name, one.relation, one.phones[0]));
    let reading = |part: &Option<words::kana::Reading>| part.as_ref().unwrap().as_str().to_owned();
    vec![
        ("family", identity.name.family().to_owned()),
        ("given", identity.name.given().to_owned()),
        ("family_kana", reading(&identity.family_kana)),
        ("given_kana", reading(&identity.given_kana)),
        ("sex", identity.sex.word().to_owned()),
        ("born", identity.born.iso()),
        ("postcode", identity.postcode.unwrap().digits()),
        ("address", identity.address.as_ref().unwrap().canonical()),
        ("phone", identity.phones[0].to_string()),
        ("alone", (identity.living == Living::Alone).to_string()),
        ("clinic", clinic.institution.clone()),
        ("dept", clinic.department.clone()),
        ("doctor", clinic.doctor.clone()),
        ("clinic_phone", clinic.phone.as_ref().unwrap().to_string()),
        ("illness", known(&person.medical.value.illnesses).to_owned()),
        ("drugs", known(&person.medical.value.drugs).to_owned()),
        (
            "care",
            if unconfirmed {
                String::new()
            } else {
                certification.word().to_owned()
            },
        ),
        ("registered", person.standing.registered_on.to_string()),
        ("contacts", contacts.collect::<Vec<_>>().join(";")),
    ]
}

/// The truth's own field in the same form; the roster writes care levels in either width.
fn truth_of(person: &Value, field: &str) -> String {
    let text = |value: &Value| {
        value
            .as_str()
            .map_or_else(|| value.to_string(), str::to_owned)
    };
    match field {
        "contacts" => {
            let contacts = person["contacts"].as_array().unwrap().iter();
            let one = |one: &Value| {
                format!(
                    "{}/{}/{}",
                    text(&one["name"]),
                    text(&one["relation"]),
                    text(&one["phone"])
                )
            };
            contacts.map(one).collect::<Vec<_>>().join(";")
        }
        "care" => text(&person[field])
            .replace('１', "1")
            .replace('２', "2")
            .replace('３', "3"),
        _ => text(&person[field]),
    }
}

async fn all(town: &Town) -> HashMap<String, Person> {
    let deed = town.deed().await;
    let mut conn = town.db().read().await.unwrap();
    let mut all = HashMap::new();
    for id in everybody(town).await {
        let person = people::find(&mut conn, &deed, id).await.unwrap().unwrap();
        all.insert(person.identity.value.old_number.clone().unwrap(), person);
    }
    all
}

/// Odd rows are reported as their kind, the rest are in, each as the truth says.
async fn check(file: &str, above: u64) {
    let Some(folder) = folder() else {
        return;
    };
    let read = |name: &str| std::fs::read(folder.join(name)).unwrap();
    let truth: Value = serde_json::from_slice(&read("roster-a-1.truth.json")).unwrap();
    let town = Town::build(Engine::Sqlite).await;
    let run = judged(&town, &read(file)).await;
    check_odd_rows(&town, run, &truth, above).await;
    let taken = take(&town, run, Mode::Good).await.unwrap();
    let people = truth["people"].as_array().unwrap();
    assert_eq!((taken.written, taken.left_out), (people.len(), 23));
    let found = all(&town).await;
    assert_eq!(found.len(), people.len());
    let mut wrong = Vec::new();
    for person in people {
        let number = person["number"].as_str().unwrap();
        for (field, value) in told(&found[number]) {
            // Only the number and the field are named: nobody's name stands in a test's output.
            if value != truth_of(person, field) {
                wrong.push(format!("{number} {field}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:?}");
    let again = judged(&town, &read(file)).await;
    assert_eq!(count(&town, again, Outcome::Same).await, 2_000);
}

async fn check_odd_rows(town: &Town, run: mimamori::ids::RowId, truth: &Value, above: u64) {
    let deed = town.deed_of(Role::CenterStaff).await;
    let mut conn = town.db().read().await.unwrap();
    let rows = import::list_rows(&mut conn, &deed, run, None, (10_000, 0))
        .await
        .unwrap();
    let row_of = |number: u64| {
        let found = rows
            .iter()
            .find(|(verdict, _)| u64::from(verdict.row) == number);
        &found.unwrap().0
    };
    for odd in truth["odd_rows"].as_array().unwrap() {
        let verdict = row_of(odd["row"].as_u64().unwrap() + above);
        let heading = |at: usize| verdict.faults[at].heading.as_str();
        match odd["kind"].as_str().unwrap() {
            "duplicate" => {
                assert_eq!(verdict.outcome, Outcome::Duplicate);
                let of: u64 = odd["of"].as_str().unwrap().parse().unwrap();
                assert_eq!(verdict.likes.len(), 1);
                let row = u32::try_from(of + 1 + above).unwrap();
                assert_eq!(verdict.likes[0].who, import::Who::Row(row));
            }
            "impossible date" => assert_eq!(heading(0), "生年月日"),
            "no name" => assert_eq!(heading(0), "氏名"),
            "phone too short" => assert_eq!(heading(0), "電話番号"),
            other => panic!("an odd row of a new kind: {other}"),
        }
    }
    drop(conn);
    assert_eq!(count(town, run, Outcome::Duplicate).await, 20);
    assert_eq!(count(town, run, Outcome::Refused).await, 3);
    assert_eq!(count(town, run, Outcome::Nobody).await, 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_large_roster_is_in_as_the_truth_says() {
    check("roster-a-1.csv", 0).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_large_workbook_is_in_as_the_truth_says() {
    check("roster-a-1.xlsx", 2).await;
}
