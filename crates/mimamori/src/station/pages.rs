//! The doors of the Station.

use super::{
    change, courses, door, figures, own, rolls, signups, supporters, voices, vouchers, watch,
};
use crate::front::Doors;

/// What is forgotten of a supporter who wishes to be erased.
const FORGETS: &[supporters::Forget] = &[
    |conn, deed, id| Box::pin(watch::forget_supporter_in(conn, deed, id)),
    |conn, deed, id| Box::pin(change::forget_supporter_in(conn, deed, id)),
    |conn, deed, id| Box::pin(own::forget_supporter_in(conn, deed, id)),
];

/// The doors of this room.
pub fn doors(doors: Doors) -> Doors {
    doors
        .room(courses::doors)
        .room(voices::doors)
        .room(|doors| supporters::doors(doors, FORGETS))
        .room(signups::doors)
        .room(door::doors)
        .room(watch::doors)
        .room(change::doors)
        .room(vouchers::doors)
        .room(rolls::doors)
        .room(own::doors)
        .room(figures::doors)
}
