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
