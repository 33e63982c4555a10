//! Who was there, meeting by meeting, and what of it was written down.

use ::rhythm::{Day, Meeting, Role, Roll, SignUp, Visit};

use super::life::Life;
use super::people::{Habit, Person, Tie};
use super::programme::Programme;
use crate::chance::Chance;

/// Somebody was there, whether or not the roll was taken.
#[derive(Clone, Copy)]
pub struct Came {
    pub meeting: u32,
    /// Minutes since midnight.
    arrived: f64,
    left: f64,
}

/// What one person's years leave behind.
#[derive(Default)]
pub struct Trail {
    pub came: Vec<Came>,
    pub visits: Vec<Visit>,
    pub sign_ups: Vec<SignUp>,
}

/// The other of a pair, who goes first.
#[derive(Clone, Copy)]
pub struct Leader<'a> {
    pub life: &'a Life,
    pub came: &'a [Came],
    pub tie: Tie,
}

pub struct Walker<'a> {
    pub programme: &'a Programme,
    pub number: u32,
    pub person: &'a Person,
    pub life: &'a Life,
    pub leader: Option<Leader<'a>>,
}

impl Walker<'_> {
    /// Through all dates of the person's Stations, in order.
    pub fn walk(&self, chance: &mut Chance) -> Trail {
        let mut trail = Trail::default();
        let home = &self.programme.at[self.person.station];
        match self.person.second_station {
            None => home
                .iter()
                .for_each(|at| self.meet(*at, &mut trail, chance)),
            Some(second) => {
                let mut both = [home.as_slice(), &self.programme.at[second]].concat();
                both.sort_unstable();
                both.iter()
                    .for_each(|at| self.meet(*at, &mut trail, chance));
            }
        }
        trail
    }

    fn meet(&self, at: u32, trail: &mut Trail, chance: &mut Chance) {
        let meeting = &self.programme.meetings[at as usize];
        let day = meeting.day;
        let plan = self.life.plan(day);
        if plan <= 0.0 {
            return;
        }
        let series = &self.programme.series[meeting.course as usize];
        let habit = self.habit(meeting);
        let pull = match habit.and_then(|habit| habit.role) {
            // Whoever cooks comes in the rain, too.
            Some(_) => self.programme.today(day).pull.sqrt(),
            None => self.programme.today(day).pull,
        };
        let other = self.leader.and_then(|leader| arrival(leader.came, at));
        let base = habit.map_or_else(
            || {
                self.person.curiosity
                    * series.popularity
                    * if series.is_regular() { 1.0 } else { 4.0 }
            },
            |habit| self.base(habit, day, other.is_some()),
        );
        let left = (self.life.come(day) / plan).min(1.0);
        let wants = (base * plan).min(0.97);
        let keeps = self.person.keeps;
        if series.sign_up {
            // Of those who want to come nine in ten take a place; who does not may still come.
            if !chance.happens((wants / keeps).min(0.99)) {
                return;
            }
            let placed = chance.happens(0.9);
            let held = meeting.roll != Roll::CalledOff;
            let came = held && chance.happens(keeps * pull * left);
            if placed {
                let given_back = !came && held && chance.happens(self.life.gives_back(day));
                trail.sign_ups.push(SignUp {
                    person: self.number,
                    meeting: at,
                    given_back,
                });
            }
            if !came {
                return;
            }
        } else if meeting.roll == Roll::CalledOff || !chance.happens(wants * pull * left) {
            return;
        }
        self.come(at, habit, other, trail, chance);
    }

    fn habit(&self, meeting: &Meeting) -> Option<Habit> {
        let series = meeting.course as usize;
        let habits = &self.person.habits;
        let from = habits.partition_point(|habit| habit.series < series);
        let of = habits[from..]
            .iter()
            .take_while(|habit| habit.series == series);
        of.copied().find(|habit| habit.holds(meeting.day))
    }

    /// The chance of coming, in usual times.
    fn base(&self, habit: Habit, day: Day, other_came: bool) -> f64 {
        let Some(leader) = self.leader.filter(|_| habit.shared) else {
            return habit.chance;
        };
        match leader.tie {
            // The other comes no more: whoever comes now comes alone.
            _ if leader.life.come(day) < 0.25 => habit.chance,
            Tie::Couple if other_came => 0.93,
            Tie::Couple => 0.12,
            Tie::Friends if other_came => habit.chance.max(0.85),
            Tie::Friends => habit.chance * 0.6,
        }
    }

    fn come(
        &self,
        at: u32,
        habit: Option<Habit>,
        other: Option<Came>,
        trail: &mut Trail,
        chance: &mut Chance,
    ) {
        let meeting = &self.programme.meetings[at as usize];
        let series = &self.programme.series[meeting.course as usize];
        let role = self.role(habit, meeting.day, chance);
        let (arrived, left) = self.times(meeting, role, other, chance);
        trail.came.push(Came {
            meeting: at,
            arrived,
            left,
        });
        // One name in seventy is forgotten on a roll that was taken.
        if meeting.roll != Roll::Taken || chance.happens(0.015) {
            return;
        }
        let card = self.programme.by_card[at as usize] && chance.happens(0.95);
        let seen_leaving = card && series.notes_leaving && chance.happens(0.75);
        trail.visits.push(Visit {
            person: self.number,
            meeting: at,
            role,
            arrived: card.then_some(arrived as u16),
            left: seen_leaving.then_some(left as u16),
        });
    }

    fn role(&self, habit: Option<Habit>, day: Day, chance: &mut Chance) -> Role {
        let held = habit.and_then(|habit| Some((habit.role?, habit.rota)));
        match held {
            Some((role, rota)) if chance.happens(rota * self.life.role(day)) => role,
            _ => Role::Participant,
        }
    }

    /// Minutes of coming and leaving: helpers are early and stay longer, pairs come together.
    fn times(
        &self,
        meeting: &Meeting,
        role: Role,
        other: Option<Came>,
        chance: &mut Chance,
    ) -> (f64, f64) {
        let works = role != Role::Participant;
        let together = other.filter(|_| !works && chance.happens(0.9));
        let early = self.life.leaves_early(meeting.day);
        let starts = f64::from(meeting.starts);
        let arrived = match together {
            Some(other) => other.arrived + 1.5 * chance.unit(),
            None => {
                let before = self.person.arrives_before + if works { 30.0 } else { 0.0 };
                starts - before + 6.0 * chance.normal()
            }
        };
        // Some must go before the end: the bus, the doctor.
        let must = if chance.happens(0.04) {
            30.0 * chance.unit()
        } else {
            0.0
        };
        let usual = match together {
            Some(other) if early == 0.0 => other.left + 1.5 * chance.unit(),
            _ => {
                let stays = if works { 20.0 } else { 0.0 };
                f64::from(meeting.ends) + stays + 2.0 + 4.0 * chance.normal() - must
            }
        };
        let arrived = arrived.clamp(360.0, f64::from(meeting.ends) - 10.0);
        (arrived, (usual - early).clamp(arrived + 5.0, 1320.0))
    }
}

fn arrival(came: &[Came], meeting: u32) -> Option<Came> {
    let at = came.binary_search_by_key(&meeting, |one| one.meeting);
    at.ok().map(|at| came[at])
}
