//! From the ward office's roster to the visit on the next working day.

use mimamori::scope::Role;

use crate::coming_in;
use crate::desk::{self, Whom};
use crate::driver::{Browser, Scripts};
use crate::server::Served;

#[tokio::test(flavor = "multi_thread")]
async fn from_the_roster_to_the_next_days_visit() {
    let served = Served::start().await;
    let browser = Browser::open(&served.address, Scripts::On, "whole").await;
    coming_in::first_time(&browser, &served, Role::CenterStaff).await;
    browser.look("home-empty").await;
    roster(&browser).await;
    order(&browser, &served).await;
    served.be(&browser, Role::CenterStaff).await;
    record(&browser).await;
    let groups = tag(&browser).await;
    let whom = Whom {
        groups,
        name: "南野 花子",
        illness: "糖尿病",
        first_contact: "南野 一郎",
    };
    desk::tell(&browser, &served, &whom).await;
}

/// Excel's CSV in CP932, with rows that can't be taken.
async fn roster(browser: &Browser) {
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/house/import/minami.csv");
    browser.go("/people/import").await;
    browser.look("import").await;
    browser
        .find("[name=file]")
        .await
        .send_keys(file)
        .await
        .unwrap();
    browser.press("読み込む").await;
    browser.says("ﾌﾘｶﾞﾅ").await;
    browser.look("import-columns").await;
    browser.press("この対応で行を確かめる").await;
    browser.says("取り込めない行が5行").await;
    browser.says("「昭和65年13月40日」").await;
    browser.look("import-rows").await;
    browser.press("よい行だけ取り込む").await;
    browser.says("5人を登録または変更しました").await;
    browser.look("import-result").await;
}

async fn order(browser: &Browser, served: &Served) {
    served.be(browser, Role::TownAdmin).await;
    browser.go("/tags").await;
    browser.look("tags-empty").await;
    browser.follow("番号を発行する").await;
    browser.look("order").await;
    browser.fill("count", "２０").await;
    browser.press("発行する").await;
    let batch = browser.path().await;
    while browser.text().await.contains("番号を作っています") {
        browser.go(&batch).await;
    }
    browser.says("一覧を書き出す").await;
    browser.look("batch").await;
}

/// Found by her reading, in hiragana and with one sound wrong.
async fn record(browser: &Browser) {
    browser.go("/people").await;
    browser.look("people").await;
    browser.fill("q", "みなみの はなご").await;
    browser.click("form[action='/find'] button").await;
    browser.says("南野 花子").await;
    browser.look("found").await;
    browser.follow("南野 花子").await;
    browser.says("大田区大森北").await;
    browser.look("record").await;
}

/// The number on the tag that she gets at the counter.
async fn tag(browser: &Browser) -> Vec<String> {
    let person = browser.path().await;
    browser.go(&format!("{person}/tags")).await;
    browser.look("tags-of-person").await;
    browser.press("在庫からつぎの番号を取る").await;
    browser.says("お渡ししました").await;
    browser.look("tag").await;
    let groups = browser.texts(".big-number .digits span").await;
    assert_eq!(groups.len(), 3, "{groups:?}");
    groups
}
