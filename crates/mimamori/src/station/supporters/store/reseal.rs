//! Sealing anew after the town's key was changed.

use db::{Conn, Sql, args, sql};

use super::aways::reseal_aways;
use super::cards::reseal_cards;
use super::fees::reseal_years;
use super::receipts::reseal_receipts;
use super::rows::{Kept, place, put_keys};
use crate::deed::{Deed, Moved, Unmoved};
use crate::ids::SupporterId;
use crate::station::supporters::rules::Refusal;

const AFTER: Sql = sql("SELECT id, version, kept FROM supporters
     WHERE network = $1 AND id > $2 ORDER BY id LIMIT 50");

const RESEAL: Sql = sql("UPDATE supporters SET kept = $4
     WHERE network = $1 AND id = $2 AND version = $3");

/// Seals the next supporters under the current key, with what they are found under and what
/// hangs on them.
pub async fn reseal_supporters(conn: &mut Conn, deed: &Deed, after: i64) -> Result<Moved, Unmoved> {
    let mut moved = Moved::default();
    for mut row in conn.rows(AFTER, &args![deed.network(), after]).await? {
        let (id, version) = (SupporterId(row.int(0)?), row.int(1)?);
        moved.next = Some(id.0);
        if let Some(fresh) = deed.resealed(&place(id, version), &row.blob(2)?)? {
            let kept: Kept = deed.open(&place(id, version), &fresh)?;
            let args = args![deed.network(), id, version, fresh];
            moved.rows += conn.exec(RESEAL, &args).await?;
            put_keys(conn, deed, id, &kept.details)
                .await
                .map_err(below)?;
        }
        moved.rows += reseal_cards(conn, deed, id).await?;
        moved.rows += reseal_years(conn, deed, id).await?;
        moved.rows += reseal_receipts(conn, deed, id).await?;
        moved.rows += reseal_aways(conn, deed, id).await?;
    }
    Ok(moved)
}

fn below(refusal: Refusal) -> Unmoved {
    match refusal {
        Refusal::Seal(error) => error.into(),
        Refusal::Db(error) => error.into(),
        other => Unmoved::Db(db::Error::Shape(other.to_string())),
    }
}
