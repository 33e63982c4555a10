//! What a town settled ↔ its row.

use db::{Conn, Error, Sql, args, sql};

use crate::deed::Deed;
use crate::notices::rules::{Refusal, Settings};

const FIND: Sql = sql(
    "SELECT look_minutes, danger_minutes, town_hours, keep_days, version
     FROM notice_settings WHERE network = $1",
);

const PUT: Sql = sql(
    "INSERT INTO notice_settings (network, look_minutes, danger_minutes, town_hours, keep_days, version)
     VALUES ($1, $2, $3, $4, $5, 1)
     ON CONFLICT (network) DO UPDATE SET look_minutes = excluded.look_minutes,
       danger_minutes = excluded.danger_minutes, town_hours = excluded.town_hours,
       keep_days = excluded.keep_days, version = notice_settings.version + 1
     WHERE notice_settings.version = $6",
);

/// What holds in the town.
pub async fn find_settings(conn: &mut Conn, deed: &Deed) -> Result<Settings, Error> {
    let Some(row) = conn.one(FIND, &args![deed.network()]).await? else {
        return Ok(Settings::default());
    };
    Ok(Settings {
        look_minutes: row.int(0)?,
        danger_minutes: row.int(1)?,
        town_hours: row.int(2)?,
        keep_days: row.int(3)?,
        version: row.int(4)?,
    })
}

/// Keeps it upon the version that was read; 0 where the town had nothing of its own.
pub async fn put_settings(conn: &mut Conn, deed: &Deed, new: &Settings) -> Result<(), Refusal> {
    let args = args![
        deed.network(),
        new.look_minutes,
        new.danger_minutes,
        new.town_hours,
        new.keep_days,
        new.version
    ];
    match conn.exec(PUT, &args).await? {
        1 => Ok(()),
        _ => Err(Refusal::Changed),
    }
}
