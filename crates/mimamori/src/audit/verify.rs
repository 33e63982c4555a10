//! Verifying: is every line as it was written, and is none missing?

use db::{Conn, Error};
use seal::{AuditChain, TownKeys};

use super::anchor::Anchor;
use super::forget::is_whole_but_words;
use super::seals::{over, tickets};
use super::store::{self, Kept, SealRow};
use crate::scope::Scope;

/// The first thing that is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// This line is not as it was written, or was moved.
    Altered(i64),
    /// This line is gone.
    Missing(i64),
    /// This line was put in afterwards.
    Added(i64),
    /// This seal is gone or not as it was made; it began at this line.
    Seal {
        /// Number of the seal.
        number: i64,
        /// First line under it.
        first: i64,
    },
    /// The anchor knows a seal that the database does not have: the end was cut off,
    /// or an older copy was put in its place.
    CutOff {
        /// Number of the newest seal in the database.
        number: i64,
        /// Number of the seal that the anchor knows.
        anchored: i64,
    },
}

/// What verifying found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// Lines under a seal.
    pub sealed: u64,
    /// Younger lines, each checked by itself.
    pub unsealed: u64,
    /// The first fault, where there is one.
    pub fault: Option<Fault>,
}

/// Reads every line and every seal of the scope's town. `tell` is called with the
/// number of lines read so far.
pub async fn verify(
    conn: &mut Conn,
    scope: &Scope,
    keys: &TownKeys,
    anchor: Option<&Anchor>,
    tell: &mut (dyn FnMut(u64) + Send),
) -> Result<Report, Error> {
    let mut walk = Walk {
        conn,
        scope,
        keys,
        read: 0,
        tell,
    };
    let mut sealed = 0;
    let (end, fault) = match walk.seals(anchor).await? {
        Ok(end) => {
            sealed = walk.read;
            (end, walk.unsealed(end).await?)
        }
        Err(fault) => (0, Some(fault)),
    };
    let unsealed = if end == 0 { 0 } else { walk.read - sealed };
    Ok(Report {
        sealed,
        unsealed,
        fault,
    })
}

struct Walk<'a> {
    conn: &'a mut Conn,
    scope: &'a Scope,
    keys: &'a TownKeys,
    read: u64,
    tell: &'a mut (dyn FnMut(u64) + Send),
}

impl Walk<'_> {
    /// Walks all seals; gives the ticket after the last sealed line.
    async fn seals(&mut self, anchor: Option<&Anchor>) -> Result<Result<i64, Fault>, Error> {
        let (mut number, mut first, mut previous) = (1, 1, AuditChain::START);
        let mut anchored = anchor.is_none();
        loop {
            let seals = store::list_seals(self.conn, self.scope, number).await?;
            if seals.is_empty() {
                break;
            }
            for seal in seals {
                if let Err(fault) = self.seal(&seal, number, first, &previous).await? {
                    return Ok(Err(fault));
                }
                anchored |= anchor.is_some_and(|anchor| {
                    anchor.number == seal.number && anchor.digest == seal.digest
                });
                (number, first, previous) = (seal.number + 1, seal.last + 1, seal.digest);
            }
        }
        if let Some(anchor) = anchor.filter(|_| !anchored) {
            return Ok(Err(Fault::CutOff {
                number: number - 1,
                anchored: anchor.number,
            }));
        }
        Ok(Ok(first))
    }

    async fn seal(
        &mut self,
        seal: &SealRow,
        number: i64,
        first: i64,
        previous: &[u8; 32],
    ) -> Result<Result<(), Fault>, Error> {
        let broken = Fault::Seal { number, first };
        if seal.number != number || seal.first != first || seal.last < first {
            return Ok(Err(broken));
        }
        let known = tickets(seal.first, &seal.tickets);
        let limit = known.len() as i64 + 1;
        let lines = store::list_lines(self.conn, self.scope, seal.first, seal.last, limit).await?;
        if let Some(fault) = compare(&known, &lines, self.keys) {
            return Ok(Err(fault));
        }
        self.read += lines.len() as u64;
        (self.tell)(self.read);
        let macs: Vec<_> = lines
            .iter()
            .map(|(line, mac)| (line.ticket, *mac))
            .collect();
        let whole = over(
            self.keys.audit(),
            number,
            previous,
            seal.first,
            seal.last,
            &macs,
        );
        Ok(if AuditChain::same(&whole.digest, &seal.digest) {
            Ok(())
        } else {
            Err(broken)
        })
    }

    /// Checks the lines that are younger than the last seal, each by itself.
    async fn unsealed(&mut self, mut from: i64) -> Result<Option<Fault>, Error> {
        loop {
            let lines = store::list_lines(self.conn, self.scope, from, i64::MAX, 1_000).await?;
            let Some((last, _)) = lines.last() else {
                return Ok(None);
            };
            from = last.ticket + 1;
            if let Some(ticket) = first_altered(&lines, self.keys) {
                return Ok(Some(Fault::Altered(ticket)));
            }
            self.read += lines.len() as u64;
            (self.tell)(self.read);
        }
    }
}

/// Whether the line is as it was written.
fn is_whole(line: &Kept, mac: &[u8; 32], keys: &TownKeys) -> bool {
    store::detail_of(keys, line).is_some_and(|detail| {
        AuditChain::same(&line.mac(keys.audit(), &detail), mac)
            || is_whole_but_words(keys, line, mac, &detail)
    })
}

fn first_altered(lines: &[(Kept, [u8; 32])], keys: &TownKeys) -> Option<i64> {
    let bad = lines.iter().find(|(line, mac)| !is_whole(line, mac, keys));
    bad.map(|(line, _)| line.ticket)
}

/// The first difference between the tickets a seal knows and the lines that are there.
fn compare(known: &[i64], lines: &[(Kept, [u8; 32])], keys: &TownKeys) -> Option<Fault> {
    let mut lines = lines.iter().peekable();
    for ticket in known {
        match lines.peek() {
            Some((line, _)) if line.ticket < *ticket => return Some(Fault::Added(line.ticket)),
            Some((line, mac)) if line.ticket == *ticket => {
                if !is_whole(line, mac, keys) {
                    return Some(Fault::Altered(*ticket));
                }
                lines.next();
            }
            _ => return Some(Fault::Missing(*ticket)),
        }
    }
    lines.next().map(|(line, _)| Fault::Added(line.ticket))
}
