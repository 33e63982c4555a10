//! Who is in charge, who else may see it, who may be told, and to whom it is given.

use axum::Form;
use axum::extract::Path;
use axum::response::Response;
use maud::{Markup, html};

use super::basis::{self, Giving, given};
use super::gate::{admit, enter};
use super::parts::{self, Side, case_of};
use super::people;
use super::sharing_forms::{self as forms, All};
use super::typed::Typed;
use super::{back, path, row_of};
use crate::audit::Fields;
use crate::cases::acts::{self, Offer, Referral};
use crate::cases::rules::{Consent, Purpose, Refusal, Urgency, WhyTransfer};
use crate::clock::in_japan;
use crate::front::look::{self, Problems};
use crate::front::{Asked, Place, Problem};
use crate::ids::CaseId;
use crate::people::Names;

const MOST: usize = 2_000;
const MOST_LINE: usize = 120;

/// The page.
pub async fn page(asked: Asked, Path(case): Path<String>) -> Result<Markup, Problem> {
    let today = in_japan(asked.deed.now).date().to_string();
    let typed = Typed::default().with("given_on", today);
    sheet(&asked, case_of(&case)?, &typed, &Problems::default()).await
}

async fn sheet(
    asked: &Asked,
    id: CaseId,
    typed: &Typed,
    problems: &Problems,
) -> Result<Markup, Problem> {
    let opened = enter(asked, id, Fields::IDENTITY).await?;
    let elsewhere = parts::is_elsewhere(asked, &opened).await?;
    let all = All::read(asked, &opened.case).await?;
    let names = Names::read_all(&mut asked.read().await?, &asked.deed).await?;
    let today = in_japan(asked.deed.now).date();
    let body = html! {
        (look::problem_summary(problems))
        (parts::head(&opened, Side::Sharing, &names, today))
        (forms::assignment(&opened.case, &all, (typed, problems)))
        (forms::viewers(&opened.case, &all, (typed, problems), &names))
        (forms::consents(&opened.case, &all, (typed, problems), today))
        (forms::transfer(&opened.case, &all, (typed, problems), (elsewhere, &names)))
        (forms::referral(&opened.case, &all, (typed, problems)))
        (forms::past(&all, &names, (typed, problems)))
        (forms::links(&opened.case, &all, (typed, problems)))
        (people::household(&opened, all.leads, (typed, problems)))
    };
    asked.page(Place::Cases, &opened.case.name(), body)
}

/// The page with the forms as they were typed.
pub(super) async fn refused(
    asked: &Asked,
    id: CaseId,
    typed: &Typed,
    problems: &Problems,
) -> Problem {
    match sheet(asked, id, typed, problems).await {
        Ok(page) => Problem::Refused(page),
        Err(other) => other,
    }
}

fn here(id: CaseId) -> String {
    format!("{}/sharing", path(id))
}

/// Puts colleagues in charge.
pub async fn assign(
    asked: Asked,
    Path(case): Path<String>,
    Form(typed): Form<Typed>,
) -> Result<Response, Problem> {
    let case = admit(&asked, &case).await?;
    let mut problems = Problems::default();
    let Some(lead) = typed.id("lead") else {
        problems.add("lead", "担当の職員を選んでください。");
        return Err(refused(&asked, case.id, &typed, &problems).await);
    };
    let to = (lead, typed.id("second"));
    let done = acts::assign(asked.db(), &asked.deed, case.id, typed.version(), to).await;
    let words = "担当を決めました。予定は、新しい担当の「きょうのやること」に移りました。";
    back(&asked, &here(case.id), done.map(|()| words))
}

/// Names somebody who may see it.
pub async fn add_viewer(
    asked: Asked,
    Path(case): Path<String>,
    Form(typed): Form<Typed>,
) -> Result<Response, Problem> {
    let case = admit(&asked, &case).await?;
    let mut problems = Problems::default();
    let staff = typed.id("viewer");
    if staff.is_none() {
        problems.add("viewer", "職員を選んでください。");
    }
    let until = typed.must_day("viewer_until", &mut problems);
    let ask = "なぜ見てもらうのかを書いてください。";
    let reason = typed.must("viewer_reason", MOST_LINE, ask, &mut problems);
    let (Some(staff), Some(until), true) = (staff, until, problems.is_empty()) else {
        return Err(refused(&asked, case.id, &typed, &problems).await);
    };
    let who = (staff, until);
    let done = acts::add_viewer(asked.db(), &asked.deed, case.id, who, reason).await;
    back(&asked, &here(case.id), done.map(|()| "加えました。"))
}

/// Takes a name back.
pub async fn remove_viewer(
    asked: Asked,
    Path((case, row)): Path<(String, String)>,
) -> Result<Response, Problem> {
    let case = admit(&asked, &case).await?;
    let done = acts::remove_viewer(asked.db(), &asked.deed, case.id, row_of(&row)?).await;
    back(&asked, &here(case.id), done.map(|()| "外しました。"))
}

/// Links another case. One that may not be seen and one that is not there read the same.
pub async fn add_link(
    asked: Asked,
    Path(case): Path<String>,
    Form(typed): Form<Typed>,
) -> Result<Response, Problem> {
    let case = admit(&asked, &case).await?;
    let mut problems = Problems::default();
    let number = typed.number("number", 99_999_999, &mut problems);
    let note = typed.line("link_note", MOST_LINE, &mut problems);
    let (Some(number), true) = (number, problems.is_empty()) else {
        if problems.is_empty() {
            problems.add("number", "支援の番号を入れてください（例：12）。");
        }
        return Err(refused(&asked, case.id, &typed, &problems).await);
    };
    match acts::add_link(asked.db(), &asked.deed, case.id, number, note).await {
        Err(Refusal::NotFound) => {
            problems.add("number", "この番号で結べる支援はありません。");
            Err(refused(&asked, case.id, &typed, &problems).await)
        }
        done => back(&asked, &here(case.id), done.map(|()| "結びました。")),
    }
}

/// Takes a link away.
pub async fn remove_link(
    asked: Asked,
    Path((case, row)): Path<(String, String)>,
) -> Result<Response, Problem> {
    let case = admit(&asked, &case).await?;
    let done = acts::remove_link(asked.db(), &asked.deed, case.id, row_of(&row)?).await;
    back(&asked, &here(case.id), done.map(|()| "外しました。"))
}

/// Writes down a consent.
pub async fn add_consent(
    asked: Asked,
    Path(case): Path<String>,
    Form(typed): Form<Typed>,
) -> Result<Response, Problem> {
    let case = admit(&asked, &case).await?;
    let mut problems = Problems::default();
    let purpose = typed.choice("purpose", Purpose::from_code, &mut problems);
    let given_on = typed.must_day("given_on", &mut problems);
    let until = typed.day("consent_until", &mut problems);
    let receiver = basis::receiver(typed.get("consent_place"));
    let to = typed.line("consent_to", MOST_LINE, &mut problems);
    if receiver.is_none() && to.is_empty() && problems.of("consent_to").is_none() {
        problems.add("consent_to", "だれに伝えてよいかを選ぶか、書いてください。");
    }
    let ask = "どなたから、どのように同意をいただいたかを書いてください（例：ご本人、書面）。";
    let by = typed.must("consent_by", MOST_LINE, ask, &mut problems);
    let words = typed.words("consent_words", MOST, &mut problems);
    let (Some(purpose), Some(given_on), true) = (purpose, given_on, problems.is_empty()) else {
        return Err(refused(&asked, case.id, &typed, &problems).await);
    };
    let consent = Consent {
        purpose,
        receiver,
        to,
        by,
        given_on,
        words,
        withdrawn: None,
    };
    let done = acts::add_consent(asked.db(), &asked.deed, case.id, until, consent).await;
    back(&asked, &here(case.id), done.map(|_| "同意を記録しました。"))
}

/// A consent is withdrawn.
pub async fn withdraw(
    asked: Asked,
    Path((case, row)): Path<(String, String)>,
    Form(typed): Form<Typed>,
) -> Result<Response, Problem> {
    let case = admit(&asked, &case).await?;
    let mut problems = Problems::default();
    let (id, row) = (case.id, row_of(&row)?);
    // Each consent has its own form on the page.
    let said = typed.words(&format!("said_{row}"), MOST_LINE, &mut problems);
    if !problems.is_empty() {
        return Err(refused(&asked, id, &typed, &problems).await);
    }
    let done = acts::withdraw_consent(asked.db(), &asked.deed, id, row, said).await;
    let words = "同意の撤回を記録しました。この同意で申し出ていた引き継ぎは、取り下げました。";
    back(&asked, &here(id), done.map(|()| words))
}

/// Offers the case to another center.
pub async fn transfer(
    asked: Asked,
    Path(case): Path<String>,
    Form(typed): Form<Typed>,
) -> Result<Response, Problem> {
    let case = admit(&asked, &case).await?;
    let mut problems = Problems::default();
    let to = typed.id("center");
    if to.is_none() {
        problems.add("center", "引き継ぐセンターを選んでください。");
    }
    let why = typed.choice("why_transfer", WhyTransfer::from_code, &mut problems);
    let urgency = typed.choice("urgency", Urgency::from_code, &mut problems);
    let ask = "引き受けるかどうかを決められるように、ようすと急ぐわけを書いてください。";
    let words = typed.must("transfer_words", MOST, ask, &mut problems);
    let given = given(Giving::Transfer, &typed, &mut problems);
    let (Some(to), Some(why), Some(urgency), true) = (to, why, urgency, problems.is_empty()) else {
        return Err(refused(&asked, case.id, &typed, &problems).await);
    };
    let offer = Offer {
        to,
        why,
        urgency,
        words,
        given,
    };
    match acts::offer(asked.db(), &asked.deed, case.id, offer).await {
        Err(refusal) if basis::refused(Giving::Transfer, &refusal, &mut problems) => {
            Err(refused(&asked, case.id, &typed, &problems).await)
        }
        done => {
            let words = "引き継ぎを申し出ました。返事があるまでは、このセンターの支援です。";
            back(&asked, &here(case.id), done.map(|_| words))
        }
    }
}

/// Refers to an organisation.
pub async fn refer(
    asked: Asked,
    Path(case): Path<String>,
    Form(typed): Form<Typed>,
) -> Result<Response, Problem> {
    let case = admit(&asked, &case).await?;
    let mut problems = Problems::default();
    let organisation = typed.id("organisation");
    let to = typed.line("refer_to", MOST_LINE, &mut problems);
    if organisation.is_none() && to.is_empty() {
        problems.add("refer_to", "紹介先を選ぶか、名前を入れてください。");
    }
    let ask = "伝えたことと、渡したものを書いてください。";
    let words = typed.must("refer_words", MOST, ask, &mut problems);
    let given = given(Giving::Referral, &typed, &mut problems);
    if !problems.is_empty() {
        return Err(refused(&asked, case.id, &typed, &problems).await);
    }
    let referral = Referral {
        organisation,
        to,
        words,
        given,
    };
    match acts::refer(asked.db(), &asked.deed, case.id, referral).await {
        Err(refusal) if basis::refused(Giving::Referral, &refusal, &mut problems) => {
            Err(refused(&asked, case.id, &typed, &problems).await)
        }
        done => back(&asked, &here(case.id), done.map(|_| "紹介を記録しました。")),
    }
}
