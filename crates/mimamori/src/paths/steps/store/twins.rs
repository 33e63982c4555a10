//! Paths of somebody of whom two records become one.

use db::{Sql, sql};

use crate::ids::PersonId;
use crate::paths::steps::rules::{Path, Refusal};
use crate::people::twins::{Belonging, Held, pass_rows};

const HAND_OVER: Sql =
    sql("UPDATE paths SET person = $3 WHERE network = $1 AND id = $2 AND person = $4");

/// Paths pass to the record that stays.
pub const BELONGING: Belonging = Belonging {
    table: "paths",
    hand_over: |conn, deed, handing| {
        Box::pin(async move {
            let listed = super::list_for_person(conn, deed, handing.from).await;
            let theirs = listed.map_err(Refusal::below)?;
            let rows = theirs.iter().map(|path| path.id.0).collect();
            pass_rows(conn, deed, HAND_OVER, handing, rows).await
        })
    },
    since: |conn, deed, person: PersonId, since| {
        Box::pin(async move {
            let listed = super::list_for_person(conn, deed, person).await;
            let later = listed.map_err(Refusal::below)?.into_iter();
            let later = later.filter(|path| path.id.0 > since.id.0);
            Ok(later.map(held).collect())
        })
    },
};

fn held(path: Path) -> Held {
    Held {
        row: path.id.0,
        words: format!("つなぎ「{}」（{}から）", path.word, path.began),
    }
}
