//! What a center's head sets ↔ its row.

use db::{Conn, Sql, args, sql};

use crate::cases::rules::{Refusal, Settings};
use crate::deed::Deed;
use crate::ids::CenterId;

const FIND: Sql = sql("SELECT quiet_days, plan_second, closing_second, version
     FROM case_settings WHERE network = $1 AND center = $2");

const INSERT: Sql = sql(
    "INSERT INTO case_settings (network, center, quiet_days, plan_second, closing_second, version)
     VALUES ($1, $2, $3, $4, $5, 1) ON CONFLICT (network, center) DO NOTHING",
);

const SAVE: Sql = sql("UPDATE case_settings
     SET quiet_days = $3, plan_second = $4, closing_second = $5, version = version + 1
     WHERE network = $1 AND center = $2 AND version = $6");

/// A center's settings, the program's own where its head set none.
pub async fn find_settings(
    conn: &mut Conn,
    deed: &Deed,
    center: CenterId,
) -> Result<Settings, Refusal> {
    let row = conn.one(FIND, &args![deed.network(), center]).await?;
    let Some(row) = row else {
        return Ok(Settings::default());
    };
    Ok(Settings {
        quiet_days: row.int(0)?,
        plan_second: row.int(1)? == 1,
        closing_second: row.int(2)? == 1,
        version: row.int(3)?,
    })
}

/// Keeps them upon the version that was read.
pub async fn save_settings(
    conn: &mut Conn,
    deed: &Deed,
    center: CenterId,
    settings: &Settings,
) -> Result<(), Refusal> {
    let (plan, closing) = (
        i64::from(settings.plan_second),
        i64::from(settings.closing_second),
    );
    let mut args = args![deed.network(), center, settings.quiet_days, plan, closing].to_vec();
    let statement = match settings.version {
        0 => INSERT,
        version => {
            args.push(version.into());
            SAVE
        }
    };
    match conn.exec(statement, &args).await? {
        1 => Ok(()),
        _ => Err(Refusal::Changed),
    }
}
