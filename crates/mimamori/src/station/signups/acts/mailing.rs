//! Whoever wished to be reached by mail is told so that a day is held otherwise, or not.

use db::Db;

use super::{happened, say};
use crate::clock::in_japan;
use crate::deed::Deed;
use crate::ids::RowId;
use crate::mail::Post;
use crate::station::courses::{self, CourseDay, day_words};
use crate::station::signups::rules::{Refusal, Signup, What, begins, stands};
use crate::station::signups::store;
use crate::station::supporters::{self, Reach};

/// Somebody to be told.
struct Letter {
    to: String,
    subject: String,
    text: String,
}

/// Tells of every day to come that is held otherwise than somebody was told, if they wished for mail. A
/// mail that can't be sent leaves them on the list of those to be called.
pub async fn mail_changes(db: &Db, deed: &Deed, post: &Post) -> Result<(), Refusal> {
    if !post.is_on() {
        return Ok(());
    }
    let today = in_japan(deed.now).date();
    let mut conn = db.read().await?;
    let days = store::list_days(&mut conn, deed, today).await?;
    let mut untold = Vec::new();
    for id in days {
        let day = courses::find_day(&mut conn, deed, id).await?;
        for one in store::list_untold(&mut conn, deed, id, &stands(&day)).await? {
            let Some(supporter) = one.who.supporter() else {
                continue;
            };
            let who = supporters::find(&mut conn, deed, supporter).await?.details;
            if who.reach.contains(&Reach::Mail) && !who.mail.is_empty() {
                untold.push((letter(&day, who.mail), one.id, day.id, stands(&day)));
            }
        }
    }
    drop(conn);
    for (letter, one, day, stands) in untold {
        if !claim(db, deed, one, &stands).await? {
            continue;
        }
        match post.send(&letter.to, &letter.subject, &letter.text).await {
            Ok(()) => told(db, deed, (one, day), stands).await?,
            Err(error) => tracing::warn!(%error, "a change of a course was not mailed"),
        }
    }
    Ok(())
}

async fn claim(db: &Db, deed: &Deed, one: RowId, stands: &str) -> Result<bool, Refusal> {
    let (deed, stands) = (deed.clone(), stands.to_owned());
    db.write(move |conn| {
        Box::pin(async move { Ok(store::claim_mail(conn, &deed, one, &stands).await?) })
    })
    .await
}

/// No name: whoever else reads the mail learns nothing of who goes there.
fn letter(day: &CourseDay, to: String) -> Letter {
    let title = &day.details.title;
    let starts = day.details.hours.start();
    let (subject, first) = match day.state {
        courses::State::Off | courses::State::Ended => {
            let was = in_japan(begins(day)).date();
            (
                format!("中止のお知らせ：{title}"),
                format!(
                    "「{title}」{}{starts}からの回は、中止になりました。",
                    day_words(was)
                ),
            )
        }
        courses::State::Planned => (
            format!("変更のお知らせ：{title}"),
            format!(
                "「{title}」の日時か会場が変わりました。新しい日時は {}{starts}からです。会場は講座のカレンダーか、お電話でお確かめください。",
                day_words(day.day)
            ),
        ),
    };
    Letter {
        to,
        subject,
        text: format!(
            "{first}\n\nお問い合わせは、ステーションの窓口かお電話でお願いします。このメールには返信できません。\n"
        ),
    }
}

/// They know how the day stands now, unless it has changed again.
async fn told(
    db: &Db,
    deed: &Deed,
    (id, day): (RowId, RowId),
    stood: String,
) -> Result<(), Refusal> {
    let deed = deed.clone();
    db.write(move |conn| {
        Box::pin(async move {
            store::lock(conn, &deed, day).await?;
            let mut one: Signup = store::find(conn, &deed, id).await?;
            let day = courses::find_day(conn, &deed, day).await?;
            one.told = stood;
            one.story.push(happened(&deed, What::Mailed));
            store::save(conn, &deed, &one).await?;
            say(conn, &deed, &one, &day, What::Mailed).await
        })
    })
    .await
}
