//! The program beside which our doors are measured: pretix, on SQLite, as a process of its own.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, ensure};
use serde::Deserialize;

use crate::child::{Server, free_address};

/// An event with its tickets, served.
pub struct Pretix {
    /// Where it listens.
    pub server: Server,
    /// What opens its programming interface.
    pub token: String,
    /// The check-in list.
    pub list: i64,
    /// What stands in the code of each ticket.
    pub secrets: Vec<String>,
    folder: PathBuf,
}

#[derive(Deserialize)]
struct Prepared {
    token: String,
    list: i64,
    secrets: Vec<String>,
}

impl Pretix {
    /// Prepared in a folder of its own, and served by so many processes of gunicorn.
    pub async fn start(python: &Path, tickets: usize, workers: usize) -> Result<Pretix> {
        let folder = std::env::temp_dir().join(format!("mimamori-pretix-{}", std::process::id()));
        std::fs::create_dir_all(&folder)?;
        let settings = folder.join("pretix.cfg");
        let words = format!(
            "[pretix]\ninstance_name=bench\nurl=http://localhost\ndatadir={}\n[database]\nbackend=sqlite3\n[django]\ndebug=off\n",
            folder.display()
        );
        std::fs::write(&settings, words)?;
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("pretix_prepare.py");
        let prepared = Command::new(python)
            .arg(script)
            .arg(tickets.to_string())
            .env("PRETIX_CONFIG_FILE", &settings)
            .stdin(Stdio::null())
            .output()
            .context("that Python can't be started")?;
        ensure!(
            prepared.status.success(),
            "pretix can't be prepared: {}",
            String::from_utf8_lossy(&prepared.stderr)
        );
        let said = String::from_utf8(prepared.stdout)?;
        let last = said.lines().last().context("nothing was prepared")?;
        let prepared: Prepared = serde_json::from_str(last)?;
        let address = free_address()?;
        let mut command = Command::new(python);
        command
            .args(["-m", "gunicorn", "pretix.wsgi", "--log-level", "warning"])
            .args([
                "--workers",
                &workers.to_string(),
                "--bind",
                &address.to_string(),
            ])
            // Connections stay open, as ours do.
            .args([
                "--worker-class",
                "gthread",
                "--threads",
                "4",
                "--keep-alive",
                "60",
            ])
            .env("PRETIX_CONFIG_FILE", &settings);
        Ok(Pretix {
            server: Server::answering(command, address, "/api/v1/").await?,
            token: prepared.token,
            list: prepared.list,
            secrets: prepared.secrets,
            folder,
        })
    }
}

impl Drop for Pretix {
    fn drop(&mut self) {
        let _left_over = std::fs::remove_dir_all(&self.folder);
    }
}
