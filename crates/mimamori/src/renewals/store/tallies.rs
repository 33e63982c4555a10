//! Sums without persons ↔ rows.

use db::{Conn, Sql, args, sql};

use super::renewals::shape;
use crate::deed::Deed;
use crate::renewals::rules::{Cohort, Month, Refusal, Tally, What};

const ADD: Sql = sql(
    "INSERT INTO renewal_tallies (network, year, month, center, cohort, what, count)
     VALUES ($1, $2, $3, $4, $5, $6, $7)
     ON CONFLICT (network, year, month, center, cohort, what)
     DO UPDATE SET count = renewal_tallies.count + excluded.count",
);

const LIST: Sql = sql(
    "SELECT year, month, center, cohort, what, count FROM renewal_tallies
     WHERE network = $1 AND year * 12 + month BETWEEN $2 AND $3",
);

/// Adds to the sums of a month.
pub async fn add_tallies(
    conn: &mut Conn,
    deed: &Deed,
    month: Month,
    tallies: &[Tally],
) -> Result<(), Refusal> {
    for tally in tallies {
        let args = args![
            deed.network(),
            i64::from(month.year),
            i64::from(month.month),
            tally.center,
            i64::from(tally.cohort.0),
            tally.what.code(),
            tally.count
        ];
        conn.exec_one(ADD, &args).await?;
    }
    Ok(())
}

/// The sums of these months, the last one among them.
pub async fn list_tallies(
    conn: &mut Conn,
    deed: &Deed,
    from: Month,
    to: Month,
) -> Result<Vec<(Month, Tally)>, Refusal> {
    let number = |month: Month| i64::from(month.year) * 12 + i64::from(month.month);
    let args = args![deed.network(), number(from), number(to)];
    let mut found = Vec::new();
    for mut row in conn.rows(LIST, &args).await? {
        let month = Month {
            year: i16::try_from(row.int(0)?).map_err(|_| shape("renewal_tallies.year"))?,
            month: i8::try_from(row.int(1)?).map_err(|_| shape("renewal_tallies.month"))?,
        };
        let cohort = u8::try_from(row.int(3)?).map_err(|_| shape("renewal_tallies.cohort"))?;
        let tally = Tally {
            center: row.int(2)?,
            cohort: Cohort(cohort),
            what: What::from_code(&row.text(4)?).ok_or_else(|| shape("renewal_tallies.what"))?,
            count: row.int(5)?,
        };
        found.push((month, tally));
    }
    Ok(found)
}
