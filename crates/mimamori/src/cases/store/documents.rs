//! Files of a case ↔ rows, their bytes in parts.

use db::{Conn, Row, Sql, args, sql};
use seal::Place;

use super::{close, open, who};
use crate::cases::rules::{Document, DocumentHead, Refusal};
use crate::clock::instant;
use crate::deed::Deed;
use crate::ids::{CaseId, RowId, StaffId};

/// Bytes of one part: a row that a rotation seals anew in a moment.
const PART: usize = 1024 * 1024;

const FIND: Sql = sql(
    "SELECT id, case_id, made_at, made_by, head FROM case_documents
     WHERE network = $1 AND case_id = $2 AND id = $3",
);

const LIST: Sql = sql(
    "SELECT id, case_id, made_at, made_by, head FROM case_documents
     WHERE network = $1 AND case_id = $2 ORDER BY id DESC LIMIT 500",
);

const INSERT: Sql = sql(
    "INSERT INTO case_documents (network, id, case_id, made_at, made_by, head)
     VALUES ($1, $2, $3, $4, $5, $6)",
);

const INSERT_PART: Sql = sql(
    "INSERT INTO case_document_parts (network, document, number, bytes)
     VALUES ($1, $2, $3, $4)",
);

const PARTS: Sql = sql("SELECT number, bytes FROM case_document_parts
     WHERE network = $1 AND document = $2 ORDER BY number");

const REMOVE_PARTS: Sql =
    sql("DELETE FROM case_document_parts WHERE network = $1 AND document = $2");

const REMOVE: Sql = sql("DELETE FROM case_documents WHERE network = $1 AND id = $2");

pub(super) fn head_place(id: RowId) -> Place {
    Place {
        table: "case_documents",
        column: "head",
        row: id.0,
        version: 0,
    }
}

/// Where a part is sealed; its number takes the version's place.
pub(super) fn part_place(document: RowId, number: i64) -> Place {
    Place {
        table: "case_document_parts",
        column: "bytes",
        row: document.0,
        version: number,
    }
}

fn document(deed: &Deed, mut row: Row) -> Result<Document, Refusal> {
    let (id, by) = (RowId(row.int(0)?), row.int(3)?);
    Ok(Document {
        id,
        case: CaseId(row.int(1)?),
        made_at: instant(row.int(2)?),
        made_by: (by != 0).then_some(StaffId(by)),
        head: open(deed, &head_place(id), &row.blob(4)?)?,
    })
}

/// Those of a case, the newest first, without their bytes.
pub async fn list_documents(
    conn: &mut Conn,
    deed: &Deed,
    case: CaseId,
) -> Result<Vec<Document>, Refusal> {
    let rows = conn.rows(LIST, &args![deed.network(), case]).await?;
    rows.into_iter().map(|row| document(deed, row)).collect()
}

/// One of a case with its bytes.
pub async fn find_document(
    conn: &mut Conn,
    deed: &Deed,
    case: CaseId,
    id: RowId,
) -> Result<(Document, Vec<u8>), Refusal> {
    let row = conn.one(FIND, &args![deed.network(), case, id]).await?;
    let document = document(deed, row.ok_or(Refusal::NotFound)?)?;
    let mut bytes = Vec::new();
    for mut row in conn.rows(PARTS, &args![deed.network(), id]).await? {
        let place = part_place(id, row.int(0)?);
        bytes.extend_from_slice(&deed.keys.open(&place, &row.blob(1)?)?);
    }
    Ok((document, bytes))
}

/// Keeps a file.
pub async fn insert_document(
    conn: &mut Conn,
    deed: &Deed,
    case: CaseId,
    head: &DocumentHead,
    bytes: &[u8],
) -> Result<RowId, Refusal> {
    let id = RowId(deed.new_id());
    let sealed = close(deed, &head_place(id), head)?;
    let args = args![deed.network(), id, case, deed.at(), who(deed), sealed];
    conn.exec_one(INSERT, &args).await?;
    for (part, number) in bytes.chunks(PART).zip(1_i64..) {
        let place = part_place(id, number);
        let sealed = deed.keys.seal(&place, part, &mut deed.dice.clone());
        let args = args![deed.network(), id, number, sealed];
        conn.exec_one(INSERT_PART, &args).await?;
    }
    Ok(id)
}

/// Removes a file.
pub async fn remove_document(conn: &mut Conn, deed: &Deed, id: RowId) -> Result<(), Refusal> {
    conn.exec(REMOVE_PARTS, &args![deed.network(), id]).await?;
    conn.exec(REMOVE, &args![deed.network(), id]).await?;
    Ok(())
}
