//! A supporter opens their own page at home and on the tablet; with scripts and without.

use mimamori::scope::Role;
use mimamori::station::own;
use mimamori::station::supporters::{self, qr_text};

use crate::driver::{Browser, Scripts};
use crate::server::Served;
use crate::{joined, signed};

#[tokio::test(flavor = "multi_thread")]
async fn somebody_opens_their_own_page_and_signs_up_with_scripts_and_without() {
    for scripts in [Scripts::On, Scripts::Off] {
        open(scripts).await;
    }
}

async fn open(scripts: Scripts) {
    let served = Served::start().await;
    let (db, nurse) = (
        served.town.db(),
        served.town.deed_of(Role::CenterStaff).await,
    );
    let supporter = joined::joined(&served.town, &nurse).await;
    let (card, _) = joined::equipped(&served.town, &nurse, supporter).await;
    joined::given(&served.town, &nurse, supporter).await;
    signed::signed(&served.town, &nurse).await;
    let mut conn = db.read().await.unwrap();
    let secret = supporters::secret_of(&mut conn, &nurse, card)
        .await
        .unwrap();
    drop(conn);
    let browser = Browser::open(&served.address, scripts, "own").await;
    // At the counter the word is chosen.
    served.be(&browser, Role::CenterStaff).await;
    browser
        .go(&format!("/station/supporters/{supporter}/own"))
        .await;
    browser.look("counter").await;
    browser.fill("pin", "7482").await;
    browser.fill("again", "7482").await;
    browser.press("この番号にする").await;
    browser.says("暗証番号を決めました").await;
    // The card's QR opens the page for whoever finds one; its owner goes on from there.
    let qr = qr_text("", "minami", &secret);
    match scripts {
        Scripts::On => {
            browser.go(&qr).await;
            browser.look("found").await;
            browser.follow("ご自分のページを開けます").await;
        }
        Scripts::Off => {
            browser.go("/m/minami").await;
            browser.fill("card", &qr).await;
            browser.press("つぎへ").await;
        }
    }
    browser.says("暗証番号を入れてください").await;
    assert_eq!(browser.path().await, "/m/minami", "no secret in an address");
    browser.look("word").await;
    browser.fill("pin", "9035").await;
    browser.press("開く").await;
    browser.says("開けませんでした").await;
    browser.look("refused").await;
    browser.fill("card", &qr).await;
    browser.press("つぎへ").await;
    browser.fill("pin", "7482").await;
    browser.press("開く").await;
    browser.says("川村 澄江 さんのページ").await;
    browser.says("500円分").await;
    browser.look("page").await;
    browser.press("申し込む").await;
    browser
        .says("参加できます。申し込みを受け付けました。")
        .await;
    browser.look("signed").await;
    browser.press("終わる").await;
    browser.says("ご自分のページを開く").await;
    browser.go("/m/minami/page").await;
    browser.says("ご自分のページを開く").await;
    tablet(&browser, &qr).await;
    own::shut(db, &nurse, supporter).await.unwrap();
}

async fn tablet(browser: &Browser, qr: &str) {
    browser.go("/m/minami/tablet").await;
    browser.look("tablet").await;
    // A reader of QR codes types and presses enter.
    browser.keys(qr).await;
    browser.enter().await;
    browser.fill("pin", "7482").await;
    browser.press("開く").await;
    browser.says("1分で最初の画面にもどります").await;
    browser.look("at-tablet").await;
    browser
        .find("main details summary")
        .await
        .click()
        .await
        .unwrap();
    browser.press("取り消す").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn somebody_without_a_card_signs_up_on_the_web() {
    for scripts in [Scripts::On, Scripts::Off] {
        let served = Served::start().await;
        let nurse = served.town.deed_of(Role::CenterStaff).await;
        signed::signed(&served.town, &nurse).await;
        let browser = Browser::open(&served.address, scripts, "web").await;
        browser.go("/c/minami?m=2026-12").await;
        browser.look("calendar").await;
        browser.follow("申し込む").await;
        browser.look("form").await;
        browser.press("申し込む").await;
        browser.says("お名前を入れてください").await;
        browser.look("form-refused").await;
        browser.fill("name", "南野 花子").await;
        browser.fill("phone", "090-0123-4567").await;
        browser.press("申し込む").await;
        browser.says("参加できます").await;
        browser.look("taken").await;
        let code = browser.texts("strong.digits").await.remove(0);
        browser.follow("申し込みを確かめる").await;
        browser.look("asking").await;
        browser.fill("code", &code).await;
        browser.press("確かめる").await;
        browser.says("やさしい書道").await;
        browser.look("found").await;
        browser.press("申し込みを取り消す").await;
        browser.says("承りました").await;
    }
}
