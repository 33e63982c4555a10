//! What in a text would tell who somebody is: notes for strangers are held back for it, and words
//! that go from a stranger to a family lose it.

use words::address::{self, Address};
use words::kana::is_katakana;
use words::{kanji, spoken};

use super::coded::coded;
use super::contacts::Contacts;
use super::identity::Identity;

coded! {
    /// What a text tells.
    Telling {
        /// The person's name or its reading.
        Name "name" "ご本人のお名前",
        /// The name of a contact.
        Contact "contact" "緊急連絡先のお名前",
        /// Where the person or a contact lives.
        Address "address" "住所",
        /// A telephone number, anybody's.
        Phone "phone" "電話番号",
        /// A mail address, anybody's.
        Mail "mail" "メールアドレス",
    }
}

/// What the text tells of this person; empty where it may be read by anybody.
pub fn telling(text: &str, identity: &Identity, contacts: &Contacts) -> Vec<Telling> {
    let folded = kanji::fold(text);
    let own = [identity.name.family(), identity.name.given()];
    let readings = [&identity.family_kana, &identity.given_kana];
    let readings = readings
        .into_iter()
        .flatten()
        .map(|reading| reading.as_str());
    let mut found = Vec::new();
    if own
        .into_iter()
        .chain(readings)
        .any(|name| names(&folded, name))
    {
        found.push(Telling::Name);
    }
    if contacts.0.iter().any(|one| names_any(&folded, &one.name)) {
        found.push(Telling::Contact);
    }
    let homes = contacts.0.iter().map(|one| &one.address);
    let mut homes = homes.chain([&identity.address]).flatten();
    if homes.any(|home| leads_to(text, home)) {
        found.push(Telling::Address);
    }
    let veiled = without_numbers(text);
    if veiled.contains(NUMBER) {
        found.push(Telling::Phone);
    }
    if veiled.contains(ADDRESS) {
        found.push(Telling::Mail);
    }
    found
}

/// What follows a name that is spoken of.
const HONORIFICS: [&str; 8] = ["サン", "チャン", "サマ", "クン", "様", "君", "氏", "殿"];

/// Whether a folded text names somebody. A single kanji or two kana stand in other words too
/// （「森」「えみ」）, so they count with さん, 様 or the like behind them.
fn names(folded: &str, name: &str) -> bool {
    let name = kanji::fold(name);
    let length = name.chars().count();
    let long = if name.chars().all(is_katakana) { 3 } else { 2 };
    match length {
        0 => false,
        _ if length >= long => folded.contains(&name),
        _ => HONORIFICS
            .iter()
            .any(|honorific| folded.contains(&format!("{name}{honorific}"))),
    }
}

/// The same by the whole name or any of its parts.
fn names_any(folded: &str, name: &str) -> bool {
    names(folded, name) || name.split_whitespace().any(|part| names(folded, part))
}

/// Whether the text leads to a home: a block number, a house number or the building of it.
fn leads_to(text: &str, home: &Address) -> bool {
    let (text, shared) = (address::fold(text), home.shared_parts());
    let parts = home.search_parts();
    let mut telling = parts.iter().filter(|part| {
        let numbered = part.chars().any(|c| c.is_ascii_digit());
        numbered || !shared.contains(part) && part.chars().count() > 2
    });
    telling.any(|part| text.contains(part.as_str()))
}

/// What stands for a telephone number.
const NUMBER: &str = "（番号は伏せました）";
/// What stands for a mail address.
const ADDRESS: &str = "（メールアドレスは伏せました）";

/// The text without telephone numbers and mail addresses, for somebody who shall not learn them.
pub fn without_numbers(text: &str) -> String {
    let (mut out, mut from) = (String::new(), 0);
    for number in spoken::numbers(text) {
        out.push_str(&text[from..number.start]);
        out.push_str(NUMBER);
        from = number.end;
    }
    out.push_str(&text[from..]);
    without_mail(&out)
}

/// How people write an address that a program would notice.
const AT: [&str; 2] = ["アットマーク", "あっとまーく"];

fn without_mail(text: &str) -> String {
    let text = match AT.iter().find(|at| text.contains(**at)) {
        Some(at) => &without_host(text, at),
        None => text,
    };
    let is_mail = |c: char| c.is_ascii_graphic() || ('！'..='～').contains(&c);
    let mut out = String::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let length = rest.find(|c| is_mail(c) != is_mail(first));
        let (piece, after) = rest.split_at(length.unwrap_or(rest.len()));
        let at = piece.find(['@', '＠']);
        let inside = at.is_some_and(|at| at > 0 && piece[at..].chars().count() > 1);
        out.push_str(if inside { ADDRESS } else { piece });
        rest = after;
    }
    out
}

/// Without the words for the sign and what follows it up to a space.
fn without_host(text: &str, at: &str) -> String {
    let (mut out, mut pieces) = (String::new(), text.split(at));
    out.push_str(pieces.next().unwrap_or_default());
    for piece in pieces {
        let rest = piece.trim_start_matches([' ', '　']);
        let host = rest
            .find(|c: char| !c.is_ascii_graphic())
            .unwrap_or(rest.len());
        out.push_str(ADDRESS);
        out.push_str(&rest[host..]);
    }
    out
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used)]
    use words::date::PartialDate;
    use words::kana::Reading;
    use words::name::PersonName;

    use super::super::contacts::{Contact, MayBeTold};
    use super::super::identity::{Living, Sex};
    use super::*;

    fn hanako() -> (Identity, Contacts) {
        let identity = Identity {
            name: PersonName::new("森", "ハナコ").unwrap(),
            family_kana: Some(Reading::parse("モリ").unwrap()),
            given_kana: Some(Reading::parse("ハナコ").unwrap()),
            sex: Sex::Female,
            born: PartialDate::parse("昭和13年4月2日").unwrap(),
            postcode: None,
            address: Some(Address::parse("大田区大森北1-2-3 みなみ荘201").unwrap()),
            phones: Vec::new(),
            living: Living::Alone,
            old_number: None,
        };
        let contact = Contact {
            name: "南野 一郎".to_owned(),
            relation: "長男".to_owned(),
            phones: Vec::new(),
            address: None,
            may_be_told: MayBeTold::CallOnly,
            mail: None,
            confirmed: None,
        };
        (identity, Contacts(vec![contact]))
    }

    #[test]
    fn names_homes_and_numbers_are_noticed_however_they_are_written() {
        let (identity, contacts) = hanako();
        let told = |text: &str| telling(text, &identity, &contacts);
        assert_eq!(told("はなこと呼んでください"), [Telling::Name]);
        assert_eq!(told("森さんです"), [Telling::Name]);
        assert_eq!(told("ﾊﾅｺ"), [Telling::Name]);
        assert_eq!(told("息子の一郎に電話を"), [Telling::Contact]);
        assert_eq!(told("家は大森北１丁目２番３号"), [Telling::Address]);
        assert_eq!(told("みなみ荘に帰ります"), [Telling::Address]);
        assert_eq!(told("０９０－０１１１－２２２２へ"), [Telling::Phone]);
        assert_eq!(told("ichiro@example.jp"), [Telling::Mail]);
        for quiet in [
            "耳が遠いので、正面からゆっくり話してください。",
            "森の近くが好きです。さんぽの途中かもしれません。",
            "薬は1日3回、8:30と12時と18時。",
            "大森北のほうへ歩きます。",
        ] {
            assert_eq!(told(quiet), [], "{quiet}");
        }
    }

    #[test]
    fn numbers_and_addresses_do_not_pass() {
        let veiled = without_numbers("かけて 090-0111-2222 か a.b@example.jp まで。10分で行く");
        assert_eq!(
            veiled,
            "かけて（番号は伏せました）か （メールアドレスは伏せました） まで。10分で行く"
        );
        let spoken = without_numbers("番号は〇九〇の〇一一一の二二二二、三丁目の一番の家");
        assert_eq!(spoken, "番号は（番号は伏せました）、三丁目の一番の家");
        let mail = without_numbers("taro アットマーク example.jp に");
        assert_eq!(mail, "taro （メールアドレスは伏せました） に");
    }
}
