//! Front: who asks, for which town, with which rights; layout, forms, problems.
//!
//! Every route is a [`Door`] with its [`Access`]; a request that lacks the
//! access never reaches the handler. Handlers take [`Asked`] (signed in) or
//! [`Visitor`] (a public page); both exist only behind a door.

mod above;
mod asked;
mod assets;
mod doors;
mod fault;
mod file;
mod flash;
mod guard;
mod kept;
pub mod look;
mod problem;
mod rates;
mod shell;
mod sign_in;
mod systems;

pub use above::{Above, Sighting};
pub use asked::{Asked, Visitor};
pub use assets::doors;
pub use doors::{Access, Door, Doors, Speech};
pub use fault::{Fault, Wrong};
pub use file::download;
pub use flash::Flash;
pub use guard::{
    COOKIE_NAME, agent_of, cookie_of, cookie_value, lasting_cookie, no_session_cookie,
    session_cookie,
};
pub use kept::Kept;
pub use problem::{Problem, panicked};
pub use rates::Rates;
pub use shell::{Place, back_value};
pub use sign_in::{SignInForm, sign_in_page};
