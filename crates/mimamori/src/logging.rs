//! The log: words or JSON on stderr, never personal data.
//!
//! A panic is logged with its place in the program and nothing else: its message
//! may quote what it stumbled over.

use std::io::IsTerminal as _;
use std::panic;

use tracing::Level;
use tracing_subscriber::EnvFilter;

use crate::config::Log;

/// Starts the log. A second start (tests) changes nothing.
pub fn start(log: Log) {
    // A journal keeps colours as unreadable signs.
    let colours = std::io::stderr().is_terminal();
    let lines = tracing_subscriber::fmt()
        .with_ansi(colours)
        .with_env_filter(filter(log.level))
        .with_writer(std::io::stderr);
    let started = if log.json {
        lines.json().with_ansi(false).try_init()
    } else {
        lines.try_init()
    };
    if started.is_ok() {
        panic::set_hook(Box::new(|panic| {
            let place = panic
                .location()
                .map(ToString::to_string)
                .unwrap_or_default();
            tracing::error!(
                place,
                "the program stumbled; the request was answered with an error page"
            );
        }));
    }
}

/// What is logged at a level. Libraries may quote statements and addresses below warnings; they
/// are held there.
pub fn filter(level: Level) -> EnvFilter {
    EnvFilter::new(format!("warn,mimamori={level},db={level}"))
}
