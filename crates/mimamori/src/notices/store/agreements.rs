//! Agreement organisations ↔ rows.

use db::{Conn, Error, Row, Sql, args, sql};
use jiff::civil::Date;
use seal::Place;

use super::list::Sight;
use super::{close, open, place, shape};
use crate::clock::in_japan;
use crate::deed::Deed;
use crate::ids::RowId;
use crate::notices::rules::{Agreement, Ending, LINK_GRACE_DAYS, Refusal, Told, Trade};
use crate::scope::Right;

const LIST: Sql = sql(
    "SELECT id, name, kind, contact, began_on, ends_on, trained_on, link_at, asked_for, closed_at,
            version FROM notice_agreements WHERE network = $1 ORDER BY closed_at IS NOT NULL, name, id",
);

const FIND: Sql = sql(
    "SELECT id, name, kind, contact, began_on, ends_on, trained_on, link_at, asked_for, closed_at,
            version FROM notice_agreements WHERE network = $1 AND id = $2",
);

// A link that was replaced, or whose agreement has ended or is over long since, leads nowhere.
const BY_LINK: Sql = sql(
    "SELECT id, name, kind, contact, began_on, ends_on, trained_on, link_at, asked_for, closed_at,
            version FROM notice_agreements
     WHERE network = $1 AND hash = $2 AND closed_at IS NULL AND ends_on >= $3",
);

const ASKING: Sql = sql(
    "SELECT id, name, kind, contact, began_on, ends_on, trained_on, link_at, asked_for, closed_at,
            version FROM notice_agreements
     WHERE network = $1 AND closed_at IS NULL AND ends_on <= $2
       AND (asked_for IS NULL OR asked_for <> ends_on) ORDER BY id LIMIT 50",
);

const INSERT: Sql = sql(
    "INSERT INTO notice_agreements (network, id, name, kind, contact, began_on, ends_on, trained_on,
       version) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 1)",
);

const SAVE: Sql = sql(
    "UPDATE notice_agreements SET name = $3, kind = $4, contact = $5, began_on = $6, ends_on = $7,
       trained_on = $8, closed_at = $9, version = version + 1
     WHERE network = $1 AND id = $2 AND version = $10",
);

const LINK: Sql = sql(
    "UPDATE notice_agreements SET hash = $3, link_at = $4, version = version + 1
     WHERE network = $1 AND id = $2 AND version = $5",
);

const ASKED: Sql = sql(
    "UPDATE notice_agreements SET asked_for = ends_on
     WHERE network = $1 AND id = $2 AND ends_on = $3 AND (asked_for IS NULL OR asked_for <> ends_on)",
);

const COUNTED: Sql = sql("SELECT ending, COUNT(*),
       CAST(SUM(CASE WHEN state IN ('new', 'accepted') THEN 1 ELSE 0 END) AS BIGINT)
     FROM notices
     WHERE network = $1 AND agreement = $2 AND received_at >= $3 AND received_at < $4
       AND ($5 = 1 OR center IS NULL OR center = $6)
     GROUP BY ending ORDER BY ending");

pub(super) const fn contact_place(id: RowId) -> Place {
    place("notice_agreements", "contact", id.0)
}

/// Every organisation by name, those whose agreement ended last.
pub async fn list_agreements(conn: &mut Conn, deed: &Deed) -> Result<Vec<Agreement>, Refusal> {
    let rows = conn.rows(LIST, &args![deed.network()]).await?;
    rows.into_iter().map(|row| agreement(deed, row)).collect()
}

/// One of this town.
pub async fn find_agreement(conn: &mut Conn, deed: &Deed, id: RowId) -> Result<Agreement, Refusal> {
    let row = conn.one(FIND, &args![deed.network(), id]).await?;
    agreement(deed, row.ok_or(Refusal::NotFound)?)
}

/// The one whose link it is.
pub async fn find_by_link(
    conn: &mut Conn,
    deed: &Deed,
    hash: [u8; 32],
) -> Result<Option<Agreement>, Refusal> {
    let since = in_japan(deed.now).date();
    let since = since.saturating_sub(jiff::Span::new().days(LINK_GRACE_DAYS));
    let args = args![deed.network(), hash, since.to_string()];
    let row = conn.one(BY_LINK, &args).await?;
    row.map(|row| agreement(deed, row)).transpose()
}

/// Those whose term ends by this day and for whom nobody was asked yet.
pub async fn list_asking(
    conn: &mut Conn,
    deed: &Deed,
    until: Date,
) -> Result<Vec<Agreement>, Refusal> {
    let rows = conn
        .rows(ASKING, &args![deed.network(), until.to_string()])
        .await?;
    rows.into_iter().map(|row| agreement(deed, row)).collect()
}

fn day(text: &str) -> Result<Date, Error> {
    text.parse().map_err(|_| shape("notice_agreements day"))
}

fn agreement(deed: &Deed, mut row: Row) -> Result<Agreement, Refusal> {
    let id = RowId(row.int(0)?);
    let maybe = |text: Option<String>| text.as_deref().map(day).transpose();
    Ok(Agreement {
        id,
        name: row.text(1)?,
        trade: Trade::from_code(&row.text(2)?).ok_or_else(|| shape("notice_agreements.kind"))?,
        reach: open(deed, &contact_place(id), &row.blob(3)?)?,
        began_on: day(&row.text(4)?)?,
        ends_on: day(&row.text(5)?)?,
        trained_on: maybe(row.maybe_text(6)?)?,
        link_at: row.maybe_int(7)?,
        asked_for: maybe(row.maybe_text(8)?)?,
        closed_at: row.maybe_int(9)?,
        version: row.int(10)?,
    })
}

/// Keeps a new one.
pub async fn insert_agreement(
    conn: &mut Conn,
    deed: &Deed,
    new: &Agreement,
) -> Result<(), Refusal> {
    let args = args![
        deed.network(),
        new.id,
        new.name.as_str(),
        new.trade.code(),
        close(deed, &contact_place(new.id), &new.reach)?,
        new.began_on.to_string(),
        new.ends_on.to_string(),
        new.trained_on.map(|day| day.to_string())
    ];
    Ok(conn.exec_one(INSERT, &args).await?)
}

/// Keeps it upon the version that was read.
pub async fn save_agreement(conn: &mut Conn, deed: &Deed, of: &Agreement) -> Result<(), Refusal> {
    let args = args![
        deed.network(),
        of.id,
        of.name.as_str(),
        of.trade.code(),
        close(deed, &contact_place(of.id), &of.reach)?,
        of.began_on.to_string(),
        of.ends_on.to_string(),
        of.trained_on.map(|day| day.to_string()),
        of.closed_at,
        of.version
    ];
    match conn.exec(SAVE, &args).await? {
        1 => Ok(()),
        _ => Err(Refusal::Changed),
    }
}

/// Keeps the hash of a new link; the one before leads nowhere from now on.
pub async fn save_link(
    conn: &mut Conn,
    deed: &Deed,
    of: &Agreement,
    hash: Option<[u8; 32]>,
) -> Result<(), Refusal> {
    let at = hash.map(|_| deed.at());
    let args = args![deed.network(), of.id, hash.map(Vec::from), at, of.version];
    match conn.exec(LINK, &args).await? {
        1 => Ok(()),
        _ => Err(Refusal::Changed),
    }
}

/// Keeps that the renewal of this term is a task; whether it was not yet.
pub async fn save_asked(conn: &mut Conn, deed: &Deed, of: &Agreement) -> Result<bool, Error> {
    let args = args![deed.network(), of.id, of.ends_on.to_string()];
    Ok(conn.exec(ASKED, &args).await? == 1)
}

/// What an organisation told between two instants, by how it ended: of the whole town for whoever
/// manages it, else of what a center may see.
pub async fn counted_of(
    conn: &mut Conn,
    deed: &Deed,
    id: RowId,
    (from, to): (i64, i64),
) -> Result<Vec<Told>, Error> {
    let sight = match deed.scope.need(Right::ManageTown) {
        Ok(()) => Sight::All,
        Err(_) => Sight::of(&deed.scope),
    };
    let (network, all, center) = (deed.network(), sight.all(), sight.center());
    let rows = conn
        .rows(COUNTED, &args![network, id, from, to, all, center])
        .await?;
    let counts = rows.into_iter().map(|mut row| {
        Ok(Told {
            ending: row.maybe_text(0)?.and_then(|code| Ending::from_code(&code)),
            count: row.int(1)?,
            waiting: row.int(2)?,
        })
    });
    counts.collect()
}
