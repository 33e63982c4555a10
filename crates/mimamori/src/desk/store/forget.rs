//! Erasing what calls about somebody tell of them.

use db::{Conn, Error, Sql, args, sql};

use crate::deed::Deed;
use crate::ids::PersonId;

const OPEN: Sql =
    sql("SELECT COUNT(*) FROM inquiries WHERE network = $1 AND person = $2 AND state = 'open'");

const MAILS: Sql = sql("DELETE FROM desk_mails WHERE network = $1
     AND inquiry IN (SELECT id FROM inquiries WHERE network = $1 AND person = $2)");

const STEPS: Sql = sql("DELETE FROM inquiry_steps WHERE network = $1
     AND inquiry IN (SELECT id FROM inquiries WHERE network = $1 AND person = $2)");

// That there was a call, of which kind, when, and on which basis something was told: figures.
const INQUIRIES: Sql = sql(
    "UPDATE inquiries SET state = 'erased', caller = $3, ending = NULL, tag = NULL,
       version = version + 1
     WHERE network = $1 AND person = $2",
);

/// Whether a call about the person is still open.
pub async fn is_open_for(conn: &mut Conn, deed: &Deed, person: PersonId) -> Result<bool, Error> {
    let row = conn.one(OPEN, &args![deed.network(), person]).await?;
    Ok(row.map_or(Ok(0), |row| row.int(0))? > 0)
}

/// Erases what calls about the person hold, and keeps that there were calls. Such an inquiry is
/// never listed or found again.
pub async fn forget_in(conn: &mut Conn, deed: &Deed, person: PersonId) -> Result<(), Error> {
    for statement in [MAILS, STEPS] {
        conn.exec(statement, &args![deed.network(), person]).await?;
    }
    let nothing = Vec::<u8>::new();
    conn.exec(INQUIRIES, &args![deed.network(), person, nothing])
        .await?;
    Ok(())
}
