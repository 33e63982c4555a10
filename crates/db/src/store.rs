//! The open database.

use std::future::Future;
use std::path::Path;
use std::pin::Pin;
use std::sync::Arc;

use crate::conn::{Conn, Link};
use crate::error::{Error, Result};
use crate::migrate::{self, Migration};
use crate::settings::{Engine, Location, Settings};
use crate::{Sql, postgres, sql, sqlite};

/// What a write gives back while it runs: `Box::pin(async move { … })`.
pub type Work<'a, T, E> = Pin<Box<dyn Future<Output = Result<T, E>> + Send + 'a>>;

/// What a write that fails does to those that share its commit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Bond {
    /// Nothing.
    Apart,
    /// They fail with it.
    Together,
}

/// What a copy is made for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shape {
    /// To be as small as it can be.
    Small,
    /// To be like the copy before it.
    Steady,
}

/// An open database; a clone is another handle on the same one.
#[derive(Clone)]
pub struct Db(Arc<Backend>);

enum Backend {
    Sqlite(sqlite::Store),
    Postgres(Box<postgres::Store>),
}

impl Db {
    /// Opens the database. SQLite's file is made if absent; PostgreSQL is asked once, so that a
    /// wrong address or password shows now.
    pub async fn open(settings: Settings) -> Result<Self> {
        let backend = match &settings.location {
            Location::Sqlite { path } => Backend::Sqlite(sqlite::Store::open(path, &settings)?),
            Location::Postgres { url, tls } => {
                Backend::Postgres(Box::new(postgres::Store::open(url, tls, &settings).await?))
            }
        };
        Ok(Self(Arc::new(backend)))
    }

    /// Which engine runs. For words shown to an operator; never a reason to branch.
    pub fn engine(&self) -> Engine {
        match &*self.0 {
            Backend::Sqlite(_) => Engine::Sqlite,
            Backend::Postgres(_) => Engine::Postgres,
        }
    }

    /// A connection that only reads; it goes back when dropped. Each statement sees what is
    /// committed when it starts.
    pub async fn read(&self) -> Result<Conn> {
        let link = match &*self.0 {
            Backend::Sqlite(store) => Link::Sqlite(store.read().await?),
            Backend::Postgres(store) => Link::Postgres(store.read().await?),
        };
        Ok(Conn::reading(link))
    }

    /// Runs the work in one transaction: kept as a whole and durable when this answers `Ok`, else
    /// not at all. A panic in the work undoes it and goes on in the caller.
    ///
    /// Once begun, the work runs to its end even if the caller goes away. It must wait for nothing
    /// but its `Conn`: on SQLite it holds the only writer and is refused if it does. Keep it short;
    /// cut long work (an import) into pieces, or other writes wait.
    pub async fn write<T, E, F>(&self, work: F) -> Result<T, E>
    where
        F: for<'a> FnOnce(&'a mut Conn) -> Work<'a, T, E> + Send + 'static,
        T: Send + 'static,
        E: From<Error> + Send + 'static,
    {
        self.write_bound(Bond::Apart, work).await
    }

    /// As [`Self::write`], for work that has nothing left to refuse once it has written. On SQLite
    /// it is not kept apart from the writes that share its commit, which spares copying every page
    /// it touches; if it does fail after it has written, they are all undone and told
    /// [`Error::Down`]. Nobody is ever told of a write that is not there.
    pub async fn write_together<T, E, F>(&self, work: F) -> Result<T, E>
    where
        F: for<'a> FnOnce(&'a mut Conn) -> Work<'a, T, E> + Send + 'static,
        T: Send + 'static,
        E: From<Error> + Send + 'static,
    {
        self.write_bound(Bond::Together, work).await
    }

    async fn write_bound<T, E, F>(&self, bond: Bond, work: F) -> Result<T, E>
    where
        F: for<'a> FnOnce(&'a mut Conn) -> Work<'a, T, E> + Send + 'static,
        T: Send + 'static,
        E: From<Error> + Send + 'static,
    {
        match &*self.0 {
            Backend::Sqlite(store) => store.write(bond, work).await,
            Backend::Postgres(store) => store.write(work).await,
        }
    }

    /// Applies what is new, in order, all or nothing, one program at a time; the numbers applied.
    ///
    /// # Errors
    /// [`Error::Migration`] where an applied text was changed, is missing from the list, or the
    /// list does not go 1, 2, 3, …
    pub async fn migrate(&self, migrations: &[Migration]) -> Result<Vec<u32>> {
        migrate::run(self, migrations).await
    }

    /// Whether all of these were applied, and nothing beyond them; changes nothing.
    pub async fn is_current(&self, migrations: &[Migration]) -> Result<bool> {
        migrate::is_current(self, migrations).await
    }

    /// Has the engine parse and plan the statement without running it.
    pub async fn prepare(&self, statement: Sql) -> Result<()> {
        match self.read().await?.link() {
            Link::Sqlite(lent) => lent.prepare(statement.text()),
            Link::Postgres(lent) => lent.prepare(statement.text()).await,
        }
        .map_err(|error| error.in_statement(statement.text()))
    }

    /// How many rows each table has: for words shown to an operator.
    pub async fn count_rows(&self) -> Result<Vec<(String, i64)>> {
        let list = match &*self.0 {
            Backend::Sqlite(_) => sqlite::TABLES,
            Backend::Postgres(_) => postgres::ALL_TABLES,
        };
        let mut conn = self.read().await?;
        let mut counts = Vec::new();
        for mut row in conn.rows(list, &[]).await? {
            let table = row.text(0)?;
            // The names are the schema's own, a few dozen, and are asked for by commands that end.
            let text = format!("SELECT COUNT(*) FROM {table}");
            let count = conn.one(sql(Box::leak(text.into_boxed_str())), &[]).await?;
            counts.push((table, count.map_or(Ok(0), |row| row.int(0))?));
        }
        Ok(counts)
    }

    /// Clears away what deleted rows leave behind: call it after personal data was erased. SQLite
    /// overwrites deleted content as it goes, and this empties its log of older pages. PostgreSQL
    /// frees the place of dead rows; it does not overwrite it before something new stands there.
    pub async fn scrub(&self) -> Result<()> {
        match &*self.0 {
            Backend::Sqlite(store) => store.scrub().await,
            Backend::Postgres(store) => store.scrub().await,
        }
    }

    /// Writes a complete copy as of one moment to a new file (mode 0600), while work goes on:
    /// an SQLite file, or the custom format of `pg_dump`, which must be installed then.
    pub async fn snapshot(&self, path: &Path) -> Result<()> {
        self.copy(path, Shape::Small).await
    }

    /// The same copy in the shape in which two of them, made one after the other, differ only
    /// where rows do: pages as they lie, and a dump that is not packed.
    pub async fn snapshot_for_increments(&self, path: &Path) -> Result<()> {
        self.copy(path, Shape::Steady).await
    }

    async fn copy(&self, path: &Path, shape: Shape) -> Result<()> {
        match &*self.0 {
            Backend::Sqlite(store) => store.snapshot(path, shape).await,
            Backend::Postgres(store) => store.snapshot(path, shape).await,
        }
    }
}
