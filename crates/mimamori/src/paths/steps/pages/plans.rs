//! The town's own kinds of paths: a list of steps with days, made without code.

use axum::Form;
use axum::extract::{Path as Route, Query};
use axum::response::Response;
use maud::{Markup, html};
use serde::Deserialize;

use super::{on, row_of, told};
use crate::front::look::{
    self, Choice, Field, Head, Kind as Input, Link, Problems, Tone, Weight, chip, table,
};
use crate::front::{Asked, Flash, Problem};
use crate::networks::{Side, settings_page};
use crate::paths::steps::rules::{
    Base, Counted, MOST_DAYS, MOST_STEPS, MOST_WORD, Plan, StepPlan, Who,
};
use crate::paths::steps::{acts, store};
use crate::people::{Stop, one_line};

/// Every kind.
pub async fn page(asked: Asked) -> Result<Markup, Problem> {
    let plans = store::list_plans(&mut asked.read().await?, &asked.deed).await?;
    let head = ["種類", "段階", "状態"].map(Head::new);
    let rows: Vec<Vec<Markup>> = plans
        .iter()
        .map(|plan| {
            let steps: Vec<&str> = plan.steps.iter().map(|step| step.word.as_str()).collect();
            let (href, mark) = match plan.id {
                Some(id) if plan.open => (format!("/town/paths/{id}"), "町の決まり"),
                Some(id) => (format!("/town/paths/{id}"), "使わない"),
                None => (
                    format!("/town/paths/new?from={}", plan.code()),
                    "はじめからある",
                ),
            };
            let tone = if plan.open { Tone::Good } else { Tone::Plain };
            vec![
                html! { a href=(href) { (plan.word) } },
                html! { (steps.join(" → ")) },
                chip(tone, mark),
            ]
        })
        .collect();
    let body = html! {
        p { "支援に届くまでの手続きを、段階と日数の並びとして決めます。はじめからあるものは、開いて日数を直すと、町の決まりとして保存されます。" }
        p { "変えても、もう進んでいるつなぎの段階は変わりません。" }
        (table("つなぎの種類", &head, &rows))
        p { (look::button_link(Weight::Secondary, Link::new("新しい種類を作る", "/town/paths/new"))) }
    };
    settings_page(&asked, Side::Paths, "つなぎの種類", body)
}

/// From which kind of the program a new one starts.
#[derive(Deserialize)]
pub struct From {
    #[serde(default)]
    from: String,
}

/// The form of a new kind.
pub async fn blank(asked: Asked, Query(from): Query<From>) -> Result<Markup, Problem> {
    let plan = Base::from_code(&from.from).map_or_else(empty, Base::plan);
    sheet(&asked, &plan, &typed_from(&plan), &Problems::default())
}

fn empty() -> Plan {
    Plan {
        id: None,
        base: None,
        word: String::new(),
        steps: Vec::new(),
        open: true,
        version: 0,
    }
}

/// The form as typed: fields by name, those of a step with its number.
type Typed = Vec<(String, String)>;

fn of<'a>(typed: &'a Typed, name: &str) -> &'a str {
    let found = typed.iter().find(|(of, _)| of == name);
    found.map_or("", |(_, value)| value.trim())
}

fn typed_from(plan: &Plan) -> Typed {
    let base = plan.base.map_or("", Base::code);
    let mut typed = vec![
        ("word".to_owned(), plan.word.clone()),
        ("base".to_owned(), base.to_owned()),
        ("version".to_owned(), plan.version.to_string()),
    ];
    for (at, step) in plan.steps.iter().enumerate() {
        let days = step.days.map(|days| days.to_string()).unwrap_or_default();
        let optional = if step.optional { "yes" } else { "" };
        for (name, value) in [
            ("word", step.word.as_str()),
            ("code", &step.code),
            ("who", step.who.code()),
            ("days", &days),
            ("counted", step.counted.code()),
            ("optional", optional),
        ] {
            typed.push((format!("{name}-{at}"), value.to_owned()));
        }
    }
    typed
}

fn sheet(
    asked: &Asked,
    plan: &Plan,
    typed: &Typed,
    problems: &Problems,
) -> Result<Markup, Problem> {
    let action = match plan.id {
        Some(id) => format!("/town/paths/{id}"),
        None => "/town/paths/new".to_owned(),
    };
    let word = Field {
        name: "word",
        label: "つなぎの名前",
        value: of(typed, "word"),
        problem: problems.of("word"),
        required: true,
        ..Field::default()
    };
    let body = html! {
        p { "段階は上から順に並びます。使わない行は、段階の名前を空けておきます（" (MOST_STEPS) "段階まで）。" }
        (look::problem_summary(problems))
        (look::form(&action, html! {
            (look::hidden("base", of(typed, "base")))
            (look::hidden("version", of(typed, "version")))
            (look::field(&word))
            @for at in 0..MOST_STEPS { (row(at, typed, problems)) }
            (look::buttons("保存する", Some(Link::new("やめる", "/town/paths"))))
        }))
        @if let Some(id) = plan.id {
            @if plan.open { (look::act(Weight::Quiet, "この種類を使わないことにする", "", &format!("/town/paths/{id}/close"), &[])) }
            @else { (look::act(Weight::Secondary, "また使うことにする", "", &format!("/town/paths/{id}/reopen"), &[])) }
        }
    };
    settings_page(asked, Side::Paths, "つなぎの段階", body)
}

fn row(at: usize, typed: &Typed, problems: &Problems) -> Markup {
    let names = ["word", "who", "days", "counted", "optional"].map(|name| format!("{name}-{at}"));
    let [word, who, days, counted, optional] = &names;
    let field = |name, label| Field {
        name,
        label,
        value: of(typed, name),
        problem: problems.of(name),
        ..Field::default()
    };
    let whos: Vec<_> = Who::ALL
        .iter()
        .map(|of| Choice::new(of.code(), of.word()))
        .collect();
    let starts: Vec<_> = Counted::ALL
        .iter()
        .map(|of| Choice::new(of.code(), of.word()))
        .collect();
    let yes = [Choice::new("yes", "なくても完了にできる")];
    look::fieldset(
        &format!("段階{}", at + 1),
        html! {
            (look::hidden(&format!("code-{at}"), of(typed, &format!("code-{at}"))))
            (look::field(&field(word, "段階の名前")))
            (look::select(&field(who, "だれが"), &whos))
            (look::field(&Field { kind: Input::Number, hint: "空けておくと期限なし", ..field(days, "日数") }))
            (look::select(&field(counted, "どこから数えるか"), &starts))
            (look::checks(&field(optional, "必須でない"), &yes, &[of(typed, optional)]))
        },
    )
}

fn read(typed: &Typed, problems: &mut Problems) -> Option<Plan> {
    let word = line("word", of(typed, "word"), problems);
    if word.is_empty() && problems.of("word").is_none() {
        problems.add("word", "つなぎの名前を入れてください。");
    }
    let base = Base::from_code(of(typed, "base"));
    let steps: Vec<StepPlan> = (0..MOST_STEPS)
        .filter(|at| !of(typed, &format!("word-{at}")).is_empty())
        .map(|at| step(at, base, typed, problems))
        .collect();
    if steps.is_empty() {
        problems.add("word-0", "段階を1つ以上入れてください。");
    }
    let lacks = |code: &str| steps.iter().all(|step| step.code != code);
    if base == Some(Base::Certification) && (lacks("application") || lacks("notice")) {
        problems.add(
            "word-0",
            "要介護認定では「申請」と「結果の通知」の段階を残してください。30日の計算と、認定結果の登録に使います。",
        );
    }
    problems.is_empty().then_some(Plan {
        word,
        steps,
        base,
        ..empty()
    })
}

fn step(at: usize, base: Option<Base>, typed: &Typed, problems: &mut Problems) -> StepPlan {
    // A code is one of the program's, or none.
    let known = base.map(|base| base.plan().steps).unwrap_or_default();
    let own = |name: &str| of(typed, &format!("{name}-{at}"));
    let days_name = format!("days-{at}");
    let folded = words::digits::fold(own("days")).unwrap_or_default();
    let days = folded.parse().ok().filter(|days| *days <= MOST_DAYS);
    if days.is_none() && !own("days").is_empty() {
        let words = format!("0から{MOST_DAYS}までの日数を、数字で入れてください。");
        problems.add(days_name, words);
    }
    StepPlan {
        code: known
            .into_iter()
            .map(|step| step.code)
            .find(|code| code == own("code"))
            .unwrap_or_default(),
        word: line(&format!("word-{at}"), own("word"), problems),
        who: Who::from_code(own("who")).unwrap_or(Who::Center),
        days,
        counted: Counted::from_code(own("counted")).unwrap_or(Counted::Previous),
        optional: own("optional") == "yes",
    }
}

fn line(name: &str, text: &str, problems: &mut Problems) -> String {
    one_line(text, MOST_WORD).unwrap_or_else(|problem| {
        problems.add(name, problem.to_string());
        String::new()
    })
}

/// Keeps a new kind.
pub async fn add(asked: Asked, Form(typed): Form<Typed>) -> Result<Response, Stop> {
    keep(&asked, empty(), &typed).await
}

/// One of the town's own.
pub async fn one(asked: Asked, Route(id): Route<String>) -> Result<Markup, Problem> {
    let plan = own(&asked, &id).await?;
    sheet(&asked, &plan, &typed_from(&plan), &Problems::default())
}

async fn own(asked: &Asked, id: &str) -> Result<Plan, Problem> {
    let id = row_of(id)?;
    let plans = store::list_plans(&mut asked.read().await?, &asked.deed).await?;
    let found = plans.into_iter().find(|plan| plan.id == Some(id));
    found.ok_or(Problem::NotFound)
}

/// Keeps a changed one.
pub async fn save(
    asked: Asked,
    Route(id): Route<String>,
    Form(typed): Form<Typed>,
) -> Result<Response, Stop> {
    let plan = own(&asked, &id).await?;
    keep(&asked, plan, &typed).await
}

async fn keep(asked: &Asked, before: Plan, typed: &Typed) -> Result<Response, Stop> {
    let mut problems = Problems::default();
    if let Some(read) = read(typed, &mut problems) {
        // What the program knows of a kind can't be typed into it later.
        let base = if before.id.is_some() {
            before.base
        } else {
            read.base
        };
        let plan = Plan {
            id: before.id,
            open: before.open,
            version: of(typed, "version").parse().unwrap_or_default(),
            base,
            ..read
        };
        match acts::keep_plan(asked.db(), &asked.deed, plan).await {
            Ok(_) => {
                let flash = Flash::done("保存しました。これから始めるつなぎに使われます。");
                return on(asked, "/town/paths", Ok(flash));
            }
            Err(refusal) => match told(&refusal) {
                Some((_, words)) => problems.add("word", words),
                None => return Err(refusal.into()),
            },
        }
    }
    Err(Problem::Refused(sheet(asked, &before, typed, &problems)?).into())
}

/// No new path begins with it.
pub async fn close(asked: Asked, Route(id): Route<String>) -> Result<Response, Stop> {
    turn(asked, &id, false).await
}

/// New paths may begin with it again.
pub async fn reopen(asked: Asked, Route(id): Route<String>) -> Result<Response, Stop> {
    turn(asked, &id, true).await
}

async fn turn(asked: Asked, id: &str, open: bool) -> Result<Response, Stop> {
    let plan = own(&asked, id).await?;
    let done = acts::close_plan(asked.db(), &asked.deed, plan, open).await;
    let words = if open {
        "また使えるようにしました。"
    } else {
        "新しいつなぎには使わないようにしました。"
    };
    on(&asked, "/town/paths", done.map(|_| Flash::done(words)))
}
