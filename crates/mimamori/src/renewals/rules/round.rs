//! One renewal of one person: asked, gone through, or silent.

use jiff::ToSpan;
use jiff::civil::Date;

use super::{Counted, Month, Refusal, Settings, Step};
use crate::clock::{in_japan, instant};
use crate::ids::{PersonId, TaskId};
use crate::people::{Change, Group, Person, Way, coded};

coded! {
    /// Where a renewal stands.
    State {
        /// Not yet asked.
        Waiting "waiting" "まだ",
        /// Asked; no answer yet.
        Asked "asked" "お願い中",
        /// Gone through, nothing had changed.
        Confirmed "confirmed" "変更なし",
        /// Gone through, something had changed.
        Changed "changed" "変更あり",
        /// Silent through all steps.
        NoAnswer "no_answer" "返事なし",
        /// Moved away before renewing.
        Moved "moved" "転出",
        /// Died before renewing.
        Died "died" "死亡",
        /// Withdrew before renewing.
        Withdrawn "withdrawn" "辞退",
        /// Gave every tag back before renewing, and is still registered.
        Returned "returned" "返却",
    }
}

impl State {
    /// Whether an answer is still looked for.
    pub const fn is_open(self) -> bool {
        matches!(self, State::Waiting | State::Asked | State::NoAnswer)
    }

    /// Whether the record was gone through.
    pub const fn is_renewed(self) -> bool {
        matches!(self, State::Confirmed | State::Changed)
    }
}

coded! {
    /// How somebody was asked to renew.
    AskWay {
        /// By postcard.
        Postcard "postcard" "はがき",
        /// By telephone.
        Phone "phone" "電話",
        /// At their door.
        Visit "visit" "訪問",
        /// At the counter, while they were there.
        Counter "counter" "窓口",
    }
}

/// Without these a renewal is none: who and where the person is, and whom to call. What a postcard
/// can't ask (illnesses, say) may be left for the next meeting; its stamp then stays old.
pub const MUST: [Group; 2] = [Group::Identity, Group::Contacts];

/// One renewal.
#[derive(Clone, PartialEq, Eq)]
pub struct Renewal {
    /// Whose.
    pub person: PersonId,
    /// Of which month.
    pub month: Month,
    /// Where it stands.
    pub state: State,
    /// How the person was asked first.
    pub way: Option<AskWay>,
    /// On which day.
    pub asked_on: Option<Date>,
    /// How far it climbed without an answer.
    pub step: Option<Step>,
    /// When the next step begins.
    pub next_on: Option<Date>,
    /// The open task of the step.
    pub task: Option<TaskId>,
    /// Since when the record is gone through: milliseconds since 1970.
    pub walk_at: Option<i64>,
    /// How.
    pub walk_way: Option<Way>,
    /// When it was renewed.
    pub renewed_on: Option<Date>,
    /// What of it stands in the figures.
    pub counted: Counted,
    /// Grows with every change.
    pub version: i64,
}

/// How a renewal stood, as a list says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Brought {
    /// Where it stood.
    pub state: State,
    /// How and when the person was first asked.
    pub asked: Option<(AskWay, Date)>,
    /// When it was renewed.
    pub renewed_on: Option<Date>,
}

impl Brought {
    /// Refuses what can't have been: renewed without a day, asked and waiting, silent and never asked.
    pub fn check(&self) -> Result<(), Refusal> {
        let asked = match self.state {
            State::Waiting => self.asked.is_none(),
            State::Asked | State::Confirmed | State::Changed | State::NoAnswer => {
                self.asked.is_some()
            }
            State::Moved | State::Died | State::Withdrawn | State::Returned => true,
        };
        let renewed = self.state.is_renewed() == self.renewed_on.is_some();
        let order = match (self.asked, self.renewed_on) {
            (Some((_, asked)), Some(renewed)) => asked <= renewed,
            _ => true,
        };
        (asked && renewed && order)
            .then_some(())
            .ok_or(Refusal::NotSo)
    }
}

impl Renewal {
    /// One that nobody was asked for yet.
    pub fn opened(person: PersonId, month: Month, counted: Counted) -> Renewal {
        Renewal {
            person,
            month,
            state: State::Waiting,
            way: None,
            asked_on: None,
            step: None,
            next_on: None,
            task: None,
            walk_at: None,
            walk_way: None,
            renewed_on: None,
            counted,
            version: 1,
        }
    }

    fn must_be_open(&self) -> Result<(), Refusal> {
        self.state.is_open().then_some(()).ok_or(Refusal::Over)
    }

    fn await_next(&mut self, today: Date, settings: &Settings) {
        let next = settings.next(self.step);
        self.next_on = next.and_then(|(_, days)| today.checked_add(days.days()).ok());
    }

    /// Asked, for the first time or once more; the next step waits from now.
    pub fn ask(&mut self, way: AskWay, today: Date, settings: &Settings) -> Result<(), Refusal> {
        self.must_be_open()?;
        if self.asked_on.is_none() {
            (self.asked_on, self.way) = (Some(today), Some(way));
        }
        if self.state == State::Waiting {
            self.state = State::Asked;
        }
        if self.state == State::Asked && self.task.is_none() {
            self.await_next(today, settings);
        }
        self.counted.asked = true;
        Ok(())
    }

    /// The asking of that day was a slip; nothing followed from it yet.
    pub fn unask(&mut self, day: Date) -> Result<(), Refusal> {
        let untouched = self.step.is_none() && self.walk_at.is_none();
        if self.state != State::Asked || self.asked_on != Some(day) || !untouched {
            return Err(Refusal::Over);
        }
        (self.state, self.way, self.asked_on, self.next_on) = (State::Waiting, None, None, None);
        self.counted.asked = false;
        Ok(())
    }

    /// The next step begins with its task; silent through all, the person's safety is in doubt.
    pub fn begin(&mut self, step: Step, task: TaskId) {
        (self.step, self.task, self.next_on) = (Some(step), Some(task), None);
        if step == Step::Safety {
            self.state = State::NoAnswer;
        }
    }

    /// The step was tried, without an answer; before any step that is only noted, and the first
    /// one begins on its day.
    pub fn tried(&mut self, today: Date, settings: &Settings) -> Result<(), Refusal> {
        self.must_be_open()?;
        if self.task.take().is_some() && self.state == State::Asked {
            self.await_next(today, settings);
        }
        Ok(())
    }

    /// Somebody begins to go through the record. Whoever stands at the counter unasked counts as
    /// asked there; a walk that was begun before goes on, at most in another way.
    pub fn begin_walk(&mut self, way: Way, now: i64, today: Date) -> Result<(), Refusal> {
        self.must_be_open()?;
        self.walk_at = self.walk_at.or(Some(now));
        self.walk_way = Some(way);
        if self.asked_on.is_none() {
            (self.asked_on, self.way) = (Some(today), Some(asked_by(way)));
        }
        if self.state == State::Waiting {
            self.state = State::Asked;
        }
        self.counted.asked = true;
        Ok(())
    }

    /// Gone through: `changes` fields were found changed.
    pub fn finish(
        &mut self,
        today: Date,
        changes: u16,
        need: bool,
        first: bool,
    ) -> Result<(), Refusal> {
        self.must_be_open()?;
        if self.walk_at.is_none() {
            return Err(Refusal::NotWalked);
        }
        self.state = match changes {
            0 => State::Confirmed,
            _ => State::Changed,
        };
        (self.renewed_on, self.next_on, self.task) = (Some(today), None, None);
        self.counted = Counted {
            renewed: true,
            on_time: today <= self.month.last(),
            changes,
            need,
            first,
            ..self.counted
        };
        Ok(())
    }

    /// "Renewed" was a slip: it waits for an answer again.
    pub fn reopen(&mut self, today: Date, settings: &Settings) -> Result<(), Refusal> {
        if !self.state.is_renewed() {
            return Err(Refusal::NotRenewed);
        }
        self.state = match self.step {
            Some(Step::Safety) => State::NoAnswer,
            _ => State::Asked,
        };
        self.renewed_on = None;
        if self.state == State::Asked {
            self.await_next(today, settings);
        }
        self.counted = Counted {
            asked: self.counted.asked,
            ..Counted::opened(None, self.counted.cohort)
        };
        Ok(())
    }

    /// The person left the register, or gave every tag back, before renewing.
    pub fn leave(&mut self, state: State) {
        (self.state, self.next_on, self.task) = (state, None, None);
        self.counted.due = false;
    }

    /// The person is registered again, a slip at the counter perhaps, or has a tag again.
    pub fn come_back(&mut self, today: Date, settings: &Settings) {
        self.state = match (self.asked_on, self.step) {
            (_, Some(Step::Safety)) => State::NoAnswer,
            (Some(_), _) => State::Asked,
            (None, _) => State::Waiting,
        };
        if self.state == State::Asked {
            self.await_next(today, settings);
        }
        self.counted.due = true;
    }

    /// As a list says that it stood. Of what was found changed a list tells nothing but that something
    /// was; it is counted as one field.
    pub fn bring(&mut self, of: &Brought, settings: &Settings) -> Result<(), Refusal> {
        of.check()?;
        if let Some((way, day)) = of.asked {
            self.ask(way, day, settings)?;
        }
        match (of.state, of.renewed_on) {
            (State::Waiting | State::Asked, _) => {}
            (State::Confirmed | State::Changed, on) => {
                let last = self.month.last();
                (self.state, self.renewed_on, self.next_on) = (of.state, on, None);
                self.counted.renewed = true;
                self.counted.on_time = on.is_some_and(|on| on <= last);
                self.counted.changes = u16::from(of.state == State::Changed);
            }
            (State::NoAnswer, _) => self.lapse(),
            (State::Moved | State::Died | State::Withdrawn | State::Returned, _) => {
                self.leave(of.state);
            }
        }
        Ok(())
    }

    /// Whether the next year's asking is near, so that this one climbs no further.
    pub fn is_past(&self, today: Date) -> bool {
        Month::of(today) >= self.month.plus(11)
    }

    /// The year went by without an answer.
    pub fn lapse(&mut self) {
        (self.state, self.next_on, self.task) = (State::NoAnswer, None, None);
    }

    /// Whether every group was confirmed since the walk began.
    pub fn is_walked_through(&self, person: &Person) -> bool {
        let began = in_japan(instant(self.walk_at.unwrap_or_default())).date();
        let done = |group: &Group| {
            let on = person.group(*group).confirmed.map(|one| one.on);
            self.has_walked(on, began)
        };
        Group::ALL.iter().all(done)
    }

    /// Whether a group was confirmed since the walk began.
    pub fn has_walked(&self, confirmed: Option<Date>, walk_began: Date) -> bool {
        self.walk_at.is_some() && confirmed.is_some_and(|on| on >= walk_began)
    }
}

/// Who comes to the counter unasked was asked there.
const fn asked_by(way: Way) -> AskWay {
    match way {
        Way::InPerson => AskWay::Counter,
        Way::Phone => AskWay::Phone,
        Way::Post => AskWay::Postcard,
        Way::Visit => AskWay::Visit,
    }
}

/// How many fields of groups were changed since then; a new confirmation alone is no change, nor
/// is a field that was changed and changed back.
pub fn found_changed(changes: &[Change], since: i64) -> u16 {
    let groups = changes
        .iter()
        .filter(|change| change.at.as_millisecond() >= since)
        .filter(|change| Group::from_code(&change.what).is_some());
    let mut fields: Vec<(&str, &str, &str, &str)> = Vec::new();
    // The newest comes first: it says what stands now, an older one what stood before.
    for change in groups {
        for one in change.differences.iter().filter(|one| is_field(&one.field)) {
            let same = |(what, field, _, _): &&mut (&str, &str, &str, &str)| {
                *what == change.what && *field == one.field
            };
            match fields.iter_mut().find(same) {
                Some(known) => known.2 = &one.from,
                None => fields.push((&change.what, &one.field, &one.from, &one.to)),
            }
        }
    }
    let changed = fields.iter().filter(|(_, _, from, to)| from != to).count();
    u16::try_from(changed).unwrap_or(u16::MAX)
}

fn is_field(field: &str) -> bool {
    !field.contains("最終確認")
}
