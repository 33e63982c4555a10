//! The form of what is known of a supporter.

use jiff::civil::Date;
use maud::{Markup, html};
use words::date::PartialDate;
use words::phone::Phone;

use crate::front::look::{self, Choice, Field, Kind, Problems};
use crate::people::{Mail, one_line, paragraph};
use crate::station::courses::{Role, Typed, text};
use crate::station::supporters::rules::{Details, MOST_LINE, MOST_NAME, MOST_WORDS, Reach};

/// What somebody can do at a course; the professionals on watch are no supporters.
const CAN: [Role; 6] = [
    Role::Teacher,
    Role::Helper,
    Role::Cook,
    Role::Reception,
    Role::SetUp,
    Role::Clearing,
];

/// The form as it stands.
pub fn typed_from(details: &Details, version: i64) -> Typed {
    let mut typed = Typed::default();
    let phone = details.phone.as_ref().map(ToString::to_string);
    let born = details.born.map(|year| year.to_string());
    for (name, value) in [
        ("version", &version.to_string()),
        ("name", &details.name),
        ("kana", &details.kana),
        ("phone", &phone.unwrap_or_default()),
        ("mail", &details.mail),
        ("reach_words", &details.reach_words),
        ("born", &born.unwrap_or_default()),
        ("likes", &details.likes),
        ("can_words", &details.can_words),
        (
            "name_on_card",
            &String::from(if details.name_on_card { "yes" } else { "" }),
        ),
        ("note", &details.note),
    ] {
        typed.put(name, value);
    }
    for way in &details.reach {
        typed.put("reach", way.code());
    }
    for role in &details.can {
        typed.put("can", role.code());
    }
    typed
}

/// The fields.
pub fn fields(typed: &Typed, problems: &Problems) -> Markup {
    let field = |name, label| text(typed, problems, name, label);
    let ways: Vec<Choice<'_>> = Reach::ALL
        .iter()
        .map(|way| Choice::new(way.code(), way.word()))
        .collect();
    let roles = CAN.map(|role| Choice::new(role.code(), role.word()));
    html! {
        (look::fieldset("お名前と連絡先", html! {
            div.pair {
                (look::field(&Field { required: true, ..field("name", "名前") }))
                (look::field(&Field { hint: "名簿はこの順に並びます。", ..field("kana", "よみ") }))
            }
            (look::field(&Field { kind: Kind::Tel, ..field("phone", "電話") }))
            (look::field(&Field { kind: Kind::Email, ..field("mail", "メールアドレス") }))
            (look::checks(&field("reach", "連絡のしかた"), &ways, &typed.all("reach")))
            (look::field(&Field { kind: Kind::Long, hint: "例：夜は出られない。長女の携帯へ", ..field("reach_words", "連絡するときのこと") }))
            (look::field(&Field { kind: Kind::Short, hint: "言いたくない方は空けておきます。例：昭和20", ..field("born", "生まれた年") }))
        }))
        (look::fieldset("好きなこと・できること", html! {
            (look::field(&Field { kind: Kind::Textarea, hint: "例：歌、花の世話、人と話すこと", ..field("likes", "好きなこと") }))
            (look::checks(&field("can", "できること"), &roles, &typed.all("can")))
            (look::field(&Field { kind: Kind::Long, hint: "例：魚をさばける。土曜だけ", ..field("can_words", "できることのくわしい内容") }))
        }))
        (look::checks(&Field { hint: "カードを拾った人に、名前がわかります。ふだんはのせません。", ..field("name_on_card", "カードの名前") }, &[Choice::new("yes", "カードに名前をのせる（ご本人の希望）")], &typed.all("name_on_card")))
        (look::field(&Field { kind: Kind::Textarea, hint: "ご本人が読んでも困らないように書いてください。", ..field("note", "職員どうしのメモ") }))
    }
}

/// Reads the form; nothing where `problems` says why.
pub fn read(typed: &Typed, today: Date, problems: &mut Problems) -> Option<Details> {
    let name = line(typed, "name", MOST_NAME, problems);
    if name.is_empty() && problems.of("name").is_none() {
        problems.add("name", "名前を入れてください。");
    }
    let kana = words::kana::to_katakana(&line(typed, "kana", MOST_NAME, problems));
    let details = Details {
        name,
        kana,
        phone: phone(typed, problems),
        mail: mail(typed, problems),
        reach: coded(&typed.all("reach"), Reach::from_code),
        reach_words: line(typed, "reach_words", MOST_LINE, problems),
        born: born(typed, today, problems),
        likes: words(typed, "likes", problems),
        can: coded(&typed.all("can"), Role::from_code),
        can_words: line(typed, "can_words", MOST_LINE, problems),
        name_on_card: typed.of("name_on_card") == "yes",
        note: words(typed, "note", problems),
    };
    problems.is_empty().then_some(details)
}

fn coded<T: Copy + PartialEq>(codes: &[&str], read: impl Fn(&str) -> Option<T>) -> Vec<T> {
    let mut all: Vec<T> = Vec::new();
    for one in codes.iter().filter_map(|code| read(code)) {
        if !all.contains(&one) {
            all.push(one);
        }
    }
    all
}

fn line(typed: &Typed, name: &str, most: usize, problems: &mut Problems) -> String {
    typed.line(name, most, problems)
}

fn words(typed: &Typed, name: &str, problems: &mut Problems) -> String {
    paragraph(typed.of(name), MOST_WORDS).unwrap_or_else(|bad| {
        problems.add(name, bad.to_string());
        String::new()
    })
}

fn phone(typed: &Typed, problems: &mut Problems) -> Option<Phone> {
    let of = one_line(typed.of("phone"), MOST_LINE).ok()?;
    if of.is_empty() {
        return None;
    }
    Phone::parse(&of)
        .map_err(|problem| problems.add("phone", problem.to_string()))
        .ok()
}

fn mail(typed: &Typed, problems: &mut Problems) -> String {
    match typed.of("mail") {
        "" => String::new(),
        of => Mail::read_address(of).unwrap_or_else(|problem| {
            problems.add("mail", problem);
            String::new()
        }),
    }
}

fn born(typed: &Typed, today: Date, problems: &mut Problems) -> Option<i16> {
    let of = typed.of("born");
    if of.is_empty() {
        return None;
    }
    match PartialDate::parse(of) {
        Ok(date) if date.year() <= today.year() && date.year() > today.year() - 120 => {
            Some(date.year())
        }
        Ok(_) => {
            problems.add("born", "生まれた年を確かめてください。例：昭和20、1945");
            None
        }
        Err(problem) => {
            problems.add("born", problem.to_string());
            None
        }
    }
}
