//! Referrals of somebody of whom two records become one.

use db::{Sql, args, sql};

use crate::ids::PersonId;
use crate::paths::referrals::rules::{Referral, Refusal};
use crate::people::twins::{Belonging, Held};

const HAND_OVER: Sql =
    sql("UPDATE referrals SET person = $3 WHERE network = $1 AND id = $2 AND person = $4");

/// Referrals pass to the record that stays.
pub const BELONGING: Belonging = Belonging {
    table: "referrals",
    hand_over: |conn, deed, handing| {
        Box::pin(async move {
            let listed = super::list_for_person(conn, deed, handing.from).await;
            let mut passed = Vec::new();
            for one in listed.map_err(Refusal::below)? {
                if handing.rows.is_none_or(|rows| rows.contains(&one.id.0)) {
                    let args = args![deed.network(), one.id, handing.to, handing.from];
                    conn.exec_one(HAND_OVER, &args).await?;
                    passed.push(one.id.0);
                }
            }
            Ok(passed)
        })
    },
    since: |conn, deed, person: PersonId, since| {
        Box::pin(async move {
            let listed = super::list_for_person(conn, deed, person).await;
            let later = listed.map_err(Refusal::below)?.into_iter();
            let later = later.filter(|one| one.id.0 > since.id.0);
            Ok(later.map(held).collect())
        })
    },
};

fn held(one: Referral) -> Held {
    Held {
        row: one.id.0,
        words: format!("紹介：{}（{}）", one.service.word(), one.on),
    }
}
