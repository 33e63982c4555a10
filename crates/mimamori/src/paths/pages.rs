//! What the pages of this room share: who may pass, and the doors.

use super::acts::is_own;
use super::rules::Refusal;
use super::{checklists, referrals, steps};
use crate::audit::Fields;
use crate::front::{Asked, Doors, Problem};
use crate::ids::PersonId;
use crate::people::{self, DeskView, Stop};

/// The doors of this room.
pub fn doors(doors: Doors) -> Doors {
    doors
        .room(checklists::doors)
        .room(steps::doors)
        .room(referrals::doors)
}

/// Whether the person is one's own to work with; anybody else's is not found. A merged record leads
/// on to the one it was merged into.
pub(super) async fn admit(asked: &Asked, person: PersonId) -> Result<(), Stop> {
    let own = is_own(&mut asked.read().await?, &asked.deed, person).await?;
    match (people::admit(asked, person).await, own) {
        (Err(Stop::Merged(now)), _) => Err(Stop::Merged(now)),
        (_, false) => Err(Problem::NotFound.into()),
        (Ok(_), true) => Ok(()),
        (Err(stop), true) => Err(stop),
    }
}

/// Who it is, after the line of the sight is durable.
pub(super) async fn enter(
    asked: &Asked,
    person: PersonId,
    fields: Fields,
) -> Result<DeskView, Stop> {
    admit(asked, person).await?;
    people::witness(asked, person, Fields::IDENTITY.and(fields)).await?;
    let view = people::find_for_desk(&mut asked.read().await?, &asked.deed, person).await?;
    Ok(view.ok_or(Problem::NotFound)?)
}

impl From<Refusal> for Problem {
    fn from(refusal: Refusal) -> Problem {
        match refusal {
            Refusal::NotFound => Problem::NotFound,
            Refusal::NoRight(_) => Problem::Forbidden,
            Refusal::People(refusal) => refusal.into(),
            Refusal::Seal(error) => error.into(),
            Refusal::Db(error) => error.into(),
            other => Problem::Broken(other.into()),
        }
    }
}
