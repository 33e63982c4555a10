//! Words of lines about somebody whose record was erased ↔ rows.

use db::{Conn, Error, Sql, args, sql};

use super::{Kept, hash};
use crate::ids::PersonId;
use crate::scope::Scope;

const ABOUT: Sql = sql(
    "SELECT ticket, at, actor_kind, actor, whose, verb, fields, why, origin, detail, mac
     FROM audit_lines WHERE network = $1 AND whose = $2 AND ticket > $3 ORDER BY ticket LIMIT 500",
);

// What was typed stands in a line of its own, with those of the people found right behind it.
const TYPED: Sql = sql(
    "SELECT ticket, at, actor_kind, actor, whose, verb, fields, why, origin, detail, mac
     FROM audit_lines
     WHERE network = $1 AND ticket < $2 AND ticket >= $3 AND whose = 0 AND verb = $4
       AND actor = $5 AND at = $6
     ORDER BY ticket DESC LIMIT 1",
);

/// A line and its stored hash.
type Line = (Kept, [u8; 32]);

/// The next lines about a person.
pub(in crate::audit) async fn list_about(
    conn: &mut Conn,
    scope: &Scope,
    person: PersonId,
    after: i64,
) -> Result<Vec<Line>, Error> {
    let rows = conn
        .rows(ABOUT, &args![scope.network, person, after])
        .await?;
    rows.into_iter().map(|row| line(scope, row)).collect()
}

/// The line of what was typed when `found` was found by it, at most so many lines before.
pub(in crate::audit) async fn find_typed(
    conn: &mut Conn,
    scope: &Scope,
    found: &Kept,
    within: i64,
) -> Result<Option<Line>, Error> {
    let (ticket, verb) = (found.ticket, found.verb.clone());
    let args = args![
        scope.network,
        ticket,
        ticket - within,
        verb,
        found.actor,
        found.at
    ];
    let row = conn.one(TYPED, &args).await?;
    row.map(|row| line(scope, row)).transpose()
}

fn line(scope: &Scope, mut row: db::Row) -> Result<Line, Error> {
    Ok((
        Kept::from_row(scope.network.0, &mut row)?,
        hash(row.blob(10)?)?,
    ))
}
