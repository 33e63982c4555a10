//! Who comes, to what, how often, as what, and with whom.

use ::rhythm::{Day, Role};

use super::programme::{Programme, Rule};
use crate::chance::Chance;

/// A course somebody is used to, for a time.
#[derive(Clone, Copy, Debug)]
pub struct Habit {
    pub series: usize,
    /// Of coming to one date.
    pub chance: f64,
    pub from: Day,
    pub until: Day,
    pub role: Option<Role>,
    /// Share of visits in the role: helpers take turns.
    pub rota: f64,
    /// Comes with the other of the pair.
    pub shared: bool,
}

impl Habit {
    pub fn holds(&self, day: Day) -> bool {
        self.from <= day && day <= self.until
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tie {
    Couple,
    Friends,
}

#[derive(Clone, Debug)]
pub struct Person {
    pub station: usize,
    /// One in twenty also goes to a neighbouring Station.
    pub second_station: Option<usize>,
    pub joined: Day,
    pub habits: Vec<Habit>,
    /// Of trying a date that is no habit.
    pub curiosity: f64,
    /// The one before in the list leads; this one comes along.
    pub follows: Option<Tie>,
    /// Minutes before the start, on average.
    pub arrives_before: f64,
    /// Share of places taken that are kept, in good health.
    pub keeps: f64,
    /// What is left of the usual in winter, in the heat, while grandchildren have holidays.
    pub winter: f64,
    pub summer: f64,
    pub school: f64,
}

impl Person {
    pub fn holds_role(&self, day: Day) -> bool {
        let role = |habit: &Habit| habit.role.is_some() && habit.holds(day);
        self.habits.iter().any(role)
    }
}

/// Everybody, pairs side by side.
pub fn draw(programme: &Programme, count: usize, chance: &mut Chance) -> Vec<Person> {
    let mut all: Vec<Person> = Vec::with_capacity(count);
    while all.len() < count {
        let tie = match chance.unit() {
            drawn if drawn < 0.12 => Some(Tie::Couple),
            drawn if drawn < 0.22 => Some(Tie::Friends),
            _ => None,
        };
        // Filled evenly, in an order of its own.
        let station = chance.below(programme.of.len());
        let leader = draw_one(programme, station, chance);
        if let Some(tie) = tie.filter(|_| all.len() + 1 < count) {
            let follower = draw_follower(&leader, tie, programme, chance);
            all.push(leader);
            all.push(follower);
        } else {
            all.push(leader);
        }
    }
    give_roles(&mut all, programme, chance);
    for person in &mut all {
        person.habits.sort_by_key(|habit| habit.series);
    }
    all
}

/// Visits a week: a quarter about once a month, a quarter twice, a third once a week, the others
/// more, some nearly every day there is something.
fn draw_target(chance: &mut Chance) -> f64 {
    let middle = match chance.unit() {
        drawn if drawn < 0.24 => 0.23,
        drawn if drawn < 0.50 => 0.48,
        drawn if drawn < 0.80 => 1.0,
        drawn if drawn < 0.94 => 2.0,
        drawn if drawn < 0.99 => 3.2,
        _ => 5.0,
    };
    middle * (0.25 * chance.normal()).exp()
}

fn draw_one(programme: &Programme, station: usize, chance: &mut Chance) -> Person {
    let stations = programme.of.len();
    // 28 in 100 come for the first time within the years.
    let joined = if chance.happens(0.28) {
        chance.between(programme.first, programme.last() - 1)
    } else {
        programme.first
    };
    let some = |chance: &mut Chance, share: f64, least: f64| match chance.happens(share) {
        true => least + (0.9 - least) * chance.unit(),
        false => 1.0,
    };
    let mut person = Person {
        station,
        second_station: (chance.happens(0.05) && stations > 1).then_some((station + 1) % stations),
        joined,
        habits: Vec::new(),
        curiosity: 0.004 + 0.02 * chance.unit() * chance.unit(),
        follows: None,
        arrives_before: 4.0 + 16.0 * chance.unit(),
        keeps: 0.80 + 0.19 * chance.unit().sqrt(),
        winter: some(chance, 0.18, 0.4),
        summer: some(chance, 0.22, 0.35),
        school: some(chance, 0.20, 0.2),
    };
    let mut left = draw_target(chance);
    while left > 0.06 && person.habits.len() < 16 {
        let Some(gained) = take_up(&mut person, programme, joined, left, chance) else {
            break;
        };
        left -= gained;
    }
    person
}

/// A new favourite from this day on, and what follows when it ends; how many visits a week.
fn take_up(
    person: &mut Person,
    programme: &Programme,
    day: Day,
    target: f64,
    chance: &mut Chance,
) -> Option<f64> {
    let at = match person.second_station {
        Some(second) if chance.happens(0.4) => second,
        _ => person.station,
    };
    let mut from = day;
    let mut gained = None;
    while from < programme.last() - 30 {
        let Some(series) = choose(person, programme, at, from, chance) else {
            break;
        };
        let offered = &programme.series[series];
        let a_week = offered.rule.a_week();
        let least = if target > 1.6 { 0.7 } else { 0.45 };
        let share = (least + (0.97 - least) * chance.unit()).min((target / a_week).max(0.12));
        // Interests last four years on average.
        let lasts = (-(1.0 - chance.unit()).ln() * 4.0 * 365.0) as Day;
        let until = offered.last.min(from + lasts.max(21));
        person.habits.push(Habit {
            series,
            chance: share,
            from,
            until,
            role: None,
            rota: 0.0,
            shared: false,
        });
        gained.get_or_insert(share * a_week);
        // Moving on is no decline: another course after up to five weeks, mostly.
        if !chance.happens(0.85) {
            break;
        }
        from = until + 1 + chance.between(0, 35);
    }
    gained
}

/// A regular series of this Station that runs on that day and is not yet a habit.
fn choose(
    person: &Person,
    programme: &Programme,
    station: usize,
    day: Day,
    chance: &mut Chance,
) -> Option<usize> {
    let free = |series: &&usize| {
        let offered = &programme.series[**series];
        let runs = offered.first <= day && day + 30 < offered.last;
        let known = |habit: &Habit| habit.series == **series && habit.until >= day;
        offered.is_regular() && runs && !person.habits.iter().any(known)
    };
    let open: Vec<usize> = programme.of[station].iter().filter(free).copied().collect();
    let weight = |series: &usize| {
        let offered = &programme.series[*series];
        offered.popularity
            * if offered.rule == Rule::Weekly {
                1.5
            } else {
                1.0
            }
    };
    let mut drawn = chance.unit() * open.iter().map(weight).sum::<f64>();
    open.iter()
        .find(|series| {
            drawn -= weight(series);
            drawn < 0.0
        })
        .copied()
}

/// A couple shares nearly all courses, friends one or two of them.
fn draw_follower(leader: &Person, tie: Tie, programme: &Programme, chance: &mut Chance) -> Person {
    let mut person = draw_one(programme, leader.station, chance);
    let shared: Vec<Habit> = match tie {
        Tie::Couple => {
            let kept = leader.habits.iter().filter(|_| chance.happens(0.9));
            kept.copied().collect()
        }
        Tie::Friends => {
            let most = chance.between(1, 2) as usize;
            leader.habits.iter().copied().take(most).collect()
        }
    };
    person.joined = leader.joined;
    person.follows = Some(tie);
    let own = match tie {
        Tie::Couple if !shared.is_empty() => Vec::new(),
        _ => std::mem::take(&mut person.habits),
    };
    let taken = |habit: &Habit| shared.iter().any(|one| one.series == habit.series);
    person.habits = own.into_iter().filter(|habit| !taken(habit)).collect();
    let together = |habit: Habit| Habit {
        shared: true,
        ..habit
    };
    person.habits.extend(shared.iter().copied().map(together));
    person
}

/// Teachers and helpers of each regular series: residents who are there from early on. A role is
/// given up without any decline about once in seven years: the turn is over, another does it.
fn give_roles(all: &mut [Person], programme: &Programme, chance: &mut Chance) {
    let mut of: Vec<Vec<usize>> = vec![Vec::new(); programme.of.len()];
    for (at, person) in all.iter().enumerate() {
        of[person.station].push(at);
    }
    for (series, offered) in programme.series.iter().enumerate() {
        if !offered.is_regular() {
            continue;
        }
        let teachers = usize::from(chance.happens(0.6));
        let roles = std::iter::repeat_n(Role::Teacher, teachers)
            .chain(std::iter::repeat_n(Role::Helper, offered.helpers));
        for role in roles {
            let Some(at) = chance.pick(&of[offered.station]).copied() else {
                continue;
            };
            let person = &mut all[at];
            let from = offered.first.max(person.joined + chance.between(0, 200));
            if from + 60 < offered.last {
                hold_role(
                    person,
                    series,
                    role,
                    (from, offered.last),
                    programme,
                    chance,
                );
            }
        }
    }
}

fn hold_role(
    person: &mut Person,
    series: usize,
    role: Role,
    (from, last): (Day, Day),
    programme: &Programme,
    chance: &mut Chance,
) {
    let lasts = (-(1.0 - chance.unit()).ln() * 7.0 * 365.0) as Day;
    let until = last.min(from + lasts.max(60));
    person.habits.retain(|habit| habit.series != series);
    let held = Habit {
        series,
        chance: 0.75 + 0.22 * chance.unit(),
        from,
        until,
        role: Some(role),
        rota: match role {
            Role::Teacher => 0.97,
            _ => 0.35 + 0.65 * chance.unit(),
        },
        shared: false,
    };
    person.habits.push(held);
    if until >= last {
        return;
    }
    match chance.unit() {
        // Stays as a participant.
        drawn if drawn < 0.6 => person.habits.push(Habit {
            chance: held.chance * 0.9,
            from: until + 1,
            until: last,
            role: None,
            ..held
        }),
        drawn if drawn < 0.9 => {
            take_up(person, programme, until + 1, 0.6, chance);
        }
        _ => {}
    }
}
