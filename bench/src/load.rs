//! Load over HTTP/1.1 on loopback: one connection a worker, one request at a time on it.
//!
//! Two ways of making load, both honest about waiting:
//! - *closed*: each of N connections sends its next request when the answer to the last is
//!   whole. This gives the most requests a second; its times hide queueing, so they are
//!   printed only beside the paced ones.
//! - *paced*: requests are due at fixed moments, whether or not earlier answers are there; a
//!   time counts from the moment a request was *due* (this is the correction for coordinated
//!   omission), not from when it could be sent.

use std::net::SocketAddr;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use hdrhistogram::Histogram;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::task::JoinSet;

/// Makes the bytes of the n-th request of a worker.
pub trait Requests: Clone + Send + Sync + 'static {
    /// Writes the whole request, head and body, into the buffer.
    fn write(&mut self, into: &mut Vec<u8>);
    /// Whether the answer's body is what was asked for.
    fn is_right(&self, body: &[u8]) -> bool;
}

/// What a run came to.
pub struct Outcome {
    /// Answers that were right.
    pub answers: u64,
    /// How long the run took.
    pub took: Duration,
    /// Times in microseconds.
    pub times: Histogram<u64>,
}

impl Outcome {
    fn new() -> Result<Outcome> {
        Ok(Outcome {
            answers: 0,
            took: Duration::ZERO,
            times: Histogram::new_with_bounds(1, 60_000_000, 3)?,
        })
    }

    /// Answers a second.
    pub fn rate(&self) -> f64 {
        self.answers as f64 / self.took.as_secs_f64()
    }

    /// The time in milliseconds that this share of the answers stayed under.
    pub fn millis(&self, share: f64) -> f64 {
        self.times.value_at_quantile(share) as f64 / 1000.0
    }
}

/// One kept-alive connection.
pub struct Line {
    stream: TcpStream,
    inbox: Vec<u8>,
}

impl Line {
    /// Connects.
    pub async fn open(address: SocketAddr) -> Result<Line> {
        let stream = TcpStream::connect(address).await?;
        stream.set_nodelay(true)?;
        Ok(Line {
            stream,
            inbox: Vec::with_capacity(64 * 1024),
        })
    }

    /// Sends a request and reads the whole answer; gives status and the place of the body.
    pub async fn ask(&mut self, request: &[u8]) -> Result<(u16, &[u8])> {
        self.stream.write_all(request).await?;
        self.inbox.clear();
        loop {
            if self.stream.read_buf(&mut self.inbox).await? == 0 {
                bail!("the server closed the connection");
            }
            if let Some((status, from, to)) = whole(&self.inbox)? {
                return Ok((status, &self.inbox[from..to]));
            }
        }
    }
}

/// Status and body range, once the answer is whole.
fn whole(inbox: &[u8]) -> Result<Option<(u16, usize, usize)>> {
    let Some(end) = memchr::memmem::find(inbox, b"\r\n\r\n") else {
        return Ok(None);
    };
    let head = std::str::from_utf8(&inbox[..end])?;
    let status = head.get(9..12).context("no status")?.parse()?;
    let length = head
        .lines()
        .find_map(|line| {
            let (name, value) = line.split_once(':')?;
            name.eq_ignore_ascii_case("content-length")
                .then(|| value.trim().parse::<usize>())
        })
        .transpose()?
        .unwrap_or(0);
    let (from, to) = (end + 4, end + 4 + length);
    Ok((inbox.len() >= to).then_some((status, from, to)))
}

/// As many requests as the server takes on this many connections.
pub async fn closed<R: Requests>(
    address: SocketAddr,
    connections: usize,
    length: Duration,
    requests: R,
) -> Result<Outcome> {
    let mut workers = JoinSet::new();
    let start = Instant::now();
    for _ in 0..connections {
        let mut requests = requests.clone();
        workers.spawn(async move {
            let (mut line, mut request) = (Line::open(address).await?, Vec::new());
            let mut outcome = Outcome::new()?;
            while start.elapsed() < length {
                request.clear();
                requests.write(&mut request);
                let sent = Instant::now();
                answer(&mut line, &request, &requests).await?;
                outcome.answers += 1;
                outcome
                    .times
                    .saturating_record(sent.elapsed().as_micros() as u64);
            }
            Ok(outcome)
        });
    }
    gather(workers, start).await
}

/// This many requests a second, spread over the connections, each due at its moment.
pub async fn paced<R: Requests>(
    address: SocketAddr,
    connections: usize,
    length: Duration,
    rate: f64,
    requests: R,
) -> Result<Outcome> {
    let mut workers = JoinSet::new();
    let start = Instant::now() + Duration::from_millis(50);
    let step = Duration::from_secs_f64(connections as f64 / rate);
    for worker in 0..connections {
        let mut requests = requests.clone();
        let first = start + step.mul_f64(worker as f64 / connections as f64);
        workers.spawn(async move {
            let (mut line, mut request) = (Line::open(address).await?, Vec::new());
            let (mut outcome, mut due) = (Outcome::new()?, first);
            while due - start < length {
                tokio::time::sleep_until(due.into()).await;
                request.clear();
                requests.write(&mut request);
                answer(&mut line, &request, &requests).await?;
                outcome.answers += 1;
                outcome
                    .times
                    .saturating_record(due.elapsed().as_micros() as u64);
                due += step;
            }
            Ok(outcome)
        });
    }
    gather(workers, start).await
}

async fn answer<R: Requests>(line: &mut Line, request: &[u8], requests: &R) -> Result<()> {
    let (status, body) = line.ask(request).await?;
    if status != 200 || !requests.is_right(body) {
        bail!(
            "a wrong answer, status {status}: {}",
            String::from_utf8_lossy(&body[..body.len().min(300)])
        );
    }
    Ok(())
}

async fn gather(mut workers: JoinSet<Result<Outcome>>, start: Instant) -> Result<Outcome> {
    let mut all = Outcome::new()?;
    while let Some(worker) = workers.join_next().await {
        let worker = worker??;
        all.answers += worker.answers;
        all.times.add(worker.times)?;
    }
    all.took = start.elapsed();
    Ok(all)
}
