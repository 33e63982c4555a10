//! A run on its way: begun, left and found again, taken, done with.

use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use jiff::Unit;
use maud::{Markup, html};

use super::{pdf, printed_by};
use crate::front::look::{self, Head, Link, Progress, Tone, Weight};
use crate::front::{Asked, Flash, Place, Problem};
use crate::ids::{CenterId, RowId};
use crate::papers::acts;
use crate::papers::rules::{Job, Kind, Part, Refusal, Run, What};
use crate::papers::store;
use crate::scope::Actor;

/// A run that has not gone on for so long has stopped: the program was ended under it.
const STALE_SECONDS: i64 = 60;

pub(super) fn job(
    asked: &Asked,
    center: Option<CenterId>,
    purpose: &str,
    what: What,
) -> Result<Job, Problem> {
    Ok(Job {
        center,
        purpose: purpose.trim().chars().take(200).collect(),
        printed_by: printed_by(asked)?,
        public_url: asked.app.config.public_url.clone(),
        what,
    })
}

/// Begins a run and has it made behind its page.
pub(super) async fn start(asked: &Asked, job: Job) -> Result<Response, Refusal> {
    let run = acts::begin(asked.db(), &asked.deed, job).await?;
    make(asked, run);
    Ok(Redirect::to(&address(run)).into_response())
}

/// Makes the files beside the request. Where it is cut short, the page offers to go on.
fn make(asked: &Asked, run: RowId) {
    let (app, deed) = (asked.app.clone(), asked.deed.clone());
    tokio::spawn(async move {
        if let Err(refusal) = acts::make(&app.db, &deed, &app.clock, run).await {
            tracing::warn!(cause = %refusal, "making papers stopped");
        }
    });
}

fn address(run: RowId) -> String {
    format!("/papers/runs/{run}")
}

async fn find(asked: &Asked, id: RowId) -> Result<(Run, Vec<Part>), Problem> {
    let mut conn = asked.read().await?;
    let run = store::find_run(&mut conn, &asked.deed, id).await?;
    let mine = |run: &Run| run.staff.map(Actor::Staff) == Some(asked.deed.scope.actor);
    let run = run.filter(mine).ok_or(Problem::NotFound)?;
    let parts = store::list_parts(&mut conn, &asked.deed, id).await?;
    Ok((run, parts))
}

/// How far it is, and what can be taken.
pub async fn page(asked: Asked, Path(id): Path<RowId>) -> Result<Markup, Problem> {
    let (run, parts) = find(&asked, id).await?;
    let going = run.done < run.total;
    let quiet = asked.deed.now.since((Unit::Second, run.updated_at));
    let stopped = going && quiet.map_or(0, |span| span.get_seconds()) > STALE_SECONDS;
    let body = html! {
        @if going { (progress(&run, stopped)) } @else {
            p { strong { (run.kind.word()) "ができました（" (run.total) "件）。" } "両面や倍率は印刷の画面で選びます。倍率は100%（実際のサイズ）にしてください。" }
        }
        (files(&run, &parts))
        (left_out(&parts))
        @if !going && run.kind == Kind::Postcards {
            (look::section("投函したら", html! {
                p { "はがきを出したことを、更新の一覧に記録します。返事がないときの次の段階は、今日から数えます。" }
                (look::act(Weight::Primary, "はがきを出したと記録する", "", &format!("{}/asking", address(id)), &[]))
            }))
        }
        p { "ファイルは、用意した日から7日たつと消えます。" }
        (look::act(Weight::Quiet, "いま消す", "", &format!("{}/removal", address(id)), &[]))
        p { (look::text_link(Link::new("印刷物の一覧へ", "/papers"))) }
    };
    let mut shell = asked.shell(Place::Papers)?;
    shell.refresh = (going && !stopped).then_some(2);
    Ok(look::page(&shell, run.kind.word(), body))
}

fn progress(run: &Run, stopped: bool) -> Markup {
    let spent = run.updated_at.since((Unit::Second, run.at));
    let spent = u64::try_from(spent.map_or(0, |span| span.get_seconds()))
        .unwrap_or(0)
        .max(1);
    let rate = run.done / spent;
    let left = (run.total - run.done).checked_div(rate);
    let (rate, left) = match left {
        Some(left) => (format!("毎秒 {rate}件"), format!("あと 約{}秒", left + 1)),
        None => (String::new(), String::new()),
    };
    html! {
        (look::progress(&Progress {
            title: if stopped { "止まっています" } else { "作っています" },
            done: run.done,
            total: Some(run.total),
            rate: &rate,
            left: &left,
            counts: &[],
        }))
        @if stopped {
            p { "途中で止まりました。続きから作れます。同じ方の分が2度できることはありません。" }
            (look::act(Weight::Primary, "続きから作る", "", &format!("{}/making", address(run.id)), &[]))
        } @else {
            p { "このページを離れても続きます。あとで「印刷物」から開けます。できた分から受け取れます。" }
        }
    }
}

fn files(run: &Run, parts: &[Part]) -> Markup {
    let head = ["ファイル", "件数", "ページ", "受け取り"].map(Head::new);
    let rows: Vec<Vec<Markup>> = parts
        .iter()
        .map(|part| {
            let action = format!("{}/parts/{}", address(run.id), part.number);
            let label = format!("{}冊目を開く（PDF）", part.number);
            vec![
                html! { (part.number) "冊目" },
                html! { (part.count) },
                html! { @if part.pages > 0 { (part.pages) } @else { "まだ" } },
                html! { @if part.pages > 0 { (look::act(Weight::Secondary, &label, "", &action, &[])) } },
            ]
        })
        .collect();
    look::table("できたもの", &head, &rows)
}

/// Whoever was left out, and what has to be written by hand.
fn left_out(parts: &[Part]) -> Markup {
    let lost: Vec<(i64, &String)> = parts
        .iter()
        .flat_map(|part| part.listed.lost.iter().map(|words| (part.number, words)))
        .collect();
    html! {
        @if !lost.is_empty() {
            (look::notice(Tone::Warning, "印刷できない文字、はがきのない方", html! {
                ul { @for (number, words) in &lost { li { (number) "冊目：" (words) } } }
                p { "〓のところは、印刷してから手書きで補ってください。" }
            }))
        }
    }
}

/// Goes on where it stopped.
pub async fn go_on(asked: Asked, Path(id): Path<RowId>) -> Result<Response, Problem> {
    find(&asked, id).await?;
    make(&asked, id);
    Ok(asked.redirect(&address(id), Flash::done("続きを作っています。")))
}

/// One file.
pub async fn take(
    asked: Asked,
    Path((id, number)): Path<(RowId, String)>,
) -> Result<Response, Problem> {
    let number = number.parse().map_err(|_| Problem::NotFound)?;
    let bytes = acts::take(asked.db(), &asked.deed, id, number).await?;
    Ok(pdf(bytes, &format!("papers-{number}")))
}

/// The postcards were sent.
pub async fn asked(asked: Asked, Path(id): Path<RowId>) -> Result<Response, Problem> {
    let count = match acts::postcards_asked(asked.db(), &asked.deed, id).await {
        Err(Refusal::NotFound) => return Err(Problem::NotFound),
        done => done?,
    };
    let words = format!("{count}人に、はがきでお願いしたことを記録しました。");
    Ok(asked.redirect(&address(id), Flash::done(&words)))
}

/// Removes the files at once.
pub async fn remove(asked: Asked, Path(id): Path<RowId>) -> Result<Response, Problem> {
    acts::remove_run(asked.db(), &asked.deed, id).await?;
    Ok(asked.redirect("/papers", Flash::done("用意した印刷物を消しました。")))
}
