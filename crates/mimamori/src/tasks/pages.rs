//! The page of a task, and its line in the list of the day.

use axum::Form;
use axum::extract::Path;
use axum::response::Response;
use jiff::civil::Date;
use maud::{Markup, html};
use serde::Deserialize;
use words::date::parse_full;

use super::rules::{Done, MOST_WORDS, Refusal, State, Task, Urgency, urgency};
use super::{acts, store};
use crate::audit::{self, Fields, Line, Verb, Why};
use crate::clock::in_japan;
use crate::front::look::{
    self, Event, Field, Kind, Link, Problems, TaskAct, TaskCard, Tone, Weight, field,
};
use crate::front::{Access, Asked, Doors, Flash, Place, Problem};
use crate::ids::{StaffId, TaskId};
use crate::networks;
use crate::scope::Right;
use crate::staff;

/// The doors of this room.
pub fn doors(doors: Doors) -> Doors {
    let workers = Access::NeedsAny(&[Right::Tasks, Right::Desk]);
    doors
        .get("/tasks/{task}", workers, show)
        .post("/tasks/{task}/take", workers, take)
        .post("/tasks/{task}/give-back", workers, give_back)
        .post("/tasks/{task}/done", workers, done)
        .post("/tasks/{task}/move", workers, move_to)
        .post("/tasks/{task}/reopen", workers, reopen)
}

/// The list of the day; each line has its most likely next act as a button.
pub fn cards(tasks: &[Task], today: Date) -> Markup {
    let lines: Vec<CardWords<'_>> = tasks
        .iter()
        .map(|task| CardWords::of(task, today))
        .collect();
    let cards: Vec<TaskCard<'_>> = lines.iter().map(CardWords::card).collect();
    look::task_list(&cards)
}

/// The words of one line of the list.
struct CardWords<'a> {
    task: &'a Task,
    tone: Tone,
    due: String,
    href: String,
    take: String,
}

impl CardWords<'_> {
    fn of(task: &Task, today: Date) -> CardWords<'_> {
        let (tone, due) = due_words(task.due, today);
        let href = path(task.id);
        let take = format!("{href}/take");
        CardWords {
            task,
            tone,
            due,
            href,
            take,
        }
    }

    fn card(&self) -> TaskCard<'_> {
        let taken = self.task.taken_by.is_some();
        TaskCard {
            tone: self.tone,
            due: &self.due,
            title: &self.task.words.title,
            href: &self.href,
            about: self.task.words.story.lines().next().unwrap_or_default(),
            note: if taken {
                "担当が決まっています"
            } else {
                ""
            },
            act: match taken {
                false => TaskAct::Post {
                    label: "担当する",
                    action: &self.take,
                },
                true => TaskAct::Open(Link::new("ひらく", &self.href)),
            },
        }
    }
}

fn due_words(due: Date, today: Date) -> (Tone, String) {
    match urgency(due, today) {
        Urgency::Overdue(days) => (Tone::Danger, format!("{days}日過ぎています")),
        Urgency::Today => (Tone::Warning, "本日まで".to_owned()),
        Urgency::Later(1) => (Tone::Notice, "あす".to_owned()),
        Urgency::Later(_) => (Tone::Plain, due.strftime("%-m月%-d日まで").to_string()),
    }
}

fn path(id: TaskId) -> String {
    format!("/tasks/{id}")
}

/// What was typed into the forms of this page.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Typed {
    version: i64,
    outcome: String,
    day: String,
    reason: String,
    instead_of: String,
}

async fn show(asked: Asked, Path(id): Path<TaskId>) -> Result<Markup, Problem> {
    page(&asked, id, &Typed::default(), &Problems::default()).await
}

async fn page(
    asked: &Asked,
    id: TaskId,
    typed: &Typed,
    problems: &Problems,
) -> Result<Markup, Problem> {
    let mut conn = asked.read().await?;
    let task = store::find(&mut conn, &asked.deed, id)
        .await
        .map_err(problem)?;
    let history = store::list_acts(&mut conn, &asked.deed, id)
        .await
        .map_err(problem)?;
    let mut events = Vec::new();
    for done in &history {
        events.push((done, name_of(asked, &mut conn, done.by).await?));
    }
    let center = match task.center {
        Some(center) => networks::find_center(&mut conn, &asked.deed.scope, center).await?,
        None => None,
    };
    let center = center.map_or("町全体".to_owned(), |center| center.name);
    let holder = name_of(asked, &mut conn, task.taken_by).await?;
    drop(conn);
    // Its title names the person.
    let fields = task.person.map_or(Fields::NOTHING, |_| Fields::IDENTITY);
    let line = Line::new(Verb::Saw, task.person, fields).because(Why::Task(id));
    audit::witness(asked.db(), &asked.deed, line).await?;
    let today = in_japan(asked.deed.now).date();
    let body = html! {
        (look::problem_summary(problems))
        (look::sheet(
            html! { (facts(&task, today, &center, &holder)) (story(&task)) (ends(&task, typed, problems)) },
            html! { (hands(asked, &task)) (timeline(&events, today)) },
        ))
    };
    asked.page(Place::Today, &task.words.title, body)
}

fn facts(task: &Task, today: Date, center: &str, holder: &str) -> Markup {
    let (tone, due) = due_words(task.due, today);
    let due_day = task.due.strftime("%Y年%-m月%-d日").to_string();
    let holder = if task.taken_by.is_some() {
        holder
    } else {
        "まだ決まっていません"
    };
    look::record(&[
        look::Entry::new(
            "期限",
            html! { (due_day) " " @if task.state.waits() { (look::chip(tone, &due)) } },
        ),
        look::Entry::new("種類", html! { (task.kind.word()) }),
        look::Entry::new("担当する所", html! { (center) }),
        look::Entry::new("担当する人", html! { (holder) }),
    ])
}

fn story(task: &Task) -> Markup {
    let paragraphs = task
        .words
        .story
        .split('\n')
        .filter(|line| !line.trim().is_empty());
    look::section(
        "くわしい内容",
        html! {
            @for line in paragraphs { p { (line) } }
            p {
                @if let Some(person) = task.person { (look::text_link(Link::new("登録者の記録", &format!("/people/{person}")))) " " }
                @if !task.link.is_empty() { (look::text_link(Link::new(task.kind.link_word(), &task.link))) }
            }
        },
    )
}

/// How it ends: done, or another day; or "done" taken back.
fn ends(task: &Task, typed: &Typed, problems: &Problems) -> Markup {
    if task.state == State::Done {
        let action = format!("{}/reopen", path(task.id));
        return look::notice(
            Tone::Good,
            "完了しています",
            html! {
                (look::act(Weight::Secondary, "完了を取り消す", "", &action, &[]))
            },
        );
    }
    let version = task.version.to_string();
    html! {
        (look::section("結果を書いて完了する", look::form(&format!("{}/done", path(task.id)), html! {
            (look::hidden("version", &version))
            (field(&Field { name: "outcome", label: "どうでしたか", hint: "例：訪問しました。けがはなく、長女が来ていました。",
                value: &typed.outcome, problem: problems.of("outcome"), required: true,
                kind: Kind::Textarea, ..Field::default() }))
            (look::buttons("完了する", None))
        })))
        (look::section("別の日にする", look::form(&format!("{}/move", path(task.id)), html! {
            (look::hidden("version", &version))
            (field(&Field { name: "day", label: "新しい期限", hint: "例：2026-11-26、R8.11.26", value: &typed.day,
                problem: problems.of("day"), required: true, ..Field::default() }))
            (field(&Field { name: "reason", label: "理由", value: &typed.reason,
                problem: problems.of("reason"), required: true, kind: Kind::Long, ..Field::default() }))
            div.buttons { button.button.secondary type="submit" { "日を変える" } }
        })))
    }
}

/// Who does it.
fn hands(asked: &Asked, task: &Task) -> Markup {
    let me = me(asked);
    let seen = task
        .taken_by
        .map(|staff| staff.to_string())
        .unwrap_or_default();
    let (take, back) = (
        format!("{}/take", path(task.id)),
        format!("{}/give-back", path(task.id)),
    );
    html! {
        @if task.state.waits() {
            @if task.taken_by.is_some() && task.taken_by == me {
                (look::act(Weight::Quiet, "担当をはずれる", "", &back, &[]))
            } @else {
                @let label = if task.taken_by.is_some() { "担当をかわる" } else { "担当する" };
                (look::act(Weight::Secondary, label, "", &take, &[("instead_of", &seen)]))
            }
        }
    }
}

fn timeline(events: &[(&Done, String)], today: Date) -> Markup {
    let events: Vec<Event<'_>> = events
        .iter()
        .map(|(done, name)| Event {
            when: moment(done, today),
            who: name,
            what: html! { (done.act.word()) @if !done.words.is_empty() { p { (done.words) } } },
        })
        .collect();
    html! { @if !events.is_empty() { (look::section("これまで", look::timeline(&events))) } }
}

fn moment(done: &Done, today: Date) -> Markup {
    let at = in_japan(done.at);
    let said = if at.date() == today {
        at.strftime("今日 %H:%M")
    } else {
        at.strftime("%-m月%-d日 %H:%M")
    };
    look::moment(
        &said.to_string(),
        &at.strftime("%Y年%-m月%-d日 %H:%M").to_string(),
        &done.at.to_string(),
    )
}

fn me(asked: &Asked) -> Option<StaffId> {
    asked.deed.scope.actor.account()
}

async fn name_of(
    asked: &Asked,
    conn: &mut db::Conn,
    id: Option<StaffId>,
) -> Result<String, Problem> {
    let Some(id) = id else {
        return Ok("システム".to_owned());
    };
    let account = staff::find_account(conn, &asked.deed.scope, &asked.deed.keys, id).await?;
    Ok(account.map_or_else(String::new, |account| account.card.name))
}

async fn take(
    asked: Asked,
    Path(id): Path<TaskId>,
    Form(typed): Form<Typed>,
) -> Result<Response, Problem> {
    let instead_of = typed.instead_of.parse().ok();
    let taken = acts::take(asked.db(), &asked.deed, id, instead_of).await;
    answer(&asked, id, taken, Flash::done("担当になりました。"))
}

async fn give_back(asked: Asked, Path(id): Path<TaskId>) -> Result<Response, Problem> {
    let given = acts::give_back(asked.db(), &asked.deed, id).await;
    answer(&asked, id, given, Flash::done("担当をはずれました。"))
}

async fn reopen(asked: Asked, Path(id): Path<TaskId>) -> Result<Response, Problem> {
    let reopened = acts::reopen(asked.db(), &asked.deed, id).await;
    answer(&asked, id, reopened, Flash::done("完了を取り消しました。"))
}

async fn done(
    asked: Asked,
    Path(id): Path<TaskId>,
    Form(typed): Form<Typed>,
) -> Result<Response, Problem> {
    match acts::finish(asked.db(), &asked.deed, id, typed.version, &typed.outcome).await {
        Ok(()) => {
            let undo = format!("{}/reopen", path(id));
            Ok(asked.redirect("/", Flash::done("完了しました。").undo("元にもどす", &undo)))
        }
        Err(refusal) => Err(again(&asked, id, &typed, "outcome", refusal).await),
    }
}

async fn move_to(
    asked: Asked,
    Path(id): Path<TaskId>,
    Form(typed): Form<Typed>,
) -> Result<Response, Problem> {
    let day = match parse_full(&typed.day) {
        Ok(day) => day,
        Err(bad) => {
            let mut problems = Problems::default();
            problems.add("day", bad.to_string());
            return Err(Problem::Refused(page(&asked, id, &typed, &problems).await?));
        }
    };
    match acts::move_to(
        asked.db(),
        &asked.deed,
        id,
        typed.version,
        day,
        &typed.reason,
    )
    .await
    {
        Ok(()) => Ok(asked.redirect("/", Flash::done("日を変えました。"))),
        Err(refusal) => Err(again(&asked, id, &typed, "reason", refusal).await),
    }
}

/// The page again as typed; `words` is the field that holds the outcome or the reason.
async fn again(asked: &Asked, id: TaskId, typed: &Typed, words: &str, refusal: Refusal) -> Problem {
    let mut problems = Problems::default();
    match &refusal {
        Refusal::NoWords => problems.add(words, "ひとことでよいので書いてください。"),
        Refusal::TooLong => problems.add(words, format!("{MOST_WORDS}字までで書いてください。")),
        Refusal::DayIsOver => problems.add("day", "きょうかそれより後の日にしてください。"),
        Refusal::Changed => {
            problems.add(
                words,
                "ほかの人が先に変えました。下の内容を確かめて、もう一度押してください。",
            );
        }
        _ => return problem(refusal),
    }
    match page(asked, id, typed, &problems).await {
        Ok(page) if matches!(refusal, Refusal::Changed) => Problem::Changed(page),
        Ok(page) => Problem::Refused(page),
        Err(other) => other,
    }
}

/// An act of one press: done, or somebody was faster.
fn answer(
    asked: &Asked,
    id: TaskId,
    done: Result<(), Refusal>,
    flash: Flash,
) -> Result<Response, Problem> {
    let flash = match done {
        Ok(()) => flash,
        Err(Refusal::Changed | Refusal::IsDone | Refusal::IsNotDone) => {
            Flash::not_done("ほかの人が先に変えました。いまの内容をお確かめください。")
        }
        Err(refusal) => return Err(problem(refusal)),
    };
    Ok(asked.redirect(&path(id), flash))
}

fn problem(refusal: Refusal) -> Problem {
    match refusal {
        Refusal::NotFound => Problem::NotFound,
        Refusal::NoRight(_) => Problem::Forbidden,
        other => Problem::Broken(other.into()),
    }
}
