//! The people of the demo: the bundled roster, brought in as a town would bring in its own, and
//! key holders for the first of them.

use std::fs;
use std::path::Path;

use super::stage::unexpected;
use super::town::Places;
use super::{Failure, say};
use crate::app::App;
use crate::cli::backup::broken;
use crate::deed::Deed;
use crate::ids::PersonId;
use crate::people::import::{self, Mode};
use crate::people::list_ids_after;
use crate::tags::{self, Mix, Order};

const ROSTER: &[u8] = include_bytes!("../../../demo/roster.csv");

/// Numbers made, and how many of them are in somebody's hands.
const NUMBERS: i64 = 100;
const BOUND: u32 = 40;

/// Brings everybody in, and keeps a number to try.
pub(super) async fn bring_in(app: &App, places: &Places, folder: &Path) -> Result<(), Failure> {
    let deed = app.program_deed(places.network, "demo").await?;
    say::note("架空の2,000人の名簿を取り込んでいます…");
    let (db, numbers) = (&app.db, crate::erasure::ROSTERS);
    let name = "roster.csv".to_owned();
    let run = import::begin(db, &deed, name, ROSTER.to_vec())
        .await
        .map_err(unexpected)?;
    import::judge(db, &deed, run, numbers)
        .await
        .map_err(unexpected)?;
    import::take(db, &deed, run, Mode::Good, numbers)
        .await
        .map_err(unexpected)?;
    let number = hand_out(app, &deed).await?;
    let path = folder.join("number.txt");
    fs::write(&path, number).map_err(|error| broken(&path, &error))
}

/// Makes numbers and binds some; one of them.
async fn hand_out(app: &App, deed: &Deed) -> Result<String, Failure> {
    let order = Order {
        count: NUMBERS,
        mix: Mix::KEY_HOLDER,
        note: String::new(),
    };
    let batch = tags::order_batch(&app.db, deed, order)
        .await
        .map_err(unexpected)?;
    tags::fill_batch(&app.db, &app.vault, deed, batch)
        .await
        .map_err(unexpected)?;
    let mut conn = app.db.read().await?;
    let first = list_ids_after(&mut conn, deed, PersonId(0), BOUND)
        .await
        .map_err(unexpected)?;
    for person in &first {
        tags::bind_next(&app.db, deed, *person)
            .await
            .map_err(unexpected)?;
    }
    let person = *first
        .first()
        .ok_or_else(|| Failure::refused("demo: nobody"))?;
    let theirs = tags::list_for_person(&mut conn, deed, person)
        .await
        .map_err(unexpected)?;
    let tag = theirs
        .first()
        .ok_or_else(|| Failure::refused("demo: no tag"))?;
    Ok(tag.number.shown())
}
