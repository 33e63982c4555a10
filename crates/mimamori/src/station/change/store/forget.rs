//! Erasing to what somebody agreed, and what was said of them on lists.

use db::{Conn, Error, Sql, args, sql};

use crate::deed::Deed;
use crate::ids::{PersonId, SupporterId};

const OF_PERSON: [Sql; 2] = [
    sql(
        "DELETE FROM rhythm_consents WHERE network = $1 AND supporter IN
       (SELECT id FROM supporters WHERE network = $1 AND person = $2)",
    ),
    sql(
        "DELETE FROM change_lines WHERE network = $1 AND supporter IN
       (SELECT id FROM supporters WHERE network = $1 AND person = $2)",
    ),
];

const OF_SUPPORTER: [Sql; 2] = [
    sql("DELETE FROM rhythm_consents WHERE network = $1 AND supporter = $2"),
    sql("DELETE FROM change_lines WHERE network = $1 AND supporter = $2"),
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
    for statement in OF_SUPPORTER {
        conn.exec(statement, &args![deed.network(), supporter])
            .await?;
    }
    Ok(())
}
