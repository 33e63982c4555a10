//! What is done on the board.

mod answering;
mod drills;
mod keeping;
mod mailing;
mod marking;
mod proving;
mod taking;
mod twins;

pub use answering::{Family, Thread, answer, answer_for_desk, open_link, read_thread};
pub use drills::{end_drill, start_drill, take_part};
pub use keeping::{change_settings, sweep};
pub use mailing::reached;
pub use marking::{mail_again, mark_false};
pub use proving::{Proved, Waiting, ask_proof, prove, waiting};
pub use taking::{Behind, behind, say_more, take_in};
pub use twins::BELONGING;

use db::{Conn, Error};

use super::rules::{Find, Finder, Message, Refusal, Said, Side};
use super::store;
use crate::audit::{self, Fields, Line, Verb, Why};
use crate::deed::Deed;
use crate::desk;
use crate::ids::{InquiryId, RowId};

/// Keeps a line of what was done in a finding.
async fn record(conn: &mut Conn, deed: &Deed, find: &Find, words: &str) -> Result<(), Error> {
    let mark = if find.drill.is_some() {
        "【訓練】"
    } else {
        ""
    };
    let line = Line::new(Verb::Noted, Some(find.person), Fields::NOTHING)
        .because(Why::Inquiry(find.inquiry))
        .saying(format!("{mark}{words}"));
    audit::record(conn, deed, line).await
}

/// A message of this deed.
fn message(deed: &Deed, finder: RowId, side: Side, said: Said) -> Message {
    Message {
        id: RowId(deed.new_id()),
        finder,
        side,
        link: None,
        by: None,
        at: deed.now,
        said,
    }
}

/// The finding, while the desk has not ended it.
async fn still_open(conn: &mut Conn, deed: &Deed, inquiry: InquiryId) -> Result<Find, Refusal> {
    let find = store::find_open_of(conn, deed, inquiry).await?;
    find.ok_or(Refusal::Ended)
}

/// The finding of an inquiry that this account may see.
async fn of_desk(conn: &mut Conn, deed: &Deed, inquiry: InquiryId) -> Result<Find, Refusal> {
    deed.scope.need(crate::scope::Right::Desk)?;
    desk::find(conn, deed, inquiry).await?;
    let find = store::find_find(conn, deed, inquiry).await?;
    find.ok_or(Refusal::NotFound)
}

/// How many of one finder's messages the side has sent during the last hour.
fn lately(all: &[Message], deed: &Deed, of: impl Fn(&Message) -> bool) -> usize {
    let since = deed.at() - 3_600_000;
    let recent = all
        .iter()
        .filter(|one| one.at.as_millisecond() > since && of(one));
    recent.count()
}

/// So much one finder, or one contact, says in an hour.
const MOST_AN_HOUR: usize = 20;

/// Refuses where one party has said too much lately.
fn may_say(lately: usize) -> Result<(), Refusal> {
    match lately < MOST_AN_HOUR {
        true => Ok(()),
        false => Err(Refusal::Wait),
    }
}

/// Whether a finder belongs to the finding: it has said something in it.
fn takes_part(all: &[Message], finder: Finder) -> bool {
    all.iter().any(|one| one.finder == finder.id)
}
