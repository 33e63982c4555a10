//! The ups and downs of one person's years that are no decline, and the decline upon them.
//!
//! Colds, trips told and not told, a pause in summer, a spouse's illness, a hospital stay that
//! lasts longer than was said, a winter at home, interest that comes and goes: most gaps end by
//! themselves, and nobody said a word beforehand about two of three.

use ::rhythm::Day;

use super::fate::{Decline, Fate, Kind, shadow};
use super::people::{Person, Tie};
use super::programme::Programme;
use crate::chance::Chance;

/// A stretch in which somebody comes less, or not at all.
#[derive(Clone, Copy, Debug)]
struct Gap {
    first: Day,
    last: Day,
    level: f64,
    /// Told ahead until this day, which is not always the day of coming again.
    told: Option<Day>,
    /// A couple travels together.
    together: bool,
}

/// How much of the usual is left, day by day.
pub struct Life {
    first: Day,
    /// Of taking a place.
    plan: Vec<f32>,
    /// Of coming.
    come: Vec<f32>,
    gaps: Vec<Gap>,
    /// Until when somebody leaves earlier by so many minutes, without a reason to worry.
    hurry: Option<(Day, Day, f64)>,
    decline: Option<Decline>,
}

impl Life {
    pub fn draw(
        person: &Person,
        fate: &Fate,
        leader: Option<(&Life, &Fate, Tie)>,
        programme: &Programme,
        chance: &mut Chance,
    ) -> Self {
        let mut gaps = draw_gaps(person, programme, chance);
        if let Some((life, other, tie)) = leader {
            if tie == Tie::Couple {
                gaps.retain(|gap| !gap.together || chance.happens(0.15));
                gaps.extend(life.gaps.iter().filter(|gap| gap.together));
            }
            let shadowed = shadow(other, tie, chance);
            gaps.extend(shadowed.map(|(first, last, level)| Gap {
                first,
                last,
                level,
                told: None,
                together: false,
            }));
        }
        let stop = fate.decline.filter(|decline| decline.kind == Kind::Stop);
        if let Some(stop) = stop.filter(|_| chance.happens(0.15)) {
            // Told that they would be away, and did not come again afterwards.
            let last = stop.onset - 1;
            gaps.push(Gap {
                first: last - chance.between(5, 20),
                last,
                level: 0.0,
                told: Some(last),
                together: false,
            });
        }
        let hurries = chance.happens(0.03 * programme.days.len() as f64 / 365.0);
        let from = chance.between(programme.first, programme.last());
        let hurry = (
            from,
            from + chance.between(30, 90),
            15.0 + 25.0 * chance.unit(),
        );
        let mut life = Self {
            first: programme.first,
            plan: Vec::new(),
            come: Vec::new(),
            gaps,
            hurry: hurries.then_some(hurry),
            decline: fate.decline,
        };
        life.fill(person, fate, programme, chance);
        life
    }

    fn fill(&mut self, person: &Person, fate: &Fate, programme: &Programme, chance: &mut Chance) {
        let mut drift = 0.22 * chance.normal();
        for (at, today) in programme.days.iter().enumerate() {
            let day = self.first + at as Day;
            if today.date.day() == 1 {
                // Interest goes up and down by a fifth, over months.
                drift = 0.8 * drift + 0.13 * chance.normal();
            }
            let here = day >= person.joined
                && fate.gone.is_none_or(|gone| day < gone)
                && fate.quit.is_none_or(|quit| day < quit);
            if !here {
                self.plan.push(0.0);
                self.come.push(0.0);
                continue;
            }
            let season = season(person, today.date.month(), today.date.day());
            let decline = fate.decline.filter(|decline| !decline.by_course);
            let left = decline.map_or(1.0, |decline| decline.fading.level(day));
            let muddled = decline.is_some_and(|decline| decline.muddled);
            let plan = season * drift.exp();
            self.plan
                .push((plan * if muddled { 1.0 } else { left }) as f32);
            self.come.push((plan * left) as f32);
        }
        for gap in &self.gaps {
            for day in gap.first.max(self.first)..=gap.last.min(programme.last()) {
                let at = (day - self.first) as usize;
                self.come[at] *= gap.level as f32;
                // Places taken before the cold are given back, or not; whoever told takes none.
                if gap.told.is_some() || day > gap.first + 10 {
                    self.plan[at] *= gap.level as f32;
                }
            }
        }
    }

    fn at(&self, day: Day) -> usize {
        usize::try_from(day - self.first).unwrap_or(0)
    }

    pub fn plan(&self, day: Day) -> f64 {
        self.plan.get(self.at(day)).copied().unwrap_or(0.0).into()
    }

    pub fn come(&self, day: Day) -> f64 {
        self.come.get(self.at(day)).copied().unwrap_or(0.0).into()
    }

    /// Told ahead, by first day, with the last day as it was said. Whoever hardly comes any more
    /// says nothing.
    pub fn aways(&self) -> Vec<(Day, Day)> {
        let told = |gap: &Gap| Some((gap.first, gap.told?));
        let comes = |(first, _): &(Day, Day)| self.comes(first - 1);
        let told = self.gaps.iter().filter_map(told).filter(comes);
        let mut all: Vec<(Day, Day)> = told.collect();
        all.sort_unstable();
        all
    }

    /// Whether somebody comes at all in these days, leaving short gaps aside.
    fn comes(&self, day: Day) -> bool {
        let left = self
            .decline
            .map_or(1.0, |decline| decline.fading.level(day));
        self.plan.get(self.at(day)).is_some_and(|plan| *plan > 0.0) && left > 0.3
    }

    /// Minutes by which they leave before the others.
    pub fn leaves_early(&self, day: Day) -> f64 {
        let hurry = self
            .hurry
            .filter(|(from, until, _)| (*from..=*until).contains(&day));
        let spell = hurry.map_or(0.0, |(_, _, minutes)| minutes);
        let decline = self.decline.map_or(0.0, |decline| {
            // In full after two months.
            let since = f64::from((day - decline.onset).max(0)) / 60.0;
            decline.early * since.min(1.0)
        });
        spell + decline
    }

    /// Of giving a place back before the day, by whoever does not come.
    pub fn gives_back(&self, day: Day) -> f64 {
        let muddled = |decline: &Decline| decline.muddled && day >= decline.onset;
        if self.decline.as_ref().is_some_and(muddled) {
            0.15
        } else {
            0.6
        }
    }

    /// What is left of a role on that day.
    pub fn role(&self, day: Day) -> f64 {
        let Some((decline, days)) = self.decline.and_then(|one| Some((one, one.role_ends?))) else {
            return 1.0;
        };
        match day - decline.onset {
            since if since < 0 => 1.0,
            since if since >= days => 0.0,
            since => 1.0 - f64::from(since) / f64::from(days),
        }
    }
}

fn season(person: &Person, month: i8, day: i8) -> f64 {
    let winter = matches!((month, day), (12, 10..=31) | (1 | 2, _));
    let summer = matches!((month, day), (7, 10..=31) | (8, _) | (9, 1..=10));
    let school = matches!(
        (month, day),
        (3, 25..=31) | (4, 1..=6) | (7, 20..=31) | (8, _) | (12, 25..=31) | (1, 1..=8)
    );
    let factor = |holds: bool, factor: f64| if holds { factor } else { 1.0 };
    factor(winter, person.winter) * factor(summer, person.summer) * factor(school, person.school)
}

/// What happens how often a year, for how many days.
struct Reason {
    a_year: f64,
    days: (i32, i32),
    told: f64,
    together: f64,
    overruns: f64,
    level: f64,
}

const REASONS: &[Reason] = &[
    // A cold, a sore knee.
    Reason {
        a_year: 1.6,
        days: (4, 15),
        told: 0.0,
        together: 0.3,
        overruns: 0.0,
        level: 0.0,
    },
    // A journey, a visit to the children.
    Reason {
        a_year: 1.2,
        days: (3, 14),
        told: 0.3,
        together: 0.85,
        overruns: 0.1,
        level: 0.0,
    },
    // Hospital by appointment: cataract, hip.
    Reason {
        a_year: 0.035,
        days: (10, 45),
        told: 0.85,
        together: 0.0,
        overruns: 0.5,
        level: 0.0,
    },
    // A spouse's illness, a house rebuilt, a quarrel, another interest for a while.
    Reason {
        a_year: 0.06,
        days: (28, 75),
        told: 0.35,
        together: 0.5,
        overruns: 0.3,
        level: 0.0,
    },
    Reason {
        a_year: 0.05,
        days: (40, 110),
        told: 0.1,
        together: 0.3,
        overruns: 0.0,
        level: 0.35,
    },
];

fn draw_gaps(person: &Person, programme: &Programme, chance: &mut Chance) -> Vec<Gap> {
    let mut gaps = Vec::new();
    let days = programme.days.len() as f64;
    for reason in REASONS {
        let mut at = 0.0;
        loop {
            // Waiting times of a Poisson process.
            at -= (1.0 - chance.unit()).ln() * 365.0 / reason.a_year;
            if at >= days {
                break;
            }
            gaps.push(gap(programme.first + at as Day, reason, chance));
        }
    }
    // A pause in summer, of one in twelve, half of them tell.
    for at in 0..programme.days.len() {
        let date = programme.days[at].date;
        if date.month() == 7 && date.day() == 10 && chance.happens(0.08) {
            let pause = Reason {
                a_year: 0.0,
                days: (21, 56),
                told: 0.5,
                together: 0.9,
                overruns: 0.15,
                level: 0.0,
            };
            let first = programme.first + at as Day + chance.between(0, 20);
            gaps.push(gap(first, &pause, chance));
        }
    }
    gaps.retain(|gap| gap.last >= person.joined);
    gaps
}

fn gap(first: Day, reason: &Reason, chance: &mut Chance) -> Gap {
    let said = first + chance.between(reason.days.0, reason.days.1);
    let late = if chance.happens(reason.overruns) {
        chance.between(3, 21)
    } else {
        0
    };
    Gap {
        first,
        last: said + late,
        level: reason.level,
        told: chance.happens(reason.told).then_some(said),
        together: chance.happens(reason.together),
    }
}
