//! Records ↔ rows.

pub mod changes;
mod forget;
mod groups;
mod list;
mod merged;
pub mod openings;
mod people;
pub mod photos;
mod reseal;
mod sealed;

pub use forget::forget_in;
pub use groups::{find_group, save_group};
pub use list::{
    Listed, PAGE, Under, Which, count, list, list_all_ids_after, list_compared, list_homes_after,
    list_ids_after,
};
pub use merged::{list_merged_into, merge_into, now_of, part_from, reattach};
pub use people::{
    NewRow, actor_number, close_new, desk_view, find, find_by_old_number, find_for_desk,
    find_standing, group as open_group, insert, save_old_number, save_standing,
};
pub use reseal::{reseal, reseal_some};
