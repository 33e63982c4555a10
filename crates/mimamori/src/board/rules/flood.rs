//! How many messages are taken in. The figures and their reasons: docs/decisions/0014.
//!
//! The first word from somewhere about a person always reaches the desk, whoever else is flooding; what
//! a flood costs is that families are not mailed until the desk says so. Words about a person with whom
//! it is not quiet meet in the inquiry that is open already.

/// Messages in an hour about one person after which the next have to wait for each other.
const A_PERSON: i64 = 20;
/// Messages in an hour about one person after which no family is mailed, from wherever they come: whoever
/// changes address with every word is held by this alone.
const MOST_OF_A_PERSON: i64 = 100;
/// Messages in an hour from one network address after which the next have to wait for each other.
/// A telephone company's many customers may share one.
const AN_ADDRESS: i64 = 30;
/// People in an hour written about from one network address, after whom no family is mailed.
const PEOPLE_OF_AN_ADDRESS: i64 = 10;
/// People in an hour written about in one town, after whom no family is mailed.
const PEOPLE_OF_A_TOWN: i64 = 60;
/// So far apart are messages that have to wait for each other.
const APART_MS: i64 = 60_000;

/// Contacts are mailed again about the same finding after so long at the earliest.
const MAIL_AGAIN_MS: i64 = 10 * 60_000;
/// So often are contacts mailed by the program about one finding.
const MOST_MAILS: i64 = 6;

/// What came in during the last hour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Pressure {
    /// Messages about this person.
    pub person: i64,
    /// When the last of them came from this address; 0 for never. Nobody waits for what others send.
    pub person_last: i64,
    /// Messages about this person from this network address.
    pub address_person: i64,
    /// Messages from this network address.
    pub address: i64,
    /// When the last of them came.
    pub address_last: i64,
    /// Other people written about from this address.
    pub address_people: i64,
    /// Other people written about in the town.
    pub town_people: i64,
}

/// What is done with a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pace {
    /// It is taken in, and contacts are mailed.
    Go,
    /// It is taken in; contacts wait until the desk says so.
    Hold,
    /// It is given back, to be sent again in a minute.
    Wait,
}

impl Pressure {
    /// Whether so much comes that no family is mailed until the desk says so.
    pub const fn floods(self) -> bool {
        self.person >= MOST_OF_A_PERSON
            || self.address_people >= PEOPLE_OF_AN_ADDRESS
            || self.town_people >= PEOPLE_OF_A_TOWN
    }
}

/// What is done with a message that comes now.
pub fn pace(pressure: Pressure, at: i64) -> Pace {
    let flooding = pressure.floods();
    if pressure.address_person == 0 {
        return if flooding { Pace::Hold } else { Pace::Go };
    }
    let soon = |last: i64| at - last < APART_MS;
    let waits = pressure.person >= A_PERSON && soon(pressure.person_last)
        || pressure.address >= AN_ADDRESS && soon(pressure.address_last);
    match (waits, flooding) {
        (true, _) => Pace::Wait,
        (false, true) => Pace::Hold,
        (false, false) => Pace::Go,
    }
}

/// Messages in an hour about numbers of nobody from one address, after which the next have to wait for
/// each other: each is a task of its own.
const STRAYS: i64 = 6;
/// The same in one town, from wherever they come: a box of keyholders that burst brings a dozen.
const STRAYS_OF_A_TOWN: i64 = 60;

/// What came about numbers of nobody.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Stray {
    /// By the same form, whatever it said.
    pub form: i64,
    /// By the same form with the same words: it was pressed twice.
    pub same: i64,
    /// From the same address during the last hour.
    pub address: i64,
    /// When the last came from there; 0 for never.
    pub address_last: i64,
    /// In the town during the last hour.
    pub town: i64,
    /// When the last of these came; 0 for never.
    pub town_last: i64,
}

/// Whether a message about a number of nobody has to wait a minute. What lies in the street is in no
/// danger; whoever found somebody with it calls the number on the page.
pub fn stray_waits(of: Stray, at: i64) -> bool {
    let soon = |last: i64| at - last < APART_MS;
    of.address >= STRAYS && soon(of.address_last)
        || of.town >= STRAYS_OF_A_TOWN && soon(of.town_last)
}

/// Whether the program mails contacts about a finding again.
pub fn may_mail(mails: i64, last: Option<i64>, at: i64) -> bool {
    mails < MOST_MAILS && last.is_none_or(|last| at - last >= MAIL_AGAIN_MS)
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: i64 = 1_000_000_000;

    #[test]
    fn the_first_word_about_somebody_always_arrives() {
        assert_eq!(pace(Pressure::default(), NOW), Pace::Go);
        let storm = Pressure {
            address: 500,
            address_last: NOW - 1,
            address_people: 200,
            town_people: 5000,
            ..Pressure::default()
        };
        assert_eq!(pace(storm, NOW), Pace::Hold);
    }

    #[test]
    fn many_words_about_one_person_come_one_a_minute() {
        let mut many = Pressure {
            person: 19,
            person_last: NOW - 1,
            address_person: 1,
            ..Pressure::default()
        };
        assert_eq!(pace(many, NOW), Pace::Go);
        many.person = 20;
        assert_eq!(pace(many, NOW), Pace::Wait);
        assert_eq!(pace(many, NOW + APART_MS), Pace::Go);
        many.address_person = 0;
        assert_eq!(pace(many, NOW), Pace::Go, "first words from elsewhere");
        many.person = 100;
        assert_eq!(pace(many, NOW), Pace::Hold, "each from elsewhere");
    }

    #[test]
    fn words_about_numbers_of_nobody_come_one_a_minute_after_some() {
        let of = |address, town| Stray {
            address,
            address_last: NOW - 1,
            town,
            town_last: NOW - 1,
            ..Stray::default()
        };
        assert!(!stray_waits(of(5, 5), NOW) && stray_waits(of(6, 6), NOW));
        assert!(!stray_waits(of(0, 59), NOW) && stray_waits(of(0, 60), NOW));
        assert!(!stray_waits(of(30, 90), NOW + APART_MS));
    }

    #[test]
    fn a_family_is_mailed_every_ten_minutes_and_six_times() {
        assert!(may_mail(0, None, NOW));
        assert!(!may_mail(1, Some(NOW), NOW + MAIL_AGAIN_MS - 1));
        assert!(may_mail(1, Some(NOW), NOW + MAIL_AGAIN_MS));
        assert!(!may_mail(MOST_MAILS, Some(0), NOW));
    }
}
