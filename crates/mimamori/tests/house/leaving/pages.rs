//! The pages: begun at the counter, agreed to by a colleague, told in a letter, set by the town.

use mimamori::ids::{PersonId, RowId};
use mimamori::leaving;
use mimamori::scope::Role;

use super::{colleague, job};
use crate::hanako;
use crate::town::{Client, Town, on_both};

#[tokio::test(flavor = "multi_thread")]
async fn a_daughter_reports_a_death_and_gets_her_letter() {
    on_both(async |town| {
        let hanako = hanako::register(&town).await;
        let nurse = town.sign_in(Role::CenterStaff).await;
        let path = format!("/people/{hanako}/leaving");
        let page = nurse.get(&path).await;
        assert_eq!(page.status, 200);
        let mut fields = vec![
            ("kind", "died"),
            ("since", "R8.11.1"),
            ("asker", "family"),
            ("version", "1"),
        ];
        let page = nurse.post(&path, &fields).await;
        assert_eq!(page.status, 422);
        assert!(page.text().contains("お名前を入れてください"));
        fields.extend([
            ("relation", "長女"),
            ("name", "南野 桜"),
            ("note", "除票を見た"),
        ]);
        let page = nurse.post(&path, &fields).await;
        assert_eq!(page.status, 303, "{}", page.text());
        let page = nurse.get(&path).await;
        for words in [
            "2027年（令和9年）4月30日",
            "ご家族（長女） 南野 桜 さん",
            "除票を見た",
            "別の職員が",
        ] {
            assert!(page.text().contains(words), "{words}: {}", page.text());
        }
        let id = open(&town, hanako).await;
        let letter = nurse.get(&format!("/leaving/{id}/letter")).await.text();
        for words in [
            "南野 桜 様",
            "お悔やみ",
            "お急ぎになることはありません",
            "みなみ地域包括支援センター",
        ] {
            assert!(letter.contains(words), "{words}: {letter}");
        }
        for cruel in ["第98条", "元の登録にもどす", "今日から"] {
            assert!(!letter.contains(cruel), "{cruel}: {letter}");
        }
        its_end(&town, hanako, &nurse).await;
    })
    .await;
}

/// She may not agree herself; a colleague does, and the last letter names nobody.
async fn its_end(town: &Town, hanako: PersonId, nurse: &Client) {
    let id = open(town, hanako).await;
    let path = format!("/people/{hanako}/leaving");
    let own = nurse
        .post(&format!("/leaving/{id}/approval"), &[("version", "1")])
        .await;
    assert_eq!(own.status, 303);
    assert!(
        nurse
            .get(&path)
            .await
            .text()
            .contains("別の職員にお願いします")
    );
    assert!(nurse.get("/leaving").await.text().contains("南野 ハナコ"));
    leaving::approve(town.db(), &colleague(town).await, id, 1)
        .await
        .unwrap();
    town.at("2027-04-30T10:00:00+09:00");
    assert_eq!(job(town).await, 1);
    let nurse = town.sign_in(Role::CenterStaff).await;
    let letter = nurse.get(&format!("/leaving/{id}/letter")).await.text();
    assert!(
        letter.contains("2027年（令和9年）4月30日に消去しました"),
        "{letter}"
    );
    assert!(
        letter.contains(&hanako.to_string()) && !letter.contains("南野"),
        "{letter}"
    );
}

/// The one under way.
async fn open(town: &Town, person: PersonId) -> RowId {
    let deed = town.deed().await;
    let mut conn = town.db().read().await.unwrap();
    let open = leaving::find_open(&mut conn, &deed, person).await;
    open.unwrap().unwrap().id
}

#[tokio::test(flavor = "multi_thread")]
async fn the_town_says_how_long_records_wait() {
    on_both(async |town| {
        let admin = town.sign_in(Role::TownAdmin).await;
        let page = admin.get("/town/leaving").await;
        assert!(page.text().contains("第61条"));
        let short = [
            ("moved_away-days", "0"),
            ("moved_away-reason", "x"),
            ("version", "0"),
        ];
        assert_eq!(
            admin.post("/town/leaving/moved_away", &short).await.status,
            422
        );
        let fields = [
            ("moved_away-days", "30"),
            ("moved_away-reason", "要綱第9条"),
            ("version", "0"),
        ];
        assert_eq!(
            admin.post("/town/leaving/moved_away", &fields).await.status,
            303
        );
        let hanako = hanako::register(&town).await;
        let nurse = town.sign_in(Role::CenterStaff).await;
        let path = format!("/people/{hanako}/leaving");
        let fields = [
            ("kind", "moved_away"),
            ("asker", "person"),
            ("version", "1"),
        ];
        nurse.post(&path, &fields).await;
        let page = nurse.get(&path).await.text();
        assert!(
            page.contains("あと30日") && page.contains("要綱第9条"),
            "{page}"
        );
    })
    .await;
}
