//! The town's figures, and how many each center follows up.

use db::{Conn, Error, Row, Sql, args, sql};

use crate::deed::Deed;
use crate::ids::CenterId;
use crate::station::change::rules::{Refusal, Settings};

const FIND: Sql = sql("SELECT strength, visits, weeks, rest, version
     FROM change_settings WHERE network = $1");

const PUT: Sql = sql(
    "INSERT INTO change_settings (network, strength, visits, weeks, rest, version)
     VALUES ($1, $2, $3, $4, $5, 1)
     ON CONFLICT (network) DO UPDATE SET strength = excluded.strength, visits = excluded.visits,
       weeks = excluded.weeks, rest = excluded.rest, version = change_settings.version + 1
     WHERE change_settings.version = $6",
);

const NUMBERS: Sql = sql("SELECT center, number FROM change_numbers
     WHERE network = $1 ORDER BY center");

const PUT_NUMBER: Sql = sql("INSERT INTO change_numbers (network, center, number)
     VALUES ($1, $2, $3) ON CONFLICT (network, center) DO UPDATE SET number = excluded.number");

fn figure(row: &Row, at: usize) -> Result<u32, Error> {
    let figure = u32::try_from(row.int(at)?);
    figure.map_err(|_| Error::Shape("change_settings: a figure".to_owned()))
}

/// The town's figures.
pub async fn find_settings(conn: &mut Conn, deed: &Deed) -> Result<Settings, Error> {
    let Some(row) = conn.one(FIND, &args![deed.network()]).await? else {
        return Ok(Settings::default());
    };
    Ok(Settings {
        strength: figure(&row, 0)?,
        visits: figure(&row, 1)?,
        weeks: figure(&row, 2)?,
        rest: figure(&row, 3)?,
        version: row.int(4)?,
    })
}

/// Keeps them upon the version that was read.
pub async fn put_settings(conn: &mut Conn, deed: &Deed, new: &Settings) -> Result<(), Refusal> {
    let args = args![
        deed.network(),
        i64::from(new.strength),
        i64::from(new.visits),
        i64::from(new.weeks),
        i64::from(new.rest),
        new.version
    ];
    match conn.exec(PUT, &args).await? {
        1 => Ok(()),
        _ => Err(Refusal::Changed),
    }
}

/// How many a week each center follows up; a center that said nothing has no list.
pub async fn list_numbers(conn: &mut Conn, deed: &Deed) -> Result<Vec<(CenterId, u32)>, Error> {
    let rows = conn.rows(NUMBERS, &args![deed.network()]).await?;
    rows.iter()
        .map(|row| Ok((CenterId(row.int(0)?), figure(row, 1)?)))
        .collect()
}

/// Keeps how many the center follows up.
pub async fn put_number(
    conn: &mut Conn,
    deed: &Deed,
    center: CenterId,
    number: u32,
) -> Result<(), Error> {
    let args = args![deed.network(), center, i64::from(number)];
    conn.exec_one(PUT_NUMBER, &args).await
}
