//! What goes into a statement and what comes out.

use std::fmt;

use crate::error::{Error, Result};

/// One value. The portable column types are INTEGER (64 bits), TEXT and BLOB.
///
/// Its `Debug` shows the kind only: a value may be somebody's name.
#[derive(Clone, PartialEq, Eq)]
pub enum Value {
    Null,
    Int(i64),
    Text(String),
    Blob(Vec<u8>),
}

impl Value {
    /// The name of its kind, for error texts.
    pub(crate) fn kind(&self) -> &'static str {
        match self {
            Self::Null => "NULL",
            Self::Int(_) => "an integer",
            Self::Text(_) => "text",
            Self::Blob(_) => "bytes",
        }
    }
}

impl fmt::Debug for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.kind())
    }
}

/// `args![a, b]`: the values for `$1`, `$2`, … as an array.
#[macro_export]
macro_rules! args {
    ($($value:expr),* $(,)?) => { [$($crate::Value::from($value)),*] };
}

macro_rules! from_integers {
    ($($kind:ty),*) => { $(
        impl From<$kind> for Value {
            fn from(value: $kind) -> Self {
                Self::Int(i64::from(value))
            }
        }
    )* };
}
from_integers!(i64, i32, i16, u32, u16, u8, bool);

impl From<&str> for Value {
    fn from(value: &str) -> Self {
        Self::Text(value.to_owned())
    }
}

impl From<String> for Value {
    fn from(value: String) -> Self {
        Self::Text(value)
    }
}

impl From<&String> for Value {
    fn from(value: &String) -> Self {
        Self::Text(value.clone())
    }
}

impl From<Vec<u8>> for Value {
    fn from(value: Vec<u8>) -> Self {
        Self::Blob(value)
    }
}

impl From<&[u8]> for Value {
    fn from(value: &[u8]) -> Self {
        Self::Blob(value.to_vec())
    }
}

impl From<&Vec<u8>> for Value {
    fn from(value: &Vec<u8>) -> Self {
        Self::Blob(value.clone())
    }
}

impl<const N: usize> From<[u8; N]> for Value {
    fn from(value: [u8; N]) -> Self {
        Self::Blob(value.to_vec())
    }
}

impl<const N: usize> From<&[u8; N]> for Value {
    fn from(value: &[u8; N]) -> Self {
        Self::Blob(value.to_vec())
    }
}

impl<T> From<Option<T>> for Value
where
    Self: From<T>,
{
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Self::from)
    }
}

/// One row that came back. Columns count from 0; text and bytes are handed over, not copied, so
/// each of those columns is read once.
pub struct Row(Vec<Option<Value>>);

impl Row {
    pub(crate) fn new(cells: Vec<Value>) -> Self {
        Self(cells.into_iter().map(Some).collect())
    }

    /// An integer; an error where it is NULL or something else.
    pub fn int(&self, column: usize) -> Result<i64> {
        match self.peek(column)? {
            Value::Int(value) => Ok(*value),
            other => Err(mismatch(column, "an integer", other)),
        }
    }

    /// An integer, or `None` for NULL.
    pub fn maybe_int(&self, column: usize) -> Result<Option<i64>> {
        match self.peek(column)? {
            Value::Null => Ok(None),
            _ => self.int(column).map(Some),
        }
    }

    /// A text, taken out of the row.
    pub fn text(&mut self, column: usize) -> Result<String> {
        match self.take(column)? {
            Value::Text(value) => Ok(value),
            other => Err(mismatch(column, "text", &other)),
        }
    }

    /// A text taken out of the row, or `None` for NULL.
    pub fn maybe_text(&mut self, column: usize) -> Result<Option<String>> {
        match self.peek(column)? {
            Value::Null => Ok(None),
            _ => self.text(column).map(Some),
        }
    }

    /// Bytes, taken out of the row.
    pub fn blob(&mut self, column: usize) -> Result<Vec<u8>> {
        match self.take(column)? {
            Value::Blob(value) => Ok(value),
            other => Err(mismatch(column, "bytes", &other)),
        }
    }

    /// Bytes taken out of the row, or `None` for NULL.
    pub fn maybe_blob(&mut self, column: usize) -> Result<Option<Vec<u8>>> {
        match self.peek(column)? {
            Value::Null => Ok(None),
            _ => self.blob(column).map(Some),
        }
    }

    fn peek(&self, column: usize) -> Result<&Value> {
        match self.0.get(column) {
            Some(Some(value)) => Ok(value),
            other => Err(absent(column, other.is_some())),
        }
    }

    fn take(&mut self, column: usize) -> Result<Value> {
        match self.0.get_mut(column) {
            Some(cell) => cell.take().ok_or_else(|| absent(column, true)),
            None => Err(absent(column, false)),
        }
    }
}

fn mismatch(column: usize, wanted: &str, found: &Value) -> Error {
    Error::Shape(format!(
        "column {column} holds {}, not {wanted}",
        found.kind()
    ))
}

fn absent(column: usize, taken: bool) -> Error {
    let why = if taken {
        "was already taken"
    } else {
        "is not in the row"
    };
    Error::Shape(format!("column {column} {why}"))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used)]
    use super::*;

    #[test]
    fn a_row_hands_over_what_it_holds() {
        let mut row = Row::new(args![7, "花子", None::<&str>, [1u8, 2]].to_vec());
        assert_eq!(row.int(0), Ok(7));
        assert_eq!(row.int(0), Ok(7));
        assert_eq!(row.text(1), Ok("花子".to_owned()));
        assert_eq!(row.maybe_text(2), Ok(None));
        assert_eq!(row.maybe_blob(3), Ok(Some(vec![1, 2])));
        assert_eq!(row.maybe_int(0), Ok(Some(7)));
    }

    #[test]
    fn a_wrong_kind_is_told_without_the_value() {
        let mut row = Row::new(args!["花子"].to_vec());
        let told = row.int(0).unwrap_err().to_string();
        assert!(
            told.contains("column 0 holds text, not an integer"),
            "{told}"
        );
        row.text(0).unwrap();
        assert!(
            row.text(0)
                .unwrap_err()
                .to_string()
                .contains("already taken")
        );
        assert!(
            row.int(9)
                .unwrap_err()
                .to_string()
                .contains("not in the row")
        );
        assert_eq!(format!("{:?}", args!["花子", 1]), "[text, an integer]");
    }
}
