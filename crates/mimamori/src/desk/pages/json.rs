//! The answer to other programs: `Accept: application/json` on `POST /desk/inquiries`.
//!
//! `result` is `found`, `opened` (somebody's, but nothing may be told yet), or the code of
//! [`Nobody`](super::nobody::Nobody): `misread`, `unknown`, `other_town`, `stock`, `lost`,
//! `replaced`, `returned`, `void`.

use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use jiff::civil::Date;
use serde::Serialize;

use super::consent::{Answered, answered};
use super::counter;
use super::nobody::Nobody;
use super::partner::Heard;
use super::seen::{self, Seen};
use crate::clock::in_japan;
use crate::desk::acts::Found;
use crate::desk::rules::{CallerKind, Spoken, Tier, aloud};
use crate::front::{Asked, Problem};
use crate::ids::InquiryId;
use crate::networks::Text;
use crate::people::{Contacts, DeskView, Kept};

/// Somebody's number.
#[derive(Serialize)]
pub struct Answer {
    /// `found` or `opened`.
    result: &'static str,
    /// The inquiry, 16 hex digits.
    inquiry: String,
    /// Its page.
    url: String,
    /// `registered`, `moved_away`, `died`, `withdrawn`.
    state: &'static str,
    /// Code and words of the legal basis; absent while nothing is opened.
    #[serde(skip_serializing_if = "Option::is_none")]
    basis: Option<Basis>,
    /// What may be said to the caller, in reading order.
    say: Vec<Line>,
    /// What the desk sees and does not say.
    keep: Vec<Line>,
    /// Whom to call, in order.
    contacts: Vec<Call>,
    /// What the person said to each tier that may be opened; empty while nothing is.
    consent: Vec<Answered>,
}

#[derive(Serialize)]
struct Basis {
    code: &'static str,
    words: String,
}

#[derive(Serialize)]
struct Line {
    label: String,
    text: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    reading: String,
    /// 「14か月前に電話で確認」.
    #[serde(skip_serializing_if = "Option::is_none")]
    confirmed: Option<String>,
}

#[derive(Serialize)]
struct Call {
    name: String,
    relation: String,
    phones: Vec<String>,
    /// `call_only`, `where_and_how`, `medical`.
    may_be_told: &'static str,
    /// 「14か月前に電話で確認」: of this contact, else of all together.
    #[serde(skip_serializing_if = "Option::is_none")]
    confirmed: Option<String>,
}

fn lines(spoken: Vec<Spoken>) -> Vec<Line> {
    let line = |one: Spoken| Line {
        label: one.label,
        text: one.text,
        reading: one.reading,
        confirmed: one.confirmed.map(|(words, _)| words),
    };
    spoken.into_iter().map(line).collect()
}

fn calls(contacts: &Kept<Contacts>, today: Date) -> Vec<Call> {
    let all = contacts.value.0.iter();
    all.map(|contact| Call {
        name: contact.name.clone(),
        relation: contact.relation.clone(),
        phones: contact.phones.iter().map(ToString::to_string).collect(),
        may_be_told: contact.may_be_told.code(),
        confirmed: contact
            .confirmed
            .or(contacts.confirmed)
            .map(|confirmed| confirmed.words(today)),
    })
    .collect()
}

/// An inquiry just opened.
pub async fn found(asked: &Asked, found: &Found) -> Result<Answer, Problem> {
    let told = found.told.zip(found.inquiry.kind);
    of(asked, found.inquiry.id, &found.view, told).await
}

/// An inquiry that the same form opened before.
pub async fn again(asked: &Asked, id: InquiryId) -> Result<Json<Answer>, Problem> {
    let seen = seen::see(asked, id).await?;
    Ok(Json(of_seen(asked, &seen).await?))
}

/// An inquiry as far as it was opened.
pub async fn of_seen(asked: &Asked, seen: &Seen) -> Result<Answer, Problem> {
    let told = seen.told.iter().find(|told| told.tier == Tier::Identity);
    let told = told.map(|told| told.basis).zip(seen.inquiry.kind);
    of(asked, seen.inquiry.id, &seen.view, told).await
}

/// What a partner was told.
pub async fn of_heard(asked: &Asked, heard: &Heard) -> Result<Answer, Problem> {
    let told = heard.basis(Tier::Identity).zip(heard.inquiry.kind);
    let answer = of(asked, heard.inquiry.id, &heard.view, told).await?;
    Ok(Answer {
        url: format!("/partner/inquiries/{}", heard.inquiry.id),
        ..answer
    })
}

async fn of(
    asked: &Asked,
    id: InquiryId,
    view: &DeskView,
    told: Option<(Text, CallerKind)>,
) -> Result<Answer, Problem> {
    let mut answer = Answer {
        result: "opened",
        inquiry: id.to_string(),
        url: counter::path(id),
        state: view.standing.state.code(),
        basis: None,
        say: Vec::new(),
        keep: Vec::new(),
        contacts: Vec::new(),
        consent: Vec::new(),
    };
    if let Some((basis, kind)) = told {
        let words = asked.words(basis).await?;
        let today = in_japan(asked.deed.now).date();
        let aloud = aloud(kind, view, today);
        answer.result = "found";
        answer.basis = Some(Basis {
            code: basis.code(),
            words,
        });
        answer.say = lines(aloud.say);
        answer.keep = lines(aloud.keep);
        answer.contacts = calls(&view.contacts, today);
        answer.consent = answered(&asked.deed.scope, kind, &view.consent.value);
    }
    Ok(answer)
}

/// Nobody's number.
#[derive(Serialize)]
pub struct NobodyAnswer<'a> {
    result: &'a str,
    title: &'a str,
    words: &'a str,
    /// What was typed, in groups, to be read back.
    #[serde(skip_serializing_if = "str::is_empty")]
    read_back: &'a str,
    /// Another town's telephone.
    #[serde(skip_serializing_if = "Option::is_none")]
    call: Option<&'a str>,
}

/// Nobody: 422 where the number was misread, else 200.
pub fn nobody(nobody: &Nobody) -> Response {
    let status = if nobody.code == "misread" {
        StatusCode::UNPROCESSABLE_ENTITY
    } else {
        StatusCode::OK
    };
    (status, Json(NobodyAnswer::of(nobody))).into_response()
}

impl<'a> NobodyAnswer<'a> {
    /// What is said to another program.
    pub fn of(nobody: &'a Nobody) -> NobodyAnswer<'a> {
        NobodyAnswer {
            result: nobody.code,
            title: &nobody.title,
            words: &nobody.words,
            read_back: &nobody.read_back,
            call: nobody.call.as_ref().map(|(_, shown)| shown.as_str()),
        }
    }
}
