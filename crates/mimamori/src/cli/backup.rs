//! `mimamori backup`: one sealed file that holds the whole database, and never a key.

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
use crate::config::words::of_system;

/// What the passphrase is called in the environment.
const PASSPHRASE: &str = "MIMAMORI_BACKUP_PASSPHRASE";
/// Shorter ones are guessed.
const SHORTEST: usize = 12;

/// データベース全体を、1つの暗号化したファイルに書き出します（動かしたままでかまいません）
#[derive(Args)]
#[command(after_help = "\
ある一瞬の全体が入ります。age 形式なので、標準の age コマンドでも開けます。
マスター鍵はバックアップに入りません。鍵の控えは必ず別の場所に置いてください。両方がそろって
はじめて元に戻せ、どちらか一方だけでは誰にも読めません。

パスフレーズは --passphrase-file か環境変数 MIMAMORI_BACKUP_PASSPHRASE で渡します。
PostgreSQL では pg_dump（Debian の postgresql-client）を使います。

例:
  mimamori backup /backup/mimamori-2026-04-01.age --passphrase-file /root/passphrase
  mimamori backup /backup/mimamori-2026-04-01.age --recipient age1…

終了コード: 0 書いた、1 書けなかった（すでにあるファイルには書きません）、2 設定の誤り")]
pub(super) struct Backup {
    /// 書き出すファイル
    #[arg(value_name = "ファイル")]
    file: PathBuf,
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
