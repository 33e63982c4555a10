//! Tags, their carriers and their history ↔ rows.

mod batches;
mod carriers;
mod crossings;
mod forget;
mod history;
mod lookup;
mod numbers;
mod reseal;
mod tags;

pub use batches::{add_made, find_batch, insert_batch, list_batches, save_taken};
pub use carriers::{
    find_carried, find_carrier, insert_carrier, list_carriers, list_for_maker, open_with_number,
    save_shut, shut_with_number,
};
pub use crossings::{Crossings, find_carrier_town, insert_number_town};
pub use forget::forget_in;
pub use history::{find_last_act, insert_act, list_acts};
pub use lookup::{look_up, look_up_with_owner};
pub use reseal::{reseal_batches, reseal_some};
pub use tags::{
    count_states, find, find_by_address, find_by_number, find_in_stock, hand_over, insert,
    list_for_person, list_owned_after, save,
};
