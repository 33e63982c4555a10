//! The paths of one person, and how another begins.

use axum::Form;
use axum::extract::{Path as Route, Query};
use axum::response::Response;
use maud::{Markup, html};
use serde::Deserialize;

use super::{on, person_of, said, told};
use crate::audit::Fields;
use crate::cases::{self, Case};
use crate::clock::in_japan;
use crate::front::look::{self, Choice, Field, Head, Kind as Input, Link, Problems, table};
use crate::front::{Asked, Flash, Place, Problem};
use crate::ids::PersonId;
use crate::paths::pages::{admit, enter};
use crate::paths::steps::rules::{New, Path, Plan};
use crate::paths::steps::{acts, store};
use crate::people::Stop;

/// The form as typed.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Typed {
    plan: String,
    began: String,
    /// The case out of which one begins.
    case: String,
}

/// The list and the form.
pub async fn page(
    asked: Asked,
    Route(person): Route<String>,
    Query(typed): Query<Typed>,
) -> Result<Markup, Stop> {
    let person = person_of(&person)?;
    sheet(&asked, person, &typed, &Problems::default()).await
}

/// The case of the form, if it may be seen.
async fn case_of(asked: &Asked, typed: &Typed) -> Result<Option<Case>, Problem> {
    let Ok(id) = typed.case.parse() else {
        return Ok(None);
    };
    let mut conn = asked.read().await?;
    Ok(Some(cases::find(&mut conn, &asked.deed, id).await?))
}

async fn sheet(
    asked: &Asked,
    person: PersonId,
    typed: &Typed,
    problems: &Problems,
) -> Result<Markup, Stop> {
    let view = enter(asked, person, Fields::CARE).await?;
    let case = case_of(asked, typed).await?;
    let mut conn = asked.read().await?;
    let paths = store::list_for_person(&mut conn, &asked.deed, view.id).await?;
    let plans = store::list_plans(&mut conn, &asked.deed).await?;
    drop(conn);
    let body = html! {
        (look::problem_summary(problems))
        (look::section("この方のつなぎ", list(asked, &paths)))
        (look::section("新しく始める", form(view.id, case.as_ref(), &plans, (typed, problems))))
        p { (look::text_link(Link::new("登録者のページへもどる", &format!("/people/{}", view.id)))) }
    };
    let title = format!("{}さんのつなぎ", view.identity.value.name);
    Ok(asked.page(Place::Paths, &title, body)?)
}

fn list(asked: &Asked, paths: &[Path]) -> Markup {
    if paths.is_empty() {
        return look::empty(
            "まだありません",
            "要介護認定の申請や成年後見の申立てなど、支援に届くまでの手続きを段階ごとに追います。",
            None,
        );
    }
    let today = in_japan(asked.deed.now).date();
    let head = ["つなぎ", "始めた日", "状態", "次の段階"].map(Head::new);
    let rows: Vec<Vec<Markup>> = paths
        .iter()
        .map(|path| {
            vec![
                html! { a href={ "/paths/" (path.id) } { (path.word) } },
                html! { (said::day(path.began)) },
                html! { (path.state.word()) " " (said::seen(path.seen(today))) },
                html! { (said::next(path)) },
            ]
        })
        .collect();
    table("この方のつなぎ", &head, &rows)
}

fn form(
    person: PersonId,
    case: Option<&Case>,
    plans: &[Plan],
    (typed, problems): (&Typed, &Problems),
) -> Markup {
    let open: Vec<(String, &str, String)> = plans
        .iter()
        .filter(|plan| plan.open)
        .map(|plan| {
            let steps: Vec<&str> = plan.steps.iter().map(|step| step.word.as_str()).collect();
            (plan.code(), plan.word.as_str(), steps.join(" → "))
        })
        .collect();
    let choices: Vec<Choice<'_>> = open
        .iter()
        .map(|(code, word, steps)| Choice {
            value: code,
            label: word,
            hint: steps,
        })
        .collect();
    let field = |name, label, value| Field {
        name,
        label,
        value,
        problem: problems.of(name),
        ..Field::default()
    };
    look::form(
        &format!("/people/{person}/paths"),
        html! {
            @if let Some(case) = case {
                (look::hidden("case", &case.id.to_string()))
                p { strong { (case.name()) } "のつなぎとして始めます。つなぎそのものは、この方の担当センターの職員が見られます。" }
            }
            (look::radios(&Field { required: true, ..field("plan", "どのつなぎですか", &typed.plan) }, &choices))
            (look::field(&Field { kind: Input::Short, hint: "空けておくと今日になります。段階の期限は、この日から数えます。例：R8.4.1、2026-04-01",
                ..field("began", "始めた日", &typed.began) }))
            (look::buttons("始める", None))
        },
    )
}

/// Begins one.
pub async fn begin(
    asked: Asked,
    Route(person): Route<String>,
    Form(typed): Form<Typed>,
) -> Result<Response, Stop> {
    let person = person_of(&person)?;
    admit(&asked, person).await?;
    let today = in_japan(asked.deed.now).date();
    let mut problems = Problems::default();
    let plan = store::find_plan(&mut asked.read().await?, &asked.deed, &typed.plan).await?;
    let plan = plan.filter(|plan| plan.open);
    if plan.is_none() {
        problems.add("plan", "どのつなぎかを選んでください。");
    }
    let began = said::read_day("began", &typed.began, Some(today), &mut problems);
    if let (Some(plan), Some(began), true) = (plan, began, problems.is_empty()) {
        let case = case_of(&asked, &typed).await?.map(|case| case.id);
        let new = New { plan, began, case };
        match acts::begin(asked.db(), &asked.deed, person, new).await {
            Ok(id) => {
                let flash =
                    Flash::done("つなぎを始めました。期限は「きょうのやること」にも出ます。");
                return on(&asked, &format!("/paths/{id}"), Ok(flash));
            }
            Err(refusal) => match told(&refusal) {
                Some((_, words)) => problems.add("began", words),
                None => return Err(refusal.into()),
            },
        }
    }
    Err(Problem::Refused(sheet(&asked, person, &typed, &problems).await?).into())
}
