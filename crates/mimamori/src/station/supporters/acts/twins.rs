//! Supporters who are somebody of whom two records become one.

use crate::people::twins::{Belonging, Held};
use crate::station::supporters::store;

/// Supporters pass to the record that stays. Where both records had one, both stand with it: which of
/// the two goes, somebody decides at the counter.
pub const BELONGING: Belonging = Belonging {
    table: "supporters",
    hand_over: |conn, deed, handing| {
        Box::pin(async move {
            let passed = store::hand_over(conn, deed, handing).await;
            passed.map_err(store::below)
        })
    },
    since: |conn, deed, person, since| {
        Box::pin(async move {
            let later = store::list_since(conn, deed, person, since.id.0).await;
            let later = later.map_err(store::below)?;
            let held = later.into_iter().map(|id| Held {
                row: id.0,
                words: "サポーターの登録".to_owned(),
            });
            Ok(held.collect())
        })
    },
};
