//! Messages ↔ rows, and how many came lately.

use db::{Conn, Error, Row, Sql, args, sql};
use seal::TokenKind;

use super::{close, open, place, shape};
use crate::board::rules::{Find, Message, Pressure, Refusal, Side};
use crate::clock::instant;
use crate::deed::Deed;
use crate::ids::{InquiryId, PersonId, RowId, StaffId};
use crate::scope::counted_as;

/// Network addresses of finders.
const ORIGIN: TokenKind = TokenKind::new("board.origin");

/// The last hour.
pub(super) const SPAN_MS: i64 = 3_600_000;

const INSERT: Sql = sql(
    "INSERT INTO board_messages (network, id, inquiry, person, finder, side, link, by, origin, at,
                                 words)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
);

const LIST: Sql = sql(
    "SELECT id, finder, side, link, by, at, words FROM board_messages
     WHERE network = $1 AND inquiry = $2 ORDER BY id",
);

const PRESSURE: Sql = sql("SELECT SUM(CASE WHEN person = $3 THEN 1 ELSE 0 END),
            MAX(CASE WHEN person = $3 AND origin = $4 THEN at ELSE 0 END),
            SUM(CASE WHEN person = $3 AND origin = $4 THEN 1 ELSE 0 END),
            SUM(CASE WHEN origin = $4 THEN 1 ELSE 0 END),
            MAX(CASE WHEN origin = $4 THEN at ELSE 0 END),
            COUNT(DISTINCT CASE WHEN origin = $4 AND person <> $3 THEN person END),
            COUNT(DISTINCT CASE WHEN person <> $3 THEN person END)
     FROM board_messages WHERE network = $1 AND at > $2 AND side = 'finder'");

pub(super) const fn words_place(id: RowId) -> seal::Place {
    place("board_messages", "words", id)
}

/// What is kept of a finder's network address, for the last hour's count.
pub fn origin_token(deed: &Deed, from: &str) -> i64 {
    deed.keys.token(ORIGIN, &counted_as(from))
}

/// Keeps a message; `origin` is 0 for who is no finder.
pub async fn insert_message(
    conn: &mut Conn,
    deed: &Deed,
    find: &Find,
    new: &Message,
    origin: i64,
) -> Result<(), Refusal> {
    let args = args![
        deed.network(),
        new.id,
        find.inquiry,
        find.person,
        new.finder,
        new.side.code(),
        new.link,
        new.by.map_or(0, |staff| staff.0),
        origin,
        deed.at(),
        close(deed, &words_place(new.id), &new.said)?
    ];
    Ok(conn.exec_one(INSERT, &args).await?)
}

/// Everything that was said in a finding, the oldest first.
pub async fn list_messages(
    conn: &mut Conn,
    deed: &Deed,
    inquiry: InquiryId,
) -> Result<Vec<Message>, Refusal> {
    let rows = conn.rows(LIST, &args![deed.network(), inquiry]).await?;
    let all = rows.into_iter().map(|mut row| message(deed, &mut row));
    all.collect()
}

fn message(deed: &Deed, row: &mut Row) -> Result<Message, Refusal> {
    let id = RowId(row.int(0)?);
    let by = row.int(4)?;
    Ok(Message {
        id,
        finder: RowId(row.int(1)?),
        side: Side::from_code(&row.text(2)?).ok_or_else(|| shape("board_messages.side"))?,
        link: row.maybe_int(3)?.map(RowId),
        by: (by != 0).then_some(StaffId(by)),
        at: instant(row.int(5)?),
        said: open(deed, &words_place(id), &row.blob(6)?)?,
    })
}

/// What finders sent during the last hour, seen from a message about this person from this address.
pub async fn pressure(
    conn: &mut Conn,
    deed: &Deed,
    person: PersonId,
    origin: i64,
) -> Result<Pressure, Error> {
    let args = args![deed.network(), deed.at() - SPAN_MS, person, origin];
    let row = conn.one(PRESSURE, &args).await?.ok_or(Error::Changed)?;
    let of = |at: usize| row.maybe_int(at).map(|value| value.unwrap_or(0));
    Ok(Pressure {
        person: of(0)?,
        person_last: of(1)?,
        address_person: of(2)?,
        address: of(3)?,
        address_last: of(4)?,
        address_people: of(5)?,
        town_people: of(6)?,
    })
}
