//! What other rooms hold of a person, and how it passes from one record to another.

use db::{Conn, Db, Sql, Work, args};
use words::date::PartialDate;

use crate::deed::Deed;
use crate::ids::{PersonId, RowId};
use crate::people::Refusal as PersonRefusal;
use crate::people::twins::rules::Refusal;
use crate::people::twins::store;
use crate::tasks;

/// Rows that pass from one record to another.
#[derive(Clone, Copy)]
pub struct Handing<'a> {
    /// Whose they are.
    pub from: PersonId,
    /// Whose they become.
    pub to: PersonId,
    /// These of them; all where nothing is said.
    pub rows: Option<&'a [i64]>,
}

/// Passes rows of a person on, or those of them that are asked for; gives those that it passed. The
/// statement takes the town, the row, whose it becomes and whose it was.
pub async fn pass_rows(
    conn: &mut Conn,
    deed: &Deed,
    statement: Sql,
    handing: Handing<'_>,
    theirs: Vec<i64>,
) -> Result<Vec<i64>, PersonRefusal> {
    let mut passed = Vec::new();
    for row in theirs {
        if handing.rows.is_none_or(|rows| rows.contains(&row)) {
            let args = args![deed.network(), row, handing.to, handing.from];
            conn.exec_one(statement, &args).await?;
            passed.push(row);
        }
    }
    Ok(passed)
}

/// A row as somebody reads it who has to say whose it is.
pub struct Held {
    /// The row.
    pub row: i64,
    /// 「タグ ･･･ 0926（2026年11月20日に交付）」
    pub words: String,
}

/// See [`Belonging::hand_over`].
pub type HandOver =
    for<'a> fn(&'a mut Conn, &'a Deed, Handing<'a>) -> Work<'a, Vec<i64>, PersonRefusal>;

/// See [`Belonging::since`].
pub type ListSince =
    for<'a> fn(&'a mut Conn, &'a Deed, PersonId, Since) -> Work<'a, Vec<Held>, PersonRefusal>;

/// A table of another room in which rows belong to a person. Rooms above this one hand in theirs;
/// a test holds the list against the schema, so that none is forgotten.
#[derive(Clone, Copy)]
pub struct Belonging {
    /// The table.
    pub table: &'static str,
    /// Passes rows on; gives those that it passed.
    pub hand_over: HandOver,
    /// What came to somebody since.
    pub since: ListSince,
}

/// A merge, as a moment: what has a later id or a later time came after it.
#[derive(Debug, Clone, Copy)]
pub struct Since {
    /// Ids grow with time.
    pub id: RowId,
    /// Milliseconds since 1970.
    pub at: i64,
}

/// Tasks about a person; their room stands below this one.
pub const TASKS: Belonging = Belonging {
    table: "tasks",
    hand_over: |conn, deed, handing| {
        Box::pin(async move {
            let Handing { from, to, rows } = handing;
            Ok(tasks::hand_over(conn, deed, from, to, rows).await?)
        })
    },
    since: |conn, deed, person, since| {
        Box::pin(async move {
            let tasks = tasks::list_for_person(conn, deed, person).await;
            let tasks = tasks.map_err(below)?.into_iter();
            let later = tasks.filter(|task| task.id.0 > since.id.0);
            let held = later.map(|task| Held {
                row: task.id.0,
                words: format!(
                    "やること「{}」（{}まで）",
                    task.words.title,
                    PartialDate::from(task.due).both()
                ),
            });
            Ok(held.collect())
        })
    },
};

fn below(refusal: tasks::Refusal) -> PersonRefusal {
    match refusal {
        tasks::Refusal::Db(error) => error.into(),
        tasks::Refusal::Seal(error) => error.into(),
        _ => PersonRefusal::NotFound,
    }
}

/// A deed that began before a merge ends within minutes; two days of them are looked at, so that a
/// night may be missed.
const STRAYS_MS: i64 = 48 * 3_600_000;

/// Passes on what came to a record that was merged while it was being merged: an inquiry that was
/// opened in the same moment, a task of a deed that began before. Noted with the merge, so that it
/// goes back with the rest.
pub async fn gather_strays(
    db: &Db,
    deed: &Deed,
    belongings: &'static [Belonging],
) -> Result<u64, Refusal> {
    let (mut after, mut gathered) = (RowId(0), 0);
    loop {
        let mut conn = db.read().await?;
        let since = deed.at() - STRAYS_MS;
        let merges = store::merges::list_newer(&mut conn, deed, after, since).await?;
        drop(conn);
        let Some((last, _, _)) = merges.last() else {
            return Ok(gathered);
        };
        after = *last;
        let deed = deed.clone();
        gathered += db
            .write(move |conn| {
                Box::pin(async move {
                    let mut moved = 0;
                    for (id, kept, gone) in merges {
                        let pair = (kept, gone);
                        moved += pass_on(conn, &deed, id, pair, belongings).await?;
                    }
                    Ok::<u64, Refusal>(moved)
                })
            })
            .await?;
    }
}

/// Passes everything that other rooms hold of the record that goes, and notes it.
pub(super) async fn pass_on(
    conn: &mut Conn,
    deed: &Deed,
    id: RowId,
    (kept, gone): (PersonId, PersonId),
    belongings: &[Belonging],
) -> Result<u64, Refusal> {
    let mut all = 0;
    for belonging in belongings {
        let handing = Handing {
            from: gone,
            to: kept,
            rows: None,
        };
        let moved = (belonging.hand_over)(conn, deed, handing).await?;
        store::merges::add_moves(conn, deed, id, belonging.table, &moved).await?;
        all += moved.len() as u64;
    }
    Ok(all)
}
