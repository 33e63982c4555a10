//! Which heading goes where in this town.

use std::collections::HashMap;

use db::{Conn, Error, Sql, args, sql};

use crate::deed::Deed;

const LIST: Sql = sql("SELECT heading, field FROM import_headings WHERE network = $1");

const PUT: Sql = sql(
    "INSERT INTO import_headings (network, heading, field) VALUES ($1, $2, $3)
     ON CONFLICT (network, heading) DO UPDATE SET field = excluded.field",
);

const DROP: Sql = sql("DELETE FROM import_headings WHERE network = $1 AND heading = $2");

/// Every heading somebody chose for, with the field's code; empty is "not taken in".
pub async fn list_headings(conn: &mut Conn, deed: &Deed) -> Result<HashMap<String, String>, Error> {
    let rows = conn.rows(LIST, &args![deed.network()]).await?;
    rows.into_iter()
        .map(|mut row| Ok((row.text(0)?, row.text(1)?)))
        .collect()
}

/// Keeps a choice, or with `None` forgets it because the guess says the same.
pub async fn remember(
    conn: &mut Conn,
    deed: &Deed,
    heading: &str,
    field: Option<&str>,
) -> Result<(), Error> {
    match field {
        Some(field) => {
            conn.exec_one(PUT, &args![deed.network(), heading, field])
                .await
        }
        None => conn
            .exec(DROP, &args![deed.network(), heading])
            .await
            .map(|_| ()),
    }
}
