//! 緊急連絡先, in calling order.

use jiff::civil::Date;
use maud::{Markup, html};

use super::Sheet;
use super::blocks::count;
use super::identity::phone_fields;
use crate::front::look::{
    Choice, Field, Kind, Problems, Weight, button, checks, field, fieldset, hidden, radios, select,
};
use crate::people::pages::typed::{Reader, Typed, plain};
use crate::people::rules::{
    Confirmed, Contact, Contacts, MOST_CONTACTS, Mail, MayBeTold, WANTED_CONTACTS, Way, one_line,
};

impl Sheet for Contacts {
    const BLOCKS: Option<(&'static str, usize)> = Some(("c", MOST_CONTACTS));

    fn fill(&self, typed: &mut Typed) {
        for (contact, at) in self.0.iter().zip(1..) {
            fill_one(contact, at, typed);
        }
        for at in self.0.len() + 1..=WANTED_CONTACTS {
            typed.put(format!("c{at}_was"), "");
        }
    }

    fn read(reader: &mut Reader<'_>, before: &Contacts, today: Date) -> Option<Contacts> {
        read(reader, before, today)
    }

    fn fields(typed: &Typed, problems: &Problems) -> Markup {
        let total = count(typed, "c").max(WANTED_CONTACTS);
        html! {
            p.hint { "上から順に電話します。2人以上をおすすめします。空の欄は登録されません。" }
            @for at in 1..=total { (block(at, total, typed, problems)) }
            @if total < MOST_CONTACTS {
                p { (button(Weight::Secondary, "連絡先の欄を増やす", "do", "add")) }
            }
        }
    }
}

fn fill_one(contact: &Contact, at: usize, typed: &mut Typed) {
    let mut put = |field: &str, value: &str| typed.put(format!("c{at}_{field}"), value);
    put("was", &at.to_string());
    put("name", &contact.name);
    put("relation", &contact.relation);
    put(
        "address",
        contact
            .address
            .as_ref()
            .map_or("", |address| address.as_written()),
    );
    put("told", contact.may_be_told.code());
    if let Some(mail) = &contact.mail {
        put("mail", &mail.address);
        put("agreed", if mail.agreed_on.is_some() { "yes" } else { "" });
    }
    for (phone, number) in contact.phones.iter().zip(1..) {
        put(&format!("phone{number}"), &phone.to_string());
    }
}

/// Every block that is filled. What a form can't say (when mail was agreed to, when it was proved)
/// stays with the contact the block was made from.
pub fn read(reader: &mut Reader<'_>, before: &Contacts, today: Date) -> Option<Contacts> {
    let mut contacts = Vec::new();
    for at in 1..=MOST_CONTACTS {
        if !is_blank(reader, at) {
            contacts.push(read_one(reader, at, before, today));
        }
    }
    contacts
        .into_iter()
        .collect::<Option<Vec<_>>>()
        .map(Contacts)
}

fn is_blank(reader: &Reader<'_>, at: usize) -> bool {
    let fields = [
        "name", "relation", "phone1", "phone2", "phone3", "address", "mail",
    ];
    let mut values = fields
        .iter()
        .map(|field| reader.get(&format!("c{at}_{field}")));
    values.all(|value| value.trim().is_empty())
}

fn read_one(reader: &mut Reader<'_>, at: usize, before: &Contacts, today: Date) -> Option<Contact> {
    let name = |field: &str| format!("c{at}_{field}");
    let was = reader.get(&name("was")).parse::<usize>().ok();
    let was = was.and_then(|was| before.0.get(was.checked_sub(1)?));
    let who = reader.must(&name("name"), named);
    let relation = reader.line(&name("relation"), 30);
    let phones = reader.phones(&name("phone"));
    if phones.is_empty() {
        let words = "電話番号を1つは入れてください。番号がわからない方は、緊急のときに呼べません。";
        if reader.problems.of(&name("phone1")).is_none() {
            reader.problems.add(name("phone1"), words);
        }
    }
    let address = reader.address(&name("address"));
    let may_be_told = reader.choice(&name("told"), MayBeTold::from_code);
    let mail = read_mail(reader, at, was, today);
    let way = Way::from_code(reader.get(&name("confirmed")));
    Some(Contact {
        name: who?,
        relation,
        phones,
        address,
        may_be_told: may_be_told?,
        mail,
        confirmed: way
            .map(|way| Confirmed {
                on: today,
                way,
                by: None,
            })
            .or(was.and_then(|was| was.confirmed)),
    })
}

fn named(text: &str) -> Result<String, String> {
    let name = one_line(text, 100).map_err(|problem| problem.to_string())?;
    match name.is_empty() {
        true => Err(
            "氏名を入れてください。名前のわからない方は「隣の家の方」のように入れられます。"
                .to_owned(),
        ),
        false => Ok(name),
    }
}

/// The mail address; a new address has to be agreed to and proved anew.
fn read_mail(
    reader: &mut Reader<'_>,
    at: usize,
    was: Option<&Contact>,
    today: Date,
) -> Option<Mail> {
    let address = reader.maybe(&format!("c{at}_mail"), Mail::read_address)?;
    let known = was.and_then(|was| was.mail.as_ref());
    let known = known.filter(|mail| mail.address == address);
    let agrees = reader.get(&format!("c{at}_agreed")) == "yes";
    Some(Mail {
        agreed_on: agrees.then(|| known.and_then(|mail| mail.agreed_on).unwrap_or(today)),
        proved_on: known.and_then(|mail| mail.proved_on),
        drills_on: known.and_then(|mail| mail.drills_on),
        address,
    })
}

fn block(at: usize, total: usize, typed: &Typed, problems: &Problems) -> Markup {
    let name = |field: &str| format!("c{at}_{field}");
    let (who, relation, address) = (name("name"), name("relation"), name("address"));
    fieldset(
        &format!("連絡先{at}"),
        html! {
            div.pair {
                (field(&plain(&who, "氏名", Kind::Text, typed, problems)))
                (field(&plain(&relation, "続柄", Kind::Short, typed, problems)))
            }
            (phone_fields(&name("phone"), "電話", typed, problems))
            (field(&plain(&address, "住所", Kind::Long, typed, problems)))
            (told_field(at, typed, problems))
            (mail_fields(at, typed, problems))
            (confirmed_field(at, typed, problems))
            (hidden(&name("was"), typed.get(&name("was"))))
            p.block-acts {
                @if at > 1 { (button(Weight::Quiet, &format!("連絡先{at}を1つ上へ"), "do", &format!("up-{at}"))) }
                @if total > 1 { (button(Weight::Quiet, &format!("連絡先{at}を消す"), "do", &format!("drop-{at}"))) }
            }
        },
    )
}

fn told_field(at: usize, typed: &Typed, problems: &Problems) -> Markup {
    let name = format!("c{at}_told");
    let mut told = plain(&name, "何を伝えてよいか", Kind::Text, typed, problems);
    if told.value.is_empty() {
        told.value = MayBeTold::CallOnly.code();
    }
    let choices: Vec<_> = MayBeTold::ALL
        .iter()
        .map(|one| Choice::new(one.code(), one.word()))
        .collect();
    radios(&told, &choices)
}

fn mail_fields(at: usize, typed: &Typed, problems: &Problems) -> Markup {
    let (mail, agreed) = (format!("c{at}_mail"), format!("c{at}_agreed"));
    let yes = Choice::new("yes", "メールでの連絡に同意をもらった");
    html! {
        (field(&plain(&mail, "メール", Kind::Email, typed, problems)))
        (checks(&plain(&agreed, "メールの同意", Kind::Text, typed, problems), &[yes], &[typed.get(&agreed)]))
    }
}

fn confirmed_field(at: usize, typed: &Typed, problems: &Problems) -> Markup {
    let name = format!("c{at}_confirmed");
    let mut choices = vec![Choice::new("", "今日は確認していない")];
    let labels: Vec<_> = Way::ALL
        .iter()
        .map(|way| format!("今日、{}で確認した", way.word()))
        .collect();
    choices.extend(
        Way::ALL
            .iter()
            .zip(&labels)
            .map(|(way, label)| Choice::new(way.code(), label)),
    );
    let shown = Field {
        hint: "この方に、連絡先になることと電話番号を確かめた日です。",
        ..plain(&name, "最終確認", Kind::Text, typed, problems)
    };
    select(&shown, &choices)
}
