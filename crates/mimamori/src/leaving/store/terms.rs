//! How long records wait ↔ rows.

use db::{Conn, Error, Row, Sql, args, sql};

use super::shape;
use crate::deed::Deed;
use crate::leaving::rules::{KINDS, Kind, Term};

const LIST: Sql = sql("SELECT kind, days, reason, version FROM leaving_terms WHERE network = $1");

const INSERT: Sql = sql(
    "INSERT INTO leaving_terms (network, kind, days, reason, version) VALUES ($1, $2, $3, $4, 1)
     ON CONFLICT DO NOTHING",
);

const SAVE: Sql = sql(
    "UPDATE leaving_terms SET days = $3, reason = $4, version = version + 1
     WHERE network = $1 AND kind = $2 AND version = $5",
);

fn term(mut row: Row) -> Result<Term, Error> {
    let kind = Kind::from_code(&row.text(0)?).ok_or_else(|| shape("leaving_terms.kind"))?;
    Ok(Term {
        kind,
        days: row.int(1)?,
        reason: row.text(2)?,
        version: row.int(3)?,
    })
}

/// Every kind's term, the town's own or the default.
pub async fn list_terms(conn: &mut Conn, deed: &Deed) -> Result<Vec<Term>, Error> {
    let rows = conn.rows(LIST, &args![deed.network()]).await?;
    let own: Result<Vec<Term>, Error> = rows.into_iter().map(term).collect();
    let own = own?;
    let of = |kind| own.iter().find(|term| term.kind == kind).cloned();
    Ok(KINDS
        .into_iter()
        .map(|kind| of(kind).unwrap_or_else(|| Term::default_of(kind)))
        .collect())
}

/// The term of one kind.
pub async fn find_term(conn: &mut Conn, deed: &Deed, kind: Kind) -> Result<Term, Error> {
    let terms = list_terms(conn, deed).await?;
    let found = terms.into_iter().find(|term| term.kind == kind);
    Ok(found.unwrap_or_else(|| Term::default_of(kind)))
}

/// Keeps a term upon the version that was read; whether nobody saved first.
pub async fn save_term(conn: &mut Conn, deed: &Deed, term: &Term) -> Result<bool, Error> {
    let kind = term.kind.code();
    let rows = match term.version {
        0 => {
            let args = args![deed.network(), kind, term.days, &term.reason];
            conn.exec(INSERT, &args).await?
        }
        version => {
            let args = args![deed.network(), kind, term.days, &term.reason, version];
            conn.exec(SAVE, &args).await?
        }
    };
    Ok(rows == 1)
}
