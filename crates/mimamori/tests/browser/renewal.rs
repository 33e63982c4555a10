//! The year of one holder, and the next: registered in April, asked by postcard in her month, with
//! a new telephone; silent the year after, and found by a visit.

use mimamori::renewals;
use mimamori::scope::Role;

use crate::driver::{Browser, Scripts};
use crate::server::Served;

/// A morning, with what the server does every minute; the nurse signs in anew.
async fn on(browser: &Browser, served: &Served, day: &str) {
    served.town.at(&format!("{day}T10:00:00+09:00"));
    let deed = served.town.deed().await;
    renewals::keep_up(served.town.db(), &deed).await.unwrap();
    served.be(browser, Role::CenterStaff).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_year_of_one_holder_and_the_silent_one_after_it() {
    for scripts in [Scripts::On, Scripts::Off] {
        let served = Served::start().await;
        let browser = Browser::open(&served.address, scripts, "renewal").await;
        served.stock().await;
        let path = registered(&browser, &served).await;
        postcard(&browser, &served).await;
        new_phone(&browser, &served, &path).await;
        silence(&browser, &served, &path).await;
        found(&browser, &served, &path).await;
        years(&browser, &served).await;
    }
}

/// In April 2027, at the counter; the number of a tag is hers. Gives `/renewals/{her}`.
async fn registered(browser: &Browser, served: &Served) -> String {
    on(browser, served, "2027-04-06").await;
    browser.go("/people/new").await;
    for (name, text) in [
        ("family", "秋山"),
        ("given", "フミ"),
        ("family_kana", "アキヤマ"),
        ("given_kana", "フミ"),
        ("born_year", "13"),
        ("born_month", "10"),
        ("born_day", "9"),
        ("address", "大田区大森北4-5-6"),
        ("phone1", "03-0188-2244"),
        ("c1_name", "秋山 実"),
        ("c1_relation", "次男"),
        ("c1_phone1", "090-0188-3355"),
    ] {
        browser.fill(name, text).await;
    }
    browser.choose("born_era", "showa").await;
    browser.choose("living", "alone").await;
    for (name, value) in [
        ("sex", "female"),
        ("c1_told", "where_and_how"),
        ("how", "in_person"),
    ] {
        browser.pick(name, value).await;
    }
    browser.click("main .buttons button.primary").await;
    browser.says("登録しました").await;
    browser.says("最終確認 今日、対面で確認（中村 看子）").await;
    let person = browser.path().await;
    browser.go(&format!("{person}/tags")).await;
    browser.press("在庫からつぎの番号を取る").await;
    browser.says("お渡ししました").await;
    person.replace("/people/", "/renewals/")
}

/// In September the list of October is there; whoever prints the postcards writes it down at once.
async fn postcard(browser: &Browser, served: &Served) {
    on(browser, served, "2027-09-21").await;
    browser.go("/renewals").await;
    browser.says("ここに並ぶ方はいません").await;
    browser.follow("2027年10月 →").await;
    browser.says("秋山 フミ").await;
    browser.look("list").await;
    browser.press("「まだ」の方ぜんぶ（1人）にお願いした").await;
    browser.click(".flash button").await;
    browser.says("1人のお願いの記録を取り消しました").await;
    browser.press("「まだ」の方ぜんぶ（1人）にお願いした").await;
    browser
        .says("1人にはがきでお願いしたことを記録しました")
        .await;
    browser.says("10月12日から次の段階").await;
}

/// In October she comes to the counter: everything is as it was, but her telephone.
async fn new_phone(browser: &Browser, served: &Served, path: &str) {
    on(browser, served, "2027-10-08").await;
    browser.go("/renewals?month=2027-10").await;
    browser.follow("秋山 フミ").await;
    browser.look("person").await;
    browser.press("窓口で確かめる").await;
    browser.says("対面で確かめています").await;
    browser.look("walk").await;
    browser.follow("変更あり：基本情報を直す").await;
    browser.fill("phone1", "090-0188-9900").await;
    browser.click("main .buttons button.primary").await;
    assert_eq!(browser.path().await, format!("{path}/walk"));
    browser.says("090-0188-9900").await;
    // One key each: the focus stands on 変更なし of the next group, or on the form of what was never
    // asked. 医療, 介護 and 同意 are asked now; nothing is to be written for a finder.
    for (answers, saved) in [
        (&[][..], false),
        (
            &[
                ("illnesses", "none"),
                ("drugs", "none"),
                ("allergies", "none"),
            ],
            true,
        ),
        (&[], true),
        (&[], false),
        (
            &[
                ("identity", "given"),
                ("medical", "given"),
                ("board", "refused"),
            ],
            true,
        ),
    ] {
        let focus = "return document.activeElement.matches('#main [autofocus]')";
        assert_eq!(browser.run(focus, &[]).await, true);
        browser.enter().await;
        for (name, value) in answers {
            browser.pick(name, value).await;
        }
        if saved {
            if browser.path().await.contains("/care/") {
                browser.choose("certification", "not_applied").await;
            }
            browser.click("main .buttons button.primary").await;
        }
    }
    browser.says("更新を終える").await;
    browser.look("walk-end").await;
    browser.pick("first", "yes").await;
    browser.press("更新を終える").await;
    browser.says("この年の更新は終わっています").await;
    browser.says("変更あり").await;
    browser.look("renewed").await;
}

/// The next year nobody answers: one task follows the other.
async fn silence(browser: &Browser, served: &Served, path: &str) {
    on(browser, served, "2028-09-19").await;
    browser.go(path).await;
    browser.press("はがきでお願いした").await;
    browser.says("お願いしたことを記録しました").await;
    on(browser, served, "2028-10-10").await;
    browser.go("/").await;
    browser.follow("2回目の更新のはがきを出す").await;
    browser.follow("更新の画面をひらく").await;
    browser.press("はがきでお願いした").await;
    for (day, task, outcome) in [
        ("2028-10-24", "更新のことで電話する", "2回かけて留守"),
        (
            "2028-10-31",
            "緊急連絡先に電話する",
            "次男も先週から連絡がとれない",
        ),
    ] {
        on(browser, served, day).await;
        browser.go("/").await;
        browser.follow(task).await;
        browser.says("更新です").await;
        browser.follow("更新の画面をひらく").await;
        browser.fill("words", outcome).await;
        browser.press("返事がなかった").await;
        browser.says("返事がなかったことを記録しました").await;
    }
    browser.look("silent").await;
    on(browser, served, "2028-11-07").await;
    browser.go("/").await;
    browser.says("を訪問する").await;
    browser.look("home").await;
}

/// She is at home, with a broken wrist; the visit is the renewal.
async fn found(browser: &Browser, served: &Served, path: &str) {
    browser.follow("を訪問する").await;
    browser.follow("更新の画面をひらく").await;
    browser.press("訪問先で確かめる").await;
    for words in [
        "変更なし",
        "変更なし",
        "変更なし",
        "変更なし",
        "書いておくことはない",
        "変更なし",
    ] {
        browser.press(words).await;
    }
    browser.pick("need", "yes").await;
    browser.press("更新を終える").await;
    browser
        .says("どんな支援が必要かを、ひとこと書いてください")
        .await;
    browser.look("walk-refused").await;
    browser
        .fill("words", "手首を骨折。買い物と食事の手伝いが必要")
        .await;
    browser.press("更新を終える").await;
    browser.says("この年の更新は終わっています").await;
    browser.says("これまでの年").await;
    browser.go("/").await;
    browser.says("秋山 フミ さんを支援につなぐ").await;
    assert!(!browser.text().await.contains("を訪問する"));
    let record = path.replace("/renewals/", "/people/");
    browser.go(&record).await;
    browser.says("最終確認 今日、訪問で確認（中村 看子）").await;
    on(browser, served, "2028-11-08").await;
}

/// The town sees both years without a name.
async fn years(browser: &Browser, served: &Served) {
    served.be(browser, Role::TownAdmin).await;
    browser.go("/renewals/year?year=2028").await;
    browser.look("year").await;
    let row = browser
        .texts("[aria-label='月ごとの更新'] tbody tr:nth-child(7) td")
        .await;
    assert_eq!(row, ["1", "1", "1", "0", "0", "0", "1", "0", "0.0%", "0.0"]);
    // Her telephone, and seven answers to what nobody had asked before.
    browser.go("/renewals/year?year=2027").await;
    let row = browser
        .texts("[aria-label='月ごとの更新'] tbody tr:nth-child(7) td")
        .await;
    assert_eq!(
        row,
        ["1", "1", "1", "1", "1", "8", "0", "1", "100.0%", "800.0"]
    );
    browser.go("/town/renewals").await;
    browser.look("settings").await;
}
