//! One touch at the door: somebody comes, is taken back, leaves; the roll ends.

use axum::Form;
use axum::extract::Path;
use axum::response::Response;

use super::screen::{again, path};
use super::{day_here, told};
use crate::front::{Asked, Flash, Problem};
use crate::ids::RowId;
use crate::people::one_line;
use crate::station::courses::Typed;
use crate::station::door::acts::{self, Coming, Who};
use crate::station::door::rules::{MOST_NAME, Part, Refusal, Way};

/// The try that a form describes; a form without a number of its own gets one.
pub fn coming(asked: &Asked, day: RowId, typed: &Typed, way: Way) -> Coming {
    let nonce = typed.of("nonce").parse::<RowId>();
    Coming {
        day,
        part: Part::from_code(typed.of("as")).unwrap_or(Part::Participant),
        way,
        nonce: nonce.map_or_else(|_| asked.deed.new_id(), |nonce| nonce.0),
    }
}

/// Who stands at the door, and by which way they were found.
pub fn who(typed: &Typed) -> Result<(Who, Way), String> {
    if let Ok(id) = typed.of("signup").parse() {
        return Ok((Who::Signup(id), Way::Tick));
    }
    if let Ok(id) = typed.of("supporter").parse() {
        return Ok((Who::Supporter(id), Way::Name));
    }
    let name = one_line(typed.of("name"), MOST_NAME).map_err(|bad| bad.to_string())?;
    Ok((Who::WalkIn(name), Way::WalkIn))
}

/// Somebody comes who was ticked, found by name, or just came by. What came of it stands on the screen.
pub async fn come(
    asked: Asked,
    Path(day): Path<RowId>,
    Form(sent): Form<Vec<(String, String)>>,
) -> Result<Response, Problem> {
    day_here(&asked, day).await?;
    let typed = Typed(sent);
    let (who, way) = match who(&typed) {
        Ok(read) => read,
        Err(words) => return super::screen::refused(&asked, day, &typed, &words).await,
    };
    let coming = coming(&asked, day, &typed, way);
    let part = coming.part;
    acts::come(asked.db(), &asked.deed, coming, who).await?;
    Ok(again(day, part))
}

fn on(
    asked: &Asked,
    path: &str,
    done: Result<(), Refusal>,
    words: &str,
) -> Result<Response, Problem> {
    let flash = match done {
        Ok(()) => Flash::done(words),
        Err(refusal) => match told(&refusal) {
            Some(words) => Flash::not_done(words),
            None => return Err(refusal.into()),
        },
    };
    Ok(asked.redirect(path, flash))
}

/// The day of an attendance, to go back to whatever comes of it.
async fn day_of(asked: &Asked, id: RowId) -> Result<RowId, Problem> {
    let mut conn = asked.read().await?;
    let one = crate::station::door::store::find(&mut conn, &asked.deed, id).await?;
    drop(conn);
    Ok(day_here(asked, one.day).await?.id)
}

/// It is taken back.
pub async fn undo(
    asked: Asked,
    Path(id): Path<RowId>,
    Form(sent): Form<Vec<(String, String)>>,
) -> Result<Response, Problem> {
    let path = path(day_of(&asked, id).await?, Part::Participant);
    let of = (id, Typed(sent).version());
    let done = acts::undo(asked.db(), &asked.deed, of).await;
    on(&asked, &path, done.map(drop), "受付を取り消しました。")
}

/// They leave before the end.
pub async fn leave(
    asked: Asked,
    Path(id): Path<RowId>,
    Form(sent): Form<Vec<(String, String)>>,
) -> Result<Response, Problem> {
    let path = path(day_of(&asked, id).await?, Part::Participant);
    let of = (id, Typed(sent).version());
    let done = acts::leave(asked.db(), &asked.deed, of).await;
    on(
        &asked,
        &path,
        done.map(drop),
        "早く帰ったことを記録しました。",
    )
}

/// The roll is taken to its end.
pub async fn end(asked: Asked, Path(day): Path<RowId>) -> Result<Response, Problem> {
    day_here(&asked, day).await?;
    let done = acts::end_roll(asked.db(), &asked.deed, day).await;
    let words = "受付を終えました。来た方の記録は、これで全部です。";
    on(&asked, &path(day, Part::Participant), done, words)
}

/// Somebody is still to be written down.
pub async fn reopen(asked: Asked, Path(day): Path<RowId>) -> Result<Response, Problem> {
    day_here(&asked, day).await?;
    let done = acts::reopen_roll(asked.db(), &asked.deed, day).await;
    on(
        &asked,
        &path(day, Part::Participant),
        done,
        "受付をまた開きました。",
    )
}
