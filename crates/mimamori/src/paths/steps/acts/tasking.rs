//! The task of the step that is due first.

use db::Conn;
use jiff::civil::Date;

use crate::deed::Deed;
use crate::paths::steps::rules::{Path, Refusal};
use crate::tasks::{NewTask, Words};
use crate::{people, tasks};

// A task is read by every account with tasks, of any center. Whose path it is, of which kind and at
// which step stands behind the link only, where the center of the person is let in.
const TITLE: &str = "つなぎの期限";
const STORY: &str = "つなぎの段階に期限があります。どなたの何の段階かは、下のリンクからつなぎの画面で確かめてください。済んだとき、とばすとき、延期するときは、その画面に入れてください。";

/// Ends the task of before and opens the one of the step that is due first now; nothing where that
/// is still the same step on the same day.
pub(super) async fn follow(
    conn: &mut Conn,
    deed: &Deed,
    before: Option<(usize, Date)>,
    path: &mut Path,
    words: &str,
) -> Result<(), Refusal> {
    let next = path.next_due();
    if before == next && path.task.is_some() == next.is_some() {
        return Ok(());
    }
    renew(conn, deed, path, words).await
}

/// Ends the task of before, and opens that of the step that is due first.
pub(super) async fn renew(
    conn: &mut Conn,
    deed: &Deed,
    path: &mut Path,
    words: &str,
) -> Result<(), Refusal> {
    if let Some(task) = path.task.take() {
        match tasks::finish_in(conn, deed, task, words).await {
            Ok(()) | Err(tasks::Refusal::NotFound) => {}
            Err(refusal) => return Err(refusal.into()),
        }
    }
    let Some((_, due)) = path.next_due() else {
        return Ok(());
    };
    let link = format!("/paths/{}", path.id);
    path.task = Some(open(conn, deed, path, due, (TITLE, STORY), link).await?);
    Ok(())
}

/// Opens a task with the center that looks after the person now.
pub(super) async fn open(
    conn: &mut Conn,
    deed: &Deed,
    path: &Path,
    due: Date,
    (title, story): (&str, &str),
    link: String,
) -> Result<crate::ids::TaskId, Refusal> {
    let standing = people::find_standing(conn, deed, path.person).await?;
    let standing = standing.ok_or(Refusal::NotFound)?;
    let new = NewTask {
        center: standing.center,
        person: Some(path.person),
        kind: tasks::Kind::Path,
        due,
        words: Words {
            title: title.to_owned(),
            story: story.to_owned(),
        },
        link,
    };
    Ok(tasks::open_in(conn, deed, new).await?)
}
