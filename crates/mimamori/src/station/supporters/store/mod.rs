//! Supporters ↔ rows.

mod aways;
mod cards;
mod fees;
mod forget;
mod receipts;
mod reseal;
mod rows;
mod twins;

pub use aways::{insert_away, list_all_aways, list_aways, remove_away, save_away};
pub use cards::{
    card_by_number, card_by_secret, insert_card, list_cards, list_cards_in_use, save_card,
    secret_of,
};
pub use fees::{fee_rules, insert_year, put_fee_rules, remove_year, years_of, years_of_all};
pub use forget::{below, forget_in, forget_supporter};
pub use receipts::{count_print, insert_receipt, next_receipt, receipts_of, undo_receipt};
pub use reseal::reseal_supporters;
pub use rows::{count, find, insert, list, list_matching, list_of_person, save};
pub use twins::{hand_over, list_since};
