//! Made-up people with weekly habits, colds, pauses and an August. Some stop, fade or give up a role.

use rhythm::{Away, Consent, Day, Facts, Meeting, Role, Roll, SignUp, Signal, Visit};

const SIGNALS: [Signal; 6] = [
    Signal::Less,
    Signal::Gap,
    Signal::Role,
    Signal::Companion,
    Signal::Leaving,
    Signal::SignUps,
];

/// splitmix64: the same seed, the same town.
struct Chance(u64);

impl Chance {
    fn unit(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((z ^ (z >> 31)) >> 11) as f64 / (1u64 << 53) as f64
    }

    fn below(&mut self, n: u32) -> u32 {
        (self.unit() * f64::from(n)) as u32
    }

    /// Days until something that happens every `mean` days.
    fn wait(&mut self, mean: f64) -> Day {
        (-(1.0 - self.unit()).ln() * mean) as Day
    }
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Change {
    Stop,
    Fade,
    Role,
}

#[derive(Clone, Copy)]
pub struct Truth {
    pub kind: Change,
    pub onset: Day,
    /// Days from the usual to nothing, where somebody fades.
    fade: f64,
}

struct Habit {
    joined: Day,
    summer: f64,
    teaches: bool,
    /// Minutes before the start.
    early: u16,
    pauses: Vec<(Day, Day)>,
    truth: Option<Truth>,
}

impl Habit {
    fn make(chance: &mut Chance, days: Day) -> Self {
        let joined = if chance.unit() < 0.6 {
            0
        } else {
            chance.below(days as u32) as Day
        };
        let teaches = chance.unit() < 0.1;
        let scored = days - 365;
        let truth = (chance.unit() < 0.07 && joined < scored - 100).then(|| Truth {
            kind: match chance.unit() {
                u if u < 0.4 => Change::Stop,
                u if u < 0.8 || !teaches => Change::Fade,
                _ => Change::Role,
            },
            onset: scored + chance.below(300) as Day,
            fade: 60.0 + 120.0 * chance.unit(),
        });
        let mut pauses = Vec::new();
        let mut day = chance.wait(240.0);
        while day < days {
            let last = day + 4 + chance.wait(14.0);
            pauses.push((day, last));
            day = last + 1 + chance.wait(240.0);
        }
        let summer = if chance.unit() < 0.15 { 0.1 } else { 0.6 };
        Self {
            joined,
            summer,
            teaches,
            early: chance.below(15) as u16,
            pauses,
            truth,
        }
    }

    /// How much of the usual is left on a day, and in which role.
    fn on(&self, day: Day) -> (f64, Role) {
        let mut role = if self.teaches {
            Role::Teacher
        } else {
            Role::Participant
        };
        let mut left = if (212..243).contains(&(day % 365)) {
            self.summer
        } else {
            1.0
        };
        if day < self.joined || self.pauses.iter().any(|(a, b)| (*a..=*b).contains(&day)) {
            left = 0.0;
        }
        if let Some(truth) = self.truth.filter(|truth| day >= truth.onset) {
            match truth.kind {
                Change::Stop => left = 0.0,
                Change::Fade => {
                    left *= (1.0 - f64::from(day - truth.onset) / truth.fade).max(0.05);
                }
                Change::Role => role = Role::Participant,
            }
        }
        (left, role)
    }
}

pub fn make(people: u32, days: Day, seed: u64) -> (Facts, Vec<Option<Truth>>) {
    let chance = &mut Chance(seed);
    let courses = (people / 60).max(40);
    let (meetings, held) = meetings(chance, courses, days);
    let mut facts = Facts {
        people,
        courses,
        meetings,
        ..Facts::default()
    };
    let mut truths = Vec::new();
    for person in 0..people {
        let habit = Habit::make(chance, days);
        visits(chance, &mut facts, &held, person, &habit);
        for &(first, last) in habit.pauses.iter().filter(|_| chance.unit() < 0.25) {
            facts.aways.push(Away {
                person,
                first,
                last,
            });
        }
        for signal in SIGNALS {
            if chance.unit() < 0.9 {
                facts.consents.push(Consent {
                    person,
                    signal,
                    from: 0,
                    until: None,
                });
            }
        }
        truths.push(habit.truth);
    }
    (facts, truths)
}

fn meetings(chance: &mut Chance, courses: u32, days: Day) -> (Vec<Meeting>, Vec<Vec<u32>>) {
    let rules: Vec<(Day, Day, u16)> = (0..courses)
        .map(|_| {
            let every = [7, 7, 7, 14, 28][chance.below(5) as usize];
            (
                every,
                chance.below(every as u32) as Day,
                540 + 60 * chance.below(8) as u16,
            )
        })
        .collect();
    let (mut meetings, mut held) = (Vec::new(), vec![Vec::new(); courses as usize]);
    let open = |day: &Day| !(224..228).contains(&(day % 365)) && day % 365 >= 4;
    for day in (0..days).filter(open) {
        for (course, (every, on, starts)) in (0u32..).zip(&rules) {
            if day % every != *on {
                continue;
            }
            let roll = match chance.unit() {
                u if u < 0.04 => Roll::NotRecorded,
                u if u < 0.06 => Roll::CalledOff,
                _ => Roll::Taken,
            };
            held[course as usize].push(meetings.len() as u32);
            meetings.push(Meeting {
                course,
                day,
                starts: *starts,
                ends: starts + 90,
                roll,
            });
        }
    }
    (meetings, held)
}

/// One to six favourites; some move from one to another that is held as often.
fn visits(c: &mut Chance, facts: &mut Facts, held: &[Vec<u32>], person: u32, habit: &Habit) {
    let mut visits: Vec<Visit> = Vec::new();
    let end = facts.meetings.last().map_or(1, |m| m.day);
    for _ in 0..1 + (c.unit().powi(2) * 5.0) as u32 {
        let often = 0.35 + 0.6 * c.unit();
        let course = c.below(held.len() as u32) as usize;
        let mut other = c.below(held.len() as u32) as usize;
        while held[other].len().abs_diff(held[course].len()) > 4 {
            other = c.below(held.len() as u32) as usize;
        }
        let moves = if c.unit() < 0.15 {
            c.below(end as u32) as Day
        } else {
            Day::MAX
        };
        let before = held[course]
            .iter()
            .filter(|m| facts.meetings[**m as usize].day < moves);
        let since = held[other]
            .iter()
            .filter(|m| facts.meetings[**m as usize].day >= moves);
        for &meeting in before.chain(since) {
            let at = facts.meetings[meeting as usize];
            let (left, role) = habit.on(at.day);
            if at.roll != Roll::Taken || at.day < habit.joined {
                continue;
            }
            let comes = c.unit() < often * left;
            if c.unit() < 0.3 && (comes || c.unit() < 0.1) {
                facts.sign_ups.push(SignUp {
                    person,
                    meeting,
                    given_back: false,
                });
            }
            if comes {
                let arrived = Some(at.starts - 15 + habit.early + c.below(3) as u16);
                visits.push(Visit {
                    person,
                    meeting,
                    role,
                    arrived,
                    left: None,
                });
            }
        }
    }
    visits.sort_by_key(|v| v.meeting);
    visits.dedup_by_key(|v| v.meeting);
    facts.visits.extend(visits);
}
