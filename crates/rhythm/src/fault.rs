//! What can be wrong with what is handed in.

/// Why facts or thresholds are not used. Each is a mistake of the caller, none of a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    #[error("more than {0} people")]
    TooManyPeople(u32),
    #[error("more than {0} courses")]
    TooManyCourses(u32),
    #[error("more than {0} rows of one kind")]
    TooManyRows(u32),
    #[error("a day outside the years 1900 to 2200, or facts over more than 30 years")]
    DayOutOfRange,
    #[error("row {0} of the meetings is earlier than the one before it")]
    MeetingsOutOfOrder(usize),
    #[error("row {0} of the meetings names a course that is not there")]
    NoSuchCourse(usize),
    #[error("a row names a person who is not there")]
    NoSuchPerson,
    #[error("a row names a meeting that is not there")]
    NoSuchMeeting,
    #[error("somebody is away until before they go")]
    AwayBackwards,
    #[error("a threshold is out of its range: {0}")]
    Threshold(&'static str),
}
