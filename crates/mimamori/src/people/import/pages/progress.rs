//! Taking in: a page that can be left and found again.

use axum::extract::{Form, Path};
use axum::response::{IntoResponse, Redirect, Response};
use jiff::Unit;
use maud::{Markup, html};
use serde::Deserialize;

use super::{about, address, find, mode_of, told, way};
use crate::front::look::{self, Progress, Weight};
use crate::front::{Asked, Place, Problem};
use crate::people::import::acts::{self, OldNumbers};
use crate::people::import::store::Run;

/// A run that has not gone on for so long has stopped: the program was ended under it.
const STALE_SECONDS: i64 = 60;

/// How rows that can't be taken are met.
#[derive(Deserialize)]
pub struct How {
    mode: Option<String>,
}

/// Starts the writing and waits for it; whoever leaves finds it again, for it goes on by itself.
pub async fn take(
    asked: Asked,
    Path(run): Path<String>,
    Form(how): Form<How>,
    numbers: OldNumbers,
) -> Result<Response, Problem> {
    let run = find(&asked, &run).await?.id;
    let mode = mode_of(how.mode.as_deref().unwrap_or_default());
    let (db, deed) = (asked.db().clone(), asked.deed.clone());
    let work = tokio::spawn(async move { acts::take(&db, &deed, run, mode, numbers).await });
    match tokio::time::timeout(std::time::Duration::from_secs(3), work).await {
        // Still at it, or it fell over: the page shows how far it is and offers to go on.
        Err(_) | Ok(Err(_)) => Ok(Redirect::to(&address(run)).into_response()),
        Ok(Ok(Ok(_))) => Ok(Redirect::to(&address(run)).into_response()),
        Ok(Ok(Err(refusal))) => told(&asked, run, refusal),
    }
}

/// How far it is.
pub fn page(asked: &Asked, run: &Run) -> Result<Markup, Problem> {
    let quiet = asked.deed.now.since((Unit::Second, run.updated_at));
    let stopped = quiet.map_or(0, |span| span.get_seconds()) > STALE_SECONDS;
    let take = format!("{}/take", address(run.id));
    let body = html! {
        (way(run))
        (about(run))
        (look::progress(&Progress {
            title: if stopped { "取り込みが止まっています" } else { "取り込んでいます" },
            done: run.done,
            total: Some(run.to_do),
            rate: "",
            left: "",
            counts: &[],
        }))
        @if stopped {
            p { "途中で止まりました。続きから取り込めます。同じ方が2度登録されることはありません。" }
            (look::act(Weight::Primary, "続きから取り込む", "", &take, &[("mode", run.mode.code())]))
        } @else {
            p { "このページを離れても続きます。あとで「名簿を取り込む」から開けます。" }
        }
    };
    let mut shell = asked.shell(Place::Import)?;
    shell.refresh = (!stopped).then_some(2);
    Ok(look::page(&shell, "取り込んでいます", body))
}
