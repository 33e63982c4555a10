//! Consent: each signal by itself, from a day on, until it is taken back.

use jiff::ToSpan as _;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::Refusal;
use crate::ids::{RowId, StaffId, SupporterId};
use crate::people::{coded, one_line, redacted};
use crate::station::supporters::Terms;

/// The longest note.
pub const MOST_NOTE: usize = 100;

coded! {
    /// What may be looked at. What a supporter agrees to is worded for them.
    Signal {
        /// How often they come, and whether it has been long.
        Often "often" "どのくらい来ているか（回数が減った、間があいた）",
        /// As what they come.
        Role "role" "どんな役で来ているか（教える側・手伝う側から、参加だけになった）",
        /// Who comes with them.
        Companion "companion" "だれと来ているか（いつもの連れの方が来なくなった）",
        /// When they leave.
        Leaving "leaving" "何時に帰るか（いつもより早く帰るようになった）",
        /// Whether they come where they signed up.
        SignUps "sign_ups" "申し込んだ講座に来ているか",
    }
}

impl Signal {
    /// What of the rhythm it opens.
    pub const fn opens(self) -> &'static [rhythm::Signal] {
        match self {
            Signal::Often => &[rhythm::Signal::Less, rhythm::Signal::Gap],
            Signal::Role => &[rhythm::Signal::Role],
            Signal::Companion => &[rhythm::Signal::Companion],
            Signal::Leaving => &[rhythm::Signal::Leaving],
            Signal::SignUps => &[rhythm::Signal::SignUps],
        }
    }
}

coded! {
    /// How it was given: face to face, by the supporter alone.
    Way {
        /// They said it.
        Said "said" "窓口で、ご本人から聞いた",
        /// They wrote it.
        Written "written" "窓口で、ご本人が書いた",
    }
}

/// How it was given and taken back; sealed.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Words {
    /// How it was given.
    pub way: Way,
    /// Who wrote it down.
    pub by: StaffId,
    /// What was said besides.
    pub note: String,
    /// Who wrote down that it was taken back.
    pub ended_by: Option<StaffId>,
}

redacted!(Words);

/// Consent to one signal.
#[derive(Clone)]
pub struct Consent {
    /// Its identity.
    pub id: RowId,
    /// Whose.
    pub supporter: SupporterId,
    /// To what.
    pub signal: Signal,
    /// The first day.
    pub since: Date,
    /// The day on which it was taken back: from then on nothing is looked at.
    pub until: Option<Date>,
    /// How.
    pub words: Words,
    /// Grows with every change.
    pub version: i64,
}

/// What somebody says that they agree to.
#[derive(Clone)]
pub struct Agreed {
    /// To what.
    pub signals: Vec<Signal>,
    /// On which day they said so.
    pub on: Date,
    /// How.
    pub way: Way,
    /// What was said besides.
    pub note: String,
}

impl Agreed {
    /// What is new of it: what they agreed to before stays as it was given.
    pub fn checked(
        mut self,
        terms: &Terms,
        there: &[Consent],
        today: Date,
    ) -> Result<Agreed, Refusal> {
        let year_ago = today.saturating_sub(1.year());
        if self.on > today || self.on < year_ago || !terms.has(self.on) || !terms.has(today) {
            return Err(Refusal::NotThen);
        }
        self.note = one_line(&self.note, MOST_NOTE).map_err(Refusal::Note)?;
        let old = agreed(there);
        let new = Signal::ALL.iter().copied();
        let new = new.filter(|signal| self.signals.contains(signal) && !old.contains(signal));
        self.signals = new.collect();
        match self.signals.is_empty() {
            true => Err(Refusal::Nothing),
            false => Ok(self),
        }
    }
}

/// To what somebody agrees now, of every consent they ever gave.
pub fn agreed(all: &[Consent]) -> Vec<Signal> {
    let holds = all.iter().filter(|one| one.until.is_none());
    holds.map(|one| one.signal).collect()
}

/// Takes back what was named: from this day on. Gives what changed.
pub fn take_back(
    all: Vec<Consent>,
    named: &[Signal],
    (today, by): (Date, StaffId),
) -> Result<Vec<Consent>, Refusal> {
    let mut ended = Vec::new();
    for mut one in all {
        if one.until.is_none() && named.contains(&one.signal) {
            one.until = Some(today);
            one.words.ended_by = Some(by);
            ended.push(one);
        }
    }
    match ended.is_empty() {
        true => Err(Refusal::Nothing),
        false => Ok(ended),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use jiff::civil::date;

    use super::*;

    const TODAY: Date = date(2026, 11, 20);

    fn said(signals: &[Signal], on: Date) -> Agreed {
        Agreed {
            signals: signals.to_vec(),
            on,
            way: Way::Said,
            note: String::new(),
        }
    }

    fn consent(signal: Signal, until: Option<Date>) -> Consent {
        Consent {
            id: RowId(1),
            supporter: SupporterId(1),
            signal,
            since: date(2026, 5, 1),
            until,
            words: Words {
                way: Way::Said,
                by: StaffId(7),
                note: String::new(),
                ended_by: None,
            },
            version: 1,
        }
    }

    #[test]
    fn every_signal_of_the_rhythm_is_opened_by_one_consent_alone() {
        let mut opened: Vec<rhythm::Signal> = Signal::ALL
            .iter()
            .flat_map(|signal| signal.opens().to_vec())
            .collect();
        opened.sort();
        assert_eq!(opened.len(), 6);
        opened.dedup();
        assert_eq!(opened.len(), 6);
    }

    #[test]
    fn what_was_given_stays_as_given_and_what_was_taken_back_can_be_given_anew() {
        let terms = Terms::since(date(2026, 4, 1));
        let there = [
            consent(Signal::Often, None),
            consent(Signal::Role, Some(date(2026, 8, 1))),
        ];
        let all = said(&[Signal::Role, Signal::Often, Signal::Leaving], TODAY);
        let new = all.checked(&terms, &there, TODAY).unwrap();
        assert_eq!(new.signals, [Signal::Role, Signal::Leaving]);
        let old = said(&[Signal::Often], TODAY).checked(&terms, &there, TODAY);
        assert!(matches!(old, Err(Refusal::Nothing)));
        assert_eq!(agreed(&there), [Signal::Often]);
    }

    #[test]
    fn only_a_supporter_agrees_and_not_ahead() {
        let terms = Terms::since(date(2026, 4, 1));
        for (on, may) in [
            (TODAY, true),
            (date(2026, 4, 1), true),
            (date(2026, 3, 31), false),
            (date(2026, 11, 21), false),
        ] {
            let checked = said(&[Signal::Often], on).checked(&terms, &[], TODAY);
            assert_eq!(checked.is_ok(), may, "{on}");
        }
        let mut gone = terms;
        gone.leave(date(2026, 11, 1), TODAY).unwrap();
        let checked = said(&[Signal::Often], date(2026, 10, 1)).checked(&gone, &[], TODAY);
        assert!(matches!(checked, Err(Refusal::NotThen)));
    }

    #[test]
    fn each_is_taken_back_by_itself_and_once() {
        let all = vec![consent(Signal::Often, None), consent(Signal::Role, None)];
        let by = (TODAY, StaffId(8));
        let ended = take_back(all, &[Signal::Role], by).unwrap();
        assert_eq!(ended.len(), 1);
        assert_eq!(
            (ended[0].until, ended[0].words.ended_by),
            (Some(TODAY), Some(StaffId(8)))
        );
        let again = take_back(ended, &[Signal::Role], by);
        assert!(matches!(again, Err(Refusal::Nothing)));
    }
}
