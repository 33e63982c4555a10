//! `mimamori audit …`: the record of what was seen and done.

use clap::{Args, Subcommand};

use super::failure::Failure;
use super::ground::{Ground, choose_town};
use super::progress::Progress;
use super::say;
use crate::audit::{self, Anchor, Fault, Report};
use crate::jobs;

/// 監査記録（誰が何を見て、何をしたか）を確かめます
#[derive(Subcommand)]
pub(super) enum Audit {
    Verify(Verify),
}

impl Audit {
    pub async fn run(self, ground: Ground) -> Result<(), Failure> {
        match self {
            Audit::Verify(verb) => verb.run(ground).await,
        }
    }
}

/// 監査記録が書き換え・削除・挿入・並べ替えされていないことを確かめます
#[derive(Args)]
#[command(after_help = "\
記録は数秒ごとに封をされ、封は前の封につながっています。いちばん新しい封の控えは、
マスター鍵のファイルの隣（audit-….anchor）にもあり、末尾の切り取りも見つかります。
サーバーが動いていてもかまいません。

例:
  mimamori audit verify
  mimamori audit verify --town minami

終了コード: 0 正しい、1 確かめられなかった、2 設定の誤り、3 記録が正しくない（最初の1行を示します）")]
pub(super) struct Verify {
    /// 町の短い名前（町が1つだけなら省けます）
    #[arg(long, value_name = "短い名前")]
    town: Option<String>,
}

impl Verify {
    async fn run(self, ground: Ground) -> Result<(), Failure> {
        let app = ground.open().await?;
        let town = choose_town(&app, self.town.as_deref()).await?;
        let deed = app.program_deed(town.id, "audit verify").await?;
        let anchor = match jobs::anchor_path(&app.config, town.id) {
            Some(path) => Anchor::read(&path).map_err(|why| Failure::refused(why.to_string()))?,
            None => None,
        };
        let progress = Progress::counting("確かめています");
        let mut conn = app.db.read().await?;
        let mut tell = |lines| progress.at(lines);
        let report = audit::verify(
            &mut conn,
            &deed.scope,
            &deed.keys,
            anchor.as_ref(),
            &mut tell,
        )
        .await?;
        progress.done();
        answer(&report)
    }
}

fn answer(report: &Report) -> Result<(), Failure> {
    match &report.fault {
        None => {
            say::answer(&format!(
                "監査記録は正しく保たれています（封をした記録 {}行、まだ新しい記録 {}行）。",
                report.sealed, report.unsealed
            ));
            Ok(())
        }
        Some(fault) => Err(Failure::Unverified(words(fault))),
    }
}

fn words(fault: &Fault) -> String {
    match fault {
        Fault::Altered(line) => format!("監査記録の{line}番の行が、書かれたときと違います。"),
        Fault::Missing(line) => format!("監査記録の{line}番の行がありません。"),
        Fault::Added(line) => format!("監査記録の{line}番の行は、あとから入れられたものです。"),
        Fault::Seal { number, first } => {
            format!(
                "監査記録の封{number}（{first}番の行から）が、なくなったか書き換えられています。"
            )
        }
        Fault::CutOff { number, anchored } => format!(
            "監査記録の末尾が切り取られたか、古い写しに置き換えられています（データベースの封は{number}まで、控えの封は{anchored}）。"
        ),
    }
}
