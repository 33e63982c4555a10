//! What is written on the page of a case.

use axum::Form;
use axum::extract::Path;
use axum::response::Response;

use super::gate::admit;
use super::typed::Typed;
use super::{back, contacts, one, path, row_of};
use crate::cases::acts;
use crate::cases::rules::{Flag, FlagCode, Refusal};
use crate::front::look::Problems;
use crate::front::{Asked, Problem};
use crate::ids::CaseId;

const MOST_STEP: usize = 500;
const MOST_LINE: usize = 80;

/// The page of the case with the form as it was typed.
pub(super) async fn refused(
    asked: &Asked,
    id: CaseId,
    typed: &Typed,
    problems: &Problems,
) -> Problem {
    match one::sheet(asked, id, typed, problems).await {
        Ok(page) => Problem::Refused(page),
        Err(other) => other,
    }
}

/// A call, a visit, a meeting.
pub async fn contact(
    asked: Asked,
    Path(case): Path<String>,
    Form(typed): Form<Typed>,
) -> Result<Response, Problem> {
    let case = admit(&asked, &case).await?;
    let mut problems = Problems::default();
    let contact = contacts::read(&typed, &mut problems);
    if !problems.is_empty() {
        return Err(refused(&asked, case.id, &typed, &problems).await);
    }
    match acts::add_contact(asked.db(), &asked.deed, case.id, contact).await {
        Err(Refusal::BadDay) => {
            problems.add("on", contacts::TO_COME);
            Err(refused(&asked, case.id, &typed, &problems).await)
        }
        done => back(&asked, &path(case.id), done.map(|()| "経過を書きました。")),
    }
}

/// A step to be done by a day.
pub async fn step(
    asked: Asked,
    Path(case): Path<String>,
    Form(typed): Form<Typed>,
) -> Result<Response, Problem> {
    let case = admit(&asked, &case).await?;
    let mut problems = Problems::default();
    let words = typed.must(
        "step",
        MOST_STEP,
        "することを書いてください。",
        &mut problems,
    );
    let due = typed.must_day("due", &mut problems);
    let (Some(due), true) = (due, problems.is_empty()) else {
        return Err(refused(&asked, case.id, &typed, &problems).await);
    };
    match acts::add_step(asked.db(), &asked.deed, case.id, due, words).await {
        Err(Refusal::BadDay) => {
            problems.add("due", "きょうかそれより後の日にしてください。");
            Err(refused(&asked, case.id, &typed, &problems).await)
        }
        done => {
            let words = "予定に加えました。担当の職員の「きょうのやること」に出ます。";
            back(&asked, &path(case.id), done.map(|()| words))
        }
    }
}

/// A step is done.
pub async fn step_done(
    asked: Asked,
    Path((case, row)): Path<(String, String)>,
    Form(typed): Form<Typed>,
) -> Result<Response, Problem> {
    let case = admit(&asked, &case).await?;
    let mut problems = Problems::default();
    let outcome = typed.must(
        "outcome",
        MOST_STEP,
        "結果を書いてください。",
        &mut problems,
    );
    if !problems.is_empty() {
        return Err(refused(&asked, case.id, &typed, &problems).await);
    }
    let step = row_of(&row)?;
    // Several steps stand on one page: each box has a name of its own.
    let came = (outcome, typed.get(&format!("helped-{step}")) == "yes");
    let done = acts::finish_step(asked.db(), &asked.deed, case.id, step, came).await;
    back(
        &asked,
        &path(case.id),
        done.map(|()| "予定を済みにしました。"),
    )
}

/// A step is not needed any more.
pub async fn step_dropped(
    asked: Asked,
    Path((case, row)): Path<(String, String)>,
) -> Result<Response, Problem> {
    let case = admit(&asked, &case).await?;
    let (row, why) = (row_of(&row)?, String::new());
    let done = acts::drop_step(asked.db(), &asked.deed, case.id, row, why).await;
    back(
        &asked,
        &path(case.id),
        done.map(|()| "予定を取りやめました。"),
    )
}

/// What has to be known first.
pub async fn flag(
    asked: Asked,
    Path(case): Path<String>,
    Form(typed): Form<Typed>,
) -> Result<Response, Problem> {
    let case = admit(&asked, &case).await?;
    let mut problems = Problems::default();
    let code = typed.choice("code", FlagCode::from_code, &mut problems);
    let until = typed.must_day("until", &mut problems);
    let note = typed.line("note", MOST_LINE, &mut problems);
    let (Some(code), Some(until), true) = (code, until, problems.is_empty()) else {
        return Err(refused(&asked, case.id, &typed, &problems).await);
    };
    let flag = Flag {
        code,
        note,
        ended: String::new(),
    };
    match acts::add_flag(asked.db(), &asked.deed, case.id, until, flag).await {
        Err(Refusal::BadDay) => {
            problems.add("until", "きょうかそれより後の日にしてください。");
            Err(refused(&asked, case.id, &typed, &problems).await)
        }
        done => back(&asked, &path(case.id), done.map(|()| "加えました。")),
    }
}

/// It does not hold any more.
pub async fn flag_ended(
    asked: Asked,
    Path((case, row)): Path<(String, String)>,
) -> Result<Response, Problem> {
    let case = admit(&asked, &case).await?;
    let (row, why) = (row_of(&row)?, String::new());
    let done = acts::end_flag(asked.db(), &asked.deed, case.id, row, why).await;
    back(&asked, &path(case.id), done.map(|()| "下ろしました。"))
}

/// A second person agrees, or gives it back.
pub async fn review(
    asked: Asked,
    Path((case, row)): Path<(String, String)>,
    Form(typed): Form<Typed>,
) -> Result<Response, Problem> {
    let case = admit(&asked, &case).await?;
    let mut problems = Problems::default();
    let words = typed.words("words", MOST_STEP, &mut problems);
    if !problems.is_empty() {
        return Err(refused(&asked, case.id, &typed, &problems).await);
    }
    let agrees = typed.get("agrees") == "yes";
    let which = (case.id, row_of(&row)?);
    let done = acts::decide(asked.db(), &asked.deed, which, agrees, words).await;
    let said = match agrees {
        true => "確かめたことを記録しました。",
        false => "差し戻しました。",
    };
    back(&asked, &path(case.id), done.map(|()| said))
}
