//! Tasks ↔ rows.

mod forget;
mod reseal;

pub use forget::{forget_in, forget_linked_in};
pub use reseal::reseal_some;

use db::{Conn, Error, Row, Sql, args, sql};
use jiff::civil::Date;
use seal::{Place, SealError};

use super::rules::{Act, Done, Kind, NewTask, Refusal, State, Task, Whose};
use crate::clock::instant;
use crate::deed::Deed;
use crate::ids::{CenterId, PersonId, RowId, StaffId, TaskId};

macro_rules! select {
    ($rest:literal) => {
        sql(concat!(
            "SELECT id, center, person, kind, due, state, words, link, taken_by, version
             FROM tasks ",
            $rest
        ))
    };
}

const FIND: Sql = select!("WHERE network = $1 AND id = $2");

// $2: 0 for everything, 1 for the town's, 2 for one center's ($3) and the town's.
const LIST_OPEN: Sql = select!(
    "WHERE network = $1 AND state IN ('open', 'moved')
       AND ($2 = 0 OR center IS NULL OR ($2 = 2 AND center = $3))
     ORDER BY due, id LIMIT $4"
);

// $2 and $3 as in `LIST_OPEN`.
const LIST_AFTER: Sql = select!(
    "WHERE network = $1 AND id > $4
       AND ($2 = 0 OR center IS NULL OR ($2 = 2 AND center = $3))
     ORDER BY id LIMIT $5"
);

const LIST_FOR_PERSON: Sql =
    select!("WHERE network = $1 AND person = $2 ORDER BY id DESC LIMIT 50");

const COUNT_OPEN: Sql = sql(
    "SELECT COUNT(*) FROM tasks WHERE network = $1 AND state IN ('open', 'moved')
       AND ($2 = 0 OR center IS NULL OR ($2 = 2 AND center = $3))",
);

const COUNT_OVERDUE: Sql = sql(
    "SELECT COUNT(*) FROM tasks WHERE network = $1 AND state IN ('open', 'moved') AND due < $4
       AND ($2 = 0 OR center IS NULL OR ($2 = 2 AND center = $3))",
);

// Somebody's own task, or one of their center that nobody has taken: open, or ended since then by
// their own hand.
const EXPLAINS: Sql = sql(
    "SELECT 1 FROM tasks t WHERE t.network = $1 AND t.person = $2
       AND (t.center IS NULL OR t.center = $4)
       AND ((t.state IN ('open', 'moved')
             AND (t.taken_by = $3 OR (t.taken_by IS NULL AND t.center = $4)))
            OR EXISTS (SELECT 1 FROM task_acts a WHERE a.network = t.network AND a.task = t.id
                         AND a.by = $3 AND a.at >= $5))
     LIMIT 1",
);

const INSERT: Sql = sql(
    "INSERT INTO tasks (network, id, center, person, kind, due, state, words, link, taken_by,
                        version, made_at, made_by)
     VALUES ($1, $2, $3, $4, $5, $6, 'open', $7, $8, NULL, 1, $9, $10)",
);

const SAVE: Sql = sql(
    "UPDATE tasks SET due = $3, state = $4, taken_by = $5, version = version + 1
     WHERE network = $1 AND id = $2 AND version = $6",
);

const PASS: Sql = sql("UPDATE tasks SET center = $3 WHERE network = $1 AND id = $2");

const INSERT_ACT: Sql = sql(
    "INSERT INTO task_acts (network, task, id, at, by, act, words)
     VALUES ($1, $2, $3, $4, $5, $6, $7)",
);

const LIST_ACTS: Sql = sql(
    "SELECT id, at, by, act, words FROM task_acts WHERE network = $1 AND task = $2 ORDER BY id DESC",
);

const IDS_TAKEN: Sql = sql("SELECT id FROM tasks
     WHERE network = $1 AND state IN ('open', 'moved') AND taken_by = $2 ORDER BY id");

const IDS_LINKED: Sql = sql("SELECT id FROM tasks
     WHERE network = $1 AND link = $2 AND kind = $3 AND state IN ('open', 'moved') ORDER BY id");

const IDS_OF_PERSON: Sql = sql("SELECT id FROM tasks WHERE network = $1 AND person = $2");

// The version stays: whoever has the task open does the same work for the same person.
const HAND_OVER: Sql = sql("UPDATE tasks SET person = $3 WHERE network = $1 AND id = $2");

/// More open tasks than a day has room for are not listed; the count says so.
const MOST_LISTED: i64 = 200;

fn words_place(id: TaskId) -> Place {
    Place {
        table: "tasks",
        column: "words",
        row: id.0,
        version: 0,
    }
}

fn act_place(id: RowId) -> Place {
    Place {
        table: "task_acts",
        column: "words",
        row: id.0,
        version: 0,
    }
}

fn shape(what: &str) -> Refusal {
    Refusal::Db(Error::Shape(what.to_owned()))
}

/// The account behind a deed; 0 for the program.
fn who(deed: &Deed) -> i64 {
    deed.scope.actor.account().map_or(0, |account| account.0)
}

fn task(deed: &Deed, row: &mut Row) -> Result<Task, Refusal> {
    let id = TaskId(row.int(0)?);
    let words = deed.keys.open(&words_place(id), &row.blob(6)?)?;
    let due: Result<Date, _> = row.text(4)?.parse();
    Ok(Task {
        id,
        center: row.maybe_int(1)?.map(CenterId),
        person: row.maybe_int(2)?.map(PersonId),
        kind: Kind::from_code(&row.text(3)?).ok_or_else(|| shape("tasks.kind"))?,
        due: due.map_err(|_| shape("tasks.due"))?,
        state: State::from_code(&row.text(5)?).ok_or_else(|| shape("tasks.state"))?,
        words: serde_json::from_slice(&words).map_err(|_| SealError::Malformed)?,
        link: row.text(7)?,
        taken_by: row.maybe_int(8)?.map(StaffId),
        version: row.int(9)?,
    })
}

/// The task, if it is this town's and this account may see it.
pub async fn find(conn: &mut Conn, deed: &Deed, id: TaskId) -> Result<Task, Refusal> {
    let row = conn.one(FIND, &args![deed.network(), id]).await?;
    let task = task(deed, &mut row.ok_or(Refusal::NotFound)?)?;
    if task.is_for(&deed.scope) {
        Ok(task)
    } else {
        Err(Refusal::NotFound)
    }
}

fn asked(whose: Whose) -> (i64, i64) {
    match whose {
        Whose::All => (0, 0),
        Whose::Town => (1, 0),
        Whose::Center(center) => (2, center.0),
    }
}

/// What is to be done, the most urgent first.
pub async fn list(conn: &mut Conn, deed: &Deed, whose: Whose) -> Result<Vec<Task>, Refusal> {
    let (which, center) = asked(whose);
    let rows = conn
        .rows(
            LIST_OPEN,
            &args![deed.network(), which, center, MOST_LISTED],
        )
        .await?;
    rows.into_iter()
        .map(|mut row| task(deed, &mut row))
        .collect()
}

/// Tasks after this one in order, also those done: for a list that is taken out whole.
pub async fn list_after(
    conn: &mut Conn,
    deed: &Deed,
    whose: Whose,
    after: TaskId,
    most: u32,
) -> Result<Vec<Task>, Refusal> {
    let (which, center) = asked(whose);
    let args = args![deed.network(), which, center, after, most];
    let rows = conn.rows(LIST_AFTER, &args).await?;
    rows.into_iter()
        .map(|mut row| task(deed, &mut row))
        .collect()
}

/// What an account has taken and not done yet.
pub(super) async fn list_taken(
    conn: &mut Conn,
    deed: &Deed,
    staff: StaffId,
) -> Result<Vec<TaskId>, Error> {
    let rows = conn.rows(IDS_TAKEN, &args![deed.network(), staff]).await?;
    rows.iter().map(|row| row.int(0).map(TaskId)).collect()
}

/// What of a kind leads there and is not done yet.
pub(super) async fn list_linked(
    conn: &mut Conn,
    deed: &Deed,
    kind: Kind,
    link: &str,
) -> Result<Vec<TaskId>, Error> {
    let args = args![deed.network(), link, kind.code()];
    let rows = conn.rows(IDS_LINKED, &args).await?;
    rows.iter().map(|row| row.int(0).map(TaskId)).collect()
}

/// How much is to be done.
pub async fn count_open(conn: &mut Conn, deed: &Deed, whose: Whose) -> Result<i64, Error> {
    let (which, center) = asked(whose);
    let row = conn
        .one(COUNT_OPEN, &args![deed.network(), which, center])
        .await?;
    row.map_or(Ok(0), |row| row.int(0))
}

/// How much of it should have been done before today.
pub async fn count_overdue(
    conn: &mut Conn,
    deed: &Deed,
    whose: Whose,
    today: Date,
) -> Result<i64, Error> {
    let (which, center) = asked(whose);
    let args = args![deed.network(), which, center, today.to_string()];
    let row = conn.one(COUNT_OVERDUE, &args).await?;
    row.map_or(Ok(0), |row| row.int(0))
}

/// Whether a task is why this account looks at somebody: an open one of its own, one of its center
/// that nobody has taken, or one it did since then.
pub async fn explains(
    conn: &mut Conn,
    deed: &Deed,
    person: PersonId,
    staff: StaffId,
    since: i64,
) -> Result<bool, Error> {
    let args = args![deed.network(), person, staff, deed.scope.center, since];
    Ok(conn.one(EXPLAINS, &args).await?.is_some())
}

/// The newest fifty tasks about a person, also those done.
pub async fn list_for_person(
    conn: &mut Conn,
    deed: &Deed,
    id: PersonId,
) -> Result<Vec<Task>, Refusal> {
    let rows = conn
        .rows(LIST_FOR_PERSON, &args![deed.network(), id])
        .await?;
    rows.into_iter()
        .map(|mut row| task(deed, &mut row))
        .collect()
}

/// Passes tasks from one record of a person to the other: all, or these of them. Gives those that
/// it passed.
pub async fn hand_over(
    conn: &mut Conn,
    deed: &Deed,
    from: PersonId,
    to: PersonId,
    rows: Option<&[i64]>,
) -> Result<Vec<i64>, Error> {
    let theirs = conn
        .rows(IDS_OF_PERSON, &args![deed.network(), from])
        .await?;
    let mut passed = Vec::new();
    for row in theirs {
        let id = row.int(0)?;
        if rows.is_none_or(|rows| rows.contains(&id)) {
            conn.exec_one(HAND_OVER, &args![deed.network(), id, to])
                .await?;
            passed.push(id);
        }
    }
    Ok(passed)
}

/// Keeps a new task.
pub(super) async fn insert(
    conn: &mut Conn,
    deed: &Deed,
    id: TaskId,
    new: &NewTask,
) -> Result<(), Refusal> {
    let words = serde_json::to_vec(&new.words).map_err(|_| SealError::Malformed)?;
    let args = args![
        deed.network(),
        id,
        new.center,
        new.person,
        new.kind.code(),
        new.due.to_string(),
        deed.keys
            .seal(&words_place(id), &words, &mut deed.dice.clone()),
        &new.link,
        deed.at(),
        who(deed)
    ];
    Ok(conn.exec_one(INSERT, &args).await?)
}

/// Keeps day, state and who does it upon the version that was read.
pub(super) async fn save(conn: &mut Conn, deed: &Deed, task: &Task) -> Result<(), Refusal> {
    let args = args![
        deed.network(),
        task.id,
        task.due.to_string(),
        task.state.code(),
        task.taken_by,
        task.version
    ];
    match conn.exec(SAVE, &args).await? {
        1 => Ok(()),
        _ => Err(Refusal::Changed),
    }
}

/// Makes it another center's work.
pub(super) async fn pass(
    conn: &mut Conn,
    deed: &Deed,
    id: TaskId,
    center: CenterId,
) -> Result<(), Refusal> {
    Ok(conn
        .exec_one(PASS, &args![deed.network(), id, center])
        .await?)
}

/// Keeps what was done with a task.
pub(super) async fn insert_act(
    conn: &mut Conn,
    deed: &Deed,
    task: TaskId,
    act: Act,
    words: &str,
) -> Result<(), Refusal> {
    let id = RowId(deed.new_id());
    let sealed = deed
        .keys
        .seal(&act_place(id), words.as_bytes(), &mut deed.dice.clone());
    let args = args![
        deed.network(),
        task,
        id,
        deed.at(),
        who(deed),
        act.code(),
        sealed
    ];
    Ok(conn.exec_one(INSERT_ACT, &args).await?)
}

/// What was done with a task, newest first.
pub async fn list_acts(conn: &mut Conn, deed: &Deed, task: TaskId) -> Result<Vec<Done>, Refusal> {
    let rows = conn.rows(LIST_ACTS, &args![deed.network(), task]).await?;
    rows.into_iter()
        .map(|mut row| done(deed, &mut row))
        .collect()
}

fn done(deed: &Deed, row: &mut Row) -> Result<Done, Refusal> {
    let words = deed
        .keys
        .open(&act_place(RowId(row.int(0)?)), &row.blob(4)?)?;
    let by = row.int(2)?;
    Ok(Done {
        at: instant(row.int(1)?),
        by: (by != 0).then_some(StaffId(by)),
        act: Act::from_code(&row.text(3)?).ok_or_else(|| shape("task_acts.act"))?,
        words: String::from_utf8_lossy(&words).into_owned(),
    })
}
