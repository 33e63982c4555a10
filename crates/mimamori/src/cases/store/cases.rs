//! One case ↔ its row.

use db::{Conn, Row, Sql, args, sql};
use seal::Place;

use super::{close, open, shape, who};
use crate::cases::rules::{Access, Body, Case, NewCase, Origin, Refusal, State, day_number};
use crate::clock::{in_japan, instant};
use crate::deed::Deed;
use crate::ids::{CaseId, CenterId, StaffId, TaskId};
use crate::scope::Actor;

const FIND: Sql = sql(
    "SELECT id, number, center, lead, second, access, state, opened_at, closed_at, touched_day,
            quiet_days, moved_task, body, version
     FROM cases WHERE network = $1 AND id = $2",
);

const ID_OF_NUMBER: Sql = sql("SELECT id FROM cases WHERE network = $1 AND number = $2");

// Named now, and not only once.
const IS_NAMED: Sql = sql("SELECT id FROM case_entries
     WHERE network = $1 AND case_id = $2 AND kind = 'viewer' AND state = 'on'
       AND staff = $3 AND day >= $4 LIMIT 1");

const COUNT_UP: Sql = sql("INSERT INTO case_numbers (network, last) VALUES ($1, 1)
     ON CONFLICT (network) DO UPDATE SET last = case_numbers.last + 1");

const LAST: Sql = sql("SELECT last FROM case_numbers WHERE network = $1");

const INSERT: Sql = sql(
    "INSERT INTO cases (network, id, number, center, lead, second, access, state, opened_at,
                        opened_by, closed_at, touched_day, quiet_days, moved_task, origin, body,
                        version)
     VALUES ($1, $2, $3, $4, $5, NULL, $6, 'open', $7, $8, NULL, $9, NULL, NULL, $10, $11, 1)",
);

const SAVE: Sql = sql(
    "UPDATE cases SET center = $3, lead = $4, second = $5, access = $6, state = $7, closed_at = $8,
            touched_day = $9, quiet_days = $10, moved_task = $11, body = $12, version = version + 1
     WHERE network = $1 AND id = $2 AND version = $13",
);

pub(super) fn body_place(id: CaseId, version: i64) -> Place {
    Place {
        table: "cases",
        column: "body",
        row: id.0,
        version,
    }
}

/// What the cases of a notice or a consultation are found by.
pub(super) fn origin_token(deed: &Deed, origin: Origin) -> i64 {
    let (kind, id) = (origin.kind.code().as_bytes(), origin.id.0.to_be_bytes());
    deed.lasting_token(&[b"case origin", kind, &id])
}

/// A case of a row that begins with its columns.
pub(super) fn case(deed: &Deed, row: &mut Row) -> Result<Case, Refusal> {
    let (id, version) = (CaseId(row.int(0)?), row.int(13)?);
    let since = jiff::civil::date(1970, 1, 1);
    Ok(Case {
        id,
        number: row.int(1)?,
        center: CenterId(row.int(2)?),
        lead: row.maybe_int(3)?.map(StaffId),
        second: row.maybe_int(4)?.map(StaffId),
        access: Access::from_code(&row.text(5)?).ok_or_else(|| shape("cases.access"))?,
        state: State::from_code(&row.text(6)?).ok_or_else(|| shape("cases.state"))?,
        opened_at: instant(row.int(7)?),
        closed_at: row.maybe_int(8)?.map(instant),
        touched: since.saturating_add(jiff::Span::new().days(row.int(9)?.clamp(0, 100_000))),
        quiet_days: row.maybe_int(10)?,
        moved_task: row.maybe_int(11)?.map(TaskId),
        body: open(deed, &body_place(id, version), &row.blob(12)?)?,
        version,
    })
}

/// The case, if this scope may see it; whatever it may not see is not there.
pub async fn find(conn: &mut Conn, deed: &Deed, id: CaseId) -> Result<Case, Refusal> {
    let case = find_as_program(conn, deed, id).await?;
    match may_see(conn, deed, &case).await? {
        true => Ok(case),
        false => Err(Refusal::NotFound),
    }
}

/// The case, whoever asks: for hand-overs, whose receiver does not see it yet, and for what the
/// program does by itself.
pub async fn find_as_program(conn: &mut Conn, deed: &Deed, id: CaseId) -> Result<Case, Refusal> {
    let row = conn.one(FIND, &args![deed.network(), id]).await?;
    case(deed, &mut row.ok_or(Refusal::NotFound)?)
}

/// The case of a number, if this scope may see it.
pub async fn find_by_number(conn: &mut Conn, deed: &Deed, number: i64) -> Result<Case, Refusal> {
    let row = conn
        .one(ID_OF_NUMBER, &args![deed.network(), number])
        .await?;
    let id = CaseId(row.ok_or(Refusal::NotFound)?.int(0)?);
    find(conn, deed, id).await
}

/// Whether the scope may see it now.
pub async fn may_see(conn: &mut Conn, deed: &Deed, case: &Case) -> Result<bool, Refusal> {
    if case.is_for(&deed.scope, false) {
        return Ok(true);
    }
    // A name helps only where the rest would do.
    let Actor::Staff(me) = deed.scope.actor else {
        return Ok(false);
    };
    if !case.is_for(&deed.scope, true) {
        return Ok(false);
    }
    let today = in_japan(deed.now).date().to_string();
    let named = conn
        .one(IS_NAMED, &args![deed.network(), case.id, me, today])
        .await?;
    Ok(named.is_some())
}

/// The next number of the town.
pub async fn next_number(conn: &mut Conn, deed: &Deed) -> Result<i64, Refusal> {
    conn.exec_one(COUNT_UP, &args![deed.network()]).await?;
    let row = conn.one(LAST, &args![deed.network()]).await?;
    Ok(row.ok_or_else(|| shape("case_numbers"))?.int(0)?)
}

/// Keeps a new case.
pub async fn insert(
    conn: &mut Conn,
    deed: &Deed,
    (id, number): (CaseId, i64),
    new: &NewCase,
) -> Result<(), Refusal> {
    let args = args![
        deed.network(),
        id,
        number,
        new.center,
        new.lead,
        new.access.code(),
        deed.at(),
        who(deed),
        day_number(in_japan(deed.now).date()),
        new.body.origin.map(|origin| origin_token(deed, origin)),
        close::<Body>(deed, &body_place(id, 1), &new.body)?
    ];
    Ok(conn.exec_one(INSERT, &args).await?)
}

/// Keeps a case upon the version that was read.
pub async fn save(conn: &mut Conn, deed: &Deed, case: &Case) -> Result<(), Refusal> {
    let place = body_place(case.id, case.version + 1);
    let args = args![
        deed.network(),
        case.id,
        case.center,
        case.lead,
        case.second,
        case.access.code(),
        case.state.code(),
        case.closed_at.map(|at| at.as_millisecond()),
        day_number(case.touched),
        case.quiet_days,
        case.moved_task,
        close(deed, &place, &case.body)?,
        case.version
    ];
    match conn.exec(SAVE, &args).await? {
        1 => Ok(()),
        _ => Err(Refusal::Changed),
    }
}
