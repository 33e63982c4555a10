//! Prints what sealing, opening and a search token cost: `cargo run --release -p seal --example speed`.

#![allow(clippy::print_stdout, reason = "a program for a person at a terminal")]
#![allow(clippy::disallowed_methods, reason = "it measures time")]

use std::hint::black_box;
use std::time::Instant;

use seal::{MasterKey, OsChance, Place, SealError, TokenKind};

const ROUNDS: u32 = 200_000;
const READING: TokenKind = TokenKind::new("people.reading");

fn main() -> Result<(), SealError> {
    let chance = &mut OsChance;
    let master = MasterKey::generate(chance);
    let wrapped = master.new_town_key(1, 1, chance);
    let keys = master.open_town(1, &[(1, wrapped)])?;
    let place = Place {
        table: "people",
        column: "medical",
        row: 7,
        version: 3,
    };
    let plain = [b'x'; 300];
    let sealed = keys.seal(&place, &plain, chance);

    measure("seal 300 B", || {
        keys.seal(&place, black_box(&plain), &mut OsChance).len()
    });
    measure("open 300 B", || {
        keys.open(&place, black_box(&sealed))
            .map_or(0, |plain| plain.len())
    });
    measure("token", || keys.token(READING, black_box("スズキ ハナコ")));
    measure("audit line", || {
        keys.audit().line(&[black_box(&plain[..120])])
    });
    Ok(())
}

/// The best of five runs, which other programs on the machine disturb least.
fn measure<T>(name: &str, mut act: impl FnMut() -> T) {
    let best = (0..5)
        .map(|_| {
            let start = Instant::now();
            for _ in 0..ROUNDS {
                black_box(act());
            }
            start.elapsed().as_nanos() / u128::from(ROUNDS)
        })
        .min();
    println!("{name:<12} {:>6} ns", best.unwrap_or_default());
}
