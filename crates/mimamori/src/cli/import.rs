//! `mimamori import …`: rosters.

use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::failure::Failure;
use super::ground::{Ground, choose_town};
use super::progress::Progress;
use super::say;
use crate::app::App;
use crate::config::words::of_system;
use crate::deed::Deed;
use crate::erasure::ROSTERS;
use crate::ids::RowId;
use crate::people::import::{self, Field, Mapping, Mode, Outcome, Refusal, Run};

/// 名簿を取り込みます
#[derive(Subcommand)]
pub(super) enum Import {
    People(People),
}

impl Import {
    pub async fn run(self, ground: Ground) -> Result<(), Failure> {
        match self {
            Import::People(verb) => verb.run(ground).await,
        }
    }
}

/// 登録者の名簿（Excel、CSV）を読み、確かめてから取り込みます
#[derive(Args)]
#[command(after_help = "\
文字コード（Shift_JIS、UTF-8）、見出しの行、列の対応は自動で見分けます。
取り込めない行か重複のおそれの行が1つでもあれば、何も取り込みません（--accept-good でよい行だけ取り込みます）。
同じファイルを2度取り込んでも、登録は変わりません。

例:
  mimamori import people 名簿.xlsx --dry-run
  mimamori import people 名簿.csv --town minami --map 血液型等=remarks
  mimamori import people 名簿.csv --accept-good --refused 直す行.csv

終了コード: 0 取り込んだ（--dry-run では、すべての行を取り込める）、1 断られた、2 書き方か設定の誤り")]
pub(super) struct People {
    /// 名簿のファイル（.xlsx、.csv、.tsv）
    #[arg(value_name = "ファイル")]
    file: PathBuf,
    /// 町の短い名前（町が1つだけなら省けます）
    #[arg(long, value_name = "短い名前")]
    town: Option<String>,
    /// 確かめるだけで、取り込みません
    #[arg(long)]
    dry_run: bool,
    /// 取り込めない行を残し、よい行だけ取り込みます
    #[arg(long)]
    accept_good: bool,
    /// 列の対応を決めます（見出し=項目。項目を空にすると取り込みません）
    #[arg(long, value_name = "見出し=項目")]
    map: Vec<String>,
    /// 取り込まなかった行を、理由をつけてこのファイルに書きます
    #[arg(long, value_name = "ファイル")]
    refused: Option<PathBuf>,
}

impl People {
    async fn run(self, ground: Ground) -> Result<(), Failure> {
        let app = ground.open().await?;
        let town = choose_town(&app, self.town.as_deref()).await?;
        let deed = app.program_deed(town.id, "import people").await?;
        let run = self.judge(&app, &deed).await?;
        let bad = say_counts(&app, &deed, run).await?;
        if bad > 0 {
            self.write_refused(&app, &deed, run).await?;
        }
        if self.dry_run {
            import::drop_run(&app.db, &deed, run).await.map_err(words)?;
            return match bad {
                0 => Ok(()),
                _ => Err(Failure::refused(
                    "取り込めない行があります。何も取り込んでいません。",
                )),
            };
        }
        let mode = if self.accept_good {
            Mode::Good
        } else {
            Mode::All
        };
        let taken = take(&app, &deed, run, mode).await.map_err(words)?;
        say::answer(&format!("{}人を登録または変更しました。", taken.written));
        Ok(())
    }

    /// Reads the file, settles its columns, judges its rows.
    async fn judge(&self, app: &App, deed: &Deed) -> Result<RowId, Failure> {
        let file = std::fs::read(&self.file).map_err(|error| {
            Failure::refused(format!(
                "ファイルが読めません（{}）。",
                of_system(error.kind())
            ))
        })?;
        let progress = Progress::counting("名簿を確かめています");
        let name = self
            .file
            .file_name()
            .map(|name| name.to_string_lossy().into_owned());
        let sheet = import::read(&file).map_err(|why| Failure::refused(why.to_string()))?;
        let run = import::begin(&app.db, deed, name.unwrap_or_default(), file)
            .await
            .map_err(words)?;
        let mapping = self.mapped(&sheet, find(app, deed, run).await?.mapping)?;
        say_columns(&sheet, &mapping);
        import::settle_columns(&app.db, deed, run, mapping)
            .await
            .map_err(words)?;
        import::judge(&app.db, deed, run, ROSTERS)
            .await
            .map_err(words)?;
        progress.at(u64::try_from(sheet.rows.len()).unwrap_or(u64::MAX));
        progress.done();
        Ok(run)
    }

    /// The columns as guessed, with those of `--map`.
    fn mapped(&self, sheet: &import::Sheet, mut mapping: Mapping) -> Result<Mapping, Failure> {
        for chosen in &self.map {
            let wrong = |why: &str| Failure::refused(format!("--map {chosen}: {why}"));
            let (heading, code) = chosen
                .split_once('=')
                .ok_or_else(|| wrong("見出し=項目 と書いてください。"))?;
            let headings = sheet.headings();
            let at = headings
                .iter()
                .position(|one| import::key(one) == import::key(heading));
            let at = at.ok_or_else(|| wrong("その見出しはありません。"))?;
            let field = Field::from_code(code);
            if field.is_none() && !code.is_empty() {
                let all: Vec<String> = Field::all().into_iter().map(Field::code).collect();
                return Err(wrong(&format!("項目は次のどれかです: {}", all.join(" "))));
            }
            for one in mapping
                .iter_mut()
                .filter(|one| one.is_some() && **one == field)
            {
                *one = None;
            }
            mapping[at] = field;
        }
        Ok(mapping)
    }

    async fn write_refused(&self, app: &App, deed: &Deed, run: RowId) -> Result<(), Failure> {
        let Some(path) = &self.refused else {
            return Ok(());
        };
        let (file, _) = import::list_back(&app.db, deed, run).await.map_err(words)?;
        std::fs::write(path, file).map_err(|error| {
            Failure::refused(format!(
                "--refused に書けません（{}）。",
                of_system(error.kind())
            ))
        })?;
        say::note("取り込まない行を --refused のファイルに書きました。");
        Ok(())
    }
}

async fn find(app: &App, deed: &Deed, run: RowId) -> Result<Run, Failure> {
    let found = import::find_run(&mut app.db.read().await?, deed, run)
        .await
        .map_err(words)?;
    found.ok_or_else(|| words(Refusal::NotFound))
}

fn say_columns(sheet: &import::Sheet, mapping: &Mapping) {
    say::note(&format!(
        "{}、見出しは{}行目",
        sheet.layout.words(),
        sheet.head.number
    ));
    for (heading, field) in sheet.headings().iter().zip(mapping) {
        let field = field.map_or("（取り込まない）".to_owned(), |field| {
            format!("{}（{}）", field.word(), field.code())
        });
        say::note(&format!("  {} → {field}", heading.trim()));
    }
}

/// Says how many rows there are of each kind; how many stand in the way.
async fn say_counts(app: &App, deed: &Deed, run: RowId) -> Result<u64, Failure> {
    let mut conn = app.db.read().await?;
    let counts = import::count_rows(&mut conn, deed, run)
        .await
        .map_err(words)?;
    let of = |outcome: Outcome| -> u64 {
        counts
            .iter()
            .filter(|(one, ..)| *one == outcome)
            .map(|(_, _, count)| count)
            .sum()
    };
    for outcome in Outcome::ALL {
        say::answer(&format!("{}: {}行", outcome.word(), of(*outcome)));
    }
    for outcome in [Outcome::Refused, Outcome::Duplicate] {
        let rows = import::list_rows(&mut conn, deed, run, Some(outcome), (u32::MAX, 0)).await;
        for (verdict, _) in rows.map_err(words)? {
            // Cells hold names and numbers of people: only the row and the heading are said here.
            let headings: Vec<&str> = verdict
                .faults
                .iter()
                .map(|fault| fault.heading.as_str())
                .collect();
            say::note(&format!(
                "  {}行目 {} {}",
                verdict.row,
                outcome.word(),
                headings.join("・")
            ));
        }
    }
    Ok(of(Outcome::Refused) + of(Outcome::Duplicate))
}

async fn take(app: &App, deed: &Deed, run: RowId, mode: Mode) -> Result<import::Taken, Refusal> {
    let progress = Progress::counting("取り込んでいます");
    let taken = import::take(&app.db, deed, run, mode, ROSTERS).await?;
    progress.at(u64::try_from(taken.written).unwrap_or(u64::MAX));
    progress.done();
    Ok(taken)
}

fn words(refusal: Refusal) -> Failure {
    match refusal {
        Refusal::Db(error) => error.into(),
        Refusal::NotAll { .. } => Failure::refused(format!(
            "{refusal} --accept-good でよい行だけ取り込めます。"
        )),
        other => Failure::refused(other.to_string()),
    }
}
