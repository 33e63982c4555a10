//! Whose month it is, and opening their renewals.

use db::{Conn, Db};
use jiff::ToSpan;
use jiff::civil::Date;

use crate::clock::in_japan;
use crate::deed::Deed;
use crate::ids::PersonId;
use crate::people;
use crate::renewals::rules::{
    Cohort, Counted, Month, Refusal, Renewal, Settings, month_of, tallies,
};
use crate::renewals::store::{self, Holder, Unknown};
use crate::scope::Right;

/// People in one transaction: each is some rows, and the desk must not wait for them.
const SHARE: u32 = 200;

/// Reads the month of everybody whose identity is new or was changed.
pub async fn follow_months(db: &Db, deed: &Deed) -> Result<(), Refusal> {
    let mut after = PersonId(0);
    loop {
        let mut conn = db.read().await?;
        let behind = store::list_behind(&mut conn, deed, after, SHARE).await?;
        drop(conn);
        let Some(last) = behind.last() else {
            return Ok(());
        };
        after = last.person;
        let deed = deed.clone();
        db.write(move |conn| {
            Box::pin(async move {
                for one in &behind {
                    follow_month(conn, &deed, one).await?;
                }
                Ok::<_, Refusal>(())
            })
        })
        .await?;
    }
}

async fn follow_month(conn: &mut Conn, deed: &Deed, one: &Unknown) -> Result<(), Refusal> {
    let read = month_of(&one.identity.value.born, one.registered_on);
    store::save_month(conn, deed, one.person, read, one.identity.version).await?;
    // What was opened for the wrong month, and nobody was asked for, is taken back.
    for year in store::list_strays(conn, deed, one.person, read.0).await? {
        let stray = store::find_at(conn, deed, one.person, year).await?;
        store::remove(conn, deed, &stray).await?;
        let gone = tallies(&stray.counted, &Counted::default());
        store::add_tallies(conn, deed, stray.month, &gone).await?;
    }
    Ok(())
}

/// Opens the renewals of this month and the next for every holder who has none yet.
pub async fn open_months(db: &Db, deed: &Deed) -> Result<(), Refusal> {
    let today = in_japan(deed.now).date();
    let settings = store::find_settings(&mut db.read().await?, deed).await?;
    for month in [Month::of(today), Month::of(today).plus(1)] {
        open_month(db, deed, month, &settings, today).await?;
    }
    Ok(())
}

async fn open_month(
    db: &Db,
    deed: &Deed,
    month: Month,
    settings: &Settings,
    today: Date,
) -> Result<(), Refusal> {
    let quiet = month.first().checked_sub(settings.quiet_months.months());
    let registered_by = quiet.unwrap_or(month.first());
    let mut after = PersonId(0);
    loop {
        let mut conn = db.read().await?;
        let holders =
            store::list_to_open(&mut conn, deed, month, registered_by, after, SHARE).await?;
        drop(conn);
        let Some(last) = holders.last() else {
            return Ok(());
        };
        after = last.person;
        let deed = deed.clone();
        db.write(move |conn| {
            Box::pin(async move {
                for holder in &holders {
                    open(conn, &deed, holder, month, today).await?;
                }
                Ok::<_, Refusal>(())
            })
        })
        .await?;
    }
}

async fn open(
    conn: &mut Conn,
    deed: &Deed,
    holder: &Holder,
    month: Month,
    today: Date,
) -> Result<Renewal, Refusal> {
    let cohort = Cohort::of(&holder.identity.value, today);
    let counted = Counted::opened(holder.center, cohort);
    let renewal = Renewal::opened(holder.person, month, counted);
    if store::insert(conn, deed, &renewal).await? {
        let new = tallies(&Counted::default(), &counted);
        store::add_tallies(conn, deed, month, &new).await?;
        return Ok(renewal);
    }
    store::find_at(conn, deed, holder.person, month.year).await
}

/// The renewal that today belongs to, opened now where it was not: somebody stands at the counter
/// some months early, or was registered a moment ago.
pub async fn open_early(
    conn: &mut Conn,
    deed: &Deed,
    person: PersonId,
) -> Result<Renewal, Refusal> {
    deed.scope.need(Right::EditPeople)?;
    let today = in_japan(deed.now).date();
    let view = people::find_for_desk(conn, deed, person).await?;
    let view = view.ok_or(Refusal::NotFound)?;
    if view.standing.state != people::State::Registered {
        return Err(Refusal::Over);
    }
    let read = month_of(&view.identity.value.born, view.standing.registered_on);
    store::save_month(conn, deed, person, read, view.identity.version).await?;
    let month = Month::nearest(read.0, today);
    if let Some(renewal) = store::find(conn, deed, person, month.year).await? {
        return Ok(renewal);
    }
    let holder = Holder {
        person,
        center: view.standing.center,
        identity: view.identity,
    };
    open(conn, deed, &holder, month, today).await
}
