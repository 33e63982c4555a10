//! The table of doors: every route says who may pass, or it can't be built.

use axum::Router;
use axum::handler::Handler;
use axum::middleware::from_fn_with_state;
use axum::routing::{MethodRouter, get, post};

use super::guard;
use crate::app::App;
use crate::scope::Right;

/// Who may pass a door.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// Everybody: log-in, the page behind a QR, style sheets.
    Public,
    /// Who has given the password but not yet the second factor, or more.
    HalfSignedIn,
    /// Everybody signed in.
    SignedIn,
    /// Who has this right.
    Needs(Right),
    /// Who has one of these rights.
    NeedsAny(&'static [Right]),
}

/// One route with its access.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Door {
    /// `GET` or `POST`.
    pub method: &'static str,
    /// The path, as axum writes it: `/people/{person}`.
    pub path: &'static str,
    /// Who may pass.
    pub access: Access,
}

/// Routes under construction, and the list of them.
pub struct Doors {
    app: App,
    router: Router<App>,
    list: Vec<Door>,
}

impl Doors {
    /// No door yet.
    pub fn new(app: App) -> Doors {
        Doors {
            app,
            router: Router::new(),
            list: Vec::new(),
        }
    }

    /// A page.
    pub fn get<H, T>(self, path: &'static str, access: Access, handler: H) -> Doors
    where
        H: Handler<T, App>,
        T: 'static,
    {
        self.door("GET", path, access, get(handler))
    }

    /// A deed.
    pub fn post<H, T>(self, path: &'static str, access: Access, handler: H) -> Doors
    where
        H: Handler<T, App>,
        T: 'static,
    {
        self.door("POST", path, access, post(handler))
    }

    /// Adds a room's doors: `doors.room(tags::doors)`.
    pub fn room(self, add: impl FnOnce(Doors) -> Doors) -> Doors {
        add(self)
    }

    /// The router and the list of its doors.
    pub fn finish(self) -> (Router<App>, Vec<Door>) {
        (self.router, self.list)
    }

    fn door(
        mut self,
        method: &'static str,
        path: &'static str,
        access: Access,
        route: MethodRouter<App>,
    ) -> Doors {
        let state = (self.app.clone(), access);
        let guarded = route.route_layer(from_fn_with_state(state, guard::guard));
        self.router = self.router.route(path, guarded);
        self.list.push(Door {
            method,
            path,
            access,
        });
        self
    }
}
