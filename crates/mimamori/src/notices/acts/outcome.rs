//! Who told hears what became of it.

use db::{Conn, Db};

use super::{keep, mailing};
use crate::deed::Deed;
use crate::ids::NoticeId;
use crate::networks;
use crate::notices::rules::{self, Notice, Refusal, StepKind, prepared, said, tells, text_of};
use crate::notices::store;
use crate::people;
use crate::scope::Right;

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

/// Puts the outcome out by mail, if the words tell nothing of anybody.
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
    deed.scope.need(Right::Triage)?;
    let words = said(words)?;
    let deed = deed.clone();
    db.write(move |conn| {
        Box::pin(async move {
            let mut notice = waiting(conn, &deed, id, version).await?;
            if notice.words.teller.mail.is_empty() {
                return Err(Refusal::NobodyWaits);
            }
            let person = match notice.person {
                Some(person) => people::find(conn, &deed, person).await?,
                None => None,
            };
            let told = tells(&words, &notice, person.as_ref());
            if !told.is_empty() {
                return Err(Refusal::Tells(told));
            }
            let (town, phone) = mailing::town_of(conn, &deed, &notice).await?;
            let mail = rules::outcome(&notice.words.teller.mail, &town, &words, &phone);
            mailing::put_out(conn, &deed, &notice, &mail).await?;
            notice.told_at = Some(deed.now);
            keep(conn, &deed, &notice, StepKind::ToldByMail, &words).await
        })
    })
    .await
}

/// Keeps that the outcome was told at the telephone.
pub async fn told_by_phone(
    db: &Db,
    deed: &Deed,
    id: NoticeId,
    version: i64,
) -> Result<(), Refusal> {
    deed.scope.need(Right::Triage)?;
    let deed = deed.clone();
    db.write(move |conn| {
        Box::pin(async move {
            let mut notice = waiting(conn, &deed, id, version).await?;
            notice.told_at = Some(deed.now);
            keep(conn, &deed, &notice, StepKind::ToldByPhone, "").await
        })
    })
    .await
}

/// The notice, where it has ended and its teller waits to hear.
async fn waiting(
    conn: &mut Conn,
    deed: &Deed,
    id: NoticeId,
    version: i64,
) -> Result<Notice, Refusal> {
    let notice = store::find(conn, deed, id).await?;
    match (notice.version == version, notice.state.is_open()) {
        (false, _) => Err(Refusal::Changed),
        (true, true) => Err(Refusal::IsOpen),
        (true, false) if notice.told_at.is_some() || !notice.words.teller.wants => {
            Err(Refusal::NobodyWaits)
        }
        (true, false) => Ok(notice),
    }
}
