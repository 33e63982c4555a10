//! What is late is told to whoever can see to it, also among many, and anew to whom it was passed on.

use db::{args, sql};
use mimamori::deed::Deed;
use mimamori::ids::NoticeId;
use mimamori::notices::{self, LookKind, Refusal};
use mimamori::scope::Role;
use mimamori::tasks::{self, Kind, Task, Whose};

use super::{HOME, areas, by_phone, minute, notice, told, words};
use crate::town::{Town, on_both};

/// What is open for heads of centers.
async fn late(town: &Town) -> Vec<Task> {
    let deed = town.deed().await;
    let mut conn = town.db().read().await.unwrap();
    let all = tasks::list(&mut conn, &deed, Whose::All).await.unwrap();
    let late = all.into_iter().filter(|task| task.kind == Kind::NoticeLate);
    late.collect()
}

/// So many at her home, in one write.
async fn many(town: &Town, deed: &Deed, count: usize) {
    let deed = deed.clone();
    let told = town.db().write(move |conn| {
        Box::pin(async move {
            for _ in 0..count {
                notices::tell_in(conn, &deed, by_phone(words(&["post"], HOME))).await?;
            }
            Ok::<(), Refusal>(())
        })
    });
    told.await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn danger_is_told_although_hundreds_were_told_before() {
    on_both(async |town| {
        areas(&town).await;
        let deed = town.deed().await;
        many(&town, &deed, 205).await;
        town.pass(86_400);
        minute(&town).await;
        let known = sql("SELECT COUNT(*) FROM notices WHERE network = $1 AND climbed = 1");
        let mut conn = town.db().read().await.unwrap();
        let row = conn.one(known, &args![town.minami.id]).await.unwrap();
        assert_eq!(row.unwrap().int(0).unwrap(), 205, "all in the same minute");
        drop(conn);
        let danger = told(&town, &["collapsed"], HOME, "").await;
        town.pass(2 * 3600 + 60);
        minute(&town).await;
        assert_eq!(notice(&town, danger).await.climbed, 1);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_gets_it_passed_on_is_told_anew_and_whoever_passed_it_on_is_done() {
    on_both(async |town| {
        areas(&town).await;
        let (mine, other) = (town.minami.center, town.minami.other_center);
        let looked = told(&town, &["post"], HOME, "").await;
        let left = told(&town, &["collapsed"], HOME, "").await;
        let nurse = town.deed_of(Role::CenterStaff).await;
        let (db, phone) = (town.db(), LookKind::Phone);
        notices::look(db, &nurse, looked, 1, phone, "出られない")
            .await
            .unwrap();
        town.pass(2 * 3600 + 60);
        minute(&town).await;
        let of_heads = late(&town).await;
        assert_eq!((of_heads.len(), of_heads[0].center), (1, Some(mine)));
        let nurse = town.deed_of(Role::CenterStaff).await;
        for (id, version) in [(looked, 2), (left, 2)] {
            notices::move_to(db, &nurse, id, version, other, "きたの区域です")
                .await
                .unwrap();
        }
        assert!(
            late(&town).await.is_empty(),
            "the head here has nothing to see to"
        );
        minute(&town).await;
        let of_heads = late(&town).await;
        assert_eq!(of_heads.len(), 1, "danger won no time");
        assert_eq!(of_heads[0].center, Some(other));
        assert_eq!(of_heads[0].link, format!("/notices/{left}"));
        town.pass(2 * 86_400);
        let now = town.deed().await.now;
        let phoned = notice(&town, looked).await;
        assert!(
            phoned.is_late(now),
            "what the other center found is no look of this one"
        );
        assert!(
            phoned.looked_at.is_some(),
            "and stays the first look of the figures"
        );
        minute(&town).await;
        assert_eq!(late(&town).await.len(), 2);
        // Back again: that wins no time a second time.
        let due = notice(&town, looked).await.due_at;
        let there = town.deed().await;
        let version = notice(&town, looked).await.version;
        notices::move_to(db, &there, looked, version, mine, "やはりみなみの区域です")
            .await
            .unwrap();
        assert_eq!(notice(&town, looked).await.due_at, due);
        minute(&town).await;
        let of_heads = late(&town).await;
        assert!(of_heads.iter().any(|task| task.center == Some(mine)));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_look_or_an_end_is_all_that_the_head_waited_for() {
    on_both(async |town| {
        areas(&town).await;
        let ids = [
            told(&town, &["collapsed"], HOME, "").await,
            told(&town, &["collapsed"], HOME, "").await,
        ];
        town.pass(2 * 3600 + 60);
        minute(&town).await;
        assert_eq!(late(&town).await.len(), 2);
        let nurse = town.sign_in(Role::CenterStaff).await;
        let path = |id: NoticeId, deed: &str| format!("/notices/{id}/{deed}");
        let look = [("version", "2"), ("kind", "phone"), ("words", "出られた")];
        nurse.post(&path(ids[0], "looks"), &look).await;
        assert_eq!(late(&town).await.len(), 1);
        let end = [
            ("version", "2"),
            ("ending", "safe"),
            ("why", "お元気だった"),
        ];
        nurse.post(&path(ids[1], "ending"), &end).await;
        assert!(late(&town).await.is_empty());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn no_flood_pushes_what_is_new_off_the_list() {
    on_both(async |town| {
        areas(&town).await;
        let deed = town.deed().await;
        many(&town, &deed, 1_005).await;
        let flood = sql("UPDATE notices SET flood = 1 WHERE network = $1");
        let network = town.minami.id;
        let marked = town
            .db()
            .write(move |conn| Box::pin(async move { conn.exec(flood, &args![network]).await }));
        marked.await.unwrap();
        town.pass(86_400);
        let new = told(&town, &["post"], HOME, "").await;
        let nurse = town.sign_in(Role::CenterStaff).await;
        let page = nurse.get("/notices").await.text();
        assert!(page.contains(&new.to_string()));
        assert!(page.contains("1006件") && page.contains("そのうちの1000件"));
        assert!(page.contains("1006件は、まだだれも確かめていません"));
        // Whatever somebody writes behind the address, there is a page.
        for path in ["/notices", "/notices/ended"] {
            let page = nurse
                .get(&format!("{path}?page=18446744073709551615"))
                .await;
            assert_eq!(page.status, 200, "{path}");
        }
    })
    .await;
}
