//! The task of the step that is due first.

use db::Conn;
use jiff::civil::Date;

use crate::deed::Deed;
use crate::paths::steps::rules::{Path, Refusal};
use crate::tasks::{NewTask, Words};
use crate::{people, tasks};

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
    let Some((at, due)) = path.next_due() else {
        return Ok(());
    };
    let step = &path.steps[at].plan;
    let title = format!("「{}」の期限（{}）", step.word, path.word);
    let story = format!(
        "{}の「{}」を、{}までに進めます。担当：{}。済んだとき、とばすとき、延期するときは、つなぎの画面に入れてください。",
        path.word,
        step.word,
        due.strftime("%Y年%-m月%-d日"),
        step.who.word(),
    );
    let link = format!("/paths/{}", path.id);
    path.task = Some(open(conn, deed, path, due, (title, story), link).await?);
    Ok(())
}

/// Opens a task with the center that looks after the person now.
pub(super) async fn open(
    conn: &mut Conn,
    deed: &Deed,
    path: &Path,
    due: Date,
    (title, story): (String, String),
    link: String,
) -> Result<crate::ids::TaskId, Refusal> {
    let view = people::find_for_desk(conn, deed, path.person).await?;
    let view = view.ok_or(Refusal::NotFound)?;
    let new = NewTask {
        center: view.standing.center,
        person: Some(path.person),
        kind: tasks::Kind::Path,
        due,
        words: Words {
            title: format!("{} さん：{title}", view.identity.value.name),
            story,
        },
        link,
    };
    Ok(tasks::open_in(conn, deed, new).await?)
}
