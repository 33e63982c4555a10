//! A copy of the whole database, by PostgreSQL's own program.

use std::fs::OpenOptions;
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;
use std::process::Command;

use tokio_postgres::Config;
use tokio_postgres::config::Host;

use crate::error::{Error, Result};
use crate::settings::Tls;
use crate::store::Shape;

pub(super) async fn take(config: &Config, tls: &Tls, to: &Path, shape: Shape) -> Result<()> {
    let mut options = OpenOptions::new();
    options
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(to)
        .map_err(|error| Error::Down(format!("{}: {error}", to.display())))?;
    let mut program = command("pg_dump", config, tls);
    if shape == Shape::Steady {
        program.arg("--compress=0");
    }
    program.args(["--format=custom", "--file"]).arg(to);
    run(program).await
}

/// Puts a copy into an empty database, all or nothing.
pub(super) async fn put_back(config: &Config, tls: &Tls, from: &Path) -> Result<()> {
    let mut program = command("pg_restore", config, tls);
    program
        .args(["--exit-on-error", "--single-transaction", "--no-owner"])
        .arg("--dbname")
        .arg(config.get_dbname().unwrap_or_default())
        .arg(from);
    run(program).await
}

async fn run(mut program: Command) -> Result<()> {
    let name = program.get_program().to_string_lossy().into_owned();
    let output = tokio::task::spawn_blocking(move || program.output())
        .await
        .map_err(|_| Error::Down("the copy was broken off".to_owned()))?
        .map_err(|error| {
            Error::Down(format!(
                "{name} (Debian package postgresql-client): {error}"
            ))
        })?;
    if output.status.success() {
        return Ok(());
    }
    let words = String::from_utf8_lossy(&output.stderr);
    let first = words.lines().next().unwrap_or_default();
    Err(Error::Down(format!("{name}: {}: {first}", output.status)))
}

/// The address goes by environment: arguments can be read by everyone on the machine.
fn command(name: &str, config: &Config, tls: &Tls) -> Command {
    let hosts: Vec<String> = config.get_hosts().iter().map(host).collect();
    let ports: Vec<String> = config.get_ports().iter().map(u16::to_string).collect();
    let password = config
        .get_password()
        .map(String::from_utf8_lossy)
        .unwrap_or_default();
    let mut program = Command::new(name);
    program
        .arg("--no-password")
        .env("PGHOST", hosts.join(","))
        .env("PGPORT", ports.join(","))
        .env("PGUSER", config.get_user().unwrap_or_default())
        .env("PGPASSWORD", password.as_ref())
        .env("PGDATABASE", config.get_dbname().unwrap_or_default());
    match tls {
        Tls::Off => program.env("PGSSLMODE", "disable"),
        // System roots need a newer libpq than Debian 12 has; the operator may set PGSSLROOTCERT.
        Tls::System => program.env("PGSSLMODE", "require"),
        Tls::Roots(path) => program
            .env("PGSSLMODE", "verify-full")
            .env("PGSSLROOTCERT", path),
    };
    program
}

fn host(host: &Host) -> String {
    match host {
        Host::Tcp(name) => name.clone(),
        Host::Unix(path) => path.display().to_string(),
    }
}
