//! A change of state is taken back at once; a conflict says who saved, and when.

use mimamori::people::{self, State};
use mimamori::scope::Role;

use super::{find, lines};
use crate::hanako;
use crate::town::{Client, on_both};

const MOVED: [(&str, &str); 3] = [
    ("version", "1"),
    ("state", "moved_away"),
    ("on", "令和8年10月1日"),
];

/// Saves "moved away" and follows to the page with its undo line; where that posts to.
async fn move_away(nurse: &Client, person: &str) -> String {
    let saved = nurse.post(&format!("{person}/state"), &MOVED).await;
    assert_eq!((saved.status, saved.location()), (303, person));
    let page = nurse.get(person).await;
    assert_eq!(page.select(".flash button"), ["元にもどす"]);
    page.attr(".flash form", "action").unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_slip_with_the_state_is_taken_back_by_one_button() {
    on_both(async |town| {
        let id = hanako::register(&town).await;
        let person = format!("/people/{id}");
        let nurse = town.sign_in(Role::CenterStaff).await;
        let undo = move_away(&nurse, &person).await;
        assert_eq!(nurse.post(&undo, &[]).await.location(), person);
        let page = nurse.get(&person).await;
        assert_eq!(page.select(".flash p"), ["登録の状態を元にもどしました。"]);
        let standing = find(&town, &town.deed().await, id).await.standing;
        assert_eq!(
            (standing.state, standing.state_on),
            (State::Registered, None)
        );
        let history = nurse.get(&format!("{person}/history")).await;
        let told = history.select("ol.timeline strong");
        assert_eq!(told, ["登録の状態の取り消し", "登録の状態・担当センター"]);
        assert!(history.text().contains("転出 → 登録中"));
        let changed = lines(&town, id).await;
        let changed = changed.iter().filter(|(verb, _)| verb == "changed");
        assert_eq!(changed.count(), 2, "each with its line");
        nurse.post(&undo, &[]).await;
        let again = nurse.get(&person).await;
        assert!(
            again.select(".flash p")[0].contains("元にもどしていません"),
            "taking back is one act"
        );
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_somebody_changed_since_is_not_taken_back() {
    on_both(async |town| {
        let id = hanako::register(&town).await;
        let person = format!("/people/{id}");
        let nurse = town.sign_in(Role::CenterStaff).await;
        let undo = move_away(&nurse, &person).await;
        let deed = town.deed().await;
        let mut finder = hanako::draft().finder;
        finder.notes = "杖をついています。".to_owned();
        people::change_finder(town.db(), &deed, id, 1, finder, None)
            .await
            .unwrap();
        assert_eq!(nurse.post(&undo, &[]).await.status, 303);
        let page = nurse.get(&person).await;
        assert!(page.select(".flash p")[0].contains("そのあとに記録が変わった"));
        let standing = find(&town, &deed, id).await.standing;
        assert_eq!(standing.state, State::MovedAway);
        let night = town.sign_in(Role::NightDesk).await;
        assert_eq!(night.post(&undo, &[]).await.status, 403);
        let there = town.sign_in_at(&town.kitami, Role::CenterStaff).await;
        assert_eq!(there.post(&undo, &[]).await.status, 404);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_changed_is_nothing_to_take_back() {
    on_both(async |town| {
        let id = hanako::register(&town).await;
        let nurse = town.sign_in(Role::CenterStaff).await;
        let same = [("version", "1"), ("state", "registered"), ("on", "")];
        let saved = nurse.post(&format!("/people/{id}/state"), &same).await;
        let page = nurse.get(saved.location()).await;
        assert_eq!(page.select(".flash p").len(), 1);
        assert!(page.select(".flash button").is_empty());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_conflict_says_who_saved_and_when_beside_both_versions() {
    on_both(async |town| {
        let id = hanako::register(&town).await;
        let nurse = town.sign_in(Role::CenterStaff).await;
        let path = format!("/people/{id}/finder/edit");
        let mine = |notes| [("version", "1"), ("notes", notes), ("how", "")];
        nurse.post(&path, &mine("杖をついています。")).await;
        town.pass(4 * 60);
        let state = format!("/people/{id}/state");
        nurse.post(&state, &MOVED).await;
        town.pass(60);
        let page = nurse.post(&path, &mine("左の耳が聞こえます。")).await;
        assert_eq!(page.status, 409);
        let told = page.select(".banner.warning p");
        assert!(
            told.contains(&"中村 看子が今日 10:00に保存しました。".to_owned()),
            "of this group, not of the record: {told:?}"
        );
        let text = page.text();
        assert!(text.contains("杖をついています。") && text.contains("左の耳が聞こえます。"));
        let late = [("version", "1"), ("state", "died"), ("on", "R8.11.2")];
        let page = nurse.post(&state, &late).await;
        assert_eq!(page.status, 409);
        let told = page.select(".banner.warning p");
        assert!(
            told.contains(&"中村 看子が今日 10:04に保存しました。".to_owned()),
            "{told:?}"
        );
        let cells = page.select("table tbody tr > *");
        assert_eq!(cells[..3], ["状態", "転出", "死亡"]);
        assert_eq!(cells[5], "R8.11.2");
    })
    .await;
}
