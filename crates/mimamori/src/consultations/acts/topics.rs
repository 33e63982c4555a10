//! The town's list of contents.

use db::Db;

use crate::audit::{self, Fields, Line, Verb};
use crate::consultations::rules::{Refusal, Topic, TopicCode, next_code, word_of};
use crate::consultations::store;
use crate::deed::Deed;
use crate::scope::Right;

/// Adds a content.
pub async fn add_topic(db: &Db, deed: &Deed, word: &str) -> Result<TopicCode, Refusal> {
    let word = word.to_owned();
    put(db, deed, move |list| {
        let code = next_code(list)?;
        Ok(Topic {
            code,
            word: word_of(list, code, &word)?,
            place: i64::from(code),
            closed: false,
            version: 0,
        })
    })
    .await
}

/// Corrects the word of a content, closes it or opens it again; its code stays, and what was
/// counted under it.
pub async fn change_topic(
    db: &Db,
    deed: &Deed,
    code: TopicCode,
    version: i64,
    word: &str,
    closed: bool,
) -> Result<TopicCode, Refusal> {
    let word = word.to_owned();
    put(db, deed, move |list| {
        let found = list.iter().find(|one| one.code == code);
        let found = found.ok_or(Refusal::NotFound)?;
        if found.version != version {
            return Err(Refusal::Changed);
        }
        Ok(Topic {
            word: word_of(list, code, &word)?,
            closed,
            ..found.clone()
        })
    })
    .await
}

async fn put(
    db: &Db,
    deed: &Deed,
    rule: impl FnOnce(&[Topic]) -> Result<Topic, Refusal> + Send + 'static,
) -> Result<TopicCode, Refusal> {
    deed.scope.need(Right::ManageTown)?;
    let deed = deed.clone();
    db.write(move |conn| {
        Box::pin(async move {
            let topic = rule(&store::list_topics(conn, &deed).await?)?;
            store::put_topic(conn, &deed, &topic).await?;
            let said = format!("相談の内容「{}」", topic.word);
            let line = Line::new(Verb::TownChanged, None, Fields::NOTHING).saying(said);
            audit::record(conn, &deed, line).await?;
            Ok(topic.code)
        })
    })
    .await
}
