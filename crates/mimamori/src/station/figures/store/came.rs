//! Who came: by ids and keyed tokens, nobody's name.

use std::collections::HashSet;

use db::{Conn, Error, Row, Sql, args, sql};
use jiff::ToSpan as _;
use jiff::civil::Date;

use super::shape;
use crate::deed::Deed;
use crate::ids::{RowId, SupporterId};
use crate::station::door::Part;
use crate::station::figures::rules::Whose;

// Whoever signed up and is forgotten stands under the sign-up itself, and would be somebody else each time.
const CAME: Sql = sql(
    "SELECT a.day, a.part, a.supporter, CASE WHEN s.told <> '' THEN s.who END
     FROM attendances a LEFT JOIN signups s ON s.network = a.network AND s.id = a.signup
     WHERE a.network = $1 AND a.state = 'here' AND a.day IN
       (SELECT id FROM course_days WHERE network = $1 AND day >= $2 AND day <= $3)",
);

const SUPPORTERS: Sql = sql("SELECT s.id FROM supporters s
     WHERE s.network = $1 AND EXISTS
       (SELECT 1 FROM attendances a JOIN course_days d ON d.network = a.network AND d.id = a.day
        WHERE a.network = $1 AND a.supporter = s.id AND a.state = 'here' AND d.day < $2)");

const GUESTS: Sql = sql("SELECT DISTINCT s.who
     FROM attendances a JOIN signups s ON s.network = a.network AND s.id = a.signup
     WHERE a.network = $1 AND a.state = 'here' AND a.supporter IS NULL AND s.told <> ''
       AND a.day IN (SELECT id FROM course_days WHERE network = $1 AND day >= $3 AND day < $2)");

/// Everybody who came on these days, both included: to which day, as what, who.
pub async fn list_came(
    conn: &mut Conn,
    deed: &Deed,
    (from, until): (Date, Date),
) -> Result<Vec<(RowId, Part, Option<Whose>)>, Error> {
    let args = args![deed.network(), from.to_string(), until.to_string()];
    let rows = conn.rows(CAME, &args).await?;
    rows.into_iter().map(came).collect()
}

fn came(mut row: Row) -> Result<(RowId, Part, Option<Whose>), Error> {
    let part = Part::from_code(&row.text(1)?);
    let part = part.ok_or_else(|| shape("attendances.part"))?;
    let supporter = row
        .maybe_int(2)?
        .map(|id| Whose::Supporter(SupporterId(id)));
    let guest = row.maybe_int(3)?.map(Whose::Guest);
    Ok((RowId(row.int(0)?), part, supporter.or(guest)))
}

/// Who had been here before a day. Guests are known for a year.
pub async fn list_before(conn: &mut Conn, deed: &Deed, day: Date) -> Result<HashSet<Whose>, Error> {
    let args = args![deed.network(), day.to_string()];
    let mut before = HashSet::new();
    for row in conn.rows(SUPPORTERS, &args).await? {
        before.insert(Whose::Supporter(SupporterId(row.int(0)?)));
    }
    let known = day.saturating_sub(1.year());
    let args = args![deed.network(), day.to_string(), known.to_string()];
    for row in conn.rows(GUESTS, &args).await? {
        before.insert(Whose::Guest(row.int(0)?));
    }
    Ok(before)
}
