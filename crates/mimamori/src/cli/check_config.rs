//! `mimamori check-config`: says everything that is wrong with the settings at once.

use std::path::Path;

use clap::Args;
use db::{Db, Location};

use super::failure::Failure;
use super::ground::Ground;
use super::say;
use crate::config::{Config, Wrong};

/// 設定を読み、誤りをすべて一度に表示します（何も変更しません）
#[derive(Args)]
#[command(after_help = "\
例:
  mimamori check-config
  mimamori --config /etc/mimamori/config.toml check-config

終了コード: 0 正しい、2 誤りがある（直し方を1件ずつ表示します）")]
pub(super) struct CheckConfig {}

impl CheckConfig {
    pub async fn run(self, ground: Ground) -> Result<(), Failure> {
        let config = ground.config()?;
        let mut wrong = Vec::new();
        if let Err(more) = config.key.open() {
            wrong.extend(more.0);
        }
        if let Err(why) = reach(&config).await {
            wrong.push(why.to_string());
        }
        if wrong.is_empty() {
            say::answer(&summary(&config, ground.file()));
            return Ok(());
        }
        Err(Wrong(wrong).into())
    }
}

/// Whether the database can be had. An SQLite file that is not there yet is not made: checked by
/// root, it would be root's, and the server could not open it.
async fn reach(config: &Config) -> Result<(), Failure> {
    if let Location::Sqlite { path } = &config.database
        && !path.exists()
    {
        return reach_folder(path);
    }
    Db::open(config.database_settings()).await?;
    Ok(())
}

fn reach_folder(path: &Path) -> Result<(), Failure> {
    let folder = path.parent().filter(|folder| *folder != Path::new(""));
    match folder {
        Some(folder) if !folder.is_dir() => Err(Failure::refused(format!(
            "データベースを置くフォルダー {} がありません。作ってから、もう一度実行してください。",
            folder.display()
        ))),
        _ => Ok(()),
    }
}

fn summary(config: &Config, file: Option<&Path>) -> String {
    let file = file.map_or("環境変数のみ".to_owned(), |path| {
        path.display().to_string()
    });
    let mail = config.mail.as_ref().map_or("送らない".to_owned(), |mail| {
        format!("{}:{}", mail.host, mail.port)
    });
    format!(
        "設定は正しく読めました。\n設定ファイル: {file}\n待ち受け: {}\n職員が開くアドレス: {}\nデータベース: {:?}\nメール: {mail}",
        config.listen, config.public_url, config.database
    )
}
