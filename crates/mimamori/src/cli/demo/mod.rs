//! `mimamori demo`: a town of invented people to try everything on, made once.
//!
//! The town is built in a folder beside and moved into place when it is whole,
//! so that an interrupted start leaves nothing half done.

mod accounts;
mod asides;
mod consulted;
mod gathered;
mod members;
mod noticed;
mod people;
mod renewed;
mod stage;
mod station;
mod supported;
mod town;

use std::fs::{self, DirBuilder, File};
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::os::unix::fs::DirBuilderExt;
use std::path::{Path, PathBuf};

use clap::Args;
use db::Location;
use jiff::SignedDuration;
use seal::MasterKey;

use self::stage::Stage;
use super::backup::broken;
use super::failure::Failure;
use super::{ground, say, serve};
use crate::clock::Clock;
use crate::config::words::of_key;
use crate::config::{Config, KeyPlace, Log};
use crate::deed::Dice;
use crate::logging;

/// 架空の町をつくり、この機械の中だけで動かします（試用のため。本番には使えません）
#[derive(Args)]
#[command(after_help = "\
1回目はフォルダーに町（みなみ町）・鍵・各役割のアカウントを作り、2回目からはそのまま動かします。
いつ中断しても、もう一度実行すれば続けられます。最初からやり直すには、フォルダーを消してください。

例:
  mimamori demo
  mimamori demo --folder /tmp/mimamori-demo --port 8081

終了コード: 0 正しく止まった、1 動かせなかった")]
pub(super) struct Demo {
    /// 町を置くフォルダー（決めなければ demo）
    #[arg(long, value_name = "フォルダー", default_value = "demo")]
    folder: PathBuf,
    /// ポート。決めなければ 8080 から順に空いているものを使います
    #[arg(long, value_name = "番号")]
    port: Option<u16>,
}

impl Demo {
    pub async fn run(self) -> Result<(), Failure> {
        make_folder(&self.folder)?;
        // Held until the program ends.
        let _alone = lock(&self.folder)?;
        let town = self.folder.join("town");
        if !town.exists() {
            make(&self.folder, &town).await?;
        }
        let config = config(&town, port(self.port)?);
        logging::start(Log {
            level: tracing::Level::WARN,
            ..config.log
        });
        let address = config.public_url.clone();
        serve::serve(config, || accounts::tell(&town, &address)).await
    }
}

fn make_folder(path: &Path) -> Result<(), Failure> {
    let made = DirBuilder::new().recursive(true).mode(0o700).create(path);
    made.map_err(|error| broken(path, &error))
}

/// Two demos in one folder would write over each other.
fn lock(folder: &Path) -> Result<File, Failure> {
    let path = folder.join("lock");
    let file = File::create(&path).map_err(|error| broken(&path, &error))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(_) => Err(Failure::refused(
            "このフォルダーのデモはもう動いています。止めるか、--folder で別のフォルダーを指定してください。",
        )),
    }
}

async fn make(folder: &Path, town: &Path) -> Result<(), Failure> {
    let making = folder.join("making");
    if making.exists() {
        fs::remove_dir_all(&making).map_err(|error| broken(&making, &error))?;
    }
    make_folder(&making)?;
    say::note("架空の町をつくっています…");
    fill(&making).await?;
    fs::rename(&making, town).map_err(|error| broken(town, &error))
}

async fn fill(making: &Path) -> Result<(), Failure> {
    let config = config(making, 0);
    MasterKey::generate(&mut Dice::Machine)
        .write_new(&making.join("master.key"))
        .map_err(|why| Failure::refused(of_key(&why)))?;
    let mut app = ground::open(config).await?;
    // The town is as old as the oldest thing that is told of it.
    let now = app.now();
    app.clock = Clock::standing(now - SignedDuration::from_hours(24 * AGE));
    let places = town::found(&app).await?;
    let staff = accounts::make(&app, &places, making).await?;
    people::bring_in(&app, &places, making).await?;
    say::note("架空の5か月分の気づき・相談・支援を入れています…");
    app.clock = Clock::standing(now);
    let stage = Stage::new(&app, &places, &staff);
    let notice = noticed::tell(&stage).await?;
    consulted::take(&stage).await?;
    supported::support(&stage, notice).await?;
    asides::add(&stage).await?;
    renewed::renew(&stage).await?;
    renewed::leave(&stage).await?;
    say::note("架空の9か月分のステーションの出席を入れています…");
    let courses = station::plan(&stage).await?;
    let members = members::join(&stage).await?;
    gathered::come(&stage, &members, &courses).await
}

/// Days since the town was founded.
const AGE: i64 = 270;

fn config(town: &Path, port: u16) -> Config {
    let listen = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
    Config {
        listen,
        public_url: format!("http://{listen}"),
        database: Location::Sqlite {
            path: town.join("mimamori.sqlite"),
        },
        key: KeyPlace::File(town.join("master.key")),
        ..Config::default()
    }
}

/// The port that was asked for, else the first free one.
fn port(asked: Option<u16>) -> Result<u16, Failure> {
    let free = |port: &u16| TcpListener::bind((Ipv4Addr::LOCALHOST, *port)).is_ok();
    asked
        .or_else(|| (8080..8100).find(free))
        .ok_or_else(|| Failure::refused("空いているポートがありません。--port で決めてください。"))
}
