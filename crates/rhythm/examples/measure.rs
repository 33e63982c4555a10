//! How long a nightly list takes, and a rough look at what it finds, on made-up facts.
//!
//! `cargo run --release -p rhythm --example measure -- PEOPLE DAYS [watch]`
//!
//! These people are simple: weekly habits, colds, pauses, an August, a few changes. The comparison
//! with other ways is made elsewhere, on years written apart from this crate.
#![allow(clippy::print_stdout, clippy::unwrap_used, clippy::disallowed_methods)]

use std::time::Instant;

use rhythm::{
    Alert, Away, Book, Consent, Day, Facts, Meeting, Role, Roll, SignUp, Signal, Thresholds, Visit,
    watch_with,
};

struct Chance(u64);

impl Chance {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }
    fn unit(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1u64 << 53) as f64
    }
    fn below(&mut self, n: u32) -> u32 {
        (self.unit() * f64::from(n)) as u32
    }
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Change {
    Stop,
    Fade,
    Role,
}

struct Truth {
    kind: Change,
    onset: Day,
}

fn meetings(chance: &mut Chance, courses: u32, days: Day) -> (Vec<Meeting>, Vec<Vec<u32>>) {
    let mut meetings = Vec::new();
    let rule: Vec<(Day, Day, u16)> = (0..courses)
        .map(|_| {
            let every = [7, 7, 7, 14, 28][chance.below(5) as usize];
            (
                every,
                chance.below(every as u32) as Day,
                540 + 60 * chance.below(8) as u16,
            )
        })
        .collect();
    let mut of = vec![Vec::new(); courses as usize];
    for day in 0..days {
        if (224..228).contains(&(day % 365)) || day % 365 < 4 {
            continue;
        }
        for course in 0..courses {
            let (every, on, starts) = rule[course as usize];
            if day % every == on {
                let roll = match chance.unit() {
                    u if u < 0.04 => Roll::NotRecorded,
                    u if u < 0.06 => Roll::CalledOff,
                    _ => Roll::Taken,
                };
                of[course as usize].push(meetings.len() as u32);
                meetings.push(Meeting {
                    course,
                    day,
                    starts,
                    ends: starts + 90,
                    roll,
                });
            }
        }
    }
    (meetings, of)
}

fn town(people: u32, days: Day, seed: u64) -> (Facts, Vec<Option<Truth>>) {
    let chance = &mut Chance(seed);
    let courses = (people / 60).max(40);
    let (meetings, of) = meetings(chance, courses, days);
    let mut facts = Facts {
        people,
        courses,
        meetings,
        ..Facts::default()
    };
    let mut truths = Vec::new();
    for person in 0..people {
        truths.push(history(chance, &mut facts, &of, person, days));
        for signal in [
            Signal::Less,
            Signal::Gap,
            Signal::Role,
            Signal::Companion,
            Signal::Leaving,
            Signal::SignUps,
        ] {
            if chance.unit() < 0.9 {
                facts.consents.push(Consent {
                    person,
                    signal,
                    from: 0,
                    until: None,
                });
            }
        }
    }
    (facts, truths)
}

fn history(
    chance: &mut Chance,
    facts: &mut Facts,
    of: &[Vec<u32>],
    person: u32,
    days: Day,
) -> Option<Truth> {
    let joined = if chance.unit() < 0.6 {
        0
    } else {
        chance.below(days as u32) as Day
    };
    let favourites = 1 + (chance.unit().powi(2) * 5.0) as u32;
    let habit: Vec<(u32, f64)> = (0..favourites)
        .map(|_| (chance.below(of.len() as u32), 0.35 + 0.6 * chance.unit()))
        .collect();
    let teaches = chance.unit() < 0.1;
    let scored = days - 365;
    let truth = (chance.unit() < 0.07 && joined < scored - 100).then(|| Truth {
        kind: match chance.unit() {
            u if u < 0.4 => Change::Stop,
            u if u < 0.8 || !teaches => Change::Fade,
            _ => Change::Role,
        },
        onset: scored + chance.below(300) as Day,
    });
    let fade = 60.0 + 120.0 * chance.unit();
    let summer = chance.unit() < 0.15;
    let mut pauses: Vec<(Day, Day)> = Vec::new();
    let mut day = 0;
    while day < days {
        day += (-(1.0 - chance.unit()).ln() * 240.0) as Day;
        let long = (4.0 - (1.0 - chance.unit()).ln() * 14.0) as Day;
        if chance.unit() < 0.25 {
            facts.aways.push(Away {
                person,
                first: day,
                last: day + long,
            });
        }
        pauses.push((day, day + long));
        day += long + 1;
    }
    let slot = chance.below(15) as u16;
    let mut visits: Vec<Visit> = Vec::new();
    for &(course, often) in &habit {
        let moves = (chance.unit() < 0.15).then(|| chance.below(days as u32) as Day);
        let mut other = chance.below(of.len() as u32);
        while of[other as usize].len().abs_diff(of[course as usize].len()) > 4 {
            other = chance.below(of.len() as u32);
        }
        for (course, own) in [(course, true), (other, false)] {
            for &meeting in &of[course as usize] {
                let at = facts.meetings[meeting as usize];
                let moved = moves.is_some_and(|m| at.day >= m);
                if at.roll != Roll::Taken || at.day < joined || own == moved {
                    continue;
                }
                let mut rate = often;
                let season = at.day % 365;
                if (212..243).contains(&season) {
                    rate *= if summer { 0.1 } else { 0.6 };
                }
                if pauses.iter().any(|(a, b)| (*a..=*b).contains(&at.day)) {
                    rate = 0.0;
                }
                let mut role = if teaches {
                    Role::Teacher
                } else {
                    Role::Participant
                };
                if let Some(truth) = &truth
                    && at.day >= truth.onset
                {
                    match truth.kind {
                        Change::Stop => rate = 0.0,
                        Change::Fade => {
                            rate *= (1.0 - f64::from(at.day - truth.onset) / fade).max(0.05);
                        }
                        Change::Role => role = Role::Participant,
                    }
                }
                let comes = chance.unit() < rate;
                if chance.unit() < 0.3 && (comes || chance.unit() < 0.1) {
                    facts.sign_ups.push(SignUp {
                        person,
                        meeting,
                        given_back: false,
                    });
                }
                if comes {
                    let arrived = at.starts - 15 + slot + chance.below(3) as u16;
                    visits.push(Visit {
                        person,
                        meeting,
                        role,
                        arrived: Some(arrived),
                        left: None,
                    });
                }
            }
        }
    }
    visits.sort_by_key(|v| v.meeting);
    visits.dedup_by_key(|v| v.meeting);
    facts.visits.extend(visits);
    truth
}

/// Longest absence beyond four weeks first, closed and told-away days not counted.
fn four_weeks(facts: &Facts, first: Day, last: Day, per_week: usize) -> Vec<Alert> {
    let mut days: Vec<Vec<Day>> = vec![Vec::new(); facts.people as usize];
    for v in &facts.visits {
        days[v.person as usize].push(facts.meetings[v.meeting as usize].day);
    }
    let mut told: Vec<Day> = vec![-1000; facts.people as usize];
    let mut alerts = Vec::new();
    for day in (first..=last).step_by(7) {
        let mut week: Vec<(Day, u32)> = (0..facts.people)
            .filter_map(|p| {
                let seen = days[p as usize].iter().rev().find(|d| **d < day)?;
                let absent = day - seen;
                (absent >= 28 && absent <= 182 && day - told[p as usize] >= 56)
                    .then_some((absent, p))
            })
            .collect();
        week.sort_unstable_by(|a, b| b.cmp(a));
        for (absent, person) in week.into_iter().take(per_week) {
            told[person as usize] = day;
            let onset = day - absent;
            alerts.push(Alert {
                person,
                day,
                signal: Signal::Gap,
                onset,
                sum: f64::from(absent),
            });
        }
    }
    alerts
}

fn score(name: &str, alerts: &[Alert], truths: &[Option<Truth>], facts: &Facts, book: &Book) {
    let mut line = format!("{name:>12}");
    for kind in [Change::Stop, Change::Fade, Change::Role] {
        let of: Vec<(usize, &Truth)> = truths
            .iter()
            .enumerate()
            .filter_map(|(p, t)| t.as_ref().filter(|t| t.kind == kind).map(|t| (p, t)))
            .collect();
        let mut lags: Vec<Day> = of
            .iter()
            .filter_map(|(p, t)| {
                alerts
                    .iter()
                    .filter(|a| {
                        a.person as usize == *p && a.day >= t.onset && a.day <= t.onset + 180
                    })
                    .map(|a| a.day - t.onset)
                    .min()
            })
            .collect();
        lags.sort_unstable();
        line += &format!(
            "  {kind:?} {}/{} med {}",
            lags.len(),
            of.len(),
            lags.get(lags.len() / 2).unwrap_or(&0)
        );
    }
    let wrong = alerts
        .iter()
        .filter(|a| {
            truths[a.person as usize]
                .as_ref()
                .is_none_or(|t| a.day < t.onset)
        })
        .count();
    println!("{line}  lists {} wrong {wrong}", alerts.len());
    if name == "rhythm" && std::env::var("MISSED").is_ok() {
        for (p, t) in truths.iter().enumerate() {
            let Some(t) = t else { continue };
            if t.kind != Change::Stop
                || alerts
                    .iter()
                    .any(|a| a.person as usize == p && a.day >= t.onset)
            {
                continue;
            }
            let n = facts
                .visits
                .iter()
                .filter(|v| {
                    v.person == p as u32 && facts.meetings[v.meeting as usize].day >= t.onset - 365
                })
                .count();
            let c: Vec<_> = facts
                .consents
                .iter()
                .filter(|c| c.person == p as u32)
                .map(|c| c.signal)
                .collect();
            let o: Vec<_> = [42, 84, 112, 140, 168]
                .iter()
                .map(
                    |d| match book.look(&Thresholds::default(), p as u32, t.onset + d) {
                        rhythm::Outcome::Change(f) => format!("{:?} {}", f.lines[0].signal, f.sum),
                        o => format!("{o:?}"),
                    },
                )
                .collect();
            println!(
                "   missed {p} onset {} visits {n} {o:?} {c:?} {:?}",
                t.onset,
                alerts
                    .iter()
                    .filter(|a| a.person as usize == p)
                    .map(|a| (a.day, a.sum))
                    .collect::<Vec<_>>()
            );
        }
    }
    if name == "rhythm" && std::env::var("WRONG").is_ok() {
        for a in alerts
            .iter()
            .filter(|a| {
                truths[a.person as usize]
                    .as_ref()
                    .is_none_or(|t| a.day < t.onset)
            })
            .step_by(9)
        {
            if let rhythm::Outcome::Change(f) = book.look(&Thresholds::default(), a.person, a.day) {
                println!(
                    "   wrong {} day {} ({}) onset ({}) sum {} {:?}",
                    a.person,
                    a.day,
                    a.day % 365,
                    a.onset % 365,
                    a.sum,
                    f.lines[0].numbers
                );
            }
        }
    }
    for signal in [
        Signal::Less,
        Signal::Gap,
        Signal::Role,
        Signal::Companion,
        Signal::Leaving,
        Signal::SignUps,
    ] {
        let (mut good, mut again, mut wrong, mut wagain, mut sums) = (0, 0, 0, 0, vec![]);
        for (i, a) in alerts
            .iter()
            .enumerate()
            .filter(|(_, a)| a.signal == signal)
        {
            let first = !alerts[..i].iter().any(|b| b.person == a.person);
            let right = truths[a.person as usize]
                .as_ref()
                .is_some_and(|t| a.day >= t.onset);
            match (right, first) {
                (true, true) => good += 1,
                (true, false) => again += 1,
                (false, true) => {
                    wrong += 1;
                    sums.push(a.sum)
                }
                _ => wagain += 1,
            }
        }
        sums.sort_by(f64::total_cmp);
        println!(
            "        {signal:?}: good {good} again {again} wrong {wrong} wrong again {wagain} wrong median {:?}",
            sums.get(sums.len() / 2)
        );
    }
}

fn main() {
    let args: Vec<String> = std::env::args().collect();
    let people = args.get(1).map_or(5_000, |a| a.parse().unwrap());
    let days: Day = args.get(2).map_or(1_095, |a| a.parse().unwrap());
    let begun = Instant::now();
    let (facts, truths) = town(people, days, 7);
    println!(
        "{people} people, {} meetings, {} visits, {} sign-ups, {} aways, {} consents; made in {:.1?}",
        facts.meetings.len(),
        facts.visits.len(),
        facts.sign_ups.len(),
        facts.aways.len(),
        facts.consents.len(),
        begun.elapsed()
    );
    let thresholds = Thresholds::default();
    let begun = Instant::now();
    let book = Book::read(&facts, days).unwrap();
    let read = begun.elapsed();
    let list = book.list(&thresholds, days, &[], 20);
    println!(
        "book {read:.2?}, list of {} {:.2?}, together {:.2?}",
        list.len(),
        begun.elapsed() - read,
        begun.elapsed()
    );
    for finding in list.iter().take(3) {
        println!("{finding:?}");
    }
    if args.get(3).is_some_and(|a| a == "why") {
        let mut seen = 0;
        for (p, t) in truths.iter().enumerate() {
            if let Some(t) = t
                && t.kind == Change::Stop
            {
                let n = facts
                    .visits
                    .iter()
                    .filter(|v| {
                        v.person == p as u32
                            && facts.meetings[v.meeting as usize].day >= t.onset - 365
                    })
                    .count();
                println!("{p} onset {} visits a year {n}", t.onset);
                for d in [28, 56, 84, 112] {
                    let o = book.look(&thresholds, p as u32, days - (days - t.onset - d) / 7 * 7);
                    match o {
                        rhythm::Outcome::Change(f) => {
                            println!("   {d}: {} {:?}", f.sum, f.lines[0])
                        }
                        o => println!("   {d}: {o:?}"),
                    }
                }
                seen += 1;
                if seen > 25 {
                    break;
                }
            }
        }
    }
    if args.get(3).is_some_and(|a| a == "watch") {
        for per_week in [5, 10, 20] {
            let begun = Instant::now();
            let alerts = watch_with(&facts, &thresholds, days - 365, days, per_week).unwrap();
            println!("-- {per_week} a week, {:.1?}", begun.elapsed());
            score("rhythm", &alerts, &truths, &facts, &book);
            score(
                "four weeks",
                &four_weeks(&facts, days - 365, days, per_week),
                &truths,
                &facts,
                &book,
            );
        }
    }
}
