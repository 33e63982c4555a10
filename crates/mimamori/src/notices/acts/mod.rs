//! What is done with notices.

mod agreements;
mod climbing;
mod ending;
mod mailing;
mod outcome;
mod quarters;
mod settings;
mod telling;
mod triage;
mod twins;
mod tying;

pub use agreements::{
    add_agreement, bring_agreement_in, change_agreement, close_link, end_agreement, make_link,
    renew_agreement,
};
pub use climbing::keep_up;
pub use ending::{end, end_in, erase, reopen};
pub use mailing::send_due;
pub use outcome::{prepared_words, tell_outcome, told_by_phone};
pub use quarters::keep_quarters;
pub use settings::{change_settings, change_sign};
pub use telling::{Received, tell, tell_in};
pub use triage::{accept, look, move_to, place};
pub use twins::BELONGING;
pub use tying::{tie, untie};

use db::{Conn, Db, Work};

use super::rules::{Notice, Refusal, StepKind};
use super::store;
use crate::audit::{self, Fields, Line, Verb};
use crate::deed::Deed;
use crate::ids::NoticeId;
use crate::scope::Right;

/// A notice in words: when and how it came, its signs, what was said.
pub async fn in_words(conn: &mut Conn, deed: &Deed, notice: &Notice) -> Result<String, Refusal> {
    Ok(notice.in_words(&store::list_signs(conn, deed).await?))
}

/// Loads, does the step, saves, keeps what the step says and the line: one transaction.
async fn change(
    db: &Db,
    deed: &Deed,
    id: NoticeId,
    kind: StepKind,
    step: impl for<'a> FnOnce(&'a mut Conn, &'a Deed, &'a mut Notice) -> Work<'a, String, Refusal>
    + Send
    + 'static,
) -> Result<(), Refusal> {
    deed.scope.need(Right::Triage)?;
    let deed = deed.clone();
    db.write(move |conn| {
        Box::pin(async move {
            let mut notice = store::find(conn, &deed, id).await?;
            let words = step(conn, &deed, &mut notice).await?;
            keep(conn, &deed, &notice, kind, &words).await
        })
    })
    .await
}

/// Saves with the step and the audit line.
async fn keep(
    conn: &mut Conn,
    deed: &Deed,
    notice: &Notice,
    kind: StepKind,
    words: &str,
) -> Result<(), Refusal> {
    store::save(conn, deed, notice).await?;
    store::insert_step(conn, deed, notice.id, kind, words).await?;
    line(conn, deed, notice, kind.word()).await
}

/// The audit line of what was done; without the words, which may name people. No person's line: that
/// somebody told must not reach whoever reads the person's list of sights with them or in their
/// stead, a violent relative perhaps.
fn of_notice(id: NoticeId, said: &str) -> Line {
    let line = Line::new(Verb::Noticed, None, Fields::NOTHING);
    line.saying(format!("気づき（{id}）：{said}"))
}

async fn line(conn: &mut Conn, deed: &Deed, notice: &Notice, said: &str) -> Result<(), Refusal> {
    Ok(audit::record(conn, deed, of_notice(notice.id, said)).await?)
}
