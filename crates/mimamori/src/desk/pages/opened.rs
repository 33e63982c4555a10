//! `POST /desk/inquiries`: the number goes in, the answer comes out, for people and for programs.

use axum::extract::{FromRequest, Request};
use axum::http::StatusCode;
use axum::http::header::{ACCEPT, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use axum::{Form, Json};
use maud::{Markup, html};
use serde::Deserialize;

use super::nobody::{self, Nobody};
use super::said::{Bases, basis_of};
use super::{contacts, counter, json, problem, tiers};
use crate::clock::in_japan;
use crate::desk::acts::{self, Ask, Found, Opened};
use crate::desk::rules::{Caller, CallerKind, Naming, Tier};
use crate::front::look::{self, Link, Problems, Tone, Weight};
use crate::front::{Asked, Flash, Place, Problem};
use crate::ids::InquiryId;

/// The fields of the form, and of the JSON body.
#[derive(Clone, Default, Deserialize)]
#[serde(default)]
pub struct Typed {
    /// The number as it was heard.
    pub number: String,
    /// Code of [`CallerKind`]; empty while it is not known.
    pub caller: String,
    /// Code of a legal basis; empty for the caller's usual one.
    pub basis: String,
    /// The same key twice opens one inquiry.
    pub form_key: String,
    /// 所属
    pub organisation: String,
    /// お名前
    pub name: String,
    /// 折り返しの番号
    pub call_back: String,
    /// いまいる場所
    pub place: String,
    /// `yes`: whose number it was, though it is no longer in use.
    pub owner_too: String,
}

impl Typed {
    /// What is asked of the desk.
    pub fn ask(&self) -> Ask {
        Ask {
            typed: self.number.clone(),
            kind: CallerKind::from_code(&self.caller),
            basis: basis_of(&self.basis),
            caller: Caller {
                organisation: self.organisation.trim().to_owned(),
                name: self.name.trim().to_owned(),
                call_back: self.call_back.trim().to_owned(),
                place: self.place.trim().to_owned(),
                ..Caller::default()
            },
            owner_too: self.owner_too == "yes",
        }
    }
}

/// Whether a header begins with a type.
fn is_json(request: &Request, header: axum::http::HeaderName) -> bool {
    let value = request.headers().get(header);
    value.is_some_and(|value| value.as_bytes().starts_with(b"application/json"))
}

pub async fn answer(asked: Asked, request: Request) -> Result<Response, Problem> {
    let wants_json = is_json(&request, ACCEPT);
    let typed = match is_json(&request, CONTENT_TYPE) {
        true => Json::<Typed>::from_request(request, &())
            .await
            .map(|Json(typed)| typed)
            .ok(),
        false => Form::<Typed>::from_request(request, &())
            .await
            .map(|Form(typed)| typed)
            .ok(),
    };
    let Some(typed) = typed else {
        return Ok(StatusCode::BAD_REQUEST.into_response());
    };
    let id = acts::id_of(&asked.deed, &typed.form_key);
    let (db, vault) = (asked.db(), &asked.app.vault);
    let opened = acts::open(db, vault, &asked.deed, id, typed.ask())
        .await
        .map_err(problem)?;
    match (opened, wants_json) {
        (Opened::Found(found), false) => {
            Ok(page(&asked, &found, &typed.number).await?.into_response())
        }
        (Opened::Found(found), true) => {
            Ok(Json(json::found(&asked, &found).await?).into_response())
        }
        (Opened::Again(id), false) => Ok(again(&asked, id)),
        (Opened::Again(id), true) => Ok(json::again(&asked, id).await?.into_response()),
        (Opened::Nobody { why, .. }, true) => Ok(json::nobody(&Nobody::of(&why))),
        (Opened::Nobody { why, many }, false) => {
            nobody_page(&asked, &typed, &Nobody::of(&why), many).await
        }
    }
}

/// The inquiry that this form opened before.
pub fn again(asked: &Asked, id: InquiryId) -> Response {
    asked.redirect(
        &counter::path(id),
        Flash::done("この照会はもうはじまっています。"),
    )
}

/// The answer: large, in reading order, with whom to call; the rest is on the inquiry's own page.
pub async fn page(asked: &Asked, found: &Found, typed: &str) -> Result<Markup, Problem> {
    let now = asked.deed.now;
    let (id, path) = (found.inquiry.id, counter::path(found.inquiry.id));
    let next = Link::new("相手の記録・経過・終わりへ", &path);
    let body = html! {
        (tiers::standing(&found.view))
        @match (found.told, found.inquiry.kind) {
            (Some(basis), Some(kind)) => {
                @let words = asked.words(basis).await?;
                (tiers::identity(kind, &found.view, in_japan(now).date(), &words))
                @if Tier::Medical.is_open_to(&asked.deed.scope, Some(kind)) {
                    (tiers::open_form(&id.to_string(), (Tier::Medical, Some(kind)), (&found.view.consent.value, Naming::Named), &Bases(vec![(basis, words)])))
                }
                (contacts::fresh(id, &found.view.contacts, now))
            }
            _ => (look::notice(Tone::Good, "登録のある番号です", html! {
                p { "まだ何もひらいていません。次の画面で相手を選んでください。" }
            }))
        }
        p { (look::button_link(Weight::Secondary, next)) }
        p.hint { "番号：" (typed) }
    };
    asked.page(Place::Desk, "照会", body)
}

async fn nobody_page(
    asked: &Asked,
    typed: &Typed,
    nobody: &Nobody,
    many: bool,
) -> Result<Response, Problem> {
    let hidden = html! {
        (look::hidden("number", &typed.number))
        (look::hidden("caller", &typed.caller))
        (look::hidden("form_key", &InquiryId(asked.deed.new_id()).to_string()))
    };
    let answer = html! {
        (nobody::part(nobody, hidden))
        @if many { (look::notice(Tone::Notice, "該当のない照会が続いています", html! {
            p { "この1時間に30回をこえました。照会は続けられます。監査の担当に知らせてあります。" }
        })) }
    };
    let mut problems = Problems::default();
    if nobody.code == "misread" {
        problems.add("number", "番号をもう一度聞いて、入れなおしてください。");
    }
    let body = counter::body(asked, typed, answer, &problems).await?;
    let page = asked.page(Place::Desk, "照会窓口", body)?;
    let status = if nobody.code == "misread" {
        StatusCode::UNPROCESSABLE_ENTITY
    } else {
        StatusCode::OK
    };
    Ok((status, page).into_response())
}
