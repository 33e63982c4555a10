//! In the middle of a case somebody moves to another center's area: from the moment the other center
//! takes the case, the old one finds nothing.

use mimamori::exchange::List;
use mimamori::ids::StaffId;
use mimamori::scope::Role;
use mimamori::staff::{self, Card, Place, Stage};
use seal::SecretToken;

use crate::driver::{Browser, Scripts};
use crate::hanako;
use crate::server::Served;
use crate::town::{Client, password_hash};

const WORDS: &str = "長男から、お金のことで強く言われると泣いておられた";

/// Somebody who works at the other center.
async fn across(served: &Served) -> Client {
    let town = &served.town;
    let deed = town.deed().await;
    let card = Card {
        name: "北見 遠子".to_owned(),
        email: "kitami@minami.example.jp".to_owned(),
    };
    let place = Place {
        role: Role::CenterStaff,
        center: Some(town.minami.other_center),
        organisation: None,
    };
    let invited = staff::invite(town.db(), &deed, card, place).await.unwrap();
    let (_, secret) = invited.token.split_once('.').unwrap();
    let secret = SecretToken::read(secret).unwrap();
    let (name, hash) = ("北見 遠子".to_owned(), password_hash().to_owned());
    let id: StaffId = staff::accept(town.db(), &deed, &secret, name, hash)
        .await
        .unwrap();
    let opened = staff::open_session(town.db(), &deed, id, Stage::Full, "test".to_owned());
    let client = town.visitor();
    client.keep(&format!("mimamori={}", opened.await.unwrap().cookie));
    client
}

#[tokio::test(flavor = "multi_thread")]
async fn somebody_moves_in_the_middle_of_a_case_and_the_old_center_finds_nothing() {
    for scripts in [Scripts::On, Scripts::Off] {
        let served = Served::start().await;
        let person = hanako::register(&served.town).await.to_string();
        let browser = Browser::open(&served.address, scripts, "moving").await;
        served.be(&browser, Role::CenterStaff).await;
        let case = in_the_middle(&browser, &person).await;
        moved(&browser, &served, &person, &case).await;
        offered(&browser, &served, &case).await;
        // A page that stays open while the other center takes the case.
        browser.go(&case).await;
        let other = Browser::open(&served.address, scripts, "moving-there").await;
        let client = across(&served).await;
        other.keep(&client.cookie("mimamori").unwrap()).await;
        taken(&other, &case).await;
        open_page(&browser).await;
        nothing(&browser, &served, &case).await;
        // And the new center goes on.
        other.go(&case).await;
        other.says(WORDS).await;
    }
}

/// A case with a contact and a step; gives its page.
async fn in_the_middle(browser: &Browser, person: &str) -> String {
    browser.go(&format!("/people/{person}/cases")).await;
    browser.fill("began", WORDS).await;
    browser.press("支援を始める").await;
    browser.says("担当はあなたです").await;
    let case = browser.path().await;
    browser.pick("way", "visit").await;
    browser
        .fill("words", "お話を聞き、通帳を預からないよう長男に伝えた。")
        .await;
    browser.press("経過を書く").await;
    browser.says("通帳を預からないよう").await;
    open(browser, "step").await;
    browser.fill("step", "権利擁護の相談に同行する").await;
    browser.fill("due", "2026-11-27").await;
    browser.press("予定に加える").await;
    browser.says("権利擁護の相談に同行する").await;
    case
}

/// Unfolds the part in which a field stands.
async fn open(browser: &Browser, field: &str) {
    let css = format!("details:has([name={field}]) summary");
    browser.find(&css).await.click().await.unwrap();
}

/// She lives in the other center's area now: whoever is in charge is told.
async fn moved(browser: &Browser, served: &Served, person: &str, case: &str) {
    browser.go(&format!("/people/{person}/state")).await;
    let to = served.town.minami.other_center.to_string();
    browser.choose("center", &to).await;
    browser.press("担当センターを保存する").await;
    browser.go(case).await;
    browser.says("担当センターが変わりました").await;
    browser.look("elsewhere").await;
}

/// Without a consent it is refused; with it, it waits.
async fn offered(browser: &Browser, served: &Served, case: &str) {
    browser.follow("引き継ぎを申し出る").await;
    assert_eq!(browser.path().await, format!("{case}/sharing"));
    let to = served.town.minami.other_center.to_string();
    for consent in [false, true] {
        browser.choose("center", &to).await;
        browser.pick("why_transfer", "other").await;
        browser.pick("urgency", "today").await;
        let words = "長女の家の近くに転居されました。金曜の同行をお願いします。";
        browser.fill("transfer_words", words).await;
        if consent {
            let first = "select[name='transfer_consent'] option:nth-child(2)";
            browser.find(first).await.click().await.unwrap();
        }
        browser.press("引き継ぎを申し出る").await;
        if !consent {
            browser.says("同意").await;
            consent_given(browser, case, &to).await;
        }
    }
    browser.says("の返事を待っています").await;
    browser.look("offered").await;
}

async fn consent_given(browser: &Browser, case: &str, to: &str) {
    browser.go(&format!("{case}/sharing")).await;
    browser.says("引き継ぎを申し出る").await;
    open(browser, "purpose").await;
    browser.pick("purpose", "transfer").await;
    browser
        .choose("consent_place", &format!("center:{to}"))
        .await;
    browser.fill("consent_by", "ご本人、書面").await;
    browser.fill("given_on", "2026-11-20").await;
    browser.press("同意を記録する").await;
    browser.says("有効").await;
}

/// The receiver reads a summary, takes it, and reads all.
async fn taken(other: &Browser, case: &str) {
    other.go(case).await;
    other.says("見つかりません").await;
    other.go("/handovers").await;
    other.follow("南野 ハナコ").await;
    other.says("金曜の同行をお願いします").await;
    assert!(!other.text().await.contains(WORDS), "a summary, no more");
    other.look("summary").await;
    other.press("引き受ける").await;
    other.says("担当はあなたです").await;
    other.says(WORDS).await;
    other.says("権利擁護の相談に同行する").await;
    other.look("taken").await;
}

/// What was left open writes nothing any more.
async fn open_page(browser: &Browser) {
    browser.says(WORDS).await;
    browser.pick("way", "phone").await;
    browser.fill("words", "古い画面から書いたこと").await;
    browser.press("経過を書く").await;
    browser.says("見つかりません").await;
}

/// Page, parts, list, count, search, list of the day, export.
async fn nothing(browser: &Browser, served: &Served, case: &str) {
    for part in ["", "/edit", "/sharing", "/documents", "/basics", "/closing"] {
        browser.go(&format!("{case}{part}")).await;
        browser.says("見つかりません").await;
        silent(browser, case).await;
    }
    for list in ["mine", "due", "silent", "center", "closed"] {
        browser.go(&format!("/cases?list={list}")).await;
        let counts = browser.texts("nav .count").await;
        assert!(
            counts.iter().all(|count| count.starts_with('0')),
            "{counts:?}"
        );
        silent(browser, case).await;
    }
    for page in ["/", "/handovers", "/paths", "/consultations"] {
        browser.go(page).await;
        silent(browser, case).await;
    }
    let client = served.town.sign_in(Role::CenterStaff).await;
    for words in ["1", "ミナミノ ハナコ"] {
        let page = client.post("/cases/search", &[("q", words)]).await.text();
        assert!(page.contains("見つかりませんでした"), "{words}");
    }
    for list in List::ALL {
        let code = list.code();
        let export = [("list", code), ("format", "utf8"), ("reason", "訪問の準備")];
        let file = client.post("/exports", &export).await;
        for word in [WORDS, "権利擁護", "支援 第1号", case] {
            assert!(!file.text().contains(word), "{word} in {code}");
        }
        if *list == List::Tasks {
            assert_eq!(file.status, 200, "{}", file.text());
        }
    }
    let head = served.town.sign_in(Role::CenterHead).await;
    let load = head.get("/cases/load").await.text();
    assert!(!load.contains(case) && !load.contains("1件"), "{load}");
}

async fn silent(browser: &Browser, case: &str) {
    let source = browser.client.source().await.unwrap();
    for word in [
        WORDS,
        "通帳を預からない",
        "権利擁護の相談",
        "支援 第1号",
        case,
    ] {
        let here = browser.path().await;
        // The address of the page itself may stand in the link to log in again.
        let source = source.replace(&here, "");
        assert!(!source.contains(word), "「{word}」 at {here}");
    }
}
