//! The files of a run ↔ rows.

use db::{Conn, Row, Sql, args, sql};
use seal::{Place, SealError};

use crate::deed::Deed;
use crate::ids::RowId;
use crate::papers::rules::{Listed, Part, Refusal};

const INSERT: Sql = sql(
    "INSERT INTO paper_parts (network, run, number, count, pages, listed, pdf)
     VALUES ($1, $2, $3, $4, 0, $5, $6)",
);

const LIST: Sql = sql("SELECT number, count, pages, listed FROM paper_parts
     WHERE network = $1 AND run = $2 ORDER BY number");

const FIND_PDF: Sql = sql("SELECT pdf FROM paper_parts
     WHERE network = $1 AND run = $2 AND number = $3 AND pages > 0");

const SAVE_MADE: Sql = sql("UPDATE paper_parts SET pages = $4, listed = $5, pdf = $6
     WHERE network = $1 AND run = $2 AND number = $3 AND pages = 0");

/// Where a column of a part is sealed; its number takes the version's place.
pub(super) fn place(run: RowId, number: i64, column: &'static str) -> Place {
    Place {
        table: "paper_parts",
        column,
        row: run.0,
        version: number,
    }
}

fn close(deed: &Deed, run: RowId, number: i64, listed: &Listed) -> Result<Vec<u8>, SealError> {
    let plain = serde_json::to_vec(listed).map_err(|_| SealError::Malformed)?;
    let place = place(run, number, "listed");
    Ok(deed.keys.seal(&place, &plain, &mut deed.dice.clone()))
}

/// Whom a part is for.
pub(super) fn open_listed(
    deed: &Deed,
    run: RowId,
    number: i64,
    sealed: &[u8],
) -> Result<Listed, SealError> {
    let plain = deed.keys.open(&place(run, number, "listed"), sealed)?;
    serde_json::from_slice(&plain).map_err(|_| SealError::Malformed)
}

/// Keeps a part to be made.
pub async fn insert_part(
    conn: &mut Conn,
    deed: &Deed,
    run: RowId,
    number: i64,
    listed: &Listed,
) -> Result<(), Refusal> {
    let sealed = close(deed, run, number, listed)?;
    let count = i64::try_from(listed.items.len()).unwrap_or(i64::MAX);
    let args = args![deed.network(), run, number, count, sealed, Vec::<u8>::new()];
    Ok(conn.exec_one(INSERT, &args).await?)
}

/// The parts of a run, without their bytes.
pub async fn list_parts(conn: &mut Conn, deed: &Deed, run: RowId) -> Result<Vec<Part>, Refusal> {
    let rows = conn.rows(LIST, &args![deed.network(), run]).await?;
    let part = |mut row: Row| -> Result<Part, Refusal> {
        let number = row.int(0)?;
        Ok(Part {
            number,
            count: row.int(1)?,
            pages: row.int(2)?,
            listed: open_listed(deed, run, number, &row.blob(3)?)?,
        })
    };
    rows.into_iter().map(part).collect()
}

/// The bytes of a part that is made.
pub async fn find_pdf(
    conn: &mut Conn,
    deed: &Deed,
    run: RowId,
    number: i64,
) -> Result<Option<Vec<u8>>, Refusal> {
    let row = conn
        .one(FIND_PDF, &args![deed.network(), run, number])
        .await?;
    let Some(mut row) = row else { return Ok(None) };
    let pdf = deed.keys.open(&place(run, number, "pdf"), &row.blob(0)?)?;
    Ok(Some(pdf.to_vec()))
}

/// Keeps a part that was made; `false` where somebody else made it meanwhile.
pub async fn save_made(
    conn: &mut Conn,
    deed: &Deed,
    run: RowId,
    part: &Part,
    pdf: &[u8],
) -> Result<bool, Refusal> {
    let listed = close(deed, run, part.number, &part.listed)?;
    let place = place(run, part.number, "pdf");
    let sealed = deed.keys.seal(&place, pdf, &mut deed.dice.clone());
    let args = args![deed.network(), run, part.number, part.pages, listed, sealed];
    Ok(conn.exec(SAVE_MADE, &args).await? == 1)
}
