//! The programs that may come in, and their tokens.

mod acts;
mod rules;
mod store;

pub use acts::{NewSystem, Refusal, add_system, change_system, make_token, revoke_token};
pub use rules::{
    Addresses, Bearer, Entered, Grant, Grants, MOST_A_MINUTE, Stopped, System, TOKEN_DAYS, Token,
};
pub use store::{find_entered, find_system, list_systems, list_tokens, touch_token};
