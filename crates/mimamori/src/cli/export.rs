//! `mimamori export`: everybody as a file in the layout that `import people` reads.

use std::fs::File;
use std::io::Write as _;
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};

use clap::Args;
use tokio::sync::mpsc::channel;

use super::failure::Failure;
use super::ground::{Ground, choose_town};
use super::progress::Progress;
use super::say;
use crate::app::App;
use crate::config::words::of_system;
use crate::deed::Deed;
use crate::exchange::{self, List, MOST_ROWS_OF_EXCEL, Part, Unlisted, Wish};

/// Letters that are named; the rest are counted.
const NAMED: usize = 20;

/// How the file is written.
#[derive(Clone, Copy, PartialEq, Eq, Debug, clap::ValueEnum)]
pub enum Format {
    /// CSV、UTF-8（BOMつき。Excelでもそのまま開けます）
    Utf8,
    /// CSV、Shift_JIS（CP932）
    Cp932,
    /// Excel（.xlsx）
    Xlsx,
    /// JSON
    Json,
}

impl Format {
    const fn of_list(self) -> exchange::Format {
        match self {
            Format::Utf8 => exchange::Format::Utf8,
            Format::Cp932 => exchange::Format::Cp932,
            Format::Xlsx => exchange::Format::Xlsx,
            Format::Json => exchange::Format::Json,
        }
    }
}

/// 登録者をすべて1つの表に書き出します
#[derive(Args)]
#[command(after_help = "\
名簿の取り込みと同じ列の表です。取り込むと、同意や連絡先まで元どおりになります。
1人につき1行の監査記録が残ります。
utf8 は CSV（BOM つきで Excel でもそのまま開けます）、cp932 は Shift_JIS の CSV、xlsx は Excel、json は JSON です。
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
    /// ファイルの形: utf8（決めなければこれ）、cp932、xlsx、json
    #[arg(long, value_enum, value_name = "形", default_value_t = Format::Utf8)]
    format: Format,
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
        if self.format == Format::Cp932 {
            refuse_lost(&app, &deed).await?;
        }
        let count = write(&app, &deed, &self.file, self.format.of_list()).await?;
        progress.done();
        say::answer(&format!(
            "{count}人を {} に書き出しました。",
            self.file.display()
        ));
        Ok(())
    }
}

/// Everybody of the town.
fn everybody() -> Wish {
    Wish {
        list: List::People,
        part: Part::default(),
        reason: "mimamori export".to_owned(),
    }
}

/// Names what Shift_JIS can't hold, with its place.
async fn refuse_lost(app: &App, deed: &Deed) -> Result<(), Failure> {
    let found = exchange::lost_letters(&app.db, deed, &everybody()).await;
    let (lost, count) = found.map_err(broken)?;
    if count == 0 {
        return Ok(());
    }
    let listed: Vec<String> = lost
        .iter()
        .take(NAMED)
        .map(|one| {
            format!(
                "・{}行目「{}」の「{}」（U+{:04X}）",
                one.row, one.column, one.letter, one.letter as u32
            )
        })
        .collect();
    Err(Failure::refused(format!(
        "Shift_JISにない文字が{count}か所あるため、書き出しませんでした。--format utf8 か xlsx なら、そのまま書き出せます。\n{}",
        listed.join("\n")
    )))
}

/// Writes the pieces as they come; a file that broke off is not left behind.
async fn write(
    app: &App,
    deed: &Deed,
    path: &Path,
    format: exchange::Format,
) -> Result<usize, Failure> {
    let mut file = create(path)?;
    let (to, mut from) = channel(4);
    let (db, deed) = (app.db.clone(), deed.clone());
    let listing =
        tokio::spawn(
            async move { exchange::write_list(&db, &deed, &everybody(), format, &to).await },
        );
    let mut written = Ok(());
    while let Some(piece) = from.recv().await {
        written = written.and_then(|()| file.write_all(&piece));
    }
    let written = written.and_then(|()| file.sync_all());
    let counted = listing.await.unwrap_or(Err(Unlisted::Gone));
    let done = counted.map_err(broken).and_then(|count| {
        written
            .map(|()| count)
            .map_err(|error| cannot(path, &error))
    });
    if done.is_err() {
        let _ = std::fs::remove_file(path);
    }
    done
}

/// A new file that only its owner can read; nothing is ever written over.
fn create(path: &Path) -> Result<File, Failure> {
    let file = std::fs::OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(path);
    file.map_err(|error| cannot(path, &error))
}

fn cannot(path: &Path, error: &std::io::Error) -> Failure {
    Failure::refused(format!(
        "{} に書けません（{}）。",
        path.display(),
        of_system(error.kind())
    ))
}

fn broken(why: Unlisted) -> Failure {
    Failure::refused(match why {
        Unlisted::TooMany => format!(
            "Excelには{MOST_ROWS_OF_EXCEL}人までを書き出せます。--format utf8 なら、何人でも書き出せます。"
        ),
        _ => "登録者の記録を開けません。`mimamori check-config` でマスター鍵を確かめてください。"
            .to_owned(),
    })
}
