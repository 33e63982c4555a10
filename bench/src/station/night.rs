//! The night's list of who comes less, with the reading of what is known: towns of invented people with
//! three years of attendance each, written into the program's tables. A town has at most 5,000 supporters.

use std::collections::HashMap;
use std::io::Write;
use std::time::Instant;

use anyhow::{Context, Result};
use clap::Args;
use db::testing;
use db::{Sql, Value, sql};
use jiff::civil::{Date, date};
use jiff::{SignedDuration, ToSpan as _};
use mimamori::app::App;
use mimamori::clock::Clock;
use mimamori::config::Config;
use mimamori::deed::{Deed, Dice};
use mimamori::ids::{RowId, SupporterId};
use mimamori::migrations;
use mimamori::networks::Vault;
use mimamori::station::change::{self, Agreed, Signal, Way};
use mimamori::station::courses::{Details, Hours};
use mimamori::station::supporters;
use rhythm::{Facts, Role, Roll, Visit};
use seal::MasterKey;
use tokio::task::JoinSet;

use super::{course, details, engine, people_at_work, scope};
use crate::rhythm::days::{date_of, day_of};
use crate::rhythm::town::{Size, Town};

/// What to measure.
#[derive(Args)]
pub struct Options {
    /// `sqlite`, `postgres` or both; PostgreSQL needs `bin/pg run` around it
    #[arg(long, value_delimiter = ',', default_value = "sqlite,postgres")]
    engines: Vec<String>,
    #[arg(long, default_value_t = 20)]
    towns: usize,
    /// People of each town
    #[arg(long, default_value_t = 5_000)]
    people: usize,
    #[arg(long, default_value_t = 20_261_125)]
    seed: u64,
    /// Nights
    #[arg(long, default_value_t = 3)]
    nights: usize,
}

/// A Monday, the first after the last day of the attendance.
const WEEK: Date = date(2026, 10, 5);

/// Fills, measures and prints.
pub async fn run(options: &Options, out: &mut impl Write) -> Result<()> {
    for name in &options.engines {
        on(name, options, out).await?;
    }
    Ok(())
}

async fn on(name: &str, options: &Options, out: &mut impl Write) -> Result<()> {
    let fresh = testing::fresh(engine(name)?).await?;
    fresh.db.migrate(migrations::ALL).await?;
    let vault = Vault::new(MasterKey::generate(&mut Dice::Machine));
    let at = WEEK.at(4, 0, 0, 0).in_tz("Asia/Tokyo")?.timestamp();
    let clock = Clock::standing(at);
    let app = App::new(
        fresh.db.clone(),
        vault,
        clock,
        Dice::Machine,
        Config::default(),
    );
    let begun = Instant::now();
    let (mut deeds, mut visits) = (Vec::new(), 0);
    for number in 0..options.towns {
        let last = day_of(WEEK) - 1;
        let town = Town::make(&Size {
            people: options.people,
            first: last - 3 * 365,
            last,
            seed: options.seed + number as u64,
        });
        visits += town.facts.visits.len();
        let network = app.new_network_id();
        let (account, center) = people_at_work(&app, network, number).await?;
        let deed = app.deed(scope(network, account, center)).await?;
        fill(&app, &deed, &town).await?;
        deeds.push(deed);
    }
    writeln!(
        out,
        "{name}: {} towns of {} people, three years, {visits} visits; written in {:.0} s",
        options.towns,
        options.people,
        begun.elapsed().as_secs_f64()
    )?;
    for _ in 0..options.nights {
        let (mut reading, mut looking) = (0.0, 0.0);
        for deed in &deeds {
            let begun = Instant::now();
            let mut conn = app.db.read().await?;
            let gathered = change::gather(&mut conn, deed, WEEK).await?;
            drop(conn);
            reading += begun.elapsed().as_secs_f64();
            let begun = Instant::now();
            change::draw_up(&app.db, deed, gathered, WEEK).await?;
            looking += begun.elapsed().as_secs_f64();
        }
        writeln!(
            out,
            "  a night: {:.1} s (reading {reading:.1} s, looking {looking:.1} s)",
            reading + looking
        )?;
    }
    Ok(())
}

async fn fill(app: &App, deed: &Deed, town: &Town) -> Result<()> {
    let people = join(app, deed, town).await?;
    let lessons = plan(app, deed, &town.facts).await?;
    let taken = town.facts.meetings.iter().zip(&lessons);
    let taken = taken.filter(|(of, _)| of.roll == Roll::Taken);
    let rows = taken.map(|(_, lesson)| vec![deed.network().into(), (*lesson).into(), 0_i64.into()]);
    insert(app, "rolls_taken (network, day, at)", rows.collect()).await?;
    for visits in town.facts.visits.chunks(50_000) {
        let rows = visits
            .iter()
            .map(|one| attendance(deed, &town.facts, one, &people, &lessons));
        let columns = "attendances (network, id, day, who, supporter, part, way, at, left_at, state, kept, version)";
        insert(app, columns, rows.collect::<Result<_>>()?).await?;
    }
    let mut rows: Vec<Vec<Value>> = Vec::new();
    for (at, one) in town
        .facts
        .sign_ups
        .iter()
        .filter(|one| !one.given_back)
        .enumerate()
    {
        let (person, lesson) = (people[one.person as usize], lessons[one.meeting as usize]);
        rows.push(vec![
            deed.network().into(),
            deed.new_id().into(),
            lesson.into(),
            (at as i64).into(),
            person.into(),
            person.into(),
            "in".into(),
            "x".into(),
            (at as i64).into(),
            vec![7_u8; 90].into(),
            1_i64.into(),
        ]);
    }
    let columns =
        "signups (network, id, day, number, supporter, who, state, told, nonce, kept, version)";
    insert(app, columns, rows).await
}

/// Everybody, and to what they agreed.
async fn join(app: &App, deed: &Deed, town: &Town) -> Result<Vec<SupporterId>> {
    let mut joining = JoinSet::new();
    for (at, joined) in town.joined.iter().enumerate() {
        let (db, deed, from) = (app.db.clone(), deed.clone(), date_of(*joined));
        let agreed = signals(&town.facts, at as u32);
        joining.spawn(async move {
            let known = supporters::Details {
                name: format!("支え {at}"),
                kana: format!("ササエ {at}"),
                ..supporters::Details::default()
            };
            let id = supporters::join(&db, &deed, known, from).await?;
            if !agreed.is_empty() {
                let agreed = Agreed {
                    signals: agreed,
                    on: from.max(WEEK.saturating_sub(360.days())),
                    way: Way::Said,
                    note: String::new(),
                };
                change::agree(&db, &deed, id, agreed).await?;
            }
            anyhow::Ok((at, id))
        });
    }
    let mut people = vec![SupporterId(0); town.joined.len()];
    while let Some(joined) = joining.join_next().await {
        let (at, id) = joined??;
        people[at] = id;
    }
    Ok(people)
}

fn signals(facts: &Facts, person: u32) -> Vec<Signal> {
    let from = facts.consents.partition_point(|one| one.person < person);
    let theirs = facts.consents[from..]
        .iter()
        .take_while(|one| one.person == person);
    let theirs: Vec<rhythm::Signal> = theirs.map(|one| one.signal).collect();
    let opened = |signal: &&Signal| signal.opens().iter().any(|of| theirs.contains(of));
    Signal::ALL.iter().filter(opened).copied().collect()
}

/// Every course with its days; the day of each meeting.
async fn plan(app: &App, deed: &Deed, facts: &Facts) -> Result<Vec<RowId>> {
    let mut of: HashMap<(u32, i16, (u16, u16)), Vec<usize>> = HashMap::new();
    for (at, one) in facts.meetings.iter().enumerate() {
        let year = date_of(one.day).year();
        of.entry((one.course, year, (one.starts, one.ends)))
            .or_default()
            .push(at);
    }
    let mut lessons = vec![RowId(0); facts.meetings.len()];
    for ((number, _, (starts, ends)), meetings) in of {
        let named = Details {
            hours: Hours { starts, ends },
            ..details(&format!("講座{number}"), None)
        };
        let days = meetings
            .iter()
            .map(|at| date_of(facts.meetings[*at].day))
            .collect();
        let ids = course(app, deed, named, days).await?;
        anyhow::ensure!(ids.len() == meetings.len(), "a course twice on a day");
        for (at, id) in meetings.into_iter().zip(ids) {
            lessons[at] = id;
        }
    }
    // What was called off says so in its state, in which alone the reading looks for it.
    let off = facts.meetings.iter().zip(&lessons);
    let off = off.filter(|(of, _)| of.roll == Roll::CalledOff);
    let (off, network) = (off.map(|(_, id)| *id).collect::<Vec<_>>(), deed.network());
    let written = app.db.write(move |conn| {
        Box::pin(async move {
            for id in off {
                conn.exec(OFF, &[Value::from(network), Value::from(id)])
                    .await?;
            }
            Ok::<_, db::Error>(())
        })
    });
    written.await?;
    Ok(lessons)
}

const OFF: Sql = sql("UPDATE course_days SET state = 'off' WHERE network = $1 AND id = $2");

fn attendance(
    deed: &Deed,
    facts: &Facts,
    one: &Visit,
    people: &[SupporterId],
    lessons: &[RowId],
) -> Result<Vec<Value>> {
    let meeting = facts.meetings[one.meeting as usize];
    let midnight = date_of(meeting.day).in_tz("Asia/Tokyo")?.timestamp();
    let at =
        |minute: u16| (midnight + SignedDuration::from_mins(i64::from(minute))).as_millisecond();
    let part = match one.role {
        Role::Participant => "participant",
        Role::Helper => "helper",
        Role::Teacher => "teacher",
    };
    let person = people.get(one.person as usize).context("who came")?;
    Ok(vec![
        deed.network().into(),
        deed.new_id().into(),
        lessons[one.meeting as usize].into(),
        (*person).into(),
        (*person).into(),
        part.into(),
        if one.arrived.is_some() {
            "card".into()
        } else {
            "paper".into()
        },
        // Ticked on paper: written down on another day.
        one.arrived.map_or(at(0) + 30 * 3_600_000, at).into(),
        one.left.map(at).into(),
        "here".into(),
        vec![7_u8; 54].into(),
        1_i64.into(),
    ])
}

/// Many rows with one statement each some hundred.
async fn insert(app: &App, columns: &'static str, rows: Vec<Vec<Value>>) -> Result<()> {
    let width = rows.first().map_or(1, Vec::len);
    let most = 30_000 / width / 100 * 100;
    let many = statement(columns, width, most);
    let written = app.db.write(move |conn| {
        Box::pin(async move {
            for rows in rows.chunks(most) {
                let text = match rows.len() == most {
                    true => many,
                    false => statement(columns, width, rows.len()),
                };
                conn.exec(text, &rows.concat()).await?;
            }
            Ok::<_, db::Error>(())
        })
    });
    Ok(written.await?)
}

/// Kept for as long as this program runs, which is not long.
fn statement(columns: &str, width: usize, rows: usize) -> Sql {
    let row = |at: usize| {
        let places: Vec<String> = (1..=width)
            .map(|place| format!("${}", at * width + place))
            .collect();
        format!("({})", places.join(", "))
    };
    let rows: Vec<String> = (0..rows).map(row).collect();
    sql(Box::leak(
        format!("INSERT INTO {columns} VALUES {}", rows.join(", ")).into_boxed_str(),
    ))
}
