//! Taking the words out of lines about somebody whose record is erased.
//!
//! Who saw what, when and why stays: the line is proof. Only its words may name people, so they
//! go. In their place stands, sealed, a keyed hash over the line and the hash it was sealed with
//! in order; so `verify` still tells such a line from one that was tampered with.

use db::{Conn, Error};
use seal::{AuditChain, TownKeys};

use super::rules::Verb;
use super::store::{self, Kept, detail_of, detail_place};
use crate::deed::Deed;
use crate::ids::PersonId;

/// What stands before the hash in place of the words. No text that somebody typed begins so.
const MARK: &[u8] = b"\0erased\0";

/// A search shows at most so many people, each with a line behind the line of what was typed.
const HITS: i64 = 100;

/// Takes the words out of every line about the person, and out of the searches that found them.
pub async fn forget_in(conn: &mut Conn, deed: &Deed, person: PersonId) -> Result<(), Error> {
    let mut after = 0;
    loop {
        let lines = store::list_about(conn, &deed.scope, person, after).await?;
        let Some((last, _)) = lines.last() else {
            return Ok(());
        };
        after = last.ticket;
        for (line, mac) in &lines {
            if line.verb == Verb::Searched.code()
                && let Some((typed, mac)) = store::find_typed(conn, &deed.scope, line, HITS).await?
            {
                take_out(conn, deed, &typed, &mac).await?;
            }
            take_out(conn, deed, line, mac).await?;
        }
    }
}

async fn take_out(conn: &mut Conn, deed: &Deed, line: &Kept, mac: &[u8; 32]) -> Result<(), Error> {
    if line.detail.is_empty() {
        return Ok(());
    }
    let detail = detail_of(&deed.keys, line);
    if detail.as_deref().and_then(mark_of).is_some() {
        return Ok(());
    }
    // A line that was tampered with must go on to be found: without words it fits no hash.
    let whole = detail
        .filter(|detail| AuditChain::same(&line.mac(deed.keys.audit(), detail), mac))
        .map(|_| {
            let mark = [MARK, &over(&deed.keys, line, mac)].concat();
            let place = detail_place(line.ticket);
            deed.keys.seal(&place, &mark, &mut deed.dice.clone())
        });
    store::save_detail(conn, &deed.scope, line.ticket, whole.unwrap_or_default()).await
}

/// The hash that stands in place of the words.
fn over(keys: &TownKeys, line: &Kept, mac: &[u8; 32]) -> [u8; 32] {
    line.mac(keys.audit(), &[MARK, mac.as_slice()].concat())
}

/// The hash in place of the words, where they were taken out.
pub(super) fn mark_of(detail: &[u8]) -> Option<[u8; 32]> {
    detail.strip_prefix(MARK)?.try_into().ok()
}

/// Whether the line is as it was written, but for words that were taken out.
pub(super) fn is_whole_but_words(
    keys: &TownKeys,
    line: &Kept,
    mac: &[u8; 32],
    detail: &[u8],
) -> bool {
    mark_of(detail).is_some_and(|mark| AuditChain::same(&over(keys, line, mac), &mark))
}
