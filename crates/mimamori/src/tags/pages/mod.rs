//! Pages of tags.

use crate::front::Doors;

/// The doors of this room.
pub fn doors(doors: Doors) -> Doors {
    doors
}
