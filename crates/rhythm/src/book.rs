//! The facts, checked and laid ready: whose rows are where.

use std::borrow::Cow;
use std::ops::Range;

use crate::facts::{Away, Consent, Day, Facts, Gone, Meeting, SignUp, Signal, Visit};
use crate::fault::Fault;
use crate::tide::Tide;

/// Fifty towns of 100,000; more is a mistake of the caller and would cost memory first.
const MOST_PEOPLE: u32 = 5_000_000;
const MOST_COURSES: u32 = 1_000_000;
/// Rows are counted in 32 bits; 400 million visits are 8 GB.
const MOST_ROWS: u32 = 400_000_000;
/// 1900-01-01 and 2200-01-01.
const DAYS: Range<Day> = -25_567..84_006;
const LONGEST: Day = 30 * 366;

/// Facts that hold together, with the places of each person's, meeting's and course's rows.
#[derive(Debug)]
pub struct Book<'a> {
    pub(crate) people: u32,
    pub(crate) meetings: &'a [Meeting],
    visits: Cow<'a, [Visit]>,
    sign_ups: Cow<'a, [SignUp]>,
    aways: Cow<'a, [Away]>,
    consents: Cow<'a, [Consent]>,
    /// By person, earliest first.
    gone: Cow<'a, [Gone]>,
    visits_of: Vec<u32>,
    sign_ups_of: Vec<u32>,
    aways_of: Vec<u32>,
    consents_of: Vec<u32>,
    /// Meetings by course, each stretch by day.
    held: Vec<u32>,
    held_of: Vec<u32>,
    /// (person, arrived) of everybody with a noted arrival, by meeting, each stretch by arrival.
    door: Vec<(u16, u32)>,
    door_of: Vec<u32>,
    tide: Tide,
}

impl<'a> Book<'a> {
    /// `list_day` fixes where weeks begin: lists of this book are exact on that day and every
    /// seventh day before and after it. The order of rows other than meetings does not matter;
    /// rows that say the same visit twice count once.
    pub fn read(facts: &'a Facts, list_day: Day) -> Result<Self, Fault> {
        check(facts, list_day)?;
        let people = facts.people as usize;
        let mut visits = ordered(&facts.visits, |v| {
            (v.person, v.meeting, u32::MAX - v.role as u32)
        });
        if !visits.is_sorted_by(|a, b| (a.person, a.meeting) < (b.person, b.meeting)) {
            visits.to_mut().dedup_by_key(|v| (v.person, v.meeting));
        }
        let sign_ups = ordered(&facts.sign_ups, |s| {
            (s.person, s.meeting, u32::from(s.given_back))
        });
        let mut aways = ordered(&facts.aways, |a| (a.person, a.first, a.last));
        let consents = ordered(&facts.consents, |c| (c.person, c.signal, c.from, c.until));
        let mut came = vec![0; facts.meetings.len()];
        visits.iter().for_each(|v| came[v.meeting as usize] += 1);
        let first = facts.meetings.first().map_or(list_day, |m| m.day);
        let start = list_day - (list_day - first).div_euclid(7) * 7 - 7;
        let (held_of, held) = by_course(&facts.meetings, facts.courses as usize);
        let gone = ordered(&facts.gone, |g| (g.person, g.from));
        let visits_of = places(visits.iter().map(|v| v.person), people);
        come_back(&mut aways, &visits, &visits_of, &facts.meetings);
        let (door_of, door) = by_door(&visits, facts.meetings.len());
        Ok(Self {
            people: facts.people,
            meetings: &facts.meetings,
            visits_of,
            sign_ups_of: places(sign_ups.iter().map(|s| s.person), people),
            aways_of: places(aways.iter().map(|a| a.person), people),
            consents_of: places(consents.iter().map(|c| c.person), people),
            visits,
            sign_ups,
            aways,
            consents,
            gone,
            held,
            held_of,
            door,
            door_of,
            tide: Tide::read(&facts.meetings, &came, facts.courses as usize, start),
        })
    }

    /// The town's ebb.
    pub fn tide(&self) -> &Tide {
        &self.tide
    }

    /// Whether somebody agrees, on this day, to one signal being looked at.
    pub fn agreed(&self, person: u32, signal: Signal, day: Day) -> bool {
        !self.gone(person, day) && self.may_be_named(person, signal, day)
    }

    /// Whether somebody died or moved away, as far as is known on this day.
    pub(crate) fn gone(&self, person: u32, day: Day) -> bool {
        let at = self.gone.partition_point(|g| g.person < person);
        self.gone
            .get(at)
            .is_some_and(|g| g.person == person && g.from <= day)
    }

    /// Whether a signal may speak of somebody: they agreed and did not withdraw. Death withdraws
    /// nothing.
    pub(crate) fn may_be_named(&self, person: u32, signal: Signal, day: Day) -> bool {
        self.consents[stretch(&self.consents_of, person)]
            .iter()
            .any(|c| c.signal == signal && c.from <= day && c.until.is_none_or(|until| day < until))
    }

    pub(crate) fn visits(&self, person: u32) -> &[Visit] {
        &self.visits[stretch(&self.visits_of, person)]
    }

    /// Whether somebody was there on a day from `first` on, as far as is known on `day`.
    pub(crate) fn came(&self, person: u32, first: Day, day: Day) -> bool {
        let visits = self.visits(person);
        let next = visits.partition_point(|v| self.day_of(v.meeting) < first);
        visits
            .get(next)
            .is_some_and(|v| self.day_of(v.meeting) < day)
    }

    pub(crate) fn sign_ups(&self, person: u32) -> &[SignUp] {
        &self.sign_ups[stretch(&self.sign_ups_of, person)]
    }

    pub(crate) fn aways(&self, person: u32) -> &[Away] {
        &self.aways[stretch(&self.aways_of, person)]
    }

    /// Places of a course's meetings, by day.
    pub(crate) fn held(&self, course: u32) -> &[u32] {
        &self.held[stretch(&self.held_of, course)]
    }

    /// Who came through the door when, earliest first.
    pub(crate) fn door(&self, meeting: u32) -> &[(u16, u32)] {
        &self.door[stretch(&self.door_of, meeting)]
    }

    pub(crate) fn course_of(&self, meeting: u32) -> u32 {
        self.meetings[meeting as usize].course
    }

    pub(crate) fn day_of(&self, meeting: u32) -> Day {
        self.meetings[meeting as usize].day
    }
}

/// Days that can be looked at.
pub(crate) fn within(day: Day) -> bool {
    DAYS.contains(&day)
}

fn check(facts: &Facts, list_day: Day) -> Result<(), Fault> {
    if facts.people > MOST_PEOPLE {
        return Err(Fault::TooManyPeople(MOST_PEOPLE));
    }
    if facts.courses > MOST_COURSES {
        return Err(Fault::TooManyCourses(MOST_COURSES));
    }
    let rows = [
        facts.meetings.len(),
        facts.visits.len(),
        facts.sign_ups.len(),
        facts.aways.len(),
        facts.consents.len(),
        facts.gone.len(),
    ];
    if rows.iter().any(|rows| *rows > MOST_ROWS as usize) {
        return Err(Fault::TooManyRows(MOST_ROWS));
    }
    let (first, last) = match (facts.meetings.first(), facts.meetings.last()) {
        (Some(first), Some(last)) => (first.day, last.day),
        _ => (list_day, list_day),
    };
    let within = DAYS.contains(&first) && DAYS.contains(&last) && DAYS.contains(&list_day);
    if !within || last.saturating_sub(first) > LONGEST {
        return Err(Fault::DayOutOfRange);
    }
    if let Some(at) = facts
        .meetings
        .windows(2)
        .position(|two| two[1].day < two[0].day)
    {
        return Err(Fault::MeetingsOutOfOrder(at + 1));
    }
    if let Some(at) = facts
        .meetings
        .iter()
        .position(|m| m.course >= facts.courses)
    {
        return Err(Fault::NoSuchCourse(at));
    }
    let visited = facts.visits.iter().map(|v| (v.person, v.meeting));
    let promised = facts.sign_ups.iter().map(|s| (s.person, s.meeting));
    for (person, meeting) in visited.chain(promised) {
        if person >= facts.people {
            return Err(Fault::NoSuchPerson);
        }
        if meeting as usize >= facts.meetings.len() {
            return Err(Fault::NoSuchMeeting);
        }
    }
    let away = facts.aways.iter().map(|a| a.person);
    if away
        .chain(facts.consents.iter().map(|c| c.person))
        .chain(facts.gone.iter().map(|g| g.person))
        .any(|person| person >= facts.people)
    {
        return Err(Fault::NoSuchPerson);
    }
    if facts.aways.iter().any(|a| a.last < a.first) {
        return Err(Fault::AwayBackwards);
    }
    Ok(())
}

/// The rows by key; copied only where they are not in order yet.
fn ordered<T: Clone, K: Ord>(rows: &[T], key: impl Fn(&T) -> K) -> Cow<'_, [T]> {
    if rows.is_sorted_by_key(&key) {
        return Cow::Borrowed(rows);
    }
    let mut rows = rows.to_vec();
    rows.sort_by_key(key);
    Cow::Owned(rows)
}

/// Whoever comes while they are away are back: what is left of the time told ahead ends.
fn come_back(aways: &mut Cow<[Away]>, visits: &[Visit], visits_of: &[u32], meetings: &[Meeting]) {
    for at in 0..aways.len() {
        let away = aways[at];
        let theirs = &visits[stretch(visits_of, away.person)];
        let day_of = |visit: &Visit| meetings[visit.meeting as usize].day;
        let next = theirs.partition_point(|visit| day_of(visit) <= away.first);
        if let Some(back) = theirs.get(next).map(day_of).filter(|day| *day <= away.last) {
            aways.to_mut()[at].last = back - 1;
        }
    }
}

/// Where each of `n` owners' rows begin, and one past the end.
fn places(owners: impl Iterator<Item = u32>, n: usize) -> Vec<u32> {
    let mut places = vec![0; n + 1];
    owners.for_each(|owner| places[owner as usize + 1] += 1);
    for i in 1..places.len() {
        places[i] += places[i - 1];
    }
    places
}

fn stretch(places: &[u32], owner: u32) -> Range<usize> {
    places[owner as usize] as usize..places[owner as usize + 1] as usize
}

fn by_course(meetings: &[Meeting], courses: usize) -> (Vec<u32>, Vec<u32>) {
    let places = places(meetings.iter().map(|m| m.course), courses);
    let mut next = places.clone();
    let mut held = vec![0; meetings.len()];
    for (meeting, i) in meetings.iter().zip(0..) {
        let at = &mut next[meeting.course as usize];
        held[*at as usize] = i;
        *at += 1;
    }
    (places, held)
}

fn by_door(visits: &[Visit], meetings: usize) -> (Vec<u32>, Vec<(u16, u32)>) {
    let seen = || {
        visits
            .iter()
            .filter_map(|v| v.arrived.map(|at| (v.meeting, at, v.person)))
    };
    let places = places(seen().map(|(meeting, ..)| meeting), meetings);
    let mut next = places.clone();
    let mut door = vec![(0, 0); *places.last().unwrap_or(&0) as usize];
    for (meeting, at, person) in seen() {
        let place = &mut next[meeting as usize];
        door[*place as usize] = (at, person);
        *place += 1;
    }
    for two in places.windows(2) {
        door[two[0] as usize..two[1] as usize].sort_unstable();
    }
    (places, door)
}
