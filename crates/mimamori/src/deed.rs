//! What a deed is done with: the scope, the time, the town's keys, and chance.
//!
//! Nothing below this floor reads the clock or rolls dice by itself.

use std::sync::{Arc, Mutex, PoisonError};

use jiff::Timestamp;
use seal::{Chance, OsChance, Place, SealError, TestChance, TownKeys};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::ids::{IdMaker, NetworkId};
use crate::scope::Scope;

/// Where chance comes from: the machine, or a test's seed.
#[derive(Clone, Default)]
pub enum Dice {
    /// The machine's random numbers.
    #[default]
    Machine,
    /// A test's repeatable numbers.
    Seeded(Arc<Mutex<TestChance>>),
}

impl Chance for Dice {
    fn fill(&mut self, bytes: &mut [u8]) {
        match self {
            Dice::Machine => OsChance.fill(bytes),
            Dice::Seeded(seeded) => seeded
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .fill(bytes),
        }
    }
}

/// The means of one deed; cheap to clone, so that a transaction can own one.
#[derive(Clone)]
pub struct Deed {
    /// Who acts, for which town, with which rights.
    pub scope: Scope,
    /// When.
    pub now: Timestamp,
    /// The town's keys.
    pub keys: TownKeys,
    /// Chance, for nonces and secrets.
    pub dice: Dice,
    ids: Arc<IdMaker>,
}

impl Deed {
    /// The means of one deed.
    pub fn new(
        scope: Scope,
        now: Timestamp,
        keys: TownKeys,
        dice: Dice,
        ids: Arc<IdMaker>,
    ) -> Deed {
        Deed {
            scope,
            now,
            keys,
            dice,
            ids,
        }
    }

    /// The town whose rows this deed reaches.
    pub fn network(&self) -> NetworkId {
        self.scope.network
    }

    /// Milliseconds since 1970: how instants are stored.
    pub fn at(&self) -> i64 {
        self.now.as_millisecond()
    }

    /// A new identity: `PersonId(deed.new_id())`.
    pub fn new_id(&self) -> i64 {
        let mut bytes = [0; 8];
        self.dice.clone().fill(&mut bytes);
        self.ids.next(self.now, u64::from_le_bytes(bytes))
    }

    /// An identity that does not tell when it was made, for what is left of an erased row: a new one
    /// of [`Deed::new_id`] begins with the millisecond.
    pub fn timeless_id(&self) -> i64 {
        let mut bytes = [0; 8];
        self.dice.clone().fill(&mut bytes);
        (i64::from_le_bytes(bytes) & i64::MAX).max(1)
    }

    /// What a row is found by without saying of whom or of what it is: under a key that outlives the
    /// town's data keys, since it can't be made anew without opening every row.
    pub fn lasting_token(&self, parts: &[&[u8]]) -> i64 {
        let [a, b, c, d, e, f, g, h, ..] = self.keys.lasting().mac(parts);
        i64::from_be_bytes([a, b, c, d, e, f, g, h]) & i64::MAX
    }

    /// Anything, sealed at its place.
    ///
    /// # Errors
    /// Where it can't be written as JSON.
    pub fn close<T: Serialize>(&self, place: &Place, value: &T) -> Result<Vec<u8>, SealError> {
        let plain = serde_json::to_vec(value).map_err(|_| SealError::Malformed)?;
        Ok(self.keys.seal(place, &plain, &mut self.dice.clone()))
    }

    /// What was sealed at its place.
    ///
    /// # Errors
    /// Where it does not open there, or is something else.
    pub fn open<T: DeserializeOwned>(&self, place: &Place, sealed: &[u8]) -> Result<T, SealError> {
        let plain = self.keys.open(place, sealed)?;
        serde_json::from_slice(&plain).map_err(|_| SealError::Malformed)
    }

    /// The value sealed anew under the town's current key; nothing where it is already, or where
    /// the value is empty and so was never sealed.
    ///
    /// # Errors
    /// Where the value does not open at this place.
    pub fn resealed(&self, place: &Place, sealed: &[u8]) -> Result<Option<Vec<u8>>, SealError> {
        if sealed.is_empty() || TownKeys::sealed_with(sealed)? == self.keys.current() {
            return Ok(None);
        }
        let plain = self.keys.open(place, sealed)?;
        Ok(Some(self.keys.seal(place, &plain, &mut self.dice.clone())))
    }
}

/// What one step of a walk did that seals rows anew under the town's current key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Moved {
    /// Rows that were sealed with an older key and are not any more.
    pub rows: u64,
    /// Where the next step begins; nothing at the end of the walk.
    pub next: Option<i64>,
}

/// Why a row could not be sealed anew.
#[derive(Debug, thiserror::Error)]
pub enum Unmoved {
    /// The database.
    #[error(transparent)]
    Db(#[from] db::Error),
    /// The value does not open: it was tampered with, or its key is gone.
    #[error(transparent)]
    Seal(#[from] SealError),
}
