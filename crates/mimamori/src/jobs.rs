//! What the running program does by itself, every two seconds.

use std::path::{Path, PathBuf};
use std::time::Duration;

use tokio::time::{MissedTickBehavior, interval};

use crate::app::App;
use crate::audit::{self, Anchor, AnchorError};
use crate::config::{Config, KeyPlace};
use crate::desk;
use crate::ids::NetworkId;
use crate::networks::{self, VaultError};

/// Audit lines are sealed at least this often.
const ROUND: Duration = Duration::from_secs(2);

/// Runs until the program ends. A round that fails is logged and tried again.
pub async fn run(app: App) {
    let mut clock = interval(ROUND);
    clock.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        clock.tick().await;
        if let Err(error) = seal_audit(&app).await {
            tracing::warn!(%error, "audit lines were not sealed; trying again");
        }
        if let Err(error) = send_mail(&app).await {
            tracing::warn!(%error, "mail was not sent; trying again");
        }
    }
}

/// Sends what the desks of all towns have put out. Without a mail server it waits.
async fn send_mail(app: &App) -> anyhow::Result<()> {
    if !app.post.is_on() {
        return Ok(());
    }
    let towns = networks::list_towns(&mut app.db.read().await?).await?;
    for town in towns {
        let deed = app.program_deed(town.id, "mail").await?;
        desk::send_due(&app.db, &deed, &app.post).await?;
    }
    Ok(())
}

/// Seals what was done since the last round, town by town, and keeps each newest
/// seal beside the master key.
async fn seal_audit(app: &App) -> Result<(), VaultError> {
    let towns = networks::list_towns(&mut app.db.read().await?).await?;
    for town in towns {
        let deed = app.program_deed(town.id, "seal").await?;
        let sealed = audit::seal_round(&app.db, &deed).await?;
        let Some((anchor, path)) = sealed.anchor.zip(anchor_path(&app.config, town.id)) else {
            continue;
        };
        if let Err(error) = keep(anchor, path).await {
            tracing::warn!(%error, "the newest seal could not be kept beside the master key");
        }
    }
    Ok(())
}

/// Keeps the newest seal, unless one that is newer still is kept already: then the
/// database is an older copy, and the anchor is the witness of it.
async fn keep(anchor: Anchor, path: PathBuf) -> Result<(), AnchorError> {
    let kept = tokio::task::spawn_blocking(move || {
        let known = Anchor::read(&path)?.map_or(0, |known| known.number);
        if known >= anchor.number {
            tracing::error!(
                "the database holds older audit seals than the anchor: run `audit verify`"
            );
            return Ok(());
        }
        anchor.keep(&path)
    });
    kept.await.unwrap_or(Ok(()))
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
