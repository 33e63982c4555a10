//! Consultations about somebody of whom two records become one, and of one that become two again.

use crate::clock::in_japan;
use crate::consultations::rules::Refusal;
use crate::consultations::store;
use crate::people;
use crate::people::twins::{Belonging, Handing, Held};

/// Consultations pass to the record that stays.
pub const BELONGING: Belonging = Belonging {
    table: "consultations",
    hand_over: |conn, deed, handing| {
        Box::pin(async move {
            let Handing { from, to, rows } = handing;
            store::hand_over(conn, deed, from, to, rows)
                .await
                .map_err(below)
        })
    },
    since: |conn, deed, person, since| {
        Box::pin(async move {
            let later = store::list_since(conn, deed, person, since.id.0).await?;
            let held = later.into_iter().map(|(id, at)| Held {
                row: id.0,
                words: format!("相談（{}）", in_japan(at).strftime("%Y年%-m月%-d日 %-H:%M")),
            });
            Ok(held.collect())
        })
    },
};

fn below(refusal: Refusal) -> people::Refusal {
    match refusal {
        Refusal::Db(error) => error.into(),
        Refusal::Seal(error) => error.into(),
        Refusal::People(refusal) => refusal,
        // Somebody saved in between: the merge is done again from its beginning.
        Refusal::Changed => db::Error::Changed.into(),
        _ => people::Refusal::NotFound,
    }
}
