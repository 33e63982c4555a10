//! Sealing what was said, for whom links are, and what was asked anew under the town's newest key.

use db::{Conn, Sql, args, sql};
use seal::Place;

use super::messages::words_place;
use super::parties::whom_place;
use super::proofs::address_place;
use crate::deed::{Deed, Moved, Unmoved};
use crate::ids::RowId;

// All three hang on ids that grow with time, so one walk passes through them together.
const AFTER: Sql = sql("SELECT id, what, sealed FROM (
       SELECT id, 1 AS what, words AS sealed FROM board_messages WHERE network = $1 AND id > $2
       UNION ALL
       SELECT id, 2 AS what, whom AS sealed FROM board_links WHERE network = $1 AND id > $2
       UNION ALL
       SELECT id, 3 AS what, address AS sealed FROM board_proofs WHERE network = $1 AND id > $2
     ) all_three ORDER BY id LIMIT 200");

const MESSAGE: Sql = sql("UPDATE board_messages SET words = $3 WHERE network = $1 AND id = $2");
const LINK: Sql = sql("UPDATE board_links SET whom = $3 WHERE network = $1 AND id = $2");
const PROOF: Sql = sql("UPDATE board_proofs SET address = $3 WHERE network = $1 AND id = $2");

/// Seals the next values under the current key.
pub async fn reseal_some(conn: &mut Conn, deed: &Deed, after: i64) -> Result<Moved, Unmoved> {
    let mut moved = Moved::default();
    for mut row in conn.rows(AFTER, &args![deed.network(), after]).await? {
        let id = RowId(row.int(0)?);
        moved.next = Some(id.0);
        let (place, save): (Place, Sql) = match row.int(1)? {
            1 => (words_place(id), MESSAGE),
            2 => (whom_place(id), LINK),
            _ => (address_place(id), PROOF),
        };
        if let Some(fresh) = deed.resealed(&place, &row.blob(2)?)? {
            moved.rows += conn.exec(save, &args![deed.network(), id, fresh]).await?;
        }
    }
    Ok(moved)
}
