//! Stories of papers: who may print whom, what is written down, what a run leaves behind.

use std::process::Command;

use mimamori::audit::{self, Fields, Filter, Verb};
use mimamori::ids::{CenterId, PersonId, RowId};
use mimamori::leaving::Kind;
use mimamori::papers::{self, Job, Ledger, What};
use mimamori::people::{self, Draft};
use mimamori::renewals::State;
use mimamori::scope::Role;
use mimamori::tags::{self, Mix, Order};

use crate::hanako;
use crate::renewals::{MARCH, minute, renewal};
use crate::town::{Client, Page, Town, on_both};

/// A ledger of one center.
pub fn ledger(center: CenterId) -> Job {
    Job {
        center: Some(center),
        purpose: "停電に備えるため".to_owned(),
        printed_by: "佐藤 真由美".to_owned(),
        public_url: "https://mimamori.example.jp".to_owned(),
        what: What::Ledger(Ledger { medical: true }),
    }
}

/// ハナコ with a number out of the stock.
async fn holder(town: &Town) -> PersonId {
    let deed = town.deed().await;
    let order = Order {
        count: 2,
        mix: Mix([1, 0, 1, 0]),
        note: String::new(),
    };
    let batch = tags::order_batch(town.db(), &deed, order).await.unwrap();
    tags::fill_batch(town.db(), &town.app.vault, &deed, batch)
        .await
        .unwrap();
    let person = hanako::register(town).await;
    tags::bind_next(town.db(), &deed, person).await.unwrap();
    person
}

/// The words on a paper, as poppler reads them.
pub fn words_on(paper: &Page) -> String {
    assert_eq!(paper.status, 200, "{}", paper.text());
    assert_eq!(paper.header("content-type"), "application/pdf");
    assert_eq!(paper.header("cache-control"), "no-store");
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("paper.pdf");
    std::fs::write(&file, &paper.bytes).unwrap();
    let read = Command::new("pdftotext")
        .arg("-layout")
        .arg(&file)
        .arg("-")
        .output();
    String::from_utf8(read.expect("poppler-utils is installed").stdout).unwrap()
}

/// What was printed of somebody, newest first.
pub async fn printed(town: &Town, person: PersonId) -> Vec<Fields> {
    printed_at_all(town, Some(person)).await
}

/// What was printed of somebody or of anybody, newest first.
pub async fn printed_at_all(town: &Town, whose: Option<PersonId>) -> Vec<Fields> {
    let deed = town.deed().await;
    let filter = Filter {
        whose,
        staff: None,
        verb: Some(Verb::Printed),
        before: None,
        limit: 50,
    };
    let mut conn = town.db().read().await.unwrap();
    let entries = audit::list_entries(&mut conn, &deed.scope, filter)
        .await
        .unwrap();
    entries.iter().map(|entry| entry.fields).collect()
}

async fn of_person(client: &Client, person: PersonId, fields: &[(&str, &str)]) -> Page {
    client
        .post(&format!("/people/{person}/papers"), fields)
        .await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_persons_papers_say_what_is_registered_and_each_has_its_line() {
    on_both(async |town| {
        let person = holder(&town).await;
        let nurse = town.sign_in(Role::CenterStaff).await;
        let form = words_on(&of_person(&nurse, person, &[("paper", "application")]).await);
        for words in [
            "南野 ハナコ",
            "03-0188-7191",
            "みなみ荘201",
            "ワルファリン",
            "南野 一郎",
        ] {
            assert!(form.contains(words), "{words} in {form}");
        }
        let change = words_on(&of_person(&nurse, person, &[("paper", "change")]).await);
        assert!(change.contains("南野 ハナコ") && !change.contains("ワルファリン"));
        let sights = words_on(&of_person(&nurse, person, &[("paper", "sights")]).await);
        assert!(
            sights.contains("南野 ハナコ 様") || sights.contains("南野 ハナコ　様"),
            "{sights}"
        );
        assert!(
            sights.contains("印刷"),
            "the printing itself was seen: {sights}"
        );
        let lines = printed(&town, person).await;
        assert_eq!(lines.len(), 3);
        assert!(lines[2].has(Fields::MEDICAL) && !lines[1].has(Fields::MEDICAL));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_letter_of_a_leaving_goes_to_the_persons_address() {
    on_both(async |town| {
        let person = holder(&town).await;
        let nurse = town.sign_in(Role::CenterStaff).await;
        let leaving = crate::leaving::begin(&town, person, Kind::Withdrawn).await;
        let page = nurse.get(&format!("/leaving/{leaving}/letter")).await;
        let action = format!("/papers/leavings/{leaving}");
        assert!(page.text().contains(&action), "{}", page.text());
        let letter = words_on(&nurse.post(&action, &[]).await);
        for words in ["大森北1-2-3", "南野 ハナコ", "登録のとりやめ"] {
            assert!(letter.contains(words), "{words} in {letter}");
        }
        assert_eq!(printed(&town, person).await, [Fields::IDENTITY]);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_card_names_nobody_unless_the_person_wants_it() {
    on_both(async |town| {
        let person = holder(&town).await;
        let nurse = town.sign_in(Role::CenterStaff).await;
        let bare = words_on(&of_person(&nurse, person, &[("paper", "cards")]).await);
        for words in ["南野", "ハナコ", "一郎", "ワルファリン", "みなみ荘"] {
            assert!(!bare.contains(words), "{words} in {bare}");
        }
        let wanted = [
            ("paper", "cards"),
            ("wanted", "name"),
            ("wanted", "medical"),
        ];
        let full = words_on(&of_person(&nurse, person, &wanted).await);
        assert!(
            full.contains("南野 ハナコ") && full.contains("ワルファリン"),
            "{full}"
        );
        let lines = printed(&town, person).await;
        assert!(lines[0].has(Fields::MEDICAL) && !lines[1].has(Fields::IDENTITY));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn another_centers_people_are_printed_for_a_purpose_only() {
    on_both(async |town| {
        let deed = town.deed().await;
        let elsewhere = Draft {
            center: Some(town.minami.other_center),
            ..hanako::draft()
        };
        let person = people::register(town.db(), &deed, elsewhere).await.unwrap();
        let nurse = town.sign_in(Role::CenterStaff).await;
        let stopped = of_person(&nurse, person, &[("paper", "application")]).await;
        assert_eq!(stopped.location(), format!("/people/{person}/purpose"));
        assert!(printed(&town, person).await.is_empty());
        let all = [("center", "all"), ("purpose", "")];
        assert_eq!(nurse.post("/papers/ledger", &all).await.status, 422);
        let month = [("month", "2026-11"), ("center", "all")];
        assert_eq!(nurse.post("/papers/worklist", &month).await.status, 422);
    })
    .await;
}

/// Waits until the page of a run no longer shows itself anew.
async fn made(client: &Client, run: &str) -> Page {
    loop {
        let page = client.get(run).await;
        if !page.text().contains("作っています") {
            return page;
        }
        tokio::task::yield_now().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn postcards_of_a_month_are_made_taken_and_written_down_as_asked() {
    on_both(async |town| {
        let person = holder(&town).await;
        town.at(MARCH);
        minute(&town).await;
        let nurse = town.sign_in(Role::CenterStaff).await;
        let center = town.minami.center.to_string();
        let fields = [
            ("month", "2027-04"),
            ("center", &*center),
            ("state", "waiting"),
            ("paper", "blank"),
        ];
        let begun = nurse.post("/papers/postcards", &fields).await;
        let run = begun.location().to_owned();
        assert!(run.starts_with("/papers/runs/"), "{}", begun.text());
        let page = made(&nurse, &run).await;
        assert!(
            page.text().contains("更新のはがきができました"),
            "{}",
            page.text()
        );
        assert_eq!(printed(&town, person).await, [Fields::IDENTITY]);
        let cards = words_on(&nurse.post(&format!("{run}/parts/1"), &[]).await);
        assert!(
            cards.contains("南野 ハナコ") && cards.contains("大森北1-2-3"),
            "{cards}"
        );
        // Nobody else finds it, not even a colleague.
        let admin = town.sign_in(Role::TownAdmin).await;
        assert_eq!(admin.get(&run).await.status, 404);
        assert_eq!(admin.post(&format!("{run}/parts/1"), &[]).await.status, 404);
        let asked = nurse.post(&format!("{run}/asking"), &[]).await;
        assert_eq!(asked.status, 303);
        assert!(renewal(&town, person, 2027).await.state == State::Asked);
        // Nobody is left who was not asked.
        assert_eq!(nurse.post("/papers/postcards", &fields).await.status, 422);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_interrupted_run_goes_on_and_is_gone_after_a_week() {
    on_both(async |town| {
        let person = holder(&town).await;
        let deed = town.deed_of(Role::CenterStaff).await;
        let run: RowId = papers::begin(town.db(), &deed, ledger(town.minami.center))
            .await
            .unwrap();
        let nurse = town.sign_in(Role::CenterStaff).await;
        let page = format!("/papers/runs/{run}");
        // The program ended before anything was made.
        town.pass(120);
        assert!(nurse.get(&page).await.text().contains("続きから作る"));
        assert_eq!(
            nurse.post(&format!("{page}/parts/1"), &[]).await.status,
            422
        );
        assert_eq!(nurse.post(&format!("{page}/making"), &[]).await.status, 303);
        while !nurse
            .get(&page)
            .await
            .text()
            .contains("夜間台帳ができました")
        {
            tokio::task::yield_now().await;
        }
        papers::make(town.db(), &deed, &town.app.clock, run)
            .await
            .unwrap();
        let lines = printed(&town, person).await;
        assert_eq!(lines.len(), 1, "nobody is printed twice");
        assert!(lines[0].has(Fields::CONTACTS) && lines[0].has(Fields::MEDICAL));
        let book = words_on(&nurse.post(&format!("{page}/parts/1"), &[]).await);
        assert!(
            book.contains("南野 ハナコ") && book.contains("090-0111-2222"),
            "{book}"
        );
        assert!(
            book.contains("ワルファリン") && book.contains("封を切"),
            "{book}"
        );
        town.pass(8 * 24 * 3600);
        let deed = town.deed_of(Role::CenterStaff).await;
        papers::begin(town.db(), &deed, ledger(town.minami.center))
            .await
            .unwrap();
        let mut conn = town.db().read().await.unwrap();
        assert!(
            papers::find_run(&mut conn, &deed, run)
                .await
                .unwrap()
                .is_none()
        );
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn stickers_remember_the_printer_and_have_a_code_of_their_own() {
    on_both(async |town| {
        let person = holder(&town).await;
        let deed = town.deed().await;
        let mut conn = town.db().read().await.unwrap();
        let tag = tags::list_for_person(&mut conn, &deed, person)
            .await
            .unwrap()[0]
            .clone();
        drop(conn);
        let nurse = town.sign_in(Role::CenterStaff).await;
        let page = format!("/tags/{}/stickers", tag.id);
        let typed = |right| {
            [
                ("layout", "24"),
                ("start", "5"),
                ("count", "20"),
                ("right", right),
                ("down", "−2"),
            ]
        };
        let refused = nurse.post(&page, &typed("たくさん")).await;
        assert_eq!(refused.status, 422);
        assert_eq!(refused.attr("#f-start", "value").as_deref(), Some("5"));
        let sheet = words_on(&nurse.post(&page, &typed("1.5")).await);
        assert_eq!(sheet.matches(&tag.number.shown()).count(), 20, "{sheet}");
        let again = nurse.get(&page).await;
        assert_eq!(again.attr("#f-right", "value").as_deref(), Some("1.5"));
        assert_eq!(again.attr("#f-down", "value").as_deref(), Some("-2"));
        let mut conn = town.db().read().await.unwrap();
        let carriers = tags::list_carriers(&mut conn, &deed, tag.id).await.unwrap();
        assert_eq!(carriers.len(), 2, "the sheet that came with the number");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn blank_forms_and_worklists_are_printed_and_the_list_says_who_was_on_it() {
    on_both(async |town| {
        let person = holder(&town).await;
        town.at(MARCH);
        minute(&town).await;
        let nurse = town.sign_in(Role::CenterStaff).await;
        let blank = words_on(
            &nurse
                .post("/papers/blank", &[("paper", "application")])
                .await,
        );
        assert!(
            blank.contains("太枠の中を") && !blank.contains("ハナコ"),
            "{blank}"
        );
        let center = town.minami.center.to_string();
        let list = [("month", "2027-04"), ("center", &*center)];
        let list = words_on(&nurse.post("/papers/worklist", &list).await);
        assert!(
            list.contains("南野 ハナコ") && list.contains("2027年4月の更新"),
            "{list}"
        );
        assert_eq!(printed(&town, person).await, [Fields::IDENTITY]);
    })
    .await;
}
