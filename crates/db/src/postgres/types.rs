//! Values to and from PostgreSQL's types, and its errors told apart.

use std::error::Error as _;

use tokio_postgres::types::{FromSql, ToSql, Type};
use tokio_postgres::{Row as PgRow, Statement};

use crate::error::{Error, Result};
use crate::value::{Row, Value};

/// A value as the type that the statement's parameter has.
pub(super) type Arg<'v> = Box<dyn ToSql + Sync + Send + 'v>;

pub(super) fn args<'v>(statement: &Statement, args: &'v [Value]) -> Result<Vec<Arg<'v>>> {
    let types = statement.params();
    if types.len() != args.len() {
        let (given, wanted) = (args.len(), types.len());
        return Err(Error::Shape(format!(
            "{given} values for {wanted} parameters"
        )));
    }
    (1..)
        .zip(types.iter().zip(args))
        .map(|(number, (kind, value))| arg(number, kind, value))
        .collect()
}

/// Whether this crate can fill every parameter and read every column.
pub(super) fn known(statement: &Statement) -> Result<()> {
    for (number, kind) in (1..).zip(statement.params()) {
        arg(number, kind, &Value::Null)?;
    }
    let foreign = statement
        .columns()
        .iter()
        .find(|column| !readable(column.type_()));
    match foreign {
        Some(column) => Err(foreign_type(
            &format!("column {}", column.name()),
            column.type_(),
        )),
        None => Ok(()),
    }
}

fn arg<'v>(number: usize, kind: &Type, value: &'v Value) -> Result<Arg<'v>> {
    let refused = || Error::Shape(format!("value {number} is {}, not {kind}", value.kind()));
    let small = |value: i64| i32::try_from(value).map_err(|_| refused());
    Ok(match (kind, value) {
        (&Type::INT8, Value::Null) => Box::new(None::<i64>),
        (&Type::INT8, Value::Int(value)) => Box::new(*value),
        (&Type::INT4, Value::Null) => Box::new(None::<i32>),
        (&Type::INT4, Value::Int(value)) => Box::new(small(*value)?),
        (&Type::TEXT, Value::Null) => Box::new(None::<&str>),
        (&Type::TEXT, Value::Text(text)) if text.contains('\0') => {
            return Err(Error::Shape(format!(
                "value {number} is a text with U+0000"
            )));
        }
        (&Type::TEXT, Value::Text(value)) => Box::new(value.as_str()),
        (&Type::BYTEA, Value::Null) => Box::new(None::<&[u8]>),
        (&Type::BYTEA, Value::Blob(value)) => Box::new(value.as_slice()),
        (&Type::INT8 | &Type::INT4 | &Type::TEXT | &Type::BYTEA, _) => return Err(refused()),
        _ => return Err(foreign_type(&format!("parameter {number}"), kind)),
    })
}

fn foreign_type(place: &str, kind: &Type) -> Error {
    Error::Shape(format!(
        "{place} has the type {kind}; cast it to BIGINT, TEXT or BYTEA"
    ))
}

fn readable(kind: &Type) -> bool {
    [
        Type::INT8,
        Type::INT4,
        Type::BOOL,
        Type::TEXT,
        Type::BYTEA,
        Type::VOID,
    ]
    .contains(kind)
}

pub(super) fn row(row: &PgRow) -> Result<Row> {
    (0..row.len())
        .map(|column| cell(row, column))
        .collect::<Result<_>>()
        .map(Row::new)
}

fn cell(row: &PgRow, column: usize) -> Result<Value> {
    match *row.columns()[column].type_() {
        Type::INT8 => get::<i64>(row, column),
        Type::INT4 => get::<i32>(row, column),
        Type::BOOL => get::<bool>(row, column),
        Type::TEXT => get::<String>(row, column),
        Type::BYTEA => get::<Vec<u8>>(row, column),
        Type::VOID => Ok(Value::Null),
        ref other => Err(foreign_type(&format!("column {column}"), other)),
    }
}

fn get<'r, T>(row: &'r PgRow, column: usize) -> Result<Value>
where
    T: FromSql<'r>,
    Value: From<T>,
{
    let value: Option<T> = row.try_get(column)?;
    Ok(value.map_or(Value::Null, Value::from))
}

impl From<tokio_postgres::Error> for Error {
    fn from(error: tokio_postgres::Error) -> Self {
        let Some(told) = error.as_db_error() else {
            return Self::Down(reason(&error));
        };
        let code = told.code().code();
        match (code, code.get(..2).unwrap_or_default()) {
            ("23505", _) => Self::Duplicate,
            ("23503", _) => Self::Dangling,
            // Connection, resources, operator, system; deadlock and serialisation are tried again.
            (_, "08" | "53" | "57" | "58" | "40") => Self::Down(reason(&error)),
            _ => Self::Statement(reason(&error)),
        }
    }
}

/// The server's words where they name tables and columns only. Its detail lines, and its words on
/// wrong data, quote rows and values: then the code alone.
pub(super) fn reason(error: &tokio_postgres::Error) -> String {
    let Some(told) = error.as_db_error() else {
        let cause = error
            .source()
            .map(|cause| format!(": {cause}"))
            .unwrap_or_default();
        return format!("{error}{cause}");
    };
    let code = told.code().code();
    match code.get(..2).unwrap_or_default() {
        "08" | "0A" | "23" | "25" | "28" | "3D" | "40" | "42" | "53" | "55" | "57" | "58" => {
            format!("{} (PostgreSQL code {code})", told.message())
        }
        _ => format!("PostgreSQL code {code}"),
    }
}
