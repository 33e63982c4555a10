//! A case is ended, and opened again.

use axum::Form;
use axum::extract::Path;
use axum::response::Response;
use maud::{Markup, html};

use super::deeds::refused;
use super::gate::{Opened, admit, enter};
use super::parts::case_of;
use super::typed::Typed;
use super::{back, path};
use crate::audit::Fields;
use crate::cases::acts;
use crate::cases::rules::{Case, EndReason, EntryState, Step};
use crate::cases::store;
use crate::front::look::{self, Choice, Kind, Link, Problems, Tone};
use crate::front::{Asked, Flash, Place, Problem};

const MOST: usize = 2_000;
const MOST_WHY: usize = 200;

/// The form.
pub async fn page(asked: Asked, Path(case): Path<String>) -> Result<Markup, Problem> {
    let opened = enter(&asked, case_of(&case)?, Fields::IDENTITY).await?;
    let typed = Typed::default().with("version", opened.case.version.to_string());
    sheet(&asked, &opened, &typed, &Problems::default()).await
}

async fn sheet(
    asked: &Asked,
    opened: &Opened,
    typed: &Typed,
    problems: &Problems,
) -> Result<Markup, Problem> {
    let case = &opened.case;
    let mut conn = asked.read().await?;
    let steps = store::list_entries::<Step>(&mut conn, &asked.deed, case.id).await?;
    let settings = store::find_settings(&mut conn, &asked.deed, case.center).await?;
    drop(conn);
    let left = steps
        .iter()
        .filter(|step| step.state == EntryState::Waiting)
        .count();
    let reasons: Vec<Choice<'_>> = EndReason::ALL
        .iter()
        .map(|reason| Choice::new(reason.code(), reason.word()))
        .collect();
    let body = html! {
        (look::problem_summary(problems))
        p { strong { (opened.about()) } "　" (case.name()) }
        @if left > 0 { (look::notice(Tone::Warning, "済んでいない予定があります", html! {
            p { "予定が" (left) "件、残っています。終了すると、予定は取りやめになります。" }
        })) }
        @if settings.closing_second { p { "終了にすると、ほかの職員が内容を確かめます。差し戻されたときは、支援中にもどります。" } }
        (look::form(&format!("{}/closing", path(case.id)), html! {
            (look::hidden("version", typed.get("version")))
            (look::radios(&typed.plain(("reason", "どうして終わりますか", ""), Kind::Text, problems), &reasons))
            (typed.field(("outcome", "どうなりましたか", "目標とくらべて、いまのようすと、これから気をつけること"), Kind::Textarea, problems))
            (look::buttons("支援を終了する", Some(Link::new("やめる", &path(case.id)))))
        }))
    };
    asked.page(Place::Cases, "支援の終了", body)
}

/// Ends it, or gives the form back.
pub async fn save(
    asked: Asked,
    Path(case): Path<String>,
    Form(typed): Form<Typed>,
) -> Result<Response, Problem> {
    let case = admit(&asked, &case).await?;
    let mut problems = Problems::default();
    let reason = typed.choice("reason", EndReason::from_code, &mut problems);
    let outcome = typed.must(
        "outcome",
        MOST,
        "どうなったかを書いてください。",
        &mut problems,
    );
    let (Some(reason), true) = (reason, problems.is_empty()) else {
        let opened = enter(&asked, case.id, Fields::IDENTITY).await?;
        let page = sheet(&asked, &opened, &typed, &problems).await?;
        return Err(Problem::Refused(page));
    };
    let how = (reason, outcome);
    let done = acts::close(asked.db(), &asked.deed, case.id, typed.version(), how).await;
    back(
        &asked,
        &path(case.id),
        done.map(|()| "支援を終了しました。"),
    )
}

/// Opens it again.
pub async fn reopen(
    asked: Asked,
    Path(case): Path<String>,
    Form(typed): Form<Typed>,
) -> Result<Response, Problem> {
    let case = admit(&asked, &case).await?;
    let mut problems = Problems::default();
    let ask = "なぜ再開するのかを書いてください。";
    let why = typed.must("why", MOST, ask, &mut problems);
    if !problems.is_empty() {
        return Err(refused(&asked, case.id, &typed, &problems).await);
    }
    let done = acts::reopen(asked.db(), &asked.deed, case.id, why).await;
    back(
        &asked,
        &path(case.id),
        done.map(|()| "支援を再開しました。"),
    )
}

/// The form by which a case of somebody who is not registered is erased on their wish.
pub fn erasing(case: &Case, typed: &Typed, problems: &Problems) -> Markup {
    let hint = "例：ご本人から、記録を消してほしいとのお申し出";
    look::section(
        "消去の希望があったとき",
        html! {
            p { "登録のない方の支援は、ここで消せます。経過・予定・書類もすべて消え、もとにはもどせません。" }
            (look::form(&format!("{}/erasure", path(case.id)), html! {
                (typed.field(("erase_why", "理由", hint), Kind::Textarea, problems))
                (look::buttons("この支援を消去する", None))
            }))
        },
    )
}

/// Erases it.
pub async fn erase(
    asked: Asked,
    Path(case): Path<String>,
    Form(typed): Form<Typed>,
) -> Result<Response, Problem> {
    let case = admit(&asked, &case).await?;
    let mut problems = Problems::default();
    let ask = "だれから、どのような希望があったかを書いてください。";
    let why = typed.must("erase_why", MOST_WHY, ask, &mut problems);
    if !problems.is_empty() {
        return Err(refused(&asked, case.id, &typed, &problems).await);
    }
    match acts::erase(asked.db(), &asked.deed, case.id, why).await {
        Ok(()) => Ok(asked.redirect("/cases", Flash::done("支援を消去しました。"))),
        refusal => back(&asked, &path(case.id), refusal.map(|()| "")),
    }
}
