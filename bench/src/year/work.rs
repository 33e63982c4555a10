//! Staff at work: each opens a page, reads it, opens the next.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::{Result, bail};
use hdrhistogram::Histogram;
use tokio::task::JoinSet;

use super::fill::Filled;
use super::pages::{PAGES, choose, write};
use crate::chance::Chance;
use crate::load::Line;

/// Times of a page's answers, in microseconds.
pub type Times = Histogram<u64>;

/// The work to be done.
pub struct Work {
    pub address: SocketAddr,
    pub filled: Arc<Filled>,
    /// Seconds between an answer and the next request, on average.
    pub think: f64,
    /// Before this nothing is counted.
    pub warm: Duration,
    /// So long is counted.
    pub length: Duration,
}

impl Work {
    /// All staff at once; the times of each page.
    pub async fn run(&self) -> Result<Vec<(&'static str, Times)>> {
        let mut staff = JoinSet::new();
        let counted = Instant::now() + self.warm;
        let end = counted + self.length;
        for number in 0..self.filled.workers.len() {
            let (address, filled, think) = (self.address, self.filled.clone(), self.think);
            staff.spawn(async move { one(address, &filled, number, think, counted, end).await });
        }
        let mut all = none()?;
        while let Some(times) = staff.join_next().await {
            for (all, times) in all.iter_mut().zip(times??) {
                all.add(times)?;
            }
        }
        let names = PAGES.iter().map(|page| page.name);
        Ok(names.zip(all).collect())
    }
}

fn none() -> Result<Vec<Times>> {
    let empty = |_| Ok(Histogram::new_with_bounds(1, 60_000_000, 3)?);
    PAGES.iter().map(empty).collect()
}

/// The day of one member of staff.
async fn one(
    address: SocketAddr,
    filled: &Filled,
    number: usize,
    think: f64,
    counted: Instant,
    end: Instant,
) -> Result<Vec<Times>> {
    let (mut chance, worker) = (Chance::new(number as u64 + 1), &filled.workers[number]);
    let (mut line, mut request) = (Line::open(address).await?, Vec::new());
    let mut times = none()?;
    loop {
        // Between nothing and twice the average, so that nobody walks in step.
        tokio::time::sleep(Duration::from_secs_f64(2.0 * think * chance.unit())).await;
        if Instant::now() >= end {
            return Ok(times);
        }
        let at = choose(&mut chance);
        write(&PAGES[at], filled, worker, &mut chance, &mut request);
        let sent = Instant::now();
        let (status, body) = line.ask(&request).await?;
        let took = sent.elapsed().as_micros() as u64;
        if status != 200 {
            let said = String::from_utf8_lossy(&body[..body.len().min(300)]).into_owned();
            bail!("{}: status {status}: {said}", PAGES[at].name);
        }
        if sent >= counted {
            times[at].saturating_record(took);
        }
    }
}
