//! Test mails ↔ rows.

use db::{Conn, Error, Sql, args, sql};

use super::{close, open, place};
use crate::board::rules::{PROOF_MS, Refusal};
use crate::deed::Deed;
use crate::ids::{PersonId, RowId};

const INSERT: Sql = sql(
    "INSERT INTO board_proofs (network, id, hash, person, address, made_at, ends_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7)",
);

const FIND: Sql = sql("SELECT id, person, address FROM board_proofs
     WHERE network = $1 AND hash = $2 AND ends_at > $3");

const ASKED: Sql = sql("SELECT id, person, address FROM board_proofs
     WHERE network = $1 AND person = $2 AND ends_at > $3 ORDER BY id");

const REMOVE: Sql = sql("DELETE FROM board_proofs WHERE network = $1 AND person = $2 AND id = $3");

const DEAD: Sql = sql("SELECT 1 FROM board_proofs WHERE network = $1 AND ends_at <= $2 LIMIT 1");

const FORGET: Sql = sql("DELETE FROM board_proofs WHERE network = $1 AND ends_at <= $2");

pub(super) const fn address_place(id: RowId) -> seal::Place {
    place("board_proofs", "address", id)
}

/// Keeps that a test mail goes to an address of a contact of this person.
pub async fn insert_proof(
    conn: &mut Conn,
    deed: &Deed,
    person: PersonId,
    hash: [u8; 32],
    address: &str,
) -> Result<(), Refusal> {
    let id = RowId(deed.new_id());
    let sealed = close(deed, &address_place(id), &address)?;
    let (at, ends) = (deed.at(), deed.at() + PROOF_MS);
    let args = args![deed.network(), id, hash, person, sealed, at, ends];
    Ok(conn.exec_one(INSERT, &args).await?)
}

/// Whose contact, and which address, a test mail's secret stands for.
pub async fn find_proof(
    conn: &mut Conn,
    deed: &Deed,
    hash: [u8; 32],
) -> Result<Option<(PersonId, String)>, Refusal> {
    let args = args![deed.network(), hash, deed.at()];
    let Some(mut row) = conn.one(FIND, &args).await? else {
        return Ok(None);
    };
    let address = open(deed, &address_place(RowId(row.int(0)?)), &row.blob(2)?)?;
    Ok(Some((PersonId(row.int(1)?), address)))
}

/// Addresses of this person's contacts that were asked and have not answered yet.
pub async fn list_asked(
    conn: &mut Conn,
    deed: &Deed,
    person: PersonId,
) -> Result<Vec<(RowId, String)>, Refusal> {
    let args = args![deed.network(), person, deed.at()];
    let rows = conn.rows(ASKED, &args).await?;
    let asked = rows.into_iter().map(|mut row| {
        let id = RowId(row.int(0)?);
        Ok((id, open(deed, &address_place(id), &row.blob(2)?)?))
    });
    asked.collect()
}

/// Takes back what was asked of this address.
pub async fn remove_proofs(
    conn: &mut Conn,
    deed: &Deed,
    person: PersonId,
    address: &str,
) -> Result<(), Refusal> {
    for (id, asked) in list_asked(conn, deed, person).await? {
        if asked == address {
            conn.exec(REMOVE, &args![deed.network(), person, id])
                .await?;
        }
    }
    Ok(())
}

/// Whether something was asked in vain.
pub async fn has_dead_proofs(conn: &mut Conn, deed: &Deed) -> Result<bool, Error> {
    let row = conn.one(DEAD, &args![deed.network(), deed.at()]).await?;
    Ok(row.is_some())
}

/// Forgets what was asked in vain.
pub async fn forget_proofs(conn: &mut Conn, deed: &Deed) -> Result<(), Error> {
    conn.exec(FORGET, &args![deed.network(), deed.at()])
        .await
        .map(drop)
}
