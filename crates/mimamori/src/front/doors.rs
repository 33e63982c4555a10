//! The table of doors: every route says who may pass, or it can't be built.

use axum::Router;
use axum::handler::Handler;
use axum::middleware::from_fn_with_state;
use axum::routing::{MethodRouter, get, post, put};

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

/// Who stands at a door, and how it is spoken with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Speech {
    /// People with a session's cookie; pages.
    Page,
    /// Other programs with a token; JSON. A cookie opens nothing here, a token nothing elsewhere.
    Api,
}

/// One route with its access.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Door {
    /// `GET`, `POST`, and for programs `PUT`.
    pub method: &'static str,
    /// The path, as axum writes it: `/people/{person}`.
    pub path: &'static str,
    /// Who may pass.
    pub access: Access,
    /// Who stands there.
    pub speech: Speech,
}

impl Door {
    const fn page(method: &'static str, path: &'static str, access: Access) -> Door {
        Door {
            method,
            path,
            access,
            speech: Speech::Page,
        }
    }
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
        let door = Door::page("GET", path, access);
        self.door(door, get(handler))
    }

    /// A deed.
    pub fn post<H, T>(self, path: &'static str, access: Access, handler: H) -> Doors
    where
        H: Handler<T, App>,
        T: 'static,
    {
        let door = Door::page("POST", path, access);
        self.door(door, post(handler))
    }

    /// A door for other programs.
    pub fn api<H, T>(
        self,
        method: &'static str,
        path: &'static str,
        access: Access,
        handler: H,
    ) -> Doors
    where
        H: Handler<T, App>,
        T: 'static,
    {
        let route = match method {
            "POST" => post(handler),
            "PUT" => put(handler),
            _ => get(handler),
        };
        let speech = Speech::Api;
        let door = Door {
            method,
            path,
            access,
            speech,
        };
        self.door(door, route)
    }

    /// Adds a room's doors: `doors.room(tags::doors)`.
    pub fn room(self, add: impl FnOnce(Doors) -> Doors) -> Doors {
        add(self)
    }

    /// The router and the list of its doors.
    pub fn finish(self) -> (Router<App>, Vec<Door>) {
        (self.router, self.list)
    }

    fn door(mut self, door: Door, route: MethodRouter<App>) -> Doors {
        let state = (self.app.clone(), door.access, door.speech);
        let guarded = route.route_layer(from_fn_with_state(state, guard::guard));
        self.router = self.router.route(door.path, guarded);
        self.list.push(door);
        self
    }
}
