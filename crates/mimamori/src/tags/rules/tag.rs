//! A tag and its states.

use jiff::Timestamp;

use super::number::Number;
use crate::ids::{PersonId, RowId, StaffId, TagId};

/// Where a number stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// 在庫: made, never handed out.
    Stock,
    /// 交付済み: somebody's.
    Bound,
    /// 紛失: somebody's, reported lost.
    Lost,
    /// 交換済み: another number took its place.
    Replaced,
    /// 返却: given back.
    Returned,
    /// 無効: for good.
    Void,
}

/// Every state, in the order in which pages list them.
pub const STATES: [State; 6] = [
    State::Stock,
    State::Bound,
    State::Lost,
    State::Replaced,
    State::Returned,
    State::Void,
];

impl State {
    /// The code kept in the database.
    pub const fn code(self) -> &'static str {
        match self {
            State::Stock => "stock",
            State::Bound => "bound",
            State::Lost => "lost",
            State::Replaced => "replaced",
            State::Returned => "returned",
            State::Void => "void",
        }
    }

    /// The word shown to people.
    pub const fn word(self) -> &'static str {
        match self {
            State::Stock => "在庫",
            State::Bound => "交付済み",
            State::Lost => "紛失",
            State::Replaced => "交換済み",
            State::Returned => "返却",
            State::Void => "無効",
        }
    }

    /// The state of a code.
    pub fn from_code(code: &str) -> Option<State> {
        STATES.into_iter().find(|state| state.code() == code)
    }
}

/// A number with what became of it.
#[derive(Clone, PartialEq, Eq)]
pub struct Tag {
    /// Its identity.
    pub id: TagId,
    /// The number.
    pub number: Number,
    /// Where it stands.
    pub state: State,
    /// Since when.
    pub since: Timestamp,
    /// Whose it is, or was last.
    pub person: Option<PersonId>,
    /// The batch it was made in; `None` for an older number.
    pub batch: Option<RowId>,
    /// What took its place.
    pub replaced_by: Option<TagId>,
    /// Grows with every change.
    pub version: i64,
}

/// What is done with a tag; the code is kept in its history.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Act {
    /// 交付
    Bound,
    /// 交付の取り消し
    TakenBack,
    /// 紛失の届け
    Lost,
    /// 発見
    Found,
    /// 新しい番号への交換
    Replaced,
    /// 返却
    Returned,
    /// 返却の取り消し
    ReturnTakenBack,
    /// 無効
    Voided,
    /// 品物の追加
    CarrierAdded,
    /// 品物のQR停止
    CarrierShut,
    /// 品物のQR再開
    CarrierOpened,
}

const ACTS: [Act; 11] = [
    Act::Bound,
    Act::TakenBack,
    Act::Lost,
    Act::Found,
    Act::Replaced,
    Act::Returned,
    Act::ReturnTakenBack,
    Act::Voided,
    Act::CarrierAdded,
    Act::CarrierShut,
    Act::CarrierOpened,
];

impl Act {
    /// The code kept in the history.
    pub const fn code(self) -> &'static str {
        match self {
            Act::Bound => "bound",
            Act::TakenBack => "taken_back",
            Act::Lost => "lost",
            Act::Found => "found",
            Act::Replaced => "replaced",
            Act::Returned => "returned",
            Act::ReturnTakenBack => "return_taken_back",
            Act::Voided => "voided",
            Act::CarrierAdded => "carrier_added",
            Act::CarrierShut => "carrier_shut",
            Act::CarrierOpened => "carrier_opened",
        }
    }

    /// What was done, in words.
    pub const fn word(self) -> &'static str {
        match self {
            Act::Bound => "交付しました",
            Act::TakenBack => "交付を取り消し、在庫にもどしました",
            Act::Lost => "紛失の届けを受けました",
            Act::Found => "見つかり、また使えるようにしました",
            Act::Replaced => "新しい番号に交換しました",
            Act::Returned => "返却を受けました",
            Act::ReturnTakenBack => "返却を取り消しました",
            Act::Voided => "無効にしました",
            Act::CarrierAdded => "品物を追加しました",
            Act::CarrierShut => "品物のQRを止めました",
            Act::CarrierOpened => "品物のQRを再開しました",
        }
    }

    /// The act of a code.
    pub fn from_code(code: &str) -> Option<Act> {
        ACTS.into_iter().find(|act| act.code() == code)
    }
}

/// One line of a tag's history.
#[derive(Clone)]
pub struct Done {
    /// When.
    pub at: Timestamp,
    /// Who; `None` for the program.
    pub by: Option<StaffId>,
    /// What.
    pub act: Act,
    /// What was remarked; empty where nothing was.
    pub remark: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_come_back() {
        for state in STATES {
            assert_eq!(State::from_code(state.code()), Some(state));
        }
        for act in ACTS {
            assert_eq!(Act::from_code(act.code()), Some(act));
        }
        assert_eq!(State::from_code("?"), None);
    }
}
