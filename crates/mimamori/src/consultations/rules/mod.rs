//! What a consultation is, who may see it, how it is found and counted, what may leave the town. No
//! database, no clock, no chance.

mod codes;
mod figures;
mod keeping;
mod one;
mod outside;
mod period;
mod refusal;
mod sheet;
mod stranger;
mod topics;
mod united;

pub use codes::{About, Act, AgeBand, Alone, Source, State, Urgency, Way};
pub use figures::{By, Counted, Figures, Pair, Table, figures};
pub use keeping::{Keeping, YEARS};
pub use one::{
    Before, Change, Codes, Consultation, Entry, Listed, MOST_LINE, MOST_MINUTES, MOST_WORDS,
    Subject, Words, instant_of, may_see,
};
pub use outside::{FEWEST, Given, given_year, outside};
pub use period::Period;
pub use refusal::Refusal;
pub use sheet::{HIDDEN, Sheet, TOO_FEW, inside, leaving, workbook};
pub use stranger::{Card, KINDS, MOST_CARD, Stranger, keys_of, marks};
pub use topics::{
    MOST_TOPIC_WORD, MOST_TOPICS, Topic, TopicCode, Topics, list_of, next_code, word_of,
};
