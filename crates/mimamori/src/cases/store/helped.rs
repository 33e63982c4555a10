//! When help arrived, and of which notice that is told: figures, no names.

use db::{Conn, Error, Sql, args, sql};

use super::cases::origin_token;
use crate::cases::rules::{Origin, Refusal};
use crate::deed::Deed;
use crate::ids::{CaseId, NoticeId};

// The first time counts. Nothing else of the case changes: its version stays.
const HELPED: Sql = sql("UPDATE cases SET helped_at = $3
     WHERE network = $1 AND id = $2 AND helped_at IS NULL");

const SINCE: Sql = sql("SELECT origin, id, helped_at FROM cases
     WHERE network = $1 AND origin IS NOT NULL AND opened_at >= $2");

/// Writes down that help has arrived, if nobody has yet.
pub async fn set_helped(conn: &mut Conn, deed: &Deed, id: CaseId) -> Result<(), Error> {
    let args = args![deed.network(), id, deed.at()];
    conn.exec(HELPED, &args).await.map(drop)
}

/// A case that came of a notice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Led {
    /// What [`mark_of`] gives for its notice.
    pub mark: i64,
    /// Which.
    pub case: CaseId,
    /// When help had arrived, in milliseconds.
    pub helped_at: Option<i64>,
}

/// By what the cases of a notice are told among those of [`list_led`].
pub fn mark_of(deed: &Deed, notice: NoticeId) -> i64 {
    origin_token(deed, Origin::notice(notice))
}

/// The town's cases that came of something since an instant, whoever may see them: for figures only.
pub async fn list_led(conn: &mut Conn, deed: &Deed, since: i64) -> Result<Vec<Led>, Refusal> {
    let mut led = Vec::new();
    for row in conn.rows(SINCE, &args![deed.network(), since]).await? {
        led.push(Led {
            mark: row.int(0)?,
            case: CaseId(row.int(1)?),
            helped_at: row.maybe_int(2)?,
        });
    }
    Ok(led)
}
