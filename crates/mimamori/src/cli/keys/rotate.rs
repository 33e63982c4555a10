//! `mimamori keys rotate`: a new key for a town, and everything moved to it.

use clap::Args;

use crate::cli::failure::Failure;
use crate::cli::ground::{Ground, choose_town};
use crate::cli::progress::Progress;
use crate::cli::say;
use crate::networks::Refusal;
use crate::rotation::{Rotation, SETTLING, Unrotated};

/// 町の鍵を新しくし、その町のすべての記録を新しい鍵で封じなおします
#[derive(Args)]
#[command(after_help = "\
サーバーが動いたままでかまいません。検索も照会もそのまま使えます。
途中で止まっても何も失われません。もう一度実行すると続きから進みます。
終わると前の鍵は使えなくなり、データベースから消えます。前に取ったバックアップは、
その中に前の鍵を封じて持っているので、これまでどおりマスター鍵で戻せます。

例:
  mimamori keys rotate --town minami

終了コード: 0 終わった、1 終わらなかった（もう一度実行すると続きから）、2 設定の誤り")]
pub(in crate::cli) struct Rotate {
    /// 町の短い名前（町が1つだけなら省けます）
    #[arg(long, value_name = "短い名前")]
    town: Option<String>,
}

impl Rotate {
    pub async fn run(self, ground: Ground) -> Result<(), Failure> {
        let app = ground.open().await?;
        let town = choose_town(&app, self.town.as_deref()).await?;
        let mut rotation = Rotation::begin(&app, town.id).await?;
        say::note(&format!(
            "鍵の版{}に移します。動いているサーバーが新しい鍵を使いはじめるまで{}秒待ちます。",
            rotation.newest(),
            SETTLING.as_secs()
        ));
        tokio::time::sleep(SETTLING).await;
        let progress = Progress::counting("封じなおしています");
        let mut moved = 0;
        while let Some(rows) = rotation.step().await? {
            moved += rows;
            progress.at(moved);
        }
        progress.done();
        let newest = rotation.newest();
        let older = rotation.retire().await?;
        say::answer(&format!(
            "{}の鍵を版{newest}にしました。前の版{older}は廃止しました。",
            town.name
        ));
        Ok(())
    }
}

impl From<Unrotated> for Failure {
    fn from(why: Unrotated) -> Failure {
        match why {
            Unrotated::Row(part, after, why) => Failure::refused(format!(
                "{part} の {after:016x} より後に、開けない記録があります（{why}）。`mimamori audit verify` で確かめ、バックアップと比べてください。前の鍵はまだ使えます。"
            )),
            Unrotated::Importing => Failure::refused(
                "名簿の取り込みが動いています。終わってから、もう一度実行してください。続きから進みます。",
            ),
            Unrotated::StillWritten => Failure::refused(
                "前の鍵で書いているサーバーがあるようです。すべてのサーバーの時計と版を確かめ、もう一度実行してください。続きから進みます。",
            ),
            Unrotated::Keys(Refusal::Vault(error)) => error.into(),
            Unrotated::Keys(Refusal::Db(error)) | Unrotated::Db(error) => error.into(),
            Unrotated::Keys(other) => Failure::refused(other.to_string()),
        }
    }
}
