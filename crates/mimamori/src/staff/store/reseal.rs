//! Sealing accounts anew, after the town's key was changed.

use db::{Conn, Db, Error, Sql, args, sql};
use seal::SealError;

use crate::deed::{Deed, Moved, Unmoved};
use crate::ids::StaffId;
use crate::staff::rules::{Card, LOGIN, card_place, factor_place, login_name};

const AFTER: Sql = sql("SELECT id, version, card, second_factor FROM staff
     WHERE network = $1 AND id > $2 ORDER BY id LIMIT 100");

const RESEAL: Sql = sql(
    "UPDATE staff SET card = $4, second_factor = $5, login_token = $6
     WHERE network = $1 AND id = $2 AND version = $3",
);

const FORGET_TRIES: Sql = sql("DELETE FROM sign_in_tries
     WHERE network = $1 AND last_at > 0 AND last_at < $2");

/// Seals the next accounts under the current key, each at the version it has, and writes the token
/// of its log-in name anew. Whoever was saved meanwhile is left alone: that was under the new key.
pub async fn reseal_some(conn: &mut Conn, deed: &Deed, after: i64) -> Result<Moved, Unmoved> {
    let mut moved = Moved::default();
    for mut row in conn.rows(AFTER, &args![deed.network(), after]).await? {
        let (id, version) = (StaffId(row.int(0)?), row.int(1)?);
        moved.next = Some(id.0);
        let (card, factor) = (row.blob(2)?, row.maybe_blob(3)?);
        let Some(fresh) = deed.resealed(&card_place(id, version), &card)? else {
            continue;
        };
        let factor = factor.map(|sealed| {
            let fresh = deed.resealed(&factor_place(id, version), &sealed)?;
            Ok::<_, SealError>(fresh.unwrap_or(sealed))
        });
        let token = login_token(deed, id, version, &card)?;
        let args = args![
            deed.network(),
            id,
            version,
            fresh,
            factor.transpose()?,
            token
        ];
        moved.rows += conn.exec(RESEAL, &args).await?;
    }
    Ok(moved)
}

fn login_token(deed: &Deed, id: StaffId, version: i64, card: &[u8]) -> Result<i64, SealError> {
    let plain = deed.keys.open(&card_place(id, version), card)?;
    let card: Card = serde_json::from_slice(&plain).map_err(|_| SealError::Malformed)?;
    Ok(deed.keys.token(LOGIN, &login_name(id, &card)))
}

/// Forgets what was tried at the door before an instant: the counters stand under tokens of a key
/// that is gone, so nothing finds them any more.
pub async fn forget_tries(db: &Db, deed: &Deed, before: i64) -> Result<(), Error> {
    let network = deed.network();
    let write = db.write(move |conn| {
        Box::pin(async move {
            conn.exec(FORGET_TRIES, &args![network, before])
                .await
                .map(drop)
        })
    });
    write.await
}
