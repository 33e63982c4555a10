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

// These three hang on ids that grow with time, so one walk passes through them together; each is
// read along its key, a hundred at most.
const AFTER: Sql = sql("SELECT id, what, sealed, person FROM (
       SELECT * FROM (SELECT id, 1 AS what, words AS sealed, person FROM notices
         WHERE network = $1 AND id > $2 ORDER BY id LIMIT 100) told
       UNION ALL SELECT * FROM (SELECT id, 2 AS what, mail AS sealed, CAST(NULL AS BIGINT) AS person
         FROM notice_mails WHERE network = $1 AND id > $2 ORDER BY id LIMIT 100) mailed
       UNION ALL SELECT * FROM (SELECT id, 3 AS what, contact AS sealed, CAST(NULL AS BIGINT) AS person
         FROM notice_agreements WHERE network = $1 AND id > $2 ORDER BY id LIMIT 100) agreed
     ) all_three ORDER BY id LIMIT 100");

// What was done at a notice comes with it.
const STEPS: Sql = sql("SELECT notice, id, words FROM notice_steps
     WHERE network = $1 AND notice > $2 AND notice <= $3 ORDER BY notice, id");

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
            2 => mail_place(RowId(id)),
            _ => contact_place(RowId(id)),
        };
        let Some(fresh) = deed.resealed(&place, &sealed)? else {
            continue;
        };
        moved.rows += match row.int(1)? {
            1 => notice(conn, deed, id, person, sealed, fresh).await?,
            2 => conn.exec(MAIL, &args![deed.network(), id, fresh]).await?,
            _ => {
                let args = args![deed.network(), id, fresh, sealed];
                conn.exec(AGREEMENT, &args).await?
            }
        };
    }
    if let Some(last) = moved.next {
        moved.rows += steps(conn, deed, after, last).await?;
    }
    Ok(moved)
}

async fn steps(conn: &mut Conn, deed: &Deed, after: i64, last: i64) -> Result<u64, Unmoved> {
    let mut rows = 0;
    let args = args![deed.network(), after, last];
    for mut row in conn.rows(STEPS, &args).await? {
        let (notice, id, sealed) = (row.int(0)?, row.int(1)?, row.blob(2)?);
        if let Some(fresh) = deed.resealed(&step_place(id), &sealed)? {
            let args = args![deed.network(), notice, id, fresh];
            rows += conn.exec(STEP, &args).await?;
        }
    }
    Ok(rows)
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
