//! The renewal month of each person, and whose renewal is to be opened.

use db::{Conn, Row, Sql, args, sql};
use jiff::civil::Date;

use super::renewals::shape;
use crate::deed::Deed;
use crate::ids::{CenterId, PersonId};
use crate::people::{self, Identity, Kept};
use crate::renewals::rules::{Month, Refusal, Why};

// The index people_renewal alone answers who is out of step; only their rows are read.
const BEHIND: Sql = sql(
    "SELECT p.id, p.registered_on, p.identity_v, p.identity FROM people p
     LEFT JOIN renewal_months m ON m.network = p.network AND m.person = p.id
     WHERE p.network = $1 AND p.id > $2 AND (m.person IS NULL OR m.identity_v <> p.identity_v)
     ORDER BY p.id LIMIT $3",
);

const SAVE: Sql = sql(
    "INSERT INTO renewal_months (network, person, month, why, identity_v)
     VALUES ($1, $2, $3, $4, $5)
     ON CONFLICT (network, person) DO UPDATE
     SET month = excluded.month, why = excluded.why, identity_v = excluded.identity_v",
);

const FIND: Sql = sql("SELECT month, why FROM renewal_months WHERE network = $1 AND person = $2");

const STRAYS: Sql = sql("SELECT year FROM renewals
     WHERE network = $1 AND person = $2 AND state = 'waiting' AND month <> $3");

// t.state || '' keeps SQLite from walking through every tag of the town by its state; the index by
// person is left to it.
const TO_OPEN: Sql = sql("SELECT p.id, p.center, p.identity_v, p.identity
     FROM renewal_months m JOIN people p ON p.network = m.network AND p.id = m.person
     WHERE m.network = $1 AND m.month = $2 AND m.person > $3
       AND NOT EXISTS (SELECT 1 FROM renewals r
         WHERE r.network = m.network AND r.person = m.person AND r.year = $4)
       AND p.state = 'registered' AND p.registered_on <= $5
       AND EXISTS (SELECT 1 FROM tags t
         WHERE t.network = m.network AND t.person = m.person AND t.state || '' IN ('bound', 'lost'))
     ORDER BY m.person LIMIT $6");

/// Somebody whose month is not known, or was read from an older identity.
pub struct Unknown {
    /// Whose.
    pub person: PersonId,
    /// When registered.
    pub registered_on: Date,
    /// Who.
    pub identity: Kept<Identity>,
}

/// The next people out of step, in order.
pub async fn list_behind(
    conn: &mut Conn,
    deed: &Deed,
    after: PersonId,
    most: u32,
) -> Result<Vec<Unknown>, Refusal> {
    let rows = conn
        .rows(BEHIND, &args![deed.network(), after, most])
        .await?;
    let unknown = |mut row: Row| -> Result<Unknown, Refusal> {
        let person = PersonId(row.int(0)?);
        let registered = row.text(1)?.parse();
        Ok(Unknown {
            person,
            registered_on: registered.map_err(|_| shape("people.registered_on"))?,
            identity: people::open_group(deed, person, &mut row, 2)?,
        })
    };
    rows.into_iter().map(unknown).collect()
}

/// Keeps the month that was read from this version of the identity.
pub async fn save_month(
    conn: &mut Conn,
    deed: &Deed,
    person: PersonId,
    (month, why): (i8, Why),
    identity_v: i64,
) -> Result<(), Refusal> {
    let args = args![
        deed.network(),
        person,
        i64::from(month),
        why.code(),
        identity_v
    ];
    Ok(conn.exec_one(SAVE, &args).await?)
}

/// Somebody's month, once it was read.
pub async fn find_month(
    conn: &mut Conn,
    deed: &Deed,
    person: PersonId,
) -> Result<Option<(i8, Why)>, Refusal> {
    let row = conn.one(FIND, &args![deed.network(), person]).await?;
    row.map(|mut row| {
        let month = i8::try_from(row.int(0)?).map_err(|_| shape("renewal_months.month"))?;
        let why = Why::from_code(&row.text(1)?).ok_or_else(|| shape("renewal_months.why"))?;
        Ok((month, why))
    })
    .transpose()
}

/// Years whose renewal was opened, but not asked for, in another month than this.
pub async fn list_strays(
    conn: &mut Conn,
    deed: &Deed,
    person: PersonId,
    month: i8,
) -> Result<Vec<i16>, Refusal> {
    let args = args![deed.network(), person, i64::from(month)];
    let rows = conn.rows(STRAYS, &args).await?;
    let years = rows.iter().map(|row| Ok(i16::try_from(row.int(0)?)));
    let years: Result<Vec<_>, db::Error> = years.collect();
    years?
        .into_iter()
        .map(|year| year.map_err(|_| shape("renewals.year")))
        .collect()
}

/// A holder whose renewal is to be opened.
pub struct Holder {
    /// Whose.
    pub person: PersonId,
    /// Their center.
    pub center: Option<CenterId>,
    /// Who.
    pub identity: Kept<Identity>,
}

/// The next holders without a renewal in this month, registered on that day or before.
pub async fn list_to_open(
    conn: &mut Conn,
    deed: &Deed,
    month: Month,
    registered_by: Date,
    after: PersonId,
    most: u32,
) -> Result<Vec<Holder>, Refusal> {
    let args = args![
        deed.network(),
        i64::from(month.month),
        after,
        i64::from(month.year),
        registered_by.to_string(),
        most
    ];
    let rows = conn.rows(TO_OPEN, &args).await?;
    let holder = |mut row: Row| -> Result<Holder, Refusal> {
        let person = PersonId(row.int(0)?);
        Ok(Holder {
            person,
            center: row.maybe_int(1)?.map(CenterId),
            identity: people::open_group(deed, person, &mut row, 2)?,
        })
    };
    rows.into_iter().map(holder).collect()
}
