//! `mimamori serve`: the server.

use std::io;

use clap::Args;
use tokio::net::TcpListener;
use tokio::signal::unix::{Signal, SignalKind, signal};

use super::alone;
use super::failure::Failure;
use super::ground::{self, Ground};
use crate::config::Config;
use crate::config::words::of_system;
use crate::{jobs, logging, routes, server};

/// サーバーを動かします（SIGTERM か Ctrl+C で、受けた仕事を終えてから止まります）
#[derive(Args)]
#[command(after_help = "\
設定 server.listen で待ち受けます。インターネットには直接出さず、TLS を受け持つ
リバースプロキシの後ろに置いてください。SQLite では起動のときに migrate も行います。
1つの SQLite ファイルを動かせるサーバーは1つだけで、2つ目は起動を断ります。

例:
  mimamori --config /etc/mimamori/config.toml serve

終了コード: 0 正しく止まった、1 起動できなかった、2 設定の誤り")]
pub(super) struct Serve {}

impl Serve {
    pub async fn run(self, ground: Ground) -> Result<(), Failure> {
        let config = ground.config()?;
        logging::start(config.log);
        serve(config, || Ok(())).await
    }
}

/// Serves until asked to stop; `ready` is called once somebody would be answered.
pub(super) async fn serve(
    config: Config,
    ready: impl FnOnce() -> Result<(), Failure>,
) -> Result<(), Failure> {
    let listen = config.listen;
    // Before the database is opened: a newer version must not change it under a running server.
    let _alone = alone::hold(&config)?;
    let app = ground::open(config).await?;
    let listener = TcpListener::bind(listen).await.map_err(|error| {
        Failure::refused(format!("{listen} で待ち受けられません（{}）。ほかのプログラムが使っていないか確かめてください。", of_system(error.kind())))
    })?;
    let stop = asked_to_stop();
    if let Ok(address) = listener.local_addr() {
        tracing::info!(%address, version = env!("CARGO_PKG_VERSION"), "listening");
    }
    ready()?;
    let (router, _) = routes::router(app.clone());
    let jobs = [
        tokio::spawn(jobs::run(app.clone())),
        tokio::spawn(jobs::each_minute(app)),
    ];
    server::run(listener, router, stop).await;
    jobs.iter().for_each(|job| job.abort());
    tracing::info!("stopped");
    Ok(())
}

/// Ends when the operator or the system asks the program to stop. It listens for that from now on,
/// not only once somebody waits for it.
fn asked_to_stop() -> impl Future<Output = ()> {
    let [term, interrupt] = [SignalKind::terminate(), SignalKind::interrupt()].map(signal);
    async move {
        tokio::select! {
            () = heard(term) => {}
            () = heard(interrupt) => {}
        }
    }
}

async fn heard(signal: io::Result<Signal>) {
    match signal {
        Ok(mut signal) => drop(signal.recv().await),
        Err(_) => std::future::pending().await,
    }
}
