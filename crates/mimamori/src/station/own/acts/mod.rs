//! What is done at the counter for an own page, and on it: one function a deed.

mod counter;
mod doing;
mod opening;
mod picture;

pub use counter::{set_pin, shut, stands};
pub use doing::{answer, sign_up};
pub use opening::{enter, leave, see};
pub use picture::{Mine, Next, Picture, picture};

use db::Conn;

use super::rules::Refusal;
use crate::audit::{self, Fields, Line, Verb};
use crate::deed::Deed;
use crate::ids::{RowId, SupporterId};
use crate::station::supporters::{self, CardState, Supporter};

/// The card of somebody that is in use.
async fn card_of(conn: &mut Conn, deed: &Deed, of: SupporterId) -> Result<Option<RowId>, Refusal> {
    let all = supporters::list_cards(conn, deed, of).await?;
    let one = all.iter().find(|card| card.state == CardState::InUse);
    Ok(one.map(|card| card.id))
}

/// The line; a registered person reads it among their own.
async fn say(
    conn: &mut Conn,
    deed: &Deed,
    verb: Verb,
    of: &Supporter,
    what: &str,
) -> Result<(), Refusal> {
    let words = format!("サポーター（{}）のご本人のページ：{what}", of.id);
    let line = Line::new(verb, of.person, Fields::NOTHING).saying(words);
    Ok(audit::record(conn, deed, line).await?)
}
