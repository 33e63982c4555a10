//! Front: who asks, for which town, with which rights; layout, forms, problems.
//!
//! Every route is a [`Door`] with its [`Access`]; a request that lacks the
//! access never reaches the handler. Handlers take [`Asked`] (signed in) or
//! [`Visitor`] (a public page); both exist only behind a door.

mod asked;
mod assets;
mod doors;
mod guard;
pub mod look;
mod problem;
mod shell;

pub use asked::{Asked, Visitor};
pub use assets::doors;
pub use doors::{Access, Door, Doors};
pub use guard::{COOKIE_NAME, agent_of, cookie_of};
pub use problem::{Problem, panicked};
pub use shell::{Place, back_value};
