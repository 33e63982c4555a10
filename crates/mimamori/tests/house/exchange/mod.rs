//! Other programs: their tokens, and what they may ask.

mod tokens;

use mimamori::exchange::{self, Grant, Grants, NewSystem};
use mimamori::ids::StaffId;
use mimamori::scope::Role;
use mimamori::staff::Place;

use crate::town::{Client, Network, Town};

/// A program of this role in a town with everything the role may be granted, and its connection.
pub async fn system(town: &Town, network: &Network, role: Role) -> (StaffId, Client) {
    let place = Place {
        role,
        center: (role == Role::CenterStaff).then_some(network.center),
        organisation: (role == Role::Partner).then_some(network.hospital),
    };
    system_of(town, network, place).await
}

/// A program at this place of a town.
pub async fn system_of(town: &Town, network: &Network, place: Place) -> (StaffId, Client) {
    let deed = town.app.program_deed(network.id, "test").await.unwrap();
    let role = place.role;
    let grants = Grant::ALL
        .into_iter()
        .filter(|one| role.rights().has(one.right));
    let new = NewSystem {
        name: format!("連携 {}", role.code()),
        grants: Grants(grants.collect()),
        addresses: Default::default(),
        per_minute: 6_000,
    };
    let id = exchange::add_system(town.db(), &deed, place, new)
        .await
        .unwrap();
    let token = exchange::make_token(town.db(), &deed, id, 365)
        .await
        .unwrap();
    let client = town.visitor();
    client.bear(&token);
    (id, client)
}
