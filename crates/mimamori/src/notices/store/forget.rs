//! Forgetting what was told: of somebody who is erased, and of what ended long ago. That there was a
//! notice, how it came and how long it took stays as a figure; it is never listed or found again.

use db::{Conn, Error, Sql, args, sql};

use crate::deed::Deed;
use crate::ids::{NoticeId, PersonId};
use crate::tasks;

const MAILS: Sql = sql("DELETE FROM notice_mails WHERE network = $1
     AND notice IN (SELECT id FROM notices WHERE network = $1 AND person = $2)");

const STEPS: Sql = sql("DELETE FROM notice_steps WHERE network = $1
     AND notice IN (SELECT id FROM notices WHERE network = $1 AND person = $2)");

const NOTICES: Sql = sql(
    "UPDATE notices SET state = 'erased', person = NULL, place = 0, household = 0, source = 0,
       origin = 0, hash = NULL, task = NULL, words = $3, version = version + 1
     WHERE network = $1 AND person = $2",
);

const OLD_MAILS: Sql = sql("DELETE FROM notice_mails WHERE network = $1
     AND notice IN (SELECT id FROM notices WHERE network = $1 AND state = 'ended' AND ended_at < $2)");

const OLD_STEPS: Sql = sql("DELETE FROM notice_steps WHERE network = $1
     AND notice IN (SELECT id FROM notices WHERE network = $1 AND state = 'ended' AND ended_at < $2)");

const OLD: Sql = sql(
    "UPDATE notices SET state = 'erased', person = NULL, place = 0, household = 0, source = 0,
       origin = 0, hash = NULL, task = NULL, words = $3, version = version + 1
     WHERE network = $1 AND state = 'ended' AND ended_at < $2",
);

const ONE_MAILS: Sql = sql("DELETE FROM notice_mails WHERE network = $1 AND notice = $2");

const ONE_STEPS: Sql = sql("DELETE FROM notice_steps WHERE network = $1 AND notice = $2");

const ONE: Sql = sql(
    "UPDATE notices SET state = 'erased', person = NULL, place = 0, household = 0, source = 0,
       origin = 0, hash = NULL, task = NULL, words = $3, version = version + 1
     WHERE network = $1 AND id = $2",
);

const OF_RECORD: Sql = sql("SELECT id FROM notices WHERE network = $1 AND person = $2 ORDER BY id");

const HAND_OVER: Sql =
    sql("UPDATE notices SET person = $3, version = version + 1 WHERE network = $1 AND id = $2");

const OLD_ONES: Sql = sql("SELECT id FROM notices
     WHERE network = $1 AND state = 'ended' AND ended_at < $2 ORDER BY id");

/// The tasks of these notices go with them: their links would lead nowhere.
async fn forget_tasks(conn: &mut Conn, deed: &Deed, notices: &[i64]) -> Result<(), Error> {
    for notice in notices {
        tasks::forget_linked_in(conn, deed, &format!("/notices/{}", NoticeId(*notice))).await?;
    }
    Ok(())
}

/// Forgets what was told about somebody.
pub async fn forget_in(conn: &mut Conn, deed: &Deed, person: PersonId) -> Result<(), Error> {
    let theirs = list_of_record(conn, deed, person).await?;
    forget_tasks(conn, deed, &theirs).await?;
    for statement in [MAILS, STEPS] {
        conn.exec(statement, &args![deed.network(), person]).await?;
    }
    let args = args![deed.network(), person, Vec::<u8>::new()];
    conn.exec(NOTICES, &args).await.map(drop)
}

/// Forgets what was told in one notice.
pub async fn forget_one(conn: &mut Conn, deed: &Deed, id: NoticeId) -> Result<(), Error> {
    forget_tasks(conn, deed, &[id.0]).await?;
    for statement in [ONE_MAILS, ONE_STEPS] {
        conn.exec(statement, &args![deed.network(), id]).await?;
    }
    let args = args![deed.network(), id, Vec::<u8>::new()];
    conn.exec_one(ONE, &args).await
}

/// Forgets what ended before an instant; how many notices.
pub async fn forget_before(conn: &mut Conn, deed: &Deed, before: i64) -> Result<u64, Error> {
    let rows = conn.rows(OLD_ONES, &args![deed.network(), before]).await?;
    let old: Vec<i64> = rows
        .iter()
        .map(|row| row.int(0))
        .collect::<Result<_, _>>()?;
    forget_tasks(conn, deed, &old).await?;
    for statement in [OLD_MAILS, OLD_STEPS] {
        conn.exec(statement, &args![deed.network(), before]).await?;
    }
    let args = args![deed.network(), before, Vec::<u8>::new()];
    conn.exec(OLD, &args).await
}

/// Every notice that is tied to a record, whichever center has it: two records become one as a whole.
pub async fn list_of_record(
    conn: &mut Conn,
    deed: &Deed,
    person: PersonId,
) -> Result<Vec<i64>, Error> {
    let rows = conn.rows(OF_RECORD, &args![deed.network(), person]).await?;
    rows.iter().map(|row| row.int(0)).collect()
}

/// Passes a notice on to another record of the same person.
pub async fn hand_over(conn: &mut Conn, deed: &Deed, id: i64, to: PersonId) -> Result<(), Error> {
    conn.exec_one(HAND_OVER, &args![deed.network(), id, to])
        .await
}
