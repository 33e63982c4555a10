//! Checklists of somebody of whom two records become one.

use db::{Sql, sql};

use crate::clock::in_japan;
use crate::ids::PersonId;
use crate::paths::checklists::rules::{Checklist, Refusal};
use crate::people::twins::{Belonging, Held, pass_rows};

const HAND_OVER: Sql =
    sql("UPDATE checklists SET person = $3 WHERE network = $1 AND id = $2 AND person = $4");

/// Checklists pass to the record that stays.
pub const BELONGING: Belonging = Belonging {
    table: "checklists",
    hand_over: |conn, deed, handing| {
        Box::pin(async move {
            let listed = super::list_for_person(conn, deed, handing.from).await;
            let theirs = listed.map_err(Refusal::below)?;
            let rows = theirs.iter().map(|one| one.id.0).collect();
            pass_rows(conn, deed, HAND_OVER, handing, rows).await
        })
    },
    since: |conn, deed, person: PersonId, since| {
        Box::pin(async move {
            let listed = super::list_for_person(conn, deed, person).await;
            let later = listed.map_err(Refusal::below)?.into_iter();
            let later = later.filter(|one| one.id.0 > since.id.0);
            Ok(later.map(|one| held(&one)).collect())
        })
    },
};

fn held(one: &Checklist) -> Held {
    let begun = in_japan(one.begun_at).strftime("%Y年%-m月%-d日");
    Held {
        row: one.id.0,
        words: format!("{}（{begun}）", one.sheet.word()),
    }
}
