//! Names of centers and colleagues, read once a page.

use std::collections::HashMap;

use db::Conn;

use crate::deed::Deed;
use crate::front::Problem;
use crate::ids::{CenterId, StaffId};
use crate::scope::Actor;

/// What ids on a page are called.
#[derive(Default)]
pub struct Names {
    centers: Vec<(CenterId, String)>,
    staff: HashMap<StaffId, String>,
}

impl Names {
    /// The town's centers.
    pub async fn read(_conn: &mut Conn, _deed: &Deed) -> Result<Names, Problem> {
        Ok(Names::default())
    }

    /// Every center, as its choices are listed.
    pub fn centers(&self) -> &[(CenterId, String)] {
        &self.centers
    }

    /// A center's name.
    pub fn center(&self, id: Option<CenterId>) -> &str {
        let Some(id) = id else {
            return "決まっていません";
        };
        let found = self.centers.iter().find(|(center, _)| *center == id);
        found.map_or("ほかのセンター", |(_, name)| name)
    }

    /// Who did something.
    pub fn actor(&self, actor: Actor) -> &str {
        match actor {
            Actor::Staff(staff) => self.staff.get(&staff).map_or("職員", String::as_str),
            Actor::Program => "取り込み・自動処理",
            Actor::Public => "公開ページ",
        }
    }
}
