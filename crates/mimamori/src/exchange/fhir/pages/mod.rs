//! FHIR's doors.

mod answer;
mod layer;
mod read;
mod search;
mod told;

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;

use super::rules::capability;
use crate::app::App;
use crate::front::{Access, Doors};
use crate::scope::Right;

pub use layer::speak;

/// An operation that changes nothing may be called either way.
const SUMMARY: &str = "/fhir/Patient/{inquiry}/$summary";

const PARTNER: Access = Access::Needs(Right::PartnerLookup);

/// The doors of FHIR. A kind that is not served is told so behind its door.
pub fn doors(doors: Doors) -> Doors {
    doors
        .get("/fhir/metadata", Access::Public, metadata)
        .api("GET", "/fhir/{kind}", PARTNER, search::by_address)
        .api("POST", "/fhir/{kind}/_search", PARTNER, search::by_form)
        .api("GET", "/fhir/{kind}/{inquiry}", PARTNER, read::one)
        .api("GET", SUMMARY, PARTNER, read::summary)
        .api("POST", SUMMARY, PARTNER, read::summary)
}

async fn metadata(State(app): State<App>) -> Response {
    let statement = capability(&base(&app), env!("CARGO_PKG_VERSION"));
    answer::sent(StatusCode::OK, &statement)
}

/// The address of FHIR on this server.
fn base(app: &App) -> String {
    format!("{}/fhir", app.config.public_url)
}
