//! One statement on one connection: values in by their number, rows out, errors told apart.

use rusqlite::ffi::{self, ErrorCode};
use rusqlite::types::{ToSql, ToSqlOutput, ValueRef};
use rusqlite::{CachedStatement, Connection};

use crate::error::{Error, Result};
use crate::value::{Row, Value};

pub(super) fn rows(
    connection: &Connection,
    text: &'static str,
    args: &[Value],
) -> Result<Vec<Row>> {
    let mut statement = bound(connection, text, args)?;
    let mut found = statement.raw_query();
    let mut rows = Vec::new();
    while let Some(row) = found.next()? {
        let columns = row.as_ref().column_count();
        let cells = (0..columns).map(|column| cell(column, row.get_ref(column)?));
        rows.push(Row::new(cells.collect::<Result<_>>()?));
    }
    Ok(rows)
}

pub(super) fn exec(connection: &Connection, text: &'static str, args: &[Value]) -> Result<u64> {
    Ok(bound(connection, text, args)?.raw_execute()? as u64)
}

pub(super) fn prepare(connection: &Connection, text: &'static str) -> Result<()> {
    let statement = connection.prepare_cached(text)?;
    (1..=statement.parameter_count()).try_for_each(|index| number(&statement, index).map(drop))
}

fn bound<'c>(
    connection: &'c Connection,
    text: &'static str,
    args: &[Value],
) -> Result<CachedStatement<'c>> {
    let mut statement = connection.prepare_cached(text)?;
    let mut highest = 0;
    for index in 1..=statement.parameter_count() {
        let number = number(&statement, index)?;
        let value = args
            .get(number - 1)
            .ok_or_else(|| count(args.len(), number))?;
        statement.raw_bind_parameter(index, checked(value, number)?)?;
        highest = highest.max(number);
    }
    match highest == args.len() {
        true => Ok(statement),
        false => Err(count(args.len(), highest)),
    }
}

/// SQLite takes `$2` for a name and counts names as they first appear, so the 2 is read here.
fn number(statement: &CachedStatement<'_>, index: usize) -> Result<usize> {
    let name = statement.parameter_name(index).unwrap_or("?");
    let digits = name
        .strip_prefix('$')
        .and_then(|digits| digits.parse().ok());
    digits.filter(|number| *number > 0).ok_or_else(|| {
        Error::Statement(format!(
            "'{name}' is not a parameter that both engines know"
        ))
    })
}

fn count(given: usize, wanted: usize) -> Error {
    Error::Shape(format!("{given} values for {wanted} parameters"))
}

/// PostgreSQL cannot keep U+0000 in a text; what cannot be kept there is refused here too.
fn checked(value: &Value, number: usize) -> Result<&Value> {
    match value {
        Value::Text(text) if text.contains('\0') => Err(Error::Shape(format!(
            "value {number} is a text with U+0000"
        ))),
        _ => Ok(value),
    }
}

fn cell(column: usize, value: ValueRef<'_>) -> Result<Value> {
    match value {
        ValueRef::Null => Ok(Value::Null),
        ValueRef::Integer(value) => Ok(Value::Int(value)),
        ValueRef::Blob(value) => Ok(Value::Blob(value.to_vec())),
        ValueRef::Text(value) => match std::str::from_utf8(value) {
            Ok(value) => Ok(Value::Text(value.to_owned())),
            Err(_) => Err(Error::Shape(format!("column {column} is not UTF-8"))),
        },
        ValueRef::Real(_) => Err(Error::Shape(format!("column {column} is a fraction"))),
    }
}

impl ToSql for Value {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(match self {
            Self::Null => ValueRef::Null,
            Self::Int(value) => ValueRef::Integer(*value),
            Self::Text(value) => ValueRef::Text(value.as_bytes()),
            Self::Blob(value) => ValueRef::Blob(value),
        }))
    }
}

impl From<rusqlite::Error> for Error {
    fn from(error: rusqlite::Error) -> Self {
        match error {
            rusqlite::Error::SqliteFailure(code, words) => failure(code, words),
            // Carries the statement itself, which is a constant.
            rusqlite::Error::SqlInputError { msg, .. } => Self::Statement(msg),
            rusqlite::Error::ExecuteReturnedResults => {
                Self::Statement("it gives rows: ask for them".to_owned())
            }
            // The others may quote a value.
            _ => Self::Statement("the binding to SQLite refused it".to_owned()),
        }
    }
}

fn failure(code: ffi::Error, words: Option<String>) -> Error {
    let words = words.unwrap_or_else(|| code.to_string());
    match (code.code, code.extended_code) {
        (_, ffi::SQLITE_CONSTRAINT_UNIQUE | ffi::SQLITE_CONSTRAINT_PRIMARYKEY) => Error::Duplicate,
        (_, ffi::SQLITE_CONSTRAINT_ROWID) => Error::Duplicate,
        (_, ffi::SQLITE_CONSTRAINT_FOREIGNKEY) => Error::Dangling,
        (
            ErrorCode::DatabaseBusy
            | ErrorCode::DatabaseLocked
            | ErrorCode::DiskFull
            | ErrorCode::SystemIoFailure
            | ErrorCode::CannotOpen
            | ErrorCode::OutOfMemory
            | ErrorCode::DatabaseCorrupt
            | ErrorCode::NotADatabase
            | ErrorCode::PermissionDenied,
            _,
        ) => Error::Down(format!("{words} (SQLite code {})", code.extended_code)),
        _ => Error::Statement(words),
    }
}
