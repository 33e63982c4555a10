//! Areas ↔ rows.

use db::{Conn, Error, Row, Sql, args, sql};
use words::address::Address;
use words::postcode::Postcode;

use crate::deed::Deed;
use crate::ids::CenterId;
use crate::networks::rules::{Area, AreaKind, Lines};
use crate::scope::Scope;

const LIST: Sql = sql(
    "SELECT kind, key, center FROM center_areas WHERE network = $1 AND center = $2 ORDER BY kind, key",
);

const FIND: Sql = sql("SELECT a.kind, a.key, a.center FROM center_areas a
     JOIN centers c ON c.network = a.network AND c.id = a.center
     WHERE a.network = $1 AND a.kind = $2 AND a.key = $3 AND c.closed_at IS NULL");

const ALL: Sql = sql("SELECT a.kind, a.key, a.center FROM center_areas a
     JOIN centers c ON c.network = a.network AND c.id = a.center
     WHERE a.network = $1 AND c.closed_at IS NULL ORDER BY a.center, a.kind, a.key");

const REMOVE: Sql = sql("DELETE FROM center_areas WHERE network = $1 AND center = $2");

const INSERT: Sql =
    sql("INSERT INTO center_areas (network, kind, key, center) VALUES ($1, $2, $3, $4)");

/// The areas of a center.
pub async fn list_areas(
    conn: &mut Conn,
    scope: &Scope,
    center: CenterId,
) -> Result<Vec<Area>, Error> {
    let rows = conn.rows(LIST, &args![scope.network, center]).await?;
    rows.into_iter().map(area).collect()
}

/// The area with this key, unless its center was given up.
pub(crate) async fn find_area(
    conn: &mut Conn,
    scope: &Scope,
    kind: AreaKind,
    key: &str,
) -> Result<Option<Area>, Error> {
    let row = conn
        .one(FIND, &args![scope.network, kind.code(), key])
        .await?;
    row.map(area).transpose()
}

/// Every line of the town but those of centers that were given up.
pub async fn read_lines(conn: &mut Conn, scope: &Scope) -> Result<Lines, Error> {
    let rows = conn.rows(ALL, &args![scope.network]).await?;
    let areas: Result<Vec<Area>, Error> = rows.into_iter().map(area).collect();
    Ok(Lines::of(areas?))
}

/// The center that looks after an address.
pub async fn center_for(
    conn: &mut Conn,
    scope: &Scope,
    address: Option<&Address>,
    postcode: Option<Postcode>,
) -> Result<Option<CenterId>, Error> {
    Ok(read_lines(conn, scope).await?.center_of(address, postcode))
}

fn area(mut row: Row) -> Result<Area, Error> {
    let kind = AreaKind::from_code(&row.text(0)?);
    Ok(Area {
        kind: kind.ok_or_else(|| Error::Shape("center_areas.kind".to_owned()))?,
        key: row.text(1)?,
        center: CenterId(row.int(2)?),
    })
}

/// Takes all areas from a center.
pub(crate) async fn remove_areas(
    conn: &mut Conn,
    deed: &Deed,
    center: CenterId,
) -> Result<(), Error> {
    conn.exec(REMOVE, &args![deed.network(), center])
        .await
        .map(|_| ())
}

/// Gives an area to its center.
pub(crate) async fn insert_area(conn: &mut Conn, deed: &Deed, area: &Area) -> Result<(), Error> {
    let args = args![deed.network(), area.kind.code(), &area.key, area.center];
    conn.exec_one(INSERT, &args).await
}
