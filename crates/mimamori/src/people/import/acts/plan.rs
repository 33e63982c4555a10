//! What would be done with each row, worked out anew from the file and from who is registered now.

use std::collections::HashMap;

use db::{Conn, Db};
use jiff::civil::Date;

use super::OldNumbers;
use super::begin::{apart, open};
use crate::clock::in_japan;
use crate::deed::Deed;
use crate::ids::{PersonId, RowId};
use crate::people::import::rules::{
    Brief, Choice, Entry, Groups, Named, Names, Outcome, Placed, Prior, Sheet, Verdict, Who, draft,
    erased_like, merged, number_is_anothers, place_all, read, whole_row,
};
use crate::people::import::rules::{Mode, Refusal, RunState};
use crate::people::import::store;
use crate::people::rules::{Draft, Person};
use crate::people::store as people;
use crate::scope::Right;

/// People read at once while everybody is walked through.
const AT_ONCE: u32 = 2_000;

/// What to write for a row.
pub(super) enum Step {
    /// Somebody new, and whoever registered they were told apart from.
    Add(Box<Draft>, Vec<PersonId>),
    /// Somebody registered, from what to what.
    Change(Box<Person>, Box<Groups>),
}

/// A row with its verdict, and what to write for it.
pub(super) struct Planned {
    pub verdict: Verdict,
    pub choice: Choice,
    pub step: Option<Step>,
}

/// Everything about a run, worked out.
pub(super) struct Plan {
    pub sheet: Sheet,
    pub rows: Vec<Planned>,
}

/// Judges every row of a run and keeps the verdicts. Writes nobody.
pub async fn judge(db: &Db, deed: &Deed, run: RowId, numbers: OldNumbers) -> Result<(), Refusal> {
    deed.scope.need(Right::Import)?;
    let plan = plan(db, deed, run, numbers).await?;
    save(db, deed, run, plan.rows).await
}

/// Keeps the verdicts of a plan.
pub(super) async fn save(
    db: &Db,
    deed: &Deed,
    run: RowId,
    rows: Vec<Planned>,
) -> Result<(), Refusal> {
    let deed = deed.clone();
    db.write(move |conn| {
        Box::pin(async move {
            let to_do = rows.iter().filter(|row| row.step.is_some()).count();
            let rows: Vec<_> = rows
                .into_iter()
                .map(|row| (row.verdict, row.choice))
                .collect();
            store::clear_rows(conn, &deed, run).await?;
            store::insert_rows(conn, &deed, run, &rows).await?;
            store::save_state(conn, &deed, run, (RunState::Judged, Mode::All), to_do).await
        })
    })
    .await
}

/// Works out what would be done now.
pub(super) async fn plan(
    db: &Db,
    deed: &Deed,
    run: RowId,
    numbers: OldNumbers,
) -> Result<Plan, Refusal> {
    let mut conn = db.read().await?;
    let (found, file) = open(&mut conn, deed, run).await?;
    let choices = store::list_choices(&mut conn, deed, run).await?;
    let (prior, names) = everybody(&mut conn, deed).await?;
    let today = in_japan(deed.now).date();
    let judged = apart(move || {
        let sheet = read(&file)?;
        let placed = place_all(&sheet, &found.mapping, prior, names, today);
        Ok::<_, Refusal>((sheet, placed))
    });
    let (sheet, placed) = judged.await??;
    let rows = finish(&mut conn, deed, placed, &choices, numbers).await?;
    Ok(Plan { sheet, rows })
}

/// Everybody registered, to compare with, and how their names are split.
async fn everybody(conn: &mut Conn, deed: &Deed) -> Result<(Prior, Names), Refusal> {
    let (mut prior, mut names) = (Prior::default(), Names::default());
    let mut after = PersonId(0);
    loop {
        let people = people::list_compared(conn, deed, after, AT_ONCE).await?;
        let Some(last) = people.last() else {
            return Ok((prior, names));
        };
        after = last.id;
        for one in &people {
            prior.add(Brief::of_person(one.is, &one.identity, &one.contacts));
            names.learn_identity(&one.identity);
        }
    }
}

async fn finish(
    conn: &mut Conn,
    deed: &Deed,
    placed: Vec<Placed>,
    choices: &HashMap<u32, Choice>,
    numbers: OldNumbers,
) -> Result<Vec<Planned>, Refusal> {
    let mut rows = Vec::with_capacity(placed.len());
    let erased = erased(conn, deed, &placed, numbers).await?;
    for (mut row, erased) in placed.into_iter().zip(erased) {
        let adds = matches!(row.verdict.outcome, Outcome::Add | Outcome::Duplicate);
        if let Some(on) = erased.filter(|_| adds) {
            row.verdict.outcome = Outcome::Duplicate;
            row.verdict.likes.push(erased_like(on));
        }
        let open = || {
            choices
                .get(&row.verdict.row)
                .copied()
                .unwrap_or(Choice::Open)
        };
        let choice = if row.verdict.outcome == Outcome::Duplicate {
            open()
        } else {
            Choice::Open
        };
        let step = match row.entry.take() {
            Some(entry) => step(conn, deed, &mut row, &entry, choice, numbers).await?,
            None => None,
        };
        rows.push(Planned {
            verdict: row.verdict,
            choice,
            step,
        });
    }
    Ok(rows)
}

/// For each row, the day on which somebody of its name and birth date was erased.
async fn erased(
    conn: &mut Conn,
    deed: &Deed,
    placed: &[Placed],
    numbers: OldNumbers,
) -> Result<Vec<Option<Date>>, Refusal> {
    let traces = placed.iter().map(|row| match &row.entry {
        Some(entry) => Brief::of_entry(row.verdict.row, entry, None).traces(),
        None => Vec::new(),
    });
    let traces: Vec<Vec<String>> = traces.collect();
    Ok((numbers.erased)(conn, deed, &traces).await?)
}

/// What to write for a row that can be read, its verdict completed.
async fn step(
    conn: &mut Conn,
    deed: &Deed,
    row: &mut Placed,
    entry: &Entry,
    choice: Choice,
    numbers: OldNumbers,
) -> Result<Option<Step>, Refusal> {
    let named = row.named.take();
    match (row.verdict.outcome, choice) {
        (Outcome::Add, _) | (Outcome::Duplicate, Choice::Add) => {
            add(conn, deed, &mut row.verdict, entry, named, numbers).await
        }
        (Outcome::Change, _) => change(conn, deed, &mut row.verdict, entry, named).await,
        (Outcome::Duplicate, Choice::Same) => match first_person(&row.verdict) {
            // Who it is was said; how they are called and numbered stays as it is registered.
            Some(person) => {
                row.verdict.person = Some(person);
                let step = change(conn, deed, &mut row.verdict, entry, None).await?;
                if row.verdict.outcome == Outcome::Same {
                    row.verdict.outcome = Outcome::Duplicate;
                }
                Ok(step)
            }
            None => Ok(None),
        },
        _ => Ok(None),
    }
}

fn first_person(verdict: &Verdict) -> Option<PersonId> {
    verdict.likes.iter().find_map(|like| match like.who {
        Who::Person(person) => Some(person),
        Who::Row(_) | Who::Erased(_) => None,
    })
}

async fn add(
    conn: &mut Conn,
    deed: &Deed,
    verdict: &mut Verdict,
    entry: &Entry,
    named: Option<Named>,
    numbers: OldNumbers,
) -> Result<Option<Step>, Refusal> {
    let Some(named) = named else {
        return Ok(refused(
            verdict,
            "姓と名の区切りがわかりません。名簿のほうで、あいだに空白を入れてください。".to_owned(),
        ));
    };
    if let Some(number) = &entry.old_number
        && (numbers.owner)(conn, deed, number).await?.is_some()
    {
        verdict.outcome = Outcome::Refused;
        verdict.faults.push(number_is_anothers(number));
        return Ok(None);
    }
    let draft = draft(entry, named, in_japan(deed.now).date());
    let apart = verdict.likes.iter().filter_map(|like| match like.who {
        Who::Person(person) => Some(person),
        Who::Row(_) | Who::Erased(_) => None,
    });
    Ok(Some(Step::Add(Box::new(draft), apart.collect())))
}

fn refused(verdict: &mut Verdict, words: String) -> Option<Step> {
    verdict.outcome = Outcome::Refused;
    verdict.faults.push(whole_row(words));
    None
}

async fn change(
    conn: &mut Conn,
    deed: &Deed,
    verdict: &mut Verdict,
    entry: &Entry,
    named: Option<Named>,
) -> Result<Option<Step>, Refusal> {
    let id = verdict.person.ok_or(Refusal::NotFound)?;
    let person = people::find(conn, deed, id)
        .await?
        .ok_or(Refusal::NotFound)?;
    let before = Groups::of(&person);
    let after = merged(entry, named, &before);
    if let Some(words) = after.too_many() {
        return Ok(refused(verdict, words));
    }
    verdict.told = before.differences(&after);
    if before == after {
        verdict.outcome = Outcome::Same;
        return Ok(None);
    }
    Ok(Some(Step::Change(Box::new(person), Box::new(after))))
}
