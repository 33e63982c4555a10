//! The Station under load: a Friday at its doors, its doors beside another program's, its figures, and
//! the night's reading of who came.

pub mod beside;
pub mod figures;
pub mod friday;
pub mod night;
mod pretix;

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use db::testing::{self, Guard};
use db::{Db, Engine, Settings};
use jiff::ToSpan as _;
use jiff::civil::Date;
use mimamori::app::App;
use mimamori::clock::{Clock, in_japan};
use mimamori::config::Config;
use mimamori::deed::{Deed, Dice};
use mimamori::ids::{CenterId, NetworkId, RowId, StaffId};
use mimamori::migrations;
use mimamori::networks::{self, CenterCard, NewTown, Vault};
use mimamori::scope::{Actor, Role, Scope};
use mimamori::staff::{self, Card, Place, Stage};
use mimamori::station::courses::{
    self, Beat, By, Details, Entry, Hours, Marks, OnHoliday, Plan, Rule, Who,
};
use seal::{MasterKey, SecretToken};

use crate::child::Server;
use crate::desk::town::new_town;

/// A town with one center and one of its staff, in a database of its own.
pub struct Town {
    /// The program.
    pub app: App,
    /// What the staff may do.
    pub deed: Deed,
    kept: Kept,
}

/// What stays of it while the program serves: one SQLite file has one program.
pub struct Kept {
    network: NetworkId,
    account: StaffId,
    center: CenterId,
    folder: PathBuf,
    settings: Settings,
    _guard: Guard,
}

/// The engine of a name.
pub fn engine(name: &str) -> Result<Engine> {
    match name {
        "sqlite" => Ok(Engine::Sqlite),
        "postgres" => Ok(Engine::Postgres),
        other => anyhow::bail!("no such engine: {other}"),
    }
}

impl Town {
    /// Founded now.
    pub async fn found(engine: Engine, clock: Clock) -> Result<Town> {
        let fresh = testing::fresh(engine).await?;
        fresh.db.migrate(migrations::ALL).await?;
        let folder = std::env::temp_dir().join(format!("mimamori-station-{}", std::process::id()));
        std::fs::create_dir_all(&folder)?;
        let key = folder.join("master.key");
        let _left_over = std::fs::remove_file(&key);
        MasterKey::generate(&mut Dice::Machine).write_new(&key)?;
        let vault = Vault::new(MasterKey::from_file(&key)?);
        let app = App::new(
            fresh.db.clone(),
            vault,
            clock,
            Dice::Machine,
            Config::default(),
        );
        let network = app.new_network_id();
        let (account, center) = people_at_work(&app, network, 0).await?;
        let kept = Kept {
            network,
            account,
            center,
            folder,
            settings: fresh.settings,
            _guard: fresh.guard,
        };
        kept.town(app).await
    }

    /// The program itself serves it, as a process of its own.
    pub async fn serve(self, program: &Path) -> Result<(Server, Kept)> {
        let Town { app, kept, .. } = self;
        drop(app);
        let server = Server::serve(program, &kept.settings.location, &kept.folder).await?;
        Ok((server, kept))
    }

    /// Sessions of the account, as browsers send them.
    pub async fn sessions(&self, count: usize) -> Result<Vec<String>> {
        let mut cookies = Vec::new();
        for _ in 0..count {
            let agent = "bench".to_owned();
            let opened = staff::open_session(
                &self.app.db,
                &self.deed,
                self.kept.account,
                Stage::Full,
                agent,
            );
            cookies.push(format!("mimamori={}", opened.await?.cookie));
        }
        Ok(cookies)
    }

    /// Today in Japan.
    pub fn today(&self) -> Date {
        in_japan(self.app.now()).date()
    }

    /// A course on these days; its days in their order.
    pub async fn course(&self, details: Details, days: Vec<Date>) -> Result<Vec<RowId>> {
        course(&self.app, &self.deed, details, days).await
    }
}

/// A course on these days, at most two years; its days in their order.
async fn course(app: &App, deed: &Deed, details: Details, days: Vec<Date>) -> Result<Vec<RowId>> {
    let (from, until) = (days.iter().min(), days.iter().max());
    let (from, until) = (*from.context("days")?, *until.context("days")?);
    let plan = Plan {
        from,
        until,
        rule: Rule {
            beat: Beat::Named,
            except: Marks::default(),
            holidays: OnHoliday::Hold,
            also: days,
            but: Vec::new(),
        },
        details,
    };
    let course = courses::plan(&app.db, deed, plan).await?;
    let mut conn = app.db.read().await?;
    let from = from.saturating_sub(1.day());
    let days = courses::list_of_series(&mut conn, deed, course, from).await?;
    Ok(days.into_iter().map(|day| day.id).collect())
}

/// A course for which people sign up, all day long.
pub fn details(title: &str, holds: Option<u32>) -> Details {
    Details {
        title: title.to_owned(),
        reading: String::new(),
        hours: Hours {
            starts: 0,
            ends: 24 * 60 - 1,
        },
        place: None,
        holds,
        fee: 0,
        bring: String::new(),
        about: String::new(),
        by: By::Supporters,
        organisation: None,
        by_name: String::new(),
        who: Who::Anyone,
        entry: Entry::SignUp,
        shown: true,
        teacher: String::new(),
        teacher_shown: false,
        needs: Vec::new(),
        note: String::new(),
    }
}

/// A town with one center and its head; the number tells its short name from others.
async fn people_at_work(
    app: &App,
    network: NetworkId,
    number: usize,
) -> Result<(StaffId, CenterId)> {
    let (now, dice) = (app.now(), app.dice.clone());
    let town = NewTown {
        short: format!("bench{number}"),
        ..new_town()?
    };
    networks::found(&app.db, &app.vault, network, now, dice, town).await?;
    let deed = app.program_deed(network, "bench").await?;
    let card = CenterCard {
        name: "はかり地域包括支援センター".to_owned(),
        address: "はかり町1丁目1番1号".to_owned(),
        day_phone: None,
        night_phone: None,
    };
    let center = networks::add_center(&app.db, &deed, card).await?;
    let place = Place {
        role: Role::CenterHead,
        center: Some(center),
        organisation: None,
    };
    let name = "中村 看子".to_owned();
    let card = Card {
        name: name.clone(),
        email: format!("bench{number}@example.jp"),
    };
    let invited = staff::invite(&app.db, &deed, card, place).await?;
    let secret = invited.token.split_once('.').context("token")?.1;
    let secret = SecretToken::read(secret).context("secret")?;
    let hash = staff::hash_password(&deed, "みかんとねこと青い自転車".to_owned()).await?;
    let account = staff::accept(&app.db, &deed, &secret, name, hash).await?;
    Ok((account, center))
}

impl Kept {
    /// Opens it again.
    pub async fn open(self) -> Result<Town> {
        let vault = Vault::new(MasterKey::from_file(&self.folder.join("master.key"))?);
        let db = Db::open(self.settings.clone()).await?;
        let app = App::new(db, vault, Clock::Machine, Dice::Machine, Config::default());
        self.town(app).await
    }

    async fn town(self, app: App) -> Result<Town> {
        let scope = scope(self.network, self.account, self.center);
        let deed = app.deed(scope).await?;
        Ok(Town {
            app,
            deed,
            kept: self,
        })
    }
}

fn scope(network: NetworkId, account: StaffId, center: CenterId) -> Scope {
    Scope {
        network,
        actor: Actor::Staff(account),
        rights: Role::CenterHead.rights(),
        center: Some(center),
        origin: "bench".to_owned(),
    }
}

impl Drop for Kept {
    fn drop(&mut self) {
        let _left_over = std::fs::remove_dir_all(&self.folder);
    }
}

/// A request of a browser.
pub fn get(path: &str, cookie: &str) -> String {
    format!(
        "GET {path} HTTP/1.1\r\nhost: localhost\r\ncookie: {cookie}\r\naccept: text/html\r\n\r\n"
    )
}

/// A form that a browser sends.
pub fn post(path: &str, cookie: &str, body: &str) -> String {
    format!(
        "POST {path} HTTP/1.1\r\nhost: localhost\r\ncookie: {cookie}\r\nsec-fetch-site: same-origin\r\naccept: text/html\r\ncontent-type: application/x-www-form-urlencoded\r\ncontent-length: {}\r\n\r\n{body}",
        body.len()
    )
}
