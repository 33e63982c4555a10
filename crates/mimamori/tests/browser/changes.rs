//! At the counter: a slip is taken back, two save at once, an older number is bound.

use mimamori::people;
use mimamori::scope::Role;

use crate::desk::tagged;
use crate::driver::{Browser, Scripts};
use crate::hanako;
use crate::server::Served;

#[tokio::test(flavor = "multi_thread")]
async fn a_slip_with_the_state_is_taken_back_on_the_page_that_follows() {
    let served = Served::start().await;
    let (person, _) = tagged(&served).await;
    let browser = Browser::open(&served.address, Scripts::On, "undo").await;
    served.be(&browser, Role::CenterStaff).await;
    browser.go(&format!("/people/{person}/state")).await;
    browser.pick("state", "died").await;
    browser.press("状態を保存する").await;
    browser.says("この方は登録中ではありません").await;
    browser.look("state-undo").await;
    browser.click(".flash button").await;
    browser.says("登録の状態を元にもどしました").await;
    assert_eq!(browser.path().await, format!("/people/{person}"));
    assert!(!browser.text().await.contains("登録中ではありません"));
}

#[tokio::test(flavor = "multi_thread")]
async fn somebody_withdraws_and_comes_back() {
    let served = Served::start().await;
    let (person, _) = tagged(&served).await;
    let browser = Browser::open(&served.address, Scripts::On, "leaving").await;
    served.be(&browser, Role::CenterStaff).await;
    browser.go(&format!("/people/{person}")).await;
    browser.follow("転出・死亡・とりやめ・消去").await;
    browser.pick("kind", "withdrawn").await;
    browser.pick("asker", "family").await;
    browser.press("手続きを始める").await;
    browser.says("お名前を入れてください").await;
    browser.look("leaving-form").await;
    browser.fill("relation", "長女").await;
    browser.fill("name", "南野 桜").await;
    browser.press("手続きを始める").await;
    browser.says("2人目の確認").await;
    browser.look("leaving-plan").await;
    browser.follow("お知らせを開く").await;
    browser.says("南野 桜 様").await;
    browser.look("leaving-letter").await;
    browser.go("/leaving").await;
    browser.look("leaving-list").await;
    browser.go(&format!("/people/{person}/leaving")).await;
    browser.press("とりやめて、登録にもどす").await;
    browser.says("登録にもどしました").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_saved_first_is_named_beside_both_versions() {
    let served = Served::start().await;
    let (person, _) = tagged(&served).await;
    let browser = Browser::open(&served.address, Scripts::On, "conflict").await;
    served.be(&browser, Role::CenterStaff).await;
    browser.go(&format!("/people/{person}/finder/edit")).await;
    let deed = served.town.deed_of(Role::CenterStaff).await;
    let mut finder = hanako::draft().finder;
    finder.notes = "杖をついています。".to_owned();
    people::change_finder(served.town.db(), &deed, person, 1, finder, None)
        .await
        .unwrap();
    browser.fill("notes", "左の耳が聞こえます。").await;
    browser.click("main .buttons button[type=submit]").await;
    browser.says("中村 看子が今日 10:00に保存しました。").await;
    browser.says("杖をついています。").await;
    assert_eq!(browser.typed("notes").await, "左の耳が聞こえます。");
    browser.look("conflict").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_older_number_is_bound_at_the_counter() {
    let served = Served::start().await;
    let (person, groups) = tagged(&served).await;
    let browser = Browser::open(&served.address, Scripts::On, "older").await;
    served.be(&browser, Role::CenterStaff).await;
    browser.go(&format!("/people/{person}/tags")).await;
    browser.look("tags").await;
    browser.follow("以前の番号をこの方の番号にする").await;
    browser.fill("number", &groups.concat()).await;
    browser.press("この方の番号にする").await;
    browser.says("11けたの番号です").await;
    browser.look("older-refused").await;
    browser.fill("number", "緑－12").await;
    browser.press("この方の番号にする").await;
    browser.says("お渡ししました").await;
    browser.look("older-bound").await;
}
