//! What left the town of a year ↔ its row.

use db::{Conn, Error, Sql, args, sql};
use jiff::civil::Date;

use super::shape;
use crate::clock::in_japan;
use crate::deed::Deed;
use crate::station::figures::rules::Given;

const FIND: Sql = sql("SELECT day, paper FROM station_given WHERE network = $1 AND year = $2");

const PUT: Sql = sql(
    "INSERT INTO station_given (network, year, day, paper) VALUES ($1, $2, $3, $4)
     ON CONFLICT (network, year) DO NOTHING",
);

/// What left of the year, and since when.
pub async fn find_given(
    conn: &mut Conn,
    deed: &Deed,
    year: i16,
) -> Result<Option<(Date, Given)>, Error> {
    let row = conn
        .one(FIND, &args![deed.network(), i64::from(year)])
        .await?;
    let Some(mut row) = row else {
        return Ok(None);
    };
    let day = row
        .text(0)?
        .parse()
        .map_err(|_| shape("station_given.day"))?;
    let paper = serde_json::from_str(&row.text(1)?);
    let paper = paper.map_err(|_| shape("station_given.paper"))?;
    Ok(Some((day, paper)))
}

/// Keeps what leaves now; no where somebody was first.
pub async fn put_given(
    conn: &mut Conn,
    deed: &Deed,
    year: i16,
    given: &Given,
) -> Result<bool, Error> {
    let paper = serde_json::to_string(given).map_err(|_| shape("station_given.paper"))?;
    let day = in_japan(deed.now).date().to_string();
    let args = args![deed.network(), i64::from(year), day, paper];
    Ok(conn.exec(PUT, &args).await? == 1)
}
