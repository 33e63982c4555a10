//! What a town has set.

use db::{Conn, Error, Sql, args, sql};

use crate::deed::Deed;
use crate::station::signups::rules::DEFAULT_HOURS;

const FIND: Sql = sql("SELECT hours FROM signup_settings WHERE network = $1");

const PUT: Sql = sql(
    "INSERT INTO signup_settings (network, hours) VALUES ($1, $2)
     ON CONFLICT (network) DO UPDATE SET hours = excluded.hours",
);

/// How many hours there are to answer.
pub async fn hours_of(conn: &mut Conn, deed: &Deed) -> Result<u32, Error> {
    let row = conn.one(FIND, &args![deed.network()]).await?;
    let hours = row.map(|row| row.int(0)).transpose()?;
    let hours = hours.and_then(|hours| u32::try_from(hours).ok());
    Ok(hours.unwrap_or(DEFAULT_HOURS))
}

/// Keeps them.
pub async fn put_hours(conn: &mut Conn, deed: &Deed, hours: u32) -> Result<(), Error> {
    conn.exec_one(PUT, &args![deed.network(), i64::from(hours)])
        .await
}
