//! Forgetting somebody: their answers go.

use db::{Conn, Error, Sql, args, sql};

use crate::deed::Deed;
use crate::ids::PersonId;

const FORGET: Sql = sql("DELETE FROM checklists WHERE network = $1 AND person = $2");

/// Removes every checklist of the person, within the caller's transaction.
pub async fn forget_in(conn: &mut Conn, deed: &Deed, person: PersonId) -> Result<(), Error> {
    conn.exec(FORGET, &args![deed.network(), person]).await?;
    Ok(())
}
