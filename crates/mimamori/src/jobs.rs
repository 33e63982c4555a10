//! What the running program does by itself, every two seconds or every minute.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::pin::Pin;
use std::time::Duration;

use anyhow::Context;
use jiff::Zoned;
use jiff::civil::Date;
use tokio::task::spawn_blocking;
use tokio::time::{MissedTickBehavior, interval};

use crate::app::App;
use crate::audit::{self, Anchor};
use crate::clock::in_japan;
use crate::config::{Config, KeyPlace};
use crate::deed::Deed;
use crate::ids::{CaseId, NetworkId};
use crate::networks;
use crate::paths::steps;
use crate::people::{import, twins};
use crate::routes::BELONGINGS;
use crate::station::{change, door, rolls, signups};
use crate::{
    board, cases, consultations, desk, erasure, exchange, leaving, notices, papers, renewals,
    staff, tasks,
};

/// Audit lines are sealed at least this often.
const ROUND: Duration = Duration::from_secs(2);

/// Runs until the program ends. A round that fails is logged and tried again.
pub async fn run(app: App) {
    let (mut clock, mut gathered) = (interval(ROUND), HashMap::new());
    clock.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        clock.tick().await;
        let (torn, sealed) = seal_audit(&app).await;
        torn.into_iter().for_each(warn_of);
        if let Err(error) = sealed {
            tracing::warn!(%error, "audit lines were not sealed; trying again");
        }
        if let Err(error) = sweep_board(&app).await {
            tracing::warn!(%error, "the board was not swept; trying again");
        }
        if let Err(error) = send_mail(&app).await {
            tracing::warn!(%error, "mail was not sent; trying again");
        }
        if let Err(error) = find_twins(&app, &mut gathered).await {
            tracing::warn!(%error, "records were not compared; trying again");
        }
    }
}

/// So soon somebody who was given a tag, or whose step is due, is in the renewals, and a record
/// whose day has come is erased.
const MINUTE: Duration = Duration::from_secs(60);

/// What one room does in a town every minute.
type Round =
    for<'a> fn(&'a App, &'a Deed) -> Pin<Box<dyn Future<Output = anyhow::Result<()>> + Send + 'a>>;

/// A room's name and its round. Rooms don't wait for each other: one that fails is tried again.
const ROUNDS: [(&str, Round); 9] = [
    ("renewals", |app, deed| {
        Box::pin(async move { Ok(renewals::keep_up(&app.db, deed).await?) })
    }),
    ("contractors", |app, deed| Box::pin(settle(app, deed))),
    ("notices", |app, deed| {
        Box::pin(async move { Ok(notices::keep_up(&app.db, deed).await?) })
    }),
    ("figures", |app, deed| {
        Box::pin(
            async move { Ok(consultations::close_last_month(&app.db, &app.months, deed).await?) },
        )
    }),
    ("paths", |app, deed| {
        Box::pin(async move { Ok(steps::keep_up(&app.db, deed).await?) })
    }),
    ("sign-ups", |app, deed| {
        Box::pin(async move {
            signups::mail_changes(&app.db, deed, &app.post).await?;
            Ok(signups::keep_up(&app.db, deed).await?)
        })
    }),
    ("change", |app, deed| {
        Box::pin(async move { Ok(change::keep_up(&app.db, deed).await?) })
    }),
    ("leaving", |app, deed| Box::pin(leave(app, deed))),
    ("files", |app, deed| Box::pin(drop_old_files(app, deed))),
];

/// Keeps the rooms of all towns in step, apart from [`run`]: after an import of thousands one round
/// takes longer than audit lines may wait.
pub async fn each_minute(app: App) {
    let (mut clock, mut walked, mut forgotten) = (interval(MINUTE), HashMap::new(), None);
    clock.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        clock.tick().await;
        if let Err(error) = cases_of_all(&app, &mut walked).await {
            tracing::warn!(%error, "cases were not kept in step; trying again");
        }
        for (room, round) in ROUNDS {
            if let Err(error) = of_all(&app, room, round).await {
                tracing::warn!(%error, room, "a room was not kept in step; trying again");
            }
        }
        if let Err(error) = forget_old(&app, &mut forgotten).await {
            tracing::warn!(%error, "what was kept long enough was not erased; trying again");
        }
    }
}

/// What came of a round in the towns so far. A town whose list is damaged keeps nobody of another
/// town from being seen to: the round goes on, and ends with all that failed, for whoever logs it.
#[derive(Default)]
struct Failed(Vec<String>);

impl Failed {
    fn note(&mut self, town: NetworkId, seen: anyhow::Result<()>) {
        if let Err(error) = seen {
            self.0.push(format!("town {town}: {error:#}"));
        }
    }

    fn end(self) -> anyhow::Result<()> {
        match self.0.is_empty() {
            true => Ok(()),
            false => Err(anyhow::Error::msg(self.0.join("; "))),
        }
    }
}

async fn of_all(app: &App, room: &str, round: Round) -> anyhow::Result<()> {
    let mut failed = Failed::default();
    for town in networks::list_towns(&mut app.db.read().await?).await? {
        let seen = match app.program_deed(town.id, room).await {
            Ok(deed) => round(app, &deed).await,
            Err(error) => Err(error.into()),
        };
        failed.note(town.id, seen);
    }
    failed.end()
}

/// Where a change of contractor has come, gives back what the ended accounts held.
pub async fn contractors_of_all(app: &App) -> anyhow::Result<()> {
    of_all(app, "contractors", |app, deed| Box::pin(settle(app, deed))).await
}

/// Once a night erases what towns have kept long enough of people who are not registered.
/// `forgotten`: the last night in which that was done.
pub async fn forget_old(app: &App, forgotten: &mut Option<Date>) -> anyhow::Result<()> {
    let now = in_japan(app.now());
    if !is_night(&now) || *forgotten == Some(now.date()) {
        return Ok(());
    }
    of_all(app, "keeping", |app, deed| {
        Box::pin(forget_strangers(app, deed))
    })
    .await?;
    *forgotten = Some(now.date());
    Ok(())
}

async fn forget_strangers(app: &App, deed: &Deed) -> anyhow::Result<()> {
    let day = consultations::kept_since(&app.db, deed).await?;
    consultations::forget_before(&app.db, deed, day).await?;
    cases::forget_before(&app.db, deed, day).await?;
    signups::forget_guests(&app.db, deed).await?;
    door::forget_old(&app.db, deed).await?;
    rolls::forget_old(&app.db, deed).await?;
    Ok(())
}

/// Asks for cases whose person belongs to another center now to be handed over, and ends steps whose
/// task is done. `walked`: where the round of each town's cases is.
pub async fn cases_of_all(
    app: &App,
    walked: &mut HashMap<NetworkId, CaseId>,
) -> anyhow::Result<()> {
    let mut failed = Failed::default();
    for town in networks::list_towns(&mut app.db.read().await?).await? {
        let after = walked.get(&town.id).copied().unwrap_or(CaseId(0));
        match cases_of(app, town.id, after).await {
            Ok(next) => drop(walked.insert(town.id, next)),
            Err(error) => failed.note(town.id, Err(error)),
        }
    }
    failed.end()
}

async fn cases_of(app: &App, town: NetworkId, after: CaseId) -> anyhow::Result<CaseId> {
    let deed = app.program_deed(town, "cases").await?;
    Ok(cases::keep_up(&app.db, &deed, after).await?)
}

/// That ended accounts find nothing does not wait for this: it follows from their term.
async fn settle(app: &App, deed: &Deed) -> anyhow::Result<()> {
    let due = staff::contractors::list_to_settle(&mut app.db.read().await?, deed).await?;
    for change in due {
        let deed = deed.clone();
        let settle = app.db.write(move |conn| {
            Box::pin(async move {
                for account in staff::settle_change_in(conn, &deed, &change).await? {
                    tasks::give_back_all_in(conn, &deed, account).await?;
                    desk::give_back_all_in(conn, &deed, account).await?;
                }
                anyhow::Ok(())
            })
        });
        settle.await?;
    }
    Ok(())
}

/// Erases anew whom the list beside the key knows and the database does not (it is a copy from
/// before), brings plans into step, and erases whose day has come.
async fn leave(app: &App, deed: &Deed) -> anyhow::Result<()> {
    let anew = erasure::keep_in_step(app, deed, Vec::new()).await?;
    if anew > 0 {
        tracing::warn!(town = %deed.network(), count = anew, "erased anew after an older copy was put back");
    }
    leaving::round(&app.db, deed).await?;
    erasure::carry_out_due(app, deed).await?;
    Ok(())
}

/// Drops rosters and printed papers whose time is over.
async fn drop_old_files(app: &App, deed: &Deed) -> anyhow::Result<()> {
    import::forget_old(&app.db, deed).await?;
    exchange::forget_old_files(&app.db, deed).await?;
    papers::forget_old(&app.db, deed).await?;
    Ok(())
}

fn warn_of(town: NetworkId) {
    tracing::error!(
        %town,
        "the database no longer holds the audit seal kept beside the master key: run `audit verify`"
    );
}

/// Erases what finders said once the towns' time has passed, and drills after their day.
async fn sweep_board(app: &App) -> anyhow::Result<()> {
    of_all(app, "board", |app, deed| {
        Box::pin(async move { Ok(board::sweep(&app.db, deed).await?) })
    })
    .await
}

/// Sends what the desks of all towns have put out. Without a mail server it waits.
async fn send_mail(app: &App) -> anyhow::Result<()> {
    if !app.post.is_on() {
        return Ok(());
    }
    of_all(app, "mail", |app, deed| {
        Box::pin(async move {
            desk::send_due(&app.db, deed, &app.post).await?;
            notices::send_due(&app.db, deed, &app.post).await?;
            Ok(())
        })
    })
    .await
}

/// People compared in one round: by day so few that nobody at the desk waits for them, from one to
/// five at night as many as two seconds allow (a comparison takes some milliseconds).
const BY_DAY: u32 = 5;
const AT_NIGHT: u32 = 100;

/// While nobody is at a counter.
fn is_night(now: &Zoned) -> bool {
    (1..5).contains(&now.hour())
}

/// Compares whoever was changed with the others of their town, and once a night passes on what came
/// to a record while it was being merged. `gathered`: each town's last night in which that was done.
pub async fn find_twins(app: &App, gathered: &mut HashMap<NetworkId, Date>) -> anyhow::Result<()> {
    let now = in_japan(app.now());
    let night = is_night(&now);
    let most = if night { AT_NIGHT } else { BY_DAY };
    let mut failed = Failed::default();
    for town in networks::list_towns(&mut app.db.read().await?).await? {
        let gather = night && gathered.get(&town.id) != Some(&now.date());
        let seen = twins_of(app, town.id, most, gather).await;
        // A town that failed is gathered in the next round.
        if gather && seen.is_ok() {
            gathered.insert(town.id, now.date());
        }
        failed.note(town.id, seen);
    }
    failed.end()
}

async fn twins_of(app: &App, town: NetworkId, most: u32, gather: bool) -> anyhow::Result<()> {
    let deed = app.program_deed(town, "twins").await?;
    twins::walk_some(&app.db, &deed, most).await?;
    if gather {
        twins::gather_strays(&app.db, &deed, BELONGINGS).await?;
    }
    Ok(())
}

/// Seals what was done since the last round, town by town, and keeps each newest
/// seal beside the master key. Gives the towns whose database no longer holds the
/// seal that is kept there, and what failed.
pub async fn seal_audit(app: &App) -> (Vec<NetworkId>, anyhow::Result<()>) {
    let mut torn = Vec::new();
    let sealed = seal_all(app, &mut torn).await;
    (torn, sealed)
}

async fn seal_all(app: &App, torn: &mut Vec<NetworkId>) -> anyhow::Result<()> {
    let mut failed = Failed::default();
    for town in networks::list_towns(&mut app.db.read().await?).await? {
        match seal_town(app, town.id).await {
            Ok(true) => {}
            Ok(false) => torn.push(town.id),
            Err(error) => failed.note(town.id, Err(error)),
        }
    }
    failed.end()
}

/// Whether the town's database holds the seal kept so far.
async fn seal_town(app: &App, town: NetworkId) -> anyhow::Result<bool> {
    let deed = app.program_deed(town, "seal").await?;
    match audit::seal_round(&app.db, &deed).await?.anchor {
        Some(newest) => keep_anchor(app, &deed, newest)
            .await
            .context("the newest seal could not be kept beside the master key"),
        None => Ok(true),
    }
}

/// Keeps the newest seal beside the master key; `false` where the database no longer holds the
/// one kept so far, which then stays. With the key in the environment there is nothing to keep.
pub async fn keep_anchor(app: &App, deed: &Deed, newest: Anchor) -> anyhow::Result<bool> {
    let Some(path) = anchor_path(&app.config, deed.network()) else {
        return Ok(true);
    };
    let own = path.clone();
    let known = spawn_blocking(move || Anchor::read(&own)).await??;
    if let Some(known) = &known {
        if !audit::holds(&mut app.db.read().await?, &deed.scope, known).await? {
            return Ok(false);
        }
        // Another server on this machine sealed and kept after us.
        if known.number >= newest.number {
            return Ok(true);
        }
    }
    spawn_blocking(move || newest.keep(known.as_ref(), &path)).await??;
    Ok(true)
}

/// Where the newest seal of a town is kept: beside the master key's file. With
/// the key in the environment there is no such place, and no anchor.
pub fn anchor_path(config: &Config, town: NetworkId) -> Option<PathBuf> {
    match &config.key {
        KeyPlace::File(file) => {
            let folder = file.parent().unwrap_or(Path::new("."));
            Some(folder.join(format!("audit-{town}.anchor")))
        }
        KeyPlace::Environment(_) => None,
    }
}
