//! What is compared of somebody: folded once, compared with many.

use words::address::Address;
use words::date::PartialDate;
use words::kana::Reading;
use words::kanji::fold;
use words::phone::Phone;

use crate::people::rules::{Contacts, Identity, Sex, redacted};

/// Half a name.
#[derive(Clone, Default)]
pub(super) struct Half {
    /// As written, without spaces.
    pub written: String,
    /// Without 異体字.
    pub folded: String,
    /// The reading; a half written in kana is its own.
    pub kana: String,
}

/// What is compared of an address.
#[derive(Clone)]
pub(super) struct Home {
    pub key: String,
    pub town: String,
    pub blocks: Vec<String>,
}

/// A contact: the folded name, and every phone.
#[derive(Clone)]
pub(super) struct Near {
    pub name: String,
    pub phones: Vec<String>,
}

/// One of two records to be compared.
#[derive(Clone)]
pub struct Side {
    pub(super) family: Half,
    /// Empty where the name could not be parted; `family` then holds all of it.
    pub(super) given: Half,
    pub(super) sex: Option<Sex>,
    pub(super) born: PartialDate,
    pub(super) home: Option<Home>,
    pub(super) phones: Vec<String>,
    pub(super) contacts: Vec<Near>,
    pub(super) number: String,
}

redacted!(Side);

/// What somebody is called, parted or not.
#[derive(Clone, Copy)]
pub enum Called<'a> {
    /// Family and given name, each with its reading.
    Parted([(&'a str, Option<&'a Reading>); 2]),
    /// In one piece.
    Whole(&'a str, Option<&'a Reading>),
}

impl Side {
    /// What has to be known to compare anybody; the rest is added.
    pub fn new(called: Called<'_>, born: PartialDate) -> Side {
        let (family, given) = match called {
            Called::Parted([family, given]) => (half(family), half(given)),
            Called::Whole(name, kana) => (half((name, kana)), Half::default()),
        };
        Side {
            family,
            given,
            sex: None,
            born,
            home: None,
            phones: Vec::new(),
            contacts: Vec::new(),
            number: String::new(),
        }
    }

    /// Of a record.
    pub fn of(identity: &Identity, contacts: &Contacts) -> Side {
        let name = &identity.name;
        let called = Called::Parted([
            (name.family(), identity.family_kana.as_ref()),
            (name.given(), identity.given_kana.as_ref()),
        ]);
        let contacts = contacts.0.iter();
        Side::new(called, identity.born)
            .with_sex(Some(identity.sex))
            .with_home(identity.address.as_ref())
            .with_phones(&identity.phones)
            .with_contacts(contacts.map(|one| (&*one.name, &*one.phones)))
            .with_number(identity.old_number.as_deref().unwrap_or_default())
    }

    /// Adds the sex, where it was answered as one of two.
    #[must_use]
    pub fn with_sex(mut self, sex: Option<Sex>) -> Side {
        self.sex = sex.filter(|sex| matches!(sex, Sex::Female | Sex::Male));
        self
    }

    /// Adds the address.
    #[must_use]
    pub fn with_home(mut self, address: Option<&Address>) -> Side {
        self.home = address.map(|address| {
            let (town, blocks) = address.town_and_blocks();
            Home {
                key: fold(&address.key()),
                town: fold(&town),
                blocks,
            }
        });
        self
    }

    /// Adds the person's own phones.
    #[must_use]
    pub fn with_phones(mut self, phones: &[Phone]) -> Side {
        self.phones = phones.iter().map(Phone::digits).collect();
        self
    }

    /// Adds whom to call, by name and phones.
    #[must_use]
    pub fn with_contacts<'a>(
        mut self,
        contacts: impl Iterator<Item = (&'a str, &'a [Phone])>,
    ) -> Side {
        let near = contacts.map(|(name, phones)| Near {
            name: fold(name),
            phones: phones.iter().map(Phone::digits).collect(),
        });
        self.contacts = near.collect();
        self
    }

    /// Adds the number of a roster, without what spreadsheets drop or widen.
    #[must_use]
    pub fn with_number(mut self, number: &str) -> Side {
        self.number = fold(number).trim_start_matches('0').to_owned();
        self
    }

    /// Name and reading without a gap, folded.
    pub(super) fn whole(&self) -> (String, String) {
        let kana = match self.given.kana.is_empty() && !self.given.written.is_empty() {
            true => String::new(),
            false => format!("{}{}", self.family.kana, self.given.kana),
        };
        (format!("{}{}", self.family.folded, self.given.folded), kana)
    }
}

fn half((written, kana): (&str, Option<&Reading>)) -> Half {
    let own = || Reading::parse(written).ok();
    let kana = kana.cloned().or_else(own);
    Half {
        written: written.chars().filter(|c| !c.is_whitespace()).collect(),
        folded: fold(written),
        kana: kana.map_or(String::new(), |kana| kana.as_str().replace('・', "")),
    }
}
