//! Towns ↔ rows.

use db::{Conn, Error, Row, Sql, args, sql};
use jiff::Timestamp;

use super::{phone_of, phone_text};
use crate::deed::Deed;
use crate::ids::NetworkId;
use crate::networks::rules::{NewTown, Operator, SecondFactor, Town, TownCard};
use crate::scope::Scope;

const INSERT: Sql = sql(
    "INSERT INTO networks (id, short, name, municipality_code, operator, day_phone, night_phone,
                           idle_minutes, second_factor, version, made_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, 30, 'compulsory', 1, $8)",
);

const FIND: Sql = sql(
    "SELECT short, name, municipality_code, operator, day_phone, night_phone, idle_minutes,
            second_factor, version
     FROM networks WHERE id = $1",
);

const SAVE: Sql = sql(
    "UPDATE networks SET name = $2, operator = $3, day_phone = $4, night_phone = $5,
            idle_minutes = $6, second_factor = $7, version = version + 1
     WHERE id = $1 AND version = $8",
);

// The one crossing of this room: names of towns, for the log-in page and the command line.
const LIST: Sql = sql("SELECT id, short, name FROM networks ORDER BY municipality_code, id");

const BY_SHORT: Sql = sql("SELECT id, short, name FROM networks WHERE short = $1");

/// Keeps a new town; the session ends after 30 idle minutes, the second factor is compulsory.
pub(crate) async fn insert_town(
    conn: &mut Conn,
    scope: &Scope,
    now: Timestamp,
    town: &NewTown,
) -> Result<(), Error> {
    let args = args![
        scope.network,
        &town.short,
        &town.name,
        town.municipality_code.to_string(),
        town.operator.code(),
        phone_text(town.day_phone.as_ref()),
        phone_text(town.night_phone.as_ref()),
        now.as_millisecond()
    ];
    conn.exec_one(INSERT, &args).await
}

/// The town of this scope.
pub async fn find_town(conn: &mut Conn, scope: &Scope) -> Result<Option<Town>, Error> {
    let row = conn.one(FIND, &args![scope.network]).await?;
    row.map(|row| town(row, scope.network)).transpose()
}

fn town(mut row: Row, id: NetworkId) -> Result<Town, Error> {
    let operator = Operator::from_code(&row.text(3)?);
    Ok(Town {
        id,
        short: row.text(0)?,
        name: row.text(1)?,
        municipality_code: row.text(2)?,
        operator: operator.ok_or_else(|| Error::Shape("networks.operator".to_owned()))?,
        day_phone: phone_of(&row.text(4)?)?,
        night_phone: phone_of(&row.text(5)?)?,
        idle_minutes: row.int(6)?,
        second_factor: SecondFactor::from_code(&row.text(7)?),
        version: row.int(8)?,
    })
}

/// Keeps the town's settings; `Changed` where somebody saved first.
pub(crate) async fn save_town(conn: &mut Conn, deed: &Deed, town: &Town) -> Result<(), Error> {
    let args = args![
        deed.network(),
        &town.name,
        town.operator.code(),
        phone_text(town.day_phone.as_ref()),
        phone_text(town.night_phone.as_ref()),
        town.idle_minutes,
        town.second_factor.code(),
        town.version
    ];
    conn.exec_one(SAVE, &args).await
}

/// Every town of this installation, by municipality code.
pub async fn list_towns(conn: &mut Conn) -> Result<Vec<TownCard>, Error> {
    let rows = conn.rows(LIST, &[]).await?;
    rows.into_iter().map(card).collect()
}

/// The town with this name in addresses.
pub async fn find_town_by_short(conn: &mut Conn, short: &str) -> Result<Option<TownCard>, Error> {
    conn.one(BY_SHORT, &args![short])
        .await?
        .map(card)
        .transpose()
}

fn card(mut row: Row) -> Result<TownCard, Error> {
    Ok(TownCard {
        id: NetworkId(row.int(0)?),
        short: row.text(1)?,
        name: row.text(2)?,
    })
}
