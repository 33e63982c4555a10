//! Dated work, most urgent first.

use jiff::civil::{Date, date};
use mimamori::ids::{CenterId, TaskId};
use mimamori::scope::Role;
use mimamori::tasks::{self, Kind, NewTask, Refusal, Whose, Words};

use crate::town::{Town, on_both};

async fn opened(town: &Town, center: Option<CenterId>, due: Date, title: &str) -> TaskId {
    let words = Words {
        title: title.to_owned(),
        story: "くわしい話".to_owned(),
    };
    let new = NewTask {
        center,
        person: None,
        kind: Kind::Other,
        due,
        words,
        link: String::new(),
    };
    let deed = town.deed().await;
    let open = town
        .db()
        .write(move |conn| Box::pin(async move { tasks::open_in(conn, &deed, new).await }));
    open.await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_list_is_in_the_order_of_urgency_and_of_ones_own_center() {
    on_both(async |town| {
        let (own, other) = (Some(town.minami.center), Some(town.minami.other_center));
        opened(&town, own, date(2026, 11, 24), "あと").await;
        opened(&town, own, date(2026, 11, 18), "すぎた").await;
        opened(&town, other, date(2026, 11, 20), "よその").await;
        opened(&town, None, date(2026, 11, 20), "町の").await;
        let nurse = town.sign_in(Role::CenterStaff).await;
        let home = nurse.get("/").await;
        assert_eq!(home.select(".task-title"), ["すぎた", "町の", "あと"]);
        assert_eq!(
            home.select(".task-due")[..2],
            ["2日過ぎています", "本日まで"]
        );
        assert_eq!(nurse.get("/?all=1").await.select(".task-title").len(), 4);
        let night = town.sign_in(Role::NightDesk).await;
        assert_eq!(night.get("/?all=1").await.select(".task-title"), ["町の"]);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_empty_day_says_what_will_be_here() {
    on_both(async |town| {
        let home = town.sign_in(Role::CenterStaff).await.get("/").await;
        assert_eq!(home.select(".empty-title"), ["いま、やることはありません"]);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn it_is_taken_done_with_an_outcome_and_taken_back() {
    on_both(async |town| {
        let id = opened(&town, Some(town.minami.center), date(2026, 11, 20), "訪問").await;
        let (nurse, path) = (
            town.sign_in(Role::CenterStaff).await,
            format!("/tasks/{id}"),
        );
        assert_eq!(nurse.post(&format!("{path}/take"), &[]).await.status, 303);
        let page = nurse.get(&path).await;
        assert!(page.text().contains("中村 看子") && page.text().contains("くわしい話"));
        let done = |outcome| [("version", "2"), ("outcome", outcome)];
        assert_eq!(
            nurse.post(&format!("{path}/done"), &done(" ")).await.status,
            422
        );
        assert_eq!(
            nurse
                .post(&format!("{path}/done"), &done("元気でした"))
                .await
                .status,
            303
        );
        assert!(nurse.get("/").await.select(".task-title").is_empty());
        assert_eq!(nurse.post(&format!("{path}/reopen"), &[]).await.status, 303);
        assert_eq!(nurse.get("/").await.select(".task-title"), ["訪問"]);
        assert!(
            nurse.get(&path).await.text().contains("元気でした"),
            "what was said stays"
        );
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn another_day_takes_a_reason_and_is_not_over() {
    on_both(async |town| {
        let id = opened(&town, Some(town.minami.center), date(2026, 11, 20), "訪問").await;
        let (nurse, path) = (
            town.sign_in(Role::CenterStaff).await,
            format!("/tasks/{id}/move"),
        );
        let to = |day, reason| [("version", "1"), ("day", day), ("reason", reason)];
        assert_eq!(
            nurse.post(&path, &to("2026-11-19", "留守")).await.status,
            422
        );
        assert_eq!(nurse.post(&path, &to("あした", "留守")).await.status, 422);
        assert_eq!(nurse.post(&path, &to("R8.11.26", "")).await.status, 422);
        assert_eq!(nurse.post(&path, &to("R8.11.26", "留守")).await.status, 303);
        assert_eq!(nurse.get("/").await.select(".task-due"), ["11月26日まで"]);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_saves_upon_anothers_change_is_refused() {
    on_both(async |town| {
        let id = opened(&town, Some(town.minami.center), date(2026, 11, 20), "訪問").await;
        let deed = town.deed_of(Role::CenterStaff).await;
        tasks::take(town.db(), &deed, id, None).await.unwrap();
        let second = tasks::take(town.db(), &deed, id, None).await;
        assert!(matches!(second, Err(Refusal::Changed)));
        let late = tasks::finish(town.db(), &deed, id, 1, "元気").await;
        assert!(matches!(late, Err(Refusal::Changed)));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_centers_task_is_not_the_night_desks() {
    on_both(async |town| {
        let id = opened(&town, Some(town.minami.center), date(2026, 11, 20), "訪問").await;
        let night = town.sign_in(Role::NightDesk).await;
        assert_eq!(night.get(&format!("/tasks/{id}")).await.status, 404);
        let deed = town.deed_of(Role::NightDesk).await;
        let mut conn = town.db().read().await.unwrap();
        assert!(
            tasks::list(&mut conn, &deed, Whose::of(&deed.scope, true))
                .await
                .unwrap()
                .is_empty()
        );
    })
    .await;
}
