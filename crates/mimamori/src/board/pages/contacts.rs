//! Beside a person's contacts: which of them mail reaches, the test mail, and who practises.

use std::time::Duration;

use axum::Form;
use axum::extract::Path;
use axum::response::Response;
use maud::{Markup, html};
use serde::Deserialize;
use tokio::time::timeout;

use crate::audit::Fields;
use crate::board::acts;
use crate::board::rules::Refusal;
use crate::board::store;
use crate::front::look::{self, Link, Tone, Weight};
use crate::front::{Asked, Flash, Place, Problem};
use crate::ids::PersonId;
use crate::people::{self, Contact, Contacts, Stop};

/// The page waits so long for the mail server, and says so then.
const PATIENCE: Duration = Duration::from_secs(15);

fn path(person: PersonId) -> String {
    format!("/people/{person}/mail")
}

/// A person's id as it stands in an address; what is none is nobody's.
fn person_of(text: &str) -> Result<PersonId, Stop> {
    text.parse().map_err(|_| Problem::NotFound.into())
}

/// Every contact with what mail reaches them.
pub async fn page(asked: Asked, Path(person): Path<String>) -> Result<Markup, Stop> {
    let id = person_of(&person)?;
    people::witness(&asked, id, Fields::CONTACTS).await?;
    let mut conn = asked.read().await?;
    let kept = people::find_group::<Contacts>(&mut conn, &asked.deed, id).await?;
    let contacts = kept.ok_or(Problem::NotFound)?.value.0;
    let waiting = store::list_asked(&mut conn, &asked.deed, id).await;
    let waiting = waiting.map_err(Problem::from)?;
    drop(conn);
    let on = asked.app.post.is_on();
    let body = html! {
        p { "QRコードから知らせが届いたとき、次の方にメールで知らせます。アドレスがその方のものだと確かめるまで、メールは出しません。" }
        @if !on { (look::notice(Tone::Warning, "メールサーバーが設定されていません", html! { p { "いまはメールを出せません。町の管理者にご相談ください。" } })) }
        @if contacts.is_empty() { p { "緊急連絡先がありません。" } }
        @for (at, contact) in contacts.iter().enumerate() {
            @let asked_before = contact.mail.as_ref().is_some_and(|mail| waiting.iter().any(|(_, address)| *address == mail.address));
            (look::section(&contact.name, one(id, at, contact, on, asked_before)))
        }
        p { (look::text_link(Link::new("緊急連絡先を直す", &format!("/people/{id}/contacts/edit")))) }
        p { (look::text_link(Link::new("記録にもどる", &format!("/people/{id}")))) }
    };
    Ok(asked.page(Place::People, "緊急連絡先へのメール", body)?)
}

fn one(id: PersonId, at: usize, contact: &Contact, on: bool, waits: bool) -> Markup {
    let Some(mail) = &contact.mail else {
        return html! { p { "メールアドレスの登録がありません。" } };
    };
    let (drills, practises) = match mail.drills_on {
        Some(_) => ("訓練への参加をやめる", "no"),
        None => ("訓練にも参加する（本人の了解をもらった）", "yes"),
    };
    html! {
        p { (mail.address) " "
            @if mail.agreed_on.is_none() { (look::chip(Tone::Warning, "メールの同意なし")) }
            @else if let Some(day) = mail.proved_on { (look::chip(Tone::Good, &format!("{day}に確認ずみ"))) }
            @else if waits { (look::chip(Tone::Notice, "テストメールを出して、返事を待っています")) }
            @else { (look::chip(Tone::Warning, "アドレスが未確認（メールは出ません）")) }
            @if mail.drills_on.is_some() { " " (look::chip(Tone::Plain, "訓練に参加")) }
        }
        div.buttons {
            @if on && mail.agreed_on.is_some() && mail.proved_on.is_none() {
                (look::act(Weight::Secondary, "テストメールを送る", &contact.name, &format!("{}/{at}/test", path(id)), &[]))
            }
            @if mail.takes_messages() {
                (look::act(Weight::Quiet, drills, &contact.name, &format!("{}/{at}/drills", path(id)), &[("takes_part", practises)]))
            }
        }
    }
}

/// Sends the test mail at once, so that a wrong address shows while the contact is on the telephone.
pub async fn test(
    asked: Asked,
    Path((person, contact)): Path<(String, usize)>,
) -> Result<Response, Stop> {
    let id = person_of(&person)?;
    people::admit(&asked, id).await?;
    let public_url = &asked.app.config.public_url;
    let mail = match acts::ask_proof(asked.db(), &asked.deed, id, contact, public_url).await {
        Ok(mail) => mail,
        Err(refusal) => return back(&asked, id, Err(refusal)),
    };
    let sending = asked.app.post.send(&mail.to, &mail.subject, &mail.body);
    let flash = match timeout(PATIENCE, sending).await {
        Ok(Ok(())) => Flash::done(
            "テストメールを送りました。相手がリンクをひらいてボタンを押すと、確認ずみになります。",
        ),
        Ok(Err(_)) => Flash::not_done(
            "メールサーバーが受け取りませんでした。アドレスをもう一度確かめてください。",
        ),
        Err(_) => Flash::not_done(
            "メールサーバーから返事がありません。しばらくしてから、もう一度お試しください。",
        ),
    };
    Ok(asked.redirect(&path(id), flash))
}

/// Whether a contact takes part in drills.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Typed {
    takes_part: String,
}

/// Keeps it.
pub async fn drills(
    asked: Asked,
    Path((person, contact)): Path<(String, usize)>,
    Form(typed): Form<Typed>,
) -> Result<Response, Stop> {
    let id = person_of(&person)?;
    people::admit(&asked, id).await?;
    let yes = typed.takes_part == "yes";
    let done = acts::take_part(asked.db(), &asked.deed, id, contact, yes).await;
    back(&asked, id, done)
}

fn back(asked: &Asked, id: PersonId, done: Result<(), Refusal>) -> Result<Response, Stop> {
    let flash = match done {
        Ok(()) => Flash::done("保存しました。"),
        Err(Refusal::NoContact) => {
            Flash::not_done("その連絡先かアドレスは変わりました。いまの内容をお確かめください。")
        }
        Err(Refusal::People(people::Refusal::Changed { .. })) => {
            Flash::not_done("ほかの人が先に変えました。もう一度お願いします。")
        }
        Err(refusal) => return Err(Problem::from(refusal).into()),
    };
    Ok(asked.redirect(&path(id), flash))
}
