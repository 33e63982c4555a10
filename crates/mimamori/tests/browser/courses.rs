//! A month of the Station: planned, called off and moved by the center, read by everybody; with
//! scripts and without.

use mimamori::scope::Role;

use crate::driver::{Browser, Scripts};
use crate::held;
use crate::server::Served;

#[tokio::test(flavor = "multi_thread")]
async fn a_month_is_planned_and_read_with_scripts_and_without() {
    for scripts in [Scripts::On, Scripts::Off] {
        month(scripts).await;
    }
}

async fn month(scripts: Scripts) {
    let served = Served::start().await;
    let nurse = served.town.deed_of(Role::CenterStaff).await;
    let held = held::held(&served.town, &nurse).await;
    let browser = Browser::open(&served.address, scripts, "courses").await;
    served.be(&browser, Role::CenterStaff).await;
    browser.go("/station/courses/new").await;
    browser.fill("title", "元気かあさんの食堂").await;
    browser.fill("fee", "500").await;
    browser.pick("beat", "month_weeks").await;
    browser.pick("weeks", "2").await;
    browser.pick("weeks", "4").await;
    browser.pick("on", "4").await;
    browser.fill("starts", "10:30").await;
    browser.fill("ends", "13:00").await;
    browser.choose("place", &held.hall.to_string()).await;
    browser.press("保存する").await;
    browser
        .says("会場か講師が、ほかの講座と重なっています")
        .await;
    browser.look("clash").await;
    browser.fill("starts", "11:30").await;
    browser.press("保存する").await;
    browser.says("第2・第4金曜").await;
    browser.look("series").await;
    browser.follow("12月11日（金）").await;
    browser.pick("reason", "weather").await;
    browser.fill("words", "大雨の予報のため").await;
    browser.press("中止にする").await;
    browser.says("中止にしました").await;
    browser.look("off").await;
    browser.go("/station?m=2026-12").await;
    browser.says("元気かあさんの食堂").await;
    browser.look("month").await;
    browser.go("/c/minami?m=2026-12").await;
    browser
        .says("雨・風・雪のため中止（大雨の予報のため）")
        .await;
    browser.look("public").await;
    speak(&served, &browser).await;
}

/// A course has begun: somebody taps, and writes a few words.
async fn speak(served: &Served, browser: &Browser) {
    served.town.at("2026-12-04T10:40:00+09:00");
    browser.go("/c/minami/voice").await;
    browser.look("voice list").await;
    browser.follow("公園体操").await;
    browser.says("いかがでしたか").await;
    browser.look("voice").await;
    browser.press("よかった").await;
    browser
        .fill("words", "いすに座ったままでもできて助かります")
        .await;
    browser.look("voice words").await;
    browser.press("送る").await;
    browser.says("ありがとうございました").await;
    browser.look("voice thanks").await;
    served.be(browser, Role::CenterStaff).await;
    browser.go("/station/voices?m=2026-12").await;
    browser.says("座ったままでも").await;
    browser.look("voices").await;
}
