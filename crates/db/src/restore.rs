//! Putting a copy back where there is nothing yet.

use std::fs;
use std::io::{ErrorKind, Read};
use std::path::Path;

use crate::error::{Error, Result};
use crate::postgres;
use crate::settings::{Location, Settings};

/// What every SQLite file begins with.
const SQLITE_HEAD: &[u8] = b"SQLite format 3\0";

/// Puts a copy made by [`Db::snapshot`](crate::Db::snapshot) where the settings say. For SQLite
/// the copy must lie on the same disk and becomes the database; for PostgreSQL it stays.
///
/// # Errors
/// [`Error::Duplicate`] where a database is already: nothing is ever written over.
/// [`Error::Shape`] where the copy is none, or one of the other engine.
pub async fn restore(settings: &Settings, copy: &Path) -> Result<()> {
    match &settings.location {
        Location::Sqlite { path } => into_file(path, copy),
        Location::Postgres { url, tls } => {
            if begins_with(copy, SQLITE_HEAD)? {
                return Err(Error::Shape("the copy is of SQLite".to_owned()));
            }
            let store = postgres::Store::open(url, tls, settings).await?;
            store.put_back(copy).await
        }
    }
}

fn into_file(path: &Path, copy: &Path) -> Result<()> {
    if !begins_with(copy, SQLITE_HEAD)? {
        return Err(Error::Shape("the copy is not of SQLite".to_owned()));
    }
    // A link is refused where the name is taken, which a renaming would write over.
    fs::hard_link(copy, path).map_err(|error| match error.kind() {
        ErrorKind::AlreadyExists => Error::Duplicate,
        _ => down(path, &error),
    })?;
    fs::remove_file(copy).map_err(|error| down(copy, &error))
}

fn begins_with(path: &Path, head: &[u8]) -> Result<bool> {
    let mut file = fs::File::open(path).map_err(|error| down(path, &error))?;
    let mut begin = vec![0; head.len()];
    Ok(file.read_exact(&mut begin).is_ok() && begin == head)
}

fn down(path: &Path, error: &std::io::Error) -> Error {
    Error::Down(format!("{}: {error}", path.display()))
}
