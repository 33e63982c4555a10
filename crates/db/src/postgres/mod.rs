//! PostgreSQL beside the program: a pool that reads, a pool that writes.

mod dump;
mod lent;
mod tls;
mod types;

use std::panic::resume_unwind;
use std::path::Path;
use std::str::FromStr;
use std::time::Duration;

use deadpool_postgres::{
    Hook, HookError, Manager, ManagerConfig, Pool, PoolError, RecyclingMethod, Runtime,
};
use tokio_postgres::{Config, NoTls};

use crate::conn::Link;
use crate::error::{Error, Result};
use crate::settings::{Settings, Tls};
use crate::store::{Shape, Work};
use crate::value::Value;
use crate::{Conn, Sql, sql};

pub(crate) use lent::Lent;

/// First half of the keys of this crate's advisory locks: "mi" and what is locked.
const LOCKS_TICKETS: i64 = 0x6d69_0001;

/// Tickets are given out under a shared lock that lasts until the write ends. Who takes the lock
/// alone therefore knows that every ticket given out so far is committed or gone for good.
pub(crate) const TICKETS: &str = "CREATE SEQUENCE IF NOT EXISTS db_tickets";
pub(crate) const TICKET: Sql = sql(
    "WITH held AS MATERIALIZED (SELECT pg_advisory_xact_lock_shared($1, $2))
    SELECT nextval('db_tickets') FROM held",
);
pub(crate) const LOCK_TICKETS: Sql = sql("SELECT pg_advisory_xact_lock($1, $2)");
pub(crate) const SETTLED: Sql =
    sql("SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM db_tickets");
pub(crate) const LOCK_MIGRATIONS: Sql = sql("SELECT pg_advisory_xact_lock(1835597826)");

/// Both halves of the lock's key. Two networks that share the lower 31 bits only wait for each other.
pub(crate) fn lock_of(network: i64) -> [Value; 2] {
    [Value::Int(LOCKS_TICKETS), Value::Int(network & 0x7fff_ffff)]
}

/// Tables that stand already where a copy is to be put back.
const TABLES: Sql =
    sql("SELECT CAST(tablename AS TEXT) FROM pg_tables WHERE schemaname = 'public' LIMIT 1");

/// Every table of the database.
pub(crate) const ALL_TABLES: Sql = sql(
    "SELECT CAST(tablename AS TEXT) FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename",
);

/// A server that acknowledges before the disk has it is told to wait; a stricter one is left alone.
const DURABLE: &str = "SELECT set_config('synchronous_commit', 'on', false)
    WHERE current_setting('synchronous_commit') IN ('off', 'local')";
const READ_ONLY: &str = "SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY";

pub(crate) struct Store {
    config: Config,
    tls: Tls,
    readers: Pool,
    writers: Pool,
}

impl Store {
    pub(crate) async fn open(url: &str, tls: &Tls, settings: &Settings) -> Result<Self> {
        // The parser's own words quote the address, which holds a password.
        let mut config = Config::from_str(url)
            .map_err(|_| Error::Down("the address is not a valid postgres:// one".to_owned()))?;
        if config.get_connect_timeout().is_none() {
            config.connect_timeout(Duration::from_secs(5));
        }
        let store = Self {
            readers: pool(&config, tls, settings, settings.readers, READ_ONLY)?,
            writers: pool(&config, tls, settings, settings.writers, DURABLE)?,
            tls: tls.clone(),
            config,
        };
        store.read().await?;
        Ok(store)
    }

    pub(crate) async fn read(&self) -> Result<Lent> {
        Ok(Lent::new(self.readers.get().await?))
    }

    /// The work gets a task of its own, so that it ends even when the caller is dropped.
    pub(crate) async fn write<T, E, F>(&self, work: F) -> Result<T, E>
    where
        F: for<'a> FnOnce(&'a mut Conn) -> Work<'a, T, E> + Send + 'static,
        T: Send + 'static,
        E: From<Error> + Send + 'static,
    {
        let lent = Lent::new(self.writers.get().await.map_err(Error::from)?);
        match tokio::spawn(transaction(lent, work)).await {
            Ok(answer) => answer,
            Err(ended) => match ended.try_into_panic() {
                Ok(panic) => resume_unwind(panic),
                Err(_) => Err(E::from(Error::Down("the program is ending".to_owned()))),
            },
        }
    }

    pub(crate) async fn snapshot(&self, path: &Path, shape: Shape) -> Result<()> {
        dump::take(&self.config, &self.tls, path, shape).await
    }

    pub(crate) async fn scrub(&self) -> Result<()> {
        Lent::new(self.writers.get().await?).batch("VACUUM").await
    }

    /// Refused where there is any table.
    pub(crate) async fn put_back(&self, copy: &Path) -> Result<()> {
        let tables = self.read().await?.rows(TABLES.text(), &[]).await?;
        if !tables.is_empty() {
            return Err(Error::Duplicate);
        }
        dump::put_back(&self.config, &self.tls, copy).await
    }
}

async fn transaction<T, E, F>(mut lent: Lent, work: F) -> Result<T, E>
where
    F: for<'a> FnOnce(&'a mut Conn) -> Work<'a, T, E> + Send + 'static,
    E: From<Error>,
{
    lent.begin().await?;
    let mut conn = Conn::writing(Link::Postgres(lent));
    let answer = work(&mut conn).await;
    let answer = conn.verdict(answer);
    if let Link::Postgres(lent) = conn.link() {
        match answer.is_ok() {
            true => lent.end("COMMIT").await?,
            // A connection that cannot even roll back is thrown away; the work's error says more.
            false => lent.end("ROLLBACK").await.unwrap_or_default(),
        }
    }
    answer
}

fn pool(
    config: &Config,
    tls: &Tls,
    settings: &Settings,
    size: usize,
    first: &'static str,
) -> Result<Pool> {
    let recycling = ManagerConfig {
        recycling_method: RecyclingMethod::Fast,
    };
    let manager = match tls::connector(tls)? {
        Some(connector) => Manager::from_config(config.clone(), connector, recycling),
        None => Manager::from_config(config.clone(), NoTls, recycling),
    };
    let prepare = Hook::async_fn(move |client: &mut deadpool_postgres::ClientWrapper, _| {
        Box::pin(async move {
            client
                .batch_execute(first)
                .await
                .map_err(HookError::Backend)
        })
    });
    Pool::builder(manager)
        .max_size(size.max(1))
        .wait_timeout(Some(settings.patience))
        .create_timeout(Some(settings.patience))
        .runtime(Runtime::Tokio1)
        .post_create(prepare)
        .build()
        .map_err(|error| Error::Down(error.to_string()))
}

impl From<PoolError> for Error {
    fn from(error: PoolError) -> Self {
        Self::Down(match error {
            PoolError::Timeout(_) => "no connection to PostgreSQL came free in time".to_owned(),
            PoolError::Backend(error) => types::reason(&error),
            PoolError::PostCreateHook(HookError::Backend(error)) => types::reason(&error),
            _ => "the pool of connections is closed".to_owned(),
        })
    }
}
