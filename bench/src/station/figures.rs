//! The figures of a full year: 350 days of courses, 20,000 visits; how long the pages take.

use std::io::Write;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Instant;

use anyhow::{Result, bail, ensure};
use clap::Args;
use hdrhistogram::Histogram;
use jiff::civil::Date;
use jiff::{SignedDuration, ToSpan as _};
use mimamori::clock::{Clock, in_japan};
use mimamori::consultations::Period;
use mimamori::ids::{RowId, SupporterId};
use mimamori::station::courses::Role;
use mimamori::station::door::{self, Coming, Part, Way, Who};
use mimamori::station::figures;
use mimamori::station::signups::{self, Guest, Wish};
use mimamori::station::supporters::{self, Details};
use tokio::task::JoinSet;
use words::phone::Phone;

use super::{Town, details, engine, get, post};
use crate::chance::Chance;
use crate::load::Line;

/// What to measure.
#[derive(Args)]
pub struct Options {
    /// `sqlite`, `postgres` or both; PostgreSQL needs `bin/pg run` around it
    #[arg(long, value_delimiter = ',', default_value = "sqlite,postgres")]
    engines: Vec<String>,
    /// Days of courses in a year
    #[arg(long, default_value_t = 350)]
    days: usize,
    /// Visits in a year
    #[arg(long, default_value_t = 20_000)]
    visits: usize,
    /// Years before that one, as full
    #[arg(long, default_value_t = 2)]
    before: i64,
    /// Times a page is opened
    #[arg(long, default_value_t = 100)]
    times: usize,
    /// The aim for the 95th percentile, in milliseconds
    #[arg(long, default_value_t = 150.0)]
    aim: f64,
    /// The program
    #[arg(long, default_value = "target/release/mimamori")]
    program: PathBuf,
}

const SUPPORTERS: usize = 100;
const GUESTS: usize = 900;
const COURSES: usize = 12;

/// Fills, measures and prints; fails where the aim is missed.
pub async fn run(options: &Options, out: &mut impl Write) -> Result<()> {
    for name in &options.engines {
        on(name, options, out).await?;
    }
    Ok(())
}

async fn on(name: &str, options: &Options, out: &mut impl Write) -> Result<()> {
    let now = Clock::Machine.now();
    // The last fiscal year that is over, and those before it.
    let year = Period::Year(Period::of(in_japan(now).date()).year() - 1);
    let first = year.days().0.saturating_sub(options.before.years());
    let ahead =
        SignedDuration::from_hours(24 * i64::from((in_japan(now).date() - first).get_days() + 1));
    let town = Town::found(engine(name)?, Clock::standing(now - ahead)).await?;
    let begun = Instant::now();
    let years = usize::try_from(options.before)? + 1;
    let came = fill(&town, options, first, years).await?;
    town.app.clock.set(now);
    writeln!(
        out,
        "{name}: {years} years of {} days; {came} came, filled in {:.0} s",
        options.days,
        begun.elapsed().as_secs_f64()
    )?;
    let mut conn = town.app.db.read().await?;
    let facts = figures::gather(&mut conn, &town.deed, year).await?;
    drop(conn);
    let of = figures::figures(&facts);
    writeln!(
        out,
        "  of the year: {} days, {} visits, {} people, {} for the first time",
        of.total.days, of.total.visits, of.total.people, of.total.first
    )?;
    let cookie = town.sessions(1).await?.remove(0);
    let (server, _kept) = town.serve(&options.program).await?;
    let late = open(server.address, &cookie, (year, options), out).await?;
    ensure!(late.is_empty(), "over the aim: {}", late.join(", "));
    Ok(())
}

/// Opens each page again and again; which are over the aim.
async fn open(
    address: SocketAddr,
    cookie: &str,
    (year, options): (Period, &Options),
    out: &mut impl Write,
) -> Result<Vec<&'static str>> {
    let mut line = Line::open(address).await?;
    let path = "/station/figures";
    let (code, month) = (year.code(), Period::Month(year.year(), 10).code());
    let asked = [
        ("the year", get(&format!("{path}?period={code}"), cookie)),
        ("a month", get(&format!("{path}?period={month}"), cookie)),
        (
            "Excel, within",
            post(path, cookie, &format!("period={code}&side=inside")),
        ),
        (
            "Excel, outside",
            post(path, cookie, &format!("period={code}&side=outside")),
        ),
        (
            "the sheet (PDF)",
            post("/papers/station", cookie, &format!("period={code}")),
        ),
    ];
    let mut late = Vec::new();
    for (what, request) in asked {
        let mut times = Histogram::<u64>::new_with_bounds(1, 60_000_000, 3)?;
        for _ in 0..options.times {
            let sent = Instant::now();
            let (status, body) = line.ask(request.as_bytes()).await?;
            if status != 200 {
                let said = String::from_utf8_lossy(&body[..body.len().min(300)]).into_owned();
                bail!("{what}: status {status}: {said}");
            }
            times.saturating_record(sent.elapsed().as_micros() as u64);
        }
        let millis = |share| times.value_at_quantile(share) as f64 / 1000.0;
        writeln!(
            out,
            "  {what:<16} p50 {:>6.1} ms   p95 {:>6.1} ms   most {:>6.1} ms",
            millis(0.5),
            millis(0.95),
            millis(1.0)
        )?;
        // Setting a paper is not a page.
        if millis(0.95) > options.aim && !what.ends_with("(PDF)") {
            late.push(what);
        }
    }
    Ok(late)
}

async fn fill(town: &Town, options: &Options, first: Date, years: usize) -> Result<usize> {
    let mut chance = Chance::new(20_261_125);
    let mut people = Vec::new();
    for at in 0..SUPPORTERS {
        let known = Details {
            name: format!("支え {at}"),
            kana: format!("ササエ {at}"),
            ..Details::default()
        };
        people.push(supporters::join(&town.app.db, &town.deed, known, first).await?);
    }
    let a_day = options.visits / options.days;
    let mut came = 0;
    for year in 0..years {
        let from = first.saturating_add(i64::try_from(year)?.years());
        let mut days = Vec::new();
        for course in 0..COURSES {
            let held = (0..options.days).filter(|at| at % COURSES == course);
            let held: Vec<Date> = held
                .map(|at| from.saturating_add(((at * 364 / options.days) as i64).days()))
                .collect();
            let ids = town
                .course(details(&format!("講座{course}"), None), held.clone())
                .await?;
            days.extend(held.into_iter().zip(ids));
        }
        days.sort_unstable();
        for (day, id) in days {
            let at = day.at(4, 0, 0, 0).in_tz("Asia/Tokyo")?.timestamp();
            town.app.clock.set(at);
            came += one(town, id, a_day, &people, &mut chance).await?;
        }
    }
    Ok(came)
}

/// One day: supporters, guests who signed up, and whoever just comes by.
async fn one(
    town: &Town,
    day: RowId,
    visits: usize,
    people: &[SupporterId],
    chance: &mut Chance,
) -> Result<usize> {
    let deed = town.app.deed(town.deed.scope.clone()).await?;
    let guests = visits * 2 / 5;
    let from = chance.below(GUESTS);
    let mut signing = JoinSet::new();
    for at in 0..guests {
        let wish = Wish {
            day,
            who: signups::Who::Guest(Guest {
                name: format!("応募 {}", (from + at * 7) % GUESTS),
                kana: String::new(),
                phone: Phone::parse("090-0000-1111").ok(),
            }),
            note: String::new(),
            nonce: deed.new_id(),
        };
        let (db, deed) = (town.app.db.clone(), deed.clone());
        signing.spawn(async move { signups::sign_up(&db, &deed, wish).await });
    }
    let mut who = Vec::new();
    while let Some(signup) = signing.join_next().await {
        who.push((Part::Participant, Who::Signup(signup??)));
    }
    let begins = chance.below(people.len());
    let supporters = visits * 2 / 5;
    for at in 0..supporters {
        let id = people[(begins + at) % people.len()];
        who.push((Part::Participant, Who::Supporter(id)));
        if at < 6 {
            who.push((
                Part::Role(Role::ALL[at % Role::ALL.len()]),
                Who::Supporter(id),
            ));
        }
    }
    for _ in guests + supporters..visits {
        who.push((Part::Participant, Who::WalkIn(String::new())));
    }
    let count = who.len();
    let ends = chance.happens(0.95);
    let own = deed.clone();
    let written = town.app.db.write(move |conn| {
        Box::pin(async move {
            for (part, who) in who {
                let coming = Coming {
                    day,
                    part,
                    way: Way::Tick,
                    nonce: own.new_id(),
                };
                door::come_in(conn, &own, coming, who).await?;
            }
            Ok::<_, door::Refusal>(())
        })
    });
    written.await?;
    if ends {
        door::end_roll(&town.app.db, &deed, day).await?;
    }
    Ok(count)
}
