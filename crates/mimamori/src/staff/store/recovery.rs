//! Recovery codes ↔ rows.

use db::{Conn, Error, Sql, args, sql};

use crate::deed::Deed;
use crate::ids::StaffId;
use crate::scope::Scope;

const INSERT: Sql =
    sql("INSERT INTO recovery_codes (network, staff, hash, used_at) VALUES ($1, $2, $3, NULL)");

const REMOVE: Sql = sql("DELETE FROM recovery_codes WHERE network = $1 AND staff = $2");

const USE: Sql = sql("UPDATE recovery_codes SET used_at = $4
     WHERE network = $1 AND staff = $2 AND hash = $3 AND used_at IS NULL");

const COUNT: Sql = sql(
    "SELECT COUNT(*) FROM recovery_codes WHERE network = $1 AND staff = $2 AND used_at IS NULL",
);

/// Keeps the hash of a code.
pub(in crate::staff) async fn insert_recovery_code(
    conn: &mut Conn,
    deed: &Deed,
    staff: StaffId,
    hash: [u8; 32],
) -> Result<(), Error> {
    conn.exec_one(INSERT, &args![deed.network(), staff, hash])
        .await
}

/// Makes every code of the account worthless.
pub(in crate::staff) async fn remove_recovery_codes(
    conn: &mut Conn,
    deed: &Deed,
    staff: StaffId,
) -> Result<(), Error> {
    conn.exec(REMOVE, &args![deed.network(), staff])
        .await
        .map(|_| ())
}

/// Strikes out a code; whether there was one.
pub(in crate::staff) async fn use_recovery_code(
    conn: &mut Conn,
    deed: &Deed,
    staff: StaffId,
    hash: [u8; 32],
) -> Result<bool, Error> {
    let used = conn
        .exec(USE, &args![deed.network(), staff, hash, deed.at()])
        .await?;
    Ok(used == 1)
}

/// How many codes are left.
pub async fn count_recovery_codes(
    conn: &mut Conn,
    scope: &Scope,
    staff: StaffId,
) -> Result<i64, Error> {
    let row = conn.one(COUNT, &args![scope.network, staff]).await?;
    row.map_or(Ok(0), |row| row.int(0))
}
