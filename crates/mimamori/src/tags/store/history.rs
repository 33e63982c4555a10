//! What was done with a tag ↔ rows.

use db::{Conn, Error, Row, Sql, args, sql};
use seal::{Place, SealError};

use crate::clock::instant;
use crate::deed::Deed;
use crate::ids::{CarrierId, StaffId, TagId};
use crate::tags::rules::{Act, Done, Refusal};

const INSERT: Sql = sql(
    "INSERT INTO tag_acts (network, tag, id, at, by, act, carrier, remark)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
);

const LIST: Sql = sql("SELECT id, at, by, act, remark FROM tag_acts
     WHERE network = $1 AND tag = $2 ORDER BY id DESC");

const LAST: Sql = sql(
    "SELECT act FROM tag_acts WHERE network = $1 AND tag = $2 AND carrier IS NULL
     ORDER BY id DESC LIMIT 1",
);

/// The account behind a deed; 0 for the program.
pub(super) fn actor_number(deed: &Deed) -> i64 {
    deed.scope.actor.account().map_or(0, |account| account.0)
}

/// The account of a number.
pub(super) fn staff(number: i64) -> Option<StaffId> {
    (number != 0).then_some(StaffId(number))
}

/// The tag takes the version's place, since a line of history has only one.
pub(super) fn remark_place(tag: TagId, line: i64) -> Place {
    Place {
        table: "tag_acts",
        column: "remark",
        row: line,
        version: tag.0,
    }
}

/// Adds a line to a tag's history.
pub async fn insert_act(
    conn: &mut Conn,
    deed: &Deed,
    tag: TagId,
    act: Act,
    carrier: Option<CarrierId>,
    remark: &str,
) -> Result<(), Error> {
    let line = deed.new_id();
    let sealed = if remark.is_empty() {
        Vec::new()
    } else {
        let chance = &mut deed.dice.clone();
        deed.keys
            .seal(&remark_place(tag, line), remark.as_bytes(), chance)
    };
    let by = actor_number(deed);
    let args = args![
        deed.network(),
        tag,
        line,
        deed.at(),
        by,
        act.code(),
        carrier,
        sealed
    ];
    conn.exec_one(INSERT, &args).await
}

/// A tag's history, the newest first.
pub async fn list_acts(conn: &mut Conn, deed: &Deed, tag: TagId) -> Result<Vec<Done>, Refusal> {
    let rows = conn.rows(LIST, &args![deed.network(), tag]).await?;
    rows.into_iter().map(|row| done(deed, tag, row)).collect()
}

fn done(deed: &Deed, tag: TagId, mut row: Row) -> Result<Done, Refusal> {
    let act =
        Act::from_code(&row.text(3)?).ok_or_else(|| Error::Shape("tag_acts.act".to_owned()))?;
    let sealed = row.blob(4)?;
    Ok(Done {
        at: instant(row.int(1)?),
        by: staff(row.int(2)?),
        act,
        remark: remark(deed, tag, row.int(0)?, &sealed)?,
    })
}

fn remark(deed: &Deed, tag: TagId, line: i64, sealed: &[u8]) -> Result<String, SealError> {
    if sealed.is_empty() {
        return Ok(String::new());
    }
    let plain = deed.keys.open(&remark_place(tag, line), sealed)?;
    String::from_utf8(plain.to_vec()).map_err(|_| SealError::Malformed)
}

/// What was last done with the tag itself, not with one of its carriers.
pub async fn find_last_act(conn: &mut Conn, deed: &Deed, tag: TagId) -> Result<Option<Act>, Error> {
    let row = conn.one(LAST, &args![deed.network(), tag]).await?;
    row.map(|mut row| row.text(0))
        .transpose()
        .map(|code| code.and_then(|code| Act::from_code(&code)))
}
