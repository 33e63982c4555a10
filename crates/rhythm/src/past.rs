//! One person's past on one day: what was to be expected of them, and what they did.

use std::ops::Range;

use crate::book::Book;
use crate::facts::{Day, Roll, Visit};
use crate::thresholds::Thresholds;

/// A day's expectation is compared with five weeks around the same day a year before.
const SEASON_AROUND: i32 = 17;
const YEAR: i32 = 364;
/// Expected visits of the year before below which its season says nothing.
const SEASON_LEAST: f64 = 2.0;
/// Imagined visits at the usual level: one bad fortnight is no season.
const SEASON_CALM: f64 = 2.0;
/// Nobody is expected less than a fifth for a season's sake.
const SEASON_LOWEST: f64 = 0.2;

/// Whoever could have come for half a year and did not is not coming less any more: they have gone.
const LONG_GONE: usize = 182;
/// Where nothing takes place for longer than a monthly course's five weeks, the house is closed.
const CLOSED: usize = 35;
/// Own pauses are looked for in so many days of history at most.
const HISTORY: i32 = 5 * 365;

/// Why there is no past to judge by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Silent {
    TooLittleKnown,
    LongGone { last_visit: Day },
}

/// Days count from `start`; the list's day is one past the end. Kept between people so that the
/// vectors are made once.
#[derive(Default)]
pub(crate) struct Past<'b> {
    pub person: u32,
    pub start: Day,
    /// The days of the usual, and those in which a change may have begun.
    pub base: Range<usize>,
    pub look: Range<usize>,
    /// All visits before the list's day, in order of meetings.
    pub visits: &'b [Visit],
    /// Visits expected of each day by the own usual, without days away.
    pub expected: Vec<f32>,
    pub came: Vec<u8>,
    pub away: Vec<bool>,
    /// Visits a week by the own usual, days away not counted.
    pub a_week: f64,
    /// For [`companion`](crate::signals::companion): how often near whom; all zero between people.
    pub near: Vec<u16>,
    courses: Vec<Course>,
}

struct Course {
    course: u32,
    came: u32,
    offered: f32,
}

impl<'b> Past<'b> {
    pub fn fill(
        &mut self,
        book: &'b Book,
        thresholds: &Thresholds,
        person: u32,
        day: Day,
    ) -> Result<(), Silent> {
        let all = book.visits(person);
        self.person = person;
        self.visits = &all[..all.partition_point(|v| book.day_of(v.meeting) < day)];
        let known = self.visits.first().map(|v| book.day_of(v.meeting));
        let known = known.ok_or(Silent::TooLittleKnown)?;
        self.frame(thresholds, known, day)?;
        self.mark_away(book, day);
        let first = self.start;
        let recent = self
            .visits
            .partition_point(|v| book.day_of(v.meeting) < first);
        let visits = self.visits;
        let mut last = None;
        for visit in &visits[recent..] {
            let at = (book.day_of(visit.meeting) - first) as usize;
            self.came[at] = self.came[at].saturating_add(1);
            self.count(book, visit, at);
            last = Some(at);
        }
        let usual: u32 = self.courses.iter().map(|c| c.came).sum();
        if usual < thresholds.least_visits {
            return Err(self.long_before(book, thresholds));
        }
        self.expect(book);
        let last = last.ok_or(Silent::TooLittleKnown)?;
        if self.could_have_come(last) > LONG_GONE {
            let last_visit = self.day(last);
            return Err(Silent::LongGone { last_visit });
        }
        let days = self.away[self.base.clone()]
            .iter()
            .filter(|away| !**away)
            .count();
        self.a_week = 7.0 * self.expect_in(self.base.clone()) / days.max(1) as f64;
        self.take_season_out();
        Ok(())
    }

    /// Half of a short history is looked at less than of a long one: a third, at most `look_weeks`.
    fn frame(&mut self, thresholds: &Thresholds, known: Day, day: Day) -> Result<(), Silent> {
        let season = SEASON_AROUND + YEAR;
        let most = 7 * (thresholds.base_weeks + thresholds.look_weeks) as i32;
        let days = most.max(7 * thresholds.look_weeks as i32 + season);
        let days = days.max((day - known).min(HISTORY));
        self.start = day - days;
        let weeks = (day - known) / 7;
        let look = 7 * (thresholds.look_weeks as i32).min(weeks / 3);
        let base = (day - look - known).min(7 * thresholds.base_weeks as i32);
        if base < 7 * thresholds.least_base_weeks as i32 {
            return Err(Silent::TooLittleKnown);
        }
        let (days, look, base) = (days as usize, look as usize, base as usize);
        self.look = days - look..days;
        self.base = days - look - base..days - look;
        self.expected.clear();
        self.expected.resize(days, 0.0);
        self.came.clear();
        self.came.resize(days, 0);
        self.away.clear();
        self.away.resize(days, false);
        self.courses.clear();
        Ok(())
    }

    fn mark_away(&mut self, book: &Book, day: Day) {
        for away in book.aways(self.person) {
            let first = away.first.max(self.start);
            let last = away.last.min(day - 1);
            if first <= last {
                let days = (first - self.start) as usize..=(last - self.start) as usize;
                self.away[days].fill(true);
            }
        }
    }

    fn count(&mut self, book: &Book, visit: &Visit, at: usize) {
        let meeting = &book.meetings[visit.meeting as usize];
        if !self.base.contains(&at) || meeting.roll != Roll::Taken || self.away[at] {
            return;
        }
        match self.courses.iter_mut().find(|c| c.course == meeting.course) {
            Some(course) => course.came += 1,
            None => self.courses.push(Course {
                course: meeting.course,
                came: 1,
                offered: 0.0,
            }),
        }
    }

    /// A course's rate is visits over what was offered; the half offered more keeps a single try
    /// from being a habit. Courses never visited in the usual weigh nothing.
    fn expect(&mut self, book: &Book) {
        for course in &mut self.courses {
            let held = book.held(course.course);
            let from = held.partition_point(|m| book.day_of(*m) < self.start);
            let end = self.start + self.expected.len() as i32;
            let to = held.partition_point(|m| book.day_of(*m) < end);
            let held = &held[from..to];
            for meeting in held {
                let at = (book.day_of(*meeting) - self.start) as usize;
                if self.base.contains(&at) && !self.away[at] {
                    course.offered += book.tide().offered(*meeting as usize);
                }
            }
            let rate = (course.came as f32 / (course.offered + 0.5)).min(1.0);
            for meeting in held {
                let at = (book.day_of(*meeting) - self.start) as usize;
                if !self.away[at] {
                    self.expected[at] += rate * book.tide().offered(*meeting as usize);
                }
            }
        }
    }

    /// Whoever stayed away at this time of the last year, too, is expected less now.
    fn take_season_out(&mut self) {
        let look = self.look.clone();
        for week in look.step_by(7) {
            let middle = week as i32 + 3 - YEAR;
            let from = (middle - SEASON_AROUND).max(self.base.start as i32);
            let to = middle + SEASON_AROUND + 1;
            if from >= to {
                continue;
            }
            let year_before = from as usize..to as usize;
            let expected: f64 = self.expect_in(year_before.clone());
            let came = f64::from(self.came_in(year_before));
            if expected < SEASON_LEAST || came * 2.0 >= expected {
                continue;
            }
            let level = (came + SEASON_CALM) / (expected + SEASON_CALM);
            let level = level.clamp(SEASON_LOWEST, 1.0) as f32;
            let days = week..(week + 7).min(self.expected.len());
            self.expected[days].iter_mut().for_each(|e| *e *= level);
        }
    }

    /// No usual in the weeks that would be compared: there never was one, or it ended long ago.
    fn long_before(&self, book: &Book, thresholds: &Thresholds) -> Silent {
        let day_of = |visit: &Visit| book.day_of(visit.meeting);
        let Some(last_visit) = self.visits.last().map(day_of) else {
            return Silent::TooLittleKnown;
        };
        let before = self
            .visits
            .partition_point(|v| day_of(v) < last_visit - YEAR);
        let known = self.visits.len() - before >= thresholds.least_visits as usize;
        let since = usize::try_from(last_visit + 1 - self.start).unwrap_or(0);
        let there = self.away.iter().skip(since).filter(|away| !**away);
        match known && there.count() > LONG_GONE {
            true => Silent::LongGone { last_visit },
            false => Silent::TooLittleKnown,
        }
    }

    /// Days since the last visit that were not told away and lay in no closure.
    fn could_have_come(&self, last: usize) -> usize {
        let (mut days, mut idle) = (0, 0);
        for at in last + 1..self.look.end {
            idle = if self.expected[at] > 0.0 { 0 } else { idle + 1 };
            days += usize::from(!self.away[at] && idle <= CLOSED);
        }
        days
    }

    /// Visits expected in these days.
    pub fn expect_in(&self, days: Range<usize>) -> f64 {
        f64::from(self.expected[days].iter().sum::<f32>())
    }

    /// Visits in these days.
    pub fn came_in(&self, days: Range<usize>) -> u32 {
        self.came[days].iter().map(|c| u32::from(*c)).sum()
    }

    pub fn day(&self, at: usize) -> Day {
        self.start + at as i32
    }

    /// Where a day of the past lies; None before `start`.
    pub fn at(&self, day: Day) -> Option<usize> {
        usize::try_from(day - self.start)
            .ok()
            .filter(|at| *at < self.expected.len())
    }
}
