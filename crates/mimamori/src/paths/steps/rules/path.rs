//! One path, and what may be done with its steps.

use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};

use super::built_in::PAPER;
use super::outcomes::{certified, ends_all, needs_term, outcomes};
use super::plan::{Base, Counted, Plan};
use super::step::{Delay, Said, Step, StepState};
use crate::ids::{CaseId, PersonId, RowId, StaffId, TaskId};
use crate::paths::rules::Refusal;
use crate::people::coded;

/// 介護保険法27条11項: 申請のあった日から30日以内.
const CERTIFICATION_DAYS: i32 = 30;
/// 介護保険法施行規則39条: renewal may be applied for from 60 days before the end of the term.
const RENEWAL_DAYS: i64 = 60;
/// A path on which nothing was done for so long stands still, whatever its terms say.
const STILL_DAYS: i32 = 30;

coded! {
    /// Where a path stands.
    State {
        /// Under way.
        Open "open" "進行中",
        /// Every step that has to be is done.
        Done "done" "完了",
        /// Given up, with a reason.
        Stopped "stopped" "とりやめ",
    }
}

/// A path to be.
#[derive(Debug, Clone)]
pub struct New {
    /// Of which kind.
    pub plan: Plan,
    /// The day from which terms are counted.
    pub began: Date,
    /// The case it is begun out of.
    pub case: Option<CaseId>,
}

/// One path.
#[derive(Clone)]
pub struct Path {
    /// Its identity.
    pub id: RowId,
    /// Whose.
    pub person: PersonId,
    /// The case it was begun out of.
    pub case: Option<CaseId>,
    /// The code of its kind: the program's or the town's.
    pub plan: String,
    /// What the program knows more about.
    pub base: Option<Base>,
    /// What it was called when it began.
    pub word: String,
    /// Where it stands.
    pub state: State,
    /// The day from which terms are counted.
    pub began: Date,
    /// When it was written down.
    pub begun_at: Timestamp,
    /// By whom.
    pub begun_by: StaffId,
    /// The day it was done or stopped.
    pub ended: Option<Date>,
    /// In order.
    pub steps: Vec<Step>,
    /// Why it was stopped.
    pub stopped: String,
    /// The task of the step that is due first.
    pub task: Option<TaskId>,
    /// From this day the certified level may be renewed.
    pub renew_on: Option<Date>,
    /// Grows with every change.
    pub version: i64,
}

/// How a path looks on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Seen {
    /// A step is late by so many days.
    Late(i32),
    /// Nothing was done for so many days.
    Still(i32),
    /// The next step is due in so many days.
    Due(i32),
    /// Under way, without a term.
    Open,
    /// Done or stopped.
    Over,
}

impl Path {
    /// A path that begins.
    pub fn begin(id: RowId, person: PersonId, new: &New, at: Timestamp, by: StaffId) -> Path {
        Path {
            id,
            person,
            case: new.case,
            plan: new.plan.code(),
            base: new.plan.base,
            word: new.plan.word.clone(),
            state: State::Open,
            began: new.began,
            begun_at: at,
            begun_by: by,
            ended: None,
            steps: new.plan.steps.iter().map(Step::new).collect(),
            stopped: String::new(),
            task: None,
            renew_on: None,
            version: 1,
        }
    }

    /// The day by which a step should be done; nothing where it has no term, or where the step it
    /// is counted from is not done.
    pub fn due(&self, at: usize) -> Option<Date> {
        let step = self.steps.get(at)?;
        if let Some(delay) = step.delays.last() {
            return Some(delay.to);
        }
        let from = match (step.plan.counted, at) {
            (Counted::Start, _) | (_, 0) => self.began,
            (Counted::First, _) => self.steps.first()?.on?,
            (Counted::Previous, _) => self.steps.get(at - 1)?.on?,
        };
        Some(from.saturating_add(i64::from(step.plan.days?).days()))
    }

    /// The step that is due first: its place and its day.
    pub fn next_due(&self) -> Option<(usize, Date)> {
        if self.state != State::Open {
            return None;
        }
        let waiting = self
            .steps
            .iter()
            .enumerate()
            .filter(|(_, step)| step.waits());
        let due = waiting.filter_map(|(at, _)| Some((at, self.due(at)?)));
        due.min_by_key(|(at, day)| (*day, *at))
    }

    /// The first step that waits.
    pub fn current(&self) -> Option<usize> {
        let open = self.state == State::Open;
        self.steps.iter().position(Step::waits).filter(|_| open)
    }

    /// How it looks on a day.
    pub fn seen(&self, today: Date) -> Seen {
        if self.state != State::Open {
            return Seen::Over;
        }
        let moved = self.steps.iter().filter_map(|step| {
            let put_off = step.delays.last().map(|delay| delay.on);
            step.on.max(put_off)
        });
        let last = moved.max().unwrap_or(self.began).max(self.began);
        let still = days_between(last, today);
        match self.next_due() {
            Some((_, due)) if due < today => Seen::Late(days_between(due, today)),
            _ if still > STILL_DAYS => Seen::Still(still),
            Some((_, due)) => Seen::Due(days_between(today, due)),
            None => Seen::Open,
        }
    }

    /// The last day for the notice of a certification, once it was applied for.
    pub fn notice_by(&self) -> Option<Date> {
        let application = |step: &&Step| step.plan.code == "application";
        let applied = self.steps.iter().find(application)?.on?;
        let certification = self.base == Some(Base::Certification);
        certification.then(|| applied.saturating_add(CERTIFICATION_DAYS.days()))
    }

    /// The last day of the level that was certified on it.
    pub fn level_ends(&self) -> Option<Date> {
        let terms = self.steps.iter().filter_map(|step| step.said.term);
        terms.map(|(_, last)| last).next_back()
    }

    /// Does a step.
    pub fn do_step(
        &mut self,
        at: usize,
        on: Date,
        said: Said,
        (today, by): (Date, Option<StaffId>),
    ) -> Result<(), Refusal> {
        self.may_touch(at, on, today)?;
        let code = self.steps[at].plan.code.clone();
        let choices = outcomes(self.base, &code);
        if !choices.is_empty() && !choices.iter().any(|one| one.code == said.outcome) {
            return Err(Refusal::NoOutcome);
        }
        if let Some(level) = certified(self.base, &code, &said.outcome) {
            match said.term {
                Some((first, last)) if needs_term(level) && first < last => {}
                None if !needs_term(level) => {}
                _ => return Err(Refusal::NoTerm),
            }
            let late = self.notice_by().is_some_and(|by| on > by);
            let told = self.steps[at].delays.iter().any(|delay| delay.to >= on);
            if late && said.words.is_empty() && !told {
                return Err(Refusal::NoReasonForDelay);
            }
            let last = said.term.map(|(_, last)| last);
            self.renew_on = last.map(renewable_from);
        }
        let over = ends_all(self.base, &code, &said.outcome);
        self.put(at, StepState::Done, on, said, by);
        if over {
            (self.state, self.ended) = (State::Done, Some(on));
        }
        Ok(())
    }

    /// Passes a step over, with a reason.
    pub fn skip_step(
        &mut self,
        at: usize,
        words: String,
        (today, by): (Date, Option<StaffId>),
    ) -> Result<(), Refusal> {
        self.may_touch(at, today, today)?;
        if words.is_empty() {
            return Err(Refusal::NoWords);
        }
        let said = Said {
            words,
            ..Said::default()
        };
        self.put(at, StepState::Skipped, today, said, by);
        Ok(())
    }

    /// Puts a step off, with a reason.
    pub fn put_off(
        &mut self,
        at: usize,
        to: Date,
        why: String,
        today: Date,
    ) -> Result<(), Refusal> {
        self.may_touch(at, today, today)?;
        if why.is_empty() {
            return Err(Refusal::NoWords);
        }
        if to < today {
            return Err(Refusal::TooEarly);
        }
        let on = today;
        self.steps[at].delays.push(Delay { to, why, on });
        Ok(())
    }

    /// Takes back that a step was done or skipped; also the last of a path that was done with it.
    pub fn undo_step(&mut self, at: usize) -> Result<(), Refusal> {
        let step = self.steps.get_mut(at).ok_or(Refusal::NotFound)?;
        if step.waits() || self.state == State::Stopped {
            return Err(Refusal::IsOver);
        }
        if certified(self.base, &step.plan.code, &step.said.outcome).is_some() {
            self.renew_on = None;
        }
        *step = Step {
            delays: std::mem::take(&mut step.delays),
            ..Step::new(&step.plan)
        };
        self.state = State::Open;
        self.ended = None;
        Ok(())
    }

    /// Gives the path up, with a reason.
    pub fn stop(&mut self, words: String, today: Date) -> Result<(), Refusal> {
        if self.state != State::Open {
            return Err(Refusal::IsOver);
        }
        if words.is_empty() {
            return Err(Refusal::NoWords);
        }
        (self.state, self.stopped, self.ended) = (State::Stopped, words, Some(today));
        Ok(())
    }

    fn may_touch(&self, at: usize, on: Date, today: Date) -> Result<(), Refusal> {
        let step = self.steps.get(at).ok_or(Refusal::NotFound)?;
        if self.state != State::Open || !step.waits() {
            return Err(Refusal::IsOver);
        }
        match on {
            on if on > today => Err(Refusal::Ahead),
            on if on < self.began && step.plan.code != PAPER => Err(Refusal::TooEarly),
            _ => Ok(()),
        }
    }

    /// Writes it down; the path is done when nothing that has to be done waits.
    fn put(&mut self, at: usize, state: StepState, on: Date, said: Said, by: Option<StaffId>) {
        let step = &mut self.steps[at];
        (step.state, step.on, step.said, step.by) = (state, Some(on), said, by);
        let left = |step: &Step| step.waits() && !step.plan.optional;
        if !self.steps.iter().any(left) {
            let last = self.steps.iter().filter_map(|step| step.on).max();
            (self.state, self.ended) = (State::Done, last);
        }
    }
}

/// From which day a level that is good until then may be applied for anew.
pub fn renewable_from(until: Date) -> Date {
    until.saturating_sub(RENEWAL_DAYS.days())
}

fn days_between(from: Date, to: Date) -> i32 {
    (to - from).get_days()
}

/// Days from the first day to the last, both as they are kept.
pub fn days_of(path: &Path) -> Option<i32> {
    Some(days_between(path.began, path.ended?))
}

#[cfg(test)]
mod tests;
