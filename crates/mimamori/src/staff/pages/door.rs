//! The first page, and the way out.

use axum::http::header::SET_COOKIE;
use axum::response::{IntoResponse, Redirect, Response};

use crate::front::{Asked, Problem, no_session_cookie};
use crate::scope::Right;
use crate::staff::acts;

/// Where somebody begins, until the list of the day stands here.
pub async fn home(asked: Asked) -> Redirect {
    Redirect::to(if asked.may(Right::ManageStaff) {
        "/staff"
    } else {
        "/account"
    })
}

/// Ends this session.
pub async fn leave(asked: Asked) -> Result<Response, Problem> {
    acts::sign_out(asked.db(), &asked.deed, &asked.session).await?;
    let headers = [(SET_COOKIE, no_session_cookie())];
    Ok((headers, Redirect::to("/login")).into_response())
}
