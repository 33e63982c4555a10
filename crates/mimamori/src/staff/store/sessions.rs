//! Sessions ↔ rows.

use db::{Conn, Error, Row, Sql, args, sql};
use jiff::Timestamp;

use crate::clock::instant;
use crate::deed::Deed;
use crate::ids::{CenterId, StaffId};
use crate::networks::Operator;
use crate::scope::{Role, Scope};
use crate::staff::rules::{Session, SessionCookie, SessionRow, Stage, Term};

const FIND: Sql = sql(
    "SELECT s.staff, s.stage, s.seen_at, f.role, f.center, f.card, f.version, n.idle_minutes, n.name,
            s.made_at, n.operator,
            CAST(CASE WHEN EXISTS (SELECT 1 FROM network_texts t WHERE t.network = s.network)
                 THEN 1 ELSE 0 END AS BIGINT),
            f.placed_at,
            (SELECT MIN(c.at) FROM center_contractors c
             WHERE c.network = f.network AND c.center = f.center AND c.ends = 1
               AND c.at > f.placed_at
               AND NOT EXISTS (SELECT 1 FROM contractor_stays y
                   WHERE y.network = c.network AND y.center = c.center AND y.at = c.at
                     AND y.staff = f.id))
     FROM sessions s
     JOIN staff f ON f.network = s.network AND f.id = s.staff
     JOIN networks n ON n.id = s.network
     WHERE s.network = $1 AND s.hash = $2 AND f.state = 'active'",
);

const TOUCH: Sql = sql("UPDATE sessions SET seen_at = $3 WHERE network = $1 AND hash = $2");

const INSERT: Sql = sql(
    "INSERT INTO sessions (network, hash, staff, stage, made_at, seen_at, origin, agent)
     VALUES ($1, $2, $3, $4, $5, $5, $6, $7)",
);

const LIST: Sql = sql("SELECT hash, stage, made_at, seen_at, origin, agent
     FROM sessions WHERE network = $1 AND staff = $2 ORDER BY seen_at DESC, made_at DESC");

const REMOVE: Sql = sql("DELETE FROM sessions WHERE network = $1 AND staff = $2 AND hash = $3");

const REMOVE_ALL: Sql = sql("DELETE FROM sessions WHERE network = $1 AND staff = $2");

const REMOVE_OTHERS: Sql =
    sql("DELETE FROM sessions WHERE network = $1 AND staff = $2 AND hash <> $3");

/// The session of a cookie, if there is one and its account is active.
pub async fn find_session(
    conn: &mut Conn,
    cookie: &SessionCookie,
) -> Result<Option<Session>, Error> {
    let row = conn.one(FIND, &args![cookie.network, cookie.hash]).await?;
    row.map(|row| session(row, cookie)).transpose()
}

fn session(mut row: Row, cookie: &SessionCookie) -> Result<Session, Error> {
    let role = Role::from_code(&row.text(3)?);
    let operator = Operator::from_code(&row.text(10)?);
    Ok(Session {
        network: cookie.network,
        hash: cookie.hash,
        staff: StaffId(row.int(0)?),
        stage: Stage::from_code(&row.text(1)?),
        made_at: instant(row.int(9)?),
        seen_at: instant(row.int(2)?),
        role: role.ok_or_else(|| Error::Shape("staff.role".to_owned()))?,
        center: row.maybe_int(4)?.map(CenterId),
        term: Term::of(row.int(12)?, row.maybe_int(13)?),
        card: row.blob(5)?,
        version: row.int(6)?,
        idle_minutes: row.int(7)?,
        network_name: row.text(8)?,
        operator: operator.ok_or_else(|| Error::Shape("networks.operator".to_owned()))?,
        own_words: row.int(11)? != 0,
    })
}

/// Writes down that the session was used now.
pub async fn touch_session(
    conn: &mut Conn,
    session: &Session,
    now: Timestamp,
) -> Result<(), Error> {
    let args = args![session.network, session.hash, now.as_millisecond()];
    conn.exec(TOUCH, &args).await.map(|_| ())
}

/// Keeps a new session, opened now from the deed's origin.
pub(in crate::staff) async fn insert_session(
    conn: &mut Conn,
    deed: &Deed,
    staff: StaffId,
    hash: [u8; 32],
    stage: Stage,
    agent: &str,
) -> Result<(), Error> {
    let origin = &deed.scope.origin;
    let args = args![
        deed.network(),
        hash,
        staff,
        stage.code(),
        deed.at(),
        origin,
        agent
    ];
    conn.exec_one(INSERT, &args).await
}

/// The sessions of an account, the last used first.
pub async fn list_sessions(
    conn: &mut Conn,
    scope: &Scope,
    staff: StaffId,
) -> Result<Vec<SessionRow>, Error> {
    let rows = conn.rows(LIST, &args![scope.network, staff]).await?;
    rows.into_iter().map(session_row).collect()
}

fn session_row(mut row: Row) -> Result<SessionRow, Error> {
    let hash = row.blob(0)?.try_into();
    Ok(SessionRow {
        hash: hash.map_err(|_| Error::Shape("sessions.hash".to_owned()))?,
        stage: Stage::from_code(&row.text(1)?),
        made_at: instant(row.int(2)?),
        seen_at: instant(row.int(3)?),
        origin: row.text(4)?,
        agent: row.text(5)?,
    })
}

/// Ends one session; how many there were.
pub(in crate::staff) async fn remove_session(
    conn: &mut Conn,
    deed: &Deed,
    staff: StaffId,
    hash: [u8; 32],
) -> Result<u64, Error> {
    conn.exec(REMOVE, &args![deed.network(), staff, hash]).await
}

/// Ends all sessions of an account.
pub(in crate::staff) async fn remove_sessions(
    conn: &mut Conn,
    deed: &Deed,
    staff: StaffId,
) -> Result<u64, Error> {
    conn.exec(REMOVE_ALL, &args![deed.network(), staff]).await
}

/// Ends all sessions of an account but this one.
pub(in crate::staff) async fn remove_other_sessions(
    conn: &mut Conn,
    deed: &Deed,
    staff: StaffId,
    hash: [u8; 32],
) -> Result<u64, Error> {
    conn.exec(REMOVE_OTHERS, &args![deed.network(), staff, hash])
        .await
}
