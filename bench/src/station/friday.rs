//! A Friday: tablets at the doors and people who sign up, all at once, against the program itself. Every
//! form carries a number of its own, and one in ten is sent twice; afterwards it is counted whether every
//! accepted form is one row, and each form no more.

use std::collections::HashSet;
use std::io::Write;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::{Result, bail, ensure};
use clap::Args;
use hdrhistogram::Histogram;
use mimamori::clock::Clock;
use mimamori::ids::RowId;
use mimamori::station::{door, signups};
use tokio::task::JoinSet;

use super::{Town, details, engine, get, post};
use crate::chance::Chance;
use crate::load::Line;

/// What to measure.
#[derive(Args)]
pub struct Options {
    /// `sqlite`, `postgres` or both; PostgreSQL needs `bin/pg run` around it
    #[arg(long, value_delimiter = ',', default_value = "sqlite,postgres")]
    engines: Vec<String>,
    /// Courses of the day
    #[arg(long, default_value_t = 10)]
    courses: usize,
    /// How many each holds
    #[arg(long, default_value_t = 100)]
    holds: u32,
    /// Tablets at the doors
    #[arg(long, default_value_t = 20)]
    tablets: usize,
    /// People who sign up
    #[arg(long, default_value_t = 300)]
    people: usize,
    /// Seconds between two touches of a tablet, on average
    #[arg(long, default_value_t = 3.0)]
    touch: f64,
    /// Seconds over a page before its form is sent, on average
    #[arg(long, default_value_t = 10.0)]
    think: f64,
    /// Seconds of it
    #[arg(long, default_value_t = 60)]
    seconds: u64,
    /// The aim for the 95th percentile, in milliseconds
    #[arg(long, default_value_t = 100.0)]
    aim: f64,
    /// The program
    #[arg(long, default_value = "target/release/mimamori")]
    program: PathBuf,
}

/// Measures, counts and prints; fails where something is lost or the aim is missed.
pub async fn run(options: &Options, out: &mut impl Write) -> Result<()> {
    for name in &options.engines {
        on(name, options, out).await?;
    }
    Ok(())
}

async fn on(name: &str, options: &Options, out: &mut impl Write) -> Result<()> {
    let town = Town::found(engine(name)?, Clock::Machine).await?;
    let mut days = Vec::new();
    for at in 0..options.courses {
        let course = details(&format!("金曜の講座{at}"), Some(options.holds));
        days.extend(town.course(course, vec![town.today()]).await?);
    }
    let cookies = town.sessions(options.tablets + options.people).await?;
    let (server, kept) = town.serve(&options.program).await?;
    let friday = Arc::new(Friday {
        address: server.address,
        days,
        cookies,
        end: Instant::now() + Duration::from_secs(options.seconds),
    });
    let mut at_work = JoinSet::new();
    for number in 0..options.tablets + options.people {
        let (friday, tablets) = (friday.clone(), options.tablets);
        let (touch, think) = (options.touch, options.think);
        at_work.spawn(async move {
            match number < tablets {
                true => friday.tablet(number, touch).await,
                false => friday.person(number, think).await,
            }
        });
    }
    let mut all = Done::new()?;
    while let Some(done) = at_work.join_next().await {
        all.add(done??)?;
    }
    let (memory, _) = server.memory()?;
    server.kill()?;
    let town = kept.open().await?;
    writeln!(
        out,
        "{name}: {} courses, {} tablets (a touch in {} s), {} people (a form in {} s), {} s",
        options.courses,
        options.tablets,
        options.touch,
        options.people,
        options.think,
        options.seconds
    )?;
    let late = all.print(options, out)?;
    count(&town, &friday.days, &all, out).await?;
    writeln!(out, "  memory of the server {memory:.0} MiB")?;
    ensure!(late.is_empty(), "over the aim: {}", late.join(", "));
    Ok(())
}

struct Friday {
    address: SocketAddr,
    days: Vec<RowId>,
    cookies: Vec<String>,
    end: Instant,
}

const KINDS: [&str; 4] = [
    "door: a touch",
    "door: the screen",
    "sign-up: the page",
    "sign-up: the form",
];

/// What one at work did: times by kind, in microseconds, and the forms that were accepted.
struct Done {
    times: Vec<Histogram<u64>>,
    touches: Vec<i64>,
    forms: Vec<i64>,
    twice: u64,
}

impl Done {
    fn new() -> Result<Done> {
        let times = KINDS.map(|_| Histogram::new_with_bounds(1, 60_000_000, 3));
        Ok(Done {
            times: times.into_iter().collect::<Result<_, _>>()?,
            touches: Vec::new(),
            forms: Vec::new(),
            twice: 0,
        })
    }

    fn add(&mut self, other: Done) -> Result<()> {
        for (all, one) in self.times.iter_mut().zip(other.times) {
            all.add(one)?;
        }
        self.touches.extend(other.touches);
        self.forms.extend(other.forms);
        self.twice += other.twice;
        Ok(())
    }

    async fn ask(&mut self, line: &mut Line, kind: usize, request: &str) -> Result<()> {
        let sent = Instant::now();
        let (status, body) = line.ask(request.as_bytes()).await?;
        let wanted = if kind.is_multiple_of(3) { 303 } else { 200 };
        if status != wanted {
            let said = String::from_utf8_lossy(&body[..body.len().min(300)]).into_owned();
            bail!("{}: status {status}: {said}", KINDS[kind]);
        }
        self.times[kind].saturating_record(sent.elapsed().as_micros() as u64);
        Ok(())
    }

    fn print(&self, options: &Options, out: &mut impl Write) -> Result<Vec<String>> {
        let mut whole = Histogram::new_with_bounds(1, 60_000_000, 3)?;
        self.times.iter().try_for_each(|one| whole.add(one))?;
        let mut late = Vec::new();
        let kinds = KINDS
            .iter()
            .copied()
            .zip(&self.times)
            .chain([("all", &whole)]);
        for (name, times) in kinds {
            let millis = |share| times.value_at_quantile(share) as f64 / 1000.0;
            writeln!(
                out,
                "  {name:<18} {:>6} ({:>5.1} a second)   p50 {:>6.1} ms   p95 {:>6.1} ms   p99 {:>6.1} ms   most {:>6.1} ms",
                times.len(),
                times.len() as f64 / options.seconds as f64,
                millis(0.5),
                millis(0.95),
                millis(0.99),
                millis(1.0),
            )?;
            if millis(0.95) > options.aim {
                late.push(name.to_owned());
            }
        }
        Ok(late)
    }
}

impl Friday {
    async fn pause(&self, chance: &mut Chance, seconds: f64) -> bool {
        // Between nothing and twice the average, so that nobody walks in step.
        tokio::time::sleep(Duration::from_secs_f64(2.0 * seconds * chance.unit())).await;
        Instant::now() < self.end
    }

    /// A tablet at the door of one course: a touch, and the screen that comes back.
    async fn tablet(&self, number: usize, touch: f64) -> Result<Done> {
        let (mut chance, mut done) = (Chance::new(number as u64 + 1), Done::new()?);
        let (mut line, cookie) = (Line::open(self.address).await?, &self.cookies[number]);
        let path = format!("/station/days/{}/door", self.days[number % self.days.len()]);
        while self.pause(&mut chance, touch).await {
            let nonce = nonce(number, done.touches.len());
            let name = escaped(&format!("来訪 {nonce}"));
            let form = post(
                &path,
                cookie,
                &format!("nonce={}&as=participant&name={name}", RowId(nonce)),
            );
            done.touches.push(nonce);
            done.ask(&mut line, 0, &form).await?;
            if chance.happens(0.1) {
                done.twice += 1;
                done.ask(&mut line, 0, &form).await?;
            }
            done.ask(&mut line, 1, &get(&path, cookie)).await?;
        }
        Ok(done)
    }

    /// Somebody who opens the page of a day, reads, and signs up.
    async fn person(&self, number: usize, think: f64) -> Result<Done> {
        let (mut chance, mut done) = (Chance::new(number as u64 + 1), Done::new()?);
        let cookie = &self.cookies[number];
        while self.pause(&mut chance, think).await {
            // While somebody reads, the server closes what stands idle.
            let mut line = Line::open(self.address).await?;
            let path = format!(
                "/station/days/{}/signups",
                self.days[chance.below(self.days.len())]
            );
            done.ask(&mut line, 2, &get(&path, cookie)).await?;
            if !self.pause(&mut chance, think).await {
                break;
            }
            line = Line::open(self.address).await?;
            let nonce = nonce(number, done.forms.len());
            let name = escaped(&format!("応募 {nonce}"));
            let body = format!(
                "nonce={}&do=guest&name={name}&phone=090-0000-1111",
                RowId(nonce)
            );
            let form = post(&path, cookie, &body);
            done.forms.push(nonce);
            done.ask(&mut line, 3, &form).await?;
            if chance.happens(0.1) {
                done.twice += 1;
                done.ask(&mut line, 3, &form).await?;
            }
        }
        Ok(done)
    }
}

fn nonce(number: usize, form: usize) -> i64 {
    (number as i64 + 1) * 1_000_000 + form as i64
}

fn escaped(text: &str) -> String {
    text.bytes().map(|byte| format!("%{byte:02X}")).collect()
}

/// Every accepted form is there, once, and nothing else is.
async fn count(town: &Town, days: &[RowId], all: &Done, out: &mut impl Write) -> Result<()> {
    let mut conn = town.app.db.read().await?;
    let (mut names, mut came, mut tries, mut inside) = (HashSet::new(), 0, 0, 0);
    for day in days {
        let here = door::list_here(&mut conn, &town.deed, *day).await?;
        came += here.len();
        names.extend(here.into_iter().map(|one| one.name));
        tries += door::count_tries(&mut conn, &town.deed, *day).await?;
        for state in signups::State::ALL {
            let some = signups::list_of_day(&mut conn, &town.deed, *day, *state, 100_000).await?;
            inside += some
                .iter()
                .filter(|one| one.state == signups::State::In)
                .count();
            let guests = some.iter().filter_map(|one| match &one.who {
                signups::Who::Guest(guest) => Some(guest.name.clone()),
                signups::Who::Supporter(_) => None,
            });
            names.extend(guests);
        }
    }
    let wanted: HashSet<String> = (all.touches.iter().map(|one| format!("来訪 {one}")))
        .chain(all.forms.iter().map(|one| format!("応募 {one}")))
        .collect();
    ensure!(names == wanted, "{} names of {}", names.len(), wanted.len());
    ensure!(
        came == all.touches.len(),
        "{came} came of {}",
        all.touches.len()
    );
    ensure!(
        tries == all.touches.len() as i64,
        "{tries} tries of {}",
        all.touches.len()
    );
    writeln!(
        out,
        "  counted: {came} check-ins and {} sign-ups ({inside} of them in), each once, none lost; {} forms had been sent twice",
        all.forms.len(),
        all.twice
    )?;
    Ok(())
}
