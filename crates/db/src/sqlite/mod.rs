//! SQLite inside the program: one writer thread that shares commits, a few connections that read.

mod checkpoint;
mod readers;
mod snapshot;
mod statement;
mod statistics;
mod writer;

use std::fs::OpenOptions;
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags};

use crate::error::{Error, Result};
use crate::settings::Settings;
use crate::store::{Bond, Shape, Work};
use crate::{Conn, Sql, sql};

pub(crate) use readers::Lent;
pub(crate) use statistics::tell;

/// Statements kept parsed on each connection; the program has a few hundred.
const STATEMENTS: usize = 512;

/// The last ticket given out in each network, as of the last commit. SQLite lets one transaction
/// write at a time, so tickets grow in commit order; the writer counts within a transaction and
/// keeps the last one with it.
pub(crate) const TICKETS: &str = "CREATE TABLE IF NOT EXISTS db_tickets (
    network INTEGER PRIMARY KEY, last INTEGER NOT NULL) STRICT;";
pub(crate) const KEEP_TICKET: Sql = sql("INSERT INTO db_tickets (network, last) VALUES ($1, $2)
    ON CONFLICT (network) DO UPDATE SET last = $2");
pub(crate) const LAST_TICKET: Sql = sql("SELECT last FROM db_tickets WHERE network = $1");

/// Every table of the file.
pub(crate) const TABLES: Sql = sql(
    "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%' ORDER BY name",
);

pub(crate) struct Store {
    path: PathBuf,
    readers: Arc<readers::Readers>,
    writer: writer::Writer,
}

impl Store {
    pub(crate) fn open(path: &Path, settings: &Settings) -> Result<Self> {
        touch(path)?;
        // The writer first: it makes the log file that the readers need to find.
        let writer = writer::Writer::start(path, settings)?;
        let readers = readers::Readers::open(path, settings)?;
        Ok(Self {
            path: path.to_owned(),
            readers: Arc::new(readers),
            writer,
        })
    }

    pub(crate) async fn read(&self) -> Result<Lent> {
        self.readers.lend().await
    }

    pub(crate) async fn write<T, E, F>(&self, bond: Bond, work: F) -> Result<T, E>
    where
        F: for<'a> FnOnce(&'a mut Conn) -> Work<'a, T, E> + Send + 'static,
        T: Send + 'static,
        E: From<Error> + Send + 'static,
    {
        self.writer.write(bond, work).await
    }

    pub(crate) async fn scrub(&self) -> Result<()> {
        checkpoint::empty(&self.path).await
    }

    pub(crate) async fn snapshot(&self, path: &Path, shape: Shape) -> Result<()> {
        snapshot::take(&self.path, path, shape).await
    }
}

/// Makes the file if absent, readable for its owner only; SQLite gives its log the same mode.
fn touch(path: &Path) -> Result<()> {
    let mut options = OpenOptions::new();
    options.create(true).append(true).mode(0o600);
    match options.open(path) {
        Ok(_) => Ok(()),
        Err(error) => Err(Error::Down(format!("{}: {error}", path.display()))),
    }
}

fn connect(path: &Path, flags: OpenFlags, settings: &Settings) -> Result<Connection> {
    let flags = flags | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags)?;
    connection.busy_timeout(settings.patience)?;
    // One plan a statement, whatever its values: without this SQLite plans anew each time another
    // value is bound where a value might have changed the plan.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    connection.set_prepared_statement_cache_capacity(STATEMENTS);
    connection.pragma_update(None, "cache_size", -i64::from(settings.cache_kib))?;
    connection.pragma_update(None, "temp_store", "MEMORY")?;
    connection.pragma_update(None, "trusted_schema", false)?;
    Ok(connection)
}
