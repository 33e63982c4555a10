//! Who told hears what became of it.

use db::{Conn, Db};

use super::{change, mailing, of_notice};
use crate::audit;
use crate::clock::in_japan;
use crate::deed::Deed;
use crate::ids::NoticeId;
use crate::networks;
use crate::notices::rules::{self, Notice, Refusal, StepKind, prepared, said, tells, text_of};
use crate::people;

/// The words that are prepared for the end of a notice; empty while it has not ended.
pub async fn prepared_words(
    conn: &mut Conn,
    deed: &Deed,
    notice: &Notice,
) -> Result<String, Refusal> {
    let Some(ending) = notice.ending else {
        return Ok(String::new());
    };
    match prepared(ending, &notice.words.language) {
        Some(words) => Ok(words.to_owned()),
        None => Ok(networks::words_of(conn, &deed.scope, text_of(ending)).await?),
    }
}

/// Puts the outcome out by mail, if the words tell nothing of anybody. The words are compared with the
/// person's record, so whoever asks must be admitted to it before (the page does), and every answer
/// that the comparison gives is a line of the audit.
///
/// # Errors
/// [`Refusal::Tells`] with what they tell; [`Refusal::NobodyWaits`] where it was told or nobody asked.
pub async fn tell_outcome(
    db: &Db,
    deed: &Deed,
    id: NoticeId,
    version: i64,
    words: &str,
) -> Result<(), Refusal> {
    let words = said(words)?;
    let done = change(
        db,
        deed,
        id,
        StepKind::ToldByMail,
        move |conn, deed, notice| {
            Box::pin(async move {
                may_tell(notice, version)?;
                let to = notice.words.teller.mail.clone();
                if to.is_empty() {
                    return Err(Refusal::NobodyWaits);
                }
                let person = match notice.person {
                    Some(person) => people::find(conn, deed, person).await?,
                    None => None,
                };
                let today = in_japan(deed.now).date();
                let told = tells(&words, notice, person.as_ref(), today);
                if !told.is_empty() {
                    return Err(Refusal::Tells(told));
                }
                let (town, phone) = mailing::town_of(conn, deed, notice).await?;
                let mail = rules::outcome(&to, &town, &words, &phone);
                mailing::put_out(conn, deed, notice, &mail).await?;
                notice.told_at = Some(deed.now);
                Ok(words)
            })
        },
    );
    match done.await {
        Err(Refusal::Tells(told)) => {
            let said = format!("結果の文を送りませんでした（{}）", told.join("、"));
            audit::witness(db, deed, of_notice(id, &said)).await?;
            Err(Refusal::Tells(told))
        }
        done => done,
    }
}

/// Keeps that the outcome was told at the telephone.
pub async fn told_by_phone(
    db: &Db,
    deed: &Deed,
    id: NoticeId,
    version: i64,
) -> Result<(), Refusal> {
    change(
        db,
        deed,
        id,
        StepKind::ToldByPhone,
        move |_, deed, notice| {
            Box::pin(async move {
                may_tell(notice, version)?;
                notice.told_at = Some(deed.now);
                Ok(String::new())
            })
        },
    )
    .await
}

/// Refuses unless it has ended and its teller waits to hear.
fn may_tell(notice: &Notice, version: i64) -> Result<(), Refusal> {
    match (notice.version == version, notice.state.is_open()) {
        (false, _) => Err(Refusal::Changed),
        (true, true) => Err(Refusal::IsOpen),
        (true, false) if notice.told_at.is_some() || !notice.words.teller.wants => {
            Err(Refusal::NobodyWaits)
        }
        (true, false) => Ok(()),
    }
}
