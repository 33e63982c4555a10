//! What who told hears of the outcome, and what must not stand in it.

use jiff::civil::Date;
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
pub fn tells(
    text: &str,
    notice: &Notice,
    person: Option<&Person>,
    today: Date,
) -> Vec<&'static str> {
    let plain: String = text.nfkc().filter(|c| !c.is_whitespace()).collect();
    let mut found = Vec::new();
    if let Some(person) = person {
        let of = telling(text, &person.identity.value, &person.contacts.value);
        found.extend(of.into_iter().map(|one| one.word()));
        let groups = [
            ("生年月日・年齢", births(person, today)),
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
fn births(person: &Person, today: Date) -> Vec<String> {
    let both: String = person.identity.value.born.both().nfkc().collect();
    let parts = both.split(['(', ')', '年', '・']).map(str::to_owned);
    let mut parts: Vec<String> = parts.filter(|part| part.chars().count() > 2).collect();
    if let Some(day) = person.identity.value.born.full() {
        parts.push(format!("{}月{}日", day.month(), day.day()));
        parts.push(format!("{}/{}/{}", day.year(), day.month(), day.day()));
        parts.push(day.to_string());
    }
    parts.extend(ages(person.identity.value.born.age_on(today).years()));
    parts
}

/// An age as it is said and written: 「84歳」「八十四才」「80代」「八十歳代」. A year more or less is said as
/// often: 数え年, or before a birthday.
fn ages(years: i16) -> Vec<String> {
    let about = [years - 1, years, years + 1];
    let whole = about
        .into_iter()
        .flat_map(|years| said_years(years).map(|age| [age.clone() + "歳", age + "才"]));
    let decade = about.into_iter().flat_map(|years| {
        said_years(years / 10 * 10).map(|age| [age.clone() + "代", age + "歳代"])
    });
    whole.chain(decade).flatten().collect()
}

fn said_years(years: i16) -> [String; 2] {
    const DIGITS: [&str; 10] = ["", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
    let digit = |at: i16| usize::try_from(at % 10).map_or("", |at| DIGITS[at]);
    let of = |count: i16, unit: &str| match count {
        0 => String::new(),
        1 => unit.to_owned(),
        more => format!("{}{unit}", digit(more)),
    };
    let kanji = of(years / 100, "百") + &of(years / 10 % 10, "十") + digit(years);
    [years.to_string(), kanji]
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_age_is_known_however_it_is_written() {
        let all = ages(84);
        for age in [
            "84歳",
            "84才",
            "八十四歳",
            "83歳",
            "85歳",
            "80代",
            "八十代",
            "80歳代",
        ] {
            assert!(all.iter().any(|one| one == age), "{age}");
        }
        assert!(ages(80).contains(&"70代".to_owned()), "79 by another count");
        assert!(ages(100).contains(&"百歳".to_owned()));
        assert!(
            !all.iter()
                .any(|age| age == "81歳" || age == "歳" || age == "代")
        );
    }
}
