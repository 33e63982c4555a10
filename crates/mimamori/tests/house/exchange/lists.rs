//! Lists go out as files, and the people in them come in again without loss.

use jiff::civil::date;
use mimamori::audit::{self, Filter, Verb};
use mimamori::deed::Deed;
use mimamori::ids::PersonId;
use mimamori::people::import::{self, Mode, OldNumbers, Outcome};
use mimamori::people::{
    self, Answer, AnsweredBy, Clinic, Confirmed, Contact, Draft, Given, Identity, Known, Mail,
    MayBeTold, Person, Way,
};
use mimamori::scope::Role;
use words::address::Address;
use words::date::PartialDate;
use words::name::PersonName;
use words::phone::Phone;

use crate::hanako;
use crate::town::{Client, Page, Town, on_both};

/// Somebody whose record holds everything that is hard to write into a cell.
fn hard() -> Draft {
    let mut draft = hanako::draft();
    let one = &mut draft.contacts.0[0];
    one.may_be_told = MayBeTold::Medical;
    one.phones.push(Phone::parse("03-0111-2222").unwrap());
    one.address = Some(Address::parse("葛\u{e0100}飾区𠮷野1-2").unwrap());
    one.mail = Some(Mail {
        address: "ichiro@example.jp".to_owned(),
        agreed_on: Some(date(2026, 4, 2)),
        proved_on: None,
        drills_on: None,
    });
    one.confirmed = Some(Confirmed {
        on: date(2026, 4, 1),
        way: Way::InPerson,
        by: None,
    });
    // A nephew of the same name, at the same family telephone.
    let namesake = Contact {
        relation: "甥".to_owned(),
        phones: vec![
            one.phones[1].clone(),
            Phone::parse("090-0333-4444").unwrap(),
        ],
        may_be_told: MayBeTold::CallOnly,
        address: None,
        mail: None,
        confirmed: None,
        ..one.clone()
    };
    draft.contacts.0.push(namesake);
    let mut eyes = draft.medical.clinics[0].clone();
    eyes.department = "眼科".to_owned();
    eyes.doctor = "目黒".to_owned();
    draft.medical.clinics.push(eyes);
    draft.medical.clinics.push(Clinic {
        institution: "みなみ眼科".to_owned(),
        department: String::new(),
        doctor: String::new(),
        phone: None,
    });
    draft.medical.allergies = Known::NoneInRoster;
    draft.medical.drugs = Known::None;
    draft.medical.illnesses = Known::Listed("=心房細動\n-緑内障、\"白内障\"".to_owned());
    draft.care.insurer = "131110".to_owned();
    draft.care.valid_until = Some(date(2027, 3, 31));
    draft.care.notes = "+2階に住む\n'90年から".to_owned();
    draft.finder.notes = "@左耳から話す".to_owned();
    draft.consent.identity.by = AnsweredBy::Proxy {
        name: "南野 一郎".to_owned(),
        relation: "長男".to_owned(),
    };
    draft.consent.medical.withdrawn_on = Some(date(2026, 5, 2));
    draft.consent.board = Given {
        answer: Answer::Refused,
        on: None,
        ..Given::default()
    };
    draft
}

/// Somebody of whom next to nothing is known, with letters that Shift_JIS lacks.
fn sparse() -> Draft {
    let identity = Identity {
        name: PersonName::new("𠮷田", "葛\u{e0100}").unwrap(),
        family_kana: None,
        given_kana: None,
        born: PartialDate::parse("昭和9年頃").unwrap(),
        postcode: None,
        address: None,
        phones: Vec::new(),
        old_number: None,
        ..hanako::identity()
    };
    Draft::new(identity, date(2020, 4, 1))
}

async fn everybody(town: &Town, deed: &Deed) -> Vec<Person> {
    let mut conn = town.db().read().await.unwrap();
    let ids = people::list_ids_after(&mut conn, deed, PersonId(0), 100);
    let mut all = Vec::new();
    for id in ids.await.unwrap() {
        all.extend(people::find(&mut conn, deed, id).await.unwrap());
    }
    all.sort_by_key(|person| person.identity.value.born);
    all
}

async fn export(client: &Client, list: &str, format: &str) -> Page {
    let form = [("list", list), ("format", format), ("reason", "訪問の準備")];
    client.post("/exports", &form).await
}

/// Brings the file in; how many rows there were of each outcome.
async fn bring_in(town: &Town, deed: &Deed, file: Vec<u8>) -> Vec<(Outcome, u64)> {
    let (db, numbers) = (town.db(), OldNumbers::KEPT_ONLY);
    let run = import::begin(db, deed, "a".to_owned(), file).await.unwrap();
    let mut conn = db.read().await.unwrap();
    let found = import::find_run(&mut conn, deed, run).await.unwrap();
    drop(conn);
    let mapping = found.unwrap().mapping;
    import::settle_columns(db, deed, run, mapping)
        .await
        .unwrap();
    import::judge(db, deed, run, numbers).await.unwrap();
    let mut conn = db.read().await.unwrap();
    let counts = import::count_rows(&mut conn, deed, run).await.unwrap();
    drop(conn);
    import::take(db, deed, run, Mode::All, numbers)
        .await
        .unwrap();
    let counts = counts
        .into_iter()
        .map(|(outcome, _, count)| (outcome, count));
    counts.filter(|(_, count)| *count > 0).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn people_come_in_again_as_they_went_out() {
    on_both(async |town| {
        let deed = town.deed_of(Role::CenterStaff).await;
        for draft in [hard(), sparse()] {
            people::register(town.db(), &deed, draft).await.unwrap();
        }
        let before = everybody(&town, &deed).await;
        let nurse = town.sign_in(Role::CenterStaff).await;
        let kitami = town.deed_at(&town.kitami, Role::CenterStaff).await;
        for format in ["utf8", "xlsx", "json"] {
            let file = export(&nurse, "people", format).await;
            assert_eq!(file.status, 200, "{}", file.text());
            let here = bring_in(&town, &deed, file.bytes.clone()).await;
            assert_eq!(here, [(Outcome::Same, 2)], "{format} into the same town");
            if format == "utf8" {
                let there = bring_in(&town, &kitami, file.bytes).await;
                assert_eq!(there, [(Outcome::Add, 2)], "into a town where nobody is");
            }
        }
        let after = everybody(&town, &kitami).await;
        assert_eq!(after.len(), 2);
        for (old, new) in before.iter().zip(&after) {
            assert!(old.identity.value == new.identity.value, "identity");
            assert!(old.contacts.value == new.contacts.value, "contacts");
            assert!(old.medical.value == new.medical.value, "medical");
            assert!(old.care.value == new.care.value, "care");
            assert!(old.finder.value == new.finder.value, "finder");
            assert!(old.consent.value == new.consent.value, "consent");
            assert_eq!(old.standing.registered_on, new.standing.registered_on);
        }
        let again = everybody(&town, &deed).await;
        let versions = |all: &[Person]| {
            let all = all.iter();
            all.map(|one| {
                (
                    one.identity.version,
                    one.contacts.version,
                    one.consent.version,
                )
            })
            .collect::<Vec<_>>()
        };
        assert_eq!(versions(&before), versions(&again), "nothing was changed");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_shift_jis_lacks_is_listed_and_the_person_chooses() {
    on_both(async |town| {
        let deed = town.deed_of(Role::CenterStaff).await;
        people::register(town.db(), &deed, sparse()).await.unwrap();
        let nurse = town.sign_in(Role::CenterStaff).await;
        let listed = export(&nurse, "people", "cp932").await;
        assert_eq!(listed.header("content-type"), "text/html; charset=utf-8");
        let cells = listed.select("tbody td");
        assert_eq!(cells[..3], ["氏（姓）", "𠮷", "U+20BB7"]);
        assert_eq!(listed.select("tbody th")[0], "2行目");
        assert!(listed.text().contains("2か所あります"));
        let form = [
            ("list", "people"),
            ("format", "cp932"),
            ("reason", "訪問の準備"),
            ("lost", "geta"),
        ];
        let file = nurse.post("/exports", &form).await;
        let (text, _, broken) = encoding_rs::SHIFT_JIS.decode(&file.bytes);
        assert!(!broken && text.contains("〓田,葛〓"), "{text}");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn each_role_takes_out_what_it_may_and_everybody_in_it_can_see_that() {
    on_both(async |town| {
        let person = hanako::register(&town).await;
        let admin = town.sign_in(Role::TownAdmin).await;
        let list = export(&admin, "people", "utf8").await.text();
        assert!(list.contains("南野") && !list.contains("ワルファリン") && !list.contains("一郎"));
        let nurse = town.sign_in(Role::CenterStaff).await;
        assert!(
            export(&nurse, "people", "utf8")
                .await
                .text()
                .contains("ワルファリン")
        );
        assert_eq!(export(&nurse, "audit", "utf8").await.status, 422);
        let why = [("list", "people"), ("format", "utf8"), ("reason", " ")];
        assert_eq!(nurse.post("/exports", &why).await.status, 422, "no purpose");
        let auditor = town.sign_in(Role::Auditor).await;
        assert_eq!(export(&auditor, "people", "utf8").await.status, 422);
        let lines = export(&auditor, "audit", "json").await;
        let lines: serde_json::Value = serde_json::from_slice(&lines.bytes).unwrap();
        assert!(
            lines
                .as_array()
                .unwrap()
                .iter()
                .any(|one| one["何をしたか"] == "書き出し")
        );
        for (list, heads) in [("tags", "番号"), ("renewals", "更新月"), ("tasks", "期限")] {
            assert!(
                export(&nurse, list, "utf8").await.text().contains(heads),
                "{list}"
            );
        }
        assert!(
            export(&admin, "organisations", "utf8")
                .await
                .text()
                .contains("みなみ総合病院")
        );
        assert!(
            export(&admin, "centers", "utf8")
                .await
                .text()
                .contains("みなみ地域包括")
        );

        let filter = Filter {
            whose: Some(person),
            staff: Some(town.minami.staff(Role::CenterStaff)),
            verb: Some(Verb::Exported),
            before: None,
            limit: 9,
        };
        let scope = town.deed().await.scope;
        let mut conn = town.db().read().await.unwrap();
        let found = audit::list_entries(&mut conn, &scope, filter)
            .await
            .unwrap();
        assert_eq!(found.len(), 1, "who is in no row has no line");
        drop(conn);
        let seen = nurse.get(&format!("/people/{person}/sights")).await.text();
        assert!(seen.contains("訪問の準備"));
    })
    .await;
}
