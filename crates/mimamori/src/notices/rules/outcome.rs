//! What who told hears of the outcome, and what must not stand in it.

use unicode_normalization::UnicodeNormalization;
use words::address;

use super::notice::{Ending, Notice};
use super::place::house_of;
use crate::networks::Text;
use crate::people::{Person, telling};

/// The town's text for an ending, in Japanese.
pub const fn text_of(ending: Ending) -> Text {
    match ending {
        Ending::Safe => Text::NoticeSafe,
        Ending::Watch => Text::NoticeWatch,
        Ending::Case => Text::NoticeCase,
        Ending::Other => Text::NoticeOther,
        Ending::Mistaken => Text::NoticeMistaken,
    }
}

/// The same for who told it in easy Japanese or in English; nothing where the town's text is theirs.
pub fn prepared(ending: Ending, language: &str) -> Option<&'static str> {
    match (language, ending) {
        ("ja-simple", Ending::Safe) => Some(
            "教えてくれて ありがとうございました。町の 人が 見に 行きました。だいじょうぶでした。",
        ),
        ("ja-simple", Ending::Mistaken) => Some(
            "教えてくれて ありがとうございました。しらべました。心配なことは ありませんでした。",
        ),
        ("ja-simple", _) => Some(
            "教えてくれて ありがとうございました。町の 人が しらべました。これからも 町の 人が 見ています。",
        ),
        ("en", Ending::Safe) => {
            Some("Thank you for telling us. We have looked into it, and all is well.")
        }
        ("en", Ending::Mistaken) => Some(
            "Thank you for telling us. We have looked into it and found nothing to worry about.",
        ),
        ("en", _) => {
            Some("Thank you for telling us. We have looked into it and will go on from here.")
        }
        _ => None,
    }
}

/// What the text tells of the person, or of the place and the people that were told of; empty where it
/// may go out. A person who is not registered can't be compared with: only their house and what the
/// teller wrote of them.
pub fn tells(text: &str, notice: &Notice, person: Option<&Person>) -> Vec<&'static str> {
    let plain: String = text.nfkc().filter(|c| !c.is_whitespace()).collect();
    let mut found = Vec::new();
    if let Some(person) = person {
        let of = telling(text, &person.identity.value, &person.contacts.value);
        found.extend(of.into_iter().map(|one| one.word()));
        let groups = [
            ("生年月日・年齢", births(person)),
            ("医療機関・医師・病名・薬", health(person)),
            ("介護の情報", care(person)),
        ];
        for (word, parts) in groups {
            if parts.iter().any(|part| plain.contains(part.as_str())) {
                found.push(word);
            }
        }
    }
    let house = house_of(&notice.words.place);
    let place: String = notice
        .words
        .place
        .nfkc()
        .filter(|c| !c.is_whitespace())
        .collect();
    let named = house.is_some_and(|house| address::fold(text).contains(&house))
        || place.chars().count() >= 4 && plain.contains(&place);
    if named {
        found.push("気づきの場所");
    }
    if pieces(&notice.words.about)
        .iter()
        .any(|piece| plain.contains(piece.as_str()))
    {
        found.push("お聞きした方のこと");
    }
    if crate::people::without_numbers(text) != text {
        found.push("電話番号・メールアドレス");
    }
    found.sort_unstable();
    found.dedup();
    found
}

/// The birth date in the ways it is written, and the age.
fn births(person: &Person) -> Vec<String> {
    let both: String = person.identity.value.born.both().nfkc().collect();
    let parts = both.split(['(', ')', '年', '・']).map(str::to_owned);
    let mut parts: Vec<String> = parts.filter(|part| part.chars().count() > 2).collect();
    if let Some(day) = person.identity.value.born.full() {
        parts.push(format!("{}月{}日", day.month(), day.day()));
        parts.push(format!("{}/{}/{}", day.year(), day.month(), day.day()));
        parts.push(day.to_string());
    }
    parts
}

fn health(person: &Person) -> Vec<String> {
    let medical = &person.medical.value;
    let mut all = String::new();
    for clinic in &medical.clinics {
        all.push_str(&format!("{}\n{}\n", clinic.institution, clinic.doctor));
    }
    for known in [&medical.illnesses, &medical.drugs, &medical.allergies] {
        all.push_str(&format!("{}\n", known.words()));
    }
    pieces(&all)
}

fn care(person: &Person) -> Vec<String> {
    let care = &person.care.value;
    pieces(&format!("{}\n{}", care.manager_name, care.manager_office))
}

/// Pieces of at least two signs between marks; of kana alone at least three, since shorter ones stand
/// in any sentence.
fn pieces(text: &str) -> Vec<String> {
    const EVERYDAY: [&str; 6] = [
        "なし",
        "不明",
        "未確認",
        "特になし",
        "おばあさん",
        "おじいさん",
    ];
    let text: String = text.nfkc().collect();
    let parts = text.split(|c: char| c.is_whitespace() || "、。,・/()「」:;".contains(c));
    parts
        .map(|part| part.trim_end_matches("さん").trim_end_matches('様'))
        .filter(|part| {
            let kana = part.chars().all(|c| ('ぁ'..='ヿ').contains(&c));
            part.chars().count() >= if kana { 3 } else { 2 } && !EVERYDAY.contains(part)
        })
        .map(str::to_owned)
        .collect()
}
