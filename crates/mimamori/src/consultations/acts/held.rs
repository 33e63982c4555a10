//! What months are counted from, opened and held in memory: a year's figures are asked for month by
//! month, and of a month that is over little changes. Names are not among it.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use db::Conn;

use crate::consultations::rules::{Counted, Refusal};
use crate::consultations::store::{self, Stamp};
use crate::deed::Deed;

/// Three years of one town; 12,000 consultations a month are some 1 MB.
const MOST: usize = 36;

/// Months of towns, by the town's id and the month; one for each database.
#[derive(Clone, Default)]
pub struct Months(Arc<Mutex<HashMap<(i64, String), Held>>>);

type Held = (Stamp, Arc<Vec<Counted>>);

impl Months {
    /// What a month is counted from, read anew where anything in it changed.
    pub async fn read(
        &self,
        conn: &mut Conn,
        deed: &Deed,
        month: &str,
    ) -> Result<Arc<Vec<Counted>>, Refusal> {
        let key = (deed.network().0, month.to_owned());
        // The stamp first: what changes in between is read again the next time.
        let stamp = store::stamp_of(conn, deed, month).await?;
        if let Some(all) = self.known(&key, stamp) {
            return Ok(all);
        }
        let all = Arc::new(store::list_counted(conn, deed, month).await?);
        let mut held = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if held.len() >= MOST {
            held.clear();
        }
        held.insert(key, (stamp, all.clone()));
        Ok(all)
    }

    fn known(&self, key: &(i64, String), stamp: Stamp) -> Option<Arc<Vec<Counted>>> {
        let held = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let (of, all) = held.get(key)?;
        (*of == stamp).then(|| all.clone())
    }
}
