//! The word of four digits: a keyed token, so that the database alone does not tell it.

use db::{Conn, Error, Sql, args, sql};

use crate::clock::instant;
use crate::deed::Deed;
use crate::ids::SupporterId;
use crate::station::own::rules::{MOST_WRONG, Stands};

const FIND: Sql =
    sql("SELECT wrong, opened_at FROM own_pins WHERE network = $1 AND supporter = $2");

const PUT: Sql = sql(
    "INSERT INTO own_pins (network, supporter, pin, wrong, opened_at) VALUES ($1, $2, $3, 0, NULL)
     ON CONFLICT (network, supporter) DO UPDATE SET pin = excluded.pin, wrong = 0",
);

// Counted before it is looked at, so that of many who try at once no more than five learn anything.
const TAKE: Sql = sql("UPDATE own_pins SET wrong = wrong + 1
     WHERE network = $1 AND supporter = $2 AND wrong < $3 RETURNING pin, wrong, opened_at");

const OPEN: Sql = sql("UPDATE own_pins SET wrong = 0, opened_at = $3
     WHERE network = $1 AND supporter = $2");

const DROP: Sql = sql("DELETE FROM own_pins WHERE network = $1 AND supporter = $2");

fn token(deed: &Deed, of: SupporterId, pin: &str) -> i64 {
    deed.lasting_token(&[b"own.pin", &of.0.to_be_bytes(), pin.as_bytes()])
}

/// How the page stands; nothing where it has no word.
pub async fn find_pin(
    conn: &mut Conn,
    deed: &Deed,
    of: SupporterId,
) -> Result<Option<Stands>, Error> {
    let row = conn.one(FIND, &args![deed.network(), of]).await?;
    let read = |row: db::Row| {
        Ok(Stands {
            wrong: row.int(0)?,
            opened_at: row.maybe_int(1)?.map(instant),
        })
    };
    row.map(read).transpose()
}

/// Keeps a word; earlier tries are forgotten.
pub async fn put_pin(
    conn: &mut Conn,
    deed: &Deed,
    of: SupporterId,
    pin: &str,
) -> Result<(), Error> {
    let args = args![deed.network(), of, token(deed, of, pin)];
    conn.exec_one(PUT, &args).await
}

/// One try: whether the word is right, and how the page stood. Nothing where there is none, or where it
/// is shut.
pub async fn take_try(
    conn: &mut Conn,
    deed: &Deed,
    of: SupporterId,
    pin: &str,
) -> Result<Option<(bool, Stands)>, Error> {
    let row = conn
        .one(TAKE, &args![deed.network(), of, MOST_WRONG])
        .await?;
    let read = |row: db::Row| {
        let stands = Stands {
            wrong: row.int(1)?,
            opened_at: row.maybe_int(2)?.map(instant),
        };
        Ok((row.int(0)? == token(deed, of, pin), stands))
    };
    row.map(read).transpose()
}

/// It opened.
pub async fn open(conn: &mut Conn, deed: &Deed, of: SupporterId) -> Result<(), Error> {
    conn.exec_one(OPEN, &args![deed.network(), of, deed.at()])
        .await
}

/// There is no page any more; whether there was.
pub async fn drop_pin(conn: &mut Conn, deed: &Deed, of: SupporterId) -> Result<bool, Error> {
    Ok(conn.exec(DROP, &args![deed.network(), of]).await? == 1)
}
