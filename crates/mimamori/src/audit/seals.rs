//! Sealing: every few seconds the lines so far are closed in order.

use db::{Conn, Db, Error};
use seal::AuditChain;

use super::anchor::Anchor;
use super::store::{self, SealRow};
use crate::deed::Deed;

/// Lines under one seal at most, so that sealing never holds the writer for
/// more than a few milliseconds.
const LINES_A_SEAL: i64 = 2_000;

/// What a round did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sealed {
    /// Lines closed.
    pub lines: usize,
    /// The newest seal, for keeping outside of the database.
    pub anchor: Option<Anchor>,
}

/// Seals every settled line of the deed's town, some at a time.
pub async fn seal_round(db: &Db, deed: &Deed) -> Result<Sealed, Error> {
    let mut sealed = Sealed {
        lines: 0,
        anchor: None,
    };
    loop {
        let own = deed.clone();
        let step = db.write(move |conn| Box::pin(async move { seal_some(conn, &own).await }));
        match step.await {
            Ok(Some((lines, anchor))) => {
                sealed.lines += lines;
                sealed.anchor = Some(anchor);
            }
            // Another instance sealed at the same moment.
            Ok(None) | Err(Error::Duplicate) => return Ok(sealed),
            Err(error) => return Err(error),
        }
    }
}

async fn seal_some(conn: &mut Conn, deed: &Deed) -> Result<Option<(usize, Anchor)>, Error> {
    let settled = conn.settled(deed.network().0).await?;
    let previous = store::find_last_seal(conn, &deed.scope).await?;
    let (number, first, digest) = match &previous {
        Some(seal) => (seal.number + 1, seal.last + 1, seal.digest),
        None => (1, 1, AuditChain::START),
    };
    let lines = store::list_macs(conn, &deed.scope, first, settled, LINES_A_SEAL).await?;
    let Some((last, _)) = lines.last().copied() else {
        return Ok(None);
    };
    let seal = over(deed.keys.audit(), number, &digest, first, last, &lines);
    store::insert_seal(conn, deed, &seal).await?;
    let anchor = Anchor {
        number,
        digest: seal.digest,
    };
    Ok(Some((lines.len(), anchor)))
}

/// The seal over these lines after the previous digest.
pub(super) fn over(
    chain: &AuditChain,
    number: i64,
    previous: &[u8; 32],
    first: i64,
    last: i64,
    lines: &[(i64, [u8; 32])],
) -> SealRow {
    SealRow {
        number,
        first,
        last,
        tickets: steps(first, lines.iter().map(|(ticket, _)| *ticket)),
        digest: chain.seal(previous, first, last, lines.iter().map(|(_, mac)| *mac)),
    }
}

/// Tickets as steps from one to the next, seven bits a byte, most often one byte a line.
fn steps(first: i64, tickets: impl Iterator<Item = i64>) -> Vec<u8> {
    let (mut bytes, mut at) = (Vec::new(), first);
    for ticket in tickets {
        let mut step = (ticket - at) as u64;
        while step >= 0x80 {
            bytes.push(step as u8 | 0x80);
            step >>= 7;
        }
        bytes.push(step as u8);
        at = ticket;
    }
    bytes
}

/// The tickets that [`steps`] wrote; garbage gives garbage, never a panic.
pub(super) fn tickets(first: i64, bytes: &[u8]) -> Vec<i64> {
    let (mut found, mut at, mut step, mut shift) = (Vec::new(), first, 0_u64, 0_u32);
    for byte in bytes {
        step |= u64::from(byte & 0x7f) << shift.min(56);
        shift += 7;
        if byte & 0x80 == 0 {
            at = at.saturating_add_unsigned(step);
            found.push(at);
            (step, shift) = (0, 0);
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tickets_come_back_from_their_steps() {
        let all = [5, 6, 7, 200, 70_000, 70_001];
        assert_eq!(tickets(5, &steps(5, all.into_iter())), all);
        assert_eq!(steps(5, [5, 6, 7].into_iter()), [0, 1, 1]);
    }
}
