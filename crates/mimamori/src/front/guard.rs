//! What stands at every door: finds the session, weighs the access.

use std::net::SocketAddr;

use axum::extract::{ConnectInfo, Request, State};
use axum::http::header::{COOKIE, USER_AGENT};
use axum::http::request::Parts;
use axum::http::{HeaderMap, Method};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use seal::SecretToken;

use super::asked::{Asked, Visitor};
use super::doors::Access;
use super::problem::Problem;
use crate::app::App;
use crate::scope::{Actor, Scope};
use crate::staff::{self, Session, SessionCookie, Stage};

/// Name of the session cookie.
pub const COOKIE_NAME: &str = "mimamori";

/// Lets the request through with [`Asked`] or [`Visitor`] in it, or answers itself.
pub(super) async fn guard(
    State((app, access)): State<(App, Access)>,
    request: Request,
    next: Next,
) -> Response {
    let (mut parts, body) = request.into_parts();
    let origin = origin_of(&parts, &app);
    if access == Access::Public {
        let now = app.now();
        parts.extensions.insert(Visitor { app, now, origin });
        return next.run(Request::from_parts(parts, body)).await;
    }
    match admit(app, access, &parts, origin).await {
        Ok(asked) => {
            parts.extensions.insert(asked);
            next.run(Request::from_parts(parts, body)).await
        }
        Err(problem) => problem.into_response(),
    }
}

async fn admit(
    app: App,
    access: Access,
    request: &Parts,
    origin: String,
) -> Result<Asked, Problem> {
    let session = live_session(&app, request).await?;
    let stage_is_enough = session.stage == Stage::Full || access == Access::HalfSignedIn;
    if !stage_is_enough {
        return Err(sign_in(request));
    }
    let scope = Scope {
        network: session.network,
        actor: Actor::Staff(session.staff),
        rights: session.role.rights(),
        center: session.center,
        origin,
    };
    if !passes(access, &scope) {
        return Err(Problem::Forbidden);
    }
    let deed = app.deed(scope).await?;
    Ok(Asked { app, deed, session })
}

async fn live_session(app: &App, request: &Parts) -> Result<Session, Problem> {
    let cookie = cookie_of(&request.headers).ok_or_else(|| sign_in(request))?;
    let now = app.now();
    let mut conn = app.db.read().await?;
    let session = staff::find_session(&mut conn, &cookie)
        .await?
        .filter(|session| !session.is_over(now))
        .ok_or_else(|| sign_in(request))?;
    if session.wants_touch(now) {
        let touched = session.clone();
        let touch = app.db.write(move |conn| {
            Box::pin(async move { staff::touch_session(conn, &touched, now).await })
        });
        touch.await?;
    }
    Ok(session)
}

fn passes(access: Access, scope: &Scope) -> bool {
    match access {
        Access::Public | Access::HalfSignedIn | Access::SignedIn => true,
        Access::Needs(right) => scope.rights.has(right),
        Access::NeedsAny(rights) => rights.iter().any(|right| scope.rights.has(*right)),
    }
}

/// The session cookie, `network.secret`, with the secret turned into its hash.
pub fn cookie_of(headers: &HeaderMap) -> Option<SessionCookie> {
    let all = headers.get_all(COOKIE).iter();
    let mut pairs = all
        .filter_map(|line| line.to_str().ok())
        .flat_map(|line| line.split(';'));
    let value = pairs.find_map(|pair| pair.trim().strip_prefix(COOKIE_NAME)?.strip_prefix('='))?;
    let (network, secret) = value.split_once('.')?;
    Some(SessionCookie {
        network: network.parse().ok()?,
        hash: SecretToken::read(secret)?.hash(),
    })
}

/// Where a request without a session goes: to the log-in page and then back.
fn sign_in(request: &Parts) -> Problem {
    let back = if request.method == Method::GET {
        request.uri.path().to_owned()
    } else {
        "/".to_owned()
    };
    Problem::SignIn { back }
}

/// The network address a request came from; behind a trusted proxy, the address it names.
fn origin_of(request: &Parts, app: &App) -> String {
    let peer = request
        .extensions
        .get::<ConnectInfo<SocketAddr>>()
        .map(|info| info.0.ip());
    let Some(peer) = peer else {
        return "unknown".to_owned();
    };
    let forwarded = request
        .headers
        .get("x-forwarded-for")
        .filter(|_| app.config.trusts_proxy(peer))
        .and_then(|value| value.to_str().ok())
        .and_then(|list| list.rsplit(',').next())
        .map(|last| last.trim().to_owned());
    forwarded.unwrap_or_else(|| peer.to_string())
}

/// The browser's own name, shortened for the list of sessions.
pub fn agent_of(headers: &HeaderMap) -> String {
    let agent = headers
        .get(USER_AGENT)
        .and_then(|value| value.to_str().ok());
    agent.unwrap_or("").chars().take(200).collect()
}
