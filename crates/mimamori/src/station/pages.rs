//! The doors of the Station.

use super::{courses, door, signups, supporters, voices, watch};
use crate::front::Doors;

/// The doors of this room.
pub fn doors(doors: Doors) -> Doors {
    doors
        .room(courses::doors)
        .room(voices::doors)
        .room(supporters::doors)
        .room(signups::doors)
        .room(door::doors)
        .room(watch::doors)
}
