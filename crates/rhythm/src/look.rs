//! One person on one day: every agreed signal asked, the lines added up.

use crate::book::Book;
use crate::facts::{Day, Signal};
use crate::finding::{Finding, Line, Outcome};
use crate::past::{Past, Silent};
use crate::signals;
use crate::sums::tenth;
use crate::thresholds::Thresholds;

pub(crate) const SIGNALS: [Signal; 6] = [
    Signal::Less,
    Signal::Gap,
    Signal::Role,
    Signal::Companion,
    Signal::Leaving,
    Signal::SignUps,
];

/// The signals that somebody agrees to on a day.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) struct Agreed([bool; 6]);

impl Agreed {
    fn on(book: &Book, person: u32, day: Day) -> Self {
        Self(SIGNALS.map(|signal| book.agreed(person, signal, day)))
    }

    pub fn to(self, signal: Signal) -> bool {
        self.0[signal as usize]
    }
}

impl Book<'_> {
    /// What is different about one person, made only of days before `day`. A person who is not
    /// there is one of whom too little is known.
    pub fn look(&self, thresholds: &Thresholds, person: u32, day: Day) -> Outcome {
        if person >= self.people || !crate::book::within(day) {
            return Outcome::TooLittleKnown;
        }
        look(self, thresholds, &mut Past::default(), person, day)
    }
}

/// `past` is only room to work in.
pub(crate) fn look<'b>(
    book: &'b Book,
    thresholds: &Thresholds,
    past: &mut Past<'b>,
    person: u32,
    day: Day,
) -> Outcome {
    let agreed = Agreed::on(book, person, day);
    if agreed == Agreed([false; 6]) {
        return Outcome::NotAgreed;
    }
    match past.fill(book, thresholds, person, day) {
        Err(Silent::TooLittleKnown) => return Outcome::TooLittleKnown,
        Err(Silent::LongGone { last_visit }) => return Outcome::LongGone { last_visit },
        Ok(()) => {}
    }
    let known = signals::Known::of(past, thresholds);
    let mut lines: Vec<Line> = SIGNALS
        .iter()
        .filter(|s| agreed.to(**s))
        .filter_map(|s| match s {
            Signal::Less => signals::less(past, &known),
            Signal::Gap => signals::gap(past, &known),
            Signal::Role => signals::role(book, past, thresholds),
            Signal::Companion => signals::companion(book, past, thresholds, day),
            Signal::Leaving => signals::leaving(book, past, thresholds),
            Signal::SignUps => signals::sign_ups(book, past, thresholds, day),
        })
        .filter(|line| line.evidence > 0.0)
        .collect();
    if lines.is_empty() {
        return Outcome::Usual;
    }
    lines.sort_by(|a, b| {
        b.evidence
            .total_cmp(&a.evidence)
            .then(a.signal.cmp(&b.signal))
    });
    let counted = count(&mut lines);
    let onset = lines.first().map_or(day, |line| line.onset);
    let old = tenth(thresholds.off_a_month * f64::from(day - onset) / 30.0);
    let sum = tenth((counted - old).max(0.0));
    Outcome::Change(Finding {
        person,
        day,
        lines,
        old,
        told: 0.0,
        sum,
    })
}

/// The strongest counts whole, the next half, then a quarter … Coming less and a gap are one
/// absence seen twice: only the stronger counts.
fn count(lines: &mut [Line]) -> f64 {
    let (mut share, mut absent, mut tenths) = (1.0, false, 0.0);
    for line in lines {
        if matches!(line.signal, Signal::Less | Signal::Gap) {
            if absent {
                line.counted = 0.0;
                continue;
            }
            absent = true;
        }
        line.counted = tenth(line.evidence * share);
        tenths += (line.counted * 10.0).round();
        share /= 2.0;
    }
    tenths / 10.0
}
