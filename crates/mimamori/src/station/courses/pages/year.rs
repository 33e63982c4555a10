//! A year planned from the one before, in one deed.

use axum::Form;
use axum::extract::Query;
use axum::response::Response;
use maud::{Markup, html};
use serde::Deserialize;

use super::series::around;
use super::typed::Typed;
use super::{Side, clash, on, sided};
use crate::clock::in_japan;
use crate::front::look::{self, Choice, Field, Head, Link, Tone};
use crate::front::{Asked, Flash, Problem};
use crate::ids::RowId;
use crate::station::courses::acts::{self, Proposed};
use crate::station::courses::rules::{Year, day_words};

/// `?y=2027`.
#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Part {
    y: String,
}

/// The year as it would be.
pub async fn page(asked: Asked, Query(part): Query<Part>) -> Result<Markup, Problem> {
    let this = Year::of(in_japan(asked.deed.now).date());
    // A year ahead is planned, and not yet the one after: nobody knows its places.
    let asked_for = Year::from_code(&part.y).filter(|year| *year <= this.next());
    let year = asked_for.unwrap_or(this.next());
    let around = around(&asked).await?;
    let proposals = acts::propose(&mut asked.read().await?, &asked.deed, year).await?;
    let (before, after) = (
        format!("/station/year?y={}", year.before()),
        format!("/station/year?y={}", year.next()),
    );
    let days: usize = proposals.list.iter().map(|one| one.laid.days.len()).sum();
    let body = html! {
        (look::pager(&look::Pager { shown: &format!("{year}年度（{year}年4月～翌年3月）"), before: Some(&before), after: (year <= this).then_some(after.as_str()) }))
        @if proposals.list.is_empty() {
            (look::empty("この年度に加える講座はありません", "続いている講座は、すべてこの年度の終わりまで予定に入っています。", None))
        } @else {
            p { "続いている講座を、同じ決め方で" (year) "年度の終わりまでのばします。全部で" (days) "回になります。続けない講座は印を外すか、先に講座のページの「講座を終了する」で終了してください。" }
            @if !proposals.clashes.is_empty() {
                (look::notice(Tone::Warning, "会場か講師が重なる日があります", html! {
                    p { "先に講座の時間や会場を変えるか、このまま入れてから、その日だけ移してください。" }
                    (clash::table(&proposals.clashes, &around.places))
                }))
            }
            (look::form("/station/year", html! {
                (look::hidden("year", &year.to_string()))
                (choices(&proposals.list))
                (look::buttons("印をつけた講座を予定に入れる", Some(Link::new("やめる", "/station"))))
            }))
            (left(&proposals.list))
        }
    };
    sided(&asked, Side::Year, &format!("{year}年度の予定"), body)
}

fn choices(list: &[Proposed]) -> Markup {
    let values: Vec<(String, String, String)> = list
        .iter()
        .map(|one| {
            let series = &one.series;
            let value = format!("{}:{}", series.id, series.version);
            let first = one
                .laid
                .days
                .first()
                .map(|day| day_words(*day))
                .unwrap_or_default();
            let hint = format!(
                "{} {}・{}回・{first}から",
                series.rule.words(),
                series.details.hours,
                one.laid.days.len()
            );
            (value, series.details.title.clone(), hint)
        })
        .collect();
    let choices: Vec<Choice<'_>> = values
        .iter()
        .map(|(value, label, hint)| Choice { value, label, hint })
        .collect();
    let ticked: Vec<&str> = values.iter().map(|(value, ..)| value.as_str()).collect();
    let field = Field {
        name: "series",
        label: "続ける講座",
        ..Field::default()
    };
    look::checks(&field, &choices, &ticked)
}

fn left(list: &[Proposed]) -> Markup {
    let head = ["講座", "休みになる日"].map(Head::new);
    let rows: Vec<Vec<Markup>> = list
        .iter()
        .filter(|one| !one.laid.left.is_empty())
        .map(|one| {
            let left = one.laid.left.iter();
            let left: Vec<String> = left
                .map(|(day, word)| format!("{} {word}", day_words(*day)))
                .collect();
            vec![
                html! { (one.series.details.title) },
                html! { (left.join("、")) },
            ]
        })
        .collect();
    html! { @if !rows.is_empty() { (look::section("祝日・休館日で休みになる日", look::table("休みになる日", &head, &rows))) } }
}

/// Lets the chosen series go on.
pub async fn save(
    asked: Asked,
    Form(sent): Form<Vec<(String, String)>>,
) -> Result<Response, Problem> {
    let typed = Typed(sent);
    let this = Year::of(in_japan(asked.deed.now).date());
    let year = Year::from_code(typed.of("year")).unwrap_or(this.next());
    let chosen: Vec<(RowId, i64)> = typed
        .all("series")
        .into_iter()
        .filter_map(|value| {
            let (id, version) = value.split_once(':')?;
            Some((id.parse().ok()?, version.parse().ok()?))
        })
        .collect();
    let path = format!("/station/year?y={year}");
    if chosen.is_empty() {
        return Ok(asked.redirect(&path, Flash::not_done("続ける講座に印をつけてください。")));
    }
    let done = acts::extend(asked.db(), &asked.deed, year, chosen).await;
    let words = done
        .as_ref()
        .map(|count| format!("{count}回を予定に入れました。"));
    let words = words.unwrap_or_default();
    on(&asked, &path, done, Flash::done(&words))
}
