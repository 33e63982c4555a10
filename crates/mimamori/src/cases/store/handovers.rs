//! Hand-overs ↔ rows.

use db::{Conn, Row, Sql, args, sql};
use seal::Place;

use super::{close, open, shape, who};
use crate::cases::rules::{Handover, HandoverState, How, Refusal};
use crate::clock::instant;
use crate::deed::Deed;
use crate::ids::{CaseId, CenterId, RowId, StaffId, TaskId};

macro_rules! select {
    ($rest:literal) => {
        sql(concat!(
            "SELECT id, case_id, kind, state, from_center, to_center, organisation, consent,
                    overridden, task, made_at, made_by, decided_at, decided_by, told, version
             FROM case_handovers ",
            $rest
        ))
    };
}

const FIND: Sql = select!("WHERE network = $1 AND id = $2");

const OF_CASE: Sql = select!("WHERE network = $1 AND case_id = $2 ORDER BY id DESC LIMIT 100");

const INCOMING: Sql =
    select!("WHERE network = $1 AND to_center = $2 AND state = 'offered' ORDER BY id LIMIT 100");

const OUTGOING: Sql = select!(
    "WHERE network = $1 AND from_center = $2 AND kind = 'transfer'
       AND state IN ('offered', 'declined') ORDER BY id DESC LIMIT 100"
);

const INSERT: Sql = sql(
    "INSERT INTO case_handovers (network, id, case_id, kind, state, from_center, to_center,
        organisation, consent, overridden, task, made_at, made_by, decided_at, decided_by, told,
        version)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, NULL, NULL, $14, 1)",
);

const SAVE: Sql = sql("UPDATE case_handovers
     SET state = $3, task = $4, decided_at = $5, decided_by = $6, told = $7, version = version + 1
     WHERE network = $1 AND id = $2 AND version = $8");

pub(super) fn place(id: RowId, version: i64) -> Place {
    Place {
        table: "case_handovers",
        column: "told",
        row: id.0,
        version,
    }
}

fn handover(deed: &Deed, mut row: Row) -> Result<Handover, Refusal> {
    let (id, version, by) = (RowId(row.int(0)?), row.int(15)?, row.int(11)?);
    let decided = row.maybe_int(12)?.zip(row.maybe_int(13)?);
    Ok(Handover {
        id,
        case: CaseId(row.int(1)?),
        how: How::from_code(&row.text(2)?).ok_or_else(|| shape("case_handovers.kind"))?,
        state: HandoverState::from_code(&row.text(3)?)
            .ok_or_else(|| shape("case_handovers.state"))?,
        from_center: CenterId(row.int(4)?),
        to_center: row.maybe_int(5)?.map(CenterId),
        organisation: row.maybe_int(6)?.map(RowId),
        consent: row.maybe_int(7)?.map(RowId),
        overridden: row.int(8)? == 1,
        task: row.maybe_int(9)?.map(TaskId),
        made_at: instant(row.int(10)?),
        made_by: (by != 0).then_some(StaffId(by)),
        decided: decided.map(|(at, by)| (instant(at), StaffId(by))),
        told: open(deed, &place(id, version), &row.blob(14)?)?,
        version,
    })
}

/// The hand-over, whoever asks; the act asks who may.
pub async fn find_handover(conn: &mut Conn, deed: &Deed, id: RowId) -> Result<Handover, Refusal> {
    let row = conn.one(FIND, &args![deed.network(), id]).await?;
    handover(deed, row.ok_or(Refusal::NotFound)?)
}

/// Those of a case, the newest first.
pub async fn list_handovers(
    conn: &mut Conn,
    deed: &Deed,
    case: CaseId,
) -> Result<Vec<Handover>, Refusal> {
    let rows = conn.rows(OF_CASE, &args![deed.network(), case]).await?;
    rows.into_iter().map(|row| handover(deed, row)).collect()
}

/// Those that wait for a center's answer.
pub async fn list_incoming(
    conn: &mut Conn,
    deed: &Deed,
    center: CenterId,
) -> Result<Vec<Handover>, Refusal> {
    let rows = conn.rows(INCOMING, &args![deed.network(), center]).await?;
    rows.into_iter().map(|row| handover(deed, row)).collect()
}

/// Those that a center offered and that were not taken. What was taken is not its own any more.
pub async fn list_outgoing(
    conn: &mut Conn,
    deed: &Deed,
    center: CenterId,
) -> Result<Vec<Handover>, Refusal> {
    let rows = conn.rows(OUTGOING, &args![deed.network(), center]).await?;
    rows.into_iter().map(|row| handover(deed, row)).collect()
}

/// Keeps a new one.
pub async fn insert_handover(conn: &mut Conn, deed: &Deed, new: &Handover) -> Result<(), Refusal> {
    let args = args![
        deed.network(),
        new.id,
        new.case,
        new.how.code(),
        new.state.code(),
        new.from_center,
        new.to_center,
        new.organisation,
        new.consent,
        i64::from(new.overridden),
        new.task,
        deed.at(),
        who(deed),
        close(deed, &place(new.id, 1), &new.told)?
    ];
    Ok(conn.exec_one(INSERT, &args).await?)
}

/// Keeps where it stands upon the version that was read.
pub async fn save_handover(conn: &mut Conn, deed: &Deed, one: &Handover) -> Result<(), Refusal> {
    let args = args![
        deed.network(),
        one.id,
        one.state.code(),
        one.task,
        one.decided.map(|(at, _)| at.as_millisecond()),
        one.decided.map(|(_, by)| by),
        close(deed, &place(one.id, one.version + 1), &one.told)?,
        one.version
    ];
    match conn.exec(SAVE, &args).await? {
        1 => Ok(()),
        _ => Err(Refusal::Changed),
    }
}
