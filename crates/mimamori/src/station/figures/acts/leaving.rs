//! What leaves the town of a year: as it was first given, whatever is keyed or corrected later.

use db::{Conn, Db};
use jiff::civil::Date;

use super::gather::{gather, noticed_in, yen_in};
use crate::audit::{self, Fields, Line, Verb};
use crate::clock::in_japan;
use crate::consultations::Period;
use crate::deed::Deed;
use crate::scope::Right;
use crate::station::figures::rules::{Given, Refusal, leaving};
use crate::station::figures::store;

/// What leaves the town.
pub struct Left {
    /// Its numbers.
    pub given: Given,
    /// On which day they were closed.
    pub closed_on: Date,
}

/// What leaves of a year. One that leaves now for the first time is closed by it.
pub async fn leave(db: &Db, deed: &Deed, period: Period) -> Result<Left, Refusal> {
    deed.scope.need(Right::Figures)?;
    let Period::Year(year) = period else {
        return Err(Refusal::NotAYear);
    };
    // Today's paper less yesterday's would be one visit.
    let leaves_on = period.leaves_on();
    if in_japan(deed.now).date() < leaves_on {
        return Err(Refusal::NotOver(leaves_on));
    }
    let mut conn = db.read().await?;
    if let Some(left) = find(&mut conn, deed, year).await? {
        return Ok(left);
    }
    let facts = gather(&mut conn, deed, period).await?;
    let noticed = noticed_in(&mut conn, deed, period, None).await?;
    let yen = yen_in(&mut conn, deed, period).await?;
    drop(conn);
    let given = leaving(&facts, &noticed, yen).ok_or(Refusal::TooFew)?;
    close(db, deed, year, given).await?;
    let left = find(&mut db.read().await?, deed, year).await?;
    left.ok_or(Refusal::TooFew)
}

async fn find(conn: &mut Conn, deed: &Deed, year: i16) -> Result<Option<Left>, Refusal> {
    let found = store::find_given(conn, deed, year).await?;
    Ok(found.map(|(closed_on, given)| Left { given, closed_on }))
}

async fn close(db: &Db, deed: &Deed, year: i16, given: Given) -> Result<(), Refusal> {
    let deed = deed.clone();
    db.write(move |conn| {
        Box::pin(async move {
            // Somebody who asked at the same moment may have been first: then theirs stays.
            if store::put_given(conn, &deed, year, &given).await? {
                let said = format!("ステーションの数字・外に出す表を締めた（{year}年度）");
                let line = Line::new(Verb::Exported, None, Fields::NOTHING).saying(said);
                audit::record(conn, &deed, line).await?;
            }
            Ok(())
        })
    })
    .await
}
