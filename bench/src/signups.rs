//! Many ask for a few places of a course at the same moment, through the program's own act: who is in,
//! who waits in which order, whether anybody is lost or stands there twice.

use std::collections::HashSet;
use std::io::Write;
use std::time::Instant;

use anyhow::{Context, Result, ensure};
use clap::Args;
use db::{Engine, testing};
use hdrhistogram::Histogram;
use jiff::{Timestamp, ToSpan as _};
use mimamori::app::App;
use mimamori::clock::{Clock, in_japan};
use mimamori::config::Config;
use mimamori::deed::{Deed, Dice};
use mimamori::ids::RowId;
use mimamori::migrations;
use mimamori::networks::{self, Vault};
use mimamori::station::courses::{
    self, Beat, By, Details, Entry, Hours, Marks, OnHoliday, Plan, Rule, Who,
};
use mimamori::station::signups::{self, Guest, Signup, State, Wish};
use seal::MasterKey;
use tokio::task::JoinSet;
use words::phone::Phone;

use crate::desk::town::new_town;

/// What to measure.
#[derive(Args)]
pub struct Options {
    /// How many ask
    #[arg(long, default_value_t = 10_000)]
    tries: i64,
    /// How many places there are
    #[arg(long, default_value_t = 30)]
    places: u32,
    /// Every so-manyth form is sent twice
    #[arg(long, default_value_t = 10)]
    twice: i64,
    /// `sqlite`, `postgres` or both; PostgreSQL needs `bin/pg run` around it
    #[arg(long, value_delimiter = ',', default_value = "sqlite,postgres")]
    engines: Vec<String>,
}

/// Measures, checks and prints.
pub async fn run(options: &Options, out: &mut impl Write) -> Result<()> {
    for name in &options.engines {
        let engine = match name.as_str() {
            "sqlite" => Engine::Sqlite,
            "postgres" => Engine::Postgres,
            other => anyhow::bail!("no such engine: {other}"),
        };
        on(engine, options, out).await?;
    }
    Ok(())
}

async fn on(engine: Engine, options: &Options, out: &mut impl Write) -> Result<()> {
    let fresh = testing::fresh(engine).await?;
    fresh.db.migrate(migrations::ALL).await?;
    let mut dice = Dice::Machine;
    let vault = Vault::new(MasterKey::generate(&mut dice));
    let clock = Clock::Machine;
    let now = clock.now();
    let app = App::new(
        fresh.db.clone(),
        vault,
        clock,
        dice.clone(),
        Config::default(),
    );
    let town = app.new_network_id();
    networks::found(&app.db, &app.vault, town, now, dice, new_town()?).await?;
    let deed = app.program_deed(town, "bench").await?;
    let day = plan(&app, &deed, now, options.places).await?;
    let begun = Instant::now();
    let times = ask(&app, &deed, day, options).await?;
    let seconds = begun.elapsed().as_secs_f64();
    let sent = times.len();
    writeln!(
        out,
        "{engine:?}: {} people on {} places, {sent} forms at once: {seconds:.1} s, {:.0} a second, 50 % within {:.1} s, 95 % within {:.1} s",
        options.tries,
        options.places,
        sent as f64 / seconds,
        times.value_at_quantile(0.5) as f64 / 1e6,
        times.value_at_quantile(0.95) as f64 / 1e6,
    )?;
    check(&app, &deed, day, options, out).await
}

async fn plan(app: &App, deed: &Deed, now: Timestamp, places: u32) -> Result<RowId> {
    let day = in_japan(now).date().saturating_add(14.days());
    let details = Details {
        title: "スマートフォン教室".to_owned(),
        reading: String::new(),
        hours: Hours {
            starts: 600,
            ends: 690,
        },
        place: None,
        holds: Some(places),
        fee: 0,
        bring: String::new(),
        about: String::new(),
        by: By::Center,
        organisation: None,
        by_name: String::new(),
        who: Who::Anyone,
        entry: Entry::SignUp,
        shown: true,
        teacher: String::new(),
        teacher_shown: false,
        needs: Vec::new(),
        note: String::new(),
    };
    let rule = Rule {
        beat: Beat::Named,
        except: Marks::default(),
        holidays: OnHoliday::Hold,
        also: vec![day],
        but: Vec::new(),
    };
    let plan = Plan {
        from: day,
        until: day,
        rule,
        details,
    };
    let course = courses::plan(&app.db, deed, plan).await?;
    let mut conn = app.db.read().await?;
    let days = courses::list_of_series(&mut conn, deed, course, day).await?;
    Ok(days.first().context("the day")?.id)
}

/// Everybody asks at once; the times in microseconds.
async fn ask(app: &App, deed: &Deed, day: RowId, options: &Options) -> Result<Histogram<u64>> {
    let mut tries = JoinSet::new();
    for at in 0..options.tries {
        let copies = if at % options.twice == 0 { 2 } else { 1 };
        for _ in 0..copies {
            let (db, deed) = (app.db.clone(), deed.clone());
            let wish = Wish {
                day,
                who: signups::Who::Guest(Guest {
                    name: format!("応募 {at}"),
                    kana: String::new(),
                    phone: Phone::parse("090-0000-1111").ok(),
                }),
                note: String::new(),
                nonce: at + 1,
            };
            tries.spawn(async move {
                let begun = Instant::now();
                signups::sign_up(&db, &deed, wish).await?;
                anyhow::Ok(u64::try_from(begun.elapsed().as_micros())?)
            });
        }
    }
    let mut times = Histogram::new_with_bounds(1, 3_600_000_000, 3)?;
    while let Some(done) = tries.join_next().await {
        times.record(done??)?;
    }
    Ok(times)
}

async fn check(
    app: &App,
    deed: &Deed,
    day: RowId,
    options: &Options,
    out: &mut impl Write,
) -> Result<()> {
    let mut conn = app.db.read().await?;
    let mut all: Vec<Signup> = Vec::new();
    for state in State::ALL {
        let most = options.tries * 2;
        all.extend(signups::list_of_day(&mut conn, deed, day, *state, most).await?);
    }
    let of = |state| -> Vec<i64> {
        let all = all.iter().filter(move |one| one.state == state);
        all.map(|one| one.number).collect()
    };
    let (inside, waiting) = (of(State::In), of(State::Waiting));
    ensure!(
        inside.len() == options.places as usize,
        "{} are in",
        inside.len()
    );
    let people = usize::try_from(options.tries)?;
    ensure!(all.len() == people, "{} of {people} are there", all.len());
    let names: HashSet<String> = all
        .iter()
        .filter_map(|one| match &one.who {
            signups::Who::Guest(guest) => Some(guest.name.clone()),
            signups::Who::Supporter(_) => None,
        })
        .collect();
    ensure!(names.len() == people, "{} names", names.len());
    ensure!(
        inside.iter().max() < waiting.iter().min(),
        "the order of arrival"
    );
    ensure!(
        waiting.is_sorted_by(|one, next| one < next),
        "the order of waiting"
    );
    writeln!(
        out,
        "  {} in, {} waiting in the order of arrival, none lost, none twice",
        inside.len(),
        waiting.len()
    )?;
    Ok(())
}
