//! Forgetting somebody: all that was said goes; that there were findings stays, of nobody.

use db::{Conn, Error, Sql, args, sql};

use crate::deed::Deed;
use crate::ids::PersonId;

const MESSAGES: Sql = sql("DELETE FROM board_messages WHERE network = $1 AND person = $2");

const FINDERS: Sql = sql("DELETE FROM board_finders WHERE network = $1
     AND inquiry IN (SELECT inquiry FROM board_finds WHERE network = $1 AND person = $2)");

const LINKS: Sql = sql("DELETE FROM board_links WHERE network = $1
     AND inquiry IN (SELECT inquiry FROM board_finds WHERE network = $1 AND person = $2)");

const PROOFS: Sql = sql("DELETE FROM board_proofs WHERE network = $1 AND person = $2");
const NEWEST: Sql = sql("DELETE FROM board_people WHERE network = $1 AND person = $2");
const DRILLS: Sql = sql("DELETE FROM board_drill_people WHERE network = $1 AND person = $2");

const FINDS: Sql = sql("UPDATE board_finds SET person = 0, forgotten_at = $3
     WHERE network = $1 AND person = $2");

/// Removes every row about the person, within the caller's transaction.
pub async fn forget_in(conn: &mut Conn, deed: &Deed, person: PersonId) -> Result<(), Error> {
    for statement in [MESSAGES, FINDERS, LINKS, PROOFS, NEWEST, DRILLS] {
        conn.exec(statement, &args![deed.network(), person]).await?;
    }
    let args = args![deed.network(), person, deed.at()];
    conn.exec(FINDS, &args).await.map(drop)
}
