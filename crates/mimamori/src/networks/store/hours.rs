//! Opening hours and days that differ ↔ rows.

use db::{Conn, Error, Row, Sql, args, sql};
use jiff::civil::Date;

use crate::deed::Deed;
use crate::ids::CenterId;
use crate::networks::rules::{Calendar, Span, SpecialDay, Week};
use crate::scope::Scope;

const WEEK: Sql =
    sql("SELECT weekday, opens, closes FROM center_hours WHERE network = $1 AND center = $2");

const DAYS: Sql = sql("SELECT day, opens, closes, reason FROM center_days
     WHERE network = $1 AND center = $2 ORDER BY day");

const REMOVE_WEEK: Sql = sql("DELETE FROM center_hours WHERE network = $1 AND center = $2");

const INSERT_HOURS: Sql = sql(
    "INSERT INTO center_hours (network, center, weekday, opens, closes) VALUES ($1, $2, $3, $4, $5)",
);

const REMOVE_DAY: Sql =
    sql("DELETE FROM center_days WHERE network = $1 AND center = $2 AND day = $3");

const INSERT_DAY: Sql = sql(
    "INSERT INTO center_days (network, center, day, opens, closes, reason)
     VALUES ($1, $2, $3, $4, $5, $6)",
);

/// When a center is open.
pub async fn calendar_of(
    conn: &mut Conn,
    scope: &Scope,
    center: CenterId,
) -> Result<Calendar, Error> {
    let mut week = Week([None; 7]);
    for row in conn.rows(WEEK, &args![scope.network, center]).await? {
        let place = usize::try_from(row.int(0)? - 1).ok();
        let day = place.and_then(|place| week.0.get_mut(place));
        *day.ok_or_else(|| Error::Shape("center_hours.weekday".to_owned()))? =
            Span::new(row.int(1)?, row.int(2)?);
    }
    let rows = conn.rows(DAYS, &args![scope.network, center]).await?;
    let days = rows
        .into_iter()
        .map(special_day)
        .collect::<Result<_, _>>()?;
    Ok(Calendar { week, days })
}

fn special_day(mut row: Row) -> Result<SpecialDay, Error> {
    let day: Result<Date, _> = row.text(0)?.parse();
    let span = row.maybe_int(1)?.zip(row.maybe_int(2)?);
    Ok(SpecialDay {
        day: day.map_err(|_| Error::Shape("center_days.day".to_owned()))?,
        span: span.and_then(|(opens, closes)| Span::new(opens, closes)),
        reason: row.text(3)?,
    })
}

/// Takes the usual week from a center.
pub(crate) async fn remove_hours(
    conn: &mut Conn,
    deed: &Deed,
    center: CenterId,
) -> Result<(), Error> {
    conn.exec(REMOVE_WEEK, &args![deed.network(), center])
        .await
        .map(|_| ())
}

/// Keeps the hours of one weekday, 1 (Monday) to 7.
pub(crate) async fn insert_hours(
    conn: &mut Conn,
    deed: &Deed,
    center: CenterId,
    weekday: i64,
    span: Span,
) -> Result<(), Error> {
    let args = args![deed.network(), center, weekday, span.opens, span.closes];
    conn.exec_one(INSERT_HOURS, &args).await
}

/// Takes out a day that differs; says how many there were.
pub(crate) async fn remove_day(
    conn: &mut Conn,
    deed: &Deed,
    center: CenterId,
    day: Date,
) -> Result<u64, Error> {
    conn.exec(REMOVE_DAY, &args![deed.network(), center, day.to_string()])
        .await
}

/// Keeps a day that differs.
pub(crate) async fn insert_day(
    conn: &mut Conn,
    deed: &Deed,
    center: CenterId,
    day: &SpecialDay,
) -> Result<(), Error> {
    let args = args![
        deed.network(),
        center,
        day.day.to_string(),
        day.span.map(|span| span.opens),
        day.span.map(|span| span.closes),
        &day.reason
    ];
    conn.exec_one(INSERT_DAY, &args).await
}
