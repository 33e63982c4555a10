//! Finders and contacts' links ↔ rows.

use db::{Conn, Error, Row, Sql, args, sql};

use super::{close, open, place};
use crate::board::rules::{Finder, LINK_MS, Link, Refusal, Whom};
use crate::clock::instant;
use crate::deed::Deed;
use crate::ids::{InquiryId, RowId};

const INSERT_FINDER: Sql = sql(
    "INSERT INTO board_finders (network, id, inquiry, hash, opened_at) VALUES ($1, $2, $3, $4, $5)",
);

const FIND_FINDER: Sql =
    sql("SELECT id, inquiry FROM board_finders WHERE network = $1 AND hash = $2");

const INSERT_LINK: Sql = sql(
    "INSERT INTO board_links (network, id, inquiry, hash, whom, made_at, ends_at, opened_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, NULL)",
);

const FIND_LINK: Sql = sql("SELECT id, inquiry, whom, opened_at FROM board_links
     WHERE network = $1 AND hash = $2 AND ends_at > $3");

const LIST_LINKS: Sql = sql("SELECT id, inquiry, whom, opened_at FROM board_links
     WHERE network = $1 AND inquiry = $2 ORDER BY id");

const OPENED: Sql = sql("UPDATE board_links SET opened_at = $3
     WHERE network = $1 AND id = $2 AND opened_at IS NULL");

/// Keeps a finder under the hash of their address.
pub async fn insert_finder(
    conn: &mut Conn,
    deed: &Deed,
    finder: Finder,
    hash: [u8; 32],
) -> Result<(), Error> {
    let args = args![deed.network(), finder.id, finder.inquiry, hash, deed.at()];
    conn.exec_one(INSERT_FINDER, &args).await
}

/// The finder of an address.
pub async fn find_finder(
    conn: &mut Conn,
    deed: &Deed,
    hash: [u8; 32],
) -> Result<Option<Finder>, Error> {
    let row = conn.one(FIND_FINDER, &args![deed.network(), hash]).await?;
    let finder = row.map(|row| {
        Ok(Finder {
            id: RowId(row.int(0)?),
            inquiry: InquiryId(row.int(1)?),
        })
    });
    finder.transpose()
}

/// Keeps a contact's link under the hash of its secret.
pub async fn insert_link(
    conn: &mut Conn,
    deed: &Deed,
    inquiry: InquiryId,
    hash: [u8; 32],
    whom: &Whom,
) -> Result<(), Refusal> {
    let id = RowId(deed.new_id());
    let sealed = close(deed, &whom_place(id), whom)?;
    let args = args![
        deed.network(),
        id,
        inquiry,
        hash,
        sealed,
        deed.at(),
        deed.at() + LINK_MS
    ];
    Ok(conn.exec_one(INSERT_LINK, &args).await?)
}

pub(super) const fn whom_place(id: RowId) -> seal::Place {
    place("board_links", "whom", id)
}

fn link(deed: &Deed, row: &mut Row) -> Result<Link, Refusal> {
    let id = RowId(row.int(0)?);
    Ok(Link {
        id,
        inquiry: InquiryId(row.int(1)?),
        whom: open(deed, &whom_place(id), &row.blob(2)?)?,
        opened_at: row.maybe_int(3)?.map(instant),
    })
}

/// The link of a secret, while it has not ended.
pub async fn find_link(
    conn: &mut Conn,
    deed: &Deed,
    hash: [u8; 32],
) -> Result<Option<Link>, Refusal> {
    let args = args![deed.network(), hash, deed.at()];
    let row = conn.one(FIND_LINK, &args).await?;
    row.map(|mut row| link(deed, &mut row)).transpose()
}

/// Links of a finding, the oldest first.
pub async fn list_links(
    conn: &mut Conn,
    deed: &Deed,
    inquiry: InquiryId,
) -> Result<Vec<Link>, Refusal> {
    let rows = conn
        .rows(LIST_LINKS, &args![deed.network(), inquiry])
        .await?;
    let links = rows.into_iter().map(|mut row| link(deed, &mut row));
    links.collect()
}

/// Keeps when it was first opened.
pub async fn save_link_opened(conn: &mut Conn, deed: &Deed, id: RowId) -> Result<(), Error> {
    conn.exec(OPENED, &args![deed.network(), id, deed.at()])
        .await
        .map(drop)
}
