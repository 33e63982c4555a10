//! `mimamori staff …`: accounts.

use clap::builder::PossibleValuesParser;
use clap::{Args, Subcommand};

use super::failure::Failure;
use super::ground::{Ground, choose_town};
use super::say;
use crate::app::App;
use crate::deed::Deed;
use crate::ids::{CenterId, RowId};
use crate::networks;
use crate::scope::Role;
use crate::staff::{self, Card, INVITATION_HOURS, Place, Refusal};

/// 職員のアカウントを始めます
#[derive(Subcommand)]
pub(super) enum Staff {
    Invite(Invite),
}

impl Staff {
    pub async fn run(self, ground: Ground) -> Result<(), Failure> {
        match self {
            Staff::Invite(verb) => verb.run(ground).await,
        }
    }
}

/// 職員を招待し、1回だけ使えるリンクを表示します（72時間有効。メールは送りません）
#[derive(Args)]
#[command(after_help = "\
リンクを開いた人が、自分でパスワードを決めてアカウントを始めます。本人に直接渡してください。

役割:
  town-admin    町の管理者（センター、職員、番号の発行）
  center-staff  センター職員（--center が必要）
  night-desk    夜間窓口
  partner       病院・消防・警察など（--organisation が必要）
  auditor       監査

例:
  mimamori staff invite --role town-admin --email admin@example.jp --name 氏名
  mimamori staff invite --town minami --role center-staff --center みなみセンター \\
      --email staff@example.jp --name 氏名

終了コード: 0 招待した、1 断られた、2 書き方か設定の誤り")]
pub(super) struct Invite {
    /// 町の短い名前（町が1つだけなら省けます）
    #[arg(long, value_name = "短い名前")]
    town: Option<String>,
    /// 役割（下の一覧のどれか）
    #[arg(long, value_name = "役割", value_parser = PossibleValuesParser::new(ROLES))]
    role: String,
    /// メールアドレス（ログインの名前になります）
    #[arg(long, value_name = "アドレス")]
    email: String,
    /// 職員の名前
    #[arg(long, value_name = "名前")]
    name: String,
    /// 所属するセンターの名前
    #[arg(long, value_name = "センター")]
    center: Option<String>,
    /// 所属する関係機関の名前
    #[arg(long, value_name = "関係機関")]
    organisation: Option<String>,
}

const ROLES: [&str; 5] = [
    "town-admin",
    "center-staff",
    "night-desk",
    "partner",
    "auditor",
];

impl Invite {
    async fn run(self, ground: Ground) -> Result<(), Failure> {
        let app = ground.open().await?;
        let town = choose_town(&app, self.town.as_deref()).await?;
        let deed = app.program_deed(town.id, "staff invite").await?;
        let place = self.place(&app, &deed).await?;
        let card = Card {
            name: self.name,
            email: self.email,
        };
        let invited = staff::invite(&app.db, &deed, card, place)
            .await
            .map_err(words)?;
        say::note(&format!(
            "このリンクを本人に直接渡してください。1回だけ、{INVITATION_HOURS}時間使えます。"
        ));
        say::answer(&format!("{}/join/{}", app.config.public_url, invited.token));
        Ok(())
    }

    async fn place(&self, app: &App, deed: &Deed) -> Result<Place, Failure> {
        let role = Role::from_code(&self.role.replace('-', "_"));
        Ok(Place {
            role: role.ok_or_else(|| Failure::refused("その役割はありません。"))?,
            center: self.center(app, deed).await?,
            organisation: self.organisation(app, deed).await?,
        })
    }

    async fn center(&self, app: &App, deed: &Deed) -> Result<Option<CenterId>, Failure> {
        let Some(name) = &self.center else {
            return Ok(None);
        };
        let all = networks::list_centers(&mut app.db.read().await?, &deed.scope).await?;
        let found = all.iter().find(|center| center.name == *name);
        let names = all.iter().map(|center| center.name.as_str());
        found
            .map(|center| Some(center.id))
            .ok_or_else(|| none_such("センター", names))
    }

    async fn organisation(&self, app: &App, deed: &Deed) -> Result<Option<RowId>, Failure> {
        let Some(name) = &self.organisation else {
            return Ok(None);
        };
        let all = networks::list_organisations(&mut app.db.read().await?, &deed.scope).await?;
        let found = all.iter().find(|organisation| organisation.name == *name);
        let names = all.iter().map(|organisation| organisation.name.as_str());
        found
            .map(|one| Some(one.id))
            .ok_or_else(|| none_such("関係機関", names))
    }
}

fn none_such<'a>(what: &str, names: impl Iterator<Item = &'a str>) -> Failure {
    let names: Vec<&str> = names.collect();
    if names.is_empty() {
        return Failure::refused(format!(
            "{what}がまだ登録されていません。管理者の画面で登録してください。"
        ));
    }
    Failure::refused(format!(
        "その名前の{what}はありません。次のどれかです: {}",
        names.join("、")
    ))
}

fn words(refusal: Refusal) -> Failure {
    match refusal {
        Refusal::EmailTaken => Failure::refused("そのメールアドレスのアカウントがもうあります。"),
        Refusal::PlaceNotWhole => Failure::refused(
            "センター職員には --center、関係機関には --organisation が必要です。ほかの役割にはどちらも付けません。",
        ),
        Refusal::Db(error) => error.into(),
        other => Failure::refused(other.to_string()),
    }
}
