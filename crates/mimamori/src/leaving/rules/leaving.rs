//! One leaving, and what may be done with it.

use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};

use super::asker::Asker;
use super::kind::Kind;
use super::refusal::Refusal;
use crate::ids::{PersonId, RowId, StaffId, TaskId};
use crate::scope::Actor;

/// Somebody who moved away years ago is written down today: the record still waits so long, or a
/// slip could not be mended.
pub const LEAST_DAYS: i64 = 7;

/// Where it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// It waits, and nobody agreed to the erasure yet.
    Waiting,
    /// A second person agreed; on its day the record is erased.
    Approved,
    /// It was stopped, and the person is registered.
    Stopped,
    /// The record is erased.
    Erased,
}

const STATES: [State; 4] = [
    State::Waiting,
    State::Approved,
    State::Stopped,
    State::Erased,
];

impl State {
    /// The code kept in the database.
    pub const fn code(self) -> &'static str {
        match self {
            State::Waiting => "waiting",
            State::Approved => "approved",
            State::Stopped => "stopped",
            State::Erased => "erased",
        }
    }

    /// The state of a code.
    pub fn from_code(code: &str) -> Option<State> {
        STATES.into_iter().find(|state| state.code() == code)
    }

    /// The word shown to people.
    pub const fn word(self) -> &'static str {
        match self {
            State::Waiting => "2人目の確認を待っています",
            State::Approved => "消去の日を待っています",
            State::Stopped => "とりやめました",
            State::Erased => "消去しました",
        }
    }

    /// Whether it can still be stopped.
    pub const fn is_open(self) -> bool {
        matches!(self, State::Waiting | State::Approved)
    }
}

/// What is written down.
#[derive(Debug, Clone)]
pub struct New {
    /// Why.
    pub kind: Kind,
    /// The day it happened, or was asked for.
    pub since: Date,
    /// Who asked.
    pub asker: Asker,
}

/// One leaving.
#[derive(Debug, Clone)]
pub struct Leaving {
    /// Its identity.
    pub id: RowId,
    /// Whose.
    pub person: PersonId,
    /// Why.
    pub kind: Kind,
    /// Where it stands.
    pub state: State,
    /// The day it happened, or was asked for.
    pub since: Date,
    /// The day from which the record may be erased.
    pub due: Date,
    /// When it was written down.
    pub asked_at: Timestamp,
    /// By whom; nobody where the program found the record so.
    pub asked_by: Option<StaffId>,
    /// When a second person agreed, and who.
    pub approved: Option<(Timestamp, StaffId)>,
    /// When it was stopped or the record erased.
    pub ended_at: Option<Timestamp>,
    /// The task of the second person.
    pub task: Option<TaskId>,
    /// Who asked; nothing once the record is erased.
    pub asker: Option<Asker>,
    /// Grows with every change.
    pub version: i64,
}

/// The day from which the record may be erased.
pub fn due(since: Date, days: i64, today: Date) -> Date {
    let earliest = today.saturating_add(days.min(LEAST_DAYS).days());
    since.saturating_add(days.days()).max(earliest)
}

/// Refuses unless a second person agrees to what waits.
pub fn may_approve(leaving: &Leaving, actor: Actor) -> Result<StaffId, Refusal> {
    match (leaving.state, actor) {
        (State::Waiting, Actor::Staff(staff)) if leaving.asked_by != Some(staff) => Ok(staff),
        (State::Waiting, _) => Err(Refusal::SamePerson),
        (state, _) => Err(Refusal::Not(state)),
    }
}

/// Refuses once it has ended.
pub fn may_stop(leaving: &Leaving) -> Result<(), Refusal> {
    match leaving.state.is_open() {
        true => Ok(()),
        false => Err(Refusal::Not(leaving.state)),
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn a_record_waits_its_term_but_never_less_than_a_week() {
        let today = date(2026, 11, 20);
        assert_eq!(due(today, 14, today), date(2026, 12, 4));
        assert_eq!(due(date(2026, 3, 1), 365, today), date(2027, 3, 1));
        assert_eq!(due(date(2020, 3, 1), 365, today), date(2026, 11, 27));
        assert_eq!(due(today, 3, today), date(2026, 11, 23));
    }

    #[test]
    fn who_asked_does_not_agree_and_what_ended_does_not_go_on() {
        let nurse = StaffId(1);
        let mut leaving = Leaving {
            id: RowId(1),
            person: PersonId(2),
            kind: Kind::Erasure,
            state: State::Waiting,
            since: date(2026, 11, 20),
            due: date(2026, 12, 4),
            asked_at: Timestamp::UNIX_EPOCH,
            asked_by: Some(nurse),
            approved: None,
            ended_at: None,
            task: None,
            asker: None,
            version: 1,
        };
        let by = |leaving: &Leaving, actor| may_approve(leaving, actor).is_ok();
        assert!(!by(&leaving, Actor::Staff(nurse)));
        assert!(!by(&leaving, Actor::Program));
        assert!(by(&leaving, Actor::Staff(StaffId(2))));
        assert!(may_stop(&leaving).is_ok());
        leaving.state = State::Erased;
        assert!(!by(&leaving, Actor::Staff(StaffId(2))));
        assert!(may_stop(&leaving).is_err());
    }
}
