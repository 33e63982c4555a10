//! Invitations ↔ rows.

use db::{Conn, Error, Sql, args, sql};

use crate::deed::Deed;
use crate::ids::StaffId;
use crate::staff::rules::{INVITATION_HOURS, Invitation};

const INSERT: Sql = sql(
    "INSERT INTO invitations (network, hash, staff, made_at, ends_at, used_at)
     VALUES ($1, $2, $3, $4, $5, NULL)",
);

const FIND: Sql = sql("SELECT staff FROM invitations
     WHERE network = $1 AND hash = $2 AND used_at IS NULL AND ends_at > $3");

const USE: Sql =
    sql("UPDATE invitations SET used_at = $3 WHERE network = $1 AND hash = $2 AND used_at IS NULL");

const REMOVE: Sql =
    sql("DELETE FROM invitations WHERE network = $1 AND staff = $2 AND used_at IS NULL");

/// Keeps an invitation that begins now.
pub(in crate::staff) async fn insert_invitation(
    conn: &mut Conn,
    deed: &Deed,
    invitation: Invitation,
) -> Result<(), Error> {
    let ends_at = deed.at() + INVITATION_HOURS * 60 * 60 * 1000;
    let args = args![
        deed.network(),
        invitation.hash,
        invitation.staff,
        deed.at(),
        ends_at
    ];
    conn.exec_one(INSERT, &args).await
}

/// The invitation, if it was neither used nor ended.
pub(in crate::staff) async fn find_invitation(
    conn: &mut Conn,
    deed: &Deed,
    hash: [u8; 32],
) -> Result<Option<Invitation>, Error> {
    let row = conn
        .one(FIND, &args![deed.network(), hash, deed.at()])
        .await?;
    row.map(|row| {
        Ok(Invitation {
            hash,
            staff: StaffId(row.int(0)?),
        })
    })
    .transpose()
}

/// Uses it up; `Changed` where somebody was faster.
pub(in crate::staff) async fn use_invitation(
    conn: &mut Conn,
    deed: &Deed,
    invitation: Invitation,
) -> Result<(), Error> {
    conn.exec_one(USE, &args![deed.network(), invitation.hash, deed.at()])
        .await
}

/// Takes back what was not used yet.
pub(in crate::staff) async fn remove_invitations(
    conn: &mut Conn,
    deed: &Deed,
    staff: StaffId,
) -> Result<(), Error> {
    conn.exec(REMOVE, &args![deed.network(), staff])
        .await
        .map(|_| ())
}
