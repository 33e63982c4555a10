//! Style sheets, the script, the picture; and the sign of life for monitoring.

use axum::extract::Path;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};

use super::doors::{Access, Doors};
use super::problem::Problem;
use super::{Visitor, look};

/// The doors of the house itself.
pub fn doors(doors: Doors) -> Doors {
    doors
        .get("/assets/{name}", Access::Public, asset)
        .get("/health", Access::Public, health)
}

async fn asset(Path(name): Path<String>) -> Result<Response, Problem> {
    let found = look::assets().iter().find(|asset| asset.0 == name);
    let (_, kind, bytes) = found.ok_or(Problem::NotFound)?;
    // The name holds a hash of the content, so it can be kept forever.
    let headers = [
        (CONTENT_TYPE, *kind),
        (CACHE_CONTROL, "public, max-age=31536000, immutable"),
    ];
    Ok((headers, *bytes).into_response())
}

/// `ok` when the database answers.
async fn health(visitor: Visitor) -> Result<&'static str, Problem> {
    visitor.app.db.read().await?;
    Ok("ok")
}
