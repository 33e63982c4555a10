//! What is posted from the page of an inquiry.

use axum::Form;
use axum::extract::Path;
use axum::response::Response;
use serde::Deserialize;

use super::inquiry::{Again, show};
use super::said::basis_of;
use super::{caller, closing, counter, problem};
use crate::desk::acts::{self, To};
use crate::desk::rules::{CallOutcome, CallerKind, Refusal, Tier};
use crate::front::{Asked, Flash, Problem};
use crate::ids::InquiryId;
use crate::networks;
use crate::scope::Role;

type Answer = Result<Response, Problem>;

/// Back to the inquiry, at the part that was worked on.
fn back(asked: &Asked, id: InquiryId, part: &str, flash: Flash) -> Response {
    asked.redirect(&format!("{}#{part}", counter::path(id)), flash)
}

/// An act of one press: done, or the reason in one sentence.
fn answer(
    asked: &Asked,
    id: InquiryId,
    part: &str,
    done: Result<(), Refusal>,
    words: &str,
) -> Answer {
    let flash = match done {
        Ok(()) => Flash::done(words),
        Err(Refusal::Changed) => {
            Flash::not_done("ほかの人が先に変えました。いまの内容をお確かめください。")
        }
        Err(Refusal::IsClosed) => Flash::not_done("この照会はもう終わっています。メモは残せます。"),
        Err(Refusal::NoContact) => {
            Flash::not_done("その連絡先は変わったか、メールに同意していません。")
        }
        Err(Refusal::NoStaff) => {
            Flash::not_done("その人には引き継げません。ほかの人を選んでください。")
        }
        Err(refusal) => return Err(problem(refusal)),
    };
    Ok(back(asked, id, part, flash))
}

/// The page again as typed, with words beside a field.
async fn refused(
    asked: &Asked,
    id: InquiryId,
    field: &str,
    words: &str,
    mut again: Again,
) -> Problem {
    again.problems.add(field, words);
    match show(asked, id, &again).await {
        Ok(page) => Problem::Refused(page),
        Err(other) => other,
    }
}

pub async fn caller(
    asked: Asked,
    Path(id): Path<InquiryId>,
    Form(typed): Form<caller::Typed>,
) -> Answer {
    let mut conn = asked.read().await?;
    let directory = networks::list_organisations(&mut conn, &asked.deed.scope).await?;
    drop(conn);
    let kind = CallerKind::from_code(&typed.caller);
    let kept = typed.caller(&directory);
    let done = acts::save_caller(asked.db(), &asked.deed, id, typed.version, kind, kept).await;
    if let Err(Refusal::Changed) = done {
        let again = Again {
            caller: Some(typed),
            ..Again::default()
        };
        let words =
            "ほかの人が先に書きました。入力は下に残っています。確かめて、もう一度押してください。";
        return Err(refused(&asked, id, "happened", words, again).await);
    }
    answer(&asked, id, "tiers", done, "相手の記録を残しました。")
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub struct TierTyped {
    tier: String,
    // Each tier's form stands on the same page, so its field has a name of its own.
    #[serde(
        alias = "basis-identity",
        alias = "basis-medical",
        alias = "basis-rest"
    )]
    basis: String,
}

pub async fn tell(asked: Asked, Path(id): Path<InquiryId>, Form(typed): Form<TierTyped>) -> Answer {
    let tier = Tier::from_code(&typed.tier).ok_or(Problem::NotFound)?;
    let basis = basis_of(&typed.basis).ok_or(Problem::NotFound)?;
    let done = acts::tell(asked.db(), &asked.deed, id, tier, basis).await;
    answer(
        &asked,
        id,
        "tiers",
        done,
        "ひらきました。記録に残りました。",
    )
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub struct CallTyped {
    outcome: String,
}

pub async fn call(
    asked: Asked,
    Path((id, contact)): Path<(InquiryId, usize)>,
    Form(typed): Form<CallTyped>,
) -> Answer {
    let outcome = CallOutcome::from_code(&typed.outcome).ok_or(Problem::NotFound)?;
    let done = acts::note_call(asked.db(), &asked.deed, id, contact, outcome).await;
    answer(&asked, id, "calls", done, "かけた結果を残しました。")
}

pub async fn mail(asked: Asked, Path((id, contact)): Path<(InquiryId, usize)>) -> Answer {
    let done = acts::queue_mail(asked.db(), &asked.deed, id, contact).await;
    answer(
        &asked,
        id,
        "calls",
        done,
        "メールを出します。届かなかったときは、ここに出ます。",
    )
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub struct NoteTyped {
    note: String,
}

pub async fn note(asked: Asked, Path(id): Path<InquiryId>, Form(typed): Form<NoteTyped>) -> Answer {
    match acts::note(asked.db(), &asked.deed, id, &typed.note).await {
        Err(refusal @ (Refusal::NoWords | Refusal::TooLong)) => {
            let words = if matches!(refusal, Refusal::NoWords) {
                "メモを書いてから押してください。"
            } else {
                "2000字までで書いてください。"
            };
            let again = Again {
                note: typed.note,
                ..Again::default()
            };
            Err(refused(&asked, id, "note", words, again).await)
        }
        done => answer(&asked, id, "main", done, "メモを残しました。"),
    }
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub struct HandTyped {
    to: String,
    words: String,
}

impl HandTyped {
    fn to(&self) -> Option<To> {
        match self.to.strip_prefix("role:") {
            Some(role) => Role::from_code(role).map(To::Role),
            None => self.to.parse().ok().map(To::Staff),
        }
    }
}

pub async fn hand_over(
    asked: Asked,
    Path(id): Path<InquiryId>,
    Form(typed): Form<HandTyped>,
) -> Answer {
    let Some(to) = typed.to() else {
        let again = Again {
            hand_over: typed.words,
            ..Again::default()
        };
        return Err(refused(
            &asked,
            id,
            "to",
            "だれに引き継ぐかを選んでください。",
            again,
        )
        .await);
    };
    let words = typed.words.trim().to_owned();
    let done = acts::hand_over(asked.db(), &asked.deed, id, to, words).await;
    answer(
        &asked,
        id,
        "main",
        done,
        "引き継ぎました。受け取られるまで、最初の画面に出つづけます。",
    )
}

pub async fn take(asked: Asked, Path(id): Path<InquiryId>) -> Answer {
    let done = acts::take(asked.db(), &asked.deed, id).await;
    answer(&asked, id, "main", done, "受け取りました。")
}

pub async fn close(
    asked: Asked,
    Path(id): Path<InquiryId>,
    Form(typed): Form<closing::Typed>,
) -> Answer {
    let done = acts::close(asked.db(), &asked.deed, id, typed.version, typed.ending()).await;
    let (field, words) = match &done {
        Err(Refusal::NoPlace) => (
            "ending_place",
            "いまいる場所を書くか、「わからない」を選んでください。",
        ),
        Err(Refusal::TooLong) => ("told", "2000字までで書いてください。"),
        Err(Refusal::Changed) => (
            "told",
            "ほかの人が先に変えました。下の経過を確かめて、もう一度押してください。",
        ),
        _ => {
            return answer(
                &asked,
                id,
                "main",
                done.map(|_| ()),
                "照会を終えました。担当センターのやることに入りました。",
            );
        }
    };
    let again = Again {
        ending: Some(typed),
        ..Again::default()
    };
    Err(refused(&asked, id, field, words, again).await)
}
