//! What else could make the weekly list from the same facts.
//!
//! Each rival gives every person a score a week; the list takes the strongest, and whoever was on
//! it is not on it again for 56 days. A form with `once` also waits until somebody has come again:
//! it spares the list those who have been gone for a year, and makes every rival stronger.

use ::rhythm::Day;

use super::weeks::{Own, Weeks};

const QUIET: Day = 56;

/// Whom a list names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Named {
    pub person: u32,
    pub day: Day,
}

/// Everybody with a score on that day, strongest first.
pub struct Ranking {
    pub day: Day,
    pub order: Vec<u32>,
}

/// One way to score.
#[derive(Clone, Copy, Debug)]
pub enum Rule {
    /// By lot: what luck finds.
    Lot,
    /// Absent for four weeks.
    Absent { exclusions: bool, order: Order },
    /// How far the moving average of weekly visits is under its mean.
    Ewma { weight: f64, exclusions: bool },
    /// The sum of what was missed beyond an allowance (Page 1954).
    Cusum { allowance: f64, exclusions: bool },
}

/// Who of those absent comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    Longest,
    /// Whoever crossed the four weeks last.
    Newest,
    /// Whoever came most often in the year before.
    Regulars,
    /// How many visits were missed, by the year before.
    Missed,
}

/// A ranking for each week of `weeks` from `from` on.
pub fn rank(rule: Rule, weeks: &Weeks, from: usize) -> Vec<Ranking> {
    let mut scored: Vec<Vec<(f64, u32)>> = vec![Vec::new(); weeks.count];
    for (person, own) in weeks.people.iter().enumerate() {
        let scores = match rule {
            Rule::Lot => (0..weeks.count).map(|week| lot(person, week)).collect(),
            Rule::Absent { exclusions, order } => absent(own, weeks, exclusions, order),
            Rule::Ewma { weight, exclusions } => {
                let mut average = 0.0;
                running(own, weeks, exclusions, |missed| {
                    average = (1.0 - weight) * average + weight * missed;
                    average
                })
            }
            Rule::Cusum {
                allowance,
                exclusions,
            } => {
                let mut sum = 0.0_f64;
                running(own, weeks, exclusions, |missed| {
                    sum = (sum + missed - allowance).max(0.0);
                    sum
                })
            }
        };
        for week in from..weeks.count {
            if scores[week] > 0.0 && own.watched(weeks.day(week)) {
                scored[week].push((scores[week], person as u32));
            }
        }
    }
    in_order(scored, weeks, from)
}

/// Scores by week, made into rankings.
pub fn in_order(scored: Vec<Vec<(f64, u32)>>, weeks: &Weeks, from: usize) -> Vec<Ranking> {
    let all = scored.into_iter().enumerate().skip(from);
    all.map(|(week, mut list)| {
        list.sort_by(|one, other| other.0.total_cmp(&one.0).then(one.1.cmp(&other.1)));
        Ranking {
            day: weeks.day(week),
            order: list.into_iter().map(|(_, person)| person).collect(),
        }
    })
    .collect()
}

/// The lists: at most `per_week` of each ranking.
pub fn lists(rankings: &[Ranking], weeks: &Weeks, per_week: usize, once: bool) -> Vec<Named> {
    let mut named: Vec<Option<Day>> = vec![None; weeks.people.len()];
    let mut all = Vec::new();
    for ranking in rankings {
        let free = |person: &&u32| {
            let own = &weeks.people[**person as usize];
            named[**person as usize].is_none_or(|before| {
                let came = own.last_visit(ranking.day).is_some_and(|day| day >= before);
                ranking.day - before >= QUIET && (!once || came)
            })
        };
        let strongest: Vec<u32> = ranking
            .order
            .iter()
            .filter(free)
            .take(per_week)
            .copied()
            .collect();
        for person in strongest {
            named[person as usize] = Some(ranking.day);
            all.push(Named {
                person,
                day: ranking.day,
            });
        }
    }
    all
}

fn lot(person: usize, week: usize) -> f64 {
    crate::chance::Chance::new((person * 1_000 + week) as u64).unit()
}

/// Days since the last visit, from four weeks on.
fn absent(own: &Own, weeks: &Weeks, exclusions: bool, order: Order) -> Vec<f64> {
    let score = |week: usize| {
        let day = weeks.day(week);
        let last = own.last_visit(day)?;
        let since = (last - weeks.first) as usize / 7 + 1;
        let blank = own.blank[since.min(week)..week]
            .iter()
            .filter(|blank| **blank);
        let excused = if exclusions { blank.count() * 7 } else { 0 };
        let absent = day - last - excused as Day;
        let visits = || {
            let year = own.visits.iter().filter(|visit| **visit > last - 365);
            year.count() as f64
        };
        (absent >= 28).then(|| match order {
            Order::Longest => f64::from(absent),
            Order::Newest => 1.0 / f64::from(absent),
            Order::Regulars => visits(),
            Order::Missed => visits() * f64::from(absent),
        })
    };
    (0..weeks.count)
        .map(|week| score(week).unwrap_or(0.0))
        .collect()
}

/// Weeks that make the mean: a year, but not the last eight, which may already be the change.
const YEAR: usize = 52;
const LATE: usize = 8;
const ENOUGH: usize = 13;

/// Feeds `step` with how much was missed each week, in deviations; its answer is the score of the
/// list after that week.
fn running(
    own: &Own,
    weeks: &Weeks,
    exclusions: bool,
    mut step: impl FnMut(f64) -> f64,
) -> Vec<f64> {
    let mut scores = vec![0.0; weeks.count];
    let Some(begins) = own.counts.iter().position(|count| *count > 0) else {
        return scores;
    };
    let tide = |week: usize| if exclusions { weeks.tide[week] } else { 1.0 };
    let mut score = 0.0;
    for week in begins..weeks.count - 1 {
        let blank = |week: usize| exclusions && own.blank[week];
        let from = begins.max(week.saturating_sub(YEAR + LATE));
        let used: Vec<usize> = (from..week.saturating_sub(LATE))
            .filter(|week| !blank(*week))
            .collect();
        if used.len() >= ENOUGH && !blank(week) {
            let count = |week: usize| f64::from(own.counts[week]);
            let offered: f64 = used.iter().map(|week| tide(*week)).sum();
            let mean = used.iter().map(|week| count(*week)).sum::<f64>() / offered;
            let off = |week: usize| mean * tide(week) - count(week);
            let squares: f64 = used.iter().map(|week| off(*week).powi(2)).sum();
            let deviation = (squares / used.len() as f64).max(0.05).sqrt();
            score = step(off(week) / deviation);
        }
        scores[week + 1] = score;
    }
    scores
}

#[cfg(test)]
mod tests {
    use ::rhythm::{Away, Consent, Facts, Meeting, Role, Roll, Signal, Visit};

    use super::*;

    /// A course every week for a year, beside another that nobody here visits; who came in which
    /// weeks.
    fn facts(came: &[&dyn Fn(Day) -> bool]) -> Facts {
        let meeting = |at: Day| Meeting {
            course: at as u32 / 52,
            day: 7 * (at % 52) + 2,
            starts: 600,
            ends: 690,
            roll: Roll::Taken,
        };
        let mut facts = Facts {
            people: came.len() as u32,
            courses: 2,
            meetings: (0..104).map(meeting).collect(),
            ..Facts::default()
        };
        for (person, comes) in came.iter().enumerate() {
            let person = person as u32;
            facts.consents.push(Consent {
                person,
                signal: Signal::Gap,
                from: 0,
                until: None,
            });
            let weeks = (0..52).filter(|week| comes(*week));
            facts.visits.extend(weeks.map(|week| Visit {
                person,
                meeting: week as u32,
                role: Role::Participant,
                arrived: None,
                left: None,
            }));
        }
        facts
    }

    fn first_named(facts: &Facts, rule: Rule) -> Vec<(u32, Day)> {
        let weeks = Weeks::of(facts, 0, 363);
        let named = lists(&rank(rule, &weeks, 10), &weeks, 1, true);
        named.iter().map(|one| (one.person, one.day)).collect()
    }

    const ABSENT: Rule = Rule::Absent {
        exclusions: true,
        order: Order::Longest,
    };

    #[test]
    fn absent_is_from_four_weeks_on_and_what_was_told_is_not_counted() {
        let mut facts = facts(&[&|week| !(20..=40).contains(&week), &|_| true]);
        // The last visit was on day 135.
        assert_eq!(first_named(&facts, ABSENT), [(0, 168)]);
        facts.aways.push(Away {
            person: 0,
            first: 140,
            last: 153,
        });
        assert_eq!(first_named(&facts, ABSENT), [(0, 182)]);
        for week in 22..30 {
            facts.meetings[week].roll = Roll::NotRecorded;
            facts.visits.retain(|visit| visit.meeting as usize != week);
        }
        assert_eq!(first_named(&facts, ABSENT), [(0, 238)]);
    }

    #[test]
    fn averages_and_sums_find_whoever_stops_and_nobody_else() {
        let stops = |week: Day| week < 30;
        let weekly = |_: Day| true;
        let fortnightly = |week: Day| week % 2 == 0;
        let facts = facts(&[&weekly, &stops, &fortnightly, &weekly, &weekly]);
        let ewma = Rule::Ewma {
            weight: 0.2,
            exclusions: true,
        };
        let cusum = Rule::Cusum {
            allowance: 0.5,
            exclusions: true,
        };
        for rule in [ewma, cusum] {
            let weeks = Weeks::of(&facts, 0, 363);
            let last = rank(rule, &weeks, 10)
                .into_iter()
                .find(|one| one.day == 7 * 34);
            assert_eq!(last.map(|one| one.order[0]), Some(1), "{rule:?}");
        }
    }

    #[test]
    fn whoever_was_named_is_left_alone_for_eight_weeks_or_until_they_come() {
        let facts = facts(&[&|week| week < 10]);
        let weeks = Weeks::of(&facts, 0, 363);
        let rankings = rank(ABSENT, &weeks, 10);
        let days = |once| -> Vec<Day> {
            let named = lists(&rankings, &weeks, 3, once);
            named.iter().map(|one| one.day).collect()
        };
        assert_eq!(days(false)[..3], [98, 154, 210]);
        assert_eq!(days(true), [98]);
    }

    #[test]
    fn nobody_is_scored_without_consent() {
        let mut facts = facts(&[&|week| week < 20]);
        facts.consents[0].until = Some(150);
        assert_eq!(first_named(&facts, ABSENT), []);
    }
}
