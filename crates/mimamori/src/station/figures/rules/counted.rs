//! Figures of a period: days, visits, people, first-timers; by course, place, organiser, month.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::facts::{Facts, Held, Whose};
use crate::ids::RowId;
use crate::people::coded;
use crate::station::courses::Role;
use crate::station::door::Part;

coded! {
    /// By what figures are laid out.
    By {
        /// Month by month.
        Month "month" "月ごと",
        /// By who held it.
        Organiser "organiser" "主催ごと",
        /// By where.
        Place "place" "会場ごと",
        /// By course.
        Course "course" "講座ごと",
    }
}

/// What is counted of some days.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counted {
    /// Days that were held.
    pub days: u64,
    /// Of those, days of which nobody wrote down who came: that is not "nobody came".
    pub open: u64,
    /// Who came to take part, each time.
    pub visits: u64,
    /// The same, each once, as far as they are known.
    pub people: u64,
    /// Of those, who came to the Station for the first time, to one of these days.
    pub first: u64,
}

/// A row of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// What it is of.
    pub label: String,
    /// Its figures.
    pub counted: Counted,
}

/// What was done by those who carry the Station.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Turns {
    /// Each time.
    pub times: u64,
    /// By how many, as far as they are known.
    pub people: u64,
}

/// The figures of a period.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Figures {
    /// Of everything.
    pub total: Counted,
    /// Courses of which a day was held.
    pub courses: u64,
    /// Days that were called off.
    pub off: u64,
    /// Days whose roll was begun and not taken to its end.
    pub begun: u64,
    /// Visits of people whose name is not known.
    pub nameless: u64,
    /// The tables.
    pub tables: Vec<(By, Vec<Row>)>,
    /// What was done, role by role.
    pub roles: Vec<(Role, Turns)>,
    /// How many had a role.
    pub active: u64,
    /// Turns of professionals on watch, by who held the course.
    pub watch: Vec<(String, Turns)>,
}

/// By what days belong together, and stand in order.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Key {
    Month(i16, i8),
    Word(String),
    Course(RowId),
}

fn key(by: By, of: &Held) -> Key {
    match by {
        By::Month => Key::Month(of.day.year(), of.day.month()),
        By::Organiser => Key::Word(of.organiser.clone()),
        By::Place => Key::Word(of.place.clone()),
        By::Course => Key::Course(of.course),
    }
}

fn label(by: By, of: &Held) -> String {
    match by {
        By::Month => of.day.strftime("%Y年%-m月").to_string(),
        By::Organiser => of.organiser.clone(),
        By::Place if of.place.is_empty() => "会場の記録なし".to_owned(),
        By::Place => of.place.clone(),
        By::Course => of.title.clone(),
    }
}

/// Counts.
pub fn figures(facts: &Facts) -> Figures {
    let rolls = Rolls::of(facts);
    let first = first_days(facts);
    let whole = table(facts, &rolls, &first, |_| ());
    let mut figures = Figures {
        total: whole
            .into_values()
            .next()
            .map_or(Counted::default(), |one| one.1),
        off: facts.days.iter().filter(|one| one.off).count() as u64,
        begun: rolls.begun,
        nameless: facts.visits().filter(|one| one.who.is_none()).count() as u64,
        ..Figures::default()
    };
    for by in By::ALL {
        let mut rows: Vec<(Key, Row)> = table(facts, &rolls, &first, |of| key(*by, of))
            .into_iter()
            .map(|(key, (last, counted))| {
                let label = label(*by, &facts.days[last]);
                (key, Row { label, counted })
            })
            .collect();
        match by {
            By::Month => rows.sort_by(|one, other| one.0.cmp(&other.0)),
            By::Organiser | By::Place | By::Course => {
                rows.sort_by_key(|(key, row)| (std::cmp::Reverse(row.counted.visits), key.clone()));
            }
        }
        let rows: Vec<Row> = rows.into_iter().map(|(_, row)| row).collect();
        if *by == By::Course {
            figures.courses = rows.len() as u64;
        }
        figures.tables.push((*by, rows));
    }
    roles(facts, &mut figures);
    figures
}

/// How the rolls of days stand.
struct Rolls {
    written: HashSet<usize>,
    begun: u64,
}

impl Rolls {
    fn of(facts: &Facts) -> Rolls {
        let written: HashSet<usize> = facts.came.iter().map(|one| one.day).collect();
        let begun = written.iter().filter(|at| !facts.days[**at].taken);
        Rolls {
            begun: begun.count() as u64,
            written,
        }
    }
}

/// To which day somebody came first of all.
fn first_days(facts: &Facts) -> HashMap<Whose, usize> {
    let mut first: HashMap<Whose, usize> = HashMap::new();
    for one in facts.visits() {
        if let Some(who) = one.who.filter(|who| !facts.before.contains(who)) {
            let day = first.entry(who).or_insert(one.day);
            *day = one.day.min(*day);
        }
    }
    first
}

/// Days that belong together: the last of them, and what is counted of them.
fn table<K: Eq + std::hash::Hash + Clone>(
    facts: &Facts,
    rolls: &Rolls,
    first: &HashMap<Whose, usize>,
    key: impl Fn(&Held) -> K,
) -> HashMap<K, (usize, Counted)> {
    let mut all: HashMap<K, (usize, Counted)> = HashMap::new();
    let keys: Vec<K> = facts.days.iter().map(key).collect();
    for (at, of) in facts.days.iter().enumerate().filter(|(_, of)| !of.off) {
        let one = all.entry(keys[at].clone()).or_default();
        one.0 = at;
        one.1.days += 1;
        one.1.open += u64::from(!of.taken && !rolls.written.contains(&at));
    }
    let mut people: HashSet<(K, Whose)> = HashSet::new();
    for one in facts.visits() {
        let key = &keys[one.day];
        let Some((_, counted)) = all.get_mut(key) else {
            continue;
        };
        counted.visits += 1;
        if let Some(who) = one.who
            && people.insert((key.clone(), who))
        {
            counted.people += 1;
        }
    }
    for day in first.values() {
        if let Some((_, counted)) = all.get_mut(&keys[*day]) {
            counted.first += 1;
        }
    }
    all
}

fn roles(facts: &Facts, figures: &mut Figures) {
    let mut times: BTreeMap<&str, u64> = BTreeMap::new();
    let mut people: BTreeMap<&str, HashSet<Whose>> = BTreeMap::new();
    let mut watch: BTreeMap<&str, (u64, HashSet<Whose>)> = BTreeMap::new();
    let mut active: HashSet<Whose> = HashSet::new();
    for one in &facts.came {
        let Part::Role(role) = one.part else {
            continue;
        };
        *times.entry(role.code()).or_default() += 1;
        people.entry(role.code()).or_default().extend(one.who);
        if role == Role::Watch {
            let of = watch.entry(&facts.days[one.day].organiser).or_default();
            of.0 += 1;
            of.1.extend(one.who);
        } else {
            active.extend(one.who);
        }
    }
    figures.active = active.len() as u64;
    let of = |role: &Role| {
        let times = times.get(role.code()).copied()?;
        let people = people.get(role.code()).map_or(0, HashSet::len) as u64;
        Some((*role, Turns { times, people }))
    };
    figures.roles = Role::ALL.iter().filter_map(of).collect();
    let turns = watch.into_iter().map(|(organiser, (times, people))| {
        let people = people.len() as u64;
        (organiser.to_owned(), Turns { times, people })
    });
    figures.watch = turns.collect();
}
