//! What happens to people: who declines, how and since when; who leaves without declining.
//!
//! Some seven in a hundred of those who come begin to decline in a year. (Of people of 75 and over in Ikoma 11.2 % were
//! newly certified for care within four years, 2.9 % a year: Matsumoto and Takatori, IJERPH 2021;
//! 18:6791. Whoever stays away is seen before, and more often than only those.) A decline is a
//! sudden stop (a fall, a stroke), a slow fade over two to six months, a role given up and then
//! the course, a companion who died or moved away and somebody who stays at home since, or a
//! mixture with leaving early and forgotten places. What looks alike and is none: quitting without a word, moving
//! away, losing the companion and coming on, giving up a role and coming on.

use ::rhythm::Day;

use super::people::{Person, Tie};
use super::programme::Programme;
use crate::chance::Chance;

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    Stop,
    Fade,
    Role,
    Companion,
    Mixed,
}

impl Kind {
    pub const ALL: [Self; 5] = [
        Self::Stop,
        Self::Fade,
        Self::Role,
        Self::Companion,
        Self::Mixed,
    ];
}

/// How somebody comes less and less: from the whole at `starts` to `floor` after `length` days.
#[derive(Clone, Copy, Debug)]
pub struct Fading {
    pub starts: Day,
    pub length: Day,
    pub floor: f64,
    /// Below 1 quick at first, above 1 quick at the end.
    pub shape: f64,
    /// Some come again, half as often.
    pub back: Option<Day>,
}

impl Fading {
    pub fn level(&self, day: Day) -> f64 {
        if self.back.is_some_and(|back| day >= back) {
            return 0.5;
        }
        if day < self.starts {
            return 1.0;
        }
        let gone = f64::from(day - self.starts) / f64::from(self.length.max(1));
        let gone = if self.length == 0 { 1.0 } else { gone.min(1.0) };
        1.0 - (1.0 - self.floor) * gone.powf(self.shape)
    }
}

#[derive(Clone, Copy, Debug)]
pub struct Decline {
    pub onset: Day,
    pub kind: Kind,
    pub fading: Fading,
    /// One favourite after the other is dropped, instead of coming less to all.
    pub by_course: bool,
    /// The role fades within so many days from the onset.
    pub role_ends: Option<Day>,
    /// Minutes by which they leave early in the end, from the onset on.
    pub early: f64,
    /// Still takes places as before, and does not come.
    pub muddled: bool,
}

#[derive(Clone, Copy, Debug, Default)]
pub struct Fate {
    pub decline: Option<Decline>,
    /// Dead or moved: from this day nobody comes any more.
    pub gone: Option<Day>,
    /// When the Station was told: nobody is watched any more.
    pub told: Option<Day>,
    /// Does not come any more and says nothing; well at home.
    pub quit: Option<Day>,
}

const DECLINES_A_YEAR: f64 = 0.085;

/// A fate each, in the order of the people.
pub fn draw(people: &[Person], programme: &Programme, chance: &mut Chance) -> Vec<Fate> {
    let mut fates: Vec<Fate> = Vec::with_capacity(people.len());
    for person in people {
        let mut fate = leave(person, programme, chance);
        // The one before, whom this one follows.
        let leader = person.follows.and(fates.last_mut());
        let alone = leader.as_ref().is_none_or(|leader| {
            leader.gone.is_some() || leader.quit.is_some() || leader.decline.is_some()
        });
        let begins = programme.first + 120;
        let years = f64::from(programme.last() - begins) / 365.0;
        if chance.happens(1.0 - (-DECLINES_A_YEAR * years).exp()) {
            let onset = chance.between(begins, programme.last());
            let left = fate.gone.or(fate.quit).unwrap_or(Day::MAX);
            if onset >= person.joined + 120 && onset < left {
                let decline = decline(person, onset, alone, chance);
                if let (Kind::Companion, Some(leader)) = (decline.kind, leader) {
                    leader.gone = Some(onset);
                    leader.told = Some(onset + chance.between(2, 21));
                }
                fate = Fate {
                    decline: Some(decline),
                    // Some go to a home for the aged in the end.
                    told: chance
                        .happens(0.25)
                        .then(|| onset + chance.between(190, 500)),
                    ..Fate::default()
                };
            }
        }
        fates.push(fate);
    }
    fates
}

/// Those who leave without declining.
fn leave(person: &Person, programme: &Programme, chance: &mut Chance) -> Fate {
    let within = |chance: &mut Chance| chance.between(person.joined + 30, programme.last() + 30);
    let years = f64::from(programme.last() - person.joined).max(0.0) / 365.0;
    let mut fate = Fate::default();
    // Of those who join, one in six does not stay: a few dates and never again.
    if person.joined > programme.first && chance.happens(0.17) {
        fate.quit = Some(person.joined + chance.between(10, 60));
    } else if chance.happens(0.025 * years) {
        fate.quit = Some(within(chance));
    } else if chance.happens(0.04 * years) {
        // Tells, and is gone on the day.
        let day = within(chance);
        fate.gone = Some(day);
        fate.told = Some(day);
    } else if chance.happens(0.012 * years) {
        // Dies; the Station hears of it.
        let day = within(chance);
        fate.gone = Some(day);
        fate.told = Some(day + chance.between(2, 21));
    }
    fate
}

fn draw_kind(person: &Person, onset: Day, alone: bool, chance: &mut Chance) -> Kind {
    if person.follows.is_some() && !alone && chance.happens(0.7) {
        return Kind::Companion;
    }
    if person.holds_role(onset) && chance.happens(0.7) {
        return Kind::Role;
    }
    match chance.unit() {
        drawn if drawn < 0.35 => Kind::Stop,
        drawn if drawn < 0.78 => Kind::Fade,
        _ => Kind::Mixed,
    }
}

/// What is left in the end: for most nothing.
fn draw_floor(chance: &mut Chance) -> f64 {
    if chance.happens(0.6) {
        0.05 * chance.unit()
    } else {
        0.1 + 0.25 * chance.unit()
    }
}

fn decline(person: &Person, onset: Day, alone: bool, chance: &mut Chance) -> Decline {
    let kind = draw_kind(person, onset, alone, chance);
    let low = draw_floor(chance);
    let shape = 0.7 + 0.9 * chance.unit();
    let fading = |starts, length, floor| Fading {
        starts,
        length,
        floor,
        shape,
        back: None,
    };
    let signs = (chance.happens(0.25), chance.happens(0.2));
    let made = Decline {
        onset,
        kind,
        fading: fading(onset, 0, 0.0),
        by_course: false,
        role_ends: None,
        early: if signs.0 {
            10.0 + 20.0 * chance.unit()
        } else {
            0.0
        },
        muddled: signs.1,
    };
    match kind {
        Kind::Stop => {
            let back = onset + chance.between(120, 240);
            let mut fading = made.fading;
            fading.back = chance.happens(0.15).then_some(back);
            Decline {
                fading,
                early: 0.0,
                ..made
            }
        }
        Kind::Fade => Decline {
            fading: fading(onset, chance.between(60, 180), low),
            by_course: chance.happens(0.3),
            ..made
        },
        Kind::Role => {
            let still = chance.between(30, 120);
            let slowly = chance.happens(0.4);
            Decline {
                fading: fading(onset + still, chance.between(30, 90), low),
                role_ends: Some(if slowly { chance.between(30, 60) } else { 0 }),
                ..made
            }
        }
        Kind::Companion => Decline {
            // The days of mourning are a gap of their own, in `life`.
            fading: fading(onset + chance.between(0, 21), chance.between(45, 150), low),
            ..made
        },
        Kind::Mixed => Decline {
            fading: fading(
                onset + chance.between(0, 30),
                chance.between(90, 180),
                low + 0.05,
            ),
            role_ends: Some(chance.between(0, 60)),
            early: 20.0 + 30.0 * chance.unit(),
            muddled: chance.happens(0.8),
            ..made
        },
    }
}

/// What the fate of the one before does to whoever follows: mourning, then mostly as before; or
/// somebody to care for.
pub fn shadow(leader: &Fate, tie: Tie, chance: &mut Chance) -> Option<(Day, Day, f64)> {
    let couple = tie == Tie::Couple;
    if let Some(gone) = leader.gone {
        let days = chance.between(14, 42);
        return Some((gone, gone + days, if couple { 0.1 } else { 0.7 }));
    }
    let decline = leader.decline.filter(|_| couple)?;
    let from = decline.fading.starts + decline.fading.length / 2;
    Some((from, from + chance.between(30, 70), 0.6))
}
