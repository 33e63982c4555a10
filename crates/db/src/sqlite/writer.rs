//! The one thread that writes. Jobs that wait together share a commit; each after the first has its
//! own savepoint, unless it stands and falls with the others.

use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::path::Path;
use std::pin::pin;
use std::task::{Context, Poll, Waker};
use std::thread;

use rusqlite::{Connection, OpenFlags};
use tokio::runtime::Handle;
use tokio::sync::{mpsc, oneshot};

use super::KEEP_TICKET;
use super::checkpoint::Checkpoints;
use super::readers::Lent;
use crate::conn::Link;
use crate::error::{Error, Result};
use crate::settings::Settings;
use crate::store::{Bond, Work};
use crate::{Conn, Value};

/// Most jobs in one commit: bounds how long the first of them waits for the others.
const BATCH: usize = 256;
/// So many jobs are worth a commit of their own, measured at 32 connections on two cores.
const FEW: usize = 4;

pub(super) struct Writer {
    queue: mpsc::Sender<Box<dyn Job>>,
}

impl Writer {
    pub(super) fn start(path: &Path, settings: &Settings) -> Result<Self> {
        let connection = connect(path, settings)?;
        let checkpoints = Checkpoints::start(path, settings)?;
        let (queue, jobs) = mpsc::channel(settings.queue.max(1));
        let conn = Conn::writing(Link::Sqlite(Lent::for_ever(connection)));
        let runtime = Handle::try_current().map_err(|error| Error::Down(error.to_string()))?;
        thread::Builder::new()
            .name("db-writer".to_owned())
            .spawn(move || {
                Desk {
                    runtime,
                    conn,
                    jobs,
                    checkpoints,
                }
                .run()
            })
            .map_err(|error| Error::Down(error.to_string()))?;
        Ok(Self { queue })
    }

    pub(super) async fn write<T, E, F>(&self, bond: Bond, work: F) -> Result<T, E>
    where
        F: for<'a> FnOnce(&'a mut Conn) -> Work<'a, T, E> + Send + 'static,
        T: Send + 'static,
        E: From<Error> + Send + 'static,
    {
        let (answer, done) = oneshot::channel();
        let job = Task {
            bond,
            work: Some(work),
            outcome: None,
            answer,
        };
        let gone = |_| Error::Down("the writer has ended".to_owned());
        self.queue.send(Box::new(job)).await.map_err(|_| gone(()))?;
        match done.await {
            Ok(Ok(result)) => result,
            Ok(Err(panic)) => resume_unwind(panic),
            Err(_) => Err(E::from(gone(()))),
        }
    }
}

fn connect(path: &Path, settings: &Settings) -> Result<Connection> {
    let connection = super::connect(path, OpenFlags::SQLITE_OPEN_READ_WRITE, settings)?;
    let cache = -i64::from(settings.writer_cache_kib);
    connection.pragma_update(None, "cache_size", cache)?;
    connection.pragma_update_and_check(None, "journal_mode", "WAL", |_| Ok(()))?;
    connection.pragma_update(None, "synchronous", "FULL")?;
    connection.pragma_update(None, "foreign_keys", true)?;
    // What is deleted is overwritten with zeros, or an erased record could be read out of the file.
    connection.pragma_update_and_check(None, "secure_delete", true, |_| Ok(()))?;
    // Copying the log into the file is left to `checkpoint`.
    connection.pragma_update_and_check(None, "wal_autocheckpoint", 0, |_| Ok(()))?;
    Ok(connection)
}

/// One write on its way, whatever its types.
trait Job: Send {
    /// What its failure does to the others.
    fn bond(&self) -> Bond;
    /// Runs the work; whether it wants to be kept.
    fn run(&mut self, conn: &mut Conn) -> bool;
    /// Answers the caller, with the failure if the commit did not happen.
    fn answer(self: Box<Self>, failure: Option<Error>);
}

struct Task<F, T, E> {
    bond: Bond,
    work: Option<F>,
    outcome: Option<thread::Result<Result<T, E>>>,
    answer: oneshot::Sender<thread::Result<Result<T, E>>>,
}

impl<F, T, E> Job for Task<F, T, E>
where
    F: for<'a> FnOnce(&'a mut Conn) -> Work<'a, T, E> + Send + 'static,
    T: Send + 'static,
    E: From<Error> + Send + 'static,
{
    fn bond(&self) -> Bond {
        self.bond
    }

    fn run(&mut self, conn: &mut Conn) -> bool {
        let Some(work) = self.work.take() else {
            return false;
        };
        let ended = catch_unwind(AssertUnwindSafe(|| poll_once(work(conn))));
        // Asked for even after a panic, so that a refusal is not held against the next job.
        let verdict = conn.verdict(Ok::<(), Error>(()));
        let outcome =
            ended.map(|answer| answer.and_then(|kept| verdict.map(|()| kept).map_err(E::from)));
        let keep = matches!(outcome, Ok(Ok(_)));
        self.outcome = Some(outcome);
        keep
    }

    fn answer(self: Box<Self>, failure: Option<Error>) {
        let outcome = match (self.outcome, failure) {
            // What was to be kept is lost with the commit; what had failed stays as it was.
            (Some(Ok(Ok(_))) | None, Some(error)) => Ok(Err(E::from(error))),
            (Some(outcome), _) => outcome,
            (None, None) => return,
        };
        // The caller may have gone; the work is done all the same.
        let _gone = self.answer.send(outcome);
    }
}

/// A write waits for nothing but its connection, which never makes it wait.
fn poll_once<T, E: From<Error>>(work: Work<'_, T, E>) -> Result<T, E> {
    match pin!(work).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(answer) => answer,
        Poll::Pending => Err(E::from(Error::Statement(
            "the work waited for something else inside a write".to_owned(),
        ))),
    }
}

/// Jobs that did nothing wrong must not be told what one of their neighbours did.
fn lost_together(error: Error) -> Error {
    match error {
        Error::Down(_) => error,
        other => Error::Down(format!("the commit was refused: {other}")),
    }
}

struct Desk {
    runtime: Handle,
    conn: Conn,
    jobs: mpsc::Receiver<Box<dyn Job>>,
    checkpoints: Checkpoints,
}

impl Desk {
    fn run(mut self) {
        while let Some(first) = self.jobs.blocking_recv() {
            self.batch(first);
            if let Link::Sqlite(lent) = self.conn.link() {
                self.checkpoints.after_commit(lent);
            }
        }
    }

    /// One transaction with `first` and whatever else is waiting.
    fn batch(&mut self, mut first: Box<dyn Job>) {
        if let Err(error) = self.say("BEGIN IMMEDIATE") {
            return first.answer(Some(error));
        }
        let mut failure = match self.run_job(&mut *first) {
            Ok(true) => None,
            Ok(false) => {
                self.conn.take_tickets();
                let _gone_either_way = self.say("ROLLBACK");
                return first.answer(None);
            }
            Err(error) => Some(error),
        };
        let mut done = vec![first];
        while failure.is_none() {
            let Some(mut job) = self.waiting(done.len()) else {
                break;
            };
            failure = self.run_beside(&mut *job).err();
            done.push(job);
        }
        let failure = failure.or_else(|| self.commit().err()).map(lost_together);
        self.conn.take_tickets();
        if failure.is_some() {
            // Already gone if SQLite itself gave the transaction up.
            let _nothing_to_undo = self.say("ROLLBACK");
        }
        self.answer(done, failure);
    }

    /// Answers from within the runtime: each answer sent from this thread would wake a sleeping
    /// worker of its own accord, and those wakings cost more than the writes.
    fn answer(&self, done: Vec<Box<dyn Job>>, failure: Option<Error>) {
        self.runtime.spawn(async move {
            done.into_iter().for_each(|job| job.answer(failure.clone()));
        });
    }

    /// The next job if one is there and has room. While there are few, the processor is given away
    /// once: callers just answered are about to write again, and a lone job loses nothing by it.
    /// With more at hand the commit begins at once, and callers are served while the disk is waited
    /// for; waiting for all of them would have everybody wait for each other in turn.
    fn waiting(&mut self, done: usize) -> Option<Box<dyn Job>> {
        if done >= BATCH {
            return None;
        }
        self.jobs.try_recv().ok().or_else(|| {
            if done >= FEW {
                return None;
            }
            thread::yield_now();
            self.jobs.try_recv().ok()
        })
    }

    /// Keeps the last tickets with the transaction they were given out in.
    fn commit(&mut self) -> Result<()> {
        for (network, last) in self.conn.take_tickets() {
            let args = [Value::Int(network), Value::Int(last)];
            self.lent()?.exec(KEEP_TICKET.text(), &args)?;
        }
        self.say("COMMIT")
    }

    /// Runs a job after others. An error means that the whole transaction is lost.
    fn run_beside(&mut self, job: &mut dyn Job) -> Result<()> {
        match job.bond() {
            Bond::Apart => self.run_apart(job),
            Bond::Together => self.run_together(job),
        }
    }

    /// Runs the job so that its failure leaves its neighbours untouched.
    fn run_apart(&mut self, job: &mut dyn Job) -> Result<()> {
        self.say("SAVEPOINT job")?;
        if !self.run_job(job)? {
            self.say("ROLLBACK TO job")?;
        }
        self.say("RELEASE job")
    }

    /// Runs the job as part of the whole: where it fails after it has written, nothing is kept.
    fn run_together(&mut self, job: &mut dyn Job) -> Result<()> {
        let before = self.changes()?;
        if !self.run_job(job)? && self.changes()? != before {
            return Err(Error::Down("a write of this commit was refused".to_owned()));
        }
        Ok(())
    }

    /// Rows written on this connection so far.
    fn changes(&mut self) -> Result<u64> {
        Ok(self.lent()?.connection()?.total_changes())
    }

    /// Runs the job; whether it wants to be kept. The first of a transaction needs no savepoint,
    /// since nobody else is in it yet. That is worth having: under a savepoint SQLite keeps a copy
    /// of every page that the job touches, and walks through the copies after each statement, so
    /// that a job of thousands of rows would take a time that grows with its square.
    fn run_job(&mut self, job: &mut dyn Job) -> Result<bool> {
        let keep = job.run(&mut self.conn);
        match self.lent()?.connection()?.is_autocommit() {
            true => Err(Error::Down("SQLite gave the transaction up".to_owned())),
            false => Ok(keep),
        }
    }

    fn say(&mut self, text: &'static str) -> Result<()> {
        self.lent()?.exec(text, &[]).map(drop)
    }

    fn lent(&mut self) -> Result<&Lent> {
        match self.conn.link() {
            Link::Sqlite(lent) => Ok(lent),
            Link::Postgres(_) => Err(Error::Down("the writer holds no SQLite file".to_owned())),
        }
    }
}
