//! Programs and their tokens ↔ rows.

use db::{Conn, Error, Row, Sql, args, sql};
use jiff::Timestamp;

use super::rules::{Addresses, Bearer, Entered, Grants, System, Token};
use crate::clock::instant;
use crate::deed::Deed;
use crate::ids::{CenterId, RowId, StaffId};
use crate::networks::Operator;
use crate::scope::{Role, Scope};
use crate::staff::{Session, Stage, Term};

const ENTERED: Sql = sql(
    "SELECT t.id, t.system, t.made_at, t.ends_at, t.seen_at, t.revoked_at,
            s.grants, s.addresses, s.per_minute,
            f.role, f.center, f.card, f.version, f.state, n.name, n.operator,
            CAST(CASE WHEN EXISTS (SELECT 1 FROM network_texts x WHERE x.network = t.network)
                 THEN 1 ELSE 0 END AS BIGINT),
            f.placed_at,
            (SELECT MIN(c.at) FROM center_contractors c
             WHERE c.network = f.network AND c.center = f.center AND c.ends = 1
               AND c.at > f.placed_at
               AND NOT EXISTS (SELECT 1 FROM contractor_stays y
                   WHERE y.network = c.network AND y.center = c.center AND y.at = c.at
                     AND y.staff = f.id))
     FROM system_tokens t
     JOIN systems s ON s.network = t.network AND s.id = t.system
     JOIN staff f ON f.network = t.network AND f.id = t.system
     JOIN networks n ON n.id = t.network
     WHERE t.network = $1 AND t.hash = $2",
);

const TOUCH: Sql = sql("UPDATE system_tokens SET seen_at = $3 WHERE network = $1 AND id = $2");

macro_rules! select {
    ($rest:literal) => {
        sql(concat!(
            "SELECT id, grants, addresses, per_minute, version FROM systems ",
            $rest
        ))
    };
}

const FIND: Sql = select!("WHERE network = $1 AND id = $2");

const LIST: Sql = select!("WHERE network = $1 ORDER BY id");

const INSERT: Sql = sql(
    "INSERT INTO systems (network, id, grants, addresses, per_minute, made_at, version)
     VALUES ($1, $2, $3, $4, $5, $6, 1)",
);

const SAVE: Sql = sql(
    "UPDATE systems SET grants = $3, addresses = $4, per_minute = $5, version = version + 1
     WHERE network = $1 AND id = $2 AND version = $6",
);

const LIST_TOKENS: Sql = sql(
    "SELECT id, hint, made_at, ends_at, seen_at, revoked_at FROM system_tokens
     WHERE network = $1 AND system = $2 ORDER BY id DESC LIMIT 50",
);

const INSERT_TOKEN: Sql = sql(
    "INSERT INTO system_tokens (network, id, system, hash, hint, made_at, ends_at, seen_at, revoked_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, NULL, NULL)",
);

const REVOKE: Sql = sql("UPDATE system_tokens SET revoked_at = $4
     WHERE network = $1 AND system = $2 AND id = $3 AND revoked_at IS NULL");

/// The program behind a token, whether or not it may come in now.
pub async fn find_entered(conn: &mut Conn, bearer: &Bearer) -> Result<Option<Entered>, Error> {
    let row = conn
        .one(ENTERED, &args![bearer.network, bearer.hash])
        .await?;
    row.map(|row| entered(row, bearer)).transpose()
}

fn entered(mut row: Row, bearer: &Bearer) -> Result<Entered, Error> {
    let role = Role::from_code(&row.text(9)?).ok_or_else(|| shape("staff.role"))?;
    let operator = Operator::from_code(&row.text(15)?);
    let seen_at = row.maybe_int(4)?.map(instant);
    let made_at = instant(row.int(2)?);
    let grants = Grants::read(row.text(6)?.lines());
    Ok(Entered {
        token: RowId(row.int(0)?),
        rights: grants.of(role),
        addresses: addresses(&row.text(7)?)?,
        per_minute: row.int(8)?,
        suspended: row.text(13)? != "active",
        ends_at: instant(row.int(3)?),
        revoked: row.maybe_int(5)?.is_some(),
        seen_at,
        session: Session {
            network: bearer.network,
            hash: bearer.hash,
            staff: StaffId(row.int(1)?),
            role,
            center: row.maybe_int(10)?.map(CenterId),
            term: Term::of(row.int(17)?, row.maybe_int(18)?),
            stage: Stage::Full,
            made_at,
            seen_at: seen_at.unwrap_or(made_at),
            // A token ends on its day; it does not end by resting.
            idle_minutes: i64::MAX,
            card: row.blob(11)?,
            version: row.int(12)?,
            network_name: row.text(14)?,
            operator: operator.ok_or_else(|| shape("networks.operator"))?,
            own_words: row.int(16)? != 0,
        },
    })
}

fn shape(what: &str) -> Error {
    Error::Shape(what.to_owned())
}

fn addresses(text: &str) -> Result<Addresses, Error> {
    Addresses::read(text).map_err(|_| shape("systems.addresses"))
}

/// Writes down that the token was used now.
pub async fn touch_token(conn: &mut Conn, entered: &Entered, now: Timestamp) -> Result<(), Error> {
    let args = args![entered.session.network, entered.token, now.as_millisecond()];
    conn.exec(TOUCH, &args).await.map(|_| ())
}

fn system(mut row: Row) -> Result<System, Error> {
    Ok(System {
        id: StaffId(row.int(0)?),
        grants: Grants::read(row.text(1)?.lines()),
        addresses: addresses(&row.text(2)?)?,
        per_minute: row.int(3)?,
        version: row.int(4)?,
    })
}

/// The program, if it is this town's.
pub async fn find_system(
    conn: &mut Conn,
    scope: &Scope,
    id: StaffId,
) -> Result<Option<System>, Error> {
    let row = conn.one(FIND, &args![scope.network, id]).await?;
    row.map(system).transpose()
}

/// Every program of the town, the oldest first.
pub async fn list_systems(conn: &mut Conn, scope: &Scope) -> Result<Vec<System>, Error> {
    let rows = conn.rows(LIST, &args![scope.network]).await?;
    rows.into_iter().map(system).collect()
}

/// Keeps a new program.
pub(super) async fn insert_system(
    conn: &mut Conn,
    deed: &Deed,
    system: &System,
) -> Result<(), Error> {
    let args = args![
        deed.network(),
        system.id,
        system.grants.text(),
        system.addresses.text(),
        system.per_minute,
        deed.at()
    ];
    conn.exec_one(INSERT, &args).await
}

/// Keeps a changed program; `Changed` where somebody saved first.
pub(super) async fn save_system(
    conn: &mut Conn,
    deed: &Deed,
    system: &System,
) -> Result<(), Error> {
    let args = args![
        deed.network(),
        system.id,
        system.grants.text(),
        system.addresses.text(),
        system.per_minute,
        system.version
    ];
    conn.exec_one(SAVE, &args).await
}

/// The newest tokens of a program.
pub async fn list_tokens(
    conn: &mut Conn,
    scope: &Scope,
    system: StaffId,
) -> Result<Vec<Token>, Error> {
    let rows = conn
        .rows(LIST_TOKENS, &args![scope.network, system])
        .await?;
    rows.into_iter().map(token).collect()
}

fn token(mut row: Row) -> Result<Token, Error> {
    Ok(Token {
        id: RowId(row.int(0)?),
        hint: row.text(1)?,
        made_at: instant(row.int(2)?),
        ends_at: instant(row.int(3)?),
        seen_at: row.maybe_int(4)?.map(instant),
        revoked_at: row.maybe_int(5)?.map(instant),
    })
}

/// Keeps a new token.
pub(super) async fn insert_token(
    conn: &mut Conn,
    deed: &Deed,
    system: StaffId,
    hash: [u8; 32],
    hint: &str,
    ends_at: i64,
) -> Result<(), Error> {
    let args = args![
        deed.network(),
        RowId(deed.new_id()),
        system,
        hash,
        hint,
        deed.at(),
        ends_at
    ];
    conn.exec_one(INSERT_TOKEN, &args).await
}

/// Takes a token back; how many there were.
pub(super) async fn revoke(
    conn: &mut Conn,
    deed: &Deed,
    system: StaffId,
    token: RowId,
) -> Result<u64, Error> {
    let args = args![deed.network(), system, token, deed.at()];
    conn.exec(REVOKE, &args).await
}
