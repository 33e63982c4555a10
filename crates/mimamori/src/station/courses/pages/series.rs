//! Series: the list, a new one, one with its days, changed from a day on, ended.

use axum::Form;
use axum::extract::Path;
use axum::response::Response;
use jiff::civil::Date;
use maud::{Markup, html};

use super::typed::{Around, Typed};
use super::{Side, clash, ending, rule, said, sided, told, typed};
use crate::clock::in_japan;
use crate::front::look::{
    self, Choice, Field, Head, Kind, Link, Problems, Tone, Weight, button_link, chip,
};
use crate::front::{Asked, Flash, Problem};
use crate::ids::RowId;
use crate::networks;
use crate::station::courses::acts;
use crate::station::courses::rules::{
    Booking, CourseDay, Plan, Refusal, Rule, Series, State, Year, by_words, day_words,
};
use crate::station::courses::store;

/// What every form of courses is made with.
pub async fn around(asked: &Asked) -> Result<Around, Problem> {
    let mut conn = asked.read().await?;
    Ok(Around {
        places: store::list_places(&mut conn, &asked.deed).await?,
        organisations: networks::list_organisations(&mut conn, &asked.deed.scope).await?,
        stays: None,
    })
}

pub(super) fn today(asked: &Asked) -> Date {
    in_japan(asked.deed.now).date()
}

/// Every series; those that have ended last.
pub async fn list(asked: Asked) -> Result<Markup, Problem> {
    let mut all = store::list_series(&mut asked.read().await?, &asked.deed).await?;
    let around = around(&asked).await?;
    all.sort_by_key(|series| series.ended_on.is_some());
    let head = ["講座", "いつ", "会場", "主催", "予定"].map(Head::new);
    let rows: Vec<Vec<Markup>> = all.iter().map(|series| row(series, &around)).collect();
    let new = || {
        button_link(
            Weight::Primary,
            Link::new("講座を作る", "/station/courses/new"),
        )
    };
    let body = html! {
        @if rows.is_empty() {
            (look::empty("講座はまだありません", "「毎週金曜」「第2・第4火曜」のように決めると、日がまとめてできます。", Some(new())))
        } @else {
            p { (rows.len()) "件 " (new()) }
            (look::table("講座の一覧", &head, &rows))
            (asked.export("courses"))
        }
    };
    sided(&asked, Side::Series, "講座の一覧", body)
}

fn row(series: &Series, around: &Around) -> Vec<Markup> {
    let place = around
        .places
        .iter()
        .find(|place| Some(place.id) == series.details.place);
    vec![
        html! { a href={ "/station/courses/" (series.id) } { (series.details.title) } },
        html! { (series.rule.words()) " " (series.details.hours.to_string()) },
        html! { (place.map_or("未定", |place| &place.word)) },
        html! { (by_words(&series.details, &around.names())) },
        standing(series),
    ]
}

fn standing(series: &Series) -> Markup {
    match series.ended_on {
        Some(on) => html! { (chip(Tone::Plain, "終了した講座")) " " (day_words(on)) "まで" },
        None => html! { (said::date(series.until)) "まで" },
    }
}

/// The form of a new series: to the end of the year of work.
pub async fn blank(asked: Asked) -> Result<Markup, Problem> {
    let mut typed = typed::fresh();
    let today = today(&asked);
    typed.put("beat", "weeks");
    typed.put("every", 1);
    typed.put("holidays", "skip");
    typed.put("from", today);
    typed.put("until", Year::of(today).last());
    let around = around(&asked).await?;
    form(
        &asked,
        None,
        (&typed, &around, &Problems::default()),
        html! {},
    )
}

fn form(
    asked: &Asked,
    series: Option<&Series>,
    (typed, around, problems): (&Typed, &Around, &Problems),
    clashes: Markup,
) -> Result<Markup, Problem> {
    let (action, title, back, from) = match series {
        Some(one) => (
            format!("/station/courses/{}/edit", one.id),
            format!("「{}」を変える", one.details.title),
            format!("/station/courses/{}", one.id),
            "この日からの回を変える",
        ),
        None => (
            "/station/courses/new".to_owned(),
            "講座を作る".to_owned(),
            "/station/courses".to_owned(),
            "はじめの日",
        ),
    };
    let day = |name, label, hint| Field {
        name,
        label,
        hint,
        value: typed.of(name),
        problem: problems.of(name),
        required: true,
        ..Field::default()
    };
    let body = html! {
        @if series.is_some() {
            p { "終わった回は変わりません。1回だけ変えた項目と、移した回・中止の回はそのまま残ります。くり返しから外れる回は消えますが、お知らせした回や申し込みのある回は「中止」として残ります。" }
        }
        (look::problem_summary(problems))
        (look::form(&action, html! {
            (look::hidden("version", typed.of("version")))
            (clashes)
            (typed::fields(typed, around, problems, html! {
                (rule::fields(typed, problems))
                (typed::when_and_where(typed, around, problems))
                (look::field(&Field { kind: Kind::Short, ..day("from", from, "例：2026-06-05、R8.6.5") }))
                (look::field(&Field { kind: Kind::Short, ..day("until", "終わりの日", "年度の終わりまで作っておくと、年に1回の見直しですみます。") }))
            }))
            (look::buttons("保存する", Some(Link::new("やめる", &back))))
        }))
    };
    let side = if series.is_some() {
        Side::Series
    } else {
        Side::New
    };
    sided(asked, side, &title, body)
}

fn read(typed: &mut Typed, around: &Around, problems: &mut Problems) -> Option<Plan> {
    let details = typed::read(typed, around, problems);
    let rule = rule::read(typed, problems);
    let from = rule::day(typed, "from", problems);
    let until = rule::day(typed, "until", problems);
    if from.zip(until).is_some_and(|(from, until)| until < from) {
        problems.add("until", "終わりの日が、はじめの日より前になっています。");
    }
    match (details, rule, from, until) {
        (Some(details), Some(rule), Some(from), Some(until)) if problems.is_empty() => Some(Plan {
            from,
            until,
            rule,
            details,
        }),
        _ => None,
    }
}

/// What would clash were the plan kept; nothing where it is meant.
async fn clashes(
    asked: &Asked,
    typed: &Typed,
    around: &Around,
    (plan, own): (&Plan, Option<&Series>),
) -> Result<Markup, Problem> {
    if clash::is_meant(typed) {
        return Ok(html! {});
    }
    let mut conn = asked.read().await?;
    let closed = acts::closed(&mut conn, &asked.deed).await?;
    let begins = own.map_or(plan.from, |own| own.counted_from(plan));
    let laid = plan.rule.lay(begins, plan.from, plan.until, &closed);
    let id = own.map_or(RowId(0), |own| own.id);
    let wished = laid.days.into_iter().map(|day| Booking {
        series: id,
        title: plan.details.title.clone(),
        day,
        hours: plan.details.hours,
        place: plan.details.place,
        teacher: plan.details.teacher.clone(),
    });
    let own = own.map(|own| own.id);
    let found = acts::clashes_with(&mut conn, &asked.deed, own, wished.collect()).await?;
    match found.is_empty() {
        true => Ok(html! {}),
        false => Ok(clash::question(&found, &around.places)),
    }
}

/// Keeps a new series.
pub async fn add(
    asked: Asked,
    Form(sent): Form<Vec<(String, String)>>,
) -> Result<Response, Problem> {
    keep(&asked, None, Typed(sent)).await
}

async fn keep(
    asked: &Asked,
    mut own: Option<Series>,
    mut typed: Typed,
) -> Result<Response, Problem> {
    let stays = own.as_ref().and_then(|own| own.details.place);
    let around = Around {
        stays,
        ..around(asked).await?
    };
    let mut problems = Problems::default();
    let plan = read(&mut typed, &around, &mut problems);
    let mut question = html! {};
    if let Some(plan) = plan {
        question = clashes(asked, &typed, &around, (&plan, own.as_ref())).await?;
        if question.0.is_empty() {
            let done = match &own {
                Some(own) => {
                    let (of, emptied) = ((own.id, typed.version()), is_emptied(&typed));
                    acts::replan(asked.db(), &asked.deed, of, plan.clone(), emptied).await
                }
                None => acts::plan(asked.db(), &asked.deed, plan.clone()).await,
            };
            match done {
                Ok(id) => {
                    let flash = Flash::done("保存しました。下の日を確かめてください。");
                    return Ok(asked.redirect(&format!("/station/courses/{id}"), flash));
                }
                Err(Refusal::Changed) => {
                    if let Some(own) = &mut own {
                        *own = find(asked, own.id).await?;
                        typed.renew(own.version);
                        question = apart(own, &plan, &around);
                    }
                    problems.add(
                        "from",
                        told(&Refusal::Changed).map_or("", |(_, words)| words),
                    );
                }
                Err(Refusal::NoDays) if own.is_some() => {
                    question = emptied();
                    problems.add("emptied", EMPTIED);
                }
                Err(refusal) => match told(&refusal) {
                    Some((field, words)) => problems.add(field, words),
                    None => return Err(refusal.into()),
                },
            }
        } else {
            problems.add("anyway", clash::MEANT);
        }
    }
    let page = form(asked, own.as_ref(), (&typed, &around, &problems), question)?;
    Err(Problem::Refused(page))
}

/// What differs where somebody saved first.
fn apart(own: &Series, plan: &Plan, around: &Around) -> Markup {
    let all = |details, rule: &Rule, until: Date| {
        let mut facts = said::facts(details, around);
        let holidays = rule.holidays.word();
        facts.push(("くり返し", format!("{}（{holidays}）", rule.words())));
        facts.push(("終わりの日", said::date(until)));
        facts
    };
    let now = all(&own.details, &own.rule, own.until);
    said::apart(&now, &all(&plan.details, &plan.rule, plan.until))
}

const EMPTIED: &str = "曜日や期間を確かめてください。これからの回をなくすときは「これからの回をすべてなくす」に印をつけてください。";

fn is_emptied(typed: &Typed) -> bool {
    typed.of("emptied") == "yes"
}

/// A rule that leaves no day is asked about: mostly a weekday or a year was mistyped.
fn emptied() -> Markup {
    let field = Field {
        name: "emptied",
        label: "これからの回をなくしますか",
        ..Field::default()
    };
    look::notice(
        Tone::Warning,
        "この決め方では、これからの回が1回もありません",
        html! {
            p { "お知らせした回や申し込みのある回は「中止」として残り、ほかの回は消えます。講座をやめるときは、講座のページの「講座を終了する」のほうが、あとでもどせます。" }
            (look::checks(&field, &[Choice::new("yes", "これからの回をすべてなくす")], &[]))
        },
    )
}

pub(super) async fn find(asked: &Asked, id: RowId) -> Result<Series, Problem> {
    Ok(store::find_series(&mut asked.read().await?, &asked.deed, id).await?)
}

/// One series with its days.
pub async fn one(asked: Asked, Path(id): Path<RowId>) -> Result<Markup, Problem> {
    show(&asked, &find(&asked, id).await?, html! {}).await
}

/// The page, with a question above the end of the series perhaps.
pub(super) async fn show(
    asked: &Asked,
    series: &Series,
    question: Markup,
) -> Result<Markup, Problem> {
    let around = around(asked).await?;
    let id = series.id;
    let mut conn = asked.read().await?;
    let first = Year::of(today(asked)).first();
    let days = store::list_of_series(&mut conn, &asked.deed, id, first).await?;
    let closed = acts::closed(&mut conn, &asked.deed).await?;
    drop(conn);
    let left = series
        .rule
        .lay(
            series.begins,
            today(asked).max(series.begins),
            series.until,
            &closed,
        )
        .left;
    let body = html! {
        (facts(series, &around))
        p { (button_link(Weight::Primary, Link::new("内容・くり返しを変える", &format!("/station/courses/{id}/edit")))) }
        (look::section("この年度からの回", html! {
            p { "1回だけ内容や日時を変える、中止にするときは、その日を開きます。" }
            (table(&days, asked))
        }))
        @if !left.is_empty() {
            (look::section("休みになる日", html! {
                ul { @for (day, word) in &left { li { (day_words(*day)) " " (word) } } }
                p { small { "行うときは「ほかに行う日」に入れます。" } }
            }))
        }
        (ending::form(series, asked, &question))
    };
    sided(asked, Side::Series, &series.details.title, body)
}

fn facts(series: &Series, around: &Around) -> Markup {
    let rows = said::facts(&series.details, around);
    // The title is the page's, and the time stands in its rule's words.
    let rows = rows.into_iter().skip(2);
    let when = format!(
        "{} {}（{}）",
        series.rule.words(),
        series.details.hours,
        series.rule.holidays.word()
    );
    let rows = [("いつ", when)].into_iter().chain(rows);
    html! {
        p { (standing(series)) }
        dl.record { @for (label, text) in rows.filter(|(_, text)| !text.is_empty()) {
            div { dt { (label) } dd { (text) } }
        } }
    }
}

fn table(days: &[CourseDay], asked: &Asked) -> Markup {
    let head = ["日", "時間", "状態"].map(Head::new);
    let rows: Vec<Vec<Markup>> = days
        .iter()
        .map(|day| {
            vec![
                html! { a href={ "/station/days/" (day.id) } { (day_words(day.day)) } },
                html! { (day.details.hours.to_string()) },
                html! { (said::state(day, asked.deed.now)) (said::why(day)) },
            ]
        })
        .collect();
    let held = days
        .iter()
        .filter(|day| day.state == State::Planned)
        .count();
    html! { p { "行う回：" (held) "回" } (look::table("回の一覧", &head, &rows)) }
}

/// The form of a series, filled.
pub async fn edit(asked: Asked, Path(id): Path<RowId>) -> Result<Markup, Problem> {
    let series = find(&asked, id).await?;
    let around = around(&asked).await?;
    let mut typed = typed::typed_from(&series.details);
    rule::put(&series.rule, &mut typed);
    typed.put("version", series.version);
    typed.put("from", today(&asked).max(series.begins));
    typed.put("until", series.until.max(today(&asked)));
    form(
        &asked,
        Some(&series),
        (&typed, &around, &Problems::default()),
        html! {},
    )
}

/// Keeps a changed series.
pub async fn save(
    asked: Asked,
    Path(id): Path<RowId>,
    Form(sent): Form<Vec<(String, String)>>,
) -> Result<Response, Problem> {
    let series = find(&asked, id).await?;
    keep(&asked, Some(series), Typed(sent)).await
}
