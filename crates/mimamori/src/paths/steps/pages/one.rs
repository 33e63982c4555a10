//! One path: its steps, and what can be done with those that wait.

use axum::Form;
use axum::extract::Path as Route;
use axum::response::Response;
use maud::{Markup, html};
use serde::Deserialize;

use super::{on, row_of, said, told};
use crate::audit::Fields;
use crate::cases::{self, Case};
use crate::clock::in_japan;
use crate::front::look::{
    self, Choice, Entry, Field, Head, Kind as Input, Link, Problems, Tone, Weight, notice, record,
    section, table,
};
use crate::front::{Asked, Flash, Place, Problem};
use crate::ids::RowId;
use crate::paths::pages::{admit, enter};
use crate::paths::steps::rules::{Base, MOST_WORDS, Path, Said, State, days_of, outcomes};
use crate::paths::steps::{Doing, acts, store};
use crate::people::{self, DeskView, Stop};

/// A step's form as typed.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Typed {
    /// `done`, `skip` or `delay`.
    act: String,
    on: String,
    outcome: String,
    first: String,
    last: String,
    words: String,
    version: i64,
}

/// The path.
pub async fn page(asked: Asked, Route(id): Route<String>) -> Result<Markup, Stop> {
    let open = open(&asked, row_of(&id)?).await?;
    sheet(&asked, &open, None, &Problems::default())
}

/// What the page shows.
struct Open {
    path: Path,
    view: DeskView,
    /// The case it was begun out of, where that may be seen.
    case: Option<Case>,
}

/// The path with whose it is, after the line of the sight is durable.
async fn open(asked: &Asked, id: RowId) -> Result<Open, Stop> {
    let found = store::find(&mut asked.read().await?, &asked.deed, id).await?;
    let view = enter(asked, found.person, Fields::CARE).await?;
    let mut conn = asked.read().await?;
    let path = store::find(&mut conn, &asked.deed, id).await?;
    let case = match path.case {
        Some(case) => cases::find(&mut conn, &asked.deed, case).await,
        None => Err(cases::Refusal::NotFound),
    };
    let case = match case {
        Ok(case) => Some(case),
        Err(cases::Refusal::NotFound) => None,
        Err(refusal) => return Err(refusal.into()),
    };
    Ok(Open { path, view, case })
}

fn sheet(
    asked: &Asked,
    open: &Open,
    typed: Option<(usize, &Typed)>,
    problems: &Problems,
) -> Result<Markup, Stop> {
    let Open { path, view, case } = open;
    let current = typed.map(|(at, _)| at).or(path.current());
    let waiting = |at: &usize| path.state == State::Open && path.steps[*at].waits();
    let others: Vec<usize> = (0..path.steps.len())
        .filter(|at| Some(*at) != current)
        .filter(waiting)
        .collect();
    let nothing = Typed::default();
    let main = html! {
        p { strong { (view.identity.value.name) " さん" } }
        (look::problem_summary(problems))
        (days(asked, path))
        (section("段階", steps(asked, path)))
        @if let Some(at) = current {
            (section(&format!("いまの段階：{}", path.steps[at].plan.word),
                form(path, at, typed.map_or(&nothing, |(_, typed)| typed), problems)))
        }
        @for at in others {
            details { summary { "「" (path.steps[at].plan.word) "」を先に進める" }
                (form(path, at, &nothing, &Problems::default())) }
        }
    };
    let body = look::sheet(main, side(path, case.as_ref()));
    Ok(asked.page(Place::Paths, &path.word, body)?)
}

/// How many of the 30 days of a certification are gone, and what follows from its result.
fn days(asked: &Asked, path: &Path) -> Markup {
    let today = in_japan(asked.deed.now).date();
    let open = path.state == State::Open;
    html! {
        @if let Some(by) = path.notice_by().filter(|_| open) {
            @let gone = 30 - (by - today).get_days();
            (notice(if by < today { Tone::Danger } else { Tone::Notice }, &format!("申請から{gone}日目です"), html! {
                p { "結果の通知は、申請から30日以内（" (said::day(by)) "まで）です。こえるときは、「結果の通知」を延期して、理由と見込みの日を入れてください。" }
            }))
        }
        @if path.state == State::Done && path.base == Some(Base::Certification) {
            (notice(Tone::Good, "認定の結果を、この方の介護情報に入れました", html! {
                @if let Some(from) = path.renew_on {
                    p { "更新の申請は" (said::day(from)) "から受け付けられます。その日になると「きょうのやること」に出ます。" }
                }
            }))
        }
        @if path.state == State::Stopped {
            (notice(Tone::Warning, "とりやめたつなぎです", html! { p { (path.stopped) } }))
        }
    }
}

fn steps(asked: &Asked, path: &Path) -> Markup {
    let today = in_japan(asked.deed.now).date();
    let head = ["段階", "状態", "日付", "内容"].map(Head::new);
    let rows: Vec<Vec<Markup>> = path
        .steps
        .iter()
        .enumerate()
        .map(|(at, step)| {
            let undo = format!("/paths/{}/steps/{}/undoing", path.id, at + 1);
            let version = path.version.to_string();
            vec![
                html! { (at + 1) ". " (step.plan.word) br; small { (step.plan.who.word()) } },
                said::state(path, at, today),
                html! {
                    @match (step.on, path.due(at)) {
                        (Some(on), _) => (said::day(on)),
                        (None, Some(due)) => { (said::day(due)) "まで" },
                        (None, None) => { small { (said::term(&step.plan)) } },
                    }
                },
                html! {
                    (said::said(path, step))
                    @if !step.waits() && path.state != State::Stopped {
                        (look::act(Weight::Quiet, "元にもどす", &step.plan.word, &undo, &[("version", &version)]))
                    }
                },
            ]
        })
        .collect();
    table("段階の一覧", &head, &rows)
}

/// What can be done with a step that waits.
fn form(path: &Path, at: usize, typed: &Typed, problems: &Problems) -> Markup {
    let step = &path.steps[at].plan;
    let choices: Vec<Choice<'_>> = outcomes(path.base, &step.code)
        .iter()
        .map(|one| Choice::new(one.code, one.word))
        .collect();
    let certified = path.base == Some(Base::Certification) && step.code == "notice";
    // Several steps stand on one page: each field has a name of its own.
    let names = ["on", "outcome", "first", "last", "words"].map(|name| name_of(name, at));
    let [on, outcome, first, last, words] = &names;
    let field = |name, label, value| Field {
        name,
        label,
        value,
        problem: problems.of(name),
        ..Field::default()
    };
    let short = |name, label, value, hint| Field {
        kind: Input::Short,
        hint,
        ..field(name, label, value)
    };
    let era = "例：R8.4.1、2026-04-01";
    look::form(
        &format!("/paths/{}/steps/{}", path.id, at + 1),
        html! {
            (look::hidden("version", &path.version.to_string()))
            p { (step.who.word()) "　" (said::term(step)) }
            @if !choices.is_empty() { (look::radios(&field(outcome, "結果・だれが", &typed.outcome), &choices)) }
            @if certified {
                div.pair {
                    (look::field(&short(first, "有効期間の始まり", &typed.first, era)))
                    (look::field(&short(last, "有効期間の終わり", &typed.last, era)))
                }
            }
            (look::field(&short(on, "日付", &typed.on, "済んだ日（空けておくと今日）。延期するときは、新しい期限の日。")))
            (look::field(&Field { kind: Input::Textarea, hint: "とばすとき、延期するときは、理由を入れてください。", ..field(words, "内容・理由", &typed.words) }))
            div.buttons {
                (look::button(Weight::Primary, "済みにする", "act", "done"))
                (look::button(Weight::Secondary, "延期する", "act", "delay"))
                (look::button(Weight::Quiet, "とばす", "act", "skip"))
            }
        },
    )
}

fn name_of(name: &str, at: usize) -> String {
    format!("{name}-{}", at + 1)
}

fn side(path: &Path, case: Option<&Case>) -> Markup {
    let mut facts = vec![
        Entry::new("始めた日", html! { (said::day(path.began)) }),
        Entry::new(
            "状態",
            html! { (path.state.word()) @if let Some(days) = days_of(path) { "（" (days) "日）" } },
        ),
    ];
    facts.extend(case.map(|case| {
        let link = html! { a href={ "/cases/" (case.id) } { (case.name()) } };
        Entry::new("支援", link)
    }));
    let words = Field {
        name: "words",
        label: "とりやめる理由",
        kind: Input::Textarea,
        ..Field::default()
    };
    html! {
        (section("このつなぎ", record(&facts)))
        @if path.state == State::Open {
            (section("とりやめる", look::form(&format!("/paths/{}/stop", path.id), html! {
                (look::hidden("version", &path.version.to_string()))
                (look::field(&words))
                div.buttons { button.button.quiet type="submit" { "このつなぎをとりやめる" } }
            })))
        }
        p { (look::text_link(Link::new("この方のつなぎの一覧", &format!("/people/{}/paths", path.person)))) }
        p { (look::text_link(Link::new("センターのつなぎの一覧", "/paths"))) }
    }
}

/// Reads the fields of one step, which bear its number.
fn typed_of(fields: &[(String, String)], at: usize) -> Typed {
    let of = |name: &str| {
        let found = fields.iter().find(|(of, _)| of == name);
        found.map_or(String::new(), |(_, value)| value.trim().to_owned())
    };
    let own = |name: &str| of(&name_of(name, at));
    Typed {
        act: of("act"),
        on: own("on"),
        outcome: own("outcome"),
        first: own("first"),
        last: own("last"),
        words: own("words"),
        version: of("version").parse().unwrap_or_default(),
    }
}

/// Does, skips or puts off a step, or gives the form back.
pub async fn act(
    asked: Asked,
    Route((id, number)): Route<(String, usize)>,
    Form(fields): Form<Vec<(String, String)>>,
) -> Result<Response, Stop> {
    let path = admitted(&asked, &id).await?;
    let at = number.checked_sub(1).filter(|at| *at < path.steps.len());
    let at = at.ok_or(Problem::NotFound)?;
    let typed = typed_of(&fields, at);
    let mut problems = Problems::default();
    let doing = Doing {
        path: path.id,
        at,
        version: typed.version,
    };
    match carry_out(&asked, doing, &typed, &mut problems).await {
        Ok(Some(words)) => {
            return on(
                &asked,
                &format!("/paths/{}", path.id),
                Ok(Flash::done(words)),
            );
        }
        Ok(None) => {}
        Err(refusal) => match told(&refusal) {
            Some((field, words)) => problems.add(name_of(field, at), words),
            None => return Err(refusal.into()),
        },
    }
    let open = open(&asked, path.id).await?;
    let page = sheet(&asked, &open, Some((at, &typed)), &problems)?;
    Err(Problem::Refused(page).into())
}

/// What was done, or nothing where a field can't be read.
async fn carry_out(
    asked: &Asked,
    doing: Doing,
    typed: &Typed,
    problems: &mut Problems,
) -> Result<Option<&'static str>, crate::paths::steps::Refusal> {
    let today = in_japan(asked.deed.now).date();
    let day = said::read_day(&name_of("on", doing.at), &typed.on, Some(today), problems);
    let first = said::read_day(&name_of("first", doing.at), &typed.first, None, problems);
    let last = said::read_day(&name_of("last", doing.at), &typed.last, None, problems);
    let words = people::paragraph(&typed.words, MOST_WORDS).unwrap_or_else(|problem| {
        problems.add(name_of("words", doing.at), problem.to_string());
        String::new()
    });
    let (Some(day), true) = (day, problems.is_empty()) else {
        return Ok(None);
    };
    let (db, deed) = (asked.db(), &asked.deed);
    match typed.act.as_str() {
        "skip" => {
            acts::skip(db, deed, doing, words).await?;
            Ok(Some("この段階をとばしました。"))
        }
        "delay" if typed.on.is_empty() => {
            problems.add(name_of("on", doing.at), "延期する先の日を入れてください。");
            Ok(None)
        }
        "delay" => {
            acts::delay(db, deed, doing, day, words).await?;
            Ok(Some("延期しました。"))
        }
        _ => {
            let said = Said {
                outcome: typed.outcome.clone(),
                term: first.zip(last),
                words,
            };
            acts::done(db, deed, doing, day, said).await?;
            Ok(Some("この段階を済みにしました。"))
        }
    }
}

/// 404 for what another center holds, before anything is read of it.
async fn admitted(asked: &Asked, id: &str) -> Result<Path, Stop> {
    let found = store::find(&mut asked.read().await?, &asked.deed, row_of(id)?).await;
    let path = found.map_err(Problem::from)?;
    admit(asked, path.person).await?;
    Ok(path)
}

/// What was shown, and why.
#[derive(Deserialize)]
#[serde(default)]
#[derive(Default)]
pub struct Shown {
    version: i64,
    words: String,
}

/// Takes back that a step was done or skipped.
pub async fn undo(
    asked: Asked,
    Route((id, number)): Route<(String, usize)>,
    Form(shown): Form<Shown>,
) -> Result<Response, Stop> {
    let path = admitted(&asked, &id).await?;
    let doing = Doing {
        path: path.id,
        at: number.checked_sub(1).ok_or(Problem::NotFound)?,
        version: shown.version,
    };
    let done = acts::undo(asked.db(), &asked.deed, doing).await;
    let words = "元にもどしました。登録の介護情報に入れた結果は、そのまま残っています。";
    let flash = done.map(|_| Flash::done(words));
    on(&asked, &format!("/paths/{}", path.id), flash)
}

/// Gives the path up.
pub async fn stop(
    asked: Asked,
    Route(id): Route<String>,
    Form(shown): Form<Shown>,
) -> Result<Response, Stop> {
    let path = admitted(&asked, &id).await?;
    let doing = Doing {
        path: path.id,
        at: 0,
        version: shown.version,
    };
    let words = people::paragraph(&shown.words, MOST_WORDS).unwrap_or_default();
    let done = acts::stop(asked.db(), &asked.deed, doing, words).await;
    let flash = done.map(|_| Flash::done("とりやめました。"));
    on(&asked, &format!("/paths/{}", path.id), flash)
}
