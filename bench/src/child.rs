//! Servers under measurement run as processes of their own, so that their memory is their own.

use std::net::{SocketAddr, TcpListener};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use db::Location;

use crate::load::Line;

/// A server that ends when this is dropped.
pub struct Server {
    child: Child,
    /// Where it listens.
    pub address: SocketAddr,
    /// From its start to its first whole answer.
    pub start: Duration,
}

/// A loopback port that is free at this moment.
pub fn free_address() -> Result<SocketAddr> {
    Ok(TcpListener::bind("127.0.0.1:0")?.local_addr()?)
}

impl Server {
    /// The program itself, on a town's database, with the key in the folder.
    pub async fn serve(program: &Path, place: &Location, folder: &Path) -> Result<Server> {
        let address = free_address()?;
        let mut command = Command::new(program);
        command.arg("serve");
        command.env("MIMAMORI_SERVER_LISTEN", address.to_string());
        match place {
            Location::Sqlite { path } => command.env("MIMAMORI_DATABASE_SQLITE", path),
            Location::Postgres { url, .. } => command
                .env("MIMAMORI_DATABASE_POSTGRES", url)
                .env("MIMAMORI_DATABASE_POSTGRES_TLS", "off"),
        };
        command.env("MIMAMORI_KEY_FILE", folder.join("master.key"));
        command.env("MIMAMORI_SERVER_PUBLIC_URL", format!("http://{address}"));
        Server::start(command, address).await
    }

    /// Starts the command and waits until `/health` answers.
    pub async fn start(command: Command, address: SocketAddr) -> Result<Server> {
        Server::answering(command, address, "/health").await
    }

    /// Starts the command and waits until that page answers anything but that the server is broken.
    pub async fn answering(
        mut command: Command,
        address: SocketAddr,
        page: &str,
    ) -> Result<Server> {
        let begin = Instant::now();
        let child = command.stdin(Stdio::null()).stdout(Stdio::null()).spawn();
        let mut server = Server {
            child: child.context("the server could not be started")?,
            address,
            start: Duration::ZERO,
        };
        let request = format!("GET {page} HTTP/1.1\r\nhost: localhost\r\n\r\n");
        loop {
            if let Ok(mut line) = Line::open(address).await
                && let Ok((200..500, _)) = line.ask(request.as_bytes()).await
            {
                server.start = begin.elapsed();
                return Ok(server);
            }
            if let Some(status) = server.child.try_wait()? {
                bail!("the server ended at its start: {status}");
            }
            if begin.elapsed() > Duration::from_secs(60) {
                bail!("the server did not answer within a minute");
            }
            tokio::time::sleep(Duration::from_millis(2)).await;
        }
    }

    /// Resident memory now and at its highest, in MiB.
    pub fn memory(&self) -> Result<(f64, f64)> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id()))?;
        let mib = |name: &str| -> Result<f64> {
            let line = status.lines().find(|line| line.starts_with(name));
            let words = line.context("no such figure")?.split_whitespace().nth(1);
            Ok(words.context("no figure")?.parse::<f64>()? / 1024.0)
        };
        Ok((mib("VmRSS:")?, mib("VmHWM:")?))
    }

    /// Ends it as a power cut would: SIGKILL.
    pub fn kill(mut self) -> Result<()> {
        self.child.kill()?;
        self.child.wait()?;
        Ok(())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
