//! The generated year, through the program's own acts.

use std::io::Write;
use std::path::Path;
use std::time::Instant;

use anyhow::{Context, Result};
use db::testing::TestDb;
use jiff::SignedDuration;
use mimamori::app::App;
use mimamori::clock::Clock;
use mimamori::config::Config;
use mimamori::deed::{Deed, Dice};
use mimamori::ids::{CenterId, PersonId, StaffId};
use mimamori::migrations;
use mimamori::networks::{self, CenterCard, Vault};
use mimamori::people::{self, Ready};
use mimamori::scope::{Actor, Role, Scope};
use mimamori::staff::{self, Card, Place, Stage};
use seal::{MasterKey, SecretToken};

use super::Options;
use super::pages::Kind;
use crate::chance::Chance;
use crate::desk::person::draft;
use crate::desk::town::new_town;
use crate::roster::{Names, invent};

/// Days of the year that is made up.
pub const DAYS: i32 = 365;
const DAY: SignedDuration = SignedDuration::from_hours(24);

/// Rows written in one transaction: as an import does it, only longer.
const CHUNK: usize = 5_000;

/// One member of staff with a browser.
pub struct Worker {
    /// Which of the centers, by its place in the list.
    pub center: usize,
    /// What the browser sends.
    pub cookie: String,
}

/// What the work needs to know of the town.
#[derive(Default)]
pub struct Filled {
    pub workers: Vec<Worker>,
    /// Family names, as often as they are borne.
    pub families: Vec<String>,
    pub(super) people: Vec<Vec<i64>>,
    pub(super) tasks: Vec<Vec<i64>>,
    pub(super) consultations: Vec<Vec<i64>>,
    pub(super) notices: Vec<Vec<i64>>,
    pub(super) cases: Vec<Vec<i64>>,
}

impl Filled {
    /// Records of a kind at a center.
    pub fn ids(&self, kind: Kind, center: usize) -> &[i64] {
        let all = match kind {
            Kind::Person => &self.people,
            Kind::Task => &self.tasks,
            Kind::Consultation => &self.consultations,
            Kind::Notice => &self.notices,
            Kind::Case => &self.cases,
        };
        all.get(center).map_or(&[], Vec::as_slice)
    }
}

/// The town under way.
pub(super) struct Town {
    pub app: App,
    pub deed: Deed,
    pub centers: Vec<CenterId>,
    /// Who works at which center.
    pub staff: Vec<(usize, StaffId)>,
    pub chance: Chance,
    pub filled: Filled,
}

/// Fills an empty database; its key goes into the folder.
pub async fn fill(
    fresh: &TestDb,
    folder: &Path,
    options: &Options,
    out: &mut impl Write,
) -> Result<Filled> {
    let key = folder.join("master.key");
    let _left_over = std::fs::remove_file(&key);
    MasterKey::generate(&mut Dice::Machine).write_new(&key)?;
    fresh.db.migrate(migrations::ALL).await?;
    let vault = Vault::new(MasterKey::from_file(&key)?);
    // The year lies behind: rows come in the order in which they would have come.
    let today = Clock::Machine.now();
    let clock = Clock::standing(today - DAY * (DAYS + 1));
    let (db, config) = (fresh.db.clone(), Config::default());
    let app = App::new(db, vault, clock, Dice::Machine, config);
    let mut town = found(app, options).await?;
    let begun = Instant::now();
    town.register(options.people).await?;
    tell(out, options.people, "people", begun)?;
    let begun = Instant::now();
    for day in 0..DAYS {
        town.app.clock.set(today - DAY * (DAYS - day));
        town.day(options, day as usize).await?;
    }
    tell(out, options.all(), "rows of a year", begun)?;
    town.app.clock.set(today);
    town.sign_in().await?;
    Ok(town.filled)
}

fn tell(out: &mut impl Write, count: usize, what: &str, begun: Instant) -> Result<()> {
    let seconds = begun.elapsed().as_secs_f64();
    let rate = count as f64 / seconds;
    Ok(writeln!(
        out,
        "  filled: {count} {what} in {seconds:.0} s ({rate:.0} a second)"
    )?)
}

/// The town with its centers and accounts.
async fn found(app: App, options: &Options) -> Result<Town> {
    let network = app.new_network_id();
    let town = new_town()?;
    let (now, dice) = (app.now(), app.dice.clone());
    networks::found(&app.db, &app.vault, network, now, dice, town).await?;
    let deed = app.program_deed(network, "bench").await?;
    let mut town = Town {
        filled: Filled {
            people: vec![Vec::new(); options.centers],
            tasks: vec![Vec::new(); options.centers],
            consultations: vec![Vec::new(); options.centers],
            notices: vec![Vec::new(); options.centers],
            cases: vec![Vec::new(); options.centers],
            ..Filled::default()
        },
        centers: Vec::new(),
        staff: Vec::new(),
        chance: Chance::new(2026),
        app,
        deed,
    };
    for number in 1..=options.centers {
        let card = CenterCard {
            name: format!("はかり第{number}地域包括支援センター"),
            address: format!("はかり町{number}丁目1番1号"),
            day_phone: None,
            night_phone: None,
        };
        let center = networks::add_center(&town.app.db, &town.deed, card).await?;
        town.centers.push(center);
    }
    town.invite(options.staff).await?;
    Ok(town)
}

impl Town {
    /// One head for each center, and the others round about.
    async fn invite(&mut self, count: usize) -> Result<()> {
        let password = "みかんとねこと青い自転車".to_owned();
        let hash = staff::hash_password(&self.deed, password).await?;
        for number in 0..count {
            let at = number % self.centers.len();
            let role = match number < self.centers.len() {
                true => Role::CenterHead,
                false => Role::CenterStaff,
            };
            let place = Place {
                role,
                center: Some(self.centers[at]),
                organisation: None,
            };
            let name = format!("職員 {number}");
            let card = Card {
                name: name.clone(),
                email: format!("staff{number}@example.jp"),
            };
            let (db, deed) = (&self.app.db, &self.deed);
            let invited = staff::invite(db, deed, card, place).await?;
            let secret = invited.token.split_once('.').context("token")?.1;
            let secret = SecretToken::read(secret).context("secret")?;
            let account = staff::accept(db, deed, &secret, name, hash.clone()).await?;
            self.staff.push((at, account));
        }
        Ok(())
    }

    /// People, a center after the other. While some are written the next are made ready.
    async fn register(&mut self, count: usize) -> Result<()> {
        let make = |from: usize, centers: &[CenterId], deed: &Deed| {
            let (deed, centers) = (deed.clone(), centers.to_vec());
            let count = CHUNK.min(count.saturating_sub(from));
            tokio::task::spawn_blocking(move || made_up(&deed, from, count, &centers))
        };
        let mut next = make(0, &self.centers, &self.deed);
        for from in (0..count).step_by(CHUNK) {
            let following = make(from + CHUNK, &self.centers, &self.deed);
            let (people, families) = std::mem::replace(&mut next, following).await??;
            let ids: Vec<PersonId> = people.iter().map(Ready::id).collect();
            let deed = self.deed.clone();
            let written = self.app.db.write(move |conn| {
                Box::pin(async move { people::register_all_in(conn, &deed, people).await })
            });
            written.await?;
            for (at, id) in ids.iter().enumerate() {
                self.filled.people[(from + at) % self.centers.len()].push(id.0);
            }
            self.filled.families.extend(families);
        }
        Ok(())
    }

    /// A session for everybody.
    async fn sign_in(&mut self) -> Result<()> {
        for (center, account) in &self.staff {
            let scope = Scope {
                actor: Actor::Staff(*account),
                ..Scope::program(self.deed.network(), "bench")
            };
            let deed = self.app.deed(scope).await?;
            let agent = "bench".to_owned();
            let opened = staff::open_session(&self.app.db, &deed, *account, Stage::Full, agent);
            let cookie = format!("mimamori={}", opened.await?.cookie);
            self.filled.workers.push(Worker {
                center: *center,
                cookie,
            });
        }
        Ok(())
    }
}

/// Invented people of the centers in turn, ready to be written, and their family names.
fn made_up(
    deed: &Deed,
    from: usize,
    count: usize,
    centers: &[CenterId],
) -> Result<(Vec<Ready>, Vec<String>)> {
    let (names, mut chance) = (Names::read(), Chance::new(from as u64 + 7));
    let (mut drafts, mut families) = (Vec::new(), Vec::new());
    for at in 0..count {
        let mut draft = draft(&invent(0, &names, &mut chance))?;
        draft.center = Some(centers[(from + at) % centers.len()]);
        families.push(draft.identity.name.family().to_owned());
        drafts.push(draft);
    }
    Ok((people::make_all_ready(deed, &drafts)?, families))
}
