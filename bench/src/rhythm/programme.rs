//! What the Stations offer: series, their dates, and what is known of each date.
//!
//! A Station has some 400 course dates a year (みま～も: 350 to 430) in about 40 series: four
//! every week (gymnastics, a dining room), five twice a month, eight once a month, the others of
//! one or two dates. So about eight dates a week for some 250 people, 30 to 40 at each; a Friday
//! dining room has a hundred. Every April one regular series in twelve ends and another begins.

use ::rhythm::{Day, Meeting, Minute, Roll};
use jiff::civil::Weekday;

use super::days::Today;
use crate::chance::Chance;

const WEEKDAYS: [Weekday; 6] = [
    Weekday::Monday,
    Weekday::Tuesday,
    Weekday::Wednesday,
    Weekday::Thursday,
    Weekday::Friday,
    Weekday::Saturday,
];

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rule {
    Weekly,
    FirstThird,
    SecondFourth,
    Monthly(i8),
    /// One date, perhaps a second a week later.
    Short(Day, i32),
}

impl Rule {
    /// Dates a week, roughly; none for what has one or two.
    pub fn a_week(self) -> f64 {
        match self {
            Self::Weekly => 0.9,
            Self::FirstThird | Self::SecondFourth => 0.42,
            Self::Monthly(_) => 0.21,
            Self::Short(..) => 0.0,
        }
    }
}

#[derive(Clone, Debug)]
pub struct Series {
    pub station: usize,
    pub rule: Rule,
    pub weekday: Weekday,
    pub starts: Minute,
    pub ends: Minute,
    pub first: Day,
    pub last: Day,
    out_of_doors: bool,
    /// Goes on although it is a public holiday.
    on_holidays: bool,
    /// "Every second Saturday except August".
    except_august: bool,
    /// One has a place, or none.
    pub sign_up: bool,
    /// Somebody at the door notes who leaves.
    pub notes_leaving: bool,
    pub popularity: f64,
    /// Cooks and helpers needed each time.
    pub helpers: usize,
}

impl Series {
    pub fn is_regular(&self) -> bool {
        !matches!(self.rule, Rule::Short(..))
    }

    fn meets(&self, day: Day, today: &Today) -> bool {
        if day < self.first || day > self.last || today.closed {
            return false;
        }
        if let Rule::Short(on, dates) = self.rule {
            return (0..dates).any(|week| day == on + 7 * week);
        }
        let due = match self.rule {
            Rule::FirstThird => matches!(today.nth, 1 | 3),
            Rule::SecondFourth => matches!(today.nth, 2 | 4),
            Rule::Monthly(nth) => today.nth == nth,
            Rule::Weekly | Rule::Short(..) => true,
        };
        due && today.weekday == self.weekday
            && (self.on_holidays || !today.holiday)
            && !(self.except_august && today.date.month() == 8)
    }
}

/// How a Station keeps its door.
struct Door {
    /// Share of dates on which cards are read; on the others there is a list of paper, without
    /// times.
    cards: f64,
    /// Share of rolls that nobody took: 2 to 6 in 100, at some houses 12.
    missing: f64,
}

pub struct Programme {
    pub first: Day,
    pub days: Vec<Today>,
    pub series: Vec<Series>,
    /// By day.
    pub meetings: Vec<Meeting>,
    /// Whether cards were read at the meeting of the same place.
    pub by_card: Vec<bool>,
    /// Places in `meetings`, by Station.
    pub at: Vec<Vec<u32>>,
    /// Places in `series`, by Station.
    pub of: Vec<Vec<usize>>,
}

impl Programme {
    pub fn make(stations: usize, first: Day, days: Vec<Today>, chance: &mut Chance) -> Self {
        let last = first + days.len() as Day - 1;
        let series: Vec<Series> = (0..stations)
            .flat_map(|station| draw_station(station, first, last, &days, chance))
            .collect();
        let doors: Vec<Door> = (0..stations).map(|_| draw_door(chance)).collect();
        let mut made = Self {
            first,
            series,
            meetings: Vec::new(),
            by_card: Vec::new(),
            at: vec![Vec::new(); stations],
            of: vec![Vec::new(); stations],
            days,
        };
        for (at, series) in made.series.iter().enumerate() {
            made.of[series.station].push(at);
        }
        made.hold(&doors, chance);
        made
    }

    pub fn last(&self) -> Day {
        self.first + self.days.len() as Day - 1
    }

    pub fn today(&self, day: Day) -> &Today {
        let at = (day - self.first).clamp(0, self.days.len() as Day - 1);
        &self.days[at as usize]
    }

    fn hold(&mut self, doors: &[Door], chance: &mut Chance) {
        // Nobody at the reception of this series until that day.
        let mut unmanned: Vec<Day> = vec![Day::MIN; self.series.len()];
        for (offset, today) in self.days.iter().enumerate() {
            let day = self.first + offset as Day;
            for (at, series) in self.series.iter().enumerate() {
                if !series.meets(day, today) {
                    continue;
                }
                let door = &doors[series.station];
                // Every third missing roll begins a spell: whoever keeps the list is ill.
                if chance.happens(door.missing / 4.0) {
                    unmanned[at] = day + chance.between(14, 28);
                }
                let off =
                    today.typhoon || (today.heat && series.out_of_doors) || chance.happens(0.012);
                let roll = match () {
                    () if off => Roll::CalledOff,
                    () if unmanned[at] >= day || chance.happens(door.missing * 0.6) => {
                        Roll::NotRecorded
                    }
                    () => Roll::Taken,
                };
                self.at[series.station].push(self.meetings.len() as u32);
                self.by_card.push(chance.happens(door.cards));
                self.meetings.push(Meeting {
                    course: at as u32,
                    day,
                    starts: series.starts,
                    ends: series.ends,
                    roll,
                });
            }
        }
    }
}

fn draw_door(chance: &mut Chance) -> Door {
    Door {
        cards: 0.3 + 0.65 * chance.unit(),
        missing: if chance.happens(0.1) {
            0.12
        } else {
            0.015 + 0.03 * chance.unit()
        },
    }
}

fn draw_station(
    station: usize,
    first: Day,
    last: Day,
    days: &[Today],
    chance: &mut Chance,
) -> Vec<Series> {
    let aprils: Vec<Day> = (first + 1..=last)
        .filter(|day| {
            let date = days[(day - first) as usize].date;
            date.month() == 4 && date.day() == 1
        })
        .collect();
    let mut all = Vec::new();
    for place in 0..17 {
        let rule = match place {
            0..4 => Rule::Weekly,
            4..6 => Rule::FirstThird,
            6..9 => Rule::SecondFourth,
            _ => Rule::Monthly(1 + (place % 4) as i8),
        };
        let mut from = first;
        for april in &aprils {
            if chance.happens(0.085) {
                all.push(draw_series(station, rule, from, april - 1, chance));
                from = *april;
            }
        }
        all.push(draw_series(station, rule, from, last, chance));
    }
    // The series of one or two dates: 23 a year.
    for _ in 0..(last - first) * 23 / 365 {
        let on = chance.between(first, last);
        let rule = Rule::Short(on, chance.between(1, 2));
        all.push(draw_series(station, rule, first, last, chance));
    }
    all
}

fn draw_series(station: usize, rule: Rule, first: Day, last: Day, chance: &mut Chance) -> Series {
    let weekday = *chance.pick(&WEEKDAYS).unwrap_or(&Weekday::Friday);
    let starts = *chance.pick(&[570, 600, 630, 780, 810, 840]).unwrap_or(&600);
    let lasts = *chance.pick(&[60, 90, 90, 120]).unwrap_or(&90);
    let weekly = rule == Rule::Weekly;
    Series {
        station,
        rule,
        weekday,
        starts,
        ends: starts + lasts,
        first,
        last,
        out_of_doors: chance.happens(0.15),
        on_holidays: chance.happens(0.4),
        except_august: chance.happens(0.2),
        sign_up: chance.happens(0.35),
        notes_leaving: chance.happens(0.4),
        popularity: 0.4 + 1.2 * chance.unit() + if weekly { 0.6 } else { 0.0 },
        helpers: chance.between(2, if weekly { 8 } else { 4 }) as usize,
    }
}
