//! Consultations ↔ rows.

mod changes;
mod counted;
mod forget;
mod given;
mod keeping;
mod list;
mod reseal;
mod rows;
mod strangers;
mod topics;
mod twins;

pub use changes::{insert_change, list_changes};
pub use counted::{Stamp, list_counted, stamp_of};
pub use forget::{forget_in, forget_one, forget_stranger};
pub use given::{find_given, put_given};
pub use keeping::{find_keeping, list_nameless_before, list_strangers_before, put_keeping};
pub use list::{
    Earlier, PAGE, Tab, Which, count, count_about, count_of_stranger, explains, list, list_about,
    list_after, list_heard, list_recent,
};
pub use reseal::{reseal_some, reseal_strangers};
pub use rows::{find, find_in, insert, save, set_person};
pub use strangers::{
    Match, find_stranger, insert_stranger, list_matching, list_of_stranger, person_of, save_card,
};
pub use topics::{list_topics, put_topic};
pub use twins::{hand_over, list_since};
