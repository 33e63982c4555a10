//! Erasing somebody.

use db::{Conn, Sql, args, sql};

use crate::deed::Deed;
use crate::ids::PersonId;
use crate::people::rules::Refusal;
use crate::people::{search, views};

const PHOTO: Sql = sql("DELETE FROM person_photos WHERE network = $1 AND person = $2");

const CHANGES: Sql = sql("DELETE FROM person_changes WHERE network = $1 AND person = $2");

const OPENINGS: Sql = sql("DELETE FROM person_openings WHERE network = $1 AND person = $2");

const PERSON: Sql = sql("DELETE FROM people WHERE network = $1 AND id = $2");

/// Erases the record with its photo, its changes, and everything it is found under.
pub async fn forget_in(conn: &mut Conn, deed: &Deed, person: PersonId) -> Result<(), Refusal> {
    search::unindex_person(conn, deed, person).await?;
    views::forget_of(conn, deed, person).await?;
    for statement in [PHOTO, CHANGES, OPENINGS, PERSON] {
        conn.exec(statement, &args![deed.network(), person]).await?;
    }
    Ok(())
}
