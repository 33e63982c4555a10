//! Erasing what was to be done about somebody.

use db::{Conn, Error, Sql, args, sql};

use crate::deed::Deed;
use crate::ids::PersonId;

const ACTS: Sql = sql("DELETE FROM task_acts WHERE network = $1
     AND task IN (SELECT id FROM tasks WHERE network = $1 AND person = $2)");

const TASKS: Sql = sql("DELETE FROM tasks WHERE network = $1 AND person = $2");

/// Erases every task about the person, with what was done.
pub async fn forget_in(conn: &mut Conn, deed: &Deed, person: PersonId) -> Result<(), Error> {
    for statement in [ACTS, TASKS] {
        conn.exec(statement, &args![deed.network(), person]).await?;
    }
    Ok(())
}

const ACTS_LINKED: Sql = sql("DELETE FROM task_acts WHERE network = $1
     AND task IN (SELECT id FROM tasks WHERE network = $1 AND link = $2)");

const LINKED: Sql = sql("DELETE FROM tasks WHERE network = $1 AND link = $2");

/// Erases every task that leads to an address, with what was done: what stood there is gone, and
/// whoever did the task may have written of whom it was about.
pub async fn forget_linked_in(conn: &mut Conn, deed: &Deed, link: &str) -> Result<(), Error> {
    for statement in [ACTS_LINKED, LINKED] {
        conn.exec(statement, &args![deed.network(), link]).await?;
    }
    Ok(())
}
