//! Receiving a file, and what people say of it before it is taken in.

use std::collections::HashMap;

use db::{Conn, Db};

use super::forget::forget_old_in;
use crate::audit::{self, Fields, Line, Verb};
use crate::deed::Deed;
use crate::ids::RowId;
use crate::people::import::rules::{
    Choice, Field, Guess, Mapping, Sheet, Sureness, guess, key, read,
};
use crate::people::import::rules::{Mode, Refusal, RunState};
use crate::people::import::store::{self, FileKind, Run};
use crate::scope::Right;

/// Receives a file: reads it, guesses its columns, keeps it sealed. Writes nobody.
pub async fn begin(db: &Db, deed: &Deed, name: String, file: Vec<u8>) -> Result<RowId, Refusal> {
    deed.scope.need(Right::Import)?;
    let (sheet, file) = apart(move || (read(&file), file)).await?;
    let sheet = sheet?;
    let mapping = guesses(&mut db.read().await?, deed, &sheet).await?;
    let mapping: Mapping = mapping.into_iter().map(|guess| guess.field).collect();
    let (deed, run) = (deed.clone(), RowId(deed.new_id()));
    db.write(move |conn| {
        Box::pin(async move {
            forget_old_in(conn, &deed).await?;
            let rows = u64::try_from(sheet.rows.len()).unwrap_or(u64::MAX);
            store::insert_run(conn, &deed, run, rows, &mapping, &name).await?;
            store::put_file(conn, &deed, run, FileKind::Given, &file).await?;
            let words = format!("名簿を受け取り（{rows}行、{}） {run}", sheet.layout.words());
            audit::record(conn, &deed, line(words)).await?;
            Ok(run)
        })
    })
    .await
}

/// Work of the processor, away from those who wait for the network.
pub(super) async fn apart<T: Send + 'static>(
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T, Refusal> {
    tokio::task::spawn_blocking(work)
        .await
        .map_err(|_| Refusal::Interrupted)
}

/// A line about the import itself, nobody's record.
pub(super) fn line(words: String) -> Line {
    Line::new(Verb::Imported, None, Fields::NOTHING).saying(words)
}

/// The columns as guessed, or as this town chose before.
pub async fn guesses(conn: &mut Conn, deed: &Deed, sheet: &Sheet) -> Result<Vec<Guess>, Refusal> {
    let chosen = store::list_headings(conn, deed).await?;
    let mut guesses = guess(sheet);
    for (at, heading) in keys(sheet).into_iter().enumerate() {
        if let Some(code) = chosen.get(&heading) {
            let field = Field::from_code(code);
            clear(&mut guesses, field);
            guesses[at] = Guess {
                field,
                sureness: Sureness::Remembered,
            };
        }
    }
    Ok(guesses)
}

/// A field goes to one column only.
fn clear(guesses: &mut [Guess], field: Option<Field>) {
    for guess in guesses
        .iter_mut()
        .filter(|guess| field.is_some() && guess.field == field)
    {
        *guess = Guess {
            field: None,
            sureness: Sureness::Unknown,
        };
    }
}

/// The headings as they are remembered; a second one of the same words gets its place behind it.
fn keys(sheet: &Sheet) -> Vec<String> {
    let mut seen: HashMap<String, u32> = HashMap::new();
    let keys = sheet.headings().into_iter().map(|heading| {
        let word = key(heading);
        let count = seen.entry(word.clone()).or_default();
        *count += 1;
        if *count == 1 {
            word
        } else {
            format!("{word}#{count}")
        }
    });
    keys.collect()
}

/// The run of this town, while its file is there to be worked on.
pub(super) async fn open(
    conn: &mut Conn,
    deed: &Deed,
    run: RowId,
) -> Result<(Run, Vec<u8>), Refusal> {
    let found = store::find_run(conn, deed, run)
        .await?
        .ok_or(Refusal::NotFound)?;
    if matches!(found.state, RunState::Done | RunState::Dropped) {
        return Err(Refusal::Finished);
    }
    let file = store::find_file(conn, deed, run, FileKind::Given).await?;
    Ok((found, file.ok_or(Refusal::Expired)?))
}

/// Settles where each column goes, and remembers what differs from the guess.
pub async fn settle_columns(
    db: &Db,
    deed: &Deed,
    run: RowId,
    mapping: Mapping,
) -> Result<(), Refusal> {
    deed.scope.need(Right::Import)?;
    let (_, file) = open(&mut db.read().await?, deed, run).await?;
    let sheet = apart(move || read(&file)).await??;
    check(&sheet, &mapping)?;
    let deed = deed.clone();
    db.write(move |conn| {
        Box::pin(async move {
            let guessed = guess(&sheet);
            for ((heading, guessed), field) in keys(&sheet).iter().zip(guessed).zip(&mapping) {
                let chosen =
                    (guessed.field != *field).then(|| field.map(Field::code).unwrap_or_default());
                if !heading.is_empty() {
                    store::remember(conn, &deed, heading, chosen.as_deref()).await?;
                }
            }
            store::save_mapping(conn, &deed, run, &mapping).await?;
            store::clear_rows(conn, &deed, run).await?;
            store::save_state(conn, &deed, run, (RunState::Columns, Mode::All), 0).await
        })
    })
    .await
}

/// Without a name and a birth date no row could be anybody.
fn check(sheet: &Sheet, mapping: &Mapping) -> Result<(), Refusal> {
    let has = |field| mapping.contains(&Some(field));
    if mapping.len() != sheet.head.cells.len() {
        return Err(Refusal::Columns(
            "列の数が変わりました。もう一度選んでください。",
        ));
    }
    if !(has(Field::Name) || has(Field::Family) && has(Field::Given)) {
        return Err(Refusal::Columns("「氏名」の列を選んでください。"));
    }
    if !has(Field::Born) {
        return Err(Refusal::Columns("「生年月日」の列を選んでください。"));
    }
    let mut taken: Vec<Field> = mapping.iter().flatten().copied().collect();
    let all = taken.len();
    taken.sort_by_key(|field| field.code());
    taken.dedup();
    match taken.len() == all {
        true => Ok(()),
        false => Err(Refusal::Columns(
            "同じ項目が2つの列に選ばれています。どちらかを「取り込まない」にしてください。",
        )),
    }
}

/// Says what a probable duplicate is.
pub async fn choose(
    db: &Db,
    deed: &Deed,
    run: RowId,
    number: u32,
    choice: Choice,
) -> Result<(), Refusal> {
    deed.scope.need(Right::Import)?;
    let deed = deed.clone();
    db.write(move |conn| {
        Box::pin(async move {
            let found = store::find_run(conn, &deed, run)
                .await?
                .ok_or(Refusal::NotFound)?;
            if found.state != RunState::Judged {
                return Err(Refusal::Finished);
            }
            match store::choose(conn, &deed, run, number, choice).await? {
                true => Ok(()),
                false => Err(Refusal::NotFound),
            }
        })
    })
    .await
}

/// Gives a run up: its file and its rows are dropped at once.
pub async fn drop_run(db: &Db, deed: &Deed, run: RowId) -> Result<(), Refusal> {
    deed.scope.need(Right::Import)?;
    let deed = deed.clone();
    db.write(move |conn| {
        Box::pin(async move {
            let found = store::find_run(conn, &deed, run)
                .await?
                .ok_or(Refusal::NotFound)?;
            if matches!(found.state, RunState::Taking | RunState::Done) {
                return Err(Refusal::Finished);
            }
            store::drop_file(conn, &deed, run, FileKind::Given).await?;
            store::clear_rows(conn, &deed, run).await?;
            store::save_state(conn, &deed, run, (RunState::Dropped, Mode::All), 0).await?;
            Ok(audit::record(conn, &deed, line(format!("名簿の取り込みを中止 {run}"))).await?)
        })
    })
    .await
}
