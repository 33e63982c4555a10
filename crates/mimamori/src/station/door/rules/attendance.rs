//! Somebody came; what comes of a try.

use jiff::Timestamp;
use jiff::civil::Date;

use crate::ids::{RowId, SupporterId};
use crate::people::coded;
use crate::station::courses::{self, CourseDay, Role};

/// The longest name.
pub const MOST_NAME: usize = 40;
/// More than come by to one day.
pub const MOST_WALK_INS: usize = 2_000;

coded! {
    /// By which way somebody was written down.
    Way {
        /// Their card: its QR, or its number.
        Card "card" "カード",
        /// The number of their tag.
        Tag "tag" "見守りタグの番号",
        /// Ticked on the list.
        Tick "tick" "申し込みの一覧",
        /// Found by name.
        Name "name" "名前",
        /// Just came by.
        WalkIn "walk_in" "申し込みなし",
        /// Marked on the roll on paper.
        Paper "paper" "紙の出席表",
    }
}

coded! {
    /// What came of a try.
    Outcome {
        /// They are in.
        In "in" "受け付けました",
        /// They had been taken in before.
        Already "already" "もう受け付けています",
        /// Nobody has the number or the QR.
        Unknown "unknown" "この番号・QRの方は見つかりません",
        /// It is no number.
        Misread "misread" "番号を読みちがえたようです",
        /// The card is lost or void.
        Ended "ended" "使えなくなったカードです",
        /// They are no supporter on this day.
        NotIn "not_in" "この日はサポーターではない方です",
        /// The day is called off.
        NotHeld "not_held" "この回は中止です",
        /// The day has not come.
        NotYet "not_yet" "この回はまだ先です",
        /// As many as a list may have.
        TooMany "too_many" "受付の人数がいっぱいです",
        /// It was taken back.
        Undone "undone" "受付を取り消しました",
    }
}

coded! {
    /// Whether an attendance holds.
    State {
        /// They came.
        Here "here" "来た",
        /// It was taken back.
        Undone "undone" "取り消し",
    }
}

/// As what somebody came.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// To take part.
    Participant,
    /// To do something.
    Role(Role),
}

impl Part {
    /// Every one, in the order in which the door shows them.
    pub fn all() -> impl Iterator<Item = Part> {
        let roles = Role::ALL.iter().map(|role| Part::Role(*role));
        std::iter::once(Part::Participant).chain(roles)
    }

    /// The code that is kept.
    pub const fn code(self) -> &'static str {
        match self {
            Part::Participant => "participant",
            Part::Role(role) => role.code(),
        }
    }

    /// The word that is shown.
    pub const fn word(self) -> &'static str {
        match self {
            Part::Participant => "参加",
            Part::Role(role) => role.word(),
        }
    }

    /// The one with this code.
    pub fn from_code(code: &str) -> Option<Part> {
        Part::all().find(|part| part.code() == code)
    }
}

/// Somebody came.
#[derive(Clone)]
pub struct Attendance {
    /// Its identity.
    pub id: RowId,
    /// To which day.
    pub day: RowId,
    /// Which supporter, where it is one.
    pub supporter: Option<SupporterId>,
    /// With which sign-up.
    pub signup: Option<RowId>,
    /// The name of somebody who just came by, where they said it.
    pub name: String,
    /// As what.
    pub part: Part,
    /// By which way it was written down.
    pub way: Way,
    /// When.
    pub at: Timestamp,
    /// When they left, where that was before the end.
    pub left_at: Option<Timestamp>,
    /// Whether it holds.
    pub state: State,
    /// Grows with every change.
    pub version: i64,
}

/// A try and what came of it.
#[derive(Clone)]
pub struct Tried {
    /// When.
    pub at: Timestamp,
    /// As what.
    pub part: Part,
    /// By which way.
    pub way: Way,
    /// What came of it.
    pub outcome: Outcome,
    /// The attendance that it made, or met.
    pub attendance: Option<RowId>,
}

/// What is known of who came to a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Roll {
    /// Nobody wrote down who came: it says nothing of anybody.
    NotRecorded,
    /// Some are written down; who is not may be here.
    Begun,
    /// Taken to its end: who is not written down did not come.
    Taken(Timestamp),
}

impl Roll {
    /// From whether it was taken to its end, and how many are written down.
    pub const fn of(taken: Option<Timestamp>, here: usize) -> Roll {
        match (taken, here) {
            (Some(at), _) => Roll::Taken(at),
            (None, 0) => Roll::NotRecorded,
            (None, _) => Roll::Begun,
        }
    }
}

/// Whether somebody may be written down for the day now. A list from paper comes in later; a day that is
/// called off has nobody.
pub fn may_come(day: &CourseDay, today: Date) -> Result<(), Outcome> {
    match day.state {
        courses::State::Off | courses::State::Ended => Err(Outcome::NotHeld),
        courses::State::Planned if day.day > today => Err(Outcome::NotYet),
        courses::State::Planned => Ok(()),
    }
}
