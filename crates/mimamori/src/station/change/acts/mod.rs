//! What is done about consent and lists: one function a deed.

mod facts;
mod figures;
mod list;
mod own;

pub use facts::{Gathered, Who, gather};
pub use figures::{set, set_number, weigh};
pub use list::{answer, draw_up, keep_up};
pub use own::{Picture, picture};

use db::{Conn, Db};

use super::rules::{self, Agreed, Consent, Refusal, Signal, Words};
use super::store;
use crate::audit::{self, Fields, Line, Verb};
use crate::clock::in_japan;
use crate::deed::Deed;
use crate::ids::{RowId, SupporterId};
use crate::scope::Right;
use crate::station::supporters::{self, Supporter};

/// Writes down to what somebody agreed at the counter.
pub async fn agree(db: &Db, deed: &Deed, of: SupporterId, new: Agreed) -> Result<(), Refusal> {
    deed.scope.need(Right::Supporters)?;
    let by = deed.scope.actor.account().ok_or(Refusal::NotFound)?;
    let deed = deed.clone();
    db.write(move |conn| {
        Box::pin(async move {
            let one = found(conn, &deed, of).await?;
            let there = store::list_of(conn, &deed, of).await?;
            let new = new.checked(&one.terms, &there, in_japan(deed.now).date())?;
            for signal in &new.signals {
                let consent = Consent {
                    id: RowId(deed.new_id()),
                    supporter: of,
                    signal: *signal,
                    since: new.on,
                    until: None,
                    words: Words {
                        way: new.way,
                        by,
                        note: new.note.clone(),
                        ended_by: None,
                    },
                    version: 1,
                };
                store::insert(conn, &deed, &consent).await?;
            }
            say(conn, &deed, &one, "同意", &new.signals).await
        })
    })
    .await
}

/// Takes back what was named, at once: what was said on lists by it is forgotten.
pub async fn take_back(
    db: &Db,
    deed: &Deed,
    of: SupporterId,
    named: Vec<Signal>,
) -> Result<(), Refusal> {
    deed.scope.need(Right::Supporters)?;
    let by = deed.scope.actor.account().ok_or(Refusal::NotFound)?;
    let deed = deed.clone();
    db.write(move |conn| {
        Box::pin(async move {
            let one = found(conn, &deed, of).await?;
            let there = store::list_of(conn, &deed, of).await?;
            let today = in_japan(deed.now).date();
            let ended = rules::take_back(there, &named, (today, by))?;
            for consent in &ended {
                store::save(conn, &deed, consent).await?;
            }
            for line in store::list_lines_of(conn, &deed, of).await? {
                if line
                    .told
                    .signals
                    .iter()
                    .any(|signal| named.contains(signal))
                {
                    store::drop_line(conn, &deed, line.id).await?;
                }
            }
            let signals: Vec<Signal> = ended.iter().map(|consent| consent.signal).collect();
            say(conn, &deed, &one, "同意の撤回", &signals).await
        })
    })
    .await
}

async fn found(conn: &mut Conn, deed: &Deed, of: SupporterId) -> Result<Supporter, Refusal> {
    let one = supporters::find(conn, deed, of).await?;
    match one.is_erased() {
        true => Err(Refusal::NotFound),
        false => Ok(one),
    }
}

/// The line of what was agreed to; a registered person reads it among their own.
async fn say(
    conn: &mut Conn,
    deed: &Deed,
    of: &Supporter,
    what: &str,
    signals: &[Signal],
) -> Result<(), Refusal> {
    let words: Vec<&str> = signals.iter().map(|signal| signal.word()).collect();
    let words = format!("来る様子の見守りの{what}：{}", words.join("、"));
    let line = Line::new(Verb::Consented, of.person, Fields::CONSENT);
    Ok(audit::record(conn, deed, line.saying(words)).await?)
}
