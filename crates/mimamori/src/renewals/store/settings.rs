//! What the town sets ↔ its row.

use db::{Conn, Sql, args, sql};

use crate::deed::Deed;
use crate::renewals::rules::{Refusal, Settings};

const FIND: Sql = sql(
    "SELECT postcard_days, phone_days, contacts_days, visit_days, silent_days, quiet_months, version
     FROM renewal_settings WHERE network = $1",
);

const PUT: Sql = sql(
    "INSERT INTO renewal_settings (network, postcard_days, phone_days, contacts_days, visit_days,
       silent_days, quiet_months, version) VALUES ($1, $2, $3, $4, $5, $6, $7, 1)
     ON CONFLICT (network) DO UPDATE SET postcard_days = excluded.postcard_days,
       phone_days = excluded.phone_days, contacts_days = excluded.contacts_days,
       visit_days = excluded.visit_days, silent_days = excluded.silent_days,
       quiet_months = excluded.quiet_months, version = renewal_settings.version + 1
     WHERE renewal_settings.version = $8",
);

/// The town's settings, or the defaults.
pub async fn find_settings(conn: &mut Conn, deed: &Deed) -> Result<Settings, Refusal> {
    let Some(row) = conn.one(FIND, &args![deed.network()]).await? else {
        return Ok(Settings::default());
    };
    Ok(Settings {
        days: [
            row.maybe_int(0)?,
            row.maybe_int(1)?,
            row.maybe_int(2)?,
            row.maybe_int(3)?,
        ],
        silent_days: row.int(4)?,
        quiet_months: row.int(5)?,
        version: row.int(6)?,
    })
}

/// Keeps the settings upon the version that was read; 0 where the town had none of its own.
pub async fn put_settings(conn: &mut Conn, deed: &Deed, new: &Settings) -> Result<(), Refusal> {
    let [postcard, phone, contacts, visit] = new.days;
    let args = args![
        deed.network(),
        postcard,
        phone,
        contacts,
        visit,
        new.silent_days,
        new.quiet_months,
        new.version
    ];
    match conn.exec(PUT, &args).await? {
        1 => Ok(()),
        _ => Err(Refusal::Changed),
    }
}
