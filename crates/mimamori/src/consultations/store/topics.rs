//! The town's contents ↔ rows.

use db::{Conn, Row, Sql, args, sql};

use super::rows::shape;
use crate::consultations::rules::{Refusal, Topic, list_of};
use crate::deed::Deed;

const LIST: Sql = sql(
    "SELECT code, word, place, closed, version FROM consultation_topics
     WHERE network = $1 ORDER BY place, code",
);

const PUT: Sql = sql(
    "INSERT INTO consultation_topics (network, code, word, place, closed, version)
     VALUES ($1, $2, $3, $4, $5, 1)
     ON CONFLICT (network, code) DO UPDATE SET word = excluded.word, place = excluded.place,
       closed = excluded.closed, version = consultation_topics.version + 1
     WHERE consultation_topics.version = $6",
);

/// Every content, closed ones too, in the order of the town.
pub async fn list_topics(conn: &mut Conn, deed: &Deed) -> Result<Vec<Topic>, Refusal> {
    let rows = conn.rows(LIST, &args![deed.network()]).await?;
    let own: Result<Vec<Topic>, Refusal> = rows.into_iter().map(topic).collect();
    Ok(list_of(own?))
}

fn topic(mut row: Row) -> Result<Topic, Refusal> {
    let code = u8::try_from(row.int(0)?).map_err(|_| shape("consultation_topics.code"))?;
    Ok(Topic {
        code,
        word: row.text(1)?,
        place: row.int(2)?,
        closed: row.int(3)? != 0,
        version: row.int(4)?,
    })
}

/// Keeps a content upon the version that was read.
pub async fn put_topic(conn: &mut Conn, deed: &Deed, topic: &Topic) -> Result<(), Refusal> {
    let args = args![
        deed.network(),
        topic.code,
        &topic.word,
        topic.place,
        topic.closed,
        topic.version
    ];
    match conn.exec(PUT, &args).await? {
        1 => Ok(()),
        _ => Err(Refusal::Changed),
    }
}
