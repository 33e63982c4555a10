//! A finder and a family, each with a browser of their own, and the desk between them.

use mimamori::ids::PersonId;
use mimamori::jobs;
use mimamori::people::{self, Draft, Given, Mail};
use mimamori::scope::Role;
use mimamori::tags;
use serde_json::{Value, json};

use crate::driver::{Browser, Scripts};
use crate::hanako;
use crate::mailserver::Server;
use crate::server::Served;

/// ハナコ, whose son proved his address and practises with the town, with a key holder; the path
/// behind its QR.
async fn scene(served: &Served) -> (PersonId, String) {
    let town = &served.town;
    served.stock().await;
    let mut draft = Draft {
        center: Some(town.minami.center),
        ..hanako::draft()
    };
    let day = "2026-04-01".parse().ok();
    draft.consent.board = Given::by_person("2025-09-10".parse().unwrap());
    draft.contacts.0[0].mail = Some(Mail {
        address: "ichiro@example.jp".to_owned(),
        agreed_on: day,
        proved_on: day,
        drills_on: day,
    });
    draft.contacts.0[1].mail = Some(Mail {
        address: "haruko@example.jp".to_owned(),
        agreed_on: day,
        proved_on: None,
        drills_on: None,
    });
    let deed = town.deed_of(Role::CenterStaff).await;
    let person = people::register(town.db(), &town.deed().await, draft)
        .await
        .unwrap();
    let tag = tags::bind_next(town.db(), &deed, person).await.unwrap();
    let mut conn = town.db().read().await.unwrap();
    let carriers = tags::list_carriers(&mut conn, &deed, tag).await.unwrap();
    (person, carriers[0].address(""))
}

/// The path of the link in the newest mail with such a link.
fn link(mails: &[Value], kind: &str) -> Option<String> {
    let lines = mails.iter().rev().filter_map(|mail| mail["body"].as_str());
    let mut lines = lines.flat_map(str::lines);
    let line = lines.find(|line| line.contains(kind))?;
    Some(line[line.find(kind)?..].to_owned())
}

fn wait_for(server: &Server, kind: &str) -> String {
    let begun = std::time::Instant::now();
    loop {
        if let Some(path) = link(&server.mails(), kind) {
            return path;
        }
        assert!(begun.elapsed().as_secs() < 10, "no mail with {kind}");
    }
}

async fn told(scripts: Scripts, story: &'static str) {
    let server = Server::start();
    let served = Served::start_posting(server.way()).await;
    let job = tokio::spawn(jobs::run(served.town.app.clone()));
    let (_, path) = scene(&served).await;
    let finder = Browser::open(&served.address, scripts, story).await;
    finder.go(&path).await;
    finder.says("耳が遠いので、正面からゆっくり").await;
    finder.look("scan").await;
    finder.press("知らせを送る").await;
    finder.says("ひとことでも書いて").await;
    finder.look("nothing").await;
    finder.fill("place", "みなみ駅の北口、パン屋の前").await;
    finder.fill("how", "寒そうにしています").await;
    position(&finder).await;
    finder.press("知らせを送る").await;
    finder.says("知らせが届きました").await;
    finder.says("まだ返事はありません").await;
    finder.look("sent").await;
    let answers = finder.path().await;
    family(&served, scripts, &wait_for(&server, "/family/")).await;
    finder.go(&answers).await;
    finder.says("すぐ行きます").await;
    finder.look("answered").await;
    finder.follow("もっと伝える").await;
    finder.look("more").await;
    finder.fill("how", "ベンチに座って待っています").await;
    finder.press("知らせを送る").await;
    finder.says("ベンチに座って").await;
    desk(&served, scripts).await;
    if scripts == Scripts::Off {
        finder.go(&answers).await;
    }
    // The page goes on asking by itself.
    let begun = std::time::Instant::now();
    while !finder.text().await.contains("職員も向かっています") {
        assert!(begun.elapsed().as_secs() < 40, "{}", finder.text().await);
    }
    job.abort();
}

/// Asked for by a press only, and only where scripts run.
async fn position(finder: &Browser) {
    let shown = finder
        .run(
            "return !document.querySelector('[data-position]').hidden",
            &[],
        )
        .await;
    assert_eq!(shown, json!(finder.scripts == Scripts::On));
    if finder.scripts == Scripts::Off {
        return;
    }
    let here = json!({"latitude": 35.5889, "longitude": 139.7272, "accuracy": 30});
    finder
        .chromium(
            "Browser.grantPermissions",
            json!({"permissions": ["geolocation"]}),
        )
        .await;
    finder
        .chromium("Emulation.setGeolocationOverride", here)
        .await;
    finder
        .find("[data-position] button")
        .await
        .click()
        .await
        .unwrap();
    let begun = std::time::Instant::now();
    while finder.typed("position").await.is_empty() {
        assert!(begun.elapsed().as_secs() < 20, "{}", finder.text().await);
    }
    assert_eq!(finder.typed("position").await, "35.58890,139.72720,30");
    finder.look("position").await;
}

async fn family(served: &Served, scripts: Scripts, link: &str) {
    let son = Browser::open(&served.address, scripts, "family").await;
    son.go(link).await;
    son.says("みなみ駅の北口").await;
    son.look("link").await;
    son.press("すぐ行きます").await;
    son.says("あなた").await;
    son.look("answered").await;
}

/// The nurse has a page open; what came in shows on it, and she answers.
async fn desk(served: &Served, scripts: Scripts) {
    let desk = Browser::open(&served.address, scripts, "board-desk").await;
    served.be(&desk, Role::CenterStaff).await;
    desk.go("/people").await;
    if scripts == Scripts::On {
        let begun = std::time::Instant::now();
        while !desk.text().await.contains("担当のいない照会が1件") {
            assert!(begun.elapsed().as_secs() < 20, "{}", desk.text().await);
        }
        desk.look("people-waiting").await;
    }
    desk.go("/desk").await;
    desk.says("QRから届いた知らせ").await;
    desk.look("counter").await;
    desk.click("main table a[href^='/desk/inquiries/']").await;
    desk.look("inquiry").await;
    desk.says("寒そうにしています").await;
    desk.says("すぐ行きます").await;
    desk.fill("words-0", "職員も向かっています").await;
    desk.press("返事を送る").await;
    desk.says("返事を送りました").await;
    desk.press("まちがい・いたずらだった").await;
    desk.says("印がついています").await;
    desk.look("false").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_finder_and_a_family_reach_each_other() {
    told(Scripts::On, "board").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_finder_and_a_family_reach_each_other_without_scripts() {
    told(Scripts::Off, "board-off").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_address_is_proved_and_a_town_practises() {
    let server = Server::start();
    let served = Served::start_posting(server.way()).await;
    let (person, path) = scene(&served).await;
    let browser = Browser::open(&served.address, Scripts::On, "proving").await;
    served.be(&browser, Role::CenterStaff).await;
    let town = &served.town;
    let deed = town.deed().await;
    let mut conn = town.db().read().await.unwrap();
    let tag = tags::list_for_person(&mut conn, &deed, person)
        .await
        .unwrap();
    let number = tag[0].number.shown();
    drop(conn);
    browser.go(&format!("/people/{person}/mail")).await;
    browser.look("mail").await;
    browser.press("テストメールを送る").await;
    browser.says("テストメールを送りました").await;
    let proof = wait_for(&server, "/proof/");
    let friend = Browser::open(&served.address, Scripts::On, "friend").await;
    friend.go(&proof).await;
    friend.look("proof").await;
    friend.press("このアドレスで受け取ります").await;
    friend.says("確認できました").await;
    friend.look("proved").await;
    friend.go(&proof).await;
    friend.look("used").await;
    served.be(&browser, Role::TownAdmin).await;
    browser.go("/town/board").await;
    browser.look("town").await;
    browser.fill("numbers", &number).await;
    browser.press("訓練をはじめる").await;
    browser.says("いま訓練中です").await;
    browser.look("drill").await;
    friend.go(&path).await;
    friend.says("【訓練】いまは訓練中です").await;
    friend.look("drill").await;
    for language in [
        "やさしい日本語",
        "English",
        "简体中文",
        "한국어",
        "Tiếng Việt",
    ] {
        friend.follow(language).await;
        let lang = friend
            .run("return document.documentElement.lang", &[])
            .await;
        friend
            .look(&format!("drill-{}", lang.as_str().unwrap()))
            .await;
    }
}
