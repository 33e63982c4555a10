//! A series ends, and goes on.

use axum::Form;
use axum::extract::Path;
use axum::response::Response;
use maud::{Markup, html};

use super::series::{around, find, show, today};
use super::typed::Typed;
use super::{clash, on, rule};
use crate::front::look::{self, Field, Kind, Problems, Weight};
use crate::front::{Asked, Flash, Problem};
use crate::ids::RowId;
use crate::station::courses::acts;
use crate::station::courses::rules::{Booking, CourseDay, Series};
use crate::station::courses::store;

/// The part of a series' page; the question is about what would clash were it to go on.
pub fn form(series: &Series, asked: &Asked, question: &Markup) -> Markup {
    let base = format!("/station/courses/{}", series.id);
    let version = look::hidden("version", &series.version.to_string());
    let last = Field {
        name: "on",
        label: "最終日",
        value: &today(asked).to_string(),
        kind: Kind::Short,
        required: true,
        ..Field::default()
    };
    match series.ended_on {
        Some(_) => look::section(
            "講座を再開する",
            html! {
                p { "終了したときに取りやめた、これからの回が、予定にもどります。" }
                (look::form(&format!("{base}/resuming"), html! {
                    (version)
                    (question)
                    (look::button(Weight::Secondary, "講座を再開する", "do", "resume"))
                }))
            },
        ),
        None => look::section(
            "講座を終了する",
            html! {
                p { "最終日より後の回はなくなり、案内にも出なくなります。終わった回の記録は残ります。中止とはちがい、次の年度の予定にも出ません。" }
                (look::form(&format!("{base}/ending"), html! {
                    (version)
                    (look::field(&last))
                    (look::button(Weight::Secondary, "講座を終了する", "do", "end"))
                }))
            },
        ),
    }
}

/// Ends a series.
pub async fn end(
    asked: Asked,
    Path(id): Path<RowId>,
    Form(sent): Form<Vec<(String, String)>>,
) -> Result<Response, Problem> {
    find(&asked, id).await?;
    let typed = Typed(sent);
    let mut problems = Problems::default();
    let back = format!("/station/courses/{id}");
    let Some(last) = rule::day(&typed, "on", &mut problems) else {
        let flash = Flash::not_done("最終日を「2026-06-05」のように入れてください。");
        return Ok(asked.redirect(&back, flash));
    };
    let done = acts::end(asked.db(), &asked.deed, id, typed.version(), last).await;
    let flash = Flash::done("講座を終了しました。下の「講座を再開する」で取り消せます。");
    on(&asked, &back, done, flash)
}

/// It goes on; what would clash by now is asked about first.
pub async fn resume(
    asked: Asked,
    Path(id): Path<RowId>,
    Form(sent): Form<Vec<(String, String)>>,
) -> Result<Response, Problem> {
    let series = find(&asked, id).await?;
    let typed = Typed(sent);
    if !clash::is_meant(&typed) {
        let question = question(&asked, &series).await?;
        if !question.0.is_empty() {
            return Err(Problem::Refused(show(&asked, &series, question).await?));
        }
    }
    let done = acts::resume(asked.db(), &asked.deed, id, typed.version()).await;
    let back = format!("/station/courses/{id}");
    on(&asked, &back, done, Flash::done("講座を再開しました。"))
}

async fn question(asked: &Asked, series: &Series) -> Result<Markup, Problem> {
    let today = today(asked);
    let around = around(asked).await?;
    let mut conn = asked.read().await?;
    let all = store::list_of_series(&mut conn, &asked.deed, series.id, jiff::civil::Date::MIN);
    let mut back: Vec<CourseDay> = all.await?;
    back.retain(|day| day.comes_back(today));
    let wished: Vec<Booking> = back.iter().map(Booking::from).collect();
    let own = Some(series.id);
    let found = acts::clashes_with(&mut conn, &asked.deed, own, wished).await?;
    Ok(clash::question(&found, &around.places))
}
