//! Lines and seals ↔ rows.

mod entries;
mod erased;
mod state;

pub use entries::{Entry, Filter, list_entries, open_detail, worked_on};
pub(super) use erased::{find_typed, list_about};
pub use state::{SealState, holds, seal_state};

use db::{Conn, Error, Row, Sql, args, sql};
use seal::{AuditChain, Place, TownKeys};

use super::rules::Line;
use crate::deed::Deed;
use crate::scope::{Actor, Scope};

const INSERT_LINE: Sql = sql(
    "INSERT INTO audit_lines (network, ticket, at, actor_kind, actor, whose, verb, fields, why, origin, detail, mac)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
);

const LINES_BETWEEN: Sql = sql(
    "SELECT ticket, at, actor_kind, actor, whose, verb, fields, why, origin, detail, mac
     FROM audit_lines WHERE network = $1 AND ticket >= $2 AND ticket <= $3
     ORDER BY ticket LIMIT $4",
);

const MACS_BETWEEN: Sql = sql("SELECT ticket, mac FROM audit_lines
     WHERE network = $1 AND ticket >= $2 AND ticket <= $3 ORDER BY ticket LIMIT $4");

const LAST_SEAL: Sql = sql(
    "SELECT number, first_ticket, last_ticket, tickets, digest FROM audit_seals
     WHERE network = $1 ORDER BY number DESC LIMIT 1",
);

const SEALS_FROM: Sql = sql(
    "SELECT number, first_ticket, last_ticket, tickets, digest FROM audit_seals
     WHERE network = $1 AND number >= $2 ORDER BY number LIMIT 100",
);

const DETAILS_AFTER: Sql = sql("SELECT ticket, detail FROM audit_lines
     WHERE network = $1 AND ticket > $2 ORDER BY ticket LIMIT $3");

const SAVE_DETAIL: Sql =
    sql("UPDATE audit_lines SET detail = $3 WHERE network = $1 AND ticket = $2");

const INSERT_SEAL: Sql = sql(
    "INSERT INTO audit_seals (network, number, first_ticket, last_ticket, tickets, at, digest)
     VALUES ($1, $2, $3, $4, $5, $6, $7)",
);

/// A line as it is kept.
pub(super) struct Kept {
    pub network: i64,
    pub ticket: i64,
    pub at: i64,
    pub actor_kind: String,
    pub actor: i64,
    pub whose: i64,
    pub verb: String,
    pub fields: i64,
    pub why: String,
    pub origin: String,
    pub detail: Vec<u8>,
}

impl Kept {
    /// The line of a deed under its ticket, its detail already sealed.
    pub fn of(deed: &Deed, line: &Line, ticket: i64, detail: Vec<u8>) -> Kept {
        let (actor_kind, actor) = match deed.scope.actor {
            Actor::Staff(staff) => ("staff", staff.0),
            Actor::System(system) => ("system", system.0),
            Actor::Program => ("program", 0),
            Actor::Public => ("public", 0),
        };
        Kept {
            network: deed.network().0,
            ticket,
            at: deed.at(),
            actor_kind: actor_kind.to_owned(),
            actor,
            whose: line.whose.map_or(0, |person| person.0),
            verb: line.verb.code().to_owned(),
            fields: line.fields.0,
            why: line.why.text(),
            origin: deed.scope.origin.clone(),
            detail,
        }
    }

    pub(super) fn from_row(network: i64, row: &mut Row) -> Result<Kept, Error> {
        Ok(Kept {
            network,
            ticket: row.int(0)?,
            at: row.int(1)?,
            actor_kind: row.text(2)?,
            actor: row.int(3)?,
            whose: row.int(4)?,
            verb: row.text(5)?,
            fields: row.int(6)?,
            why: row.text(7)?,
            origin: row.text(8)?,
            detail: row.blob(9)?,
        })
    }

    /// The keyed hash over every field, the detail as it reads in the open: so a new key of
    /// the town can seal it anew without a trace on the line.
    pub fn mac(&self, chain: &AuditChain, detail: &[u8]) -> [u8; 32] {
        let numbers = [
            self.network,
            self.ticket,
            self.at,
            self.actor,
            self.whose,
            self.fields,
        ];
        let numbers: Vec<u8> = numbers
            .iter()
            .flat_map(|number| number.to_be_bytes())
            .collect();
        chain.line(&[
            &numbers,
            self.actor_kind.as_bytes(),
            self.verb.as_bytes(),
            self.why.as_bytes(),
            self.origin.as_bytes(),
            detail,
        ])
    }
}

/// A seal over the lines `first..=last`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct SealRow {
    pub number: i64,
    pub first: i64,
    pub last: i64,
    pub tickets: Vec<u8>,
    pub digest: [u8; 32],
}

/// Writes a line with its keyed hash.
pub(super) async fn insert(conn: &mut Conn, line: Kept, mac: [u8; 32]) -> Result<(), Error> {
    let args = args![
        line.network,
        line.ticket,
        line.at,
        line.actor_kind,
        line.actor,
        line.whose,
        line.verb,
        line.fields,
        line.why,
        line.origin,
        line.detail,
        mac
    ];
    conn.exec_one(INSERT_LINE, &args).await
}

/// Lines with their stored hashes, in order.
pub(super) async fn list_lines(
    conn: &mut Conn,
    scope: &Scope,
    first: i64,
    last: i64,
    limit: i64,
) -> Result<Vec<(Kept, [u8; 32])>, Error> {
    let args = args![scope.network, first, last, limit];
    let mut rows = conn.rows(LINES_BETWEEN, &args).await?;
    rows.iter_mut()
        .map(|row| Ok((Kept::from_row(scope.network.0, row)?, hash(row.blob(10)?)?)))
        .collect()
}

/// Tickets and stored hashes, in order.
pub(super) async fn list_macs(
    conn: &mut Conn,
    scope: &Scope,
    first: i64,
    last: i64,
    limit: i64,
) -> Result<Vec<(i64, [u8; 32])>, Error> {
    let args = args![scope.network, first, last, limit];
    let mut rows = conn.rows(MACS_BETWEEN, &args).await?;
    rows.iter_mut()
        .map(|row| Ok((row.int(0)?, hash(row.blob(1)?)?)))
        .collect()
}

/// Tickets and sealed details after a ticket, in order.
pub(super) async fn list_details(
    conn: &mut Conn,
    scope: &Scope,
    after: i64,
    limit: i64,
) -> Result<Vec<(i64, Vec<u8>)>, Error> {
    let args = args![scope.network, after, limit];
    let mut rows = conn.rows(DETAILS_AFTER, &args).await?;
    rows.iter_mut()
        .map(|row| Ok((row.int(0)?, row.blob(1)?)))
        .collect()
}

/// Puts a detail in place that was sealed anew.
pub(super) async fn save_detail(
    conn: &mut Conn,
    scope: &Scope,
    ticket: i64,
    detail: Vec<u8>,
) -> Result<(), Error> {
    conn.exec_one(SAVE_DETAIL, &args![scope.network, ticket, detail])
        .await
}

/// The newest seal.
pub(super) async fn find_last_seal(
    conn: &mut Conn,
    scope: &Scope,
) -> Result<Option<SealRow>, Error> {
    let row = conn.one(LAST_SEAL, &args![scope.network]).await?;
    row.map(|mut row| seal_row(&mut row)).transpose()
}

/// Up to 100 seals from a number on, in order.
pub(super) async fn list_seals(
    conn: &mut Conn,
    scope: &Scope,
    from: i64,
) -> Result<Vec<SealRow>, Error> {
    let mut rows = conn.rows(SEALS_FROM, &args![scope.network, from]).await?;
    rows.iter_mut().map(seal_row).collect()
}

/// Keeps a seal.
pub(super) async fn insert_seal(conn: &mut Conn, deed: &Deed, seal: &SealRow) -> Result<(), Error> {
    let args = args![
        deed.network(),
        seal.number,
        seal.first,
        seal.last,
        seal.tickets.clone(),
        deed.at(),
        seal.digest
    ];
    conn.exec_one(INSERT_SEAL, &args).await
}

fn seal_row(row: &mut Row) -> Result<SealRow, Error> {
    Ok(SealRow {
        number: row.int(0)?,
        first: row.int(1)?,
        last: row.int(2)?,
        tickets: row.blob(3)?,
        digest: hash(row.blob(4)?)?,
    })
}

/// A stored hash that has lost its length counts as a hash that fits nothing.
fn hash(bytes: Vec<u8>) -> Result<[u8; 32], Error> {
    Ok(bytes.try_into().unwrap_or([0; 32]))
}

/// The detail of a line in the open; nothing where it was tampered with.
pub(super) fn detail_of(keys: &TownKeys, line: &Kept) -> Option<Vec<u8>> {
    if line.detail.is_empty() {
        return Some(Vec::new());
    }
    let plain = keys.open(&detail_place(line.ticket), &line.detail).ok()?;
    Some(plain.to_vec())
}

/// Where the detail of a line is sealed.
pub(super) fn detail_place(ticket: i64) -> Place {
    Place {
        table: "audit_lines",
        column: "detail",
        row: ticket,
        version: 0,
    }
}
