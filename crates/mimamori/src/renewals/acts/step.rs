//! Saving a renewal with everything that hangs on it.

use db::Conn;

use crate::audit::{self, Fields, Line, Verb};
use crate::deed::Deed;
use crate::renewals::rules::{Act, Refusal, Renewal, tallies};
use crate::renewals::store;

/// Saves, moves the sums, keeps the step of the history and the audit line.
pub async fn keep(
    conn: &mut Conn,
    deed: &Deed,
    before: &Renewal,
    after: &Renewal,
    (act, way): (Act, &str),
    words: &str,
) -> Result<(), Refusal> {
    store::save(conn, deed, after).await?;
    let moved = tallies(&before.counted, &after.counted);
    store::add_tallies(conn, deed, after.month, &moved).await?;
    let whose = (after.person, after.month.year);
    store::insert_act(conn, deed, whose, (act, way), words).await?;
    let told = format!("{}の更新：{}", after.month.words(), act.word());
    let line = Line::new(Verb::Renewal, Some(after.person), Fields::NOTHING).saying(told);
    Ok(audit::record(conn, deed, line).await?)
}
