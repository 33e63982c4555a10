//! What was changed, by whom, from what to what.

use db::{Conn, Row, Sql, args, sql};

use super::people::actor_number;
use super::sealed::{close_change, open_change};
use crate::clock::instant;
use crate::deed::Deed;
use crate::ids::{PersonId, RowId, StaffId};
use crate::people::rules::{Change, Difference, Refusal, Saved};
use crate::scope::Actor;

const INSERT: Sql = sql(
    "INSERT INTO person_changes (network, person, id, at, actor_kind, actor, what, sealed)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
);

const LIST: Sql = sql(
    "SELECT id, at, actor_kind, actor, what, sealed FROM person_changes
     WHERE network = $1 AND person = $2 ORDER BY id DESC LIMIT $3",
);

const LAST: Sql = sql("SELECT at, actor_kind, actor FROM person_changes
     WHERE network = $1 AND person = $2 AND (what = $3 OR what = $4) ORDER BY id DESC LIMIT 1");

const LIST_SEALED: Sql =
    sql("SELECT id, sealed FROM person_changes WHERE network = $1 AND person = $2 ORDER BY id");

const RESEAL: Sql =
    sql("UPDATE person_changes SET sealed = $4 WHERE network = $1 AND person = $2 AND id = $3");

/// Keeps a change; nothing where nothing differs.
pub async fn insert(
    conn: &mut Conn,
    deed: &Deed,
    person: PersonId,
    what: &str,
    differences: &[Difference],
) -> Result<(), Refusal> {
    if differences.is_empty() {
        return Ok(());
    }
    let id = deed.new_id();
    let kind = match deed.scope.actor {
        Actor::Staff(_) => "staff",
        Actor::System(_) => "system",
        Actor::Program => "program",
        Actor::Public => "public",
    };
    let sealed = close_change(deed, person, id, differences)?;
    let (at, actor) = (deed.at(), actor_number(deed));
    let args = args![deed.network(), person, id, at, kind, actor, what, sealed];
    Ok(conn.exec_one(INSERT, &args).await?)
}

/// The newest changes of a person, newest first.
pub async fn list(
    conn: &mut Conn,
    deed: &Deed,
    person: PersonId,
    most: u32,
) -> Result<Vec<Change>, Refusal> {
    let rows = conn
        .rows(LIST, &args![deed.network(), person, most])
        .await?;
    let changes = rows.into_iter().map(|row| change(deed, person, row));
    changes.collect()
}

/// Who changed this last, and when; `what` is one code or another.
pub async fn find_last(
    conn: &mut Conn,
    deed: &Deed,
    person: PersonId,
    what: [&str; 2],
) -> Result<Option<Saved>, Refusal> {
    let args = args![deed.network(), person, what[0], what[1]];
    let row = conn.one(LAST, &args).await?;
    let saved = row.map(|mut row| {
        Ok(Saved {
            at: instant(row.int(0)?),
            by: actor(&row.text(1)?, row.int(2)?),
        })
    });
    saved.transpose()
}

fn actor(kind: &str, number: i64) -> Actor {
    match kind {
        "staff" => Actor::Staff(StaffId(number)),
        "system" => Actor::System(StaffId(number)),
        "public" => Actor::Public,
        _ => Actor::Program,
    }
}

fn change(deed: &Deed, person: PersonId, mut row: Row) -> Result<Change, Refusal> {
    let id = row.int(0)?;
    Ok(Change {
        id: RowId(id),
        at: instant(row.int(1)?),
        by: actor(&row.text(2)?, row.int(3)?),
        what: row.text(4)?,
        differences: open_change(deed, person, id, &row.blob(5)?)?,
    })
}

/// Seals every change of a person under the current key.
pub async fn reseal(conn: &mut Conn, deed: &Deed, person: PersonId) -> Result<(), Refusal> {
    let rows = conn
        .rows(LIST_SEALED, &args![deed.network(), person])
        .await?;
    for mut row in rows {
        let id = row.int(0)?;
        let differences = open_change(deed, person, id, &row.blob(1)?)?;
        let sealed = close_change(deed, person, id, &differences)?;
        conn.exec_one(RESEAL, &args![deed.network(), person, id, sealed])
            .await?;
    }
    Ok(())
}
