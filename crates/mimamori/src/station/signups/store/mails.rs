//! Who sends which mail.

use db::{Conn, Error, Sql, args, sql};

use crate::deed::Deed;
use crate::ids::RowId;

const CLAIM: Sql = sql("INSERT INTO signup_mails (network, signup, stands, at)
     VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING");

/// Whether it is ours to send.
pub async fn claim_mail(
    conn: &mut Conn,
    deed: &Deed,
    signup: RowId,
    stands: &str,
) -> Result<bool, Error> {
    let args = args![deed.network(), signup, stands, deed.at()];
    Ok(conn.exec(CLAIM, &args).await? == 1)
}
