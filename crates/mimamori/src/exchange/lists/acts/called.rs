//! What ids are called: read once a list.

use std::collections::HashMap;

use db::Conn;

use super::{Stopped, room};
use crate::deed::Deed;
use crate::ids::{CenterId, PersonId, RowId, StaffId};
use crate::people::{self, Identity};
use crate::{networks, staff};

/// Centers, colleagues, organisations.
#[derive(Default)]
pub(super) struct Called {
    centers: HashMap<CenterId, String>,
    staff: HashMap<StaffId, String>,
    organisations: HashMap<RowId, String>,
}

impl Called {
    /// The town's.
    pub async fn read(conn: &mut Conn, deed: &Deed) -> Result<Called, Stopped> {
        let scope = &deed.scope;
        let centers = networks::list_centers(conn, scope).await?;
        let staff = staff::list_accounts(conn, scope, &deed.keys).await;
        let organisations = networks::list_organisations(conn, scope).await?;
        Ok(Called {
            centers: centers.into_iter().map(|one| (one.id, one.name)).collect(),
            staff: staff
                .map_err(room)?
                .into_iter()
                .map(|one| (one.id, one.card.name))
                .collect(),
            organisations: organisations
                .into_iter()
                .map(|one| (one.id, one.name))
                .collect(),
        })
    }

    /// A center's name.
    pub fn center(&self, id: Option<CenterId>) -> String {
        id.and_then(|id| self.centers.get(&id).cloned())
            .unwrap_or_default()
    }

    /// A colleague's.
    pub fn staff(&self, id: Option<StaffId>) -> String {
        id.and_then(|id| self.staff.get(&id).cloned())
            .unwrap_or_default()
    }

    /// An organisation's.
    pub fn organisation(&self, id: Option<RowId>) -> String {
        id.and_then(|id| self.organisations.get(&id).cloned())
            .unwrap_or_default()
    }
}

/// Name, birth date and id, by which somebody is found again; blank where it is nobody.
pub(super) async fn who(
    conn: &mut Conn,
    deed: &Deed,
    person: Option<PersonId>,
) -> Result<[String; 3], Stopped> {
    let Some(person) = person else {
        return Ok([String::new(), String::new(), String::new()]);
    };
    let found = people::find_group::<Identity>(conn, deed, person).await;
    let found = found.map_err(room)?.map(|kept| kept.value);
    let (name, born) = found.map_or_else(Default::default, |one| {
        (one.name.to_string(), one.born.iso())
    });
    Ok([name, born, person.to_string()])
}
