//! Inquiries about somebody of whom two records become one, and of one that become two again.

use crate::clock::in_japan;
use crate::desk::rules::{Inquiry, Refusal};
use crate::desk::store;
use crate::people::twins::{Belonging, Handing, Held};
use crate::people::{self};

/// Inquiries pass to the record that stays.
pub const BELONGING: Belonging = Belonging {
    table: "inquiries",
    hand_over: |conn, deed, handing| {
        Box::pin(async move {
            let Handing { from, to, rows } = handing;
            Ok(store::hand_over(conn, deed, from, to, rows).await?)
        })
    },
    since: |conn, deed, person, since| {
        Box::pin(async move {
            let later = store::list_since(conn, deed, person, since.at).await;
            Ok(later.map_err(below)?.iter().map(held).collect())
        })
    },
};

fn held(inquiry: &Inquiry) -> Held {
    let at = in_japan(inquiry.opened_at);
    Held {
        row: inquiry.id.0,
        words: format!("照会（{}）", at.strftime("%Y年%-m月%-d日 %-H:%M")),
    }
}

fn below(refusal: Refusal) -> people::Refusal {
    match refusal {
        Refusal::Db(error) => error.into(),
        Refusal::Seal(error) => error.into(),
        _ => people::Refusal::NotFound,
    }
}
