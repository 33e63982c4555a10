//! How often numbers may be tried. The figures and their arithmetic: `docs/decisions/0011-guessing.md`.

/// What is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TryKind {
    /// Misses of one partner account.
    Account,
    /// Misses from one network address.
    Address,
    /// Misses of all partners of the town.
    Town,
    /// Misses of one account at the desk: never stopped, but told to the auditors.
    Desk,
}

const HOUR: i64 = 60 * 60 * 1000;

impl TryKind {
    /// The code kept in the database.
    pub const fn code(self) -> &'static str {
        match self {
            TryKind::Account => "account",
            TryKind::Address => "address",
            TryKind::Town => "town",
            TryKind::Desk => "desk",
        }
    }

    /// Milliseconds over which misses are counted together.
    pub const fn span(self) -> i64 {
        match self {
            TryKind::Account | TryKind::Address | TryKind::Town => 24 * HOUR,
            TryKind::Desk => HOUR,
        }
    }

    /// Misses in a span that are still answered.
    const fn most(self) -> i64 {
        match self {
            TryKind::Account => 10,
            TryKind::Address => 30,
            TryKind::Town => 100,
            TryKind::Desk => 30,
        }
    }
}

/// The misses of a span, this try among them, and when the span began.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Window {
    /// Tries that led to nobody, and this one.
    pub misses: i64,
    /// Milliseconds since 1970.
    pub since: i64,
}

impl Window {
    /// Whether this try is one too many.
    pub const fn is_full(self, kind: TryKind) -> bool {
        self.misses > kind.most()
    }

    /// Whether this try is the first one too many: the one that is told to the auditors.
    pub const fn just_filled(self, kind: TryKind) -> bool {
        self.misses == kind.most() + 1
    }

    /// When the span ends, in milliseconds since 1970.
    pub const fn ends_at(self, kind: TryKind) -> i64 {
        self.since + kind.span()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ten_misses_a_day_are_answered_and_the_eleventh_is_not() {
        let window = |misses| Window { misses, since: 0 };
        assert!(!window(10).is_full(TryKind::Account));
        assert!(window(11).is_full(TryKind::Account));
        assert!(window(11).just_filled(TryKind::Account));
        assert!(!window(12).just_filled(TryKind::Account));
        assert_eq!(window(11).ends_at(TryKind::Account), 24 * HOUR);
    }
}
