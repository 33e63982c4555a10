//! A questionnaire on a tablet: nobody is signed in on it, and it is sent once.

use mimamori::paths::checklists::{self, Sheet, Way};
use mimamori::scope::Role;

use crate::driver::{Browser, Scripts};
use crate::hanako;
use crate::server::Served;

#[tokio::test(flavor = "multi_thread")]
async fn somebody_of_80_answers_on_a_tablet_with_scripts_and_without() {
    for scripts in [Scripts::On, Scripts::Off] {
        answer(scripts).await;
    }
}

async fn answer(scripts: Scripts) {
    let served = Served::start().await;
    let town = &served.town;
    let person = hanako::register(town).await;
    let nurse = town.deed_of(Role::CenterStaff).await;
    let id = checklists::begin(town.db(), &nurse, person, Sheet::Kihon, Way::Tablet);
    let id = id.await.unwrap();
    let browser = Browser::open(&served.address, scripts, "tablet").await;
    served.be(&browser, Role::CenterStaff).await;
    browser.go(&format!("/checklists/{id}")).await;
    browser.press("タブレットをわたす").await;
    browser.look("checklist-handing").await;
    browser.press("ログアウトして、この端末をわたす").await;
    browser.says("南野 さん").await;
    browser.look("tablet-beginning").await;
    browser.follow("はじめる").await;
    browser.says("バスや電車で1人で外出していますか").await;
    browser.look("tablet-question").await;
    for number in 1..=25 {
        if number == 12 {
            browser.says("身長と体重を教えてください").await;
            browser.look("tablet-measures").await;
            browser.press("次へ").await;
        } else if number == 20 {
            browser.press("この質問をとばす").await;
        } else {
            browser.press("いいえ").await;
        }
    }
    browser.says("25問中23問に回答").await;
    browser.look("tablet-end").await;
    browser.press("答えを送る").await;
    browser.says("職員にお返しください").await;
    browser.look("tablet-thanks").await;
    browser.go(&format!("/people/{person}")).await;
    browser.says("ログイン").await;
}
