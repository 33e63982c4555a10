//! The six signals. Each answers with a line, or with nothing where it can't tell.

mod attendance;
mod companion;
mod known;
mod shares;

pub(crate) use attendance::{gap, less};
pub(crate) use companion::companion;
pub(crate) use known::Known;
pub(crate) use shares::{leaving, role, sign_ups};
