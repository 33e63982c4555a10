//! Sealing inquiries, their steps and their mails anew, after the town's key was changed.

use db::{Conn, Sql, args, sql};

use super::inquiries::{caller_place, ending_place};
use super::{mails, steps};
use crate::deed::{Deed, Moved, Unmoved};
use crate::ids::{InquiryId, RowId};

// Each with its steps and mails: about 200 rows.
const AFTER: Sql = sql("SELECT id, caller_version, caller, ending FROM inquiries
     WHERE network = $1 AND id > $2 ORDER BY id LIMIT 40");

const RESEAL_CALLER: Sql = sql("UPDATE inquiries SET caller = $4
     WHERE network = $1 AND id = $2 AND caller_version = $3");

const RESEAL_ENDING: Sql = sql("UPDATE inquiries SET ending = $3 WHERE network = $1 AND id = $2");

const STEPS: Sql =
    sql("SELECT id, words FROM inquiry_steps WHERE network = $1 AND inquiry = $2 ORDER BY id");

const RESEAL_STEP: Sql =
    sql("UPDATE inquiry_steps SET words = $4 WHERE network = $1 AND inquiry = $2 AND id = $3");

const MAILS: Sql =
    sql("SELECT id, mail FROM desk_mails WHERE network = $1 AND inquiry = $2 ORDER BY id");

const RESEAL_MAIL: Sql = sql("UPDATE desk_mails SET mail = $3 WHERE network = $1 AND id = $2");

/// Seals the next inquiries under the current key, with all that belongs to them.
pub async fn reseal_some(conn: &mut Conn, deed: &Deed, after: i64) -> Result<Moved, Unmoved> {
    let mut moved = Moved::default();
    for mut row in conn.rows(AFTER, &args![deed.network(), after]).await? {
        let (id, version) = (InquiryId(row.int(0)?), row.int(1)?);
        moved.next = Some(id.0);
        if let Some(fresh) = deed.resealed(&caller_place(id, version), &row.blob(2)?)? {
            let args = args![deed.network(), id, version, fresh];
            moved.rows += conn.exec(RESEAL_CALLER, &args).await?;
        }
        let ending = row.maybe_blob(3)?.unwrap_or_default();
        if let Some(fresh) = deed.resealed(&ending_place(id), &ending)? {
            moved.rows += conn
                .exec(RESEAL_ENDING, &args![deed.network(), id, fresh])
                .await?;
        }
        moved.rows += all_steps(conn, deed, id).await?;
        moved.rows += all_mails(conn, deed, id).await?;
    }
    Ok(moved)
}

async fn all_steps(conn: &mut Conn, deed: &Deed, inquiry: InquiryId) -> Result<u64, Unmoved> {
    let mut moved = 0;
    for mut row in conn.rows(STEPS, &args![deed.network(), inquiry]).await? {
        let id = RowId(row.int(0)?);
        if let Some(fresh) = deed.resealed(&steps::place(id), &row.blob(1)?)? {
            let args = args![deed.network(), inquiry, id, fresh];
            moved += conn.exec(RESEAL_STEP, &args).await?;
        }
    }
    Ok(moved)
}

async fn all_mails(conn: &mut Conn, deed: &Deed, inquiry: InquiryId) -> Result<u64, Unmoved> {
    let mut moved = 0;
    for mut row in conn.rows(MAILS, &args![deed.network(), inquiry]).await? {
        let id = RowId(row.int(0)?);
        if let Some(fresh) = deed.resealed(&mails::place(id), &row.blob(1)?)? {
            moved += conn
                .exec(RESEAL_MAIL, &args![deed.network(), id, fresh])
                .await?;
        }
    }
    Ok(moved)
}
