//! What a verb stands on: the settings, and the opened program where it needs one.

use std::path::{Path, PathBuf};

use db::{Db, Engine};

use super::failure::Failure;
use crate::app::App;
use crate::clock::Clock;
use crate::config::Config;
use crate::deed::Dice;
use crate::migrations;
use crate::networks::{self, TownCard, Vault};

/// Where the settings are looked for, in this order.
const USUAL: [&str; 2] = ["config.toml", "/etc/mimamori/config.toml"];

/// What a verb stands on.
pub(super) struct Ground {
    file: Option<PathBuf>,
}

impl Ground {
    /// The settings in this file, or in the first of the usual ones; none is fine
    /// when the environment says everything.
    pub fn new(named: Option<PathBuf>) -> Ground {
        let usual = || {
            USUAL
                .map(PathBuf::from)
                .into_iter()
                .find(|path| path.exists())
        };
        Ground {
            file: named.or_else(usual),
        }
    }

    /// The settings file that is used.
    pub fn file(&self) -> Option<&Path> {
        self.file.as_deref()
    }

    /// The settings.
    pub fn config(&self) -> Result<Config, Failure> {
        let environment = std::env::vars_os()
            .filter_map(|(name, value)| Some((name.into_string().ok()?, value.into_string().ok()?)))
            .collect();
        Ok(Config::load(self.file(), &environment)?)
    }

    /// The opened program on an up-to-date database.
    pub async fn open(&self) -> Result<App, Failure> {
        open(self.config()?).await
    }
}

/// The opened program on an up-to-date database. SQLite has one user, this
/// program, and is brought up to date on the spot; PostgreSQL may serve others
/// that still run the old version, so its operator says when (`migrate`).
pub(super) async fn open(config: Config) -> Result<App, Failure> {
    let key = config.key.open()?;
    let db = Db::open(config.database_settings()).await?;
    match db.engine() {
        Engine::Sqlite => drop(db.migrate(migrations::ALL).await?),
        Engine::Postgres => refuse_outdated(&db).await?,
    }
    Ok(App::new(
        db,
        Vault::new(key),
        Clock::Machine,
        Dice::Machine,
        config,
    ))
}

async fn refuse_outdated(db: &Db) -> Result<(), Failure> {
    if db.is_current(migrations::ALL).await? {
        return Ok(());
    }
    Err(Failure::refused(
        "データベースの形がこのプログラムの版と合っていません。バックアップを取ってから `mimamori migrate` を実行してください。",
    ))
}

/// The town of this short name; without a name, the only one there is.
pub(super) async fn choose_town(app: &App, short: Option<&str>) -> Result<TownCard, Failure> {
    let mut conn = app.db.read().await?;
    if let Some(short) = short {
        let found = networks::find_town_by_short(&mut conn, short).await?;
        return found.ok_or_else(|| {
            Failure::refused(
                "その町はありません。`mimamori town list` で短い名前を確かめてください。",
            )
        });
    }
    let mut towns = networks::list_towns(&mut conn).await?;
    match (towns.pop(), towns.is_empty()) {
        (Some(only), true) => Ok(only),
        (Some(_), false) => Err(Failure::refused(
            "町が2つ以上あります。--town で短い名前を指定してください。",
        )),
        (None, _) => Err(Failure::refused(
            "町がまだありません。`mimamori town add` で加えてください。",
        )),
    }
}
