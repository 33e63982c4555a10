//! A list on its way in: its columns, the cells of a row, what becomes of each. No database, no clock.

mod reader;
mod refusal;
mod table;
mod verdict;

pub use reader::Reader;
pub use refusal::Refusal;
pub use table::Table;
pub use verdict::{Fault, Match, Outcome, Told, Verdict, matching, weigh};

use crate::exchange::lists::List;
use crate::scope::{Right, Rights};

/// Why a list does not come in again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// It comes in again here.
    Here,
    /// By the import of rosters.
    Roster,
    /// It says what was done, when and by whom; that happens here or it did not happen.
    Deeds,
    /// It is made anew of something else.
    Made,
}

impl List {
    /// How it comes in again, if it does.
    pub const fn way_back(self) -> Way {
        match self {
            List::Organisations
            | List::Centers
            | List::Agreements
            | List::Tasks
            | List::Tags
            | List::Renewals
            | List::Supporters => Way::Here,
            List::People => Way::Roster,
            List::Inquiries
            | List::Notices
            | List::Consultations
            | List::Cases
            | List::Paths
            | List::Leavings
            | List::Signups
            | List::Attendances
            | List::Vouchers
            | List::Observations
            | List::Voices
            | List::Staff
            | List::Batches
            | List::Audit => Way::Deeds,
            List::Twins | List::Courses | List::Days | List::Places => Way::Made,
        }
    }

    /// Whether an account with these rights may bring it in: it may import, and do by hand what a row
    /// does.
    pub fn comes_in_for(self, rights: Rights) -> bool {
        let by_hand: &[Right] = match self {
            List::Organisations | List::Centers => &[Right::ManageTown],
            List::Agreements => &[Right::ManageTown, Right::Lead],
            List::Tasks => &[Right::Tasks],
            List::Tags => &[Right::BindTags],
            List::Renewals => &[Right::EditPeople],
            List::Supporters => &[Right::Supporters],
            _ => &[],
        };
        rights.has(Right::Import) && by_hand.iter().any(|right| rights.has(*right))
    }

    /// Columns without which no row could be anything.
    pub const fn needed(self) -> &'static [&'static str] {
        match self {
            List::Tasks => &["期限", "種類", "内容"],
            List::Tags => &["番号", "氏名"],
            List::Renewals => &["更新月", "状態", "氏名"],
            List::Supporters => &["名前", "入会・退会"],
            List::Agreements => &["名前", "業種", "協定の始まり", "協定の期限"],
            List::Organisations => &["名前", "種類"],
            _ => &["名前"],
        }
    }
}
