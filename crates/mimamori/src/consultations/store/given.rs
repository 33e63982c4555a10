//! What left the town of a month ↔ its row.

use db::{Conn, Sql, args, sql};
use jiff::civil::Date;

use super::rows::shape;
use crate::clock::in_japan;
use crate::consultations::rules::{Given, Refusal};
use crate::deed::Deed;

const FIND: Sql = sql("SELECT day, paper FROM consultation_given
     WHERE network = $1 AND month = $2");

const PUT: Sql = sql(
    "INSERT INTO consultation_given (network, month, day, paper) VALUES ($1, $2, $3, $4)
     ON CONFLICT (network, month) DO NOTHING",
);

/// What left of the month ("2026-11"), and since when.
pub async fn find_given(
    conn: &mut Conn,
    deed: &Deed,
    month: &str,
) -> Result<Option<(Date, Given)>, Refusal> {
    let row = conn.one(FIND, &args![deed.network(), month]).await?;
    let Some(mut row) = row else {
        return Ok(None);
    };
    let day = row.text(0)?.parse();
    let day = day.map_err(|_| shape("consultation_given.day"))?;
    let paper = serde_json::from_str(&row.text(1)?);
    let paper = paper.map_err(|_| shape("consultation_given.paper"))?;
    Ok(Some((day, paper)))
}

/// Keeps what leaves now; false where somebody was first.
pub async fn put_given(
    conn: &mut Conn,
    deed: &Deed,
    month: &str,
    given: &Given,
) -> Result<bool, Refusal> {
    let paper = serde_json::to_string(given);
    let paper = paper.map_err(|_| shape("consultation_given.paper"))?;
    let day = in_japan(deed.now).date().to_string();
    let put = conn
        .exec(PUT, &args![deed.network(), month, day, paper])
        .await?;
    Ok(put == 1)
}
