//! Writing what was judged.

use db::{Conn, Db};

use super::OldNumbers;
use super::begin::{apart, line, open};
use super::plan::{Plan, Planned, Step, plan, save};
use crate::audit;
use crate::deed::Deed;
use crate::ids::{PersonId, RowId};
use crate::people::acts::{Ready, make_all_ready, put_in, register_all_in};
use crate::people::import::rules::{Choice, Groups, Sheet};
use crate::people::import::rules::{Mode, Refusal, RunState};
use crate::people::import::rules::{Outcome, SheetRow, Verdict, read, write};
use crate::people::import::store::{self, FileKind};
use crate::people::rules::{Kept, Part, Person};
use crate::people::twins;
use crate::scope::Right;

/// Rows written in one transaction. Up to here a file is in wholly or not at all, even if the power
/// fails; it holds the only writer of SQLite for a fraction of a second, which a caller at the desk
/// can bear. A larger file goes in piece by piece, and goes on where it stopped.
const TOGETHER: usize = 2_500;

/// What came of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Taken {
    /// People registered or changed.
    pub written: usize,
    /// Rows that went back: refused, or probable duplicates that were left out.
    pub left_out: usize,
}

/// Writes everybody the run brings. By [`Mode::All`] one row that can't be taken, or one probable
/// duplicate of which nothing was said, stops all. Nothing is written where the verdicts shown no
/// longer hold: they are judged anew and shown again.
pub async fn take(
    db: &Db,
    deed: &Deed,
    run: RowId,
    mode: Mode,
    numbers: OldNumbers,
) -> Result<Taken, Refusal> {
    deed.scope.need(Right::Import)?;
    let mut conn = db.read().await?;
    let (found, _) = open(&mut conn, deed, run).await?;
    let shown = store::list_outcomes(&mut conn, deed, run).await?;
    drop(conn);
    let plan = plan(db, deed, run, numbers).await?;
    match found.state {
        RunState::Judged if shown != outcomes(&plan) => {
            save(db, deed, run, plan.rows).await?;
            return Err(Refusal::Moved);
        }
        RunState::Judged => allow(&plan, mode)?,
        // What was begun goes on with what is still to be done.
        RunState::Taking => {}
        _ => return Err(Refusal::NotJudged),
    }
    write_all(db, deed, run, mode, plan, numbers).await
}

fn outcomes(plan: &Plan) -> Vec<(u32, String)> {
    let rows = plan.rows.iter();
    rows.map(|row| (row.verdict.row, row.verdict.outcome.code().to_owned()))
        .collect()
}

/// Whether rows that can't be taken stop all.
fn allow(plan: &Plan, mode: Mode) -> Result<(), Refusal> {
    let count =
        |which: &dyn Fn(&Planned) -> bool| plan.rows.iter().filter(|row| which(row)).count();
    let refused = count(&|row| row.verdict.outcome == Outcome::Refused);
    let open =
        count(&|row| row.verdict.outcome == Outcome::Duplicate && row.choice == Choice::Open);
    match mode {
        Mode::All if refused + open > 0 => Err(Refusal::NotAll { refused, open }),
        _ => Ok(()),
    }
}

async fn write_all(
    db: &Db,
    deed: &Deed,
    run: RowId,
    mode: Mode,
    plan: Plan,
    numbers: OldNumbers,
) -> Result<Taken, Refusal> {
    let Plan { sheet, rows } = plan;
    let (steps, rest) = parted(rows);
    let taken = Taken {
        written: steps.len(),
        left_out: rest.len(),
    };
    set_state(db, deed, run, (RunState::Taking, mode), taken.written).await?;
    let mut steps = steps.into_iter().peekable();
    let mut begun = false;
    while steps.peek().is_some() {
        let piece: Vec<Step> = steps.by_ref().take(TOGETHER).collect();
        let written = write_piece(db, deed, run, piece, numbers).await;
        if !begun && written.is_err() {
            // Nobody was written: the run is where it was.
            set_state(db, deed, run, (RunState::Judged, Mode::All), taken.written).await?;
        }
        written?;
        begun = true;
    }
    end(db, deed, run, mode, sheet, rest, taken).await?;
    Ok(taken)
}

/// What to write, and the verdicts of the rows that go back.
fn parted(rows: Vec<Planned>) -> (Vec<Step>, Vec<Verdict>) {
    let (mut steps, mut rest) = (Vec::new(), Vec::new());
    for row in rows {
        let goes_back = matches!(row.verdict.outcome, Outcome::Refused | Outcome::Duplicate);
        match row.step {
            Some(step) => steps.push(step),
            None if goes_back && row.choice != Choice::Same => rest.push(row.verdict),
            None => {}
        }
    }
    (steps, rest)
}

async fn set_state(
    db: &Db,
    deed: &Deed,
    run: RowId,
    state: (RunState, Mode),
    to_do: usize,
) -> Result<(), Refusal> {
    let deed = deed.clone();
    db.write(move |conn| {
        Box::pin(async move { store::save_state(conn, &deed, run, state, to_do).await })
    })
    .await
}

async fn write_piece(
    db: &Db,
    deed: &Deed,
    run: RowId,
    steps: Vec<Step>,
    numbers: OldNumbers,
) -> Result<(), Refusal> {
    let (count, piece) = (steps.len(), make_piece_ready(deed, steps).await?);
    let deed = deed.clone();
    db.write(move |conn| {
        Box::pin(async move {
            register_all_in(conn, &deed, piece.new).await?;
            for (person, after) in piece.changes {
                change(conn, &deed, &person, *after).await?;
            }
            for pair in piece.apart {
                let said = "名簿の取り込みで別の方と確かめた".to_owned();
                twins::say_other_in(conn, &deed, pair, said).await?;
            }
            for (person, number) in piece.numbers {
                (numbers.bind)(conn, &deed, person, &number).await?;
            }
            store::save_progress(conn, &deed, run, count, deed.at()).await
        })
    })
    .await
}

/// Steps of one transaction, everything done that needs no database.
struct Piece {
    new: Vec<Ready>,
    changes: Vec<(Box<Person>, Box<Groups>)>,
    /// Somebody new, and somebody they were told apart from.
    apart: Vec<(PersonId, PersonId)>,
    /// Whose number of the roster becomes their tag.
    numbers: Vec<(PersonId, String)>,
}

async fn make_piece_ready(deed: &Deed, steps: Vec<Step>) -> Result<Piece, Refusal> {
    let (mut drafts, mut changes, mut numbers) = (Vec::new(), Vec::new(), Vec::new());
    let mut others = Vec::new();
    for step in steps {
        match step {
            Step::Add(draft, apart) => {
                drafts.push(*draft);
                others.push(apart);
            }
            Step::Change(person, after) => {
                let had = person.identity.value.old_number.is_some();
                let number = after.identity.old_number.clone().filter(|_| !had);
                numbers.extend(number.map(|number| (person.id, number)));
                changes.push((person, after));
            }
        }
    }
    let deed = deed.clone();
    let (new, drafts) = apart(move || (make_all_ready(&deed, &drafts), drafts)).await?;
    let new = new?;
    let apart = new.iter().zip(others).flat_map(|(new, others)| {
        let own = new.id();
        others.into_iter().map(move |other| (own, other))
    });
    let apart = apart.collect();
    let theirs = drafts.into_iter().map(|draft| draft.identity.old_number);
    let theirs = new.iter().map(Ready::id).zip(theirs);
    numbers.extend(theirs.filter_map(|(person, number)| Some((person, number?))));
    Ok(Piece {
        new,
        changes,
        apart,
        numbers,
    })
}

/// Saves each group that differs upon the version it was judged with.
async fn change(
    conn: &mut Conn,
    deed: &Deed,
    person: &Person,
    after: Groups,
) -> Result<(), Refusal> {
    put(conn, deed, person, &person.identity, after.identity).await?;
    put(conn, deed, person, &person.contacts, after.contacts).await?;
    put(conn, deed, person, &person.medical, after.medical).await?;
    put(conn, deed, person, &person.care, after.care).await?;
    put(conn, deed, person, &person.finder, after.finder).await?;
    put(conn, deed, person, &person.consent, after.consent).await
}

async fn put<P: Part>(
    conn: &mut Conn,
    deed: &Deed,
    person: &Person,
    before: &Kept<P>,
    after: P,
) -> Result<(), Refusal> {
    match before.value == after {
        true => Ok(()),
        false => Ok(put_in(conn, deed, person.id, before.version, after, None).await?),
    }
}

/// Keeps the rows that go back, drops the roster, and says in the audit what came of it.
async fn end(
    db: &Db,
    deed: &Deed,
    run: RowId,
    mode: Mode,
    sheet: Sheet,
    rest: Vec<Verdict>,
    taken: Taken,
) -> Result<(), Refusal> {
    let file = match rest.is_empty() {
        true => None,
        false => Some(apart(move || going_back(&sheet, &rest)).await??),
    };
    let deed = deed.clone();
    db.write(move |conn| {
        Box::pin(async move {
            if let Some(file) = file {
                store::put_file(conn, &deed, run, FileKind::Refused, &file).await?;
            }
            store::drop_file(conn, &deed, run, FileKind::Given).await?;
            store::finish_run(conn, &deed, run, mode).await?;
            let words = format!(
                "名簿を取り込み（書き込み{}人、戻し{}行） {run}",
                taken.written, taken.left_out
            );
            Ok(audit::record(conn, &deed, line(words)).await?)
        })
    })
    .await
}

/// The rows that would go back now, in the layout they came in, with the ending of such a file.
pub async fn list_back(
    db: &Db,
    deed: &Deed,
    run: RowId,
) -> Result<(Vec<u8>, &'static str), Refusal> {
    deed.scope.need(Right::Import)?;
    let mut conn = db.read().await?;
    if let Some(file) = store::find_file(&mut conn, deed, run, FileKind::Refused).await? {
        let ending = apart({
            let file = file.clone();
            move || read(&file)
        });
        return Ok((file, ending.await??.layout.ending()));
    }
    let (_, given) = open(&mut conn, deed, run).await?;
    let mut rest = Vec::new();
    for outcome in [Outcome::Refused, Outcome::Duplicate] {
        let rows = store::list_rows(&mut conn, deed, run, Some(outcome), (u32::MAX, 0)).await?;
        let back = rows
            .into_iter()
            .filter(|(_, choice)| matches!(choice, Choice::Open | Choice::Skip));
        rest.extend(back.map(|(verdict, _)| verdict));
    }
    rest.sort_by_key(|verdict| verdict.row);
    let written = apart(move || {
        let sheet = read(&given)?;
        Ok::<_, Refusal>((going_back(&sheet, &rest)?, sheet.layout.ending()))
    });
    written.await?
}

/// The file of the rows that go back.
fn going_back(sheet: &Sheet, rest: &[Verdict]) -> Result<Vec<u8>, Refusal> {
    let rows: Vec<(&SheetRow, String)> = rest
        .iter()
        .filter_map(|verdict| {
            let row = sheet.rows.iter().find(|row| row.number == verdict.row)?;
            Some((row, verdict.reason()))
        })
        .collect();
    Ok(write(sheet, &rows)?)
}
