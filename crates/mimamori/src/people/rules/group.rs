//! A record is made of groups: each is sealed, versioned and confirmed by itself, so that
//! opening one never opens another.

use jiff::civil::Date;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::coded::{coded, redacted};
use crate::audit::Fields;
use crate::ids::StaffId;

coded! {
    /// A group of fields.
    Group {
        /// Name, sex, birth date, address, phones, living situation.
        Identity "identity" "基本情報",
        /// Emergency contacts in calling order.
        Contacts "contacts" "緊急連絡先",
        /// Clinics, illnesses, drugs, allergies.
        Medical "medical" "医療情報",
        /// Certification, care manager, the center's notes.
        Care "care" "介護・センターの記録",
        /// What a finder should know.
        Finder "finder" "発見時の注意",
        /// What may be told, by tier.
        Consent "consent" "同意",
    }
}

impl Group {
    /// The group as audit lines name it.
    pub const fn fields(self) -> Fields {
        match self {
            Group::Identity => Fields::IDENTITY,
            Group::Contacts => Fields::CONTACTS,
            Group::Medical => Fields::MEDICAL,
            Group::Care => Fields::CARE,
            Group::Finder => Fields::FINDER,
            Group::Consent => Fields::CONSENT,
        }
    }

    /// Every group together.
    pub fn all_fields() -> Fields {
        let all = Group::ALL.iter();
        all.fold(Fields::NOTHING, |sum, group| sum.and(group.fields()))
    }
}

coded! {
    /// How something was confirmed with the person or the family.
    Way {
        /// Face to face.
        InPerson "in_person" "対面",
        /// By telephone.
        Phone "phone" "電話",
        /// By letter.
        Post "post" "郵便",
        /// Face to face, at the person's home.
        Visit "visit" "訪問",
    }
}

/// When and how a group or a contact was last confirmed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Confirmed {
    /// The day.
    pub on: Date,
    /// How.
    pub way: Way,
    /// Who confirmed it, where known.
    #[serde(default)]
    pub by: Option<StaffId>,
}

/// After so many days a confirmation counts as old: the yearly renewal and two months of grace.
pub const STALE_AFTER_DAYS: i32 = 425;

impl Confirmed {
    /// 「14か月前に電話で確認」, 「今日、対面で確認」.
    pub fn words(&self, today: Date) -> String {
        let joint = match (today - self.on).get_days() {
            0 | 1 => "、",
            _ => "に",
        };
        let ago = words::date::ago_words(self.on, today);
        format!("{ago}{joint}{}で確認", self.way.word())
    }

    /// Whether it should be asked again.
    pub fn is_stale(&self, today: Date) -> bool {
        (today - self.on).get_days() > STALE_AFTER_DAYS
    }
}

/// One line of a group as people read it; an empty text is an empty field.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Item {
    /// 「住所」
    pub label: String,
    /// The value in words.
    pub text: String,
}

impl Item {
    /// A line.
    pub fn new(label: impl Into<String>, text: impl Into<String>) -> Item {
        Item {
            label: label.into(),
            text: text.into(),
        }
    }
}

/// Whether a group is something that can have stayed as it was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Gap {
    /// Everything in it was said once.
    Nothing,
    /// Nothing stands in it: that there is none has to be said.
    Empty,
    /// These lines were never asked.
    Unasked(Vec<&'static str>),
}

impl Gap {
    /// Of the lines that were never asked.
    pub fn of(unasked: Vec<&'static str>) -> Gap {
        match unasked.is_empty() {
            true => Gap::Nothing,
            false => Gap::Unasked(unasked),
        }
    }
}

/// What somebody said when a group was gone through without a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Heard {
    /// It is as it stands.
    Unchanged,
    /// There is none, of a group in which nothing stands.
    Nothing,
}

impl Heard {
    /// Whether these words answer such a group: what was never asked is no "unchanged".
    pub fn answers(self, gap: &Gap) -> bool {
        match self {
            Heard::Unchanged => *gap == Gap::Nothing,
            Heard::Nothing => *gap == Gap::Empty,
        }
    }
}

/// What is sealed as one group.
pub trait Part: Clone + PartialEq + Serialize + DeserializeOwned + Send + Sync + 'static {
    /// Which group it is.
    const GROUP: Group;

    /// The group line by line: for the page, for what changed, and for comparing two versions.
    fn items(&self) -> Vec<Item>;

    /// Whether there is anything that can have stayed as it was.
    fn gap(&self) -> Gap {
        Gap::Nothing
    }

    /// The group as it stands once somebody has gone through it with the person or the family.
    #[must_use]
    fn confirmed(self) -> Self {
        self
    }
}

/// A group as it is kept.
#[derive(Clone, PartialEq, Eq)]
pub struct Kept<P> {
    /// The fields.
    pub value: P,
    /// Counts the saves; saving over another version is refused.
    pub version: i64,
    /// When it was last confirmed.
    pub confirmed: Option<Confirmed>,
}

/// One field before and after.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Difference {
    /// The field's label.
    pub field: String,
    /// Before.
    pub from: String,
    /// After.
    pub to: String,
}

redacted!(Item, Difference);

/// Every line that differs, in the order of the new version, then what is gone.
pub fn differences(from: &[Item], to: &[Item]) -> Vec<Difference> {
    let changed = to.iter().filter_map(|item| {
        let before = text_of(from, &item.label);
        difference(&item.label, before, &item.text)
    });
    let gone = from
        .iter()
        .filter(|item| to.iter().all(|other| other.label != item.label))
        .filter_map(|item| difference(&item.label, &item.text, ""));
    changed.chain(gone).collect()
}

fn text_of<'a>(items: &'a [Item], label: &str) -> &'a str {
    let found = items.iter().find(|item| item.label == label);
    found.map_or("", |item| &item.text)
}

fn difference(field: &str, from: &str, to: &str) -> Option<Difference> {
    (from != to).then(|| Difference {
        field: field.to_owned(),
        from: from.to_owned(),
        to: to.to_owned(),
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used)]
    use jiff::civil::date;

    use super::*;

    #[test]
    fn what_changed_came_and_went_is_told() {
        let from = [
            Item::new("氏", "南野"),
            Item::new("名", "花子"),
            Item::new("電話2", "03-0123-4567"),
        ];
        let to = [
            Item::new("氏", "南野"),
            Item::new("名", "ハナコ"),
            Item::new("電話1", "090-0123-4567"),
        ];
        let told = differences(&from, &to);
        let fields: Vec<&str> = told.iter().map(|one| &*one.field).collect();
        assert_eq!(fields, ["名", "電話1", "電話2"]);
        assert_eq!((&*told[0].from, &*told[0].to), ("花子", "ハナコ"));
        assert_eq!((&*told[2].from, &*told[2].to), ("03-0123-4567", ""));
    }

    #[test]
    fn a_confirmation_says_when_and_how_and_grows_old() {
        let confirmed = Confirmed {
            on: date(2025, 9, 10),
            way: Way::Phone,
            by: None,
        };
        assert_eq!(confirmed.words(date(2026, 11, 22)), "14か月前に電話で確認");
        assert_eq!(confirmed.words(date(2025, 9, 10)), "今日、電話で確認");
        assert!(confirmed.is_stale(date(2026, 11, 22)));
        assert!(!confirmed.is_stale(date(2026, 11, 1)));
    }

    #[test]
    fn codes_come_back() {
        for group in Group::ALL {
            assert_eq!(Group::from_code(group.code()), Some(*group));
        }
        assert!(!format!("{:?}", Item::new("氏", "南野")).contains('南'));
    }
}
