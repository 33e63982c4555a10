//! Accounts and sessions ↔ rows.

use db::{Conn, Error, Row, Sql, args, sql};
use jiff::Timestamp;

use super::rules::{Session, SessionCookie, Stage};
use crate::clock::instant;
use crate::ids::{CenterId, StaffId};
use crate::scope::Role;

const FIND_SESSION: Sql = sql(
    "SELECT s.staff, s.stage, s.seen_at, f.role, f.center, f.card, f.version, n.idle_minutes, n.name
     FROM sessions s
     JOIN staff f ON f.network = s.network AND f.id = s.staff
     JOIN networks n ON n.id = s.network
     WHERE s.network = $1 AND s.hash = $2 AND f.state = 'active'",
);

const TOUCH_SESSION: Sql = sql("UPDATE sessions SET seen_at = $3 WHERE network = $1 AND hash = $2");

/// The session of a cookie, if there is one and its account is active.
pub async fn find_session(
    conn: &mut Conn,
    cookie: &SessionCookie,
) -> Result<Option<Session>, Error> {
    let row = conn
        .one(FIND_SESSION, &args![cookie.network, cookie.hash])
        .await?;
    row.map(|mut row| session(&mut row, cookie)).transpose()
}

fn session(row: &mut Row, cookie: &SessionCookie) -> Result<Session, Error> {
    let role = Role::from_code(&row.text(3)?).ok_or(Error::Shape("staff.role".to_owned()))?;
    let stage = if row.text(1)? == Stage::Full.code() {
        Stage::Full
    } else {
        Stage::Half
    };
    Ok(Session {
        network: cookie.network,
        hash: cookie.hash,
        staff: StaffId(row.int(0)?),
        stage,
        seen_at: instant(row.int(2)?),
        role,
        center: row.maybe_int(4)?.map(CenterId),
        card: row.blob(5)?,
        version: row.int(6)?,
        idle_minutes: row.int(7)?,
        network_name: row.text(8)?,
    })
}

/// Writes down that the session was used now.
pub async fn touch_session(
    conn: &mut Conn,
    session: &Session,
    now: Timestamp,
) -> Result<(), Error> {
    let args = args![session.network, session.hash, now.as_millisecond()];
    conn.exec(TOUCH_SESSION, &args).await.map(|_| ())
}
