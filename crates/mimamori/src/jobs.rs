//! What the running program does by itself, every two seconds.

use std::time::Duration;

use tokio::time::{MissedTickBehavior, interval};

use crate::app::App;

/// Audit lines are sealed at least this often.
const ROUND: Duration = Duration::from_secs(2);

/// Runs until the program ends. A round that fails is logged and tried again.
pub async fn run(app: App) {
    let mut clock = interval(ROUND);
    clock.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        clock.tick().await;
        round(&app).await;
    }
}

async fn round(_app: &App) {}
