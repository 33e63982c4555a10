//! The first page, and the way out.

use axum::http::header::SET_COOKIE;
use axum::response::{IntoResponse, Redirect, Response};

use crate::front::{Asked, Problem, no_session_cookie};
use crate::staff::acts;

/// Ends this session.
pub async fn leave(asked: Asked) -> Result<Response, Problem> {
    acts::sign_out(asked.db(), &asked.deed, &asked.session).await?;
    let headers = [(SET_COOKIE, no_session_cookie())];
    Ok((headers, Redirect::to("/login")).into_response())
}
