//! Observations about somebody of whom two records become one.

use db::{Sql, sql};

use crate::people::twins::{Belonging, Held, pass_rows};
use crate::station::watch::rules::{About, Observation};

const HAND_OVER: Sql =
    sql("UPDATE observations SET person = $3 WHERE network = $1 AND id = $2 AND person = $4");

/// Observations pass to the record that stays. What was observed about them as a supporter passes with
/// the supporter.
pub const BELONGING: Belonging = Belonging {
    table: "observations",
    hand_over: |conn, deed, handing| {
        Box::pin(async move {
            let theirs = super::list_about(conn, deed, About::Person(handing.from)).await;
            let theirs = theirs.map_err(|refusal| refusal.below())?;
            let rows = theirs.iter().filter(|one| is_own(one));
            let rows = rows.map(|one| one.id.0).collect();
            pass_rows(conn, deed, HAND_OVER, handing, rows).await
        })
    },
    since: |conn, deed, person, since| {
        Box::pin(async move {
            let theirs = super::list_about(conn, deed, About::Person(person)).await;
            let theirs = theirs.map_err(|refusal| refusal.below())?;
            let later = theirs.iter().filter(|one| is_own(one));
            let later = later.filter(|one| one.id.0 > since.id.0);
            Ok(later.map(held).collect())
        })
    },
};

fn is_own(of: &Observation) -> bool {
    matches!(of.about, About::Person(_))
}

fn held(of: &Observation) -> Held {
    Held {
        row: of.id.0,
        words: format!("様子の記録（{}）", of.day),
    }
}
