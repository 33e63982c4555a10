//! The walk over a whole town in the program's own sealed database.

use std::collections::HashMap;
use std::io::Write;
use std::time::Instant;

use jiff::civil::date;
use mimamori::ids::PersonId;
use mimamori::people::twins::{PairState, pairs, walk_some};
use mimamori::people::{Draft, Ready, Refusal, make_all_ready, register_all_in};

use super::score::kept;
use super::town::Town;
use crate::search::house::found;

/// People registered in one transaction, and met in one step.
const BATCH: usize = 2_000;
const STEP: u32 = 100;

/// Registers every record, walks over all of them, and looks for the true pairs.
pub fn run(town: &Town, out: &mut impl Write) -> anyhow::Result<()> {
    let runtime = tokio::runtime::Runtime::new()?;
    runtime.block_on(walk(town, out))
}

async fn walk(town: &Town, out: &mut impl Write) -> anyhow::Result<()> {
    let folder = std::env::temp_dir().join(format!("mimamori-walk-{}", std::process::id()));
    std::fs::create_dir_all(&folder)?;
    let (db, deed) = found(&folder).await?;
    let mut ids: Vec<PersonId> = Vec::with_capacity(town.records.len());
    for part in town.records.chunks(BATCH) {
        let drafts: anyhow::Result<Vec<Draft>> = part
            .iter()
            .map(|record| {
                let (identity, contacts) = kept(record)?;
                let draft = Draft::new(identity, date(2026, 4, 1));
                Ok(Draft { contacts, ..draft })
            })
            .collect();
        let new = make_all_ready(&deed, &drafts?)?;
        ids.extend(new.iter().map(Ready::id));
        let deed = deed.clone();
        db.write(move |conn| {
            Box::pin(async move {
                register_all_in(conn, &deed, new).await?;
                Ok::<(), Refusal>(())
            })
        })
        .await?;
    }
    // The walk meets what is an hour old.
    let mut later = deed.clone();
    later.now += jiff::SignedDuration::from_hours(2);
    let (began, mut people, mut compared, mut asked) = (Instant::now(), 0, 0, 0);
    loop {
        let walked = walk_some(&db, &later, STEP).await?;
        if walked.people == 0 {
            break;
        }
        people += walked.people;
        compared += walked.compared;
        asked += walked.found;
    }
    let took = began.elapsed().as_secs_f64();
    writeln!(
        out,
        "walk: {people} records in {took:.1} s ({:.0} a second), each with {:.1} others on \
         average, {asked} pairs to look at",
        people as f64 / took,
        compared as f64 / people as f64,
    )?;
    let (mut twice, mut met) = (HashMap::new(), (0, 0));
    let mut conn = db.read().await?;
    for (record, id) in town.records.iter().zip(&ids) {
        let Some(first) = twice.insert(record.person, *id) else {
            continue;
        };
        let pair = pairs::find(&mut conn, &later, first, *id).await?;
        met.0 += usize::from(pair.is_some_and(|pair| pair.state == PairState::Open));
        met.1 += 1;
    }
    writeln!(
        out,
        "true pairs in the list: {} of {} ({:.1} %)",
        met.0,
        met.1,
        100.0 * met.0 as f64 / met.1.max(1) as f64
    )?;
    Ok(std::fs::remove_dir_all(&folder)?)
}
