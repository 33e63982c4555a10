//! Centers ↔ rows.

use db::{Conn, Error, Row, Sql, args, sql};

use super::{phone_of, phone_text};
use crate::deed::Deed;
use crate::ids::CenterId;
use crate::networks::rules::Center;
use crate::scope::Scope;

const LIST: Sql = sql(
    "SELECT id, name, address, day_phone, night_phone, closed_at, version
     FROM centers WHERE network = $1 ORDER BY id",
);

const FIND: Sql = sql(
    "SELECT id, name, address, day_phone, night_phone, closed_at, version
     FROM centers WHERE network = $1 AND id = $2",
);

const INSERT: Sql = sql(
    "INSERT INTO centers (network, id, name, address, day_phone, night_phone, closed_at, version)
     VALUES ($1, $2, $3, $4, $5, $6, NULL, 1)",
);

const SAVE: Sql = sql(
    "UPDATE centers SET name = $3, address = $4, day_phone = $5, night_phone = $6, closed_at = $7,
            version = version + 1
     WHERE network = $1 AND id = $2 AND version = $8",
);

/// Every center of the town, the oldest first, also those given up.
pub async fn list_centers(conn: &mut Conn, scope: &Scope) -> Result<Vec<Center>, Error> {
    let rows = conn.rows(LIST, &args![scope.network]).await?;
    rows.into_iter().map(center).collect()
}

/// The center, if it is this town's.
pub async fn find_center(
    conn: &mut Conn,
    scope: &Scope,
    id: CenterId,
) -> Result<Option<Center>, Error> {
    let row = conn.one(FIND, &args![scope.network, id]).await?;
    row.map(center).transpose()
}

fn center(mut row: Row) -> Result<Center, Error> {
    Ok(Center {
        id: CenterId(row.int(0)?),
        name: row.text(1)?,
        address: row.text(2)?,
        day_phone: phone_of(&row.text(3)?)?,
        night_phone: phone_of(&row.text(4)?)?,
        closed_at: row.maybe_int(5)?,
        version: row.int(6)?,
    })
}

/// Keeps a new center.
pub(crate) async fn insert_center(
    conn: &mut Conn,
    deed: &Deed,
    center: &Center,
) -> Result<(), Error> {
    let args = args![
        deed.network(),
        center.id,
        &center.name,
        &center.address,
        phone_text(center.day_phone.as_ref()),
        phone_text(center.night_phone.as_ref())
    ];
    conn.exec_one(INSERT, &args).await
}

/// Keeps a changed center; `Changed` where somebody saved first.
pub(crate) async fn save_center(
    conn: &mut Conn,
    deed: &Deed,
    center: &Center,
) -> Result<(), Error> {
    let args = args![
        deed.network(),
        center.id,
        &center.name,
        &center.address,
        phone_text(center.day_phone.as_ref()),
        phone_text(center.night_phone.as_ref()),
        center.closed_at,
        center.version
    ];
    conn.exec_one(SAVE, &args).await
}
