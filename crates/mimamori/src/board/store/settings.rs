//! What a town settled ↔ its row.

use db::{Conn, Error, Sql, args, sql};

use crate::board::rules::Settings;
use crate::deed::Deed;

const FIND: Sql = sql("SELECT keep_days, version FROM board_settings WHERE network = $1");

const INSERT: Sql = sql(
    "INSERT INTO board_settings (network, keep_days, version) VALUES ($1, $2, 1)
     ON CONFLICT DO NOTHING",
);

const SAVE: Sql = sql(
    "UPDATE board_settings SET keep_days = $2, version = version + 1
     WHERE network = $1 AND version = $3",
);

/// What holds in the town.
pub async fn find_settings(conn: &mut Conn, deed: &Deed) -> Result<Settings, Error> {
    let row = conn.one(FIND, &args![deed.network()]).await?;
    row.map_or(Ok(Settings::default()), |row| {
        Ok(Settings {
            keep_days: row.int(0)?,
            version: row.int(1)?,
        })
    })
}

/// Keeps it upon the version that was read; `Changed` where somebody was faster.
pub async fn save_settings(conn: &mut Conn, deed: &Deed, new: Settings) -> Result<(), Error> {
    match new.version {
        0 => {
            conn.exec_one(INSERT, &args![deed.network(), new.keep_days])
                .await
        }
        version => {
            conn.exec_one(SAVE, &args![deed.network(), new.keep_days, version])
                .await
        }
    }
}
