//! Sealing tasks anew, after the town's key was changed.

use db::{Conn, Sql, args, sql};

use super::{act_place, words_place};
use crate::deed::{Deed, Moved, Unmoved};
use crate::ids::{RowId, TaskId};

const AFTER: Sql =
    sql("SELECT id, words FROM tasks WHERE network = $1 AND id > $2 ORDER BY id LIMIT 50");

const RESEAL: Sql = sql("UPDATE tasks SET words = $3 WHERE network = $1 AND id = $2");

const ACTS: Sql =
    sql("SELECT id, words FROM task_acts WHERE network = $1 AND task = $2 ORDER BY id");

const RESEAL_ACT: Sql =
    sql("UPDATE task_acts SET words = $4 WHERE network = $1 AND task = $2 AND id = $3");

/// Seals the words of the next tasks and of what was done with them under the current key.
pub async fn reseal_some(conn: &mut Conn, deed: &Deed, after: i64) -> Result<Moved, Unmoved> {
    let mut moved = Moved::default();
    for mut row in conn.rows(AFTER, &args![deed.network(), after]).await? {
        let id = TaskId(row.int(0)?);
        moved.next = Some(id.0);
        if let Some(fresh) = deed.resealed(&words_place(id), &row.blob(1)?)? {
            moved.rows += conn.exec(RESEAL, &args![deed.network(), id, fresh]).await?;
        }
        moved.rows += acts(conn, deed, id).await?;
    }
    Ok(moved)
}

async fn acts(conn: &mut Conn, deed: &Deed, task: TaskId) -> Result<u64, Unmoved> {
    let mut moved = 0;
    for mut row in conn.rows(ACTS, &args![deed.network(), task]).await? {
        let id = RowId(row.int(0)?);
        if let Some(fresh) = deed.resealed(&act_place(id), &row.blob(1)?)? {
            let args = args![deed.network(), task, id, fresh];
            moved += conn.exec(RESEAL_ACT, &args).await?;
        }
    }
    Ok(moved)
}
