//! Cases of somebody of whom two records become one, and of one that become two again.

use crate::cases::rules::Refusal;
use crate::cases::store;
use crate::people::twins::{Belonging, Handing, Held};
use crate::people::{self};

/// Cases pass to the record that stays. What is said of them names none: whoever parts two records
/// need not see the case.
pub const BELONGING: Belonging = Belonging {
    table: "case_people",
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
            let later = store::list_since(conn, deed, person, since.id)
                .await
                .map_err(below)?;
            let mut held = Vec::new();
            for one in later {
                // Only what whoever asks may see; the rest stays where it is.
                if let Ok(case) = store::find(conn, deed, one.case).await {
                    held.push(Held {
                        row: one.row.0,
                        words: case.name(),
                    });
                }
            }
            Ok(held)
        })
    },
};

fn below(refusal: Refusal) -> people::Refusal {
    match refusal {
        Refusal::Db(error) => error.into(),
        Refusal::Seal(error) => error.into(),
        _ => people::Refusal::NotFound,
    }
}
