//! How many notices are taken in from one network address. Nobody is shut out by another: only the
//! address that floods waits, and what it sends moves behind the others in the list. Where a life may
//! be in danger nobody waits: a flood costs such a notice only a task of its own.

/// Notices in an hour from one address after which the next have to wait for each other. A town hall
/// or a telephone company's many customers may share one.
const AN_HOUR: i64 = 6;
/// The same for an organisation, whose people share one link.
const AN_HOUR_OF_AN_ORGANISATION: i64 = 30;
/// So far apart are notices that have to wait for each other.
const APART_MS: i64 = 60_000;

/// What came from one address during the last hour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Pressure {
    /// How many.
    pub count: i64,
    /// When the last of them came; 0 for never.
    pub last: i64,
}

/// What is done with a notice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pace {
    /// It is taken in.
    Go,
    /// It is taken in, behind the others, and opens no task of its own.
    Behind,
    /// It tells of danger: it is taken in, and opens a task, as one of many.
    Marked,
    /// It is given back, to be sent again in a minute.
    Wait,
}

/// What is done with a notice that comes now.
pub fn pace(pressure: Pressure, of_organisation: bool, danger: bool, at: i64) -> Pace {
    let most = match of_organisation {
        true => AN_HOUR_OF_AN_ORGANISATION,
        false => AN_HOUR,
    };
    let apart = at - pressure.last >= APART_MS;
    match (pressure.count < most, apart, danger) {
        (true, ..) => Pace::Go,
        (false, true, true) => Pace::Marked,
        (false, true, false) | (false, false, true) => Pace::Behind,
        (false, false, false) => Pace::Wait,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn many_from_one_address_come_one_a_minute_and_behind() {
        let mut many = Pressure {
            count: AN_HOUR - 1,
            last: 999_999,
        };
        assert_eq!(pace(many, false, false, 1_000_000), Pace::Go);
        many.count = AN_HOUR;
        assert_eq!(pace(many, false, false, 1_000_000), Pace::Wait);
        assert_eq!(pace(many, false, false, 999_999 + APART_MS), Pace::Behind);
        assert_eq!(pace(many, false, true, 1_000_000), Pace::Behind);
        assert_eq!(pace(many, false, true, 999_999 + APART_MS), Pace::Marked);
        assert_eq!(pace(many, true, false, 1_000_000), Pace::Go);
        assert_eq!(pace(Pressure::default(), false, false, 1_000_000), Pace::Go);
    }
}
