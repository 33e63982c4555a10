//! Whom to call, in order.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use words::address::Address;
use words::phone::Phone;

use super::coded::{coded, redacted};
use super::group::{Confirmed, Gap, Group, Item, Part};
use super::identity::{phone_items, written};
use super::text::one_line;

coded! {
    /// 何を伝えてよいか: what a contact may be told.
    MayBeTold {
        /// 連絡のみ: only that they should call the center.
        CallOnly "call_only" "連絡のみ",
        /// 居場所と状態: where the person is and how.
        WhereAndHow "where_and_how" "居場所と状態",
        /// 医療も: medical things too.
        Medical "medical" "医療のことも",
    }
}

/// An address that mail may be sent to.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mail {
    /// `name@example.jp`
    pub address: String,
    /// The day on which the contact agreed to be told by mail; without it nothing is sent.
    #[serde(default)]
    pub agreed_on: Option<Date>,
    /// The day on which the address proved to be theirs.
    #[serde(default)]
    pub proved_on: Option<Date>,
    /// The day on which the contact agreed to take part in drills; without it no drill reaches them.
    #[serde(default)]
    pub drills_on: Option<Date>,
}

impl Mail {
    /// Whether what finders say may go there: agreed to, and proved to be theirs.
    pub fn takes_messages(&self) -> bool {
        self.agreed_on.is_some() && self.proved_on.is_some()
    }
}

/// 緊急連絡先: somebody to call.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contact {
    /// As written; a company or a home is possible too.
    pub name: String,
    /// 続柄: 長男, 大家, 友人 …
    #[serde(default)]
    pub relation: String,
    /// In the order to try.
    #[serde(default)]
    pub phones: Vec<Phone>,
    /// Where they live, as written.
    #[serde(default)]
    pub address: Option<Address>,
    /// What they may be told.
    pub may_be_told: MayBeTold,
    /// Where to write to.
    #[serde(default)]
    pub mail: Option<Mail>,
    /// When they last confirmed that they can be called.
    #[serde(default)]
    pub confirmed: Option<Confirmed>,
}

/// Contacts in calling order.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contacts(pub Vec<Contact>);

redacted!(Mail, Contact, Contacts);

/// So many a record may hold; the desk reads them aloud.
pub const MOST_CONTACTS: usize = 8;

/// So many there should be: one alone may not be reached.
pub const WANTED_CONTACTS: usize = 2;

impl Mail {
    /// One `@` with something on both sides and a dot behind: the proof by mail decides the rest.
    pub fn read_address(text: &str) -> Result<String, String> {
        let text = one_line(text, 254).map_err(|problem| problem.to_string())?;
        let good = text.split_once('@').is_some_and(|(user, host)| {
            let plain = text
                .chars()
                .all(|c| c.is_ascii_graphic() && !"<>(),;:\\\"[]".contains(c));
            plain
                && !user.is_empty()
                && host.contains('.')
                && !host.starts_with('.')
                && !host.contains('@')
        });
        match good {
            true => Ok(text),
            false => Err(
                "メールアドレスの形になっていません。name@example.jp のように半角で入れてください。"
                    .to_owned(),
            ),
        }
    }
}

impl Part for Contacts {
    const GROUP: Group = Group::Contacts;

    fn items(&self) -> Vec<Item> {
        let numbered = self.0.iter().zip(1..);
        numbered
            .flat_map(|(contact, at)| contact.items(at))
            .collect()
    }

    fn gap(&self) -> Gap {
        match self.0.is_empty() {
            true => Gap::Empty,
            false => Gap::Nothing,
        }
    }
}

fn on(day: Option<Date>) -> String {
    day.map(|day| day.to_string()).unwrap_or_default()
}

impl Contact {
    /// The contact's lines, each with its place in the calling order.
    pub fn items(&self, at: usize) -> Vec<Item> {
        let mail = self.mail.as_ref();
        let agreed = mail.and_then(|mail| mail.agreed_on);
        let label = |what: &str| format!("連絡先{at} {what}");
        let mut items = vec![
            Item::new(label("氏名"), &self.name),
            Item::new(label("続柄"), &self.relation),
            Item::new(label("住所"), written(&self.address)),
            Item::new(label("伝えてよいこと"), self.may_be_told.word()),
            Item::new(label("メール"), mail.map_or("", |mail| &mail.address)),
            Item::new(label("メールの同意"), on(agreed)),
            Item::new(
                label("メールの確認"),
                on(mail.and_then(|mail| mail.proved_on)),
            ),
            Item::new(
                label("訓練への参加"),
                on(mail.and_then(|mail| mail.drills_on)),
            ),
        ];
        items.extend(phone_items(&label("電話"), &self.phones));
        items.extend(self.confirmed.map(|confirmed| {
            let words = format!("{} {}", confirmed.on, confirmed.way.word());
            Item::new(label("最終確認"), words)
        }));
        items
    }
}
