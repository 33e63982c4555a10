//! What stands at every door: finds the session, weighs the access.

use std::net::{IpAddr, SocketAddr};

use axum::extract::{ConnectInfo, Request, State};
use axum::http::header::{COOKIE, USER_AGENT};
use axum::http::{HeaderMap, Method};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use seal::SecretToken;

use super::asked::{Asked, Visitor};
use super::doors::{Access, Speech};
use super::flash::{self, Flash};
use super::kept;
use super::problem::Problem;
use super::systems;
use crate::app::App;
use crate::scope::{Actor, Rights, Scope};
use crate::staff::{self, Session, SessionCookie, Stage};

/// Name of the session cookie.
pub const COOKIE_NAME: &str = "mimamori";

/// Header of what an open page asks by itself.
const BY_ITSELF: &str = "x-asks-by-itself";

/// Lets the request through with [`Asked`] or [`Visitor`] in it, or answers itself.
pub(super) async fn guard(
    State((app, access, speech)): State<(App, Access, Speech)>,
    mut request: Request,
    next: Next,
) -> Response {
    if speech == Speech::Api {
        let origin = origin_of(&request, &app);
        return match systems::admit(app, access, request.headers(), origin).await {
            Ok(asked) => {
                request.extensions_mut().insert(asked);
                next.run(request).await
            }
            Err(fault) => fault.into_response(),
        };
    }
    let knock = Knock::of(&request, &app);
    let cookie = knock.cookie.clone();
    let visitor = Visitor {
        now: app.now(),
        origin: knock.origin.clone(),
        app: app.clone(),
    };
    if access == Access::Public {
        request.extensions_mut().insert(visitor);
        return next.run(request).await;
    }
    match admit(app, access, knock).await {
        Ok(asked) => {
            let shown = asked.flash.is_some();
            request.extensions_mut().insert(asked);
            let response = next.run(request).await;
            if shown {
                flash::forget(response)
            } else {
                response
            }
        }
        Err(Problem::SignIn { .. }) if request.method() == Method::POST => {
            kept::answer(visitor, cookie, request).await
        }
        Err(problem) => problem.into_response(),
    }
}

/// What the guard needs of a request.
struct Knock {
    /// Where a page goes on after log-in.
    back: String,
    cookie: Option<SessionCookie>,
    origin: String,
    flash: Option<Flash>,
    /// Whether an open page asks by itself, with nobody before it.
    by_itself: bool,
}

impl Knock {
    fn of(request: &Request, app: &App) -> Knock {
        let page = request.method() == Method::GET;
        let back = if page { request.uri().path() } else { "/" };
        Knock {
            back: back.to_owned(),
            cookie: cookie_of(request.headers()),
            origin: origin_of(request, app),
            flash: flash::read(request.headers()).filter(|_| page),
            by_itself: request.headers().contains_key(BY_ITSELF),
        }
    }

    /// Where a request without a session goes: to the log-in page and then back.
    fn sign_in(&self) -> Problem {
        Problem::SignIn {
            back: self.back.clone(),
        }
    }
}

async fn admit(app: App, access: Access, knock: Knock) -> Result<Asked, Problem> {
    let session = live_session(&app, &knock).await?;
    let full = session.stage == Stage::Full;
    if !full && access != Access::HalfSignedIn {
        return Err(knock.sign_in());
    }
    let scope = Scope {
        network: session.network,
        actor: Actor::Staff(session.staff),
        rights: if full {
            session.role.rights()
        } else {
            Rights::NONE
        },
        center: session.center,
        origin: knock.origin,
    };
    if !passes(access, &scope) {
        return Err(Problem::Forbidden);
    }
    let deed = app.deed(scope).await?;
    let flash = knock.flash;
    Ok(Asked {
        app,
        deed,
        session,
        flash,
    })
}

async fn live_session(app: &App, knock: &Knock) -> Result<Session, Problem> {
    let cookie = knock.cookie.as_ref().ok_or_else(|| knock.sign_in())?;
    let now = app.now();
    let mut conn = app.db.read().await?;
    let session = staff::find_session(&mut conn, cookie)
        .await?
        .filter(|session| !session.is_over(now))
        .ok_or_else(|| knock.sign_in())?;
    // Given back first: the touch below must not hold two connections.
    drop(conn);
    // Else a page left open would keep its session for ever.
    if session.wants_touch(now) && !knock.by_itself {
        let touched = session.clone();
        let touch = app.db.write(move |conn| {
            Box::pin(async move { staff::touch_session(conn, &touched, now).await })
        });
        touch.await?;
    }
    Ok(session)
}

pub(super) fn passes(access: Access, scope: &Scope) -> bool {
    match access {
        Access::Public | Access::HalfSignedIn | Access::SignedIn => true,
        Access::Needs(right) => scope.rights.has(right),
        Access::NeedsAny(rights) => rights.iter().any(|right| scope.rights.has(*right)),
    }
}

/// The session cookie, `network.secret`, with the secret turned into its hash.
pub fn cookie_of(headers: &HeaderMap) -> Option<SessionCookie> {
    let value = cookie_value(headers, COOKIE_NAME)?;
    let (network, secret) = value.split_once('.')?;
    Some(SessionCookie {
        network: network.parse().ok()?,
        hash: SecretToken::read(secret)?.hash(),
    })
}

/// The value of a cookie by its name.
pub fn cookie_value<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    let lines = headers.get_all(COOKIE).iter();
    let mut pairs = lines
        .filter_map(|line| line.to_str().ok())
        .flat_map(|line| line.split(';'));
    pairs.find_map(|pair| pair.trim().strip_prefix(name)?.strip_prefix('='))
}

/// The network address a request came from; behind a trusted proxy, the address it names: the last
/// of the last line, since all before it may be the client's own words.
fn origin_of(request: &Request, app: &App) -> String {
    let peer = request
        .extensions()
        .get::<ConnectInfo<SocketAddr>>()
        .map(|info| info.0.ip());
    let Some(peer) = peer else {
        return "unknown".to_owned();
    };
    let forwarded = request
        .headers()
        .get_all("x-forwarded-for")
        .iter()
        .next_back()
        .filter(|_| app.config.trusts_proxy(peer))
        .and_then(|value| value.to_str().ok())
        .and_then(|list| list.rsplit(',').next())
        .and_then(|last| last.trim().parse::<IpAddr>().ok());
    forwarded.unwrap_or(peer).to_canonical().to_string()
}

/// The browser's own name, shortened for the list of sessions.
pub fn agent_of(headers: &HeaderMap) -> String {
    let agent = headers
        .get(USER_AGENT)
        .and_then(|value| value.to_str().ok());
    agent.unwrap_or("").chars().take(200).collect()
}

/// The cookie of a session. `Lax`, so that a link in a mail opens the page signed in; what changes
/// anything is a POST, and those from elsewhere are refused (decision 0008).
pub fn session_cookie(app: &App, value: &str) -> String {
    let secure = if app.config.behind_tls {
        "; Secure"
    } else {
        ""
    };
    format!("{COOKIE_NAME}={value}; Path=/; HttpOnly; SameSite=Lax{secure}")
}

/// The same, kept when the browser closes: of a tablet that stands at a door.
pub fn lasting_cookie(app: &App, value: &str) -> String {
    format!("{}; Max-Age=15552000", session_cookie(app, value))
}

/// Takes the session's cookie away.
pub fn no_session_cookie() -> String {
    format!("{COOKIE_NAME}=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0")
}
