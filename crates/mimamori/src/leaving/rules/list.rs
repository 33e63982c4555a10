//! The list of erasures as a file: kept beside the master key and with backups, so that a copy
//! older than an erasure, put back, is told of it. It names nobody.

use seal::MacKey;

use super::kind::Kind;
use crate::ids::{NetworkId, PersonId};

const HEAD: &str = "mimamori-erasures-1";

/// One erasure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Erasure {
    /// Whose record it was: an id that leads nowhere any more.
    pub person: PersonId,
    /// When, in milliseconds since 1970.
    pub at: i64,
    /// Why.
    pub kind: Kind,
    /// Keyed hashes of names with the birth date.
    pub traces: Vec<i64>,
}

/// Why a list can't be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("line {0} of the list of erasures is damaged, or of another key")]
pub struct ListFault(pub usize);

/// The lines of a town's list, each with a keyed hash: nobody without the key can have somebody
/// erased by writing into the file.
pub fn to_list(network: NetworkId, key: &MacKey, erasures: &[Erasure]) -> String {
    let mut text = format!("{HEAD} {network}\n");
    for erasure in erasures {
        let line = line(erasure);
        let mac = key.mac(&[b"erasure", line.as_bytes()]);
        let mac: String = mac.iter().map(|byte| format!("{byte:02x}")).collect();
        text.push_str(&format!("{line} {mac}\n"));
    }
    text
}

fn line(erasure: &Erasure) -> String {
    let traces: Vec<String> = erasure
        .traces
        .iter()
        .map(|trace| format!("{trace:016x}"))
        .collect();
    let (person, at, kind) = (erasure.person, erasure.at, erasure.kind.code());
    format!("{person} {at} {kind} {}", traces.join(","))
}

/// Reads a list. Nothing where it is another town's.
pub fn from_list(
    network: NetworkId,
    key: &MacKey,
    text: &str,
) -> Result<Option<Vec<Erasure>>, ListFault> {
    let mut lines = text.lines().zip(1..);
    let head = lines.next().map(|(head, _)| head.split_once(' '));
    match head.flatten() {
        Some((HEAD, town)) if town == network.to_string() => {}
        Some((HEAD, _)) => return Ok(None),
        _ => return Err(ListFault(1)),
    }
    let read = lines.map(|(text, number)| read(key, text).ok_or(ListFault(number)));
    read.collect::<Result<_, _>>().map(Some)
}

fn read(key: &MacKey, text: &str) -> Option<Erasure> {
    let (said, mac) = text.rsplit_once(' ')?;
    let mac = bytes(mac)?;
    if !key.matches(&[b"erasure", said.as_bytes()], &mac) {
        return None;
    }
    let mut parts = said.split(' ');
    let (person, at, kind) = (parts.next()?, parts.next()?, parts.next()?);
    let traces = parts.next()?.split(',').filter(|trace| !trace.is_empty());
    let traces: Option<Vec<i64>> = traces
        .map(|trace| i64::from_str_radix(trace, 16).ok())
        .collect();
    Some(Erasure {
        person: person.parse().ok()?,
        at: at.parse().ok()?,
        kind: Kind::from_code(kind)?,
        traces: traces?,
    })
}

fn bytes(hex: &str) -> Option<[u8; 32]> {
    let pairs = hex.as_bytes().chunks_exact(2);
    let bytes: Option<Vec<u8>> = pairs
        .map(|pair| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok())
        .collect();
    bytes?.try_into().ok()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use seal::{MasterKey, TestChance};

    use super::*;

    #[test]
    fn a_list_comes_back_and_no_line_is_added_without_the_key() {
        let master = MasterKey::generate(&mut TestChance::new(1));
        let (key, other) = (master.app_key("a"), master.app_key("b"));
        let town = NetworkId(7);
        let list = [
            Erasure {
                person: PersonId(5),
                at: 12,
                kind: Kind::Erasure,
                traces: vec![1, i64::MAX],
            },
            Erasure {
                person: PersonId(6),
                at: 13,
                kind: Kind::Died,
                traces: vec![],
            },
        ];
        let text = to_list(town, &key, &list);
        assert_eq!(from_list(town, &key, &text).unwrap().unwrap(), list);
        assert_eq!(from_list(NetworkId(8), &key, &text), Ok(None));
        assert_eq!(from_list(town, &other, &text), Err(ListFault(2)));
        let changed = text.replace("0000000000000006", "0000000000000009");
        assert_eq!(from_list(town, &key, &changed), Err(ListFault(3)));
        assert_eq!(from_list(town, &key, "x"), Err(ListFault(1)));
    }
}
