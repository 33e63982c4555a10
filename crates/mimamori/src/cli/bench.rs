//! `mimamori bench`: is this machine, and above all its disk, fit for the desk?

use std::time::{Duration, Instant};

use clap::Args;
use db::{Conn, Db, Error, Settings};

use super::failure::Failure;
use super::ground::Ground;
use super::say;
use crate::config::words::of_system;

/// Long enough for the disk's own cache to fill.
const LENGTH: Duration = Duration::from_secs(3);

/// Desks that ask at the same moment.
const DESKS: usize = 32;

/// この機械とディスクで、照会窓口がどのくらい速く動くかを測ります
#[derive(Args)]
#[command(after_help = "\
データベースと同じ場所に小さな作業用データベースを作り、6秒ほど測って消します。
いまのデータベースには触れません。SQLiteのときだけ測れます。
目安: 1件ずつの確定が毎秒50を下回るディスクは、窓口には遅すぎます。

例:
  mimamori bench

終了コード: 0 測れた、1 測れなかった、2 設定の誤り")]
pub(super) struct Bench {}

impl Bench {
    pub async fn run(self, ground: Ground) -> Result<(), Failure> {
        let db::Location::Sqlite { path } = ground.config()?.database else {
            return Err(Failure::refused(
                "PostgreSQLの速さは pgbench で測ってください。このコマンドはSQLiteのときだけ使えます。",
            ));
        };
        let folder = path.with_extension("bench");
        std::fs::create_dir(&folder).map_err(|error| {
            Failure::refused(format!(
                "{} を作れません（{}）。",
                folder.display(),
                of_system(error.kind())
            ))
        })?;
        let measured = measure(Settings::sqlite(folder.join("bench.sqlite"))).await;
        let _gone = std::fs::remove_dir_all(&folder);
        let (alone, together) = measured?;
        say::answer(&format!("1件ずつの確定: 毎秒 {alone:.0} 件"));
        say::answer(&format!("{DESKS}か所から同時の確定: 毎秒 {together:.0} 件"));
        Ok(())
    }
}

async fn measure(settings: Settings) -> Result<(f64, f64), Error> {
    let db = Db::open(settings).await?;
    db.migrate(&[]).await?;
    Ok((rate(&db, 1).await?, rate(&db, DESKS).await?))
}

/// Durable writes a second by this many writers at once: each takes an audit ticket.
async fn rate(db: &Db, writers: usize) -> Result<f64, Error> {
    let start = Instant::now();
    let mut all = tokio::task::JoinSet::new();
    for _ in 0..writers {
        let db = db.clone();
        all.spawn(async move {
            let mut written = 0_u64;
            while start.elapsed() < LENGTH {
                db.write(|conn: &mut Conn| Box::pin(async move { conn.ticket(1).await }))
                    .await?;
                written += 1;
            }
            Ok::<u64, Error>(written)
        });
    }
    let mut written = 0;
    while let Some(done) = all.join_next().await {
        written += done.unwrap_or(Ok(0))?;
    }
    Ok(written as f64 / start.elapsed().as_secs_f64())
}
