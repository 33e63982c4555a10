//! One day of a series: it is planned, moved, called off, or over. These are four things.

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::details::{Details, Hours};
use super::refusal::Refusal;
use crate::clock::in_japan;
use crate::ids::RowId;
use crate::people::coded;

coded! {
    /// Where a day of a series stands.
    State {
        /// It will be held, or was.
        Planned "planned" "予定",
        /// It is not held, and people expected it.
        Off "off" "中止",
        /// The series ended before.
        Ended "ended" "終了した講座",
    }
}

coded! {
    /// Why a day is not held.
    Reason {
        /// Heat.
        Heat "heat" "暑さのため",
        /// Rain, wind, snow.
        Weather "weather" "雨・風・雪のため",
        /// The teacher can't.
        Teacher "teacher" "講師の都合のため",
        /// The place can't be used.
        Place "place" "会場の都合のため",
        /// An illness goes round.
        Illness "illness" "感染症のため",
        /// Too few would come.
        Few "few" "参加する方が少ないため",
        /// The series falls on other days now.
        Plan "plan" "日程が変わったため",
        /// Something else.
        Other "other" "都合により",
    }
}

coded! {
    /// Which days of a series a change is for. What is over stays as it was held.
    Reach {
        /// This one alone.
        One "one" "この回だけ",
        /// This one and those after it.
        Following "following" "この回から先の全部",
        /// All that are still to come.
        Coming "coming" "これからの全部（この回より前も）",
    }
}

/// When and where a day was to be before it was moved.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Was {
    /// The day.
    pub day: Date,
    /// The time.
    pub hours: Hours,
    /// The place.
    pub place: Option<RowId>,
    /// Why it was moved, for those who expected it.
    pub why: String,
}

/// The longest reason after several moves; beyond, the last one stands alone.
const MOST_WHY: usize = 180;

impl Was {
    /// Moved once more: a new reason stands after those before, and none takes none away.
    fn because(self, why: String) -> Was {
        let both = match (self.why.is_empty(), why.is_empty()) {
            (_, true) => self.why,
            (true, false) => why,
            (false, false) if self.why.ends_with(&why) => self.why,
            (false, false) => match format!("{}、その後{why}", self.why) {
                both if both.chars().count() <= MOST_WHY => both,
                _ => why,
            },
        };
        Was { why: both, ..self }
    }
}

/// Why a day is not held.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Off {
    /// The reason.
    pub reason: Reason,
    /// More about it, for those who expected it.
    pub words: String,
    /// How those who expected it were told, for those who work here.
    pub told: String,
}

/// One day of a series.
#[derive(Clone, PartialEq, Eq)]
pub struct CourseDay {
    /// Its identity; what hangs on it stays with it when it is moved.
    pub id: RowId,
    /// Of which series.
    pub series: RowId,
    /// The day that the rule gave.
    pub planned_on: Date,
    /// The day on which it is held.
    pub day: Date,
    /// Its own copy.
    pub details: Details,
    /// Where it stands.
    pub state: State,
    /// How it was to be; nothing where it was not moved.
    pub was: Option<Was>,
    /// Why it is not held; nothing where it is.
    pub off: Option<Off>,
    /// Whether what it is was changed for this day alone.
    pub alone: bool,
    /// How many may take part: what was said of it, else what its place holds; nothing where nobody
    /// counts. As it was kept: a change of what it is shows here once it is kept.
    pub holds: Option<u32>,
    /// Whether something hangs on it.
    pub pinned: bool,
    /// When it was changed last.
    pub changed_at: Timestamp,
    /// Grows with every change.
    pub version: i64,
}

/// Where a day is moved to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Move {
    /// The day.
    pub day: Date,
    /// The time.
    pub hours: Hours,
    /// The place.
    pub place: Option<RowId>,
    /// Why.
    pub why: String,
}

impl CourseDay {
    /// A day as the rule gives it.
    pub fn new(id: RowId, series: RowId, day: Date, details: Details, now: Timestamp) -> CourseDay {
        CourseDay {
            id,
            series,
            planned_on: day,
            day,
            details,
            state: State::Planned,
            was: None,
            off: None,
            alone: false,
            holds: None,
            pinned: false,
            changed_at: now,
            version: 1,
        }
    }

    /// Whether it has ended by the clock.
    pub fn is_over(&self, now: Timestamp) -> bool {
        let now = in_japan(now);
        let minute = i32::from(now.hour()) * 60 + i32::from(now.minute());
        (self.day, i32::from(self.details.hours.ends)) <= (now.date(), minute)
    }

    fn open(&self, now: Timestamp) -> Result<(), Refusal> {
        match (self.state, self.is_over(now)) {
            (State::Planned, false) => Ok(()),
            (State::Off, false) => Err(Refusal::IsOff),
            _ => Err(Refusal::IsOver),
        }
    }

    /// Moves it; back where it was to be, it was never moved.
    pub fn shift(&mut self, to: Move, now: Timestamp) -> Result<(), Refusal> {
        self.open(now)?;
        if to.day < in_japan(now).date() {
            return Err(Refusal::TooEarly);
        }
        if (to.day, to.hours, to.place) == (self.day, self.details.hours, self.details.place) {
            return Err(Refusal::NotMoved);
        }
        let first = self.was.take().unwrap_or_else(|| Was {
            day: self.day,
            hours: self.details.hours,
            place: self.details.place,
            why: String::new(),
        });
        self.day = to.day;
        self.details.hours = to.hours;
        self.details.place = to.place;
        if (to.day, to.hours, to.place) != (first.day, first.hours, first.place) {
            self.was = Some(first.because(to.why));
        }
        Ok(())
    }

    /// Calls it off. A day that is over by the clock may still be: it rained, and nobody came.
    pub fn call_off(&mut self, off: Off) -> Result<(), Refusal> {
        match self.state {
            State::Planned => {
                self.state = State::Off;
                self.off = Some(off);
                Ok(())
            }
            State::Off => Err(Refusal::IsOff),
            State::Ended => Err(Refusal::IsOver),
        }
    }

    /// Takes that back; whether its series still goes on then is asked before.
    pub fn call_on(&mut self) -> Result<(), Refusal> {
        match self.state {
            State::Off => {
                self.state = State::Planned;
                self.off = None;
                Ok(())
            }
            _ => Err(Refusal::IsOver),
        }
    }

    /// Whether it is planned again where its series goes on: what is over by now was not held.
    pub fn comes_back(&self, today: Date) -> bool {
        self.state == State::Ended && self.day >= today
    }

    /// Whether nobody was told anything of this day that its series does not say, and nothing hangs on
    /// it: such a day goes without a trace where its rule gives it no more.
    pub fn is_plain(&self) -> bool {
        self.state == State::Planned && self.was.is_none() && !self.alone && !self.pinned
    }

    /// Its rule gives it no more, and somebody may count on it.
    pub fn fall_away(&mut self) {
        if self.state == State::Planned {
            self.state = State::Off;
            self.off = Some(Off {
                reason: Reason::Plan,
                words: String::new(),
                told: String::new(),
            });
        }
    }

    /// What a change from `old` to `new` makes of it, whether anything: of its series, which was as
    /// `series` says, or of another day for all. What was changed for this day alone stays.
    pub fn follow(&mut self, old: &Details, new: &Details, series: &Details) -> bool {
        let bases: &[&Details] = if self.alone { &[old, series] } else { &[] };
        let mut details = self.details.follow(old, new, bases);
        // Who was told another time or place, or that it is off then and there, was told so of this day.
        if self.was.is_some() || self.state == State::Off {
            details.hours = self.details.hours;
            details.place = self.details.place;
        }
        let changed = details != self.details;
        self.details = details;
        changed
    }
}
