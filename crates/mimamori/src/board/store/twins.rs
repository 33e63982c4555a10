//! Findings of somebody of whom two records become one: they follow their inquiry.

use db::{Conn, Error, Sql, args, sql};

use crate::deed::Deed;
use crate::ids::PersonId;

const STRAYED: Sql = sql("SELECT f.inquiry FROM board_finds f
     JOIN inquiries i ON i.network = f.network AND i.id = f.inquiry
     WHERE f.network = $1 AND f.person = $2 AND i.person = $3");

const FOLLOW: Sql = sql("UPDATE board_finds SET person = $3 WHERE network = $1 AND inquiry = $2");

const SAY_WHOSE: Sql =
    sql("UPDATE board_messages SET person = $3 WHERE network = $1 AND inquiry = $2");

/// Passes on the findings whose inquiry has passed from one record to the other.
pub async fn follow_inquiries(
    conn: &mut Conn,
    deed: &Deed,
    from: PersonId,
    to: PersonId,
) -> Result<Vec<i64>, Error> {
    let rows = conn.rows(STRAYED, &args![deed.network(), from, to]).await?;
    let mut passed = Vec::new();
    for row in rows {
        let inquiry = row.int(0)?;
        for statement in [FOLLOW, SAY_WHOSE] {
            conn.exec(statement, &args![deed.network(), inquiry, to])
                .await?;
        }
        passed.push(inquiry);
    }
    Ok(passed)
}
