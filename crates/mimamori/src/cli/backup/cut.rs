//! Cutting a stream into pieces where its own content says so.
//!
//! The cut after a byte depends on the 64 bytes before it alone, so what is put in or taken out in
//! one place changes the pieces there and no others. That holds for pages of SQLite, which change
//! in place, and for a dump of PostgreSQL, where everything behind a change moves.

use std::io::{self, Read};

/// No cut before this: each piece costs a file.
const LEAST: usize = 8 * 1024;
/// A cut here at the latest.
const MOST: usize = 128 * 1024;
/// One place in 2^14 is a cut: 16 KiB on average behind the least, so a piece is about six pages
/// of SQLite. A person has some fifty rows in pages far apart; larger pieces would write more for
/// each, smaller ones are more files. Of the upper bits, which have seen the most bytes.
const CUT: u64 = 0x3fff << 50;

/// What each byte adds to the rolling sum: fixed for ever, or no piece would be found again.
const GEAR: [u64; 256] = gear();

/// Numbers that look like chance (SplitMix64).
const fn gear() -> [u64; 256] {
    let mut table = [0; 256];
    let (mut at, mut state) = (0, 0x6d69_6d61_6d6f_7269_u64);
    while at < table.len() {
        state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = state;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        table[at] = mixed ^ (mixed >> 31);
        at += 1;
    }
    table
}

/// Hands the pieces of a stream to `take`, in their order.
pub fn cut<E: From<io::Error>>(
    mut from: impl Read,
    mut take: impl FnMut(&[u8]) -> Result<(), E>,
) -> Result<(), E> {
    let mut held: Vec<u8> = Vec::with_capacity(2 * MOST);
    let mut room = vec![0; MOST];
    loop {
        let read = from.read(&mut room)?;
        held.extend_from_slice(&room[..read]);
        let ended = read == 0;
        let mut begin = 0;
        while held.len() - begin >= MOST || ended && begin < held.len() {
            let length = first_cut(&held[begin..]);
            take(&held[begin..begin + length])?;
            begin += length;
        }
        held.drain(..begin);
        if ended {
            return Ok(());
        }
    }
}

/// The length of the first piece.
fn first_cut(bytes: &[u8]) -> usize {
    let most = bytes.len().min(MOST);
    let mut sum = 0_u64;
    for (at, byte) in bytes[..most].iter().enumerate().skip(LEAST) {
        sum = (sum << 1).wrapping_add(GEAR[usize::from(*byte)]);
        if sum & CUT == 0 {
            return at + 1;
        }
    }
    most
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use std::collections::HashSet;

    use seal::{Chance, TestChance};

    use super::*;

    fn pieces(bytes: &[u8]) -> Vec<Vec<u8>> {
        let mut all = Vec::new();
        cut(bytes, |piece| {
            all.push(piece.to_vec());
            Ok::<_, io::Error>(())
        })
        .unwrap();
        all
    }

    fn noise(length: usize) -> Vec<u8> {
        let mut bytes = vec![0; length];
        TestChance::new(7).fill(&mut bytes);
        bytes
    }

    #[test]
    fn the_pieces_are_the_stream_and_of_a_fair_size() {
        let stream = noise(4_000_000);
        let cut = pieces(&stream);
        assert_eq!(cut.concat(), stream);
        let (last, all) = cut.split_last().unwrap();
        assert!(all.iter().all(|one| (LEAST..=MOST).contains(&one.len())));
        assert!(
            !last.is_empty() && (120..=230).contains(&cut.len()),
            "{}",
            cut.len()
        );
        assert!(pieces(b"").is_empty());
        assert_eq!(pieces(b"x"), [b"x"]);
        assert_eq!(pieces(&vec![0; 1_000_000]).concat().len(), 1_000_000);
    }

    #[test]
    fn a_change_moves_no_other_piece() {
        let before = noise(4_000_000);
        let mut after = before.clone();
        after.splice(2_000_000..2_000_000, *b"moved by some bytes");
        let known: HashSet<Vec<u8>> = pieces(&before).into_iter().collect();
        let new = pieces(&after);
        let new = new.iter().filter(|piece| !known.contains(*piece)).count();
        assert!((1..=2).contains(&new), "{new} pieces are new");
    }
}
