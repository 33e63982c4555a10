//! Quarters that are over, as they were first shown ↔ rows.

use db::{Conn, Error, Sql, args, sql};
use jiff::civil::Date;

use crate::deed::Deed;
use crate::ids::CenterId;
use crate::notices::rules::Spread;

const FIND: Sql = sql("SELECT count, median, ninetieth FROM notice_quarters
     WHERE network = $1 AND center = $2 AND first = $3");

const PUT: Sql = sql(
    "INSERT INTO notice_quarters (network, center, first, count, median, ninetieth)
     VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (network, center, first) DO NOTHING",
);

/// Whose quarter: a center's, or the town's, by its first day.
pub type Quarter = (Option<CenterId>, Date);

/// The quarter as it was first shown.
pub async fn find_quarter(
    conn: &mut Conn,
    deed: &Deed,
    (center, first): Quarter,
) -> Result<Option<Spread>, Error> {
    let center = center.map_or(0, |center| center.0);
    let args = args![deed.network(), center, first.to_string()];
    let Some(row) = conn.one(FIND, &args).await? else {
        return Ok(None);
    };
    Ok(Some(Spread {
        count: usize::try_from(row.int(0)?).unwrap_or_default(),
        median: row.int(1)?,
        ninetieth: row.int(2)?,
    }))
}

/// Keeps what is shown now; nothing where somebody was first.
pub async fn put_quarter(
    conn: &mut Conn,
    deed: &Deed,
    (center, first): Quarter,
    shown: Spread,
) -> Result<(), Error> {
    let args = args![
        deed.network(),
        center.map_or(0, |center| center.0),
        first.to_string(),
        i64::try_from(shown.count).unwrap_or_default(),
        shown.median,
        shown.ninetieth
    ];
    conn.exec(PUT, &args).await.map(drop)
}
