//! From the third notice of a newspaper carrier to a certified care level, and a word of thanks that
//! gives nothing of the person away.

use mimamori::ids::PersonId;
use mimamori::notices;
use mimamori::people::{self, Certification, Draft};
use mimamori::scope::Role;

use crate::driver::{Browser, Scripts};
use crate::hanako;
use crate::mailserver::Server;
use crate::server::Served;
use crate::supported::agreement;

/// What nobody outside of the center may read.
const SECRETS: [&str; 12] = [
    "南野",
    "ハナコ",
    "ﾊﾅｺ",
    "みなみ荘",
    "大森北",
    "1-2-3",
    "0188",
    "0793",
    "88歳",
    "昭和13",
    "要介護",
    "第1号",
];

/// ハナコ, of whom nobody has applied for anything yet.
async fn person(served: &Served) -> PersonId {
    let mut draft = Draft {
        center: Some(served.town.minami.center),
        ..hanako::draft()
    };
    draft.care.certification = Certification::NotApplied;
    let deed = served.town.deed().await;
    people::register(served.town.db(), &deed, draft)
        .await
        .unwrap()
}

/// The link that the town makes for the organisation; gives its path.
async fn link(browser: &Browser, served: &Served, organisation: &str) -> String {
    served.be(browser, Role::CenterHead).await;
    browser
        .go(&format!("/notices/agreements/{organisation}"))
        .await;
    browser.press("リンクを作る").await;
    let shown = browser.texts("main code").await.remove(0);
    let (_, path) = shown.split_once("/n/o/").unwrap();
    format!("/n/o/{path}")
}

/// The carrier tells what they saw on a day.
async fn told(served: &Served, path: &str, scripts: Scripts, (day, signs): (&str, &[&str])) {
    served.town.at(&format!("{day}T06:10:00+09:00"));
    let carrier = Browser::open(&served.address, scripts, "carrier").await;
    carrier.go(path).await;
    carrier.says("みなみ新聞販売所").await;
    for sign in signs {
        carrier.pick("signs", sign).await;
    }
    carrier
        .fill("words", "朝刊がポストに入りきりません。")
        .await;
    carrier.fill("place", "大田区大森北1-2-3 みなみ荘201").await;
    carrier.fill("about", "80代くらいの女性の方").await;
    carrier.fill("mail", "carrier@example.jp").await;
    carrier.pick("wants", "yes").await;
    carrier.look("form").await;
    carrier.press("知らせる").await;
    carrier.says("お知らせをありがとうございました").await;
    nothing_of_her(&carrier.text().await);
}

fn nothing_of_her(text: &str) {
    // The organisation is called by where it stands.
    let text = text.replace("大森北営業所", "");
    for secret in SECRETS {
        assert!(!text.contains(secret), "「{secret}」 in:\n{text}");
    }
}

/// What is added for each line, and the sum: as shown.
async fn evidence(browser: &Browser) -> (Vec<f64>, f64) {
    let cells = browser.texts("main table tbody tr td:last-child").await;
    let mut numbers: Vec<f64> = cells
        .iter()
        .map(|cell| cell.trim().parse().unwrap())
        .collect();
    let sum = numbers.pop().unwrap();
    (numbers, sum)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_third_notice_becomes_a_certified_level_and_a_thank_you_that_gives_nothing_away() {
    for scripts in [Scripts::On, Scripts::Off] {
        let server = Server::start();
        let served = Served::start_posting(server.way()).await;
        let person = person(&served).await;
        let browser = Browser::open(&served.address, scripts, "help").await;
        let organisation = agreement(&served).await;
        let path = link(&browser, &served, &organisation).await;
        for notice in [
            ("2026-11-12", &["post"][..]),
            ("2026-11-18", &["post"][..]),
            ("2026-11-24", &["post", "lights"][..]),
        ] {
            told(&served, &path, scripts, notice).await;
        }
        let notice = looked_into(&browser, &served).await;
        let case = begun(&browser).await;
        certified(&browser, &case).await;
        browser.go(&format!("/people/{person}")).await;
        browser.says("要介護2").await;
        browser.go(&case).await;
        browser.says("終わりました").await;
        browser.look("case-with-path").await;
        thanked(&browser, &served, &server, &notice).await;
        served.be(&browser, Role::CenterHead).await;
        browser
            .go(&format!("/notices/agreements/{organisation}"))
            .await;
        browser.says("支援につなぐ：1件").await;
        nothing_of_her(&browser.text().await);
    }
}

/// The list, the sum line by line, the visit, and who it is. Gives the notice's page.
async fn looked_into(browser: &Browser, served: &Served) -> String {
    served.town.at("2026-11-24T09:00:00+09:00");
    served.be(browser, Role::CenterStaff).await;
    browser.go("/notices").await;
    browser.says("3件").await;
    browser.look("triage").await;
    browser.click("main table tbody tr a").await;
    browser.says("（この気づき）").await;
    let (lines, sum) = evidence(browser).await;
    assert_eq!(lines.len(), 3);
    let added: f64 = lines.iter().sum();
    assert!((added - sum).abs() < 0.01, "{lines:?} are not {sum}");
    let notice = browser.path().await;
    browser.press("このセンターで引き受ける").await;
    browser.pick("kind", "visit").await;
    let words = "玄関先でお会いできた。やせて、足もとがふらつく。買い物に出られていない。";
    browser.fill("words", words).await;
    browser.press("記録する").await;
    browser.says("訪問しました").await;
    browser.follow("登録者と結ぶ・外す").await;
    browser.follow("南野 ハナコ").await;
    browser
        .fill("reason", "表札と、ご本人に聞いた生年月日が同じ")
        .await;
    browser.press("この方と結ぶ").await;
    browser.says("南野 ハナコ").await;
    browser.look("notice").await;
    notice
}

/// The case; gives its page.
async fn begun(browser: &Browser) -> String {
    browser.follow("支援を始める").await;
    browser.says("この気づきは終わります").await;
    assert!(browser.typed("began").await.contains("の気づき"));
    browser
        .fill("aims", "自分の足で、もう一度買い物に行きたい")
        .await;
    browser.look("case-begins").await;
    browser.press("支援を始める").await;
    browser.says("担当はあなたです").await;
    browser.says("この支援のはじまり").await;
    browser.look("case").await;
    browser.path().await
}

/// 要介護認定, from the application to the result.
async fn certified(browser: &Browser, case: &str) {
    browser.go(case).await;
    browser.follow("つなぎを始める").await;
    browser.says("支援 第1号").await;
    browser.pick("plan", "certification").await;
    browser.look("path-begins").await;
    browser.press("始める").await;
    browser.says("つなぎを始めました").await;
    browser.pick("outcome-1", "center").await;
    browser.press("済みにする").await;
    for step in ["認定調査", "主治医意見書", "一次判定", "二次判定"] {
        browser.says(&format!("いまの段階：{step}")).await;
        browser.press("済みにする").await;
    }
    browser.pick("outcome-6", "care_2").await;
    browser.fill("first-6", "2026-11-24").await;
    browser.fill("last-6", "2027-11-30").await;
    browser.press("済みにする").await;
    browser.says("この方の介護情報に入れました").await;
    browser.says("支援 第1号").await;
    browser.look("path").await;
}

/// The carrier is thanked: what names her is refused, what is sent names nothing.
async fn thanked(browser: &Browser, served: &Served, server: &Server, notice: &str) {
    browser.go(notice).await;
    browser.says("この気づきから始まった支援").await;
    browser.follow("結果を知らせる").await;
    let prepared = browser.typed("words").await;
    browser
        .fill("words", "南野さんは要介護2になりました。")
        .await;
    browser.press("送る").await;
    browser.says("ご本人のことがわかる言葉が入っています").await;
    browser.look("refused").await;
    browser.fill("words", &prepared).await;
    browser.press("送る").await;
    browser.says("結果を知らせました").await;
    let deed = served.town.deed().await;
    let sent = notices::send_due(served.town.db(), &deed, &server.way()).await;
    assert!(sent.unwrap() >= 1);
    let mails = server.mails();
    let outcome = mails.iter().map(ToString::to_string);
    let outcome: Vec<String> = outcome
        .filter(|mail| mail.contains("必要な手助け"))
        .collect();
    assert_eq!(outcome.len(), 1, "{mails:#?}");
    for mail in mails.iter().map(ToString::to_string) {
        nothing_of_her(&mail);
    }
}
