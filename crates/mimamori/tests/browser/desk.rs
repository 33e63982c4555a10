//! One call from the number to the next working day's task.

use mimamori::ids::PersonId;
use mimamori::scope::Role;
use mimamori::tags;

use crate::driver::{Browser, Scripts};
use crate::hanako;
use crate::server::Served;

/// Who is asked about, as the pages say it.
pub struct Whom<'a> {
    /// The groups of the number: 123, 4567, 8901.
    pub groups: Vec<String>,
    pub name: &'a str,
    pub illness: &'a str,
    pub first_contact: &'a str,
}

/// As a number comes over the telephone: full-width figures, kana, figures with a hyphen.
pub fn heard(groups: &[String]) -> String {
    const WORDS: [&str; 10] = [
        "ぜろ",
        "いち",
        "に",
        "さん",
        "よん",
        "ご",
        "ろく",
        "なな",
        "はち",
        "きゅう",
    ];
    let wide = |digit: u8| char::from_u32(u32::from('０') + u32::from(digit - b'0')).unwrap();
    let first: String = groups[0].bytes().map(wide).collect();
    let spoken = groups[1]
        .bytes()
        .map(|digit| WORDS[usize::from(digit - b'0')]);
    let spoken: Vec<&str> = spoken.collect();
    format!("{first}　{}-{}", spoken.join(" "), groups[2])
}

/// The same number with its last digit misheard.
fn misheard(groups: &[String]) -> String {
    let number = groups.concat();
    let (rest, last) = number.split_at(number.len() - 1);
    let last: u8 = last.parse().unwrap();
    format!("{rest}{}", (last + 1) % 10)
}

/// The night desk answers; the center takes over, ends it, and visits on Tuesday.
pub async fn tell(browser: &Browser, served: &Served, whom: &Whom<'_>) {
    served.be(browser, Role::NightDesk).await;
    number(browser, whom).await;
    caller(browser).await;
    calls(browser, whom).await;
    hand_over(browser, served).await;
    end(browser, whom).await;
    next_working_day(browser, served, whom).await;
}

async fn number(browser: &Browser, whom: &Whom<'_>) {
    browser.go("/desk").await;
    browser.look("desk").await;
    browser.fill("number", &misheard(&whom.groups)).await;
    browser.pick("caller", "ambulance").await;
    browser.press("照会する").await;
    browser.says("番号の聞きちがいがあるようです").await;
    assert!(!browser.text().await.contains(whom.name));
    browser.look("misheard").await;
    browser.fill("number", &heard(&whom.groups)).await;
    browser.press("照会する").await;
    browser.says("救急隊に伝えてよいこと").await;
    browser.says(whom.name).await;
    browser.says("開示の根拠").await;
    assert!(
        !browser.text().await.contains(whom.illness),
        "medical things have their own act"
    );
    browser.look("answer").await;
    browser.press("医療情報をひらく").await;
    browser.says("救急隊・病院に伝えてよい医療情報").await;
    browser.says(whom.illness).await;
    browser.look("medical").await;
}

async fn caller(browser: &Browser) {
    browser.fill("organisation", "みなみ消防署").await;
    browser.fill("name", "火野 隊長").await;
    browser.fill("call_back", "03-0100-0199").await;
    browser.fill("place", "みなみ駅の北口").await;
    browser
        .fill("happened", "歩道で倒れていた。呼びかけに答える。")
        .await;
    browser.pick("verified", "called_back").await;
    browser.press("相手の記録を残す").await;
    browser.says("相手の記録を残しました").await;
    assert_eq!(browser.typed("name").await, "火野 隊長");
}

async fn calls(browser: &Browser, whom: &Whom<'_>) {
    browser.says(whom.first_contact).await;
    for (outcome, word) in [("no_answer", "留守・出ない"), ("spoke", "出た・話した")] {
        browser
            .click(&format!(
                "form[action$='/calls/0'] button[value='{outcome}']"
            ))
            .await;
        browser.says("かけた結果を残しました").await;
        let kept = browser.texts(".attempts strong").await;
        assert!(
            kept.iter().any(|kept| kept == word),
            "{word} is not in {kept:?}"
        );
    }
    browser.look("calls").await;
}

async fn hand_over(browser: &Browser, served: &Served) {
    let nurse = served.town.minami.staff(Role::CenterStaff).to_string();
    browser.choose("to", &nurse).await;
    browser.fill("words", "ご家族は7時に病院へ着く。").await;
    browser.press("引き継ぐ").await;
    browser.says("中村 看子さんへ引き継ぎ待ち").await;
    served.be(browser, Role::CenterStaff).await;
    browser.go("/").await;
    browser.says("担当のいない照会が1件あります").await;
    browser.look("home-waiting").await;
    browser.follow("ひらいて受け取る").await;
    browser.press("この照会を受け取る").await;
    browser.says("受け取りました").await;
}

async fn end(browser: &Browser, whom: &Whom<'_>) {
    browser.press("照会を終える").await;
    browser.says("いまいる場所を書くか").await;
    browser.look("ending-refused").await;
    browser
        .fill("ending_place", "みなみ総合病院に運ばれた")
        .await;
    browser.fill("wish", "鍵が開いたままかもしれません。").await;
    browser.press("照会を終える").await;
    browser.says("この照会は終わりました").await;
    browser.look("ended").await;
    browser.go("/").await;
    browser
        .says(&format!("{} さんの様子を確かめる", whom.name))
        .await;
    browser.says("11月24日まで").await;
    browser.look("home").await;
}

async fn next_working_day(browser: &Browser, served: &Served, whom: &Whom<'_>) {
    // Monday the 23rd is 勤労感謝の日.
    served.town.at("2026-11-24T08:45:00+09:00");
    served.be(browser, Role::CenterStaff).await;
    browser.go("/").await;
    browser.says("本日まで").await;
    browser.follow("さんの様子を確かめる").await;
    for part in [
        "みなみ駅の北口",
        "火野 隊長",
        "みなみ総合病院に運ばれた",
        "鍵が開いたまま",
        whom.first_contact,
    ] {
        browser.says(part).await;
    }
    browser.look("task").await;
    browser.press("担当する").await;
    browser
        .fill("outcome", "訪問しました。けがはありませんでした。")
        .await;
    browser.press("完了する").await;
    browser.says("完了しました").await;
    browser.look("home-done").await;
}

/// ハナコ with a tag on her keys, and the groups of its number.
pub async fn tagged(served: &Served) -> (PersonId, Vec<String>) {
    served.stock().await;
    let person = hanako::register(&served.town).await;
    let nurse = served.town.deed_of(Role::CenterStaff).await;
    let tag = tags::bind_next(served.town.db(), &nurse, person)
        .await
        .unwrap();
    let mut conn = served.town.db().read().await.unwrap();
    let found = tags::find(&mut conn, &nurse, tag).await.unwrap().unwrap();
    let number = found.number.shown();
    (person, number.split('-').map(str::to_owned).collect())
}

#[tokio::test(flavor = "multi_thread")]
async fn the_desk_needs_no_script() {
    let served = Served::start().await;
    let (_, groups) = tagged(&served).await;
    let browser = Browser::open(&served.address, Scripts::Off, "no-script").await;
    served.be(&browser, Role::NightDesk).await;
    browser.go("/desk").await;
    browser.keys("/").await;
    let focus = browser.run("return document.activeElement.id", &[]).await;
    assert_ne!(focus, "number-box", "scripts are on");
    let whom = Whom {
        groups,
        name: "南野 ハナコ",
        illness: "心房細動",
        first_contact: "南野 一郎",
    };
    tell(&browser, &served, &whom).await;
}
