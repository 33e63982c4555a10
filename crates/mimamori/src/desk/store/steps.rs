//! Steps ↔ rows.

use db::{Conn, Row, Sql, args, sql};
use seal::{Place, SealError};

use super::{kept, shape, staff_of};
use crate::clock::instant;
use crate::deed::Deed;
use crate::desk::rules::{Refusal, Step, StepKind};
use crate::ids::{InquiryId, RowId};

const INSERT: Sql = sql(
    "INSERT INTO inquiry_steps (network, inquiry, id, at, by, kind, contact, outcome, words)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
);

const LIST: Sql = sql(
    "SELECT id, at, by, kind, contact, outcome, words FROM inquiry_steps
     WHERE network = $1 AND inquiry = $2 ORDER BY id",
);

pub(super) fn place(id: RowId) -> Place {
    Place {
        table: "inquiry_steps",
        column: "words",
        row: id.0,
        version: 0,
    }
}

/// Keeps a step.
pub async fn insert_step(
    conn: &mut Conn,
    deed: &Deed,
    inquiry: InquiryId,
    step: &Step,
) -> Result<(), Refusal> {
    let words = serde_json::to_vec(&step.said).map_err(|_| SealError::Malformed)?;
    let contact = step.contact.and_then(|at| i64::try_from(at).ok());
    let args = args![
        deed.network(),
        inquiry,
        step.id,
        step.at.as_millisecond(),
        kept(step.by),
        step.kind.code(),
        contact,
        &step.outcome,
        deed.keys
            .seal(&place(step.id), &words, &mut deed.dice.clone())
    ];
    Ok(conn.exec_one(INSERT, &args).await?)
}

/// What was done, the oldest first.
pub async fn list_steps(
    conn: &mut Conn,
    deed: &Deed,
    inquiry: InquiryId,
) -> Result<Vec<Step>, Refusal> {
    let rows = conn.rows(LIST, &args![deed.network(), inquiry]).await?;
    rows.into_iter().map(|row| step(deed, row)).collect()
}

fn step(deed: &Deed, mut row: Row) -> Result<Step, Refusal> {
    let id = RowId(row.int(0)?);
    let words = deed.keys.open(&place(id), &row.blob(6)?)?;
    let kind = StepKind::from_code(&row.text(3)?).ok_or_else(|| shape("inquiry_steps.kind"))?;
    let said = serde_json::from_slice(&words).map_err(|_| SealError::Malformed)?;
    let contact = row.maybe_int(4)?.and_then(|at| usize::try_from(at).ok());
    let by = staff_of(row.int(2)?);
    let outcome = row.text(5)?;
    Ok(Step {
        contact,
        outcome,
        ..Step::new(id, instant(row.int(1)?), by, kind, said)
    })
}
