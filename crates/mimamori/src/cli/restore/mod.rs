//! `mimamori restore`: puts a backup where there is no database yet, and checks it.

mod proof;

use std::fs::{self, File};
use std::path::{Path, PathBuf};

use clap::Args;
use db::Location;
use seal::backup::{self, BackupError, Unlock};
use secrecy::SecretString;

use super::backup::{FOLDER, Folder, beside, broken, new_file, passphrase};
use super::failure::Failure;
use super::ground::{self, Ground};
use super::progress::Progress;
use super::say;
use crate::app::App;
use crate::config::Config;
use crate::deed::Deed;
use crate::networks::{self, TownCard};
use crate::{erasure, leaving};

/// バックアップを、まだデータベースのない場所に戻し、鍵で開けることを確かめます
#[derive(Args)]
#[command(after_help = "\
設定 database の場所に戻します。そこにデータベースがあれば断ります（上書きはしません）。
フォルダのバックアップは、いちばん新しい回を戻します。ほかの回は --generation で選びます。
戻したあとに、件数、監査記録、1人の記録と番号の照会を確かめて、結果を表示します。
バックアップより後に消去した方は、消去の一覧（フォルダの中、マスター鍵の隣、--erasures）から、もう一度消します。
先にマスター鍵を設定 key.file の場所に置いてください。
PostgreSQL では、空のデータベースを作っておいてください（pg_restore を使います）。

例:
  mimamori restore /backup/mimamori-2026-04-01.age --passphrase-file /etc/mimamori/passphrase
  mimamori restore /backup/mimamori-2026-04-01.age --identity-file /etc/mimamori/age-key.txt
  mimamori restore /backup/mimamori --identity-file /etc/mimamori/age-key.txt --generation 20260401T030000Z

終了コード: 0 戻した、1 戻せなかった、2 設定の誤り、3 戻したが正しくない（改変、または鍵が違う）")]
pub(super) struct Restore {
    /// バックアップのファイル、またはフォルダ
    #[arg(value_name = "ファイル")]
    file: PathBuf,
    /// フォルダのうち、どの回を戻すか（決めなければ、いちばん新しい回）
    #[arg(long, value_name = "回")]
    generation: Option<String>,
    /// 消去の一覧（erasures-….list）。何度でも指定できます
    #[arg(long, value_name = "ファイル")]
    erasures: Vec<PathBuf>,
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
        let key = config.key.open()?.app_key(FOLDER);
        let unlock = self.unlock()?;
        let folder = match Folder::is_at(&self.file) {
            true => Some(Folder::open(&self.file, key)?),
            false => None,
        };
        let lists = self.lists(folder.as_ref())?;
        let copy = beside(place(&config).unwrap_or(&self.file), "restoring");
        let opened = match &folder {
            Some(folder) => self.join(folder, &copy, &unlock),
            None => open_into(&self.file, &copy, &unlock),
        };
        let restored = match opened {
            Ok(()) => db::restore(&config.database_settings(), &copy)
                .await
                .map_err(words),
            Err(failure) => Err(failure),
        };
        let _ = fs::remove_file(&copy);
        restored?;
        let app = ground::open(config).await?;
        let towns = check(&app).await?;
        say::answer(&format!(
            "戻しました。{}の町の鍵が開くことを確かめました。",
            towns.len()
        ));
        for (town, deed) in &towns {
            erase_again(&app, town, deed, &lists).await?;
        }
        proof::counts(&app).await?;
        for (town, deed) in &towns {
            proof::of_town(&app, deed, town).await?;
        }
        say::answer(
            "続けて `mimamori audit verify` で監査記録も確かめてください。障害の直前より古い写しを戻したときは、\n\
             控えの封より前で終わっていると表示されます。失われた期間を確かめてから、控え（audit-….anchor）を片付けてください。",
        );
        Ok(())
    }

    /// The lists of erasures that were handed in or lie beside the backups.
    fn lists(&self, folder: Option<&Folder>) -> Result<Vec<String>, Failure> {
        let read = |file: &PathBuf| fs::read_to_string(file).map_err(|error| broken(file, &error));
        let mut lists: Vec<String> = self.erasures.iter().map(read).collect::<Result<_, _>>()?;
        if let Some(folder) = folder {
            lists.extend(folder.erasures()?);
        }
        Ok(lists)
    }

    /// Puts the chosen backup of a folder together.
    fn join(&self, folder: &Folder, copy: &Path, unlock: &Unlock) -> Result<(), Failure> {
        let names = folder.generations()?;
        let name = match &self.generation {
            Some(name) => names.iter().find(|one| *one == name).ok_or_else(|| {
                Failure::refused(format!(
                    "{name} の回はありません。あるのは {} です。",
                    names.join("、")
                ))
            })?,
            None => names.last().ok_or_else(|| {
                Failure::refused("このフォルダには、書き終わったバックアップがまだありません。")
            })?,
        };
        let to = new_file(copy)?;
        let progress = Progress::of_bytes(0, "復号しています");
        folder.read(name, &to, unlock, |done| progress.at(done))?;
        progress.done();
        to.sync_all().map_err(|error| broken(copy, &error))
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

/// Opens every town's keys.
async fn check(app: &App) -> Result<Vec<(TownCard, Deed)>, Failure> {
    let towns = networks::list_towns(&mut app.db.read().await?).await?;
    let mut opened = Vec::with_capacity(towns.len());
    for town in towns {
        let deed = app.program_deed(town.id, "restore").await.map_err(|_| {
            Failure::Unverified(format!(
                "戻しましたが、{}の鍵がこのマスター鍵では開きません。正しいマスター鍵を key.file に置いてください。",
                town.short
            ))
        })?;
        opened.push((town, deed));
    }
    Ok(opened)
}

/// Erases anew whoever was erased after the backup was taken.
async fn erase_again(
    app: &App,
    town: &TownCard,
    deed: &Deed,
    lists: &[String],
) -> Result<(), Failure> {
    let damaged = |_| {
        Failure::Unverified(format!(
            "戻しましたが、{}の消去の一覧が書き換えられているか、別のマスター鍵のものです。もう一度消すべき方がわかりません。正しい一覧を --erasures で指定し、空の場所に戻し直してください。",
            town.name
        ))
    };
    let mut told = Vec::new();
    for list in lists {
        told.extend(erasure::from_text(deed, list).map_err(damaged)?);
    }
    let anew = erasure::keep_in_step(app, deed, told).await?;
    let known = leaving::count_erasures(&mut app.db.read().await?, deed).await?;
    say::answer(&format!(
        "{}：バックアップより後に消去された{anew}人を、もう一度消しました（消去の一覧は{known}人）。",
        town.name
    ));
    Ok(())
}
