//! Notices about somebody of whom two records become one, and of one that become two again.

use crate::clock::in_japan;
use crate::notices::rules::{Notice, Refusal};
use crate::notices::store;
use crate::people;
use crate::people::twins::{Belonging, Handing, Held};

/// Notices pass to the record that stays.
pub const BELONGING: Belonging = Belonging {
    table: "notices",
    hand_over: |conn, deed, handing| {
        Box::pin(async move {
            let Handing { from, to, rows } = handing;
            let mut passed = Vec::new();
            for notice in store::list_of_record(conn, deed, from).await? {
                if rows.is_none_or(|rows| rows.contains(&notice)) {
                    store::hand_over(conn, deed, notice, to).await?;
                    passed.push(notice);
                }
            }
            Ok(passed)
        })
    },
    since: |conn, deed, person, since| {
        Box::pin(async move {
            let notices = store::list_for_person(conn, deed, person)
                .await
                .map_err(below)?;
            let later = notices.iter().filter(|notice| notice.id.0 > since.id.0);
            Ok(later.map(held).collect())
        })
    },
};

fn held(notice: &Notice) -> Held {
    let at = in_japan(notice.received_at);
    Held {
        row: notice.id.0,
        words: format!("気づき（{}）", at.strftime("%Y年%-m月%-d日 %-H:%M")),
    }
}

fn below(refusal: Refusal) -> people::Refusal {
    match refusal {
        Refusal::Db(error) => error.into(),
        Refusal::Seal(error) => error.into(),
        Refusal::People(refusal) => refusal,
        _ => people::Refusal::NotFound,
    }
}
