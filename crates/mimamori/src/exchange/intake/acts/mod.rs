//! A file is brought, looked at, taken in or given up.

mod around;
mod people;
mod renewals;
mod town;

use db::{Conn, Db};
use jiff::{Timestamp, ToSpan};
use tokio::task::spawn_blocking;

use self::around::Around;
use super::rules::{Fault, Outcome, Reader, Refusal, Table, Told, Verdict};
use super::store::{self, Brought};
use crate::audit::{self, Fields, Line, Verb};
use crate::deed::Deed;
use crate::exchange::lists::List;
use crate::ids::RowId;
use crate::people::import::{REASON, write};
use crate::scope::NoRight;

/// A file that nothing is done with is kept so long.
const KEEP_HOURS: i64 = 24;
/// A town has no more rows of one list to look through than so many.
const MOST_SHOWN: usize = 200;

/// What a row would write.
enum Fact {
    Town(town::Fact),
    People(people::Fact),
    Renewal(renewals::Fact),
}

/// A row as it is shown.
pub struct Seen {
    /// Its number in the file.
    pub row: u32,
    /// Its first cell, and whose it is where it is somebody's.
    pub title: String,
    /// What becomes of it.
    pub outcome: Outcome,
    /// What is wrong.
    pub faults: Vec<Fault>,
    /// What changes.
    pub told: Vec<Told>,
}

/// A file with what becomes of it.
pub struct Looked {
    /// Of which list.
    pub list: List,
    /// When it was brought.
    pub at: Timestamp,
    /// How many rows of each outcome.
    pub counts: [usize; 4],
    /// Rows that are refused, changed or added, as far as anybody looks through them.
    pub rows: Vec<Seen>,
}

fn need(deed: &Deed, list: List) -> Result<(), Refusal> {
    match list.comes_in_for(deed.scope.rights) {
        true => Ok(()),
        false => Err(NoRight.into()),
    }
}

/// Receives a file that can be read; writes nothing of it.
pub async fn bring(db: &Db, deed: &Deed, list: List, file: Vec<u8>) -> Result<RowId, Refusal> {
    need(deed, list)?;
    // Work of the processor, away from those who wait for the network.
    let read = move || (Table::read(list, &file).map(drop), file);
    let (read, file) = spawn_blocking(read).await.map_err(Refusal::room)?;
    read?;
    let (deed, id) = (deed.clone(), RowId(deed.new_id()));
    db.write(move |conn| {
        Box::pin(async move {
            store::forget(conn, &deed, kept_since(&deed)).await?;
            store::insert(conn, &deed, id, list, &file).await?;
            let words = format!("一覧のファイルを受け取り（{}）", list.code());
            audit::record(conn, &deed, line(words)).await?;
            Ok(id)
        })
    })
    .await
}

/// A line about the file itself, nobody's record.
fn line(words: String) -> Line {
    Line::new(Verb::Imported, None, Fields::NOTHING).saying(words)
}

fn kept_since(deed: &Deed) -> i64 {
    (deed.now - KEEP_HOURS.hours()).as_millisecond()
}

/// Judges every row against what is there now.
async fn judge(
    conn: &mut Conn,
    deed: &Deed,
    (list, table): (List, &Table),
    around: &mut Around,
) -> Result<Vec<Verdict<Fact>>, Refusal> {
    let rows = table.sheet.rows.iter();
    let readers: Vec<Reader<'_>> = rows.map(|row| Reader::of(table, row)).collect();
    match list {
        List::Organisations => town::organisations(conn, deed, readers).await,
        List::Centers => town::centers(conn, deed, readers).await,
        List::Agreements => town::agreements(conn, deed, readers).await,
        List::Tasks => people::tasks(conn, deed, around, readers).await,
        List::Tags => people::tags(conn, deed, around, readers).await,
        List::Renewals => renewals::renewals(conn, deed, around, readers).await,
        List::Supporters => people::supporters(conn, deed, around, readers).await,
        _ => Err(NoRight.into()),
    }
}

/// What would become of each row.
pub async fn look(db: &Db, deed: &Deed, id: RowId) -> Result<Looked, Refusal> {
    let mut conn = db.read().await?;
    let brought = store::find(&mut conn, deed, id).await?;
    need(deed, brought.list)?;
    let table = Table::read(brought.list, &brought.file)?;
    let mut around = Around::read(&mut conn, deed).await?;
    let verdicts = judge(&mut conn, deed, (brought.list, &table), &mut around).await?;
    drop(conn);
    let words = format!(
        "一覧の取り込みを確かめた（{}、{}行）",
        brought.list.code(),
        verdicts.len()
    );
    audit::witness(db, deed, line(words)).await?;
    let mut counts = [0; 4];
    for verdict in &verdicts {
        counts[verdict.outcome() as usize] += 1;
    }
    let both = table.sheet.rows.iter().zip(verdicts);
    let mut rows: Vec<Seen> = both
        .filter(|(_, verdict)| verdict.outcome() != Outcome::Same)
        .map(|(row, verdict)| {
            let title = [brought.list.columns()[0], "内容", "氏名"]
                .map(|heading| table.cell(row, heading))
                .into_iter()
                .filter(|cell| !cell.is_empty());
            let outcome = verdict.outcome();
            let (faults, told) = match verdict {
                Verdict::Refused(faults) => (faults, Vec::new()),
                Verdict::Change(_, told) => (Vec::new(), told),
                Verdict::Add(_) | Verdict::Same => (Vec::new(), Vec::new()),
            };
            Seen {
                row: row.number,
                title: title.collect::<Vec<_>>().join("　"),
                outcome,
                faults,
                told,
            }
        })
        .collect();
    rows.sort_by_key(|seen| (std::cmp::Reverse(seen.outcome as usize), seen.row));
    rows.truncate(MOST_SHOWN);
    Ok(Looked {
        list: brought.list,
        at: brought.at,
        counts,
        rows,
    })
}

/// Takes the file in, all of it or nothing: judged anew within the transaction that writes it. Gives
/// how many rows were added and how many changed something.
pub async fn take(db: &Db, deed: &Deed, id: RowId) -> Result<(List, usize, usize), Refusal> {
    let mut conn = db.read().await?;
    let Brought { list, file, .. } = store::find(&mut conn, deed, id).await?;
    need(deed, list)?;
    let table = Table::read(list, &file)?;
    // Whom names and birth dates mean is read before the transaction: a whole town's takes seconds.
    let mut around = Around::read(&mut conn, deed).await?;
    none_refused(&judge(&mut conn, deed, (list, &table), &mut around).await?)?;
    drop(conn);
    let deed = deed.clone();
    db.write(move |conn| {
        Box::pin(async move {
            // Two who press at once: the second finds no file.
            if !store::drop_file(conn, &deed, id).await? {
                return Err(Refusal::NotFound);
            }
            let verdicts = judge(conn, &deed, (list, &table), &mut around).await?;
            none_refused(&verdicts)?;
            let (added, changed) = write_all(conn, &deed, verdicts).await?;
            let code = list.code();
            let words = format!("一覧を取り込み（{code}、追加{added}、変更{changed}）");
            audit::record(conn, &deed, line(words)).await?;
            Ok((list, added, changed))
        })
    })
    .await
}

fn none_refused(verdicts: &[Verdict<Fact>]) -> Result<(), Refusal> {
    let refused = verdicts
        .iter()
        .filter(|verdict| verdict.outcome() == Outcome::Refused);
    match refused.count() {
        0 => Ok(()),
        refused => Err(Refusal::NotAll(refused)),
    }
}

async fn write_all(
    conn: &mut Conn,
    deed: &Deed,
    verdicts: Vec<Verdict<Fact>>,
) -> Result<(usize, usize), Refusal> {
    let (mut added, mut changed) = (0, 0);
    for verdict in verdicts {
        match verdict {
            Verdict::Add(fact) => {
                write_fact(conn, deed, fact, true).await?;
                added += 1;
            }
            Verdict::Change(fact, _) => {
                write_fact(conn, deed, fact, false).await?;
                changed += 1;
            }
            Verdict::Same | Verdict::Refused(_) => {}
        }
    }
    Ok((added, changed))
}

async fn write_fact(conn: &mut Conn, deed: &Deed, fact: Fact, is_new: bool) -> Result<(), Refusal> {
    match fact {
        Fact::Town(fact) => town::write(conn, deed, fact, is_new).await,
        Fact::People(fact) => people::write(conn, deed, fact, is_new).await,
        Fact::Renewal(fact) => renewals::write(conn, deed, fact).await,
    }
}

/// The refused rows in the layout of the file, each with its reasons; and the ending of its name.
pub async fn refused(
    db: &Db,
    deed: &Deed,
    id: RowId,
) -> Result<(List, Vec<u8>, &'static str), Refusal> {
    let mut conn = db.read().await?;
    let brought = store::find(&mut conn, deed, id).await?;
    need(deed, brought.list)?;
    let mut table = Table::read(brought.list, &brought.file)?;
    let mut around = Around::read(&mut conn, deed).await?;
    let verdicts = judge(&mut conn, deed, (brought.list, &table), &mut around).await?;
    drop_reasons(&mut table);
    let rows = table.sheet.rows.iter().zip(&verdicts);
    let rows: Vec<_> = rows
        .filter_map(|(row, verdict)| match verdict {
            Verdict::Refused(faults) => {
                let words = faults
                    .iter()
                    .map(|fault| format!("{}：{}", fault.heading, fault.words));
                Some((row, words.collect::<Vec<_>>().join(" ")))
            }
            _ => None,
        })
        .collect();
    let file = write(&table.sheet, &rows)?;
    Ok((brought.list, file, table.sheet.layout.ending()))
}

/// A file that went back once already has its reasons in the last column; the new ones take their place.
fn drop_reasons(table: &mut Table) {
    let head = &mut table.sheet.head.cells;
    if head.last().is_some_and(|cell| cell.text == REASON) {
        head.pop();
    }
}

/// Gives the file up.
pub async fn give_up(db: &Db, deed: &Deed, id: RowId) -> Result<(), Refusal> {
    let deed = deed.clone();
    db.write(move |conn| {
        Box::pin(async move {
            match store::drop_file(conn, &deed, id).await? {
                true => {
                    let words = "一覧の取り込みを中止".to_owned();
                    Ok(audit::record(conn, &deed, line(words)).await?)
                }
                false => Err(Refusal::NotFound),
            }
        })
    })
    .await
}

/// Drops files whose day is over.
pub async fn forget_old(db: &Db, deed: &Deed) -> Result<(), db::Error> {
    let before = kept_since(deed);
    if !store::holds_old(&mut db.read().await?, deed, before).await? {
        return Ok(());
    }
    let deed = deed.clone();
    db.write(move |conn| Box::pin(async move { store::forget(conn, &deed, before).await }))
        .await
}

/// Drops every file of the town, within the transaction that erases somebody: whoever brought one has it
/// still, and it may name them.
pub async fn forget_in(conn: &mut Conn, deed: &Deed) -> Result<(), db::Error> {
    store::forget(conn, deed, i64::MAX).await
}
