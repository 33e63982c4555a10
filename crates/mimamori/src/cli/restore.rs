//! `mimamori restore`: puts a backup where there is no database yet, and checks it.

use std::fs::{self, File};
use std::path::{Path, PathBuf};

use clap::Args;
use db::Location;
use seal::backup::{self, BackupError, Unlock};
use secrecy::SecretString;

use super::backup::{beside, broken, new_file, passphrase};
use super::failure::Failure;
use super::ground::{self, Ground};
use super::progress::Progress;
use super::say;
use crate::app::App;
use crate::config::Config;
use crate::networks;

/// バックアップを、まだデータベースのない場所に戻し、鍵で開けることを確かめます
#[derive(Args)]
#[command(after_help = "\
設定 database の場所に戻します。そこにデータベースがあれば断ります（上書きはしません）。
先にマスター鍵を設定 key.file の場所に置いてください。
PostgreSQL では、空のデータベースを作っておいてください（pg_restore を使います）。

例:
  mimamori restore /backup/mimamori-2026-04-01.age --passphrase-file /root/passphrase
  mimamori restore /backup/mimamori-2026-04-01.age --identity-file /root/age-key.txt

終了コード: 0 戻した、1 戻せなかった、2 設定の誤り、3 戻したが正しくない（改変、または鍵が違う）")]
pub(super) struct Restore {
    /// バックアップのファイル
    #[arg(value_name = "ファイル")]
    file: PathBuf,
    /// age の秘密鍵（AGE-SECRET-KEY-1…）が書かれたファイル
    #[arg(long, value_name = "ファイル", conflicts_with = "passphrase_file")]
    identity_file: Option<PathBuf>,
    /// パスフレーズが1行目に書かれたファイル
    #[arg(long, value_name = "ファイル")]
    passphrase_file: Option<PathBuf>,
}

impl Restore {
    pub async fn run(self, ground: Ground) -> Result<(), Failure> {
        let config = ground.config()?;
        config.key.open()?;
        let unlock = self.unlock()?;
        let copy = beside(place(&config).unwrap_or(&self.file), "restoring");
        let restored = match open_into(&self.file, &copy, &unlock) {
            Ok(()) => db::restore(&config.database_settings(), &copy)
                .await
                .map_err(words),
            Err(failure) => Err(failure),
        };
        let _ = fs::remove_file(&copy);
        restored?;
        let towns = check(&ground::open(config).await?).await?;
        say::answer(&format!(
            "戻しました。{towns}の町の鍵が開くことを確かめました。"
        ));
        say::answer(
            "続けて `mimamori audit verify` で監査記録も確かめてください。障害の直前より古い写しを戻したときは、\n\
             控えの封より前で終わっていると表示されます。失われた期間を確かめてから、控え（audit-….anchor）を片付けてください。",
        );
        Ok(())
    }

    fn unlock(&self) -> Result<Unlock, Failure> {
        if let Some(file) = &self.identity_file {
            let text = fs::read_to_string(file).map_err(|error| broken(file, &error))?;
            // `age-keygen` writes remarks before the key.
            let key = text
                .lines()
                .find(|line| line.starts_with("AGE-SECRET-KEY-1"));
            let key =
                key.ok_or_else(|| Failure::refused("age の秘密鍵がファイルにありません。"))?;
            return Ok(Unlock::Identity(SecretString::from(key.to_owned())));
        }
        let passphrase = passphrase(self.passphrase_file.as_deref())?.ok_or_else(|| {
            Failure::refused("--passphrase-file か --identity-file、または環境変数 MIMAMORI_BACKUP_PASSPHRASE が必要です。")
        })?;
        Ok(Unlock::Passphrase(SecretString::from(passphrase)))
    }
}

/// The file the copy becomes, where it becomes one; it must lie on the same disk.
fn place(config: &Config) -> Option<&Path> {
    match &config.database {
        Location::Sqlite { path } => Some(path),
        Location::Postgres { .. } => None,
    }
}

fn open_into(file: &Path, copy: &Path, unlock: &Unlock) -> Result<(), Failure> {
    let from = File::open(file).map_err(|error| broken(file, &error))?;
    let total = from.metadata().map_or(0, |about| about.len());
    let to = new_file(copy)?;
    let progress = Progress::of_bytes(total, "復号しています");
    backup::decrypt(progress.reading(from), &to, unlock).map_err(|error| match error {
        BackupError::Tampered => Failure::Unverified(
            "バックアップが書き換えられているか、途中で切れています。戻していません。".to_owned(),
        ),
        BackupError::WrongKey => {
            Failure::refused("パスフレーズまたは鍵が、このバックアップのものではありません。")
        }
        other => Failure::refused(format!("バックアップを開けません（{other}）。")),
    })?;
    progress.done();
    to.sync_all().map_err(|error| broken(copy, &error))
}

fn words(error: db::Error) -> Failure {
    match error {
        db::Error::Duplicate => {
            Failure::refused("戻す場所にデータベースがもうあります。上書きはしません。")
        }
        db::Error::Shape(_) => Failure::refused(
            "別の種類のデータベースのバックアップです。設定 database を、取ったときと同じ種類にしてください。",
        ),
        other => other.into(),
    }
}

/// Opens every town's keys, and says how many there are.
async fn check(app: &App) -> Result<usize, Failure> {
    let towns = networks::list_towns(&mut app.db.read().await?).await?;
    for town in &towns {
        if app.program_deed(town.id, "restore").await.is_err() {
            return Err(Failure::Unverified(format!(
                "戻しましたが、{}の鍵がこのマスター鍵では開きません。正しいマスター鍵を key.file に置いてください。",
                town.short
            )));
        }
    }
    Ok(towns.len())
}
