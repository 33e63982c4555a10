//! What can go wrong, in words that never carry a value out of a row.

/// A result whose error is, unless said otherwise, this crate's.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Why a statement or a write did not happen.
///
/// Texts hold statement texts, names of tables and columns and the engine's own codes; never a
/// value from a row or an argument.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// A row with this key is already there.
    #[error("a row with this key is already there")]
    Duplicate,
    /// A row refers to one that is not there, or one that others refer to was to be deleted.
    #[error("a row refers to one that is not there")]
    Dangling,
    /// Not exactly one row was touched: somebody else saved first, or it is gone.
    #[error("the row was changed or removed meanwhile")]
    Changed,
    /// The database cannot be reached or cannot work now; the same call may succeed later.
    #[error("the database is not available: {0}")]
    Down(String),
    /// A column or an argument has another type than the caller said.
    #[error("unexpected shape: {0}")]
    Shape(String),
    /// The engine refused the statement, or the caller broke a rule of this crate.
    #[error("statement refused: {0}")]
    Statement(String),
    /// The migrations in the program and those in the database do not agree.
    #[error("migrations: {0}")]
    Migration(String),
}

impl Error {
    /// Whether the engine itself refused, after which PostgreSQL takes no further statement.
    pub(crate) fn ends_a_write(&self) -> bool {
        !matches!(self, Self::Shape(_) | Self::Changed | Self::Migration(_))
    }

    /// Adds the statement to a refusal, so that a log line is enough to find the place.
    pub(crate) fn in_statement(self, text: &str) -> Self {
        match self {
            Self::Statement(why) => Self::Statement(format!("{why} — in: {}", brief(text))),
            Self::Shape(why) => Self::Shape(format!("{why} — in: {}", brief(text))),
            other => other,
        }
    }
}

/// The statement on one line, cut where a log line gets hard to read.
fn brief(text: &str) -> String {
    let line: String = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(160) {
        Some((end, _)) => format!("{}…", &line[..end]),
        None => line,
    }
}
