//! The same town in the program's own store: an SQLite file filled through the program's own deeds.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use db::{Db, Settings};
use jiff::civil::{Date, date};
use mimamori::app::App;
use mimamori::clock::Clock;
use mimamori::config::Config;
use mimamori::deed::{Deed, Dice};
use mimamori::ids::PersonId;
use mimamori::migrations;
use mimamori::networks::{self, NewTown, Operator, Vault};
use mimamori::people::search::{by_name, form_tokens};
use mimamori::people::{
    Draft, Identity, Living, Ready, Refusal, Sex, make_all_ready, register_all_in,
};
use seal::MasterKey;
use tokio::runtime::Runtime;
use words::address::Address;
use words::kana::Reading;
use words::municipality::MunicipalityCode;
use words::name::PersonName;
use words::phone::Phone;
use words::postcode::Postcode;
use words::search::{Kind, Query};

use super::corpus::Town;
use super::rival::{Answer, Rival};
use crate::chance::Chance;

/// People registered in one transaction.
const BATCH: usize = 2_000;

pub struct House {
    runtime: Runtime,
    db: Db,
    deed: Deed,
    people: Vec<PersonId>,
    took: Duration,
    folder: PathBuf,
}

impl House {
    pub fn of(town: &Town, seed: u64) -> anyhow::Result<Self> {
        let runtime = Runtime::new()?;
        let folder = std::env::temp_dir().join(format!("mimamori-bench-{}", std::process::id()));
        std::fs::create_dir(&folder)?;
        let (db, deed) = runtime.block_on(found(&folder))?;
        let start = Instant::now();
        let people = runtime.block_on(fill(&db, &deed, town, seed))?;
        Ok(Self {
            runtime,
            db,
            deed,
            people,
            took: start.elapsed(),
            folder,
        })
    }

    pub fn summary(&self) -> String {
        let size = std::fs::metadata(self.folder.join("town.db")).map_or(0, |file| file.len());
        format!(
            "house: {} people registered at {:.0} a second, {} MB of SQLite",
            self.people.len(),
            self.people.len() as f64 / self.took.as_secs_f64(),
            size / 1_000_000
        )
    }
}

impl Drop for House {
    fn drop(&mut self) {
        // A folder that can't be removed is left to the system's own cleaning.
        let _left = std::fs::remove_dir_all(&self.folder);
    }
}

/// An empty town.
pub async fn found(folder: &Path) -> anyhow::Result<(Db, Deed)> {
    let db = Db::open(Settings::sqlite(folder.join("town.db"))).await?;
    db.migrate(migrations::ALL).await?;
    let dice = Dice::Machine;
    let vault = Vault::new(MasterKey::generate(&mut dice.clone()));
    let app = App::new(db.clone(), vault, Clock::Machine, dice, Config::default());
    let id = app.new_network_id();
    let town = NewTown {
        short: "bench".to_owned(),
        name: "はかり町".to_owned(),
        municipality_code: MunicipalityCode::from_five(13_111)
            .ok_or_else(|| anyhow::anyhow!("no such municipality"))?,
        operator: Operator::Public,
        day_phone: None,
        night_phone: None,
    };
    networks::found(&db, &app.vault, id, app.now(), app.dice.clone(), town).await?;
    Ok((db, app.program_deed(id, "bench").await?))
}

async fn fill(db: &Db, deed: &Deed, town: &Town, seed: u64) -> anyhow::Result<Vec<PersonId>> {
    let mut chance = Chance::new(seed);
    let mut ids = Vec::with_capacity(town.people.len());
    let places: Vec<usize> = (0..town.people.len()).collect();
    for part in places.chunks(BATCH) {
        let drafts: Result<Vec<Draft>, _> = part
            .iter()
            .map(|place| draft(town, *place, &mut chance))
            .collect();
        let new = make_all_ready(deed, &drafts?)?;
        ids.extend(new.iter().map(Ready::id));
        let deed = deed.clone();
        let written = db.write(move |conn| {
            Box::pin(async move {
                register_all_in(conn, &deed, new).await?;
                Ok::<(), Refusal>(())
            })
        });
        written.await?;
    }
    Ok(ids)
}

fn draft(town: &Town, place: usize, chance: &mut Chance) -> anyhow::Result<Draft> {
    let (family, given) = (town.family(place), town.given(place));
    let (month, day) = (1 + chance.below(12) as i8, 1 + chance.below(28) as i8);
    let born = Date::new(town.people[place].birth_year, month, day)?;
    let (block, house) = (1 + chance.below(40), 1 + chance.below(30));
    let line = chance.below(10_000);
    let identity = Identity {
        name: PersonName::new(&family.written, &given.written)?,
        family_kana: Some(Reading::parse(&family.reading)?),
        given_kana: Some(Reading::parse(&given.reading)?),
        sex: Sex::Unanswered,
        born: born.into(),
        postcode: Some(Postcode::parse("143-0016")?),
        address: Some(Address::parse(&format!(
            "大田区はかり町{block}丁目{house}番{day}号"
        ))?),
        phones: vec![Phone::parse(&format!(
            "03-0{:03}-{line:04}",
            chance.below(1_000)
        ))?],
        living: Living::Unconfirmed,
        old_number: None,
    };
    Ok(Draft::new(identity, date(2026, 4, 1)))
}

impl Rival for House {
    type Token = i64;
    type Person = PersonId;

    fn answer(&self, query: Query, most: usize) -> anyhow::Result<Answer<i64, PersonId>> {
        let named = self.runtime.block_on(async {
            let mut conn = self.db.read().await?;
            by_name(&mut conn, &self.deed, query, most).await
        })?;
        Ok(Answer {
            search: named.search,
            pairs: named.pairs,
            found: named.found,
            keys: named.keys,
            opened: named.forms,
        })
    }

    fn person(&self, place: usize) -> PersonId {
        self.people[place]
    }

    fn token(&self, kind: Kind, text: &str) -> Option<i64> {
        form_tokens(&self.deed.keys, kind, text).first().copied()
    }
}
