//! A finding, who takes part in it, and what they said.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::said::Said;
use crate::desk::coded;
use crate::ids::{InquiryId, PersonId, RowId, StaffId};
use crate::people::MayBeTold;

/// All that finders say about one person until the desk's inquiry ends.
#[derive(Debug, Clone)]
pub struct Find {
    /// The desk's inquiry.
    pub inquiry: InquiryId,
    /// About whom.
    pub person: PersonId,
    /// Whether the QR was in use: else only the desk hears of it.
    pub in_use: bool,
    /// The drill it belongs to.
    pub drill: Option<RowId>,
    /// When it began.
    pub opened_at: Timestamp,
    /// When contacts were mailed last.
    pub mailed_at: Option<i64>,
    /// How often.
    pub mails: i64,
    /// When it was marked as a false alarm.
    pub false_at: Option<Timestamp>,
}

/// One finder.
#[derive(Debug, Clone, Copy)]
pub struct Finder {
    /// Its identity.
    pub id: RowId,
    /// The finding.
    pub inquiry: InquiryId,
}

/// The contact that a link was made for; sealed.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Whom {
    /// Their name.
    pub name: String,
    /// Where the link was sent.
    pub address: String,
    /// What they may be told.
    pub may_be_told: MayBeTold,
}

/// The link of one contact.
#[derive(Clone)]
pub struct Link {
    /// Its identity.
    pub id: RowId,
    /// The finding.
    pub inquiry: InquiryId,
    /// For whom.
    pub whom: Whom,
    /// When it was first opened.
    pub opened_at: Option<Timestamp>,
}

coded! {
    /// Who said something.
    Side {
        /// 見つけた方
        Finder "finder" "見つけた方",
        /// ご家族など
        Contact "contact" "ご家族など",
        /// 窓口
        Desk "desk" "窓口",
    }
}

/// Something said, to or by one finder.
#[derive(Clone)]
pub struct Message {
    /// Its identity; grows with time.
    pub id: RowId,
    /// The finder.
    pub finder: RowId,
    /// Who said it.
    pub side: Side,
    /// The contact's link it was said by.
    pub link: Option<RowId>,
    /// The account it was said by.
    pub by: Option<StaffId>,
    /// When.
    pub at: Timestamp,
    /// What.
    pub said: Said,
}
