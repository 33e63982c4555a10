//! What stands at a day: the lock, the counts, the work of calling.

use db::{Conn, Error, Row, Sql, args, sql};
use jiff::civil::Date;

use crate::deed::Deed;
use crate::ids::{RowId, TaskId};
use crate::station::courses::CourseDay;
use crate::station::signups::rules::{Refusal, Room, Signup, State};

// One row that everybody writes first: PostgreSQL lets the second wait here, SQLite has one writer anyway.
const LOCK: Sql = sql(
    "INSERT INTO signup_days (network, day, given) VALUES ($1, $2, 0)
     ON CONFLICT (network, day) DO UPDATE SET given = signup_days.given",
);

const NEXT: Sql = sql(
    "INSERT INTO signup_days (network, day, given) VALUES ($1, $2, 1)
     ON CONFLICT (network, day) DO UPDATE SET given = signup_days.given + 1
     RETURNING given",
);

const FIND: Sql = sql("SELECT calling, task FROM signup_days WHERE network = $1 AND day = $2");

const CALLING: Sql = sql("UPDATE signup_days SET calling = $3, task = $4
     WHERE network = $1 AND day = $2");

const ROOM: Sql = sql("SELECT state, COUNT(*) FROM signups
     WHERE network = $1 AND day = $2 AND state IN ('in', 'offered', 'waiting') GROUP BY state");

const FIRST: Sql = sql("SELECT id FROM signups
     WHERE network = $1 AND day = $2 AND state = 'waiting' ORDER BY number LIMIT 1");

const UNTOLD: Sql = sql("SELECT COUNT(*) FROM signups
     WHERE network = $1 AND day = $2 AND state IN ('in', 'offered', 'waiting') AND told <> $3");

// Days to come on which somebody stands.
const DAYS: Sql = sql("SELECT d.id FROM course_days d
     JOIN signup_days s ON s.network = d.network AND s.day = d.id
     WHERE d.network = $1 AND d.day >= $2 ORDER BY d.day, d.id LIMIT 1000");

/// Waits until nobody else writes at this day, within the write that goes on to.
pub async fn lock(conn: &mut Conn, deed: &Deed, day: RowId) -> Result<(), Error> {
    conn.exec_one(LOCK, &args![deed.network(), day]).await
}

/// The same, and the next number of arrival.
pub async fn next_number(conn: &mut Conn, deed: &Deed, day: RowId) -> Result<i64, Error> {
    let row = conn.one(NEXT, &args![deed.network(), day]).await?;
    row.ok_or(Error::Changed)?.int(0)
}

/// What stands at a day besides the sign-ups.
pub struct DayRow {
    /// How the day stood when somebody was asked to call.
    pub calling: String,
    /// That work, while it is open.
    pub task: Option<TaskId>,
}

/// What stands at a day; nothing where nobody ever signed up.
pub async fn find_day_row(
    conn: &mut Conn,
    deed: &Deed,
    day: RowId,
) -> Result<Option<DayRow>, Error> {
    let row = conn.one(FIND, &args![deed.network(), day]).await?;
    let read = |mut row: Row| {
        Ok(DayRow {
            calling: row.text(0)?,
            task: row.maybe_int(1)?.map(TaskId),
        })
    };
    row.map(read).transpose()
}

/// Writes down what somebody was asked to call about, and the work; nothing open where all is told.
pub async fn ask_to_call(
    conn: &mut Conn,
    deed: &Deed,
    day: RowId,
    calling: &str,
    task: Option<TaskId>,
) -> Result<(), Error> {
    conn.exec_one(CALLING, &args![deed.network(), day, calling, task])
        .await
}

/// How full a day is.
pub async fn room(conn: &mut Conn, deed: &Deed, day: &CourseDay) -> Result<Room, Error> {
    let mut room = Room {
        holds: day.holds,
        ..Room::default()
    };
    for mut row in conn.rows(ROOM, &args![deed.network(), day.id]).await? {
        let count = u32::try_from(row.int(1)?).unwrap_or(u32::MAX);
        match State::from_code(&row.text(0)?) {
            Some(State::In) => room.inside = count,
            Some(State::Offered) => room.offered = count,
            Some(State::Waiting) => room.waiting = count,
            Some(State::Gone) | None => {}
        }
    }
    Ok(room)
}

/// Who waits longest.
pub async fn first_waiting(
    conn: &mut Conn,
    deed: &Deed,
    day: RowId,
) -> Result<Option<Signup>, Refusal> {
    match conn.one(FIRST, &args![deed.network(), day]).await? {
        Some(row) => {
            let id = RowId(row.int(0)?);
            Ok(Some(super::find(conn, deed, id).await?))
        }
        None => Ok(None),
    }
}

/// How many were told that the day stands otherwise than it does.
pub async fn count_untold(
    conn: &mut Conn,
    deed: &Deed,
    day: RowId,
    stands: &str,
) -> Result<i64, Error> {
    let row = conn
        .one(UNTOLD, &args![deed.network(), day, stands])
        .await?;
    row.map_or(Ok(0), |row| row.int(0))
}

/// The days from this one on on which somebody signed up, the first first.
pub async fn list_days(conn: &mut Conn, deed: &Deed, from: Date) -> Result<Vec<RowId>, Error> {
    let rows = conn
        .rows(DAYS, &args![deed.network(), from.to_string()])
        .await?;
    rows.into_iter().map(|row| Ok(RowId(row.int(0)?))).collect()
}
