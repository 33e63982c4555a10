//! A renewal as a list says that it stood.

use db::Conn;

use super::step::keep;
use crate::clock::in_japan;
use crate::deed::Deed;
use crate::ids::PersonId;
use crate::people;
use crate::renewals::rules::{Act, Brought, Cohort, Counted, Month, Refusal, Renewal, tallies};
use crate::renewals::store;
use crate::scope::Right;

/// Keeps how the renewal of a month stood, within the caller's transaction: one that nobody was asked
/// for yet, opened now where there is none of that year. It stands in the figures as if it had been
/// written down here.
pub async fn bring_in(
    conn: &mut Conn,
    deed: &Deed,
    person: PersonId,
    month: Month,
    of: &Brought,
) -> Result<(), Refusal> {
    deed.scope.need(Right::EditPeople)?;
    let settings = store::find_settings(conn, deed).await?;
    let before = match store::find(conn, deed, person, month.year).await? {
        Some(there) if there.month != month || there.state.is_renewed() => {
            return Err(Refusal::Over);
        }
        Some(there) => there,
        None => opened(conn, deed, person, month).await?,
    };
    let mut after = before.clone();
    after.bring(of, &settings)?;
    keep(conn, deed, &before, &after, (Act::Brought, ""), "").await
}

async fn opened(
    conn: &mut Conn,
    deed: &Deed,
    person: PersonId,
    month: Month,
) -> Result<Renewal, Refusal> {
    let view = people::find_for_desk(conn, deed, person).await?;
    let view = view.ok_or(Refusal::NotFound)?;
    let cohort = Cohort::of(&view.identity.value, in_japan(deed.now).date());
    let counted = Counted::opened(view.standing.center, cohort);
    let renewal = Renewal::opened(person, month, counted);
    match store::insert(conn, deed, &renewal).await? {
        true => {
            let new = tallies(&Counted::default(), &counted);
            store::add_tallies(conn, deed, month, &new).await?;
            Ok(renewal)
        }
        false => Err(Refusal::Changed),
    }
}
