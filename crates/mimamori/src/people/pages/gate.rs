//! Opening a record: the reason that the program finds, or a purpose where it is another center's
//! person; then the audit line, then the sight.

use axum::response::{IntoResponse, Redirect, Response};
use maud::Markup;

use crate::audit::{self, Fields, Line, Verb};
use crate::front::{Asked, Problem};
use crate::ids::PersonId;
use crate::people::rules::{Person, Refusal, State};
use crate::people::{store, views};
use crate::scope::Actor;

/// Why a record is not shown.
pub enum Stop {
    /// It can't be.
    Problem(Problem),
    /// The purpose has to be said first.
    Purpose(PersonId),
    /// The person stands in another record now.
    Merged(PersonId),
    /// The form again, as somebody asked for one more block of it.
    Again(Markup),
}

impl<E: Into<Problem>> From<E> for Stop {
    fn from(error: E) -> Stop {
        Stop::Problem(error.into())
    }
}

impl IntoResponse for Stop {
    fn into_response(self) -> Response {
        match self {
            Stop::Problem(problem) => problem.into_response(),
            Stop::Again(page) => page.into_response(),
            Stop::Merged(id) => {
                Redirect::to(&format!("/people/{id}?done=merged-here")).into_response()
            }
            Stop::Purpose(id) => Redirect::to(&format!("/people/{id}/purpose")).into_response(),
        }
    }
}

/// The record, after its audit line is durable.
pub async fn enter(asked: &Asked, id: PersonId, fields: Fields) -> Result<Person, Stop> {
    witness(asked, id, fields).await?;
    let mut conn = asked.read().await?;
    let person = store::find(&mut conn, &asked.deed, id).await?;
    Ok(person.ok_or(Refusal::NotFound)?)
}

/// Makes the line of the sight durable, with the reason or the purpose; what nothing explains is
/// noted for the head of who looks.
pub async fn witness(asked: &Asked, id: PersonId, fields: Fields) -> Result<(), Stop> {
    let line = Line::new(Verb::Saw, Some(id), fields);
    witness_line(asked, id, line).await
}

/// The same with a line of its own.
pub(super) async fn witness_line(asked: &Asked, id: PersonId, line: Line) -> Result<(), Stop> {
    let ground = weigh(asked, id).await?;
    let line = line.saying(ground.words);
    if ground.listed {
        return Ok(views::note_sight(asked.db(), &asked.deed, id, line).await?);
    }
    Ok(audit::witness(asked.db(), &asked.deed, line).await?)
}

/// Whether the record may be opened now, and the reason or the purpose for the audit.
pub async fn admit(asked: &Asked, id: PersonId) -> Result<String, Stop> {
    Ok(weigh(asked, id).await?.words)
}

/// On what ground a record is opened.
struct Ground {
    /// What the audit says of it.
    words: String,
    /// Whether the head of who looks reads of it.
    listed: bool,
}

async fn weigh(asked: &Asked, id: PersonId) -> Result<Ground, Stop> {
    let (deed, mut conn) = (&asked.deed, asked.read().await?);
    let standing = store::find_standing(&mut conn, deed, id).await?;
    let standing = standing.ok_or(Refusal::NotFound)?;
    if standing.state == State::Merged {
        let now = store::now_of(&mut conn, deed, id).await?;
        return Err(Stop::Merged(now.ok_or(Refusal::NotFound)?));
    }
    let own = !standing.asks_purpose(deed.scope.center);
    let account = deed.scope.actor.account().ok_or(Problem::Forbidden)?;
    let staff = matches!(deed.scope.actor, Actor::Staff(_));
    let explains = asked.app.explains;
    if staff && let Some(word) = views::explain(&mut conn, deed, explains, account, id, own).await?
    {
        return Ok(Ground {
            words: format!("理由: {word}"),
            listed: views::is_canary(&mut conn, deed, id).await?,
        });
    }
    let words = match own {
        true => String::new(),
        false => {
            let said = store::openings::find(&mut conn, deed, account, id).await?;
            let said = said.map(|reason| format!("目的: {reason}"));
            said.ok_or(Stop::Purpose(id))?
        }
    };
    Ok(Ground {
        words,
        listed: staff,
    })
}
