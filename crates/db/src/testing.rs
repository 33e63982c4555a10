//! For tests: a fresh, empty database on either engine, gone when its guard is dropped.

use std::path::PathBuf;
use std::str::FromStr;
use std::sync::atomic::{AtomicU32, Ordering};
use std::{env, fs, process, thread};

use tokio_postgres::{Config, NoTls};

use crate::error::{Error, Result};
use crate::settings::{Engine, Location, Settings, Tls};
use crate::store::Db;

/// Both engines, for a story told on each.
pub const ENGINES: [Engine; 2] = [Engine::Sqlite, Engine::Postgres];

/// Where the tests find a PostgreSQL: a `postgres://` address that may create databases.
pub const ADDRESS: &str = "MIMAMORI_TEST_PG";

/// A fresh database. Keep it as long as the test uses `db`.
pub struct TestDb {
    pub db: Db,
    /// How to open the same database once more.
    pub settings: Settings,
    /// Removes the database when dropped.
    pub guard: Guard,
}

/// Removes the database when dropped.
pub enum Guard {
    Folder(PathBuf),
    Database(String),
}

static COUNT: AtomicU32 = AtomicU32::new(0);

/// Makes an empty database; no migration has run on it.
///
/// # Errors
/// With a sentence that says how to start PostgreSQL, where none is named.
pub async fn fresh(engine: Engine) -> Result<TestDb> {
    let count = COUNT.fetch_add(1, Ordering::Relaxed);
    let name = format!("mimamori_test_{}_{count}", process::id());
    let (settings, guard) = match engine {
        Engine::Sqlite => in_folder(&name)?,
        Engine::Postgres => on_server(name).await?,
    };
    Ok(TestDb {
        db: Db::open(settings.clone()).await?,
        settings,
        guard,
    })
}

fn in_folder(name: &str) -> Result<(Settings, Guard)> {
    let folder = env::temp_dir().join(name);
    // Left over by an earlier program with our number.
    let _absent = fs::remove_dir_all(&folder);
    fs::create_dir(&folder).map_err(|error| Error::Down(error.to_string()))?;
    Ok((
        Settings::sqlite(folder.join("test.sqlite")),
        Guard::Folder(folder),
    ))
}

async fn on_server(name: String) -> Result<(Settings, Guard)> {
    admin(&format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)")).await?;
    admin(&format!("CREATE DATABASE {name} TEMPLATE template0")).await?;
    let address = address()?;
    let (server, _) = address.rsplit_once('/').unwrap_or((&address, ""));
    let url = format!("{server}/{name}");
    let location = Location::Postgres { url, tls: Tls::Off };
    let settings = Settings {
        location,
        readers: 4,
        writers: 8,
        ..Settings::postgres("", Tls::Off)
    };
    Ok((settings, Guard::Database(name)))
}

fn address() -> Result<String> {
    env::var(ADDRESS).map_err(|_| {
        Error::Down(format!(
            "{ADDRESS} is not set: run the tests with `bin/pg run cargo test`, \
             or keep a server with `bin/pg start` and set what it prints"
        ))
    })
}

/// One statement on the server's own database.
async fn admin(text: &str) -> Result<()> {
    let config = Config::from_str(&address()?)
        .map_err(|_| Error::Down(format!("{ADDRESS} is not a postgres:// address")))?;
    let (client, connection) = config.connect(NoTls).await?;
    let driver = tokio::spawn(connection);
    let done = client.batch_execute(text).await;
    drop(client);
    let _ended = driver.await;
    Ok(done?)
}

impl Drop for Guard {
    fn drop(&mut self) {
        match self {
            Self::Folder(folder) => drop(fs::remove_dir_all(folder)),
            Self::Database(name) => remove(format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)")),
        }
    }
}

/// A drop cannot wait in the test's own runtime, so it waits in another thread's.
fn remove(text: String) {
    let worker = thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build();
        runtime.map(|runtime| runtime.block_on(admin(&text)))
    });
    let _left_to_the_next_run = worker.join();
}
