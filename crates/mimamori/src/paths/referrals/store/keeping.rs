//! Forgetting somebody, and sealing anew after the town's key was changed.

use db::{Conn, Error, Sql, args, sql};

use super::referrals::place;
use crate::deed::{Deed, Moved, Unmoved};
use crate::ids::{PersonId, RowId};

const OF_PERSON: Sql = sql("SELECT id FROM referrals
     WHERE network = $1 AND person = $2 ORDER BY id");

// The day, where to and by whom would in a small town still tell of whom; of the day the month is
// enough for figures of years. The old id tells the millisecond, and stands in the audit's line.
const FORGET: Sql = sql(
    "UPDATE referrals SET id = $4, person = NULL, told = $3, organisation = 0, made_by = 0,
       made_on = SUBSTR(made_on, 1, 8) || '01'
     WHERE network = $1 AND id = $2",
);

const AFTER: Sql = sql("SELECT id, told FROM referrals
     WHERE network = $1 AND id > $2 ORDER BY id LIMIT 100");

const RESEAL: Sql = sql("UPDATE referrals SET told = $3 WHERE network = $1 AND id = $2");

/// Takes the person off their referrals; that there was one in the month stays, for the figures.
pub async fn forget_in(conn: &mut Conn, deed: &Deed, person: PersonId) -> Result<(), Error> {
    let rows = conn.rows(OF_PERSON, &args![deed.network(), person]).await?;
    for row in rows {
        let (id, nothing) = (RowId(row.int(0)?), Vec::<u8>::new());
        let args = args![deed.network(), id, nothing, deed.timeless_id()];
        conn.exec_one(FORGET, &args).await?;
    }
    Ok(())
}

/// Seals the next ones under the current key.
pub async fn reseal_some(conn: &mut Conn, deed: &Deed, after: i64) -> Result<Moved, Unmoved> {
    let mut moved = Moved::default();
    for mut row in conn.rows(AFTER, &args![deed.network(), after]).await? {
        let id = RowId(row.int(0)?);
        moved.next = Some(id.0);
        if let Some(fresh) = deed.resealed(&place(id), &row.blob(1)?)? {
            moved.rows += conn.exec(RESEAL, &args![deed.network(), id, fresh]).await?;
        }
    }
    Ok(moved)
}
