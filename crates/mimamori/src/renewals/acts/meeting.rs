//! Somebody whom the center never met or spoke to is registered.

use db::{Conn, Work};

use crate::clock::in_japan;
use crate::deed::Deed;
use crate::ids::PersonId;
use crate::people::{self, Met};
use crate::renewals::rules::{Act, Cohort, Month, Refusal, Tally, What};
use crate::renewals::store;

/// Counts a first contact at registration.
pub const MET: Met = met;

fn met<'a>(conn: &'a mut Conn, deed: &'a Deed, person: PersonId) -> Work<'a, (), people::Refusal> {
    Box::pin(async move {
        meet_in(conn, deed, person)
            .await
            .map_err(|refusal| match refusal {
                Refusal::Db(error) => error.into(),
                Refusal::Seal(error) => error.into(),
                _ => people::Refusal::NotFound,
            })
    })
}

/// It stands in the history, so that the first renewal does not ask and count it again.
async fn meet_in(conn: &mut Conn, deed: &Deed, person: PersonId) -> Result<(), Refusal> {
    let today = in_japan(deed.now).date();
    let view = people::find_for_desk(conn, deed, person).await?;
    let view = view.ok_or(Refusal::NotFound)?;
    let tally = Tally {
        center: view.standing.center.map_or(0, |center| center.0),
        cohort: Cohort::of(&view.identity.value, today),
        what: What::First,
        count: 1,
    };
    store::add_tallies(conn, deed, Month::of(today), &[tally]).await?;
    store::insert_act(conn, deed, (person, today.year()), (Act::Met, ""), "").await
}
