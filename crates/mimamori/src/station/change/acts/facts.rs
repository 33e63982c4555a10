//! What the tables know, as plain facts for the crate that looks at them.

use std::collections::{HashMap, HashSet};

use db::Conn;
use jiff::civil::Date;
use jiff::{Timestamp, ToSpan as _};
use rhythm::{Facts, Meeting, Minute, Role, Roll, SignUp, Visit};

use crate::clock;
use crate::deed::Deed;
use crate::ids::{CenterId, RowId, SupporterId};
use crate::station::change::rules::{Refusal, number_of};
use crate::station::change::store::{self, Came, Open};
use crate::station::courses::{self, Closure, CourseDay, State};
use crate::station::door::{self, Part};
use crate::station::supporters::{self, KeptAway};

/// So many years are looked at.
const YEARS: i64 = 3;

/// So many weeks are read at a time.
const READ_WEEKS: i64 = 13;

/// Whom a number of the facts stands for.
#[derive(Clone)]
pub struct Who {
    /// The supporter.
    pub supporter: SupporterId,
    /// How they are called.
    pub name: String,
    /// Whose person they are, where they are of the register.
    pub center: Option<CenterId>,
}

/// The facts, and whom their numbers stand for.
#[derive(Clone, Default)]
pub struct Gathered {
    /// Without names.
    pub facts: Facts,
    /// By the facts' numbers.
    pub people: Vec<Who>,
}

/// Gathers what is known before a day. Whoever left, and whoever is no supporter, is one of the town's
/// ebb, and is not looked at.
pub async fn gather(conn: &mut Conn, deed: &Deed, until: Date) -> Result<Gathered, Refusal> {
    let (mut people, mut numbers) = (Vec::new(), HashMap::new());
    let mut looked_at = HashMap::new();
    let centers = store::list_centers(conn, deed).await?;
    for one in supporters::list(conn, deed).await? {
        let number = people.len() as u32;
        numbers.insert(one.id, number);
        if one.terms.has(until) {
            looked_at.insert(one.id, number);
        }
        people.push(Who {
            supporter: one.id,
            name: one.details.name,
            center: centers.get(&one.id).copied(),
        });
    }
    let span = (until.saturating_sub(YEARS.years()), until);
    let last = until.saturating_sub(1.day());
    let days = courses::list_between(conn, deed, span.0, last).await?;
    let closures = courses::list_closures(conn, deed).await?;
    let rolls = door::list_taken(conn, deed, span).await?;
    let held = Held::of(&days, &closures, &rolls);
    let (mut visits, mut all) = (Vec::new(), people.len() as u32);
    // Some weeks at a time: the rows of three years are many times as large as what is made of them.
    let mut from = span.0;
    while from < until {
        let to = from.saturating_add(READ_WEEKS.weeks()).min(until);
        let came = store::list_came(conn, deed, (from, to)).await?;
        held.add(&mut visits, &mut all, &came, &numbers);
        from = to;
    }
    let places = store::list_places(conn, deed, span).await?;
    let sign_ups = held.sign_ups(&places, &numbers);
    let consented = store::list_all(conn, deed).await?;
    let aways = aways(
        &supporters::list_all_aways(conn, deed).await?,
        &numbers,
        until,
    );
    Ok(Gathered {
        facts: Facts {
            people: all,
            courses: held.courses,
            consents: consents(&consented, &looked_at),
            meetings: held.meetings,
            visits,
            sign_ups,
            aways,
            gone: Vec::new(),
        },
        people,
    })
}

/// What was told ahead; of one whose end nobody knows, up to the day of the list.
fn aways(told: &[KeptAway], numbers: &HashMap<SupporterId, u32>, until: Date) -> Vec<rhythm::Away> {
    let away = |one: &KeptAway| {
        Some(rhythm::Away {
            person: *numbers.get(&one.supporter)?,
            first: number_of(one.away.from),
            last: number_of(one.away.until.unwrap_or(until)),
        })
    };
    let mut all: Vec<rhythm::Away> = told.iter().filter_map(away).collect();
    all.sort_by_key(|away| (away.person, away.first));
    all
}

/// What was held, the earliest first, and where the days of courses stand in it.
struct Held {
    meetings: Vec<Meeting>,
    courses: u32,
    places: HashMap<RowId, (u32, Date)>,
}

impl Held {
    /// Of these days. A roll that nobody took to its end is not recorded, and never absent.
    fn of(days: &[CourseDay], closures: &[Closure], rolls: &HashSet<RowId>) -> Held {
        let mut courses: HashMap<RowId, u32> = HashMap::new();
        let (mut meetings, mut places) = (Vec::new(), HashMap::new());
        for one in days.iter().filter(|one| one.state != State::Ended) {
            let next = courses.len() as u32;
            let closed = closures
                .iter()
                .any(|closure| closure.closed.from <= one.day && one.day <= closure.closed.until);
            let roll = match (rolls.contains(&one.id), one.state == State::Off || closed) {
                (true, _) => Roll::Taken,
                (false, true) => Roll::CalledOff,
                (false, false) => Roll::NotRecorded,
            };
            places.insert(one.id, (meetings.len() as u32, one.day));
            meetings.push(Meeting {
                course: *courses.entry(one.series).or_insert(next),
                day: number_of(one.day),
                starts: one.details.hours.starts,
                ends: one.details.hours.ends,
                roll,
            });
        }
        Held {
            meetings,
            courses: courses.len() as u32,
            places,
        }
    }

    /// Adds who came; `people`: how many there are, and more with each who is no supporter, who is one of
    /// their own.
    fn add(
        &self,
        visits: &mut Vec<Visit>,
        people: &mut u32,
        came: &[Came],
        numbers: &HashMap<SupporterId, u32>,
    ) {
        // Rows come a day of a course after the other.
        let mut last: Option<(RowId, u32, i64)> = None;
        for one in came {
            let (meeting, midnight) = match last.filter(|last| last.0 == one.lesson) {
                Some((_, meeting, midnight)) => (meeting, midnight),
                None => {
                    let Some((meeting, day)) = self.places.get(&one.lesson).copied() else {
                        continue;
                    };
                    let midnight = clock::midnight(day).as_millisecond();
                    last = Some((one.lesson, meeting, midnight));
                    (meeting, midnight)
                }
            };
            let known = one.supporter.and_then(|id| numbers.get(&id).copied());
            let person = known.unwrap_or_else(|| {
                *people += 1;
                *people - 1
            });
            visits.push(Visit {
                person,
                meeting,
                role: role(one.part),
                arrived: minute(one.at, midnight),
                left: one.left_at.and_then(|at| minute(at, midnight)),
            });
        }
    }

    /// Who had a place that they did not give back.
    fn sign_ups(
        &self,
        places: &[(RowId, SupporterId)],
        numbers: &HashMap<SupporterId, u32>,
    ) -> Vec<SignUp> {
        let known = places.iter().filter_map(|(lesson, supporter)| {
            Some(SignUp {
                person: *numbers.get(supporter)?,
                meeting: self.places.get(lesson)?.0,
                given_back: false,
            })
        });
        known.collect()
    }
}

const fn role(part: Part) -> Role {
    match part {
        Part::Participant => Role::Participant,
        Part::Role(courses::Role::Teacher) => Role::Teacher,
        Part::Role(_) => Role::Helper,
    }
}

/// The minute of the day; what was written down on another day says no time. No day in Japan is longer
/// than another.
fn minute(at: Timestamp, midnight: i64) -> Option<Minute> {
    let minute = (at.as_millisecond() - midnight).div_euclid(60_000);
    (0..24 * 60)
        .contains(&minute)
        .then_some(minute)
        .and_then(|minute| minute.try_into().ok())
}

fn consents(all: &[Open], numbers: &HashMap<SupporterId, u32>) -> Vec<rhythm::Consent> {
    let theirs = all
        .iter()
        .filter_map(|one| Some((one, *numbers.get(&one.supporter)?)));
    let opened = theirs.flat_map(|(one, person)| {
        one.signal
            .opens()
            .iter()
            .map(move |signal| rhythm::Consent {
                person,
                signal: *signal,
                from: number_of(one.since),
                until: one.until.map(number_of),
            })
    });
    opened.collect()
}
