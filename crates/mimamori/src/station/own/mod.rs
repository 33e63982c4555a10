//! A supporter's own page: on the tablet at the Station and at home.
//!
//! It opens by the card and a word of four digits that the supporter chose at the counter; without the
//! word there is no page. Whoever finds a card, or takes it, learns nothing.
//!
//! Leans on: station::{courses, supporters, signups, vouchers, change}.
//!
//! Promises (`tests/house/station/own.rs`, and beside the rules):
//! - a card that is not one, is lost, has no word, is shut or was shown with a wrong word gets the same answer;
//! - five wrong words shut the page until the counter sets another, however many try at once;
//! - every sight is a line before it is shown, and says nothing of where it was from;
//! - at the tablet a minute, at home ten, and nothing is on the screen any more; a lost card closes
//!   at once what it had opened;
//! - what was answered about somebody's coming reads the same whether it led to help or to more looking:
//!   whoever stands behind them learns no suspicion;
//! - whoever signs up, calls off or answers here does it for themselves alone, and room holds as ever.

mod acts;
mod pages;
mod rules;
mod store;

pub use acts::{
    Mine, Next, Picture, answer, enter, leave, picture, see, set_pin, shut, sign_up, stands,
};
pub use pages::doors;
pub use rules::{Place, Refusal, Stands, Visit, done_words, places_words};
pub use store::{forget_in, forget_supporter_in};
