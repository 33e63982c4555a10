//! Erasing the word and the open pages of somebody.

use db::{Conn, Error, Sql, args, sql};

use super::pins::drop_pin;
use super::visits::drop_visits_of;
use crate::deed::Deed;
use crate::ids::{PersonId, SupporterId};

const OF_PERSON: [Sql; 2] = [
    sql("DELETE FROM own_visits WHERE network = $1 AND supporter IN
       (SELECT id FROM supporters WHERE network = $1 AND person = $2)"),
    sql("DELETE FROM own_pins WHERE network = $1 AND supporter IN
       (SELECT id FROM supporters WHERE network = $1 AND person = $2)"),
];

/// Erases it of whoever is this person of the register.
pub async fn forget_in(conn: &mut Conn, deed: &Deed, person: PersonId) -> Result<(), Error> {
    for statement in OF_PERSON {
        conn.exec(statement, &args![deed.network(), person]).await?;
    }
    Ok(())
}

/// Erases it of a supporter who wishes to be erased.
pub async fn forget_supporter_in(
    conn: &mut Conn,
    deed: &Deed,
    supporter: SupporterId,
) -> Result<(), Error> {
    drop_visits_of(conn, deed, supporter).await?;
    drop_pin(conn, deed, supporter).await.map(drop)
}
