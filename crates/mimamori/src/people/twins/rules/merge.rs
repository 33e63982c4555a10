//! A merge, and what it takes to undo it.

use serde::{Deserialize, Serialize};

use crate::ids::{PersonId, RowId, StaffId};
use crate::people::rules::{
    Care, Confirmed, Consent, Contacts, Finder, Identity, Kept, Medical, Part, Person,
    Refusal as PersonRefusal, coded, redacted,
};
use crate::scope::NoRight;

/// A group of the record that stays as it was, and the version the merge left it at.
#[derive(Clone, Serialize, Deserialize)]
pub struct Was<P> {
    /// The fields.
    pub value: P,
    /// When they were confirmed.
    pub confirmed: Option<Confirmed>,
    /// The version after the merge; a later one says that somebody changed it since.
    pub version_after: i64,
}

impl<P: Part> Was<P> {
    /// As it was, at the version that is to come.
    pub fn kept_at(&self, version: i64) -> Kept<P> {
        Kept {
            value: self.value.clone(),
            version,
            confirmed: self.confirmed,
        }
    }
}

/// What the record that stays was before; sealed.
#[derive(Clone, Serialize, Deserialize)]
pub struct Before {
    /// 基本情報
    pub identity: Was<Identity>,
    /// 緊急連絡先
    pub contacts: Was<Contacts>,
    /// 医療情報
    pub medical: Was<Medical>,
    /// 介護・センターの記録
    pub care: Was<Care>,
    /// 発見時の注意
    pub finder: Was<Finder>,
    /// 同意
    pub consent: Was<Consent>,
    /// The version of the photo after the merge.
    pub photo_after: Option<i64>,
    /// The version of the photo before it.
    pub photo_before: Option<i64>,
}

redacted!(Before);

impl Before {
    /// What was changed since the merge, so that only somebody who knows can say whose it is.
    pub fn changed_since(&self, now: &Person) -> Vec<Whose> {
        let groups = [
            (
                Whose::Identity,
                self.identity.version_after,
                now.identity.version,
            ),
            (
                Whose::Contacts,
                self.contacts.version_after,
                now.contacts.version,
            ),
            (
                Whose::Medical,
                self.medical.version_after,
                now.medical.version,
            ),
            (Whose::Care, self.care.version_after, now.care.version),
            (Whose::Finder, self.finder.version_after, now.finder.version),
            (
                Whose::Consent,
                self.consent.version_after,
                now.consent.version,
            ),
        ];
        let changed = groups.iter().filter(|(_, then, now)| then != now);
        let photo = (self.photo_after != now.photo).then_some(Whose::Photo);
        changed.map(|(of, _, _)| *of).chain(photo).collect()
    }
}

coded! {
    /// What may have been changed after a merge.
    Whose {
        /// 基本情報
        Identity "identity" "基本情報",
        /// 緊急連絡先
        Contacts "contacts" "緊急連絡先",
        /// 医療情報
        Medical "medical" "医療情報",
        /// 介護・センターの記録
        Care "care" "介護・センターの記録",
        /// 発見時の注意
        Finder "finder" "発見時の注意",
        /// 同意
        Consent "consent" "同意",
        /// 顔写真
        Photo "photo" "顔写真",
    }
}

/// Whose each later change is, and whose each later row of another room.
#[derive(Clone, Default)]
pub struct Whoses {
    /// Of the record: `Both` gives it to both.
    pub changes: Vec<(Whose, super::Pick)>,
    /// Rows (table, row) that belong to the record that went.
    pub rows_of_gone: Vec<(String, i64)>,
}

impl Whoses {
    /// Whose a change is; said of nothing, it stays where it is.
    pub fn of(&self, what: Whose) -> super::Pick {
        let said = self.changes.iter().find(|(of, _)| *of == what);
        said.map_or(super::Pick::Kept, |(_, pick)| *pick)
    }
}

/// A merge as it is kept.
#[derive(Debug, Clone)]
pub struct Merge {
    /// Its identity; grows with time.
    pub id: RowId,
    /// The record that stays.
    pub kept: PersonId,
    /// The record that went.
    pub gone: PersonId,
    /// When, in milliseconds since 1970.
    pub at: i64,
    /// By whom.
    pub by: Option<StaffId>,
    /// What the record that stays was.
    pub before: Before,
}

/// Why two records were not merged, or not parted again.
#[derive(Debug, thiserror::Error)]
pub enum Refusal {
    /// One record twice, or one of them is merged already.
    #[error("these are not two records")]
    NotTwo,
    /// Whoever moved away, died or withdrew is neither merged nor parted: the day of an erasure is
    /// set for one record.
    #[error("one of them is not registered")]
    NotRegistered,
    /// Somebody saved since the two were shown.
    #[error("somebody saved in between")]
    Changed,
    /// More than one record may hold; in words.
    #[error("{0}")]
    TooMany(String),
    /// Only the newest merge of a record can be undone.
    #[error("another merge came after")]
    NotNewest,
    /// The record itself.
    #[error(transparent)]
    Person(#[from] PersonRefusal),
    /// The database.
    #[error(transparent)]
    Db(#[from] db::Error),
    /// A sealed value does not open.
    #[error(transparent)]
    Seal(#[from] seal::SealError),
}

impl From<NoRight> for Refusal {
    fn from(error: NoRight) -> Refusal {
        Refusal::Person(error.into())
    }
}
