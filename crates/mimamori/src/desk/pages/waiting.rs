//! Whether an inquiry waits for somebody: asked by every open page of those who take calls, so that
//! what came in meanwhile shows without loading the page anew. It tells of nobody.

use axum::Json;
use serde::Serialize;

use super::counter;
use crate::desk::store;
use crate::front::{Asked, Problem};

/// What the page shows above everything; nothing is shown while `count` is 0.
#[derive(Serialize)]
pub struct Waiting {
    count: usize,
    /// The sentence.
    words: String,
    /// The inquiry that has waited longest.
    #[serde(skip_serializing_if = "Option::is_none")]
    href: Option<String>,
}

pub async fn page(asked: Asked) -> Result<Json<Waiting>, Problem> {
    let mut conn = asked.read().await?;
    let waiting = store::list_waiting(&mut conn, &asked.deed).await?;
    Ok(Json(Waiting {
        count: waiting.len(),
        words: format!(
            "担当のいない照会が{}件あります。ひらいて受け取る",
            waiting.len()
        ),
        href: waiting.first().map(|id| counter::path(*id)),
    }))
}
