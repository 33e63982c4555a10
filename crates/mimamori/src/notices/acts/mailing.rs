//! Mail to who told: put out with the deed, sent by a job.

use db::{Conn, Db};

use crate::audit::{self, Fields, Line, Verb};
use crate::deed::Deed;
use crate::desk::{Mail, MailState, next_try};
use crate::mail::Post;
use crate::networks::{self, Text};
use crate::notices::rules::{self, Notice, Refusal, StepKind};
use crate::notices::store::{self, Queued};

const DAY_MS: i64 = 86_400_000;
/// Thanks that one address gets in a day: anybody can write somebody else's into the form.
const THANKS_A_DAY: i64 = 3;

/// Puts thanks out, in the language it was told in.
pub async fn thank(conn: &mut Conn, deed: &Deed, notice: &Notice) -> Result<(), Refusal> {
    let (to, since) = (&notice.words.teller.mail, deed.at() - DAY_MS);
    if store::count_mails_to(conn, deed, to, since).await? >= THANKS_A_DAY {
        return Ok(());
    }
    let words = match notice.words.language.as_str() {
        "ja-simple" => "教えてくれて ありがとうございました。町の 人が しらべます。".to_owned(),
        "en" => "Thank you for telling us. Our staff will look into it.".to_owned(),
        _ => networks::words_of(conn, &deed.scope, Text::NoticeSent).await?,
    };
    let (town, phone) = town_of(conn, deed, notice).await?;
    let mail = rules::thanks(&notice.words.teller.mail, &town, &words, &phone);
    put_out(conn, deed, notice, &mail).await?;
    store::insert_step(conn, deed, notice.id, StepKind::Thanked, "").await
}

/// The town's name and the number to call.
pub async fn town_of(
    conn: &mut Conn,
    deed: &Deed,
    notice: &Notice,
) -> Result<(String, String), Refusal> {
    let town = networks::find_town(conn, &deed.scope).await?;
    let town = town.ok_or(Refusal::NotFound)?.name;
    // The town's own number: a center's would tell which part of the town it is about.
    let phone = networks::phone_now(conn, &deed.scope, None, notice.received_at).await?;
    let phone = phone.map(|now| now.phone.to_string()).unwrap_or_default();
    Ok((town, phone))
}

/// Puts a mail out.
pub async fn put_out(
    conn: &mut Conn,
    deed: &Deed,
    notice: &Notice,
    mail: &Mail,
) -> Result<(), Refusal> {
    store::insert_mail(conn, deed, notice.id, mail).await
}

/// Sends what is due in one town; how many left. A mail that did not leave is tried again within the
/// hour and then given up, which the page of the notice shows.
pub async fn send_due(db: &Db, deed: &Deed, post: &Post) -> Result<usize, Refusal> {
    let due = store::list_due(&mut db.read().await?, deed).await?;
    let mut sent = 0;
    for mut queued in due {
        // The next try is kept before this one, so that two programs never send the same mail.
        let next = next_try(queued.tries + 1, deed.at());
        let state = next.map_or(MailState::GivenUp, |_| MailState::Queued);
        if !keep(db, deed, &queued, state, next.unwrap_or(deed.at())).await? || next.is_none() {
            continue;
        }
        queued.tries += 1;
        let mail = &queued.mail;
        let left = post.send(&mail.to, &mail.subject, &mail.body).await;
        if left.is_ok() && keep(db, deed, &queued, MailState::Sent, deed.at()).await? {
            sent += 1;
        }
    }
    Ok(sent)
}

async fn keep(
    db: &Db,
    deed: &Deed,
    queued: &Queued,
    state: MailState,
    next: i64,
) -> Result<bool, Refusal> {
    let (deed, queued) = (deed.clone(), queued.clone());
    db.write(move |conn| {
        Box::pin(async move {
            let kept = store::save_mail(conn, &deed, &queued, state, next).await?;
            if kept && state != MailState::Queued {
                let line = Line::new(Verb::Mailed, None, Fields::NOTHING);
                let words = format!("気づきを教えてくれた方へ：{}", state.word());
                audit::record(conn, &deed, line.saying(words)).await?;
            }
            Ok(kept)
        })
    })
    .await
}
