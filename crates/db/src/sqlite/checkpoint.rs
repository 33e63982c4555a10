//! Moves the write-ahead log into the database file, off the writer's way.
//!
//! A thread of its own copies most of the log while writes go on. What was appended meanwhile is
//! little; the writer copies that between two commits, and the log starts again from its beginning.

use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Arc, atomic::AtomicBool, atomic::Ordering};
use std::thread;

use rusqlite::{Connection, OpenFlags};

use super::readers::Lent;
use crate::error::{Error, Result};
use crate::settings::Settings;

/// Pages of 4 KiB in the log before they are copied: 16 MiB, read back in well under a second
/// after a crash.
const PAGES: i64 = 4096;
/// The log's length is looked at once in so many commits.
const COMMITS: u32 = 16;

pub(super) struct Checkpoints {
    wake: SyncSender<()>,
    copied: Arc<AtomicBool>,
    commits: u32,
}

impl Checkpoints {
    pub(super) fn start(path: &Path, settings: &Settings) -> Result<Self> {
        let (wake, woken) = sync_channel(1);
        let copied = Arc::new(AtomicBool::new(false));
        let (path, settings, flag) = (path.to_owned(), settings.clone(), Arc::clone(&copied));
        thread::Builder::new()
            .name("db-checkpoint".to_owned())
            .spawn(move || copy_when_woken(&path, &settings, &woken, &flag))
            .map_err(|error| Error::Down(error.to_string()))?;
        Ok(Self {
            wake,
            copied,
            commits: 0,
        })
    }

    /// Called by the writer between two transactions.
    pub(super) fn after_commit(&mut self, writer: &Lent) {
        self.commits = (self.commits + 1) % COMMITS;
        if self.copied.swap(false, Ordering::AcqRel) {
            report(writer.connection().and_then(|c| checkpoint(c, "PASSIVE")));
        } else if self.commits == 0 && long(writer) {
            // A full channel means that it is at work already.
            let _already = self.wake.try_send(());
        }
    }
}

fn long(writer: &Lent) -> bool {
    let pages = writer.connection().and_then(|c| checkpoint(c, "NOOP"));
    pages.is_ok_and(|(log, copied)| log - copied >= PAGES)
}

fn copy_when_woken(path: &PathBuf, settings: &Settings, woken: &Receiver<()>, copied: &AtomicBool) {
    let connection = super::connect(path, OpenFlags::SQLITE_OPEN_READ_WRITE, settings);
    let Ok(connection) = connection else { return };
    while woken.recv().is_ok() {
        report(checkpoint(&connection, "PASSIVE"));
        copied.store(true, Ordering::Release);
    }
}

/// Pages in the log and how many of them the file already has.
fn checkpoint(connection: &Connection, kind: &str) -> Result<(i64, i64)> {
    let text = format!("PRAGMA wal_checkpoint({kind})");
    let mut statement = connection.prepare_cached(&text)?;
    Ok(statement.query_row([], |row| Ok((row.get(1)?, row.get(2)?)))?)
}

fn report(done: Result<(i64, i64)>) {
    if let Err(error) = done {
        tracing::warn!(%error, "the write-ahead log could not be copied; it keeps growing");
    }
}
