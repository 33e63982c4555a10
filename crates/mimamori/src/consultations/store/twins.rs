//! Whose consultations are, when two records become one or one two.

use db::{Conn, Error, Sql, args, sql};
use jiff::Timestamp;

use super::rows::{find_in, set_person};
use crate::clock::instant;
use crate::consultations::rules::Refusal;
use crate::deed::Deed;
use crate::ids::{ConsultationId, PersonId};

const IDS_OF_PERSON: Sql = sql("SELECT id FROM consultations
     WHERE network = $1 AND person = $2 ORDER BY id");

const SINCE: Sql = sql("SELECT id, at FROM consultations
     WHERE network = $1 AND person = $2 AND id > $3 ORDER BY id DESC");

/// Passes consultations from one record to the other: all, or these of them. Gives those that it
/// passed.
pub async fn hand_over(
    conn: &mut Conn,
    deed: &Deed,
    from: PersonId,
    to: PersonId,
    rows: Option<&[i64]>,
) -> Result<Vec<i64>, Refusal> {
    let mut passed = Vec::new();
    for row in conn
        .rows(IDS_OF_PERSON, &args![deed.network(), from])
        .await?
    {
        let id = row.int(0)?;
        if rows.is_none_or(|rows| rows.contains(&id)) {
            let one = find_in(conn, deed, ConsultationId(id)).await?;
            set_person(conn, deed, &one, Some(to)).await?;
            passed.push(id);
        }
    }
    Ok(passed)
}

/// Consultations of a person that were written down since, the newest first.
pub async fn list_since(
    conn: &mut Conn,
    deed: &Deed,
    person: PersonId,
    since: i64,
) -> Result<Vec<(ConsultationId, Timestamp)>, Error> {
    let rows = conn
        .rows(SINCE, &args![deed.network(), person, since])
        .await?;
    let pair = |row: &db::Row| Ok((ConsultationId(row.int(0)?), instant(row.int(1)?)));
    rows.iter().map(pair).collect()
}
