//! `mimamori migrate`: brings the database up to this program's version.

use clap::Args;
use db::Db;

use super::failure::Failure;
use super::ground::Ground;
use super::say;
use crate::migrations;

/// データベースをこの版の形に更新します（前の版へは戻せません）
#[derive(Args)]
#[command(after_help = "\
更新は全部終わるか、何も変わらないかのどちらかです。何度実行してもかまいません。
先に `mimamori backup` を取ってください。SQLite では serve が起動のときに自動で行います。

例:
  mimamori migrate

終了コード: 0 更新した、または更新は不要だった。1 できなかった。2 設定の誤り")]
pub(super) struct Migrate {}

impl Migrate {
    pub async fn run(self, ground: Ground) -> Result<(), Failure> {
        let db = Db::open(ground.config()?.database_settings()).await?;
        let done = db.migrate(migrations::ALL).await?;
        for step in migrations::ALL
            .iter()
            .filter(|step| done.contains(&step.number))
        {
            say::answer(&format!("適用しました: {}", step.name));
        }
        if done.is_empty() {
            say::answer("更新は必要ありません。");
        }
        Ok(())
    }
}
