//! What holds, without a database and without a clock.

mod beat;
mod clash;
mod day;
mod details;
mod feed;
mod place;
mod refusal;
mod series;
mod shown;
mod table;
mod year;

pub use beat::{Beat, Closed, LAST, Laid, Marks, OnHoliday, Rule, week_word, weekday_word};
pub use clash::{Booking, Both, Clash, bookings, clashes, same_name};
pub use day::{CourseDay, Move, Off, Reach, Reason, State, Was};
pub use details::{
    By, Details, Entry, Hours, MOST_FEE, MOST_HOLDS, MOST_LINE, MOST_NEEDED, MOST_TITLE,
    MOST_WORDS, Need, Role, Who, fee_words,
};
pub use feed::feed;
pub use place::{Closure, MOST_CLOSURES, MOST_PLACES, Place};
pub use refusal::Refusal;
pub use series::{Plan, Series};
pub use shown::{Shown, Surround, by_words, day_words, shown};
pub use table::table;
pub use year::{Month, Year};

#[cfg(test)]
mod tests;
