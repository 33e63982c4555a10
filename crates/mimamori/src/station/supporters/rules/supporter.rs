//! Somebody who takes part in the Station and carries it.

use jiff::civil::Date;
use seal::TokenKind;
use serde::{Deserialize, Serialize};
use words::phone::Phone;

use super::term::Terms;
use crate::ids::{PersonId, SupporterId};
use crate::people::clues::{self, Clue, ClueKinds};
use crate::people::{coded, redacted};
use crate::station::courses::Role;

/// A Station has about a hundred; so many are read and sorted for a list.
pub const MOST_SUPPORTERS: usize = 5_000;
/// The longest name or reading.
pub const MOST_NAME: usize = 40;
/// The longest text of one line.
pub const MOST_LINE: usize = 100;
/// The longest text of several lines.
pub const MOST_WORDS: usize = 400;

coded! {
    /// How somebody wishes to be reached.
    Reach {
        /// By telephone.
        Phone "phone" "電話",
        /// By mail.
        Mail "mail" "メール",
        /// By a letter or a postcard.
        Letter "letter" "手紙・はがき",
        /// When they come by.
        Here "here" "ステーションに来たとき",
        /// Through somebody of the family, or another.
        Through "through" "家族などを通して",
    }
}

/// What is known of a supporter; sealed.
#[derive(Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Details {
    /// The name; empty of somebody who was erased.
    pub name: String,
    /// How it is read, in katakana; may be empty.
    pub kana: String,
    /// A telephone.
    pub phone: Option<Phone>,
    /// A mail address; empty where there is none.
    pub mail: String,
    /// How they wish to be reached.
    pub reach: Vec<Reach>,
    /// More about that: 「夜は出られない」.
    pub reach_words: String,
    /// The year of birth, where they said it.
    pub born: Option<i16>,
    /// What they like.
    pub likes: String,
    /// What they can do for others.
    pub can: Vec<Role>,
    /// More about that: 「魚をさばける」.
    pub can_words: String,
    /// Whether the name stands on the card: nobody's does unless they wish it.
    pub name_on_card: bool,
    /// Between those who work there.
    pub note: String,
}

redacted!(Details);

/// The kinds of tokens by which supporters are found.
pub const KINDS: ClueKinds = ClueKinds {
    phone: TokenKind::new("supporters.phone"),
    phone_end: TokenKind::new("supporters.phone_end"),
    name: TokenKind::new("supporters.name"),
    name_part: TokenKind::new("supporters.name_part"),
    place: TokenKind::new("supporters.place"),
};

/// Under what somebody stands.
pub fn clues_of(details: &Details) -> Vec<Clue> {
    clues::of([&details.name, &details.kana], details.phone.as_ref(), "")
}

/// A supporter.
#[derive(Clone)]
pub struct Supporter {
    /// Their identity.
    pub id: SupporterId,
    /// Whom of the register somebody said that they are.
    pub person: Option<PersonId>,
    /// How that is known; empty where they are nobody of the register.
    pub tied_by: String,
    /// What is known.
    pub details: Details,
    /// From when to when they were in.
    pub terms: Terms,
    /// The day on which they were written into the program: of years before, nobody here knows.
    pub entered_on: Date,
    /// Grows with every change.
    pub version: i64,
}

impl Supporter {
    /// By what a list is sorted: the reading where there is one.
    pub fn sorting(&self) -> (&str, &str) {
        let Details { name, kana, .. } = &self.details;
        match kana.is_empty() {
            true => (name, name),
            false => (kana, name),
        }
    }

    /// Whether nothing is known any more.
    pub fn is_erased(&self) -> bool {
        self.details.name.is_empty()
    }
}
