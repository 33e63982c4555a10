//! Moves the write-ahead log into the database file, off the writer's way.
//!
//! A thread of its own copies most of the log while writes go on. What was appended meanwhile is
//! little; the writer copies that between two commits, and the log starts again from its beginning.

use std::path::Path;
use std::sync::mpsc::{Receiver, Sender, SyncSender, TryRecvError, channel, sync_channel};
use std::thread;
use std::time::Duration;

use rusqlite::{Connection, OpenFlags};

use super::readers::Lent;
use crate::error::{Error, Result};
use crate::settings::Settings;

/// Pages of 4 KiB in the log before they are copied: 32 MiB, read back in well under a second
/// after a crash. A page written often is copied once.
const PAGES: i64 = 8192;
/// Pages in the log at which the writer waits for the copy: a disk slower than the writes must not
/// let the log grow for ever.
const TOO_MANY: i64 = 2 * PAGES;
/// How long the emptying of the log waits for those who read.
const PATIENCE: Duration = Duration::from_secs(20);
/// The log's length is looked at once in so many commits.
const COMMITS: u32 = 16;

pub(super) struct Checkpoints {
    wake: SyncSender<()>,
    copied: Receiver<()>,
    at_work: bool,
    commits: u32,
}

impl Checkpoints {
    pub(super) fn start(path: &Path, settings: &Settings) -> Result<Self> {
        // Opened here: a thread that could not would leave the log growing with nobody told.
        let connection = super::connect(path, OpenFlags::SQLITE_OPEN_READ_WRITE, settings)?;
        let (wake, woken) = sync_channel(1);
        let (done, copied) = channel();
        thread::Builder::new()
            .name("db-checkpoint".to_owned())
            .spawn(move || copy_when_woken(&connection, &woken, &done))
            .map_err(|error| Error::Down(error.to_string()))?;
        Ok(Self {
            wake,
            copied,
            at_work: false,
            commits: 0,
        })
    }

    /// Called by the writer between two transactions.
    pub(super) fn after_commit(&mut self, writer: &Lent) {
        self.commits = (self.commits + 1) % COMMITS;
        let waiting = if self.commits == 0 { pages(writer) } else { 0 };
        if self.at_work {
            if self.has_copied(waiting >= TOO_MANY) {
                self.at_work = false;
                copy(writer);
            }
        } else if waiting >= PAGES {
            self.at_work = self.wake.try_send(()).is_ok();
            if !self.at_work {
                // The thread is gone, so the writer does its work.
                copy(writer);
            }
        }
    }

    /// Whether the thread has ended its copy, or itself.
    fn has_copied(&self, wait: bool) -> bool {
        if wait {
            let _ended_either_way = self.copied.recv();
            return true;
        }
        self.copied.try_recv() != Err(TryRecvError::Empty)
    }
}

/// Copies the whole log into the file and cuts it to nothing, so that no older state of a page is
/// left in it. Waits for those who read.
pub(super) async fn empty(path: &Path) -> Result<()> {
    let path = path.to_owned();
    let work = move || {
        let connection = Connection::open_with_flags(&path, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
        connection.busy_timeout(PATIENCE)?;
        let mut statement = connection.prepare("PRAGMA wal_checkpoint(TRUNCATE)")?;
        let busy: i64 = statement.query_row([], |row| row.get(0))?;
        match busy {
            0 => Ok(()),
            _ => Err(Error::Down(
                "somebody reads an older state for a long time; its log stays until then"
                    .to_owned(),
            )),
        }
    };
    tokio::task::spawn_blocking(work)
        .await
        .map_err(|_| Error::Down("the log was not emptied".to_owned()))?
}

/// Pages of the log that the file lacks.
fn pages(writer: &Lent) -> i64 {
    let pages = writer.connection().and_then(|c| checkpoint(c, "NOOP"));
    pages.map_or(0, |(log, copied)| log - copied)
}

fn copy(writer: &Lent) {
    report(writer.connection().and_then(|c| checkpoint(c, "PASSIVE")));
}

fn copy_when_woken(connection: &Connection, woken: &Receiver<()>, done: &Sender<()>) {
    while woken.recv().is_ok() {
        report(checkpoint(connection, "PASSIVE"));
        if done.send(()).is_err() {
            return;
        }
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
