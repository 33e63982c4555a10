//! The connections that read. A point read takes microseconds, so it runs right in the caller.

use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use rusqlite::{Connection, OpenFlags};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::statement;
use crate::error::{Error, Result};
use crate::settings::Settings;
use crate::value::{Row, Value};

pub(crate) struct Readers {
    free: Mutex<Vec<Connection>>,
    permits: Arc<Semaphore>,
    patience: Duration,
}

impl Readers {
    pub(super) fn open(path: &Path, settings: &Settings) -> Result<Self> {
        let count = settings.readers.max(1);
        let free = (0..count)
            .map(|_| super::connect(path, OpenFlags::SQLITE_OPEN_READ_ONLY, settings))
            .collect::<Result<Vec<_>>>()?;
        Ok(Self {
            free: Mutex::new(free),
            permits: Arc::new(Semaphore::new(count)),
            patience: settings.patience,
        })
    }

    pub(super) async fn lend(self: &Arc<Self>) -> Result<Lent> {
        let permit = self.permit().await?;
        // The last one given back has its statements parsed and its pages at hand.
        let connection = self.free().pop();
        Ok(Lent {
            connection,
            home: Some((Arc::clone(self), permit)),
        })
    }

    async fn permit(&self) -> Result<OwnedSemaphorePermit> {
        let busy = || Error::Down("every reading connection stayed in use".to_owned());
        if let Ok(permit) = Arc::clone(&self.permits).try_acquire_owned() {
            return Ok(permit);
        }
        tokio::time::timeout(self.patience, Arc::clone(&self.permits).acquire_owned())
            .await
            .map_err(|_| busy())?
            .map_err(|_| busy())
    }

    fn free(&self) -> MutexGuard<'_, Vec<Connection>> {
        self.free.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A connection in use; a reader's goes home when dropped, the writer's has no other home.
pub(crate) struct Lent {
    connection: Option<Connection>,
    home: Option<(Arc<Readers>, OwnedSemaphorePermit)>,
}

impl Lent {
    pub(super) fn for_ever(connection: Connection) -> Self {
        Self {
            connection: Some(connection),
            home: None,
        }
    }

    pub(super) fn connection(&self) -> Result<&Connection> {
        self.connection
            .as_ref()
            .ok_or_else(|| Error::Down("the connection is gone".to_owned()))
    }

    pub(crate) fn rows(&self, text: &'static str, args: &[Value]) -> Result<Vec<Row>> {
        statement::rows(self.connection()?, text, args)
    }

    pub(crate) fn exec(&self, text: &'static str, args: &[Value]) -> Result<u64> {
        statement::exec(self.connection()?, text, args)
    }

    pub(crate) fn batch(&self, text: &str) -> Result<()> {
        Ok(self.connection()?.execute_batch(text)?)
    }

    pub(crate) fn prepare(&self, text: &'static str) -> Result<()> {
        statement::prepare(self.connection()?, text)
    }
}

impl Drop for Lent {
    fn drop(&mut self) {
        if let (Some((home, _permit)), Some(connection)) =
            (self.home.take(), self.connection.take())
        {
            home.free().push(connection);
        }
    }
}
