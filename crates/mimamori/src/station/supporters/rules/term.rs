//! From when to when somebody is a supporter.

use jiff::ToSpan as _;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::Refusal;

/// Days within which somebody is in; both belong to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Term {
    /// The first.
    pub from: Date,
    /// The last, where they have left or said when.
    pub until: Option<Date>,
}

impl Term {
    /// Whether the day belongs to it.
    pub fn has(&self, day: Date) -> bool {
        self.from <= day && self.until.is_none_or(|until| day <= until)
    }
}

/// How somebody stands on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// In.
    In,
    /// In, and leaves after this day.
    Leaving(Date),
    /// Not in since the day after this one.
    Out(Date),
    /// Joins on this day.
    Coming(Date),
}

/// Every time that somebody was in, the first one first; whoever comes back has more than one.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Terms(pub Vec<Term>);

impl Terms {
    /// The first time.
    pub fn since(from: Date) -> Terms {
        Terms(vec![Term { from, until: None }])
    }

    /// Whether they are in on the day.
    pub fn has(&self, day: Date) -> bool {
        self.0.iter().any(|term| term.has(day))
    }

    /// How they stand; nothing of somebody who was erased.
    pub fn standing(&self, today: Date) -> Option<Standing> {
        let last = self.0.last()?;
        Some(match (last.has(today), last.until) {
            (true, None) => Standing::In,
            (true, Some(until)) => Standing::Leaving(until),
            (false, Some(until)) if until < today => Standing::Out(until),
            (false, _) => Standing::Coming(last.from),
        })
    }

    /// Leaves; the day is the last on which they are in. Told ahead, at most by a year.
    pub fn leave(&mut self, day: Date, today: Date) -> Result<(), Refusal> {
        let last = self.0.last_mut().ok_or(Refusal::NotFound)?;
        let ahead = today.saturating_add(1.year());
        match last.until {
            Some(_) => Err(Refusal::StandsSo),
            None if day < last.from || day > ahead => Err(Refusal::NotThen),
            None => {
                last.until = Some(day);
                Ok(())
            }
        }
    }

    /// Stays after all: the leaving is taken back.
    pub fn stay(&mut self) -> Result<(), Refusal> {
        let last = self.0.last_mut().ok_or(Refusal::NotFound)?;
        last.until.take().map(drop).ok_or(Refusal::StandsSo)
    }

    /// Comes back; the day is the first on which they are in again.
    pub fn come_back(&mut self, day: Date, today: Date) -> Result<(), Refusal> {
        let last = self.0.last().ok_or(Refusal::NotFound)?;
        let until = last.until.ok_or(Refusal::StandsSo)?;
        if day <= until || day > today.saturating_add(1.year()) {
            return Err(Refusal::NotThen);
        }
        self.0.push(Term {
            from: day,
            until: None,
        });
        Ok(())
    }
}
