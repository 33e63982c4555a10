//! Mail to contacts who agreed to it: put out with the deed, sent by a job.

use db::Db;

use crate::audit::{self, Fields, Line, Verb, Why};
use crate::deed::Deed;
use crate::desk::rules::{Mail, MailState, Refusal, Said, next_try, words_for};
use crate::desk::store::{self, Queued};
use crate::ids::InquiryId;
use crate::mail::Post;
use crate::networks;
use crate::scope::Right;

/// Puts out a mail to the contact at this place of the calling order.
///
/// # Errors
/// [`Refusal::NoContact`] for a contact without an address or without consent to mail.
pub async fn queue_mail(
    db: &Db,
    deed: &Deed,
    id: InquiryId,
    contact: usize,
) -> Result<(), Refusal> {
    deed.scope.need(Right::Desk)?;
    let deed = deed.clone();
    db.write(move |conn| {
        Box::pin(async move {
            let inquiry = store::find(conn, &deed, id).await?;
            inquiry.must_be_open()?;
            let view = super::person(conn, &deed, inquiry.person).await?;
            let to = view
                .contacts
                .value
                .0
                .get(contact)
                .ok_or(Refusal::NoContact)?;
            let address = to.mail.as_ref().filter(|mail| mail.agreed_on.is_some());
            let address = address.ok_or(Refusal::NoContact)?.address.clone();
            let town = networks::find_town(conn, &deed.scope)
                .await?
                .ok_or(Refusal::NotFound)?;
            let phone = networks::phone_now(conn, &deed.scope, inquiry.center, deed.now).await?;
            let phone = phone.map(|now| now.phone.to_string()).unwrap_or_default();
            let (subject, body) = words_for(&to.name, &town.name, &phone, deed.now);
            let mail = Mail {
                to: address,
                subject,
                body,
            };
            let said = Said {
                name: to.name.clone(),
                ..Said::default()
            };
            super::post_in(conn, &deed, &inquiry, contact, said, &mail).await
        })
    })
    .await
}

/// Sends what is due in one town; how many left. A mail that did not leave is tried again within
/// the hour and then given up, which the page of the inquiry shows.
pub async fn send_due(db: &Db, deed: &Deed, post: &Post) -> Result<usize, Refusal> {
    let mut conn = db.read().await?;
    let due = store::list_due(&mut conn, deed).await?;
    drop(conn);
    let mut sent = 0;
    for queued in due {
        if claim(db, deed, &queued).await? && send(db, deed, post, &queued).await? {
            sent += 1;
        }
    }
    Ok(sent)
}

/// Keeps the next try before this one, so that two programs never send the same mail at once.
async fn claim(db: &Db, deed: &Deed, queued: &Queued) -> Result<bool, Refusal> {
    match next_try(queued.tries + 1, deed.at()) {
        Some(next) => keep(db, deed, queued.clone(), MailState::Queued, next).await,
        None => keep(db, deed, queued.clone(), MailState::GivenUp, deed.at())
            .await
            .map(|_| false),
    }
}

async fn send(db: &Db, deed: &Deed, post: &Post, queued: &Queued) -> Result<bool, Refusal> {
    let mail = &queued.mail;
    if post
        .send(&mail.to, &mail.subject, &mail.body)
        .await
        .is_err()
    {
        return Ok(false);
    }
    let claimed = Queued {
        tries: queued.tries + 1,
        ..queued.clone()
    };
    keep(db, deed, claimed, MailState::Sent, deed.at()).await
}

async fn keep(
    db: &Db,
    deed: &Deed,
    queued: Queued,
    state: MailState,
    next: i64,
) -> Result<bool, Refusal> {
    let deed = deed.clone();
    db.write(move |conn| {
        Box::pin(async move {
            let kept = store::save_mail(conn, &deed, &queued, state, next).await?;
            if kept && state != MailState::Queued {
                let line = Line::new(Verb::Mailed, None, Fields::NOTHING);
                let line = line
                    .because(Why::Inquiry(queued.inquiry))
                    .saying(state.word());
                audit::record(conn, &deed, line).await?;
            }
            Ok(kept)
        })
    })
    .await
}
