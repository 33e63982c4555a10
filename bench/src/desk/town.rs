//! The town that is measured: people with tags, filled in through the program's own acts.

use std::fs;
use std::path::PathBuf;
use std::time::Instant;

use anyhow::{Context, Result};
use db::{Db, Settings};
use mimamori::app::App;
use mimamori::clock::Clock;
use mimamori::config::Config;
use mimamori::deed::{Deed, Dice};
use mimamori::ids::NetworkId;
use mimamori::migrations;
use mimamori::networks::{self, CenterCard, NewTown, Operator, Vault};
use mimamori::people::{self, Ready};
use mimamori::scope::{Actor, Role, Scope};
use mimamori::staff::{self, Card, Place, Stage};
use mimamori::tags::{self, Mix, Number, Order};
use seal::{MasterKey, SecretToken};
use serde::{Deserialize, Serialize};
use tokio::task::spawn_blocking;

use super::person::draft;
use crate::chance::Chance;
use crate::roster::{Names, invent};
use words::municipality::MunicipalityCode;
use words::tag_number::TagNumber;

/// People written in one transaction. Rows of many people fall into one leaf of the search index
/// only if they come together, which is what keeps the rate from falling with the town's size.
const CHUNK: usize = 5_000;
/// Page cache of the writer while a town is filled, in KiB.
const CACHE_KIB: u32 = 256 * 1024;

/// What the load needs to know of a filled town; kept beside the database.
#[derive(Serialize, Deserialize)]
pub struct Filled {
    /// The town's id.
    pub network: i64,
    /// The session cookie of a center's account.
    pub cookie: String,
    /// Numbers in people's hands, 11 digits each: a sample of at most 20,000.
    pub numbers: Vec<String>,
    /// Search tokens of such numbers, for the rivals that know no keys.
    pub tokens: Vec<i64>,
    /// How many people there are.
    pub people: usize,
    /// How long the filling took, in seconds.
    pub seconds: f64,
}

/// Where a town's files are.
pub struct Folder(pub PathBuf);

impl Folder {
    /// The database.
    pub fn database(&self) -> PathBuf {
        self.0.join("town.sqlite")
    }

    /// The master key.
    pub fn key(&self) -> PathBuf {
        self.0.join("master.key")
    }

    fn notes(&self) -> PathBuf {
        self.0.join("filled.json")
    }

    /// What is known of a town that was filled before.
    pub fn filled(&self) -> Result<Option<Filled>> {
        match fs::read(self.notes()) {
            Ok(bytes) => Ok(Some(serde_json::from_slice(&bytes)?)),
            Err(_) => Ok(None),
        }
    }
}

/// Opens a town's database, to be filled, with the keys of its folder.
async fn open(folder: &Folder) -> Result<App> {
    open_at(folder, Clock::Machine).await
}

/// The same by another clock.
pub async fn open_at(folder: &Folder, clock: Clock) -> Result<App> {
    let key = MasterKey::from_file(&folder.key())?;
    let settings = Settings {
        writer_cache_kib: CACHE_KIB,
        ..Settings::sqlite(folder.database())
    };
    let db = Db::open(settings).await?;
    Ok(App::new(
        db,
        Vault::new(key),
        clock,
        Dice::Machine,
        Config::default(),
    ))
}

/// Fills a new town in the folder, or gives what is known of the one that is there.
pub async fn fill(folder: &Folder, people: usize, say: &mut dyn FnMut(&str)) -> Result<Filled> {
    if let Some(filled) = folder.filled()?.filter(|filled| filled.people == people) {
        return Ok(filled);
    }
    fs::create_dir_all(&folder.0)?;
    let _ = fs::remove_file(folder.database());
    let _ = fs::remove_file(folder.key());
    MasterKey::generate(&mut Dice::Machine).write_new(&folder.key())?;
    let app = open(folder).await?;
    app.db.migrate(migrations::ALL).await?;
    let (network, cookie) = found(&app).await?;
    let begin = Instant::now();
    let deed = app.program_deed(network, "bench").await?;
    let mut numbers = Vec::new();
    for from in (0..people).step_by(10_000) {
        let count = 10_000.min(people - from);
        let batch = stock(&app, &deed, count).await?;
        register(&app, &deed, from, &batch).await?;
        numbers.extend(
            batch
                .iter()
                .take(20_000_usize.saturating_sub(numbers.len()))
                .map(|number| number.digits()),
        );
        say(&format!("{} of {people} people", from + count));
    }
    let filled = Filled {
        network: network.0,
        cookie,
        numbers,
        tokens: tokens(folder)?,
        people,
        seconds: begin.elapsed().as_secs_f64(),
    };
    fs::write(folder.notes(), serde_json::to_vec(&filled)?)?;
    Ok(filled)
}

/// The town before it is founded.
pub fn new_town() -> Result<NewTown> {
    Ok(NewTown {
        short: "bench".to_owned(),
        name: "はかり町見守りネットワーク".to_owned(),
        municipality_code: MunicipalityCode::from_five(13_111).context("code")?,
        operator: Operator::Public,
        day_phone: None,
        night_phone: None,
    })
}

/// The town, and the cookie of a center's account that is signed in.
async fn found(app: &App) -> Result<(NetworkId, String)> {
    let network = app.new_network_id();
    let town = new_town()?;
    networks::found(
        &app.db,
        &app.vault,
        network,
        app.now(),
        app.dice.clone(),
        town,
    )
    .await?;
    let deed = app.program_deed(network, "bench").await?;
    let card = CenterCard {
        name: "はかり地域包括支援センター".to_owned(),
        address: "はかり町1丁目1番1号".to_owned(),
        day_phone: None,
        night_phone: None,
    };
    let center = networks::add_center(&app.db, &deed, card).await?;
    let place = Place {
        role: Role::CenterStaff,
        center: Some(center),
        organisation: None,
    };
    let card = Card {
        name: "中村 看子".to_owned(),
        email: "bench@example.jp".to_owned(),
    };
    let invited = staff::invite(&app.db, &deed, card, place).await?;
    let secret = invited.token.split_once('.').context("token")?.1;
    let secret = SecretToken::read(secret).context("secret")?;
    let password = "みかんとねこと青い自転車".to_owned();
    let hash = staff::hash_password(&deed, password).await?;
    let account = staff::accept(&app.db, &deed, &secret, "中村 看子".to_owned(), hash).await?;
    let scope = Scope {
        actor: Actor::Staff(account),
        ..Scope::program(network, "bench")
    };
    let own = app.deed(scope).await?;
    let opened = staff::open_session(&app.db, &own, account, Stage::Full, "bench".to_owned());
    let cookie = opened.await?.cookie;
    Ok((network, format!("mimamori={cookie}")))
}

/// New numbers out of a batch.
async fn stock(app: &App, deed: &Deed, count: usize) -> Result<Vec<TagNumber>> {
    let order = Order {
        count: count as i64,
        mix: Mix::KEY_HOLDER,
        note: String::new(),
    };
    let batch = tags::order_batch(&app.db, deed, order).await?;
    tags::fill_batch(&app.db, &app.vault, deed, batch).await?;
    let list = tags::take_list(&app.db, deed, batch).await?;
    let ours = |number| match number {
        Number::Ours(number) => Some(number),
        Number::Older(_) => None,
    };
    Ok(list
        .into_iter()
        .filter_map(|(number, _)| ours(number))
        .collect())
}

/// Registers one person for each number and hands it to them. While some are written the next are
/// made ready.
async fn register(app: &App, deed: &Deed, from: usize, batch: &[TagNumber]) -> Result<()> {
    let make = |at: usize| {
        let (own, from) = (deed.clone(), from + at * CHUNK);
        let count = batch.chunks(CHUNK).nth(at).map_or(0, <[_]>::len);
        spawn_blocking(move || made_up(&own, from, count))
    };
    let mut next = make(0);
    for (at, numbers) in batch.chunks(CHUNK).enumerate() {
        let people = std::mem::replace(&mut next, make(at + 1)).await??;
        let (own, numbers) = (deed.clone(), numbers.to_vec());
        let written = app.db.write(move |conn| {
            Box::pin(async move {
                let ids: Vec<_> = people.iter().map(Ready::id).collect();
                people::register_all_in(conn, &own, people).await?;
                for (person, number) in ids.into_iter().zip(numbers) {
                    tags::bind_in(conn, &own, person, &Number::Ours(number)).await?;
                }
                Ok::<(), anyhow::Error>(())
            })
        });
        written.await?;
    }
    Ok(())
}

/// Invented people, ready to be written.
fn made_up(deed: &Deed, from: usize, count: usize) -> Result<Vec<Ready>> {
    let (names, mut chance) = (Names::read(), Chance::new(from as u64));
    let drafts: Result<Vec<_>> = (0..count)
        .map(|_| draft(&invent(0, &names, &mut chance)))
        .collect();
    Ok(people::make_all_ready(deed, &drafts?)?)
}

/// Tokens of numbers in people's hands.
fn tokens(folder: &Folder) -> Result<Vec<i64>> {
    let connection = rusqlite::Connection::open(folder.database())?;
    let mut statement = connection
        .prepare("SELECT number_token FROM tags WHERE state = 'bound' ORDER BY id LIMIT 20000")?;
    let rows = statement.query_map([], |row| row.get(0))?;
    Ok(rows.collect::<rusqlite::Result<Vec<i64>>>()?)
}
