//! Erasing what was observed about somebody.

use db::{Conn, Error, Sql, args, sql};

use crate::deed::Deed;
use crate::ids::{PersonId, SupporterId};

const OF_PERSON: Sql = sql("DELETE FROM observations WHERE network = $1
     AND (person = $2 OR supporter IN
       (SELECT id FROM supporters WHERE network = $1 AND person = $2))");

const OF_SUPPORTER: Sql = sql("DELETE FROM observations WHERE network = $1 AND supporter = $2");

/// Erases what was observed about a registered person, also as the supporter whom they are.
pub async fn forget_in(conn: &mut Conn, deed: &Deed, person: PersonId) -> Result<(), Error> {
    let args = args![deed.network(), person];
    conn.exec(OF_PERSON, &args).await.map(drop)
}

/// Erases what was observed about a supporter who wishes to be erased.
pub async fn forget_supporter_in(
    conn: &mut Conn,
    deed: &Deed,
    supporter: SupporterId,
) -> Result<(), Error> {
    let args = args![deed.network(), supporter];
    conn.exec(OF_SUPPORTER, &args).await.map(drop)
}
