//! Two records that may be one person, and what was said of them.

use serde::{Deserialize, Serialize};

use super::weights::Likeness;
use crate::ids::{PersonId, StaffId};
use crate::people::rules::{coded, redacted};

coded! {
    /// Where a pair stands.
    PairState {
        /// Nobody has said anything.
        Open "open" "未確認",
        /// Looked at and put off.
        Later "later" "あとで",
        /// Two people, as somebody said.
        Other "other" "別の人",
    }
}

/// What is kept of a pair beside its sum; sealed.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PairWords {
    /// What compared how, when it was last looked at by the program.
    pub levels: String,
    /// Why they are two people, in the words of whoever said so.
    #[serde(default)]
    pub reason: String,
}

redacted!(PairWords);

/// A pair as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pair {
    /// The older record.
    pub one: PersonId,
    /// The newer.
    pub two: PersonId,
    /// Where it stands.
    pub state: PairState,
    /// Tenths of a bit.
    pub score: i32,
    /// When its state was last set, in milliseconds since 1970.
    pub at: i64,
    /// By whom; nobody where the comparison found it.
    pub by: Option<StaffId>,
    /// Counts the saves.
    pub version: i64,
    /// What compared how, and what was said.
    pub words: PairWords,
}

/// The two in the order in which a pair is kept.
pub fn ordered(a: PersonId, b: PersonId) -> (PersonId, PersonId) {
    (a.min(b), a.max(b))
}

/// What a comparison does to what is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kept {
    /// Nothing.
    Same,
    /// It is written, in this state.
    Put(PairState, PairWords),
    /// They are no longer alike, and nobody said anything of them.
    Dropped,
}

/// What becomes of a pair that compares like this now. Two people who were told apart are asked
/// about again only when something compares otherwise than it did then.
pub fn compared(known: Option<&Pair>, now: &Likeness) -> Kept {
    let levels = now.code();
    let Some(known) = known else {
        return match now.is_likely() {
            true => put(PairState::Open, levels, String::new()),
            false => Kept::Same,
        };
    };
    let moved = known.words.levels != levels;
    match (known.state, now.is_likely()) {
        (_, true) if !moved => Kept::Same,
        (PairState::Other, false) => Kept::Same,
        (PairState::Open | PairState::Later, false) => Kept::Dropped,
        (PairState::Later, true) => put(PairState::Later, levels, String::new()),
        (PairState::Open | PairState::Other, true) => {
            put(PairState::Open, levels, known.words.reason.clone())
        }
    }
}

fn put(state: PairState, levels: String, reason: String) -> Kept {
    Kept::Put(state, PairWords { levels, reason })
}

#[cfg(test)]
mod tests {
    use super::super::weights::Level;
    use super::*;

    fn alike(more: &[Level]) -> Likeness {
        let names = [Level::FamilySame, Level::GivenSame, Level::SexSame];
        Likeness {
            levels: [&names[..], more].concat(),
        }
    }

    fn known(state: PairState, now: &Likeness) -> Pair {
        Pair {
            one: PersonId(1),
            two: PersonId(2),
            state,
            score: now.sum(),
            at: 0,
            by: None,
            version: 1,
            words: PairWords {
                levels: now.code(),
                reason: "双子".to_owned(),
            },
        }
    }

    #[test]
    fn who_was_told_apart_is_asked_about_again_only_when_something_changed() {
        let then = alike(&[Level::BornSame]);
        let told = known(PairState::Other, &then);
        assert_eq!(compared(Some(&told), &then), Kept::Same);
        let now = alike(&[Level::BornSame, Level::PhonesShared]);
        let Kept::Put(PairState::Open, words) = compared(Some(&told), &now) else {
            panic!("asked again");
        };
        assert_eq!(words.reason, "双子");
        assert_eq!(compared(Some(&told), &alike(&[])), Kept::Same);
    }

    #[test]
    fn who_is_no_longer_alike_is_not_asked_about() {
        let then = alike(&[Level::BornSame]);
        let open = known(PairState::Open, &then);
        assert_eq!(compared(Some(&open), &alike(&[])), Kept::Dropped);
        assert_eq!(compared(None, &alike(&[])), Kept::Same);
        assert!(matches!(
            compared(None, &then),
            Kept::Put(PairState::Open, _)
        ));
    }
}
