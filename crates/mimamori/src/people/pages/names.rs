//! Names of centers and colleagues, read once a page.

use std::collections::HashMap;

use db::Conn;
use maud::Markup;

use crate::deed::Deed;
use crate::front::Problem;
use crate::front::look::{self, Choice, Field};
use crate::ids::{CenterId, StaffId};
use crate::scope::Actor;
use crate::{networks, staff};

/// A choice of that field, as it stands in an address.
pub fn center_code(center: Option<CenterId>) -> String {
    center.map_or("all".to_owned(), |center| center.to_string())
}

/// What ids on a page are called.
pub struct Names {
    centers: Vec<(CenterId, String)>,
    staff: HashMap<StaffId, String>,
}

impl Names {
    /// The town's centers.
    pub async fn read(conn: &mut Conn, deed: &Deed) -> Result<Names, Problem> {
        let centers = networks::list_centers(conn, &deed.scope).await?;
        Ok(Names {
            centers: centers.into_iter().map(|one| (one.id, one.name)).collect(),
            staff: HashMap::new(),
        })
    }

    /// The town's centers and accounts, for pages that tell who did what.
    pub async fn read_all(conn: &mut Conn, deed: &Deed) -> Result<Names, Problem> {
        let names = Names::read(conn, deed).await?;
        let accounts = staff::list_accounts(conn, &deed.scope, &deed.keys).await?;
        let staff = accounts.into_iter().map(|one| (one.id, one.card.name));
        Ok(Names {
            staff: staff.collect(),
            ..names
        })
    }

    /// Every center, as its choices are listed.
    pub fn centers(&self) -> &[(CenterId, String)] {
        &self.centers
    }

    /// A field that narrows a list to one center, everybody's first.
    pub fn center_select(&self, chosen: Option<CenterId>) -> Markup {
        self.center_select_with(&center_code(chosen), None)
    }

    /// The same with one more choice at the end.
    pub fn center_select_with(&self, chosen: &str, more: Option<(&str, &str)>) -> Markup {
        let ids: Vec<String> = self.centers.iter().map(|(id, _)| id.to_string()).collect();
        let mut choices = vec![Choice::new("all", "すべてのセンター")];
        let named = ids.iter().zip(&self.centers);
        choices.extend(named.map(|(id, (_, name))| Choice::new(id, name)));
        choices.extend(more.map(|(code, words)| Choice::new(code, words)));
        let field = Field {
            name: "center",
            label: "センター",
            value: chosen,
            ..Field::default()
        };
        look::select(&field, &choices)
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
            Actor::Staff(id) | Actor::System(id) => {
                self.staff.get(&id).map_or("職員", String::as_str)
            }
            Actor::Program => "取り込み・自動処理",
            Actor::Public => "公開ページ",
        }
    }
}
