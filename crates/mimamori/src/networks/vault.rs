//! The towns' keys, opened once with the master key and held in memory.

use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

use db::{Conn, Db};
use jiff::Timestamp;
use seal::{Chance, MacKey, MasterKey, SealError, TownKeys};

use super::store;
use crate::ids::NetworkId;

/// How long opened keys are believed before the database is asked again; a key
/// rotation by another process waits twice this before it retires a key.
pub(crate) const BELIEVED: Duration = Duration::from_secs(5);

/// Why a town's keys can't be had.
#[derive(Debug, thiserror::Error)]
pub enum VaultError {
    /// The town has no key: it does not exist.
    #[error("no such town")]
    NoTown,
    /// The master key is not the one the town's keys were wrapped with.
    #[error("the master key does not open this town's keys: {0}")]
    Seal(#[from] SealError),
    /// The database.
    #[error(transparent)]
    Db(#[from] db::Error),
}

/// Opens and holds the keys of towns.
#[derive(Clone)]
pub struct Vault {
    master: Arc<MasterKey>,
    towns: Arc<RwLock<HashMap<NetworkId, (TownKeys, Timestamp)>>>,
}

impl Vault {
    /// A vault under this master key, holding nothing yet.
    pub fn new(master: MasterKey) -> Vault {
        Vault {
            master: Arc::new(master),
            towns: Arc::default(),
        }
    }

    /// A key of the whole installation for keyed hashes of one use.
    pub fn app_key(&self, purpose: &'static str) -> MacKey {
        self.master.app_key(purpose)
    }

    /// The town's keys, read anew when what is held is older than a few seconds.
    pub async fn keys(
        &self,
        db: &Db,
        network: NetworkId,
        now: Timestamp,
    ) -> Result<TownKeys, VaultError> {
        if let Some(keys) = self.held(network, now) {
            return Ok(keys);
        }
        let mut conn = db.read().await?;
        self.read(&mut conn, network, now).await
    }

    /// The town's keys as the database has them at this moment.
    pub async fn read(
        &self,
        conn: &mut Conn,
        network: NetworkId,
        now: Timestamp,
    ) -> Result<TownKeys, VaultError> {
        let wrapped = store::list_live_keys(conn, network).await?;
        if wrapped.is_empty() {
            return Err(VaultError::NoTown);
        }
        let keys = self.master.open_town(network.0, &wrapped)?;
        self.towns
            .write()
            .unwrap_or_else(PoisonError::into_inner)
            .insert(network, (keys.clone(), now));
        Ok(keys)
    }

    /// Makes and keeps the next key of a town; the first makes the town's rows sealable.
    pub async fn add_key(
        &self,
        conn: &mut Conn,
        network: NetworkId,
        version: u32,
        now: Timestamp,
        chance: &mut dyn Chance,
    ) -> Result<TownKeys, VaultError> {
        let wrapped = self.master.new_town_key(network.0, version, chance);
        store::insert_key(conn, network, version, wrapped, now.as_millisecond()).await?;
        self.read(conn, network, now).await
    }

    fn held(&self, network: NetworkId, now: Timestamp) -> Option<TownKeys> {
        let towns = self.towns.read().unwrap_or_else(PoisonError::into_inner);
        let (keys, since) = towns.get(&network)?;
        let age = now.duration_since(*since).unsigned_abs();
        (age < BELIEVED).then(|| keys.clone())
    }
}
