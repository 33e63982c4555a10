//! One consultation.

use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use jiff::tz::{TimeZone, offset};
use serde::{Deserialize, Serialize};

use super::codes::{About, Act, AgeBand, Alone, Source, State, Urgency, Way};
use super::refusal::Refusal;
use super::stranger::Card;
use super::topics::Topics;
use crate::ids::{CenterId, ConsultationId, PersonId, RowId, StaffId, TaskId};
use crate::people::redacted;
use crate::scope::{Actor, Scope};

/// The most characters of what was said and of what was answered.
pub const MOST_WORDS: usize = 4000;
/// The most characters of the next step, and of a reason.
pub const MOST_LINE: usize = 200;
/// Nobody is at one reception for longer.
pub const MOST_MINUTES: u16 = 600;

/// What is counted of a consultation; sealed, since it stands beside a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Codes {
    /// How it came.
    pub way: Way,
    /// Who asked.
    pub from: Source,
    /// About whom.
    pub about: About,
    /// What about.
    pub topics: Topics,
    /// How soon.
    pub urgency: Urgency,
    /// How long it took.
    pub minutes: Option<u16>,
    /// How old the person was that day.
    pub age: AgeBand,
    /// Whether the person lived alone that day.
    pub alone: Alone,
    /// By what somebody who is not registered is counted once: the same at every center that heard
    /// the same name with the same phone or address. 0 where nobody is known.
    pub who: i64,
    /// The other marks of the same one: what was heard elsewhere under one of them is theirs. 0 where
    /// there are no more.
    #[serde(default)]
    pub also: [i64; 3],
    /// Whether it ended with the reception.
    pub closed: bool,
}

/// What was said; sealed.
#[derive(Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Words {
    /// What it was about.
    pub said: String,
    /// What was answered or done.
    pub answer: String,
    /// What comes next.
    pub next: String,
    /// Who asked, where it is not the person: a name, how to be reached.
    pub asker: String,
    /// Why it was struck out.
    pub struck: String,
}

redacted!(Words);

/// A consultation, opened.
#[derive(Clone)]
pub struct Consultation {
    /// Its identity.
    pub id: ConsultationId,
    /// Which center took it.
    pub center: CenterId,
    /// When it was received.
    pub at: Timestamp,
    /// Who received it.
    pub by: Option<StaffId>,
    /// About whom in the register.
    pub person: Option<PersonId>,
    /// About whom outside of it; kept also when that one was tied to a record.
    pub stranger: Option<RowId>,
    /// Where it stands.
    pub state: State,
    /// When the next step is due.
    pub next_on: Option<Date>,
    /// The task of the next step.
    pub task: Option<TaskId>,
    /// What is counted.
    pub codes: Codes,
    /// What was said.
    pub words: Words,
    /// Grows with every change.
    pub version: i64,
}

impl Consultation {
    /// Refuses unless the version is the one that was seen.
    pub const fn must_be(&self, version: i64) -> Result<(), Refusal> {
        match self.version == version {
            true => Ok(()),
            false => Err(Refusal::Changed),
        }
    }

    /// Refuses unless the version is the one that was seen and it was not struck out.
    pub fn may_change(&self, version: i64) -> Result<(), Refusal> {
        self.must_be(version)?;
        match self.state {
            State::Struck => Err(Refusal::IsStruck),
            State::Open | State::Closed => Ok(()),
        }
    }

    /// What was put down, as it can be typed again.
    pub fn entry(&self) -> Entry {
        Entry {
            at: self.at,
            way: self.codes.way,
            from: self.codes.from,
            topics: self.codes.topics,
            urgency: self.codes.urgency,
            minutes: self.codes.minutes,
            closed: self.codes.closed,
            next_on: self.next_on,
            words: self.words.clone(),
        }
    }
}

/// Whether a consultation is this account's to see: its own center took it, or it is about somebody
/// whose center that is.
pub fn may_see(scope: &Scope, center: CenterId, of_person: Option<CenterId>) -> bool {
    match scope.actor {
        Actor::Program => true,
        _ => scope
            .center
            .is_some_and(|own| own == center || Some(own) == of_person),
    }
}

/// The instant of a time in Japan.
pub fn instant_of(time: DateTime) -> Timestamp {
    let zoned = time.to_zoned(TimeZone::fixed(offset(9)));
    zoned.map_or(Timestamp::UNIX_EPOCH, |zoned| zoned.timestamp())
}

/// What is put down at a reception, beside whom it is about.
#[derive(Clone, PartialEq, Eq)]
pub struct Entry {
    /// When it was received.
    pub at: Timestamp,
    /// How it came.
    pub way: Way,
    /// Who asked.
    pub from: Source,
    /// What about.
    pub topics: Topics,
    /// How soon.
    pub urgency: Urgency,
    /// How long it took.
    pub minutes: Option<u16>,
    /// Whether it is finished.
    pub closed: bool,
    /// When the next step is due.
    pub next_on: Option<Date>,
    /// What was said.
    pub words: Words,
}

impl Entry {
    /// Refuses a reception that is to come, and a step whose day was over before it was written
    /// down; `before` is the day it had so far.
    pub fn checked(
        self,
        now: Timestamp,
        today: Date,
        before: Option<Date>,
    ) -> Result<Entry, Refusal> {
        if self.at > now {
            return Err(Refusal::NotYet);
        }
        // What is finished has no next step.
        let next_on = self.next_on.filter(|_| !self.closed);
        match next_on {
            Some(day) if day < today && next_on != before => Err(Refusal::DayIsOver),
            _ => Ok(Entry { next_on, ..self }),
        }
    }
}

/// Whom a reception is about.
#[derive(Clone, PartialEq, Eq)]
pub enum Subject {
    /// Somebody of the register.
    Registered(PersonId),
    /// Somebody outside of it of whom there were consultations before.
    Known(RowId),
    /// Somebody new outside of it.
    Stranger(Box<Card>),
    /// Somebody whose name was not given; what is known of age and household.
    Nameless(AgeBand, Alone),
    /// Nobody.
    Nobody,
}

/// A change as it was kept.
#[derive(Clone)]
pub struct Change {
    /// When.
    pub at: Timestamp,
    /// Who; `None` for the program.
    pub by: Option<StaffId>,
    /// What was done.
    pub act: Act,
    /// What stood there before.
    pub before: Before,
}

/// What stood there before a change; sealed.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Before {
    /// What was counted.
    pub codes: Codes,
    /// What was said.
    pub words: Words,
    /// When it was received, in milliseconds since 1970.
    pub at: i64,
    /// When the next step was due.
    pub next_on: Option<Date>,
    /// Why it was changed.
    #[serde(default)]
    pub reason: String,
    /// What was known of somebody who is not registered, where that was corrected.
    #[serde(default)]
    pub card: Option<Card>,
}

redacted!(Before, Change);

/// A consultation in a list: what is said is not opened.
#[derive(Clone)]
pub struct Listed {
    /// Its identity.
    pub id: ConsultationId,
    /// Which center took it.
    pub center: CenterId,
    /// When it was received.
    pub at: Timestamp,
    /// Who received it.
    pub by: Option<StaffId>,
    /// About whom in the register.
    pub person: Option<PersonId>,
    /// About whom outside of it.
    pub stranger: Option<RowId>,
    /// Where it stands.
    pub state: State,
    /// When the next step is due.
    pub next_on: Option<Date>,
    /// What is counted.
    pub codes: Codes,
    /// What the person is called; empty where nobody is known.
    pub name: String,
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::ids::NetworkId;
    use crate::scope::Rights;

    #[test]
    fn a_center_sees_its_own_and_what_is_about_its_people() {
        let (own, other) = (CenterId(1), CenterId(2));
        let scope = |center| Scope {
            network: NetworkId(1),
            actor: Actor::Staff(StaffId(9)),
            rights: Rights::NONE,
            center,
            origin: String::new(),
        };
        assert!(may_see(&scope(Some(own)), own, None));
        assert!(may_see(&scope(Some(own)), other, Some(own)));
        assert!(!may_see(&scope(Some(own)), other, None));
        assert!(!may_see(&scope(Some(own)), other, Some(other)));
        assert!(
            !may_see(&scope(None), own, None),
            "somebody without a center sees none"
        );
    }
}
