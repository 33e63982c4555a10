//! What somebody meets who belongs to nobody here: the page behind a QR, refusals.

use mimamori::scope::Role;
use mimamori::tags;

use crate::desk::tagged;
use crate::driver::{Browser, Scripts};
use crate::server::Served;

/// The path behind the QR on ハナコ's key holder.
pub async fn qr(served: &Served) -> String {
    let (person, _) = tagged(served).await;
    let deed = served.town.deed_of(Role::CenterStaff).await;
    let mut conn = served.town.db().read().await.unwrap();
    let tag = tags::list_for_person(&mut conn, &deed, person)
        .await
        .unwrap()[0]
        .id;
    let carriers = tags::list_carriers(&mut conn, &deed, tag).await.unwrap();
    carriers[0].address("")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_finder_reads_whom_to_call_in_three_languages() {
    let served = Served::start().await;
    let path = qr(&served).await;
    let browser = Browser::open(&served.address, Scripts::On, "finder").await;
    browser.go(&path).await;
    let words = [
        ("日本語", "119番"),
        ("やさしい日本語", "ゆっくり 読んで"),
        ("English", "call 119 first"),
    ];
    for (language, said) in words {
        browser.follow(language).await;
        browser.says(said).await;
        assert!(!browser.text().await.contains("ハナコ"));
        let lang = browser
            .run("return document.documentElement.lang", &[])
            .await;
        browser
            .look(&format!("finder-{}", lang.as_str().unwrap()))
            .await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_not_there_or_not_theirs_is_told_in_words() {
    let served = Served::start().await;
    let browser = Browser::open(&served.address, Scripts::On, "refused").await;
    browser.go("/q/nothing-like-it").await;
    browser.look("finder-unknown").await;
    served.be(&browser, Role::NightDesk).await;
    browser.go("/people/1").await;
    browser.look("forbidden").await;
    browser.go("/nowhere").await;
    browser.look("not-found").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_passer_by_hears_no_name_and_a_lost_tag_says_so() {
    let served = Served::start().await;
    let (person, groups) = tagged(&served).await;
    let browser = Browser::open(&served.address, Scripts::On, "passer").await;
    served.be(&browser, Role::NightDesk).await;
    browser.go("/desk").await;
    browser.fill("number", &groups.concat()).await;
    browser.pick("caller", "passer").await;
    browser.press("照会する").await;
    let said = browser.texts(".read-aloud .said").await;
    assert!(!said.is_empty() && said.iter().all(|said| !said.contains("ハナコ")));
    browser.look("passer").await;
    let nurse = served.town.deed_of(Role::CenterStaff).await;
    let mut conn = served.town.db().read().await.unwrap();
    let tag = tags::list_for_person(&mut conn, &nurse, person)
        .await
        .unwrap()[0]
        .id;
    drop(conn);
    tags::lose(served.town.db(), &nurse, tag, String::new())
        .await
        .unwrap();
    browser.go("/desk").await;
    browser.fill("number", &groups.concat()).await;
    browser.press("照会する").await;
    browser.says("紛失の届けがあった番号です").await;
    browser.look("lost").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_partner_needs_a_second_thing() {
    let served = Served::start().await;
    let (_, groups) = tagged(&served).await;
    let browser = Browser::open(&served.address, Scripts::On, "partner").await;
    served.be(&browser, Role::Partner).await;
    for (family, said) in [("北川", "合う方が見つかりません"), ("ミナミノ", "心房細動")]
    {
        browser.go("/partner").await;
        browser.fill("number", &groups.concat()).await;
        browser.fill("family", family).await;
        browser.fill("name", "医東 連").await;
        browser.press("照会する").await;
        browser.says(said).await;
        browser.look("answer").await;
    }
}
