//! How full a day is.

use super::signup::State;

/// How full a day is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Room {
    /// How many may take part; nothing where nobody counts.
    pub holds: Option<u32>,
    /// Who is in.
    pub inside: u32,
    /// To whom a place is offered; it is held for them.
    pub offered: u32,
    /// Who waits.
    pub waiting: u32,
}

impl Room {
    /// How many places nobody has and nobody was offered; nothing where nobody counts.
    pub fn free(&self) -> Option<u32> {
        let taken = self.inside + self.offered;
        self.holds.map(|holds| holds.saturating_sub(taken))
    }

    /// Whether there is a place.
    pub fn has_place(&self) -> bool {
        self.free() != Some(0)
    }

    /// What becomes of somebody who comes now: a place that is free belongs to whoever waits for it,
    /// also while it is not offered yet.
    pub fn next(&self) -> State {
        match self.has_place() && self.waiting == 0 {
            true => State::In,
            false => State::Waiting,
        }
    }
}
