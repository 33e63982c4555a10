//! Steps ↔ rows.

use db::{Conn, Row, Sql, args, sql};
use seal::Place;

use super::{close, open, place, shape};
use crate::clock::instant;
use crate::deed::Deed;
use crate::ids::{NoticeId, StaffId};
use crate::notices::rules::{Refusal, Step, StepKind};

const INSERT: Sql = sql(
    "INSERT INTO notice_steps (network, notice, id, at, by, kind, words)
     VALUES ($1, $2, $3, $4, $5, $6, $7)",
);

const LIST: Sql = sql("SELECT id, at, by, kind, words FROM notice_steps
     WHERE network = $1 AND notice = $2 ORDER BY id DESC");

pub(super) const fn step_place(id: i64) -> Place {
    place("notice_steps", "words", id)
}

/// Keeps what was done.
pub async fn insert_step(
    conn: &mut Conn,
    deed: &Deed,
    notice: NoticeId,
    kind: StepKind,
    words: &str,
) -> Result<(), Refusal> {
    let id = deed.new_id();
    let by = deed.scope.actor.account().map_or(0, |staff| staff.0);
    let args = args![
        deed.network(),
        notice,
        id,
        deed.at(),
        by,
        kind.code(),
        close(deed, &step_place(id), &words)?
    ];
    Ok(conn.exec_one(INSERT, &args).await?)
}

/// What was done about a notice, the newest first. Whoever may see the notice may see them.
pub async fn list_steps(
    conn: &mut Conn,
    deed: &Deed,
    notice: NoticeId,
) -> Result<Vec<Step>, Refusal> {
    let rows = conn.rows(LIST, &args![deed.network(), notice]).await?;
    rows.into_iter()
        .map(|mut row| step(deed, &mut row))
        .collect()
}

fn step(deed: &Deed, row: &mut Row) -> Result<Step, Refusal> {
    let by = row.int(2)?;
    Ok(Step {
        at: instant(row.int(1)?),
        by: (by != 0).then_some(StaffId(by)),
        kind: StepKind::from_code(&row.text(3)?).ok_or_else(|| shape("notice_steps.kind"))?,
        words: open(deed, &step_place(row.int(0)?), &row.blob(4)?)?,
    })
}
