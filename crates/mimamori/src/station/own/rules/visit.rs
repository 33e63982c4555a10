//! An open page: where, and until when.

use jiff::{SignedDuration, Timestamp};

use super::pin::MOST_WRONG;
use crate::ids::RowId;
use crate::people::coded;
use crate::station::change::State;
use crate::station::signups::{self, Room};
use crate::station::supporters::Supporter;

/// However busy, a page is opened anew after this.
const LONGEST: SignedDuration = SignedDuration::from_mins(30);

coded! {
    /// Where it is open.
    Place {
        /// On the tablet at the Station, which the next one takes.
        Tablet "tablet" "ステーションのタブレット",
        /// At home, on their own.
        Home "home" "ご自宅などの端末",
    }
}

impl Place {
    /// Seconds after which nobody is before the screen any more.
    pub const fn seconds(self) -> i64 {
        match self {
            Place::Tablet => 60,
            Place::Home => 600,
        }
    }
}

/// Somebody before their own page.
#[derive(Clone)]
pub struct Visit {
    /// Who.
    pub supporter: Supporter,
    /// By which card.
    pub card: RowId,
    /// Where.
    pub place: Place,
    /// When it began.
    pub begun_at: Timestamp,
    /// When they last touched it.
    pub seen_at: Timestamp,
    /// When the page had been opened before.
    pub before_at: Option<Timestamp>,
}

impl Visit {
    /// Whether it is over.
    pub fn is_over(&self, now: Timestamp) -> bool {
        // A page that was just about to go back is still answered.
        let idle = SignedDuration::from_secs(self.place.seconds() + 5);
        now.duration_since(self.seen_at) > idle || now.duration_since(self.begun_at) > LONGEST
    }
}

/// How an own page stands, for the counter.
#[derive(Clone, Copy)]
pub struct Stands {
    /// Wrong words since it last opened.
    pub wrong: i64,
    /// When it last opened.
    pub opened_at: Option<Timestamp>,
}

impl Stands {
    /// Whether it is shut until the counter sets another word.
    pub fn is_shut(&self) -> bool {
        self.wrong >= MOST_WRONG
    }
}

/// What was answered about somebody's coming, for them: whatever was not "as always" reads the same, so
/// that whoever stands behind them learns no suspicion. Nothing of what nobody has looked at yet.
pub fn done_words(state: State) -> Option<&'static str> {
    match state {
        State::Open => None,
        State::Fine => Some("お変わりないことを確かめました。"),
        State::Eye | State::Observed | State::Noticed => {
            Some("これからも、ときどきお声をかけることにしました。")
        }
    }
}

/// 「あと3人」「満席（2人がお待ちです）」.
pub fn places_words(room: &Room) -> String {
    match (room.next(), room.free()) {
        (signups::State::In, Some(free)) => format!("あと{free}人"),
        (signups::State::In, None) => "空きがあります".to_owned(),
        _ => format!("満席（{}人がお待ちです）", room.waiting),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whatever_was_answered_besides_as_always_reads_the_same() {
        assert_eq!(done_words(State::Open), None);
        assert_ne!(done_words(State::Fine), done_words(State::Eye));
        for state in [State::Observed, State::Noticed] {
            assert_eq!(done_words(state), done_words(State::Eye));
        }
    }
}
