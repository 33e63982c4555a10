//! Who the token says one is: the first thing to try.

use axum::Json;
use serde::Serialize;

use crate::exchange::systems::{self, Grant};
use crate::front::{Asked, Fault};
use crate::ids::StaffId;
use crate::staff;

/// The program as the town knows it.
#[derive(Serialize)]
pub struct Me {
    id: StaffId,
    name: String,
    town: String,
    role: &'static str,
    grants: Vec<&'static str>,
    requests_per_minute: i64,
}

pub async fn show(asked: Asked) -> Result<Json<Me>, Fault> {
    let card = staff::open_card(&asked.deed.keys, &asked.session)?;
    let id = asked.session.staff;
    let mut conn = asked.app.db.read().await?;
    let system = systems::find_system(&mut conn, &asked.deed.scope, id).await?;
    let held = |grant: &Grant| asked.may(grant.right);
    Ok(Json(Me {
        id,
        name: card.name,
        town: asked.session.network_name.clone(),
        role: asked.session.role.code(),
        grants: Grant::ALL
            .iter()
            .filter(|one| held(one))
            .map(|one| one.code)
            .collect(),
        requests_per_minute: system.map_or(0, |system| system.per_minute),
    }))
}
