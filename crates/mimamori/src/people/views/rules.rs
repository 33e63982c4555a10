//! What a view is, how odd it is, and what the head may do with it.

use std::collections::{HashMap, HashSet};

use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};
use serde::{Deserialize, Serialize};

use crate::ids::{PersonId, RowId, StaffId};
use crate::scope::NoRight;

/// So many views are shown at once: twenty seconds each are the head's ten minutes.
pub const SHOWN: usize = 30;

/// The most characters of a question or an answer.
pub const MOST_SAID: usize = 500;

/// Sights closer together than this are one.
pub const APART_MS: i64 = 30 * 60_000;

/// Where a view stands with the head.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// Not yet gone through.
    Open,
    /// The head knows why.
    Understood,
    /// The head asked; the answer is waited for.
    Asked,
    /// Answered; the head reads it.
    Answered,
}

const STATES: [State; 4] = [
    State::Open,
    State::Understood,
    State::Asked,
    State::Answered,
];

impl State {
    /// The code kept in the database.
    pub const fn code(self) -> &'static str {
        match self {
            State::Open => "open",
            State::Understood => "understood",
            State::Asked => "asked",
            State::Answered => "answered",
        }
    }

    /// The word shown to people.
    pub const fn word(self) -> &'static str {
        match self {
            State::Open => "未確認",
            State::Understood => "確認ずみ",
            State::Asked => "おたずね中",
            State::Answered => "答えあり",
        }
    }

    /// The state of a code.
    pub fn from_code(code: &str) -> Option<State> {
        STATES.into_iter().find(|state| state.code() == code)
    }
}

/// What was said about a view; sealed.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Words {
    /// What the head asks.
    pub question: String,
    /// What who looked says.
    pub answer: String,
}

/// The unexplained sights of one person by one account in one week.
#[derive(Clone)]
pub struct View {
    /// Its identity.
    pub id: RowId,
    /// The Monday of the week.
    pub week: Date,
    /// Who looked.
    pub staff: StaffId,
    /// At whom.
    pub person: PersonId,
    /// The first sight.
    pub first_at: Timestamp,
    /// The last one.
    pub last_at: Timestamp,
    /// How many, half an hour apart.
    pub sights: i64,
    /// How many while the center was closed.
    pub odd: i64,
    /// How often a purpose was stated.
    pub purposes: i64,
    /// The last of them; the audit has the others.
    pub purpose: String,
    /// Whether nobody has a reason to open this record.
    pub canary: bool,
    /// Where it stands.
    pub state: State,
    /// What was said.
    pub words: Words,
    /// Grows with every deed of the head or of who looked.
    pub version: i64,
}

/// Why a view comes before others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Odd {
    /// The record is a canary.
    Canary,
    /// So many accounts looked at this person in this week.
    Crowd(usize),
    /// They bear the same family name.
    SameName,
    /// So many sights while the center was closed.
    Closed(i64),
    /// So many sights.
    Often(i64),
    /// This account looked at so many people in this week.
    Row(usize),
}

impl Odd {
    /// How much it weighs. A canary comes before everything; several colleagues at one record are
    /// what curiosity looks like; a family name is often chance.
    pub const fn weight(self) -> i64 {
        match self {
            Odd::Canary => 1000,
            Odd::Crowd(of) => 15 * of as i64,
            Odd::SameName => 20,
            Odd::Closed(times) => 10 * times,
            Odd::Often(times) => 4 * times,
            Odd::Row(people) => people as i64,
        }
    }

    /// What it says on the page.
    pub fn words(self) -> String {
        match self {
            Odd::Canary => "見張りの記録".to_owned(),
            Odd::Crowd(of) => format!("同じ週に{of}人の職員が見ています"),
            Odd::SameName => "名字が同じ".to_owned(),
            Odd::Closed(times) => format!("開所時間の外に{times}回"),
            Odd::Often(times) => format!("{times}回"),
            Odd::Row(people) => format!("この職員は同じ週に{people}人"),
        }
    }
}

/// From so many on, sights, people or colleagues are worth a word.
const OFTEN: i64 = 3;
const ROW: usize = 10;
const CROWD: usize = 2;

/// What is odd about each view of a list, in the list's order. `names`: family names that were
/// read of who looked and at whom.
pub fn odd(views: &[View], same_name: &HashSet<RowId>) -> Vec<Vec<Odd>> {
    let mut by_person: HashMap<(Date, PersonId), HashSet<StaffId>> = HashMap::new();
    let mut by_staff: HashMap<(Date, StaffId), HashSet<PersonId>> = HashMap::new();
    for view in views {
        let people = by_person.entry((view.week, view.person)).or_default();
        people.insert(view.staff);
        let staff = by_staff.entry((view.week, view.staff)).or_default();
        staff.insert(view.person);
    }
    let one = |view: &View| {
        let crowd = by_person[&(view.week, view.person)].len();
        let row = by_staff[&(view.week, view.staff)].len();
        let found = [
            view.canary.then_some(Odd::Canary),
            (crowd >= CROWD).then_some(Odd::Crowd(crowd)),
            same_name.contains(&view.id).then_some(Odd::SameName),
            (view.odd > 0).then_some(Odd::Closed(view.odd)),
            (view.sights >= OFTEN).then_some(Odd::Often(view.sights)),
            (row >= ROW).then_some(Odd::Row(row)),
        ];
        found.into_iter().flatten().collect()
    };
    views.iter().map(one).collect()
}

/// The order in which the head reads: answers first, then the oddest, then the newest.
pub fn rank(state: State, odd: &[Odd]) -> i64 {
    let weight: i64 = odd.iter().map(|one| one.weight()).sum();
    match state {
        State::Answered => 1_000_000 + weight,
        State::Open | State::Understood => weight,
        State::Asked => weight - 1_000_000,
    }
}

/// The Monday of a day's week.
pub fn week_of(day: Date) -> Date {
    let since = i64::from(day.weekday().to_monday_zero_offset());
    day.checked_sub(since.days()).unwrap_or(day)
}

/// Why a deed of this room was not done.
#[derive(Debug, thiserror::Error)]
pub enum Refusal {
    /// Not there, or not this account's to see.
    #[error("no such view")]
    NotFound,
    /// It stands elsewhere by now.
    #[error("the view stands elsewhere by now")]
    Changed,
    /// Nothing was said.
    #[error("words are missing")]
    NoWords,
    /// Too much was said.
    #[error("more than {MOST_SAID} characters")]
    TooLong,
    /// The account may not do that.
    #[error(transparent)]
    NoRight(#[from] NoRight),
    /// Something sealed does not open.
    #[error(transparent)]
    Seal(#[from] seal::SealError),
    /// The database.
    #[error(transparent)]
    Db(#[from] db::Error),
}

/// The words of a question or an answer, trimmed.
pub fn said(text: &str) -> Result<String, Refusal> {
    let text = text.trim();
    match text.chars().count() {
        0 => Err(Refusal::NoWords),
        1..=MOST_SAID => Ok(text.to_owned()),
        _ => Err(Refusal::TooLong),
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn view(id: i64, staff: i64, person: i64) -> View {
        View {
            id: RowId(id),
            week: date(2026, 11, 16),
            staff: StaffId(staff),
            person: PersonId(person),
            first_at: Timestamp::UNIX_EPOCH,
            last_at: Timestamp::UNIX_EPOCH,
            sights: 1,
            odd: 0,
            purposes: 0,
            purpose: String::new(),
            canary: false,
            state: State::Open,
            words: Words::default(),
            version: 1,
        }
    }

    #[test]
    fn several_colleagues_at_one_record_come_before_one_who_looked_often() {
        let mut often = view(4, 9, 2);
        often.sights = 5;
        let views = [view(1, 1, 1), view(2, 2, 1), view(3, 3, 1), often];
        let found = odd(&views, &HashSet::new());
        assert_eq!(found[0], [Odd::Crowd(3)]);
        assert_eq!(found[3], [Odd::Often(5)]);
        assert!(rank(State::Open, &found[0]) > rank(State::Open, &found[3]));
    }

    #[test]
    fn a_canary_comes_before_everything_but_an_answer() {
        let mut canary = view(1, 1, 1);
        canary.canary = true;
        let mut night = view(2, 2, 2);
        (night.odd, night.sights) = (20, 40);
        let found = odd(&[canary, night], &HashSet::from([RowId(2)]));
        assert_eq!(found[1], [Odd::SameName, Odd::Closed(20), Odd::Often(40)]);
        assert!(rank(State::Open, &found[0]) > rank(State::Open, &found[1]));
        assert!(rank(State::Answered, &[]) > rank(State::Open, &found[0]));
        assert!(rank(State::Asked, &found[0]) < rank(State::Open, &[]));
    }

    #[test]
    fn one_sight_of_one_person_is_not_odd() {
        assert!(odd(&[view(1, 1, 1)], &HashSet::new())[0].is_empty());
    }

    #[test]
    fn a_week_begins_on_monday() {
        assert_eq!(week_of(date(2026, 11, 20)), date(2026, 11, 16));
        assert_eq!(week_of(date(2026, 11, 16)), date(2026, 11, 16));
        assert_eq!(week_of(date(2026, 11, 22)), date(2026, 11, 16));
    }

    #[test]
    fn nothing_said_and_too_much_said_are_refused() {
        assert!(matches!(said(" "), Err(Refusal::NoWords)));
        assert!(matches!(said(&"あ".repeat(501)), Err(Refusal::TooLong)));
        assert!(said("なぜ見ましたか").is_ok());
    }

    #[test]
    fn codes_come_back() {
        for state in STATES {
            assert_eq!(State::from_code(state.code()), Some(state));
        }
    }
}
