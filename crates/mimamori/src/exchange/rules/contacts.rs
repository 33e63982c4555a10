//! 緊急連絡先, in calling order.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use words::address::Address;
use words::phone::Phone;

use super::identity::phones;
use super::{ConfirmedJson, Plain, Reader};
use crate::people::{Confirmed, Contact, Contacts, MOST_CONTACTS, Mail, MayBeTold};

/// Whom to call.
#[derive(Serialize, Deserialize)]
#[serde(transparent)]
pub struct ContactsJson(Vec<ContactJson>);

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct ContactJson {
    name: String,
    #[serde(default)]
    relation: String,
    #[serde(default)]
    phones: Vec<String>,
    #[serde(default)]
    address: Option<String>,
    may_be_told: MayBeTold,
    #[serde(default)]
    mail: Option<MailJson>,
    #[serde(default)]
    confirmed: Option<ConfirmedJson>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct MailJson {
    address: String,
    #[serde(default)]
    agreed_on: Option<Date>,
    /// Shown only: whether the address was proved is not another program's to say.
    #[serde(default)]
    proved_on: Option<Date>,
}

impl Plain for ContactsJson {
    type Part = Contacts;

    fn of(part: &Contacts) -> ContactsJson {
        ContactsJson(part.0.iter().map(shown).collect())
    }

    fn read(self, before: &Contacts, reader: &mut Reader) -> Option<Contacts> {
        if self.0.len() > MOST_CONTACTS {
            reader.note("", format!("緊急連絡先は{MOST_CONTACTS}人までです。"));
            return None;
        }
        let all = reader.each(self.0, |reader, one, at| {
            reader.within(at, |reader| one.take(before, reader))
        });
        all.map(Contacts)
    }
}

fn shown(one: &Contact) -> ContactJson {
    ContactJson {
        name: one.name.clone(),
        relation: one.relation.clone(),
        phones: one.phones.iter().map(Phone::to_string).collect(),
        address: one.address.as_ref().map(|of| of.as_written().to_owned()),
        may_be_told: one.may_be_told,
        mail: one.mail.as_ref().map(|mail| MailJson {
            address: mail.address.clone(),
            agreed_on: mail.agreed_on,
            proved_on: mail.proved_on,
        }),
        confirmed: one.confirmed.map(ConfirmedJson::of),
    }
}

impl ContactJson {
    fn take(self, before: &Contacts, reader: &mut Reader) -> Option<Contact> {
        let name = reader.line("name", Some(&self.name), 100)?;
        if name.is_empty() {
            let words = "氏名を入れてください。わからない方は「隣の家の方」のように入れられます。";
            reader.note("name", words);
        }
        let relation = reader.line("relation", Some(&self.relation), 30);
        if self.phones.is_empty() {
            reader.note("phones", "電話番号を1つは入れてください。");
        }
        let phones = phones(reader, "phones", self.phones);
        let address = reader.maybe("address", self.address.as_deref(), Address::parse);
        let was = before.0.iter().find(|one| one.name == name);
        let mail = match self.mail {
            Some(mail) => mail.take(was, reader).map(Some),
            None => Some(None),
        };
        Some(Contact {
            name,
            relation: relation?,
            phones: phones?,
            address: address?,
            may_be_told: self.may_be_told,
            mail: mail?,
            confirmed: self.confirmed.map(|new| confirmed(new, was)),
        })
    }
}

/// The same confirmation as before keeps who confirmed it.
fn confirmed(new: ConfirmedJson, was: Option<&Contact>) -> Confirmed {
    let was = was.and_then(|one| one.confirmed);
    let same = was.filter(|of| (of.on, of.way) == (new.on, new.way));
    same.unwrap_or(Confirmed {
        on: new.on,
        way: new.way,
        by: None,
    })
}

impl MailJson {
    fn take(self, was: Option<&Contact>, reader: &mut Reader) -> Option<Mail> {
        let address = Mail::read_address(&self.address);
        let address = reader.within("mail", |reader| reader.take("address", address))?;
        let known = was.and_then(|one| one.mail.as_ref());
        let known = known.filter(|mail| mail.address == address);
        Some(Mail {
            agreed_on: self.agreed_on,
            proved_on: known.and_then(|mail| mail.proved_on),
            drills_on: known.and_then(|mail| mail.drills_on),
            address,
        })
    }
}
