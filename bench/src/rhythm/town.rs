//! Synthetic years: people with habits, what was written down about them, and the truth.
//!
//! Written apart from the detector and in ignorance of it, and meant to be hard:
//! - Most of what looks like a change is none. People vary by themselves (`life`): interest that
//!   drifts, colds, journeys, winters and summers at home, gaps of weeks that end by themselves;
//!   two of three tell nobody. They change from one course to another; courses end; turns of
//!   helping end; whoever joins may not stay; some quit without a word. None of that is a decline, and
//!   an alert on it is counted as false, although nobody could know.
//! - The record is poor (`programme`, `attend`): rolls that nobody took, some houses one in eight,
//!   in spells; names forgotten; lists without times; courses called off for heat and typhoons;
//!   closures; the ebb of August and New Year; rain.
//! - Declines are as varied (`fate`): five kinds, quick and slow, of people who came five times a
//!   week and of people who came once a month, some of whom can be missed for weeks before one
//!   date was missed. Nothing selects those that can be found.
//! - Not all agree to be watched over, and not to everything.
//!
//! The rates are assumptions, with a source where there is one; no Station has published its
//! attendance. They were set before any detector was run and not changed after.

use ::rhythm::{Away, Consent, Day, Facts, Gone, Signal};

use super::attend::{Came, Leader, Trail, Walker};
use super::days::{self, day_of};
use super::fate::{self, Fate};
use super::life::Life;
use super::people::{self, Person};
use super::programme::Programme;
use crate::chance::Chance;

const SIGNALS: [Signal; 6] = [
    Signal::Less,
    Signal::Gap,
    Signal::Role,
    Signal::Companion,
    Signal::Leaving,
    Signal::SignUps,
];

/// People of one Station.
const OF_ONE: usize = 250;

pub struct Size {
    pub people: usize,
    pub first: Day,
    pub last: Day,
    pub seed: u64,
}

pub struct Town {
    pub facts: Facts,
    /// By person; none for most.
    pub fates: Vec<Fate>,
    pub joined: Vec<Day>,
    pub first: Day,
    pub last: Day,
}

impl Town {
    pub fn make(size: &Size) -> Self {
        let mut chance = Chance::new(size.seed);
        let days = days::days(size.first, size.last, &mut chance);
        let stations = size.people.div_ceil(OF_ONE);
        let programme = Programme::make(stations, size.first, days, &mut chance);
        let mut people = people::draw(&programme, size.people, &mut chance);
        let mut fates = fate::draw(&people, &programme, &mut chance);
        for (person, fate) in people.iter_mut().zip(&mut fates) {
            drop_courses(person, fate, &mut chance);
        }
        let mut facts = Facts {
            people: size.people as u32,
            courses: programme.series.len() as u32,
            ..Facts::default()
        };
        walk(&people, &fates, &programme, &mut facts, &mut chance);
        facts.meetings = programme.meetings;
        Self {
            facts,
            fates,
            joined: people.iter().map(|person| person.joined).collect(),
            first: size.first,
            last: size.last,
        }
    }

    pub fn summary(&self) -> String {
        let years = f64::from(self.last - self.first + 1) / 365.25;
        let declines = self.fates.iter().filter(|fate| fate.decline.is_some());
        format!(
            "{} people, {:.1} years, {} courses, {} dates, {} visits, {} declines ({:.1} % a year)",
            self.facts.people,
            years,
            self.facts.courses,
            self.facts.meetings.len(),
            self.facts.visits.len(),
            declines.clone().count(),
            declines.count() as f64 / years * 100.0 / f64::from(self.facts.people),
        )
    }
}

/// First and last day of the years of the comparison: one year and more to learn from, one year
/// whose declines count, half a year to find them in.
pub fn span() -> (Day, Day) {
    (
        day_of(jiff::civil::date(2024, 4, 1)),
        day_of(jiff::civil::date(2026, 9, 30)),
    )
}

/// Whoever fades course by course drops one favourite after the other and takes up none.
fn drop_courses(person: &mut Person, fate: &mut Fate, chance: &mut Chance) {
    let Some(decline) = fate.decline.as_mut().filter(|decline| decline.by_course) else {
        return;
    };
    let onset = decline.onset;
    let held = person.habits.iter().filter(|habit| habit.holds(onset));
    let count = held.count() as Day;
    if count < 2 {
        decline.by_course = false;
        return;
    }
    person.habits.retain(|habit| habit.from <= onset);
    let mut nth = 0;
    for habit in person.habits.iter_mut().filter(|habit| habit.holds(onset)) {
        nth += 1;
        if nth == count && chance.happens(0.3) {
            habit.chance *= 0.4;
        } else {
            let ends = onset + decline.fading.length * nth / count;
            habit.until = habit.until.min(ends);
        }
    }
}

/// Everybody's years, one after the other, the leader of a pair first.
fn walk(
    people: &[Person],
    fates: &[Fate],
    programme: &Programme,
    facts: &mut Facts,
    chance: &mut Chance,
) {
    let mut before: Option<(Life, Vec<Came>)> = None;
    for (at, person) in people.iter().enumerate() {
        let fate = &fates[at];
        let leader = before.take();
        let leader = person
            .follows
            .and_then(|tie| leader.as_ref().map(|(life, came)| (life, came, tie)));
        let shadow = leader.map(|(life, _, tie)| (life, &fates[at - 1], tie));
        let life = Life::draw(person, fate, shadow, programme, chance);
        let walker = Walker {
            programme,
            number: at as u32,
            person,
            life: &life,
            leader: leader.map(|(life, came, tie)| Leader { life, came, tie }),
        };
        let Trail {
            came,
            visits,
            sign_ups,
        } = walker.walk(chance);
        facts.visits.extend(visits);
        facts.sign_ups.extend(sign_ups);
        let away = |(first, last)| Away {
            person: at as u32,
            first,
            last,
        };
        facts.aways.extend(life.aways().into_iter().map(away));
        agree(at as u32, person, fate, programme, facts, chance);
        before = Some((life, came));
    }
}

/// Three of four agree to all signals, one of six to some, the others to none; one in fifty a year
/// withdraws. Whoever has left, as far as the Station knows, is watched over no longer.
fn agree(
    number: u32,
    person: &Person,
    fate: &Fate,
    programme: &Programme,
    facts: &mut Facts,
    chance: &mut Chance,
) {
    let drawn = chance.unit();
    let later = if chance.happens(0.15) {
        chance.between(10, 300)
    } else {
        0
    };
    let withdraws = chance.happens(0.04);
    let day = chance.between(person.joined.min(programme.last() - 1), programme.last());
    let until = withdraws.then_some(day);
    let gone = |from| Gone {
        person: number,
        from,
    };
    facts.gone.extend(fate.told.map(gone));
    let from = person.joined + later;
    for signal in SIGNALS {
        let agrees = drawn < 0.75 || (drawn < 0.91 && chance.happens(0.6));
        if agrees && until.is_none_or(|until| until > from) {
            facts.consents.push(Consent {
                person: number,
                signal,
                from,
                until,
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use ::rhythm::{Roll, Visit};

    use super::super::fate::{Decline, Kind};
    use super::*;

    fn town(seed: u64) -> Town {
        let (first, last) = span();
        Town::make(&Size {
            people: 1_500,
            first,
            last,
            seed,
        })
    }

    fn day(town: &Town, visit: &Visit) -> Day {
        town.facts.meetings[visit.meeting as usize].day
    }

    /// Visits of those for whom `of` gives a day, from so many days after it to so many.
    fn count(town: &Town, of: impl Fn(&Fate) -> Option<Day>, from: Day, until: Day) -> usize {
        let within = |visit: &&Visit| {
            of(&town.fates[visit.person as usize])
                .is_some_and(|zero| (from..until).contains(&(day(town, visit) - zero)))
        };
        town.facts.visits.iter().filter(within).count()
    }

    fn onset(kind: Kind) -> impl Fn(&Fate) -> Option<Day> {
        move |fate: &Fate| {
            within(
                fate.decline
                    .filter(|one| one.kind == kind && !one.by_course)?,
            )
        }
    }

    fn course_by_course(fate: &Fate) -> Option<Day> {
        within(fate.decline.filter(|one| one.by_course)?)
    }

    /// The onset, if what is looked at lies within the years.
    fn within(decline: Decline) -> Option<Day> {
        (decline.onset < span().1 - 300 && decline.onset > span().0 + 200).then_some(decline.onset)
    }

    #[test]
    fn the_facts_are_in_their_order_and_only_what_was_written_down() {
        let town = town(1);
        let facts = &town.facts;
        assert!(facts.meetings.is_sorted_by_key(|meeting| meeting.day));
        assert!(
            facts
                .visits
                .is_sorted_by_key(|visit| (visit.person, visit.meeting))
        );
        assert!(
            facts
                .sign_ups
                .is_sorted_by_key(|one| (one.person, one.meeting))
        );
        assert!(
            facts
                .aways
                .is_sorted_by_key(|away| (away.person, away.first))
        );
        assert!(
            facts
                .consents
                .is_sorted_by_key(|one| (one.person, one.signal))
        );
        let taken = |visit: &Visit| facts.meetings[visit.meeting as usize].roll == Roll::Taken;
        assert!(facts.visits.iter().all(taken));
        let each: HashSet<_> = facts
            .visits
            .iter()
            .map(|one| (one.person, one.meeting))
            .collect();
        assert_eq!(each.len(), facts.visits.len());
        let timed = |visit: &Visit| {
            let times = visit.arrived.zip(visit.left);
            times.is_none_or(|(arrived, left)| arrived < left)
        };
        assert!(facts.visits.iter().all(timed));
        let open = |roll| facts.meetings.iter().filter(|one| one.roll == roll).count();
        let unknown = open(Roll::NotRecorded) as f64 / facts.meetings.len() as f64;
        assert!((0.02..0.08).contains(&unknown), "{unknown}");
        assert!(open(Roll::CalledOff) > facts.meetings.len() / 100);
    }

    #[test]
    fn a_seed_is_a_town() {
        let (one, same, other) = (town(1), town(1), town(2));
        assert_eq!(one.facts.visits, same.facts.visits);
        assert_ne!(one.facts.visits, other.facts.visits);
    }

    #[test]
    fn nobody_comes_who_has_left_or_stopped() {
        let town = town(3);
        let left = |fate: &Fate| fate.gone.or(fate.quit);
        assert!(count(&town, left, -200, 0) > 100);
        assert_eq!(count(&town, left, 0, 1_000), 0);
        assert!(count(&town, onset(Kind::Stop), -100, 0) > 100);
        assert_eq!(count(&town, onset(Kind::Stop), 0, 120), 0);
    }

    #[test]
    fn whoever_comes_no_more_tells_of_no_journey() {
        let town = town(6);
        let after = |away: &&Away| {
            let fate = &town.fates[away.person as usize];
            let stopped = fate.decline.filter(|decline| decline.kind == Kind::Stop);
            let stopped = stopped.map(|decline| decline.onset);
            let end = fate.gone.or(fate.quit).or(stopped);
            end.is_some_and(|end| (end + 1..end + 120).contains(&away.first))
        };
        assert!(town.facts.aways.len() > 500);
        assert_eq!(town.facts.aways.iter().filter(after).count(), 0);
    }

    #[test]
    fn every_decline_ends_in_coming_less_and_a_fade_not_at_once() {
        let town = town(4);
        for kind in Kind::ALL {
            let before = count(&town, onset(kind), -100, 0);
            let after = count(&town, onset(kind), 200, 300);
            assert!(
                after * 2 < before,
                "{kind:?}: {before} visits, then {after}"
            );
        }
        let before = count(&town, course_by_course, -100, 0);
        let after = count(&town, course_by_course, 200, 300);
        assert!(after * 3 < before * 2, "{before} visits, then {after}");
        let before = count(&town, onset(Kind::Fade), -30, 0);
        let first = count(&town, onset(Kind::Fade), 0, 30);
        assert!(first * 2 > before, "{before} visits, then {first}");
    }

    #[test]
    fn the_others_come_as_much_in_the_last_year_as_in_the_one_before() {
        let town = town(5);
        let well = |visit: &&Visit| {
            let fate = &town.fates[visit.person as usize];
            let stays = fate.decline.is_none() && fate.gone.is_none() && fate.quit.is_none();
            stays && town.joined[visit.person as usize] == town.first
        };
        let year = |from: Day| {
            let of = |visit: &&Visit| (from..from + 365).contains(&day(&town, visit));
            town.facts.visits.iter().filter(well).filter(of).count() as f64
        };
        let ratio = year(town.last - 364) / year(town.last - 729);
        assert!((0.93..1.05).contains(&ratio), "{ratio}");
    }
}
