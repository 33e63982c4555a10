//! The row of a sign-up.

use db::{Conn, Error, Row, Sql, Value, args, sql};
use jiff::civil::Date;
use seal::Place;
use serde::{Deserialize, Serialize};

use super::shape;
use crate::clock::instant;
use crate::deed::Deed;
use crate::ids::{CenterId, RowId, SupporterId, TaskId};
use crate::people::clues;
use crate::scope::Actor;
use crate::station::signups::rules::{Code, Guest, Happened, Refusal, Signup, State, Who};

macro_rules! select {
    ($rest:literal) => {
        sql(concat!(
            "SELECT id, day, number, supporter, state, until, told, center, task, kept, version
             FROM signups WHERE network = $1 ",
            $rest
        ))
    };
}

const FIND: Sql = select!("AND id = $2");

const BY_NONCE: Sql = select!("AND nonce = $2");

const BY_CODE: Sql = select!("AND code = $2");

const PUT_CODE: Sql = sql("UPDATE signups SET code = $3 WHERE network = $1 AND id = $2");

const STANDING: Sql = select!("AND day = $2 AND who = $3 AND state <> 'gone'");

const OF_DAY: Sql = select!("AND day = $2 AND state = $3 ORDER BY number LIMIT $4");

const OF_SUPPORTER: Sql = select!("AND supporter = $2 ORDER BY day DESC LIMIT 200");

// For days from one on, the first first.
const COMING: Sql = sql(
    "SELECT s.id, s.day, s.number, s.supporter, s.state, s.until, s.told, s.center, s.task, s.kept,
            s.version
     FROM signups s JOIN course_days d ON d.network = s.network AND d.id = s.day
     WHERE s.network = $1 AND s.supporter = $2 AND d.day >= $3 ORDER BY d.day, s.id LIMIT 200",
);

const LATE: Sql = select!("AND day = $2 AND state = 'offered' AND until <= $3 ORDER BY number");

const UNTOLD: Sql = select!(
    "AND day = $2 AND state IN ('in', 'offered', 'waiting') AND told <> $3 ORDER BY number"
);

// With a task that is no more: they answered, or the time ran out.
const FINISHED: Sql = sql("SELECT id, task FROM signups
     WHERE network = $1 AND task > 0 AND task IS NOT NULL AND state <> 'offered' LIMIT 200");

const AHEAD: Sql = sql("SELECT COUNT(*) FROM signups
     WHERE network = $1 AND day = $2 AND state = 'waiting' AND number < $3");

const INSERT: Sql = sql(
    "INSERT INTO signups (network, id, day, number, supporter, who, state, until, told, center, task,
                          nonce, kept, version)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, NULL, $11, $12, 1)",
);

const SAVE: Sql = sql(
    "UPDATE signups SET state = $3, until = $4, told = $5, kept = $6, version = $7
     WHERE network = $1 AND id = $2 AND version = $7 - 1",
);

const SET_TASK: Sql = sql("UPDATE signups SET task = $3 WHERE network = $1 AND id = $2");

/// What is sealed of a sign-up.
#[derive(Serialize, Deserialize)]
pub(super) struct Kept {
    pub(super) guest: Option<Guest>,
    pub(super) note: String,
    pub(super) story: Vec<Happened>,
}

pub(super) fn place(id: RowId, version: i64) -> Place {
    Place {
        table: "signups",
        column: "kept",
        row: id.0,
        version,
    }
}

pub(super) fn signup(deed: &Deed, mut row: Row) -> Result<Signup, Refusal> {
    let (id, version) = (RowId(row.int(0)?), row.int(10)?);
    let kept: Kept = deed.open(&place(id, version), &row.blob(9)?)?;
    let who = match row.maybe_int(3)? {
        Some(supporter) => Who::Supporter(SupporterId(supporter)),
        None => Who::Guest(kept.guest.unwrap_or_default()),
    };
    Ok(Signup {
        id,
        day: RowId(row.int(1)?),
        number: row.int(2)?,
        who,
        state: State::from_code(&row.text(4)?).ok_or_else(|| shape("signups.state"))?,
        until: row.maybe_int(5)?.map(instant),
        told: row.text(6)?,
        center: row.maybe_int(7)?.map(CenterId),
        task: row.maybe_int(8)?.map(TaskId),
        note: kept.note,
        story: kept.story,
        version,
    })
}

pub(super) fn close(deed: &Deed, of: &Signup, version: i64) -> Result<Vec<u8>, Refusal> {
    let guest = match &of.who {
        Who::Guest(guest) => Some(guest.clone()),
        Who::Supporter(_) => None,
    };
    let kept = Kept {
        guest,
        note: of.note.clone(),
        story: of.story.clone(),
    };
    Ok(deed.close(&place(of.id, version), &kept)?)
}

/// Under what nobody stands twice on one day. A guest without a telephone is whoever they are: two of
/// one name may come. So is whoever signs up on the web, where nobody is to learn who is there already.
pub fn who_of(deed: &Deed, of: &Signup) -> i64 {
    match &of.who {
        Who::Supporter(id) => id.0,
        Who::Guest(Guest {
            name,
            phone: Some(phone),
            ..
        }) if deed.scope.actor != Actor::Public => {
            let name = clues::folded(&clues::halves(name).concat());
            let phone = phone.digits();
            deed.lasting_token(&[b"signups.guest", name.as_bytes(), phone.as_bytes()])
        }
        Who::Guest(_) => of.id.0,
    }
}

async fn all(
    conn: &mut Conn,
    deed: &Deed,
    statement: Sql,
    args: &[Value],
) -> Result<Vec<Signup>, Refusal> {
    let rows = conn.rows(statement, args).await?;
    rows.into_iter().map(|row| signup(deed, row)).collect()
}

async fn one(
    conn: &mut Conn,
    deed: &Deed,
    statement: Sql,
    args: &[Value],
) -> Result<Option<Signup>, Refusal> {
    let row = conn.one(statement, args).await?;
    row.map(|row| signup(deed, row)).transpose()
}

/// The sign-up, if it is this town's.
pub async fn find(conn: &mut Conn, deed: &Deed, id: RowId) -> Result<Signup, Refusal> {
    let found = one(conn, deed, FIND, &args![deed.network(), id]).await?;
    found.ok_or(Refusal::NotFound)
}

/// What came of this form already.
pub async fn find_by_nonce(
    conn: &mut Conn,
    deed: &Deed,
    nonce: i64,
) -> Result<Option<Signup>, Refusal> {
    one(conn, deed, BY_NONCE, &args![deed.network(), nonce]).await
}

fn token(deed: &Deed, code: Code) -> i64 {
    deed.lasting_token(&[b"signups.code", &code.number().to_be_bytes()])
}

/// The sign-up that was given this number.
pub async fn find_by_code(
    conn: &mut Conn,
    deed: &Deed,
    code: Code,
) -> Result<Option<Signup>, Refusal> {
    one(
        conn,
        deed,
        BY_CODE,
        &args![deed.network(), token(deed, code)],
    )
    .await
}

/// Gives it the number.
pub async fn put_code(conn: &mut Conn, deed: &Deed, id: RowId, code: Code) -> Result<(), Error> {
    let args = args![deed.network(), id, token(deed, code)];
    conn.exec_one(PUT_CODE, &args).await
}

/// The sign-up of somebody that has not ended.
pub async fn find_standing(
    conn: &mut Conn,
    deed: &Deed,
    day: RowId,
    who: i64,
) -> Result<Option<Signup>, Refusal> {
    one(conn, deed, STANDING, &args![deed.network(), day, who]).await
}

/// Who stands so on the day, in the order of arrival.
pub async fn list_of_day(
    conn: &mut Conn,
    deed: &Deed,
    day: RowId,
    state: State,
    most: i64,
) -> Result<Vec<Signup>, Refusal> {
    let args = args![deed.network(), day, state.code(), most];
    all(conn, deed, OF_DAY, &args).await
}

/// Of a supporter, the newest days first.
pub async fn list_of_supporter(
    conn: &mut Conn,
    deed: &Deed,
    supporter: SupporterId,
) -> Result<Vec<Signup>, Refusal> {
    all(conn, deed, OF_SUPPORTER, &args![deed.network(), supporter]).await
}

/// Of a supporter for days from this one on, the first first.
pub async fn list_coming(
    conn: &mut Conn,
    deed: &Deed,
    supporter: SupporterId,
    from: Date,
) -> Result<Vec<Signup>, Refusal> {
    let args = args![deed.network(), supporter, from.to_string()];
    all(conn, deed, COMING, &args).await
}

/// Who did not answer in time.
pub async fn list_late(conn: &mut Conn, deed: &Deed, day: RowId) -> Result<Vec<Signup>, Refusal> {
    all(conn, deed, LATE, &args![deed.network(), day, deed.at()]).await
}

/// Who was told that the day stands otherwise than it does.
pub async fn list_untold(
    conn: &mut Conn,
    deed: &Deed,
    day: RowId,
    stands: &str,
) -> Result<Vec<Signup>, Refusal> {
    all(conn, deed, UNTOLD, &args![deed.network(), day, stands]).await
}

/// Sign-ups whose task has nothing to do any more, each with it.
pub async fn list_finished(conn: &mut Conn, deed: &Deed) -> Result<Vec<(RowId, TaskId)>, Error> {
    let rows = conn.rows(FINISHED, &args![deed.network()]).await?;
    let pair = |row: Row| Ok((RowId(row.int(0)?), TaskId(row.int(1)?)));
    rows.into_iter().map(pair).collect()
}

/// How many wait who came before.
pub async fn count_ahead(conn: &mut Conn, deed: &Deed, of: &Signup) -> Result<u32, Error> {
    let args = args![deed.network(), of.day, of.number];
    let count = conn.one(AHEAD, &args).await?;
    let count = count.map_or(Ok(0), |row| row.int(0))?;
    Ok(u32::try_from(count).unwrap_or(u32::MAX))
}

/// Keeps a new one.
pub async fn insert(conn: &mut Conn, deed: &Deed, new: &Signup, nonce: i64) -> Result<(), Refusal> {
    let args = args![
        deed.network(),
        new.id,
        new.day,
        new.number,
        new.who.supporter(),
        who_of(deed, new),
        new.state.code(),
        new.until.map(|until| until.as_millisecond()),
        &new.told,
        new.center,
        nonce,
        close(deed, new, 1)?
    ];
    Ok(conn.exec_one(INSERT, &args).await?)
}

/// Keeps what changed upon the version that was read.
pub async fn save(conn: &mut Conn, deed: &Deed, changed: &Signup) -> Result<(), Refusal> {
    let version = changed.version + 1;
    let args = args![
        deed.network(),
        changed.id,
        changed.state.code(),
        changed.until.map(|until| until.as_millisecond()),
        &changed.told,
        close(deed, changed, version)?,
        version
    ];
    match conn.exec(SAVE, &args).await? {
        1 => Ok(()),
        _ => Err(Refusal::Changed),
    }
}

/// Ties the work of telling them to the sign-up, or takes it off.
pub async fn set_task(
    conn: &mut Conn,
    deed: &Deed,
    id: RowId,
    task: Option<TaskId>,
) -> Result<(), Error> {
    conn.exec_one(SET_TASK, &args![deed.network(), id, task])
        .await
}
