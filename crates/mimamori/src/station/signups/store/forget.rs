//! Forgetting: what was noted of a supporter who is erased, and guests once a town has kept them long
//! enough. That somebody had the place stays, as nobody's.

use db::{Conn, Sql, args, sql};
use jiff::civil::Date;

use super::rows::{close, signup};
use crate::clock::midnight;
use crate::deed::Deed;
use crate::ids::{PersonId, RowId, first_of};
use crate::people;
use crate::station::signups::rules::{Guest, Refusal, Signup, Who};
use crate::station::supporters;

const OF_SUPPORTER: Sql = sql(
    "SELECT id, day, number, supporter, state, until, told, center, task, kept, version
     FROM signups WHERE network = $1 AND supporter = $2",
);

// Sign-ups for days long past, some at a time; whoever signed up did so before the day was over. A guest who was forgotten stands under the sign-up itself.
const OLD: Sql = sql(
    "SELECT s.id, s.day, s.number, s.supporter, s.state, s.until, s.told, s.center, s.task, s.kept,
            s.version
     FROM signups s JOIN course_days d ON d.network = s.network AND d.id = s.day
     WHERE s.network = $1 AND s.id < $3 AND d.day < $2 AND s.told <> '' LIMIT 200",
);

const EMPTY: Sql = sql(
    "UPDATE signups SET who = COALESCE(supporter, id), told = '', code = NULL, kept = $3, version = $4
     WHERE network = $1 AND id = $2 AND version = $4 - 1",
);

const KEEP: Sql = sql("UPDATE signups SET kept = $3, version = $4
     WHERE network = $1 AND id = $2 AND version = $4 - 1");

async fn write(conn: &mut Conn, deed: &Deed, statement: Sql, of: &Signup) -> Result<(), Refusal> {
    let version = of.version + 1;
    let args = args![deed.network(), of.id, close(deed, of, version)?, version];
    match conn.exec(statement, &args).await? {
        1 => Ok(()),
        _ => Err(Refusal::Changed),
    }
}

/// Erases what was noted of whoever is this person of the register.
pub async fn forget_in(
    conn: &mut Conn,
    deed: &Deed,
    person: PersonId,
) -> Result<(), people::Refusal> {
    forget(conn, deed, person).await.map_err(below)
}

async fn forget(conn: &mut Conn, deed: &Deed, person: PersonId) -> Result<(), Refusal> {
    for supporter in supporters::list_of_person(conn, deed, person).await? {
        let args = args![deed.network(), supporter.id];
        for row in conn.rows(OF_SUPPORTER, &args).await? {
            let mut one = signup(deed, row)?;
            one.note.clear();
            write(conn, deed, KEEP, &one).await?;
        }
    }
    Ok(())
}

fn below(refusal: Refusal) -> people::Refusal {
    match refusal {
        Refusal::Db(error) => error.into(),
        Refusal::Seal(error) => error.into(),
        // Somebody saved in between: it is done again from its beginning.
        Refusal::Changed => db::Error::Changed.into(),
        _ => people::Refusal::NotFound,
    }
}

/// Forgets guests and notes of days before this one; gives the sign-ups.
pub async fn forget_before(conn: &mut Conn, deed: &Deed, day: Date) -> Result<Vec<RowId>, Refusal> {
    let args = args![deed.network(), day.to_string(), first_of(midnight(day))];
    let mut gone = Vec::new();
    for row in conn.rows(OLD, &args).await? {
        let mut one = signup(deed, row)?;
        if let Who::Guest(guest) = &mut one.who {
            *guest = Guest::default();
        }
        one.note.clear();
        write(conn, deed, EMPTY, &one).await?;
        gone.push(one.id);
    }
    Ok(gone)
}
