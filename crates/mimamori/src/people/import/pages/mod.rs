//! Bringing in a roster: choose a file, settle its columns, look at every row, take it in.

mod columns;
mod progress;
mod rows;
mod upload;

use axum::extract::{DefaultBodyLimit, Form, Path};
use axum::handler::Handler;
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};

use super::acts::{self, OldNumbers};
use super::rules::{Mode, Refusal, RunState};
use super::store::{self, Run};
use crate::clock::in_japan;
use crate::front::look::{self, Step, StepState};
use crate::front::{Access, Asked, Doors, Flash, Place, Problem};
use crate::ids::RowId;
use crate::scope::Right;

const NEEDS: Access = Access::Needs(Right::Import);
/// The largest roster: 100,000 rows of CSV are about 24 MB.
const MOST_BYTES: usize = 30 * 1024 * 1024;

/// The doors of the import; `numbers` is what the room of tags does with a roster's numbers.
pub fn doors(doors: Doors, numbers: OldNumbers) -> Doors {
    let limit = DefaultBodyLimit::max(MOST_BYTES);
    doors
        .get("/people/import", NEEDS, upload::page)
        .post("/people/import", NEEDS, upload::save.layer(limit))
        .get("/people/import/{run}", NEEDS, run_page)
        .get("/people/import/{run}/columns", NEEDS, columns::page)
        .post(
            "/people/import/{run}/columns",
            NEEDS,
            move |asked: Asked, run: Path<String>, form: Form<columns::Chosen>| {
                columns::save(asked, run, form, numbers)
            },
        )
        .post(
            "/people/import/{run}/choice",
            NEEDS,
            move |asked: Asked, run: Path<String>, form: Form<rows::Said>| {
                rows::choose(asked, run, form)
            },
        )
        .post(
            "/people/import/{run}/take",
            NEEDS,
            move |asked: Asked, run: Path<String>, form: Form<progress::How>| {
                progress::take(asked, run, form, numbers)
            },
        )
        .post("/people/import/{run}/stop", NEEDS, stop)
        .get("/people/import/{run}/refused", NEEDS, rows::file)
}

/// What can't be mended on the page it happened on.
impl From<Refusal> for Problem {
    fn from(refusal: Refusal) -> Problem {
        match refusal {
            Refusal::NotFound => Problem::NotFound,
            Refusal::NoRight(_) => Problem::Forbidden,
            Refusal::Person(refusal) => refusal.into(),
            Refusal::Seal(error) => error.into(),
            Refusal::Db(error) => error.into(),
            other => Problem::Broken(other.into()),
        }
    }
}

/// Refusals that have words go back to the run's page with them.
fn told(asked: &Asked, run: RowId, refusal: Refusal) -> Result<Response, Problem> {
    use Refusal::{Columns, Expired, Finished, Moved, NotAll, NotJudged, Unreadable};
    match refusal {
        Columns(_) | Expired | Finished | Moved | NotAll { .. } | NotJudged | Unreadable(_) => {
            let words = Flash::not_done(&refusal.to_string());
            Ok(asked.redirect(&address(run), words))
        }
        other => Err(other.into()),
    }
}

fn run_of(text: &str) -> Result<RowId, Problem> {
    text.parse().map_err(|_| Problem::NotFound)
}

fn address(run: RowId) -> String {
    format!("/people/import/{run}")
}

async fn find(asked: &Asked, run: &str) -> Result<Run, Problem> {
    let mut conn = asked.read().await?;
    let found = store::find_run(&mut conn, &asked.deed, run_of(run)?).await?;
    found.ok_or(Problem::NotFound)
}

/// The page of where the run stands.
async fn run_page(
    asked: Asked,
    Path(run): Path<String>,
    part: rows::Query,
) -> Result<Response, Problem> {
    let found = find(&asked, &run).await?;
    match found.state {
        RunState::Columns => {
            Ok(Redirect::to(&format!("{}/columns", address(found.id))).into_response())
        }
        RunState::Judged => Ok(rows::page(asked, found, part.0).await?.into_response()),
        RunState::Taking => Ok(progress::page(&asked, &found)?.into_response()),
        RunState::Done | RunState::Dropped => {
            Ok(rows::result(asked, found, part.0).await?.into_response())
        }
    }
}

async fn stop(asked: Asked, Path(run): Path<String>) -> Result<Response, Problem> {
    let run = run_of(&run)?;
    match acts::drop_run(asked.db(), &asked.deed, run).await {
        Ok(()) => {
            let words = Flash::done(
                "取り込みを中止し、名簿のファイルを消しました。登録は変わっていません。",
            );
            Ok(asked.redirect("/people/import", words))
        }
        Err(refusal) => told(&asked, run, refusal),
    }
}

/// Where one is on the way.
fn way(run: &Run) -> Markup {
    let now = match run.state {
        RunState::Columns => 1,
        RunState::Judged => 2,
        RunState::Taking | RunState::Done | RunState::Dropped => 3,
    };
    let columns = format!("{}/columns", address(run.id));
    let back = (run.state == RunState::Judged).then_some(columns.as_str());
    let labels = ["ファイルを選ぶ", "列を確かめる", "行を確かめる", "取り込む"];
    let steps: Vec<Step<'_>> = (0..)
        .zip(labels)
        .map(|(at, label)| Step {
            label,
            state: match at {
                at if at < now || run.state == RunState::Done => StepState::Done,
                at if at == now => StepState::Now,
                _ => StepState::Later,
            },
            href: back.filter(|_| at == 1),
        })
        .collect();
    look::steps("取り込みの手順", &steps)
}

/// 「名簿.csv（11月22日 14:20に受け取り、2,025行）」
fn about(run: &Run) -> Markup {
    let at = in_japan(run.at).strftime("%-m月%-d日 %H:%M").to_string();
    let name = if run.name.is_empty() {
        "（名前のないファイル）"
    } else {
        &run.name
    };
    html! { p { strong { (name) } "（" (at) "に受け取り、" (run.rows_read) "行）" } }
}

fn stop_button(run: &Run) -> Markup {
    let action = format!("{}/stop", address(run.id));
    look::act(
        look::Weight::Quiet,
        "中止してファイルを消す",
        "",
        &action,
        &[],
    )
}

fn whole(asked: &Asked, title: &str, body: Markup) -> Result<Markup, Problem> {
    asked.page(Place::Import, title, body)
}

/// What people call a mode where it is chosen.
fn mode_of(code: &str) -> Mode {
    Mode::from_code(code).unwrap_or(Mode::All)
}
