//! A whole record, and what is handed in to make one.

use jiff::Timestamp;
use jiff::civil::Date;

use super::care::{Care, Finder};
use super::coded::coded;
use super::consent::Consent;
use super::contacts::Contacts;
use super::group::{Confirmed, Difference, Gap, Group, Item, Kept, Part};
use super::identity::Identity;
use super::medical::Medical;
use crate::ids::{CenterId, PersonId, RowId};
use crate::scope::{Actor, NoRight};

coded! {
    /// Whether somebody is registered; a tag of anybody else says so at the desk.
    State {
        /// 登録中
        Registered "registered" "登録中",
        /// 転出
        MovedAway "moved_away" "転出",
        /// 死亡
        Died "died" "死亡",
        /// 辞退
        Withdrawn "withdrawn" "登録辞退",
        /// まとめた記録: the person is registered under another record.
        Merged "merged" "ほかの記録にまとめた",
    }
}

impl State {
    /// What somebody's state can be set to; merging is an act of its own.
    pub const SET: &[State] = &[
        State::Registered,
        State::MovedAway,
        State::Died,
        State::Withdrawn,
    ];
}

/// What stands beside the groups.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// Registered, or no longer.
    pub state: State,
    /// Since when, where it is no longer "registered".
    pub state_on: Option<Date>,
    /// The person's own center.
    pub center: Option<CenterId>,
    /// Whether the center was set by hand, so that a new address leaves it alone.
    pub center_by_hand: bool,
    /// 登録日
    pub registered_on: Date,
    /// Counts the saves of state and center.
    pub version: i64,
}

/// A whole record.
#[derive(Clone)]
pub struct Person {
    /// Whose.
    pub id: PersonId,
    /// State, center, registration.
    pub standing: Standing,
    /// 基本情報
    pub identity: Kept<Identity>,
    /// 緊急連絡先
    pub contacts: Kept<Contacts>,
    /// 医療情報
    pub medical: Kept<Medical>,
    /// 介護・センターの記録
    pub care: Kept<Care>,
    /// 発見時の注意
    pub finder: Kept<Finder>,
    /// 同意
    pub consent: Kept<Consent>,
    /// Version of the face photo, where there is one.
    pub photo: Option<i64>,
}

impl Person {
    /// The lines, version and confirmation of a group.
    pub fn group(&self, group: Group) -> Kept<Vec<Item>> {
        match group {
            Group::Identity => lines(&self.identity),
            Group::Contacts => lines(&self.contacts),
            Group::Medical => lines(&self.medical),
            Group::Care => lines(&self.care),
            Group::Finder => lines(&self.finder),
            Group::Consent => lines(&self.consent),
        }
    }

    /// What of a group was never said.
    pub fn gap(&self, group: Group) -> Gap {
        match group {
            Group::Identity => self.identity.value.gap(),
            Group::Contacts => self.contacts.value.gap(),
            Group::Medical => self.medical.value.gap(),
            Group::Care => self.care.value.gap(),
            Group::Finder => self.finder.value.gap(),
            Group::Consent => self.consent.value.gap(),
        }
    }
}

fn lines<P: Part>(kept: &Kept<P>) -> Kept<Vec<Item>> {
    Kept {
        value: kept.value.items(),
        version: kept.version,
        confirmed: kept.confirmed,
    }
}

/// What the desk gets in one read; each group's last confirmation is in its [`Kept`].
#[derive(Clone)]
pub struct DeskView {
    /// Whose.
    pub id: PersonId,
    /// State, center, registration.
    pub standing: Standing,
    /// 基本情報
    pub identity: Kept<Identity>,
    /// 緊急連絡先
    pub contacts: Kept<Contacts>,
    /// 発見時の注意
    pub finder: Kept<Finder>,
    /// 同意
    pub consent: Kept<Consent>,
}

/// A record to be.
#[derive(Clone)]
pub struct Draft {
    /// 基本情報
    pub identity: Identity,
    /// 緊急連絡先
    pub contacts: Contacts,
    /// 医療情報
    pub medical: Medical,
    /// 介護・センターの記録
    pub care: Care,
    /// 発見時の注意
    pub finder: Finder,
    /// 同意
    pub consent: Consent,
    /// Set by hand; else it follows from the address.
    pub center: Option<CenterId>,
    /// 登録日
    pub registered_on: Date,
    /// When what is handed in was confirmed; `None` for an old roster.
    pub confirmed: Option<Confirmed>,
}

impl Draft {
    /// A record of which only the person is known.
    pub fn new(identity: Identity, registered_on: Date) -> Draft {
        Draft {
            identity,
            contacts: Contacts::default(),
            medical: Medical::default(),
            care: Care::default(),
            finder: Finder::default(),
            consent: Consent::default(),
            center: None,
            registered_on,
            confirmed: None,
        }
    }
}

/// A change as it was kept.
#[derive(Clone)]
pub struct Change {
    /// Its identity; grows with time.
    pub id: RowId,
    /// When.
    pub at: Timestamp,
    /// Who.
    pub by: Actor,
    /// What was changed: a [`Group`]'s code, `standing`, `standing_undone` or `photo`.
    pub what: String,
    /// From what to what.
    pub differences: Vec<Difference>,
}

/// What stands in the row now, for somebody who saved upon an older version.
#[derive(Clone)]
pub struct Theirs {
    /// The version to save upon next.
    pub version: i64,
    /// The group as it is now.
    pub items: Vec<Item>,
    /// Who saved it last; `None` where that only renewed a confirmation of the same day.
    pub saved: Option<Saved>,
}

/// Who saved something, and when.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Saved {
    /// When.
    pub at: Timestamp,
    /// Who.
    pub by: Actor,
}

impl std::fmt::Debug for Theirs {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Theirs(version {})", self.version)
    }
}

/// Why a deed did not happen.
#[derive(Debug, thiserror::Error)]
pub enum Refusal {
    /// No such person in this town.
    #[error("no such person")]
    NotFound,
    /// The account may not do that.
    #[error(transparent)]
    NoRight(#[from] NoRight),
    /// Another center's person, and nobody said for what purpose.
    #[error("no purpose was said")]
    NoPurpose,
    /// What was never asked, or is empty, can't be confirmed as unchanged.
    #[error("something was never asked")]
    Unasked,
    /// Somebody saved in between; nothing was changed.
    #[error("somebody saved in between")]
    Changed {
        /// What they saved.
        theirs: Theirs,
    },
    /// The database.
    #[error(transparent)]
    Db(#[from] db::Error),
    /// A sealed group does not open.
    #[error(transparent)]
    Seal(#[from] seal::SealError),
}
