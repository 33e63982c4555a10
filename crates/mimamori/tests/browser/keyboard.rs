//! The desk by keyboard alone.

use fantoccini::key::Key;
use mimamori::scope::Role;

use crate::desk::{heard, tagged};
use crate::driver::{Browser, Scripts};
use crate::server::Served;

#[tokio::test(flavor = "multi_thread")]
async fn a_call_is_answered_by_keyboard_alone() {
    let served = Served::start().await;
    let (_, groups) = tagged(&served).await;
    let browser = Browser::open(&served.address, Scripts::On, "keyboard").await;
    served.be(&browser, Role::NightDesk).await;
    browser.go("/").await;
    browser.keys("/").await;
    browser.keys(&heard(&groups)).await;
    browser.enter().await;
    browser.says("照会窓口").await;
    browser.tab_to("[name=caller]").await;
    // The focus comes to what is chosen, 「まだわからない」; the next one, around the end, is 救急隊.
    browser.keys(&Key::Down.to_string()).await;
    browser.enter().await;
    browser.says("救急隊に伝えてよいこと").await;
    browser.says("南野 ハナコ").await;
    browser.tab_to("form[action$='/disclosures'] button").await;
    browser.enter().await;
    browser.says("心房細動").await;
    browser
        .tab_to("form[action$='/calls/1'] button[value=spoke]")
        .await;
    browser.enter().await;
    browser.says("かけた結果を残しました").await;
    browser.tab_to("[name=ending_place]").await;
    browser.keys("みなみ総合病院").await;
    browser.enter().await;
    browser.says("この照会は終わりました").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_first_tab_leads_past_the_menu() {
    let served = Served::start().await;
    let browser = Browser::open(&served.address, Scripts::On, "keyboard").await;
    served.be(&browser, Role::CenterStaff).await;
    browser.go("/people").await;
    browser.tab_to("a.skip").await;
    browser.keys(&Key::Enter.to_string()).await;
    let focus = browser.run("return document.activeElement.id", &[]).await;
    assert_eq!(focus, "main");
}
