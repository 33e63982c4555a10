//! What is done with supporters: one function a deed.

mod aways;
mod cards;
mod fees;
mod joining;
mod standing;
mod twins;
mod tying;

pub use aways::{change_away, drop_away, tell_away};
pub use cards::{by_card, give_card, renew_card, settle_card};
pub use fees::{fee_of, pay, print_receipt, reopen, set_fee_rules, waive};
pub use joining::{bring_in, change, join, like};
pub use standing::{Forget, come_back, erase, leave, stay};
pub use twins::BELONGING;
pub use tying::{tie, untie};

use db::Conn;

use super::rules::{MOST_LINE, Refusal, Supporter};
use super::store;
use crate::audit::{self, Fields, Line, Verb};
use crate::deed::Deed;
use crate::ids::SupporterId;
use crate::people::one_line;

/// Which supporter, upon which version.
pub type Upon = (SupporterId, i64);

/// The supporter as the page showed them.
async fn upon(conn: &mut Conn, deed: &Deed, (id, version): Upon) -> Result<Supporter, Refusal> {
    let one = store::find(conn, deed, id).await?;
    match one.version == version {
        _ if one.is_erased() => Err(Refusal::NotFound),
        true => Ok(one),
        false => Err(Refusal::Changed),
    }
}

/// The line of what was done; a registered person reads it among their own.
async fn say(conn: &mut Conn, deed: &Deed, of: &Supporter, what: &str) -> Result<(), db::Error> {
    let words = format!("サポーター（{}）：{what}", of.id);
    let line = Line::new(Verb::SupporterChanged, of.person, Fields::NOTHING).saying(words);
    audit::record(conn, deed, line).await
}

/// A reason that was typed.
fn reason_of(typed: &str) -> Result<String, Refusal> {
    let reason = one_line(typed, MOST_LINE).map_err(Refusal::Reason)?;
    match reason.is_empty() {
        true => Err(Refusal::NoReason),
        false => Ok(reason),
    }
}
