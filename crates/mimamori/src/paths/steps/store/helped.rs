//! When help arrived after notices: a case said so, or a path that was begun out of it was done.

use std::collections::HashMap;

use db::{Conn, Sql, args, sql};

use super::paths::{case_token, day};
use crate::cases;
use crate::clock::midnight;
use crate::deed::Deed;
use crate::ids::NoticeId;
use crate::paths::steps::rules::Refusal;

const DONE: Sql = sql("SELECT support, MIN(ended) FROM paths
     WHERE network = $1 AND support IS NOT NULL AND state = 'done' GROUP BY support");

/// For each notice when help arrived, in milliseconds; `since`: before the first of them came. It says
/// of nobody's case that there is one, and serves figures only.
pub async fn list_helped(
    conn: &mut Conn,
    deed: &Deed,
    notices: &[NoticeId],
    since: i64,
) -> Result<Vec<Option<i64>>, Refusal> {
    let mut done = HashMap::new();
    for mut row in conn.rows(DONE, &args![deed.network()]).await? {
        let ended = day(&row.text(1)?)?;
        done.insert(row.int(0)?, midnight(ended).as_millisecond());
    }
    let mut arrived: HashMap<i64, i64> = HashMap::new();
    for led in cases::list_led(conn, deed, since).await? {
        let by_path = done.get(&case_token(deed, led.case)).copied();
        let first = [led.helped_at, by_path].into_iter().flatten().min();
        if let Some(first) = first {
            let at = arrived.entry(led.mark).or_insert(first);
            *at = first.min(*at);
        }
    }
    let of = |notice: &NoticeId| arrived.get(&cases::mark_of(deed, *notice)).copied();
    Ok(notices.iter().map(of).collect())
}
