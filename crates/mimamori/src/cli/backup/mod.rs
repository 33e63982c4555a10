//! `mimamori backup`: one sealed file that holds the whole database, or a folder in which every
//! backup adds what is new; never a key.

mod cut;
mod folder;

pub(super) use folder::Folder;

use std::fs::{self, File, OpenOptions};
use std::io;
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use clap::Args;
use db::Db;
use seal::backup::{self, Lock};
use secrecy::SecretString;

use super::failure::Failure;
use super::ground::Ground;
use super::progress::Progress;
use super::say;
use crate::app::App;
use crate::clock::Clock;
use crate::config::Config;
use crate::config::words::of_system;
use crate::deed::Dice;
use crate::networks::{self, Vault};
use crate::{erasure, leaving, migrations};

/// What the passphrase is called in the environment.
const PASSPHRASE: &str = "MIMAMORI_BACKUP_PASSPHRASE";
/// What the names and lists of a folder are hashed with.
pub(super) const FOLDER: &str = "backup folder";
/// Shorter ones are guessed.
const SHORTEST: usize = 12;

/// データベース全体を、暗号化したファイルかフォルダに書き出します（動かしたままでかまいません）
#[derive(Args)]
#[command(after_help = "\
ある一瞬の全体が入ります。age 形式なので、標準の age コマンドでも開けます。
マスター鍵はバックアップに入りません。鍵の控えは必ず別の場所に置いてください。両方がそろって
はじめて元に戻せ、どちらか一方だけでは誰にも読めません。

--folder を付けると、フォルダに書き足していきます。前のバックアップから変わったところだけを書くので、
2回目からは小さく速く済みます。どの回のものも、それだけで元に戻せます。途中で止まったら、もう一度
実行すれば続きから書きます。宛先の age 公開鍵とマスター鍵が要ります（秘密鍵は要りません）。
消去の一覧も一緒に置かれ、古い回を戻したときに、あとで消去した方をもう一度消します。

パスフレーズは --passphrase-file か環境変数 MIMAMORI_BACKUP_PASSPHRASE で渡します。
PostgreSQL では pg_dump（Debian の postgresql-client）を使います。

例:
  mimamori backup /backup/mimamori-2026-04-01.age --passphrase-file /etc/mimamori/passphrase
  mimamori backup /backup/mimamori-2026-04-01.age --recipient age1…
  mimamori backup /backup/mimamori --folder --keep 30 --recipient age1…

終了コード: 0 書いた、1 書けなかった（すでにあるファイルには書きません）、2 設定の誤り")]
pub(super) struct Backup {
    /// 書き出すファイル、または書き足すフォルダ
    #[arg(value_name = "ファイル")]
    file: PathBuf,
    /// フォルダに書き足します（なければ作ります）
    #[arg(long)]
    folder: bool,
    /// 新しいほうから残す回数。それより古い回は消します（フォルダのときだけ）
    #[arg(long, value_name = "回数", requires = "folder", value_parser = clap::value_parser!(u32).range(1..))]
    keep: Option<u32>,
    /// 宛先の age 公開鍵（age1…）。設定 backup.recipient でも決められます
    #[arg(long, value_name = "公開鍵", conflicts_with = "passphrase_file")]
    recipient: Option<String>,
    /// パスフレーズが1行目に書かれたファイル（12字以上）
    #[arg(long, value_name = "ファイル")]
    passphrase_file: Option<PathBuf>,
}

impl Backup {
    pub async fn run(self, ground: Ground) -> Result<(), Failure> {
        let config = ground.config()?;
        let lock = self.lock(config.backup_recipient.clone())?;
        if self.folder {
            return self.add(config, &lock).await;
        }
        if self.file.exists() {
            return Err(exists(&self.file));
        }
        let db = Db::open(config.database_settings()).await?;
        let plain = beside(&self.file, "copy");
        let taken = db.snapshot(&plain).await.map_err(Failure::from);
        let sealed = taken.and_then(|()| seal_into(&plain, &self.file, &lock));
        // The copy must not stay behind, whatever became of the rest.
        let _ = fs::remove_file(&plain);
        sealed?;
        say::answer(&format!(
            "{} に書き出しました。マスター鍵は入っていません。鍵の控えは別の場所にありますか。",
            self.file.display()
        ));
        Ok(())
    }

    /// Adds a backup to the folder.
    async fn add(&self, config: Config, lock: &Lock) -> Result<(), Failure> {
        if matches!(lock, Lock::Passphrase(_)) {
            return Err(Failure::refused(
                "フォルダに書き足すには、--recipient か設定 backup.recipient で、宛先の age 公開鍵（age1…）を決めてください。",
            ));
        }
        let vault = Vault::new(config.key.open()?);
        let folder = Folder::open(&self.file, vault.app_key(FOLDER))?;
        let db = Db::open(config.database_settings()).await?;
        let app = App::new(db, vault, Clock::Machine, Dice::Machine, config);
        let plain = folder.passing();
        let taken = app.db.snapshot_for_increments(&plain).await;
        let written = taken.map_err(Failure::from).and_then(|()| {
            let from = File::open(&plain).map_err(|error| broken(&plain, &error))?;
            let total = from.metadata().map_or(0, |about| about.len());
            let progress = Progress::of_bytes(total, "書き足しています");
            let written = folder.write(progress.reading(from), lock, app.now());
            progress.done();
            written
        });
        // The copy must not stay behind, whatever became of the rest.
        let _ = fs::remove_file(&plain);
        let written = written?;
        keep_erasures(&app, &folder).await?;
        let dropped = match self.keep {
            Some(most) => folder.keep_newest(most as usize)?,
            None => 0,
        };
        say::answer(&format!(
            "{} に書き足しました（全体 {}、新しく書いたもの {}）。古い回を{dropped}つ消しました。マスター鍵は入っていません。鍵の控えは別の場所にありますか。",
            self.file.display(),
            size(written.size),
            size(written.new_size),
        ));
        Ok(())
    }

    fn lock(&self, usual: Option<String>) -> Result<Lock, Failure> {
        let passphrase = passphrase(self.passphrase_file.as_deref())?;
        match (&self.recipient, passphrase, usual) {
            (Some(recipient), _, _) => Ok(Lock::Recipient(recipient.clone())),
            (None, Some(passphrase), _) if passphrase.chars().count() < SHORTEST => Err(
                Failure::refused(format!("パスフレーズは{SHORTEST}字以上にしてください。")),
            ),
            (None, Some(passphrase), _) => Ok(Lock::Passphrase(SecretString::from(passphrase))),
            (None, None, Some(recipient)) => Ok(Lock::Recipient(recipient)),
            (None, None, None) => Err(Failure::refused(
                "--recipient か --passphrase-file、または環境変数 MIMAMORI_BACKUP_PASSPHRASE が必要です。",
            )),
        }
    }
}

/// Puts every town's list of erasures beside the backups: those that are older learn of it.
async fn keep_erasures(app: &App, folder: &Folder) -> Result<(), Failure> {
    // An older version that is about to be brought up to date knows none.
    if !app.db.is_current(migrations::ALL).await? {
        return Ok(());
    }
    let towns = networks::list_towns(&mut app.db.read().await?).await?;
    for town in towns {
        let deed = app.program_deed(town.id, "backup").await?;
        erasure::keep_in_step(app, &deed, Vec::new()).await?;
        let all = leaving::list_erasures(&mut app.db.read().await?, &deed).await?;
        let text = leaving::to_list(town.id, deed.keys.lasting(), &all);
        folder.keep_erasures(&town.id.to_string(), &text)?;
    }
    Ok(())
}

/// 「1.2 MB」
fn size(bytes: u64) -> String {
    format!("{:.1} MB", bytes as f64 / 1_000_000.0)
}

/// The first line of the file, or what the environment says.
pub(super) fn passphrase(file: Option<&Path>) -> Result<Option<String>, Failure> {
    let Some(file) = file else {
        return Ok(std::env::var(PASSPHRASE).ok());
    };
    let text = fs::read_to_string(file).map_err(|error| broken(file, &error))?;
    Ok(Some(text.lines().next().unwrap_or_default().to_owned()))
}

fn seal_into(plain: &Path, file: &Path, lock: &Lock) -> Result<(), Failure> {
    let part = beside(file, "part");
    let sealed = seal_part(plain, &part, lock)
        .and_then(|()| fs::hard_link(&part, file).map_err(|error| broken(file, &error)));
    let _ = fs::remove_file(&part);
    sealed
}

fn seal_part(plain: &Path, part: &Path, lock: &Lock) -> Result<(), Failure> {
    let from = File::open(plain).map_err(|error| broken(plain, &error))?;
    let total = from.metadata().map_or(0, |about| about.len());
    let to = new_file(part)?;
    let progress = Progress::of_bytes(total, "暗号化しています");
    backup::encrypt(progress.reading(from), &to, lock)
        .map_err(|error| Failure::refused(format!("暗号化できませんでした（{error}）。")))?;
    progress.done();
    to.sync_all().map_err(|error| broken(part, &error))
}

/// A new file that only its owner may read.
pub(super) fn new_file(path: &Path) -> Result<File, Failure> {
    let mut options = OpenOptions::new();
    let file = options.write(true).create_new(true).mode(0o600).open(path);
    file.map_err(|error| broken(path, &error))
}

/// The name with another ending: `a.age` and `copy` make `a.age.copy`.
pub(super) fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".");
    name.push(ending);
    PathBuf::from(name)
}

pub(super) fn broken(path: &Path, error: &io::Error) -> Failure {
    match error.kind() {
        io::ErrorKind::AlreadyExists => exists(path),
        kind => Failure::refused(format!(
            "{} を読み書きできません（{}）。",
            path.display(),
            of_system(kind)
        )),
    }
}

fn exists(path: &Path) -> Failure {
    Failure::refused(format!(
        "{} はもうあります。上書きはしません。",
        path.display()
    ))
}
