//! The row of a tag.

use db::{Conn, Error, Row, Sql, args, sql};

use super::numbers::{close, open, token, two_tokens};
use crate::clock::instant;
use crate::deed::Deed;
use crate::ids::{PersonId, RowId, TagId};
use crate::scope::Scope;
use crate::tags::rules::{Number, NumberKind, Refusal, STATES, State, Tag};

const INSERT: Sql = sql(
    "INSERT INTO tags (network, id, kind, number_token, number, state, since, person, batch, replaced_by, version)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, NULL, 1)",
);

const SAVE: Sql = sql(
    "UPDATE tags SET state = $3, since = $4, person = $5, replaced_by = $6, version = version + 1
     WHERE network = $1 AND id = $2 AND version = $7",
);

const FIND: Sql = sql(
    "SELECT id, kind, number, state, since, person, batch, replaced_by, version
     FROM tags WHERE network = $1 AND id = $2",
);

const BY_NUMBER: Sql = sql(
    "SELECT id, kind, number, state, since, person, batch, replaced_by, version
     FROM tags WHERE network = $1 AND number_token IN ($2, $3)",
);

const BY_ADDRESS: Sql = sql(
    "SELECT t.id, t.kind, t.number, t.state, t.since, t.person, t.batch, t.replaced_by, t.version
     FROM carrier_towns a
     JOIN carriers c ON c.network = a.network AND c.id = a.carrier
     JOIN tags t ON t.network = c.network AND t.id = c.tag
     WHERE a.network = $1 AND a.address_hash = $2",
);

const IN_STOCK: Sql = sql(
    "SELECT id, kind, number, state, since, person, batch, replaced_by, version
     FROM tags WHERE network = $1 AND state = 'stock' AND kind = 'ours' ORDER BY id LIMIT 1",
);

const OF_PERSON: Sql = sql(
    "SELECT id, kind, number, state, since, person, batch, replaced_by, version
     FROM tags WHERE network = $1 AND person = $2 ORDER BY id DESC",
);

const OWNED_AFTER: Sql = sql(
    "SELECT id, kind, number, state, since, person, batch, replaced_by, version
     FROM tags WHERE network = $1 AND id > $2 AND state IN ('bound', 'lost')
     ORDER BY id LIMIT $3",
);

const HAND_OVER: Sql = sql("UPDATE tags SET person = $3, version = version + 1
     WHERE network = $1 AND id = $2 AND person = $4");

const COUNT_STATES: Sql =
    sql("SELECT state, COUNT(*) FROM tags WHERE network = $1 GROUP BY state ORDER BY state");

/// Keeps a new tag.
pub async fn insert(conn: &mut Conn, deed: &Deed, tag: &Tag) -> Result<(), Error> {
    let args = args![
        deed.network(),
        tag.id,
        tag.number.kind().code(),
        token(&deed.keys, &tag.number),
        close(deed, tag.id, &tag.number),
        tag.state.code(),
        tag.since.as_millisecond(),
        tag.person,
        tag.batch,
    ];
    conn.exec_one(INSERT, &args).await
}

/// Saves what became of a tag upon the version it was read with.
pub async fn save(conn: &mut Conn, deed: &Deed, tag: &Tag) -> Result<(), Error> {
    let args = args![
        deed.network(),
        tag.id,
        tag.state.code(),
        tag.since.as_millisecond(),
        tag.person,
        tag.replaced_by,
        tag.version,
    ];
    conn.exec_one(SAVE, &args).await
}

/// The tag, if it is this town's.
pub async fn find(conn: &mut Conn, deed: &Deed, id: TagId) -> Result<Option<Tag>, Refusal> {
    let row = conn.one(FIND, &args![deed.network(), id]).await?;
    row.map(|row| tag(deed, row)).transpose()
}

/// The tag with exactly this number.
pub async fn find_by_number(
    conn: &mut Conn,
    deed: &Deed,
    number: &Number,
) -> Result<Option<Tag>, Refusal> {
    let [newest, before] = two_tokens(&deed.keys, number.kind(), Some(&number.folded()));
    let row = conn
        .one(BY_NUMBER, &args![deed.network(), newest, before])
        .await?;
    row.map(|row| tag(deed, row)).transpose()
}

/// The tag on whose carrier this QR address stands, if it is this town's.
pub async fn find_by_address(
    conn: &mut Conn,
    deed: &Deed,
    hash: [u8; 32],
) -> Result<Option<Tag>, Refusal> {
    let row = conn.one(BY_ADDRESS, &args![deed.network(), hash]).await?;
    row.map(|row| tag(deed, row)).transpose()
}

/// Our number that has been in stock longest. An older one gets there by a slip at the counter; it
/// stands on one old tag and is handed to nobody else.
pub async fn find_in_stock(conn: &mut Conn, deed: &Deed) -> Result<Option<Tag>, Refusal> {
    let row = conn.one(IN_STOCK, &args![deed.network()]).await?;
    row.map(|row| tag(deed, row)).transpose()
}

/// Every tag a person has or had, the newest first.
pub async fn list_for_person(
    conn: &mut Conn,
    deed: &Deed,
    person: PersonId,
) -> Result<Vec<Tag>, Refusal> {
    let rows = conn.rows(OF_PERSON, &args![deed.network(), person]).await?;
    rows.into_iter().map(|row| tag(deed, row)).collect()
}

/// Tags in somebody's hands, or lost by them, after this one in the order in which they were made.
pub async fn list_owned_after(
    conn: &mut Conn,
    deed: &Deed,
    after: TagId,
    most: u32,
) -> Result<Vec<Tag>, Refusal> {
    let args = args![deed.network(), after, most];
    let rows = conn.rows(OWNED_AFTER, &args).await?;
    rows.into_iter().map(|row| tag(deed, row)).collect()
}

/// Passes a tag from one record of a person to the other.
pub async fn hand_over(
    conn: &mut Conn,
    deed: &Deed,
    id: TagId,
    from: PersonId,
    to: PersonId,
) -> Result<(), Error> {
    let args = args![deed.network(), id, to, from];
    conn.exec_one(HAND_OVER, &args).await
}

/// How many tags stand in each state, in the order of `STATES`.
pub async fn count_states(conn: &mut Conn, scope: &Scope) -> Result<[(State, i64); 6], Error> {
    let mut counts = STATES.map(|state| (state, 0));
    for mut row in conn.rows(COUNT_STATES, &args![scope.network]).await? {
        let (code, count) = (row.text(0)?, row.int(1)?);
        for known in counts.iter_mut().filter(|(state, _)| state.code() == code) {
            known.1 = count;
        }
    }
    Ok(counts)
}

fn tag(deed: &Deed, mut row: Row) -> Result<Tag, Refusal> {
    let shape = || Error::Shape("tags.kind or tags.state".to_owned());
    let id = TagId(row.int(0)?);
    let kind = NumberKind::from_code(&row.text(1)?).ok_or_else(shape)?;
    Ok(Tag {
        id,
        number: open(&deed.keys, id, kind, &row.blob(2)?)?,
        state: State::from_code(&row.text(3)?).ok_or_else(shape)?,
        since: instant(row.int(4)?),
        person: row.maybe_int(5)?.map(PersonId),
        batch: row.maybe_int(6)?.map(RowId),
        replaced_by: row.maybe_int(7)?.map(TagId),
        version: row.int(8)?,
    })
}
