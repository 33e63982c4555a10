//! From a notice to the first look, to a visit, to its end: by way, without anybody's name.

use jiff::ToSpan;
use jiff::civil::{Date, date};

use super::notice::{Ending, Way};
use crate::clock::midnight;
use crate::ids::NoticeId;

/// Fewer times than these would tell a colleague of whom a case is.
pub const FEWEST: usize = 5;
/// Help that took longer is not counted: else a quarter would change for years.
pub const LONGEST_MS: i64 = 365 * 86_400_000;

/// What is counted of one notice.
#[derive(Debug, Clone, Copy)]
pub struct Passed {
    /// Which one.
    pub id: NoticeId,
    /// How it came.
    pub way: Way,
    /// When, in milliseconds.
    pub received_at: i64,
    /// First look.
    pub looked_at: Option<i64>,
    /// First visit.
    pub visited_at: Option<i64>,
    /// End.
    pub ended_at: Option<i64>,
    /// When help arrived, as the rooms above know it.
    pub helped_at: Option<i64>,
    /// How it ended.
    pub ending: Option<Ending>,
    /// Whether the person was registered before; nothing where it was tied to nobody.
    pub known: Option<bool>,
}

/// A median and a 90th percentile, in minutes, with how many they are of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Spread {
    /// Of how many.
    pub count: usize,
    /// The middle one.
    pub median: i64,
    /// Nine of ten were as fast.
    pub ninetieth: i64,
}

/// The figures of one way, or of all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Figures {
    /// How many came.
    pub count: usize,
    /// To the first look.
    pub look: Spread,
    /// To the first visit.
    pub visit: Spread,
    /// To the end.
    pub end: Spread,
    /// How many ended, slips apart.
    pub ended: usize,
    /// Of those, about people who were registered when it came.
    pub known: usize,
    /// About people who were not, and are now.
    pub unknown: usize,
    /// Tied to nobody: who they were about stands nowhere.
    pub untied: usize,
}

/// The figures of notices.
pub fn figures(all: &[Passed]) -> Figures {
    let ended = all
        .iter()
        .filter(|one| one.ended_at.is_some() && one.ending != Some(Ending::Mistaken));
    let of = |known: Option<bool>| ended.clone().filter(|one| one.known == known).count();
    Figures {
        count: all.len(),
        look: spread(all, |one| one.looked_at),
        visit: spread(all, |one| one.visited_at),
        end: spread(all, |one| one.ended_at),
        ended: ended.clone().count(),
        known: of(Some(true)),
        unknown: of(Some(false)),
        untied: of(None),
    }
}

/// What a quarter's last days brought is written down by then; it is kept as it is first shown.
const KEYED_BY: i32 = 9;

/// The first days of the four quarters that are over since the tenth of a month, and the day after:
/// newest first.
pub fn quarters(today: Date) -> [(Date, Date); 4] {
    let today = today.saturating_sub(KEYED_BY.days());
    let this = date(today.year(), (today.month() - 1) / 3 * 3 + 1, 1);
    let back = |many: i32| this.saturating_sub((3 * many).months());
    [1, 2, 3, 4].map(|many| (back(many), back(many - 1)))
}

/// Until help arrived, where it arrived in a quarter. Quarters share no day and no way stands
/// beside another: whoever looks every day sees a number of [`FEWEST`] at a time, or none.
pub fn helped(all: &[Passed], (from, to): (Date, Date)) -> Spread {
    let span = midnight(from).as_millisecond()..midnight(to).as_millisecond();
    spread(all, |one| {
        let at = one.helped_at.filter(|at| span.contains(at))?;
        (at - one.received_at <= LONGEST_MS).then_some(at)
    })
}

/// By the nearest rank: always a time that really was.
fn spread(all: &[Passed], until: impl Fn(&Passed) -> Option<i64>) -> Spread {
    let mut minutes: Vec<i64> = all
        .iter()
        .filter_map(|one| Some((until(one)? - one.received_at).max(0) / 60_000))
        .collect();
    minutes.sort_unstable();
    let rank = |percent: usize| {
        let place = (minutes.len() * percent).div_ceil(100).max(1) - 1;
        minutes.get(place).copied().unwrap_or_default()
    };
    Spread {
        count: minutes.len(),
        median: rank(50),
        ninetieth: rank(90),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn passed(minutes: i64) -> Passed {
        Passed {
            id: NoticeId(1),
            helped_at: None,
            way: Way::Web,
            received_at: 0,
            looked_at: Some(minutes * 60_000),
            visited_at: None,
            ended_at: Some(minutes * 60_000),
            ending: Some(Ending::Safe),
            known: None,
        }
    }

    #[test]
    fn whoever_was_tied_to_nobody_is_no_discovery() {
        let of = |known| Passed { known, ..passed(1) };
        let slip = Passed {
            ending: Some(Ending::Mistaken),
            ..of(Some(false))
        };
        let all = [of(None), of(Some(true)), of(Some(false)), of(None), slip];
        let of = figures(&all);
        assert_eq!((of.ended, of.known, of.unknown, of.untied), (4, 1, 1, 2));
    }

    #[test]
    fn help_is_counted_in_quarters_that_are_over() {
        let quarters = quarters(date(2027, 2, 14));
        assert_eq!(quarters[0], (date(2026, 10, 1), date(2027, 1, 1)));
        assert_eq!(quarters[3], (date(2026, 1, 1), date(2026, 4, 1)));
        assert_eq!(super::quarters(date(2027, 1, 10)), quarters);
        assert_eq!(super::quarters(date(2027, 1, 9))[0].1, date(2026, 10, 1));
        let at = |day: Date| midnight(day).as_millisecond();
        let helped_on = |day: Date| Passed {
            received_at: at(date(2026, 9, 30)),
            helped_at: Some(at(day)),
            ..passed(1)
        };
        let all = [(2026, 9, 30), (2026, 10, 1), (2026, 12, 31), (2027, 1, 1)];
        let mut all = all.map(|(year, month, day)| helped_on(date(year, month, day)));
        let spread = helped(&all, quarters[0]);
        assert_eq!((spread.count, spread.median), (2, 1_440));
        // One that took years to come changes no quarter.
        all[1].received_at = at(date(2025, 9, 30));
        assert_eq!(helped(&all, quarters[0]).count, 1);
    }

    #[test]
    fn the_middle_and_nine_of_ten() {
        let all: Vec<Passed> = (1..=10).map(passed).collect();
        let figures = figures(&all);
        let look = Spread {
            count: 10,
            median: 5,
            ninetieth: 9,
        };
        assert_eq!((figures.look, figures.visit.count), (look, 0));
        assert_eq!((figures.ended, figures.untied), (10, 10));
        assert_eq!(super::figures(&[passed(7)]).look.ninetieth, 7);
        assert_eq!(super::figures(&[]), Figures::default());
    }
}
