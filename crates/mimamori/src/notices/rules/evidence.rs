//! Notices about one person, household or house add up and fade with time. The model card,
//! docs/EVIDENCE.md, says how the figures were chosen and what the sum must not be used for.
//!
//! A notice says: its strongest sign, half of the second, a quarter of the third, and so on, each
//! halved for every half-life that has passed; times how sure the teller was; times a quarter where it
//! turned out that all was well. Of one source, several notices of one day count an eighth of the one
//! before each, and each further day half of the one before: a flood counts little more than one.
//!
//! What professionals observed about a person adds up in the same way; another room hands it in.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use jiff::Timestamp;
use jiff::civil::Date;

use super::notice::{Ending, Notice, Sure};
use super::sign::{self, Sign};
use crate::clock::in_japan;
use crate::ids::{NoticeId, PersonId, RowId};

/// Notices older than this no longer count: the longest half-life of the program has passed four times.
pub const MEMORY_DAYS: i64 = 360;

/// Of several signs in one notice, each counts so much of the one before.
const NEXT_SIGN: f64 = 0.5;
/// Of several notices of one source on one day.
const SAME_DAY: f64 = 0.125;
/// Of several days of one source.
const NEXT_DAY: f64 = 0.5;
/// What is left of a notice after somebody found all well.
const SAFE: f64 = 0.25;

const DAY_MS: f64 = 86_400_000.0;

/// What adds something to a sum.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Of {
    /// A notice.
    Notice(NoticeId),
    /// An observation, which another room keeps.
    Observation(RowId),
}

/// What professionals observed about a person, as another room hands it in.
#[derive(Clone)]
pub struct Observed {
    /// The observation.
    pub id: RowId,
    /// About whom.
    pub person: PersonId,
    /// Who observed it: several of one source count less.
    pub source: i64,
    /// When.
    pub at: Timestamp,
    /// Codes of signs.
    pub signs: Vec<String>,
}

/// One part of a sum.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// What it is of.
    pub of: Of,
    /// The day it came.
    pub on: Date,
    /// What its signs say today, before everything else, in tenths.
    pub signs: i64,
    /// How sure the teller was, in tenths.
    pub sure: i64,
    /// Whether all was found well.
    pub safe: bool,
    /// How much counts as it comes from a source that told before, in thousandths.
    pub share: i64,
    /// What it adds, in tenths: the sum is the sum of these. Rounded so that the sum is the rounded
    /// sum of what they exactly add.
    pub tenths: i64,
}

/// A sum with its lines, the weightiest first.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Evidence {
    /// One a notice.
    pub lines: Vec<Line>,
}

impl Evidence {
    /// The sum, in tenths.
    pub fn tenths(&self) -> i64 {
        self.lines.iter().map(|line| line.tenths).sum()
    }
}

/// What a notice or an observation says by itself.
struct Said {
    of: Of,
    on: Date,
    signs: f64,
    sure: i64,
    safe: bool,
    value: f64,
}

fn weigh(
    (of, at): (Of, Timestamp),
    codes: &[String],
    (sure, safe): (i64, bool),
    (signs, now): (&[Sign], Timestamp),
) -> Said {
    #[allow(clippy::cast_precision_loss)] // a year has 31 thousand million milliseconds
    let age = (now.as_millisecond() - at.as_millisecond()).max(0) as f64 / DAY_MS;
    let own_words = codes.is_empty();
    let codes: BTreeSet<&str> = codes.iter().map(String::as_str).collect();
    // Who wrote in their own words only said that something is the matter.
    let codes = codes.into_iter().chain(own_words.then_some("other"));
    let known = codes.filter_map(|code| sign::find(signs, code));
    #[allow(clippy::cast_precision_loss)] // bounded by rules::sign
    let mut each: Vec<f64> = known
        .map(|sign| sign.weight as f64 / 10.0 * (-age / sign.half_life.max(1) as f64).exp2())
        .collect();
    let signs = falling(&mut each, NEXT_SIGN);
    let left = if safe { SAFE } else { 1.0 };
    #[allow(clippy::cast_precision_loss)] // 4 to 10
    let value = signs * (sure as f64 / 10.0) * left;
    let on = in_japan(at).date();
    Said {
        of,
        on,
        signs,
        sure,
        safe,
        value,
    }
}

fn told(notice: &Notice, by: (&[Sign], Timestamp)) -> Said {
    let of = (Of::Notice(notice.id), notice.received_at);
    let safe = notice.ending == Some(Ending::Safe);
    let words = &notice.words;
    weigh(of, &words.signs, (words.sure.tenths(), safe), by)
}

fn observed(one: &Observed, by: (&[Sign], Timestamp)) -> Said {
    let of = (Of::Observation(one.id), one.at);
    weigh(of, &one.signs, (Sure::Seen.tenths(), false), by)
}

/// The largest, and of each next one `share` of what was left of the one before.
fn falling(values: &mut [f64], share: f64) -> f64 {
    values.sort_by(|a, b| b.total_cmp(a));
    let mut left = 1.0;
    values.iter().fold(0.0, |sum, value| {
        let part = value * left;
        left *= share;
        sum + part
    })
}

/// The sum of what was told and observed about one person, household or house, now. Slips do not count.
pub fn add_up(notices: &[&Notice], seen: &[&Observed], signs: &[Sign], now: Timestamp) -> Evidence {
    let counts = |notice: &&&Notice| notice.ending != Some(Ending::Mistaken);
    let notices = notices.iter().filter(counts);
    let notices = notices.map(|notice| (notice.source, told(notice, (signs, now))));
    let seen = seen
        .iter()
        .map(|one| (one.source, observed(one, (signs, now))));
    let mut sources: BTreeMap<i64, BTreeMap<Date, Vec<Said>>> = BTreeMap::new();
    for (source, said) in notices.chain(seen) {
        let days = sources.entry(source).or_default();
        days.entry(said.on).or_default().push(said);
    }
    let lines: Vec<(Line, f64)> = sources.into_values().flat_map(of_source).collect();
    let mut lines = rounded(lines);
    lines.sort_by_key(|line| (-line.tenths, line.of));
    Evidence { lines }
}

/// Each line cut to whole tenths, and the tenths that are lacking to the rounded sum given to those
/// that lost most: rounded each by itself, another notice could lower the sum.
fn rounded(lines: Vec<(Line, f64)>) -> Vec<Line> {
    let sum: f64 = lines.iter().map(|(_, exact)| exact).sum();
    let mut lines: Vec<(Line, f64)> = lines
        .into_iter()
        .map(|(line, exact)| {
            let tenths = whole(exact.floor());
            (Line { tenths, ..line }, exact - exact.floor())
        })
        .collect();
    lines.sort_by(|(a, lost), (b, more)| more.total_cmp(lost).then(a.of.cmp(&b.of)));
    let cut: i64 = lines.iter().map(|(line, _)| line.tenths).sum();
    let mut lacking = whole(sum.round()) - cut;
    let lines = lines.into_iter().map(|(mut line, _)| {
        let one = i64::from(lacking > 0);
        line.tenths += one;
        lacking -= one;
        line
    });
    lines.collect()
}

#[allow(clippy::cast_possible_truncation)] // bounded by the weights
fn whole(value: f64) -> i64 {
    value.round() as i64
}

/// Lines with what they exactly add, in tenths.
fn of_source(days: BTreeMap<Date, Vec<Said>>) -> Vec<(Line, f64)> {
    let mut days: Vec<(f64, Vec<Said>)> = days
        .into_values()
        .map(|mut of_day| {
            of_day.sort_by(|a, b| b.value.total_cmp(&a.value));
            let mut values: Vec<f64> = of_day.iter().map(|said| said.value).collect();
            (falling(&mut values, SAME_DAY), of_day)
        })
        .collect();
    days.sort_by(|a, b| b.0.total_cmp(&a.0));
    let mut lines = Vec::new();
    let mut of_day_share = 1.0;
    for (_, of_day) in days {
        let mut share = of_day_share;
        for said in of_day {
            lines.push((line(&said, share), said.value * share * 10.0));
            share *= SAME_DAY;
        }
        of_day_share *= NEXT_DAY;
    }
    lines
}

fn line(said: &Said, share: f64) -> Line {
    Line {
        of: said.of,
        on: said.on,
        signs: whole(said.signs * 10.0),
        sure: said.sure,
        safe: said.safe,
        share: whole(share * 1000.0),
        tenths: 0,
    }
}

/// What stands beside what, by person and by house: a list of some hundred open notices asks for each.
pub struct Beside<'a> {
    by_key: HashMap<Key, Vec<&'a Notice>>,
}

#[derive(PartialEq, Eq, Hash)]
enum Key {
    Person(PersonId),
    House(i64),
}

fn keys(notice: &Notice) -> impl Iterator<Item = Key> {
    let houses = [notice.place, notice.household].into_iter();
    let houses = houses.filter(|token| *token != 0).map(Key::House);
    houses.chain(notice.person.map(Key::Person))
}

impl<'a> Beside<'a> {
    /// Of these.
    pub fn of(notices: &'a [Notice]) -> Beside<'a> {
        let mut by_key: HashMap<Key, Vec<&'a Notice>> = HashMap::new();
        for notice in notices {
            for key in keys(notice) {
                by_key.entry(key).or_default().push(notice);
            }
        }
        Beside { by_key }
    }

    /// Those about the same person, home or house as this one, and itself.
    pub fn find(&self, notice: &'a Notice) -> Vec<&'a Notice> {
        let beside = keys(notice).filter_map(|key| self.by_key.get(&key));
        let found = beside.flatten().map(|one| (one.id, *one));
        let found: BTreeMap<NoticeId, &Notice> = found.chain([(notice.id, notice)]).collect();
        found.into_values().collect()
    }
}

/// In which order open notices are seen to: danger, what is late, then the sum. What one address
/// floods comes behind everything else, but never danger behind what is none.
pub fn rank(notice: &Notice, tenths: i64, now: Timestamp) -> (bool, bool, bool, i64, i64) {
    let urgent = notice.danger && notice.waits_for_look();
    (
        !urgent,
        notice.flood,
        !notice.is_late(now),
        -tenths,
        notice.received_at.as_millisecond(),
    )
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use proptest::prelude::*;

    use super::super::notice::{Since, State, Teller, Way, Words};
    use super::super::sign::built_in;
    use super::*;

    const NOW: &str = "2026-11-25T09:00:00Z";

    fn now() -> Timestamp {
        NOW.parse().unwrap()
    }

    fn notice(source: i64, sign: &str, days_ago: i64) -> Notice {
        let hours = jiff::SignedDuration::from_hours(days_ago * 24);
        let at = now() - hours;
        Notice {
            id: NoticeId(source * 1000 + days_ago + 1),
            way: Way::Web,
            agreement: None,
            source,
            flood: false,
            danger: false,
            center: None,
            place: 1,
            household: 0,
            person: None,
            known: None,
            state: State::New,
            received_at: at,
            due_at: at,
            climbed: 0,
            task: None,
            looked_at: None,
            visited_at: None,
            ended_at: None,
            ending: None,
            told_at: None,
            words: Words {
                signs: vec![sign.to_owned()],
                words: String::new(),
                place: String::new(),
                about: String::new(),
                sure: Sure::Seen,
                since: Since::Unknown,
                teller: Teller::default(),
                language: String::new(),
            },
            version: 1,
        }
    }

    fn sum(notices: &[Notice]) -> i64 {
        let notices: Vec<&Notice> = notices.iter().collect();
        add_up(&notices, &[], &built_in(), now()).tenths()
    }

    #[test]
    fn three_weak_signs_in_a_fortnight_outrank_one_old_strong_one_and_a_flood_does_not() {
        let weak = [
            notice(1, "shopping", 1),
            notice(2, "confused", 6),
            notice(3, "shopping", 13),
        ];
        let strong = [notice(4, "smell", 10)];
        assert!(sum(&weak) > sum(&strong), "{} {}", sum(&weak), sum(&strong));
        let flood: Vec<Notice> = (0..50).map(|_| notice(1, "shopping", 1)).collect();
        assert!(
            sum(&flood) < sum(&strong),
            "{} {}",
            sum(&flood),
            sum(&strong)
        );
        assert!(
            sum(&flood) * 100 <= sum(&flood[..1]) * 115,
            "little more than one"
        );
    }

    #[test]
    fn one_carrier_on_three_days_counts_more_than_once_and_less_than_three_neighbours() {
        let carrier = [1, 4, 8].map(|days| notice(1, "post", days));
        let neighbours = [
            notice(1, "post", 1),
            notice(2, "post", 4),
            notice(3, "post", 8),
        ];
        assert!(sum(&carrier) > sum(&carrier[..1]) * 13 / 10);
        assert!(sum(&carrier) < sum(&neighbours) * 8 / 10);
    }

    #[test]
    fn a_sign_told_twice_in_one_notice_counts_once() {
        let mut twice = notice(1, "post", 0);
        twice.words.signs = vec!["post".to_owned(); 9];
        assert_eq!(sum(&[twice]), sum(&[notice(1, "post", 0)]));
    }

    #[test]
    fn it_fades_by_half_in_a_half_life_and_rests_when_all_was_well() {
        assert_eq!(sum(&[notice(1, "post", 0)]), 50);
        assert_eq!(sum(&[notice(1, "post", 14)]), 25);
        assert_eq!(sum(&[notice(1, "post", 28)]), 13);
        let mut safe = notice(1, "post", 0);
        safe.ending = Some(Ending::Safe);
        assert_eq!(sum(&[safe.clone()]), 13);
        safe.ending = Some(Ending::Mistaken);
        assert_eq!(sum(&[safe]), 0);
    }

    #[test]
    fn what_professionals_observed_adds_up_with_what_was_told() {
        let told = notice(1, "unseen", 0);
        let seen = |source: i64, days: i64| Observed {
            id: RowId(source),
            person: PersonId(1),
            source,
            at: now() - jiff::SignedDuration::from_hours(days * 24),
            signs: vec!["walking".to_owned()],
        };
        let (one, other, again) = (seen(7, 0), seen(8, 0), seen(7, 1));
        let sum = |seen: &[&Observed]| add_up(&[&told], seen, &built_in(), now()).tenths();
        let alone = sum(&[]);
        assert_eq!(sum(&[&one]), alone + 30);
        assert_eq!(sum(&[&one, &other]), alone + 60);
        let twice = sum(&[&one, &again]);
        assert!(twice < alone + 60 && twice > alone + 30, "{twice}");
    }

    #[test]
    fn danger_comes_first_even_of_a_flood_then_what_is_late_then_the_sum() {
        let mut list = [
            (notice(1, "post", 0), 20),
            (notice(2, "post", 0), 90),
            (notice(3, "post", 1), 10),
            (notice(4, "post", 0), 10),
            (notice(5, "post", 0), 200),
            (notice(6, "post", 0), 200),
        ];
        list[0].0.due_at = now() + jiff::SignedDuration::from_hours(1);
        list[1].0.due_at = now() + jiff::SignedDuration::from_hours(1);
        list[3].0.danger = true;
        list[4].0.danger = true;
        list[4].0.flood = true;
        list[5].0.flood = true;
        list.sort_by_key(|(notice, tenths)| rank(notice, *tenths, now()));
        let order: Vec<i64> = list.iter().map(|(notice, _)| notice.source).collect();
        assert_eq!(order, [4, 5, 3, 2, 1, 6]);
    }

    proptest! {
        #[test]
        fn another_notice_never_lowers_the_sum_and_one_source_stays_bounded(
            told in prop::collection::vec((1i64..4, 0usize..15, 0i64..200), 1..30),
        ) {
            let signs = built_in();
            let all: Vec<Notice> = told
                .iter()
                .map(|(source, sign, days)| notice(*source, &signs[*sign].code, *days))
                .collect();
            prop_assert!(sum(&all) >= sum(&all[1..]));
            let strongest = all.iter().map(|one| sum(std::slice::from_ref(one))).max().unwrap();
            let mine: Vec<Notice> = all.iter().filter(|one| one.source == 1).cloned().collect();
            // Half a tenth may be lost of the strongest, and another won by the sum.
            prop_assert!(sum(&mine) * 7 <= strongest * 16 + 16);
            // A line is shown as what it adds, to a tenth.
            let notices: Vec<&Notice> = all.iter().collect();
            for line in add_up(&notices, &[], &signs, now()).lines {
                #[allow(clippy::cast_precision_loss)] // some hundreds
                let exact = (line.signs * line.sure * line.share) as f64 / 10_000.0;
                #[allow(clippy::cast_precision_loss)]
                let shown = line.tenths as f64;
                prop_assert!((shown - exact).abs() <= 1.6, "{} {}", shown, exact);
            }
        }

        #[test]
        fn the_order_in_which_notices_came_in_does_not_matter(
            told in prop::collection::vec((1i64..4, 0usize..15, 0i64..200), 1..20),
        ) {
            let signs = built_in();
            let mut all: Vec<Notice> = told
                .iter()
                .map(|(source, sign, days)| notice(*source, &signs[*sign].code, *days))
                .collect();
            let before = sum(&all);
            all.reverse();
            prop_assert_eq!(before, sum(&all));
        }
    }
}
