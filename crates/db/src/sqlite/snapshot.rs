//! A copy of the whole file as of one moment, made while work goes on.

use std::fs::{File, OpenOptions};
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

use rusqlite::backup::{Backup, StepResult};
use rusqlite::{Connection, OpenFlags};

use crate::error::{Error, Result};
use crate::store::Shape;

pub(super) async fn take(from: &Path, to: &Path, shape: Shape) -> Result<()> {
    let (from, to) = (from.to_owned(), to.to_owned());
    tokio::task::spawn_blocking(move || copy(&from, &to, shape))
        .await
        .map_err(|_| Error::Down("the copy was broken off".to_owned()))?
}

fn copy(from: &Path, to: &Path, shape: Shape) -> Result<()> {
    let told = |error: std::io::Error| Error::Down(format!("{}: {error}", to.display()));
    // An empty file of ours: never over another one, never readable for others.
    let mut options = OpenOptions::new();
    options
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(to)
        .map_err(told)?;
    let connection = Connection::open_with_flags(from, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    match shape {
        Shape::Small => {
            let name = to
                .to_str()
                .ok_or_else(|| Error::Down("the path is not UTF-8".to_owned()))?;
            connection.execute("VACUUM INTO ?1", [name])?;
        }
        Shape::Steady => pages(&connection, to)?,
    }
    // SQLite leaves the copy to the operating system's good will.
    File::open(to)
        .and_then(|file| file.sync_all())
        .map_err(told)
}

/// Page by page, all in one reading: who writes meanwhile goes on in the log.
fn pages(from: &Connection, to: &Path) -> Result<()> {
    let mut copy = Connection::open_with_flags(to, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
    copy.pragma_update_and_check(None, "journal_mode", "OFF", |_| Ok(()))?;
    copy.pragma_update(None, "synchronous", "OFF")?;
    match Backup::new(from, &mut copy)?.step(-1)? {
        StepResult::Done => Ok(()),
        _ => Err(Error::Down(
            "the file was locked while it was copied".to_owned(),
        )),
    }
}
