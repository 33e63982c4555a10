//! The pages of this room, and what it says to other programs.

mod api;
mod intake;
mod lists;
mod systems;

pub use api::speak;

use crate::front::{Access, Doors};
use crate::scope::Right;

/// The doors of this room.
pub fn doors(doors: Doors) -> Doors {
    let manage = Access::Needs(Right::ManageStaff);
    doors
        .get("/staff/systems", manage, systems::list)
        .post("/staff/systems", manage, systems::add)
        .get("/staff/systems/{system}", manage, systems::show)
        .post("/staff/systems/{system}", manage, systems::save)
        .post("/staff/systems/{system}/stop", manage, systems::stop)
        .post("/staff/systems/{system}/start", manage, systems::start)
        .post(
            "/staff/systems/{system}/tokens",
            manage,
            systems::make_token,
        )
        .post(
            "/staff/systems/{system}/tokens/{key}/revoke",
            manage,
            systems::revoke_token,
        )
        .get("/exports", lists::ANY, lists::page)
        .post("/exports", lists::ANY, lists::take)
        .room(intake::doors)
        .room(api::doors)
}
