//! What past imports hold of somebody goes before their record is erased, and what is old by itself.

use db::{Conn, Db};
use jiff::ToSpan;

use crate::deed::Deed;
use crate::ids::{PersonId, RowId};
use crate::people::import::rules::{Choice, Marks, Outcome, Refusal, read};
use crate::people::import::store::{self, FileKind};
use crate::people::store as records;

/// A roster that nothing is done with is kept so long.
const KEEP_GIVEN_HOURS: i64 = 24;
/// What became of each row is kept so long.
const KEEP_ROWS_HOURS: i64 = 30 * 24;

/// Rows opened at a time.
const PAGE: u32 = 500;

/// Forgets every row of past imports that names this person or a record that was merged into
/// theirs, and the refused rows' file where one of them stands in it. Everybody else's stay. It is
/// done before the erasure, since afterwards nothing says whom to look for, and apart from it: to
/// open some ten thousand rows takes longer than the desk may wait for a write. What was touched
/// meanwhile goes with [`store::forget_since`].
pub async fn forget(db: &Db, deed: &Deed, person: PersonId) -> Result<(), Refusal> {
    let marks = marks(db, deed, person).await?;
    let runs = store::list_runs(&mut db.read().await?, deed, u32::MAX).await?;
    for run in runs {
        let mut found = named_rows(db, deed, run.id, &marks).await?;
        let in_file = in_file(db, deed, run.id, &marks, &found.back).await?;
        let file = found.went_back || in_file.is_some();
        found.rows.extend(in_file.unwrap_or_default());
        let rows = found.rows;
        let name = marks.in_text(&run.name);
        if rows.is_empty() && !file && !name {
            continue;
        }
        let deed = deed.clone();
        db.write(move |conn| {
            Box::pin(async move {
                store::forget_rows(conn, &deed, run.id, &rows).await?;
                if file {
                    store::drop_file(conn, &deed, run.id, FileKind::Refused).await?;
                }
                if name {
                    store::forget_name(conn, &deed, run.id).await?;
                }
                Ok::<_, Refusal>(())
            })
        })
        .await?;
    }
    Ok(())
}

async fn marks(db: &Db, deed: &Deed, person: PersonId) -> Result<Marks, Refusal> {
    let mut conn = db.read().await?;
    let mut marks = Marks::default();
    let mut all = records::list_merged_into(&mut conn, deed, person).await?;
    all.push(person);
    for record in all {
        if let Some(found) = records::find(&mut conn, deed, record).await? {
            marks.learn(record, &found.identity.value);
        }
    }
    Ok(marks)
}

/// What a run holds of somebody.
#[derive(Default)]
struct Found {
    /// The rows that name them.
    rows: Vec<u32>,
    /// Whether one of them went back in the refused rows.
    went_back: bool,
    /// All rows that went back, in the order of the file.
    back: Vec<u32>,
}

async fn named_rows(db: &Db, deed: &Deed, run: RowId, marks: &Marks) -> Result<Found, Refusal> {
    let (mut found, mut skip) = (Found::default(), 0);
    loop {
        let mut conn = db.read().await?;
        let rows = store::list_rows(&mut conn, deed, run, None, (PAGE, skip)).await?;
        drop(conn);
        if rows.is_empty() {
            return Ok(found);
        }
        skip += PAGE;
        for (verdict, choice) in rows {
            let back = matches!(verdict.outcome, Outcome::Refused | Outcome::Duplicate)
                && matches!(choice, Choice::Open | Choice::Skip);
            found.back.extend(back.then_some(verdict.row));
            if marks.in_row(&verdict) {
                found.went_back |= back;
                found.rows.push(verdict.row);
            }
        }
    }
}

/// The rows that the file of refused rows shows to be theirs: it holds whole lines, of a row only
/// what was looked at is kept. `None` where it names nobody of theirs.
async fn in_file(
    db: &Db,
    deed: &Deed,
    run: RowId,
    marks: &Marks,
    back: &[u32],
) -> Result<Option<Vec<u32>>, Refusal> {
    let mut conn = db.read().await?;
    let file = store::find_file(&mut conn, deed, run, FileKind::Refused).await?;
    drop(conn);
    let Some(file) = file else { return Ok(None) };
    Ok(match read(&file) {
        Ok(sheet) => {
            let named = marks.in_sheet(&sheet);
            let rows = match sheet.rows.len() == back.len() {
                true => named
                    .iter()
                    .filter_map(|at| back.get(*at))
                    .copied()
                    .collect(),
                // Which line is which row can't be told: rather all that went back than one of theirs.
                false => back.to_vec(),
            };
            (!named.is_empty()).then_some(rows)
        }
        // What can't be read by us might still be read by somebody.
        Err(_) => Some(Vec::new()),
    })
}

/// Drops rosters that nobody has gone on with, and what is kept to look back at, when their time is
/// over: also where nobody brings in another.
pub async fn forget_old(db: &Db, deed: &Deed) -> Result<(), Refusal> {
    let (given, rest) = kept_since(deed);
    if !store::holds_old(&mut db.read().await?, deed, given, rest).await? {
        return Ok(());
    }
    let deed = deed.clone();
    db.write(move |conn| Box::pin(async move { forget_old_in(conn, &deed).await }))
        .await
}

/// The same within a transaction.
pub(super) async fn forget_old_in(conn: &mut Conn, deed: &Deed) -> Result<(), Refusal> {
    let (given, rest) = kept_since(deed);
    store::forget(conn, deed, given, rest).await
}

fn kept_since(deed: &Deed) -> (i64, i64) {
    let before = |hours: i64| (deed.now - hours.hours()).as_millisecond();
    (before(KEEP_GIVEN_HOURS), before(KEEP_ROWS_HOURS))
}
