//! Forgetting somebody: their rows go, the sums stay since they name nobody.

use db::{Conn, Error, Sql, args, sql};

use crate::deed::Deed;
use crate::ids::PersonId;

const FORGET_ACTS: Sql = sql("DELETE FROM renewal_acts WHERE network = $1 AND person = $2");
const FORGET_RENEWALS: Sql = sql("DELETE FROM renewals WHERE network = $1 AND person = $2");
const FORGET_MONTH: Sql = sql("DELETE FROM renewal_months WHERE network = $1 AND person = $2");

/// Removes every row about the person, within the caller's transaction.
pub async fn forget_in(conn: &mut Conn, deed: &Deed, person: PersonId) -> Result<(), Error> {
    for statement in [FORGET_ACTS, FORGET_RENEWALS, FORGET_MONTH] {
        conn.exec(statement, &args![deed.network(), person]).await?;
    }
    Ok(())
}
