//! Whose people one may work with.

use db::Conn;

use crate::deed::Deed;
use crate::ids::PersonId;
use crate::paths::rules::Refusal;
use crate::people::{self, State};
use crate::scope::Actor;

/// Whether the person is of the center that asks, or of none. The program itself may work with all.
pub async fn is_own(conn: &mut Conn, deed: &Deed, person: PersonId) -> Result<bool, Refusal> {
    let standing = people::find_standing(conn, deed, person).await?;
    Ok(standing.is_some_and(|standing| {
        let ours = standing.center.is_none() || standing.center == deed.scope.center;
        let program = deed.scope.actor == Actor::Program;
        standing.state != State::Merged && (ours || program)
    }))
}

/// Refuses unless the person is one's own center's, or nobody's.
pub async fn own(conn: &mut Conn, deed: &Deed, person: PersonId) -> Result<(), Refusal> {
    match is_own(conn, deed, person).await? {
        true => Ok(()),
        false => Err(Refusal::NotFound),
    }
}
