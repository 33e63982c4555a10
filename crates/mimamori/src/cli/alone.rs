//! One server an SQLite file.
//!
//! A second one would gain nothing, since the file has one writer: the two would wait for each
//! other's lock instead of sharing commits. And a newer version brings the file up to date as it
//! starts, under the older one that still runs. PostgreSQL's servers may be many.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Read as _, Write as _};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::Path;

use db::Location;

use super::backup::{beside, broken};
use super::failure::Failure;
use crate::config::Config;

/// Held while the server runs; the kernel gives it back also when the program is killed.
#[derive(Debug)]
pub(super) struct Alone {
    _held: Option<File>,
}

/// Makes this program the only server of the configured database, where it must be.
///
/// # Errors
/// Words that name the process that serves already, and what to do.
pub(super) fn hold(config: &Config) -> Result<Alone, Failure> {
    let held = match &config.database {
        Location::Sqlite { path } => Some(lock(path)?),
        Location::Postgres { .. } => None,
    };
    Ok(Alone { _held: held })
}

/// Locks a file beside the database: SQLite's own locks would go with any handle on the file
/// itself that is closed.
fn lock(database: &Path) -> Result<File, Failure> {
    // Two names of one file are one server.
    let database = fs::canonicalize(database).unwrap_or_else(|_| database.to_owned());
    let path = beside(&database, "serving");
    let mut options = OpenOptions::new();
    options.read(true).write(true).create(true).truncate(false);
    let mut file = options
        .mode(0o600)
        .open(&path)
        .map_err(|error| broken(&path, &error))?;
    match file.try_lock() {
        Ok(()) => sign(&mut file).map_err(|error| broken(&path, &error))?,
        Err(TryLockError::WouldBlock) => return Err(served(&database, &mut file)),
        Err(TryLockError::Error(error)) => return Err(broken(&path, &error)),
    }
    Ok(file)
}

/// Leaves the number of this process for whoever comes second.
fn sign(file: &mut File) -> io::Result<()> {
    file.set_len(0)?;
    writeln!(file, "{}", std::process::id())
}

fn served(database: &Path, file: &mut File) -> Failure {
    let mut text = String::new();
    let _ = file.read_to_string(&mut text);
    let process = match text.trim().parse::<u32>() {
        Ok(number) => format!("プロセス番号 {number}"),
        // It has only just begun.
        Err(_) => "プロセス番号は不明".to_owned(),
    };
    Failure::refused(format!(
        "{} は、別の mimamori（{process}）がもう動かしています。1つの SQLite ファイルを動かせるサーバーは1つだけです。\n\
         そのサーバーを使うか、止めてから（`systemctl stop mimamori`、手で動かしたものは `kill プロセス番号`）もう一度実行してください。",
        database.display()
    ))
}
