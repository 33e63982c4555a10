//! The walk over whoever was changed, in the order of the change.

use std::collections::BTreeSet;

use db::{Conn, Row, Sql, Value, args, sql};

use crate::deed::Deed;
use crate::ids::PersonId;
use crate::people::rules::{Contacts, Identity, Kept, Refusal};
use crate::people::store::open_group;

const MARK: Sql = sql("SELECT updated_at, person FROM twin_walks WHERE network = $1");

const KEEP_MARK: Sql = sql(
    "INSERT INTO twin_walks (network, updated_at, person) VALUES ($1, $2, $3)
     ON CONFLICT (network) DO UPDATE SET updated_at = excluded.updated_at, person = excluded.person",
);

// $4: what was written in the last moments may not be all there yet.
const CHANGED: Sql = sql("SELECT updated_at, id FROM people
     WHERE network = $1 AND (updated_at, id) > ($2, $3) AND updated_at < $4
     ORDER BY updated_at, id LIMIT $5");

const COMPARED_16: Sql = sql(
    "SELECT id, identity_v, identity, contacts_v, contacts FROM people
     WHERE network = $1 AND merged_into IS NULL AND id IN
      ($2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)",
);

/// How far the walk is: the time of a change, and who among those changed then.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Mark {
    /// Milliseconds since 1970.
    pub updated_at: i64,
    /// The last one met.
    pub person: i64,
}

/// How far the walk is.
pub async fn mark(conn: &mut Conn, deed: &Deed) -> Result<Mark, Refusal> {
    let row = conn.one(MARK, &args![deed.network()]).await?;
    row.map_or(Ok(Mark::default()), read)
}

fn read(row: Row) -> Result<Mark, Refusal> {
    Ok(Mark {
        updated_at: row.int(0)?,
        person: row.int(1)?,
    })
}

/// Keeps how far the walk is.
pub async fn keep_mark(conn: &mut Conn, deed: &Deed, mark: Mark) -> Result<(), Refusal> {
    let args = args![deed.network(), mark.updated_at, mark.person];
    Ok(conn.exec_one(KEEP_MARK, &args).await?)
}

/// Who was changed after the mark and before `until`, in that order.
pub async fn list_changed(
    conn: &mut Conn,
    deed: &Deed,
    mark: Mark,
    until: i64,
    most: u32,
) -> Result<Vec<Mark>, Refusal> {
    let args = args![deed.network(), mark.updated_at, mark.person, until, most];
    let rows = conn.rows(CHANGED, &args).await?;
    rows.into_iter().map(read).collect()
}

/// What is compared of these people; whoever was merged into another is left out.
pub async fn list_compared(
    conn: &mut Conn,
    deed: &Deed,
    people: &BTreeSet<PersonId>,
) -> Result<Vec<(PersonId, Identity, Contacts)>, Refusal> {
    let ids: Vec<PersonId> = people.iter().copied().collect();
    let mut found = Vec::with_capacity(ids.len());
    for part in ids.chunks(16) {
        let last = part.last().into_iter().cycle();
        let mut args = vec![Value::from(deed.network())];
        args.extend(part.iter().chain(last).take(16).map(|id| Value::from(*id)));
        for mut row in conn.rows(COMPARED_16, &args).await? {
            let id = PersonId(row.int(0)?);
            let identity: Kept<Identity> = open_group(deed, id, &mut row, 1)?;
            let contacts: Kept<Contacts> = open_group(deed, id, &mut row, 3)?;
            found.push((id, identity.value, contacts.value));
        }
    }
    Ok(found)
}
