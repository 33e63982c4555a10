//! `mimamori town …`: the towns of this installation.

use clap::{Args, Subcommand};
use words::municipality::MunicipalityCode;
use words::phone::Phone;

use super::failure::Failure;
use super::ground::Ground;
use super::say;
use crate::networks::{self, NewTown, Operator, Refusal};

/// 町（見守りネットワーク）を加えたり、一覧にしたりします
#[derive(Subcommand)]
pub(super) enum Town {
    Add(Box<Add>),
    List(List),
}

impl Town {
    pub async fn run(self, ground: Ground) -> Result<(), Failure> {
        match self {
            Town::Add(verb) => verb.run(ground).await,
            Town::List(verb) => verb.run(ground).await,
        }
    }
}

/// 町を1つ加え、その町の鍵を作ります
#[derive(Args)]
#[command(after_help = "\
例:
  mimamori town add --short minami --name みなみ町見守りネットワーク --code 131113 \\
      --day-phone 03-0100-0001 --night-phone 03-0100-0002

続けて、町の管理者を招待してください:
  mimamori staff invite --town minami --role town-admin --email admin@example.jp --name 氏名

終了コード: 0 加えた、1 断られた、2 書き方か設定の誤り")]
pub(super) struct Add {
    /// アドレスに使う短い名前（小文字の英字で始まる 2〜32 字。英小文字・数字・ハイフン）
    #[arg(long, value_name = "短い名前", value_parser = short)]
    short: String,
    /// 画面に出る名前
    #[arg(long, value_name = "名前")]
    name: String,
    /// 全国地方公共団体コード（検査数字を含む6桁）
    #[arg(long, value_name = "6桁", value_parser = code)]
    code: MunicipalityCode,
    /// 昼間の電話番号
    #[arg(long, value_name = "電話", value_parser = phone)]
    day_phone: Option<Phone>,
    /// 夜間・休日の電話番号
    #[arg(long, value_name = "電話", value_parser = phone)]
    night_phone: Option<Phone>,
    /// 民間が運営する（個人情報保護法の第4章による。付けなければ公的機関として第5章による）
    #[arg(long)]
    private: bool,
}

fn short(text: &str) -> Result<String, String> {
    let fits = networks::is_short(text);
    fits.then(|| text.to_owned()).ok_or_else(|| {
        "英小文字で始まる2〜32字（英小文字・数字・ハイフン）にしてください".to_owned()
    })
}

fn code(text: &str) -> Result<MunicipalityCode, String> {
    MunicipalityCode::parse(text)
        .map_err(|_| "検査数字を含む6桁の数字で書いてください（例 131113）".to_owned())
}

fn phone(text: &str) -> Result<Phone, String> {
    Phone::parse(text).map_err(|_| "03-0100-0001 のように市外局番から書いてください".to_owned())
}

impl Add {
    async fn run(self, ground: Ground) -> Result<(), Failure> {
        let app = ground.open().await?;
        let (id, name, short) = (app.new_network_id(), self.name.clone(), self.short.clone());
        let new = NewTown {
            short: self.short,
            name: self.name,
            municipality_code: self.code,
            operator: if self.private {
                Operator::Private
            } else {
                Operator::Public
            },
            day_phone: self.day_phone,
            night_phone: self.night_phone,
        };
        networks::found(&app.db, &app.vault, id, app.now(), app.dice.clone(), new)
            .await
            .map_err(words)?;
        say::answer(&format!(
            "{name}（{short}）を加えました。次に `mimamori staff invite --town {short} --role town-admin …` で管理者を招待してください。"
        ));
        Ok(())
    }
}

fn words(refusal: Refusal) -> Failure {
    match refusal {
        Refusal::ShortTaken => Failure::refused(
            "その短い名前の町がもうあります。`mimamori town list` で確かめてください。",
        ),
        Refusal::Vault(error) => error.into(),
        Refusal::Db(error) => error.into(),
        other => Failure::refused(other.to_string()),
    }
}

/// 町の一覧を表示します（短い名前と、画面に出る名前）
#[derive(Args)]
#[command(after_help = "終了コード: 0 表示した、1 できなかった、2 設定の誤り")]
pub(super) struct List {}

impl List {
    async fn run(self, ground: Ground) -> Result<(), Failure> {
        let app = ground.open().await?;
        let towns = networks::list_towns(&mut app.db.read().await?).await?;
        for town in &towns {
            say::answer(&format!("{}\t{}", town.short, town.name));
        }
        if towns.is_empty() {
            say::note("町はまだありません。`mimamori town add` で加えてください。");
        }
        Ok(())
    }
}
