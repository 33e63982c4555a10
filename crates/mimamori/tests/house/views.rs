//! Which views are explained, which the head of a center reads of, and what becomes of them.

use mimamori::desk;
use mimamori::ids::{CenterId, PersonId, StaffId};
use mimamori::people::{self, Draft};
use mimamori::scope::Role;
use mimamori::staff::{self, Card, Place, Stage};
use mimamori::tasks::{self, Kind, NewTask, Words};
use seal::SecretToken;

use crate::hanako;
use crate::town::{Client, Page, Town, on_both, password_hash};

/// ハナコ, as somebody of this center.
async fn person_of(town: &Town, center: CenterId) -> PersonId {
    let draft = Draft {
        center: Some(center),
        ..hanako::draft()
    };
    people::register(town.db(), &town.deed().await, draft)
        .await
        .unwrap()
}

/// Somebody more who works in a center.
async fn colleague(town: &Town, role: Role, center: CenterId, name: &str) -> StaffId {
    let deed = town.deed_of(Role::TownAdmin).await;
    let card = Card {
        name: name.to_owned(),
        email: format!("{}@more.example.jp", deed.new_id()),
    };
    let place = Place {
        role,
        center: Some(center),
        organisation: None,
    };
    let invited = staff::invite(town.db(), &deed, card, place).await.unwrap();
    let (_, secret) = invited.token.split_once('.').unwrap();
    let secret = SecretToken::read(secret).unwrap();
    let hash = password_hash().to_owned();
    staff::accept(town.db(), &deed, &secret, name.to_owned(), hash)
        .await
        .unwrap()
}

async fn come_in(town: &Town, staff: StaffId) -> Client {
    let deed = town.deed().await;
    let opened = staff::open_session(town.db(), &deed, staff, Stage::Full, "test".to_owned());
    let client = town.visitor();
    client.keep(&format!("mimamori={}", opened.await.unwrap().cookie));
    client
}

async fn task_about(town: &Town, person: PersonId) -> mimamori::ids::TaskId {
    let deed = town.deed_of(Role::CenterHead).await;
    let new = NewTask {
        center: Some(town.minami.center),
        person: Some(person),
        kind: Kind::Other,
        due: "2026-11-24".parse().unwrap(),
        words: Words {
            title: "様子を確かめる".to_owned(),
            story: String::new(),
        },
        link: String::new(),
    };
    town.db()
        .write(move |conn| Box::pin(async move { tasks::open_in(conn, &deed, new).await }))
        .await
        .unwrap()
}

async fn listed(town: &Town) -> Page {
    let head = town.sign_in(Role::CenterHead).await;
    let page = head.get("/center/views").await;
    assert_eq!(page.status, 200, "{}", page.text());
    page
}

fn asks_purpose(page: &Page) -> bool {
    page.status == 303 && page.location().ends_with("/purpose")
}

fn one_of(page: &Page) -> String {
    page.attr("td a[href^='/center/views/']", "href").unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_task_explains_is_neither_asked_about_nor_listed() {
    on_both(async |town| {
        let person = person_of(&town, town.minami.other_center).await;
        let record = format!("/people/{person}");
        let nurse = town.sign_in(Role::CenterStaff).await;
        assert!(
            asks_purpose(&nurse.get(&record).await),
            "nothing explains it yet"
        );
        let task = task_about(&town, person).await;
        assert_eq!(nurse.get(&record).await.status, 200);
        let sights = nurse.get(&format!("{record}/sights")).await;
        assert!(
            sights.text().contains("理由: やること"),
            "{}",
            sights.text()
        );
        let head = town.deed_of(Role::CenterHead).await;
        tasks::take(town.db(), &head, task, None).await.unwrap();
        assert!(
            asks_purpose(&nurse.get(&record).await),
            "a colleague's task is the colleague's reason"
        );
        assert!(
            listed(&town)
                .await
                .text()
                .contains("確かめるものはありません")
        );
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_call_explains_for_a_day() {
    on_both(async |town| {
        let person = person_of(&town, town.minami.other_center).await;
        let record = format!("/people/{person}");
        let nurse = town.sign_in(Role::CenterStaff).await;
        let deed = town.deed_of(Role::CenterStaff).await;
        let ask = desk::Ask::default();
        desk::open_for(town.db(), &deed, desk::id_of(&deed, ""), person, ask)
            .await
            .unwrap();
        assert_eq!(nurse.get(&record).await.status, 200);
        assert!(
            listed(&town)
                .await
                .text()
                .contains("確かめるものはありません")
        );
        let spare = colleague(&town, Role::CenterStaff, town.minami.center, "北野 同").await;
        let other = come_in(&town, spare).await;
        assert!(
            asks_purpose(&other.get(&record).await),
            "who did not take the call"
        );
        town.at("2026-11-21T10:00:01+09:00");
        let nurse = town.sign_in(Role::CenterStaff).await;
        assert!(asks_purpose(&nurse.get(&record).await), "a day later");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_purpose_reaches_the_head_at_once_and_holds_for_an_hour() {
    on_both(async |town| {
        let person = person_of(&town, town.minami.other_center).await;
        let record = format!("/people/{person}");
        let nurse = town.sign_in(Role::CenterStaff).await;
        let said = [("reason", "転居の相談の電話があった")];
        assert_eq!(
            nurse.post(&format!("{record}/purpose"), &said).await.status,
            303
        );
        let page = listed(&town).await;
        assert!(
            page.text().contains("転居の相談の電話があった"),
            "before the record was opened"
        );
        assert_eq!(nurse.get(&record).await.status, 200);
        assert_eq!(
            listed(&town).await.select("tbody tr").len(),
            1,
            "one view, not two"
        );
        town.pass(60 * 60);
        let nurse = town.sign_in(Role::CenterStaff).await;
        assert!(asks_purpose(&nurse.get(&record).await));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn within_the_own_center_nobody_is_asked_and_what_nothing_explains_is_listed() {
    on_both(async |town| {
        let person = person_of(&town, town.minami.center).await;
        let record = format!("/people/{person}");
        let nurse = town.sign_in(Role::CenterStaff).await;
        for _ in 0..3 {
            assert_eq!(nurse.get(&record).await.status, 200);
        }
        town.at("2026-11-20T20:10:00+09:00");
        let nurse = town.sign_in(Role::CenterStaff).await;
        assert_eq!(nurse.get(&record).await.status, 200);
        let page = listed(&town).await;
        let row = page.select("tbody tr").join("");
        assert!(
            row.contains("中村 看子") && row.contains("南野 ハナコさん"),
            "{row}"
        );
        assert!(row.contains("から2回"), "half an hour apart: {row}");
        assert!(row.contains("開所時間の外に1回"), "{row}");
        let detail = town
            .sign_in(Role::CenterHead)
            .await
            .get(&one_of(&page))
            .await;
        assert_eq!(
            detail.select("tbody tr").len(),
            4,
            "every sight of the audit"
        );
        // Work on the record within the hour explains it afterwards.
        let confirm = nurse.get(&record).await;
        let version = confirm.attr("input[name=version]", "value").unwrap();
        let group = confirm.attr("input[name=group]", "value").unwrap();
        let fields = [
            ("group", &*group),
            ("version", &*version),
            ("heard", "unchanged"),
            ("way", "phone"),
        ];
        let done = nurse.post(&format!("{record}/confirm"), &fields).await;
        assert_eq!(done.status, 303);
        assert!(
            listed(&town)
                .await
                .text()
                .contains("確かめるものはありません")
        );
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_head_asks_and_only_who_looked_answers() {
    on_both(async |town| {
        let person = person_of(&town, town.minami.center).await;
        let nurse = town.sign_in(Role::CenterStaff).await;
        nurse.get(&format!("/people/{person}")).await;
        let head = town.sign_in(Role::CenterHead).await;
        let view = one_of(&head.get("/center/views").await);
        let id = view.rsplit('/').next().unwrap().to_owned();
        let empty = [("version", "1"), ("question", " ")];
        let refused = head.post(&format!("{view}/question"), &empty).await;
        assert_eq!(refused.status, 422);
        assert!(!refused.select("#f-question-problem").is_empty());
        let asked = [("version", "1"), ("question", "何の用件でしたか。")];
        assert_eq!(
            head.post(&format!("{view}/question"), &asked).await.status,
            303
        );
        let home = nurse.get("/").await;
        assert!(home.text().contains("おたずねが1件あります"));
        let page = nurse.get("/views").await;
        assert!(page.text().contains("何の用件でしたか。"));
        let answer = [
            ("version", "2"),
            ("answer", "窓口で、ご家族の相談を受けました。"),
        ];
        let path = format!("/views/{id}/answer");
        let spare = colleague(&town, Role::CenterStaff, town.minami.center, "北野 同").await;
        let other = come_in(&town, spare).await;
        assert_eq!(other.post(&path, &answer).await.status, 404);
        assert!(
            !other
                .get("/views")
                .await
                .text()
                .contains("何の用件でしたか。")
        );
        assert_eq!(nurse.post(&path, &answer).await.status, 303);
        let list = head.get("/center/views").await;
        assert!(list.text().contains("答えあり"));
        assert!(
            head.get(&view)
                .await
                .text()
                .contains("ご家族の相談を受けました。")
        );
        let stale = [("version", "2")];
        head.post(&format!("{view}/understood"), &stale).await;
        assert_eq!(
            head.get("/center/views").await.select("tbody tr").len(),
            1,
            "a stale page"
        );
        let seen = [("version", "3"), ("sights", "1")];
        assert_eq!(
            head.post(&format!("{view}/understood"), &seen).await.status,
            303
        );
        assert!(
            listed(&town)
                .await
                .text()
                .contains("確かめるものはありません")
        );
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_seen_again_waits_for_the_head_again() {
    on_both(async |town| {
        let person = person_of(&town, town.minami.center).await;
        let record = format!("/people/{person}");
        town.sign_in(Role::CenterStaff).await.get(&record).await;
        let head = town.sign_in(Role::CenterHead).await;
        let view = one_of(&head.get("/center/views").await);
        let settle = async |sights: &str| {
            let seen = [("version", "1"), ("sights", sights)];
            let head = town.sign_in(Role::CenterHead).await;
            head.post(&format!("{view}/understood"), &seen).await;
            listed(&town).await.select("tbody tr").len()
        };
        // What came after the list was opened is not settled by it.
        town.pass(31 * 60);
        town.sign_in(Role::CenterStaff).await.get(&record).await;
        assert_eq!(settle("1").await, 1, "the list showed one sight");
        assert_eq!(settle("2").await, 0);
        town.pass(31 * 60);
        town.sign_in(Role::CenterStaff).await.get(&record).await;
        assert_eq!(listed(&town).await.select("tbody tr").len(), 1);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn another_centers_head_sees_none_of_it_and_nobody_judges_their_own() {
    on_both(async |town| {
        let person = person_of(&town, town.minami.center).await;
        let record = format!("/people/{person}");
        town.sign_in(Role::CenterStaff).await.get(&record).await;
        let head = town.sign_in(Role::CenterHead).await;
        head.get(&record).await;
        let list = head.get("/center/views").await;
        assert_eq!(
            list.select("tbody tr").len(),
            1,
            "the head's own is not among them"
        );
        let view = one_of(&list);
        let elsewhere = colleague(&town, Role::CenterHead, town.minami.other_center, "東 長").await;
        let other = come_in(&town, elsewhere).await;
        assert!(
            other
                .get("/center/views")
                .await
                .text()
                .contains("確かめるものはありません")
        );
        assert_eq!(other.get(&view).await.status, 404);
        let ask = [("version", "1"), ("question", "なぜですか")];
        for deed in ["understood", "question"] {
            let answer = other.post(&format!("{view}/{deed}"), &ask).await;
            assert_eq!(answer.status, 404, "{deed}");
        }
        let deputy = colleague(&town, Role::CenterHead, town.minami.center, "次 長").await;
        let deputy = come_in(&town, deputy).await;
        let both = deputy.get("/center/views").await;
        assert_eq!(
            both.select("tbody tr").len(),
            2,
            "another head of the center reads of the head"
        );
        let admin = town.sign_in(Role::TownAdmin).await;
        let counts = admin.get("/town/views").await;
        let rows = counts.select("tbody tr");
        assert!(
            rows.iter()
                .any(|row| row.contains("みなみ") && row.ends_with('1')),
            "{rows:?}"
        );
        assert!(
            rows.iter()
                .any(|row| row.contains("いません") || row.contains("1人"))
        );
        assert!(!counts.text().contains("ハナコ") && !counts.text().contains("看子"));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_canary_is_listed_whatever_explains_the_view() {
    on_both(async |town| {
        let person = person_of(&town, town.minami.center).await;
        let record = format!("/people/{person}");
        let head = town.sign_in(Role::CenterHead).await;
        let nurse = town.sign_in(Role::CenterStaff).await;
        assert_eq!(
            nurse
                .post(&format!("{record}/canary"), &[("on", "yes")])
                .await
                .status,
            403
        );
        assert_eq!(
            head.post(&format!("{record}/canary"), &[("on", "yes")])
                .await
                .status,
            303
        );
        let elsewhere = person_of(&town, town.minami.other_center).await;
        let theirs = format!("/people/{elsewhere}/canary");
        let answer = head.post(&theirs, &[("on", "yes")]).await;
        assert_eq!(answer.status, 404, "another center's person");
        assert!(
            !nurse.get(&record).await.text().contains("見張り"),
            "staff don't know"
        );
        task_about(&town, person).await;
        nurse.get(&record).await;
        let page = listed(&town).await;
        assert!(page.select("tbody tr").join("").contains("見張りの記録"));
        assert!(head.get("/center").await.text().contains("南野 ハナコ"));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_heads_page_counts_what_waits() {
    on_both(async |town| {
        let person = person_of(&town, town.minami.center).await;
        town.sign_in(Role::CenterStaff)
            .await
            .get(&format!("/people/{person}"))
            .await;
        task_about(&town, person).await;
        town.at("2026-11-25T10:00:00+09:00");
        let head = town.sign_in(Role::CenterHead).await;
        let page = head.get("/center").await;
        let lines = page.select("dl.record > div");
        assert!(
            lines[0].contains("理由の分からない閲覧") && lines[0].contains("1件"),
            "{lines:?}"
        );
        assert!(
            lines[1].contains("期限を過ぎた") && lines[1].contains("1件"),
            "{lines:?}"
        );
        assert!(page.text().contains("中村 看子"));
    })
    .await;
}
