//! A reception by keyboard alone.

use mimamori::scope::Role;

use crate::driver::{Browser, Scripts};
use crate::hanako;
use crate::server::Served;

#[tokio::test(flavor = "multi_thread")]
async fn a_consultation_is_taken_down_by_keyboard_alone() {
    let served = Served::start().await;
    hanako::register(&served.town).await;
    let browser = Browser::open(&served.address, Scripts::On, "consultation").await;
    served.be(&browser, Role::CenterStaff).await;
    browser.go("/consultations/new").await;
    // The box has the focus, then the likeliest person.
    browser.keys("みなみの はなこ").await;
    browser.enter().await;
    browser.enter().await;
    browser.says("登録者").await;
    // 家族; then 介護保険 and 認知症, the first and the fourth; then 急ぐ.
    browser.keys("2").await;
    browser.tab_to("[name=topic]").await;
    browser.keys("14").await;
    browser.tab_to("[name=urgency]").await;
    browser.keys("2").await;
    browser.tab_to("[name=said]").await;
    browser.keys("もの忘れがふえた").await;
    browser.look("consultation-reception").await;
    // Looking at a page takes the focus away from it.
    browser
        .find("[name=said]")
        .await
        .send_keys("。")
        .await
        .unwrap();
    browser.tab_to("main button.primary[type=submit]").await;
    browser.enter().await;
    browser.says("受け付けました").await;
    browser.says("介護保険、認知症").await;
    browser.says("家族").await;
    browser.says("急ぐ").await;
    assert!(browser.faults("consultation").await.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn without_scripts_it_is_the_same_form() {
    let served = Served::start().await;
    let browser = Browser::open(&served.address, Scripts::Off, "consultation-plain").await;
    served.be(&browser, Role::CenterStaff).await;
    browser.go("/consultations/new").await;
    browser.pick("about", "nobody").await;
    browser.pick("from", "neighbour").await;
    browser.pick("topic", "11").await;
    browser.fill("said", "となりの新聞がたまっている").await;
    browser.press("受け付ける").await;
    browser.says("受け付けました").await;
    browser.says("見守り・安否").await;
}
