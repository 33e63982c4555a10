//! `/api/v1`: what other programs may ask and do.

mod me;

use crate::front::{Access, Doors};

/// The doors for programs.
pub fn doors(doors: Doors) -> Doors {
    doors.api("GET", "/api/v1/me", Access::SignedIn, me::show)
}
