//! Renewals ↔ rows.

mod forget;
mod history;
mod list;
mod months;
mod renewals;
mod reseal;
mod settings;
mod tallies;

pub use forget::forget_in;
pub use history::{insert_act, list_acts};
pub use list::{Counts, Listed, PAGE, Which, count, list, list_asked_at, list_ids};
pub use months::{Holder, Unknown, find_month, list_behind, list_strays, list_to_open, save_month};
pub use renewals::{
    Due, explains, find, find_at, insert, list_came_back, list_climbing, list_for_person,
    list_gave_back, list_gone, list_tried, list_walked, remove, save,
};
pub use reseal::reseal_some;
pub use settings::{find_settings, put_settings};
pub use tallies::{add_tallies, list_tallies};
