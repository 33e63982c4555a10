//! Sealing cases and all that belongs to them anew, after the town's key was changed.

use db::{Conn, Sql, args, sql};
use seal::Place;

use super::{cases, documents, entries, handovers, people};
use crate::deed::{Deed, Moved, Unmoved};
use crate::ids::{CaseId, RowId};

// Each with all that belongs to it: some 200 rows.
const AFTER: Sql = sql("SELECT id, version, body FROM cases
     WHERE network = $1 AND id > $2 ORDER BY id LIMIT 10");

const SAVE: Sql = sql("UPDATE cases SET body = $4 WHERE network = $1 AND id = $2 AND version = $3");

const PEOPLE: Sql = sql("SELECT id, version, whose FROM case_people
     WHERE network = $1 AND case_id = $2 ORDER BY id");

const SAVE_PERSON: Sql =
    sql("UPDATE case_people SET whose = $4 WHERE network = $1 AND id = $2 AND version = $3");

pub(super) const ENTRIES: Sql = sql("SELECT id, version, body FROM case_entries
     WHERE network = $1 AND case_id = $2 ORDER BY id");

pub(super) const SAVE_ENTRY: Sql =
    sql("UPDATE case_entries SET body = $4 WHERE network = $1 AND id = $2 AND version = $3");

pub(super) const HANDOVERS: Sql = sql("SELECT id, version, told FROM case_handovers
     WHERE network = $1 AND case_id = $2 ORDER BY id");

pub(super) const SAVE_HANDOVER: Sql =
    sql("UPDATE case_handovers SET told = $4 WHERE network = $1 AND id = $2 AND version = $3");

pub(super) const DOCUMENTS: Sql = sql("SELECT id, head FROM case_documents
     WHERE network = $1 AND case_id = $2 ORDER BY id");

pub(super) const SAVE_HEAD: Sql =
    sql("UPDATE case_documents SET head = $3 WHERE network = $1 AND id = $2");

const PARTS: Sql = sql("SELECT number, bytes FROM case_document_parts
     WHERE network = $1 AND document = $2 ORDER BY number");

const SAVE_PART: Sql = sql("UPDATE case_document_parts SET bytes = $4
     WHERE network = $1 AND document = $2 AND number = $3");

/// Where a row is sealed, by its id and version.
pub(super) type PlaceOf = fn(RowId, i64) -> Place;

/// Seals the next cases under the current key, with all that belongs to them.
pub async fn reseal_some(conn: &mut Conn, deed: &Deed, after: i64) -> Result<Moved, Unmoved> {
    let mut moved = Moved::default();
    for mut row in conn.rows(AFTER, &args![deed.network(), after]).await? {
        let (id, version) = (CaseId(row.int(0)?), row.int(1)?);
        moved.next = Some(id.0);
        if let Some(fresh) = deed.resealed(&cases::body_place(id, version), &row.blob(2)?)? {
            let args = args![deed.network(), id, version, fresh];
            moved.rows += conn.exec(SAVE, &args).await?;
        }
        let rows: [(Sql, Sql, PlaceOf); 3] = [
            (PEOPLE, SAVE_PERSON, people::whose_place),
            (ENTRIES, SAVE_ENTRY, entries::place),
            (HANDOVERS, SAVE_HANDOVER, handovers::place),
        ];
        for (read, save, place) in rows {
            moved.rows += below(conn, deed, id, (read, save), place).await?;
        }
        moved.rows += all_documents(conn, deed, id).await?;
    }
    Ok(moved)
}

async fn below(
    conn: &mut Conn,
    deed: &Deed,
    case: CaseId,
    (read, save): (Sql, Sql),
    place: PlaceOf,
) -> Result<u64, Unmoved> {
    let mut moved = 0;
    for mut row in conn.rows(read, &args![deed.network(), case]).await? {
        let (id, version) = (RowId(row.int(0)?), row.int(1)?);
        if let Some(fresh) = deed.resealed(&place(id, version), &row.blob(2)?)? {
            let args = args![deed.network(), id, version, fresh];
            moved += conn.exec(save, &args).await?;
        }
    }
    Ok(moved)
}

async fn all_documents(conn: &mut Conn, deed: &Deed, case: CaseId) -> Result<u64, Unmoved> {
    let mut moved = 0;
    for mut row in conn.rows(DOCUMENTS, &args![deed.network(), case]).await? {
        let id = RowId(row.int(0)?);
        if let Some(fresh) = deed.resealed(&documents::head_place(id), &row.blob(1)?)? {
            moved += conn
                .exec(SAVE_HEAD, &args![deed.network(), id, fresh])
                .await?;
        }
        for mut row in conn.rows(PARTS, &args![deed.network(), id]).await? {
            let number = row.int(0)?;
            let place = documents::part_place(id, number);
            if let Some(fresh) = deed.resealed(&place, &row.blob(1)?)? {
                let args = args![deed.network(), id, number, fresh];
                moved += conn.exec(SAVE_PART, &args).await?;
            }
        }
    }
    Ok(moved)
}
