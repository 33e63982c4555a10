//! Dated work: the list of the day, and what is done with a task.

use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::parts::{Asking, Body, Id, Version, etag, not_there};
use crate::audit::{self, Fields, Line, Verb, Why};
use crate::desk;
use crate::front::{Asked, Fault, Problem};
use crate::ids::{CenterId, PersonId, StaffId, TaskId};
use crate::tasks::{self, Refusal, Task, Whose};

impl From<Refusal> for Fault {
    fn from(refusal: Refusal) -> Fault {
        let wrong = |field: &str, words: &str| Fault::fields(words).at(field, words);
        match refusal {
            Refusal::NotFound => not_there(),
            Refusal::IsDone => Fault::conflict("この「やること」は、もう済んでいます。"),
            Refusal::IsNotDone => Fault::conflict("この「やること」は、まだ済んでいません。"),
            Refusal::Changed => db::Error::Changed.into(),
            Refusal::NoWords => wrong("words", "どうだったか、またはなぜかを入れてください。"),
            Refusal::TooLong => wrong("words", "長すぎます。1000字までにしてください。"),
            Refusal::DayIsOver => wrong("day", "今日からあとの日にしてください。"),
            Refusal::NoRight(refused) => refused.into(),
            Refusal::Db(error) => error.into(),
            other => Problem::Broken(other.into()).into(),
        }
    }
}

/// A task.
#[derive(Serialize)]
pub struct TaskJson {
    task: TaskId,
    kind: &'static str,
    state: &'static str,
    due: Date,
    center: Option<CenterId>,
    person: Option<PersonId>,
    title: String,
    story: String,
    taken_by: Option<StaffId>,
    version: i64,
}

impl TaskJson {
    fn of(task: Task) -> TaskJson {
        TaskJson {
            task: task.id,
            kind: task.kind.code(),
            state: task.state.code(),
            due: task.due,
            center: task.center,
            person: task.person,
            title: task.words.title,
            story: task.words.story,
            taken_by: task.taken_by,
            version: task.version,
        }
    }
}

/// Whose work.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Which {
    #[serde(default)]
    all: bool,
}

/// The open tasks, most urgent first.
#[derive(Serialize)]
pub struct TaskList {
    open: i64,
    tasks: Vec<TaskJson>,
}

/// The list of the day, after the sight of everybody it names is durable.
pub async fn list(asked: Asked, Asking(which): Asking<Which>) -> Result<Json<TaskList>, Fault> {
    let whose = Whose::of(&asked.deed.scope, which.all);
    let mut conn = asked.read().await?;
    let tasks = tasks::list(&mut conn, &asked.deed, whose).await?;
    let open = tasks::count_open(&mut conn, &asked.deed, whose).await?;
    drop(conn);
    desk::witness_lists(&asked, &tasks, &[]).await?;
    Ok(Json(TaskList {
        open,
        tasks: tasks.into_iter().map(TaskJson::of).collect(),
    }))
}

async fn shown(asked: &Asked, id: TaskId) -> Result<Response, Fault> {
    let mut conn = asked.read().await?;
    let task = tasks::find(&mut conn, &asked.deed, id).await?;
    drop(conn);
    let fields = task.person.map_or(Fields::NOTHING, |_| Fields::IDENTITY);
    let line = Line::new(Verb::Saw, task.person, fields).because(Why::Task(id));
    audit::witness(asked.db(), &asked.deed, line).await?;
    Ok((etag(task.version), Json(TaskJson::of(task))).into_response())
}

/// One task.
pub async fn read(asked: Asked, Id(id): Id<TaskId>) -> Result<Response, Fault> {
    shown(&asked, id).await
}

/// Who does it so far, as the program saw it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Taking {
    #[serde(default)]
    instead_of: Option<StaffId>,
}

/// The program takes it.
pub async fn take(
    asked: Asked,
    Id(id): Id<TaskId>,
    Body(taking): Body<Taking>,
) -> Result<StatusCode, Fault> {
    tasks::take(asked.db(), &asked.deed, id, taking.instead_of).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// What came out.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Outcome {
    words: String,
}

/// Done, with what came out.
pub async fn finish(
    asked: Asked,
    Id(id): Id<TaskId>,
    Version(version): Version,
    Body(outcome): Body<Outcome>,
) -> Result<Response, Fault> {
    tasks::finish(asked.db(), &asked.deed, id, version, &outcome.words).await?;
    shown(&asked, id).await
}

/// Another day, and why.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Move {
    day: Date,
    words: String,
}

/// Moved to another day.
pub async fn move_to(
    asked: Asked,
    Id(id): Id<TaskId>,
    Version(version): Version,
    Body(to): Body<Move>,
) -> Result<Response, Fault> {
    tasks::move_to(asked.db(), &asked.deed, id, version, to.day, &to.words).await?;
    shown(&asked, id).await
}
