//! The facts as a spreadsheet would hold them: visits a week, and weeks that say nothing.
//!
//! A row of the weekly list sees only weeks before it.

use ::rhythm::{Day, Facts, Roll};

/// A course is somebody's own for half a year after a visit.
const OWN_FOR: Day = 180;

pub struct Weeks {
    pub first: Day,
    pub count: usize,
    pub people: Vec<Own>,
    /// Visits of the town in that week, as a share of the usual: the ebb.
    pub tide: Vec<f64>,
}

/// One person's row.
#[derive(Default)]
pub struct Own {
    pub counts: Vec<u16>,
    /// Told to be away for most of the week, the town closed, or dates of the own courses and no
    /// roll taken: no visit means nothing.
    pub blank: Vec<bool>,
    /// Days of visits.
    pub visits: Vec<Day>,
    /// From when until when there is consent to anything.
    watched: Option<(Day, Day)>,
}

impl Own {
    pub fn watched(&self, day: Day) -> bool {
        self.watched
            .is_some_and(|(from, until)| from <= day && day < until)
    }

    /// The last visit before that day.
    pub fn last_visit(&self, day: Day) -> Option<Day> {
        let before = self.visits.partition_point(|visit| *visit < day);
        self.visits[..before].last().copied()
    }
}

impl Weeks {
    /// Weeks from `first` on; the last may be cut short.
    pub fn of(facts: &Facts, first: Day, last: Day) -> Self {
        let count = (last - first) as usize / 7 + 1;
        let mut people: Vec<Own> = (0..facts.people).map(|_| Own::default()).collect();
        let mut courses: Vec<Vec<(u32, Day)>> = vec![Vec::new(); people.len()];
        let mut total = vec![0.0; count];
        for own in &mut people {
            own.counts = vec![0; count];
            own.blank = vec![false; count];
        }
        for visit in &facts.visits {
            let meeting = facts.meetings[visit.meeting as usize];
            let week = (meeting.day - first) as usize / 7;
            let own = &mut people[visit.person as usize];
            own.counts[week] += 1;
            own.visits.push(meeting.day);
            total[week] += 1.0;
            courses[visit.person as usize].push((meeting.course, meeting.day));
        }
        for consent in &facts.consents {
            let own = &mut people[consent.person as usize];
            let until = consent.until.unwrap_or(Day::MAX);
            let (from, to) = own.watched.unwrap_or((consent.from, until));
            own.watched = Some((from.min(consent.from), to.max(until)));
        }
        for gone in &facts.gone {
            if let Some((_, until)) = &mut people[gone.person as usize].watched {
                *until = gone.from.min(*until);
            }
        }
        let mut made = Self {
            first,
            count,
            people,
            tide: tide(&total),
        };
        made.mark_away(facts);
        made.mark_unknown(facts, &courses);
        made
    }

    pub fn day(&self, week: usize) -> Day {
        self.first + 7 * week as Day
    }

    fn mark_away(&mut self, facts: &Facts) {
        for away in &facts.aways {
            for week in 0..self.count {
                let monday = self.day(week);
                let days = away.last.min(monday + 6) - away.first.max(monday) + 1;
                if days >= 4 {
                    self.people[away.person as usize].blank[week] = true;
                }
            }
        }
    }

    fn mark_unknown(&mut self, facts: &Facts, courses: &[Vec<(u32, Day)>]) {
        // By course and week: dates planned, rolls taken.
        let mut dates = vec![(0_u16, 0_u16); facts.courses as usize * self.count];
        let mut taken = vec![0_usize; self.count];
        for meeting in &facts.meetings {
            let week = (meeting.day - self.first) as usize / 7;
            let (planned, known) = &mut dates[meeting.course as usize * self.count + week];
            *planned += 1;
            if meeting.roll == Roll::Taken {
                *known += 1;
                taken[week] += 1;
            }
        }
        let mut sorted = taken.clone();
        sorted.sort_unstable();
        let usual = sorted[sorted.len() / 2];
        for (own, visited) in self.people.iter_mut().zip(courses) {
            for (week, blank) in own.blank.iter_mut().enumerate() {
                let monday = self.first + 7 * week as Day;
                let recent = visited
                    .iter()
                    .filter(|(_, day)| *day < monday && *day >= monday - OWN_FOR);
                let (planned, known) = recent.fold((0, 0), |sum, (course, _)| {
                    let (planned, known) = dates[*course as usize * self.count + week];
                    (sum.0 + planned, sum.1 + known)
                });
                *blank |= (planned > 0 && known == 0) || taken[week] * 4 < usual;
            }
        }
    }
}

/// Each week's visits as a share of the median of the year before it.
fn tide(total: &[f64]) -> Vec<f64> {
    (0..total.len())
        .map(|week| {
            let mut before = total[week.saturating_sub(52)..=week].to_vec();
            before.sort_by(f64::total_cmp);
            let usual = before[before.len() / 2];
            (total[week] / usual.max(1.0)).clamp(0.05, 1.5)
        })
        .collect()
}
