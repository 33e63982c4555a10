//! Sealing what was told, done and mailed anew under the town's newest key, and finding houses by it.

use db::{Conn, Sql, args, sql};
use seal::SealError;

use super::agreements::contact_place;
use super::mails::mail_place;
use super::notices::{place_token, words_place};
use super::steps::step_place;
use crate::deed::{Deed, Moved, Unmoved};
use crate::ids::{NoticeId, PersonId, RowId};
use crate::notices::rules::{Words, house, house_of};
use crate::people::{self, Identity};

// All four hang on ids that grow with time, so one walk passes through them together.
const AFTER: Sql = sql("SELECT id, what, sealed, person, notice FROM (
       SELECT id, 1 AS what, words AS sealed, person, id AS notice FROM notices
         WHERE network = $1 AND id > $2
       UNION ALL SELECT id, 2 AS what, words AS sealed, NULL AS person, notice FROM notice_steps
         WHERE network = $1 AND id > $2
       UNION ALL SELECT id, 3 AS what, mail AS sealed, NULL AS person, notice FROM notice_mails
         WHERE network = $1 AND id > $2
       UNION ALL SELECT id, 4 AS what, contact AS sealed, NULL AS person, id AS notice
         FROM notice_agreements WHERE network = $1 AND id > $2
     ) all_four ORDER BY id LIMIT 100");

const NOTICE: Sql = sql("UPDATE notices SET words = $3, place = $4, household = $5
     WHERE network = $1 AND id = $2 AND words = $6");
const STEP: Sql =
    sql("UPDATE notice_steps SET words = $4 WHERE network = $1 AND notice = $2 AND id = $3");
const MAIL: Sql = sql("UPDATE notice_mails SET mail = $3 WHERE network = $1 AND id = $2");
const AGREEMENT: Sql = sql(
    "UPDATE notice_agreements SET contact = $3 WHERE network = $1 AND id = $2 AND contact = $4",
);

/// Seals the next values under the current key.
pub async fn reseal_some(conn: &mut Conn, deed: &Deed, after: i64) -> Result<Moved, Unmoved> {
    let mut moved = Moved::default();
    for mut row in conn.rows(AFTER, &args![deed.network(), after]).await? {
        let (id, sealed) = (row.int(0)?, row.blob(2)?);
        moved.next = Some(id);
        let person = row.maybe_int(3)?.map(PersonId);
        let place = match row.int(1)? {
            1 => words_place(NoticeId(id)),
            2 => step_place(id),
            3 => mail_place(RowId(id)),
            _ => contact_place(RowId(id)),
        };
        let Some(fresh) = deed.resealed(&place, &sealed)? else {
            continue;
        };
        moved.rows += match row.int(1)? {
            1 => notice(conn, deed, id, person, sealed, fresh).await?,
            2 => {
                let args = args![deed.network(), row.int(4)?, id, fresh];
                conn.exec(STEP, &args).await?
            }
            3 => conn.exec(MAIL, &args![deed.network(), id, fresh]).await?,
            _ => {
                let args = args![deed.network(), id, fresh, sealed];
                conn.exec(AGREEMENT, &args).await?
            }
        };
    }
    Ok(moved)
}

async fn notice(
    conn: &mut Conn,
    deed: &Deed,
    id: i64,
    person: Option<PersonId>,
    sealed: Vec<u8>,
    fresh: Vec<u8>,
) -> Result<u64, Unmoved> {
    let plain = deed.keys.open(&words_place(NoticeId(id)), &sealed)?;
    let words: Words = serde_json::from_slice(&plain).map_err(|_| SealError::Malformed)?;
    let home = match person {
        Some(person) => home_of(conn, deed, person).await?,
        None => None,
    };
    let args = args![
        deed.network(),
        id,
        fresh,
        place_token(deed, house_of(&words.place).as_deref()),
        place_token(deed, home.as_deref()),
        sealed
    ];
    Ok(conn.exec(NOTICE, &args).await?)
}

async fn home_of(
    conn: &mut Conn,
    deed: &Deed,
    person: PersonId,
) -> Result<Option<String>, Unmoved> {
    let identity = people::find_group::<Identity>(conn, deed, person).await;
    let identity = identity.map_err(|refusal| match refusal {
        people::Refusal::Db(error) => Unmoved::Db(error),
        people::Refusal::Seal(error) => Unmoved::Seal(error),
        _ => Unmoved::Seal(SealError::Malformed),
    })?;
    let address = identity.and_then(|kept| kept.value.address);
    Ok(address.as_ref().and_then(house))
}
