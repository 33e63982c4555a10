//! Other programs: their tokens, and what they may ask.

mod again;
mod desk;
mod lists;
mod people;
mod renewals;
mod seen;
mod strangers;
mod tokens;

use mimamori::app::App;
use mimamori::exchange::{self, Grant, Grants, NewSystem};
use mimamori::ids::StaffId;
use mimamori::scope::Role;
use mimamori::staff::Place;

use axum::body::Body;
use axum::http::{Request, header};
use serde_json::Value;

use crate::town::{Client, Network, Page, Town};

/// The body of an answer.
pub fn json(page: &Page) -> Value {
    serde_json::from_slice(&page.bytes).unwrap_or_else(|_| panic!("no JSON: {}", page.text()))
}

/// Sends JSON as another program does; `version` goes into `If-Match` where it is not 0.
pub async fn send(client: &Client, method: &str, path: &str, version: i64, body: &Value) -> Page {
    let mut request = Request::builder().method(method).uri(path);
    if version > 0 {
        request = request.header(header::IF_MATCH, format!("\"{version}\""));
    }
    let request = request.header(header::CONTENT_TYPE, "application/json");
    client
        .send(request.body(Body::from(body.to_string())).unwrap())
        .await
}

/// The same without a version.
pub async fn post(client: &Client, path: &str, body: Value) -> Page {
    send(client, "POST", path, 0, &body).await
}

/// A program of this role in a town with everything the role may be granted, and its connection.
pub async fn system(town: &Town, network: &Network, role: Role) -> (StaffId, Client) {
    system_of(town, network, place(network, role)).await
}

/// Where a program of this role stands.
pub fn place(network: &Network, role: Role) -> Place {
    Place {
        role,
        center: (role == Role::CenterStaff).then_some(network.center),
        organisation: (role == Role::Partner).then_some(network.hospital),
    }
}

/// A program at this place of a town.
pub async fn system_of(town: &Town, network: &Network, place: Place) -> (StaffId, Client) {
    let (id, token) = token(&town.app, network, place).await;
    let client = town.visitor();
    client.bear(&token);
    (id, client)
}

/// A program at this place of a town, and its token.
pub async fn token(app: &App, network: &Network, place: Place) -> (StaffId, String) {
    let deed = app.program_deed(network.id, "test").await.unwrap();
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
    let id = exchange::add_system(&app.db, &deed, place, new)
        .await
        .unwrap();
    let token = exchange::make_token(&app.db, &deed, id, 365).await.unwrap();
    (id, token)
}
