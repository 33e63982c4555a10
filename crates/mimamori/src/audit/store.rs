//! Lines and seals ↔ rows.

use db::{Conn, Error, Sql, args, sql};

use super::rules::Line;
use crate::deed::Deed;
use crate::scope::Actor;

const INSERT_LINE: Sql = sql(
    "INSERT INTO audit_lines (network, ticket, at, actor_kind, actor, whose, verb, fields, why, origin, detail, mac)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
);

/// A line as it is kept, before its keyed hash.
pub(super) struct Kept {
    pub network: i64,
    pub ticket: i64,
    pub at: i64,
    pub actor_kind: &'static str,
    pub actor: i64,
    pub whose: i64,
    pub verb: &'static str,
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
            Actor::Program => ("program", 0),
            Actor::Public => ("public", 0),
        };
        Kept {
            network: deed.network().0,
            ticket,
            at: deed.at(),
            actor_kind,
            actor,
            whose: line.whose.map_or(0, |person| person.0),
            verb: line.verb.code(),
            fields: line.fields.0,
            why: line.why.text(),
            origin: deed.scope.origin.clone(),
            detail,
        }
    }

    /// The bytes under the keyed hash: every field, each with its length.
    pub fn bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(160 + self.detail.len());
        let numbers = [self.network, self.ticket, self.at, self.actor, self.whose, self.fields];
        for number in numbers {
            bytes.extend_from_slice(&number.to_be_bytes());
        }
        let texts = [self.actor_kind, self.verb, &self.why, &self.origin];
        for part in texts.map(str::as_bytes).into_iter().chain([&self.detail[..]]) {
            bytes.extend_from_slice(&(part.len() as u64).to_be_bytes());
            bytes.extend_from_slice(part);
        }
        bytes
    }
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
