//! `mimamori export`: everybody as a file in the layout that `import people` reads.

mod file;
mod table;

use std::path::PathBuf;

use clap::Args;

use super::failure::Failure;
use super::ground::{Ground, choose_town};
use super::progress::Progress;
use super::say;
use crate::app::App;
use crate::audit::{self, Fields, Line, Verb};
use crate::deed::Deed;
use crate::ids::PersonId;
use crate::people::{self, Group};

/// People read and told to the audit at a time.
const CHUNK: u32 = 200;

/// 登録者をすべて1つの表に書き出します
#[derive(Args)]
#[command(after_help = "\
名簿の取り込みと同じ列の表です。1人につき1行の監査記録が残ります。
utf8 は CSV（BOM つきで Excel でもそのまま開けます）、cp932 は Shift_JIS の CSV、xlsx は Excel です。
ファイルには医療情報を含む個人情報がそのまま入ります。権限600で作り、あるファイルには書きません。

例:
  mimamori export people.csv
  mimamori export people.xlsx --format xlsx
  mimamori export people-sjis.csv --format cp932   （Shift_JISにない文字があれば、場所を示して止まります）

終了コード: 0 書き出した、1 書き出せなかった、2 設定の誤り")]
pub(super) struct Export {
    /// 書き出すファイル（新しい名前）
    #[arg(value_name = "ファイル")]
    file: PathBuf,
    /// ファイルの形: utf8（決めなければこれ）、cp932、xlsx
    #[arg(long, value_enum, value_name = "形", default_value_t = file::Format::Utf8)]
    format: file::Format,
    /// 町の短い名前（町が1つだけなら省けます）
    #[arg(long, value_name = "短い名前")]
    town: Option<String>,
}

impl Export {
    pub async fn run(self, ground: Ground) -> Result<(), Failure> {
        let app = ground.open().await?;
        let town = choose_town(&app, self.town.as_deref()).await?;
        let deed = app.program_deed(town.id, "export").await?;
        let progress = Progress::counting("書き出しています");
        let rows = rows(&app, &deed, &progress).await?;
        progress.done();
        file::write(&self.file, self.format, &rows)?;
        say::answer(&format!(
            "{}人を {} に書き出しました。",
            rows.len() - 1,
            self.file.display()
        ));
        Ok(())
    }
}

/// The head and everybody; each chunk's audit lines are durable before it is kept.
async fn rows(app: &App, deed: &Deed, progress: &Progress) -> Result<Vec<Vec<String>>, Failure> {
    let mut rows = vec![table::HEAD.map(str::to_owned).to_vec()];
    let mut after = PersonId(0);
    loop {
        let mut conn = app.db.read().await?;
        let ids = people::list_ids_after(&mut conn, deed, after, CHUNK)
            .await
            .map_err(broken)?;
        let Some(last) = ids.last() else {
            return Ok(rows);
        };
        after = *last;
        let line = |id: &PersonId| Line::new(Verb::Exported, Some(*id), taken());
        audit::witness_all(&app.db, deed, ids.iter().map(line).collect()).await?;
        for id in &ids {
            if let Some(person) = people::find(&mut conn, deed, *id).await.map_err(broken)? {
                rows.push(table::row(&person));
            }
        }
        progress.at(rows.len() as u64 - 1);
    }
}

fn taken() -> Fields {
    Group::all_fields()
}

fn broken(_: people::Refusal) -> Failure {
    Failure::refused(
        "登録者の記録を開けません。`mimamori check-config` でマスター鍵を確かめてください。",
    )
}
