//! `bench roster`: a roster of invented people as a ward office would hand it over.
//!
//! The demo's roster is `bench roster 2000`, kept in `crates/mimamori/demo/roster.csv`.
//! Names come from handwritten lists of common ones with their readings, the town and its
//! streets are made up, and phone numbers begin with 0 after the area code, which are not
//! given out. The same seed gives the same file, byte for byte.

mod lists;
mod person;

pub use lists::Names;
pub use person::invent;

use std::io::Write;

use crate::chance::Chance;

/// What `bench roster` takes.
#[derive(clap::Args)]
pub struct Options {
    /// How many people
    #[arg(default_value_t = 2_000)]
    people: usize,
    #[arg(long, default_value_t = 20_260_401)]
    seed: u64,
}

/// The head of the table.
const HEAD: &str = "登録番号,氏名,フリガナ,性別,生年月日,郵便番号,住所,電話番号,世帯,\
     緊急連絡先１氏名,続柄１,電話１,緊急連絡先２氏名,続柄２,電話２,\
     かかりつけ医療機関,診療科,主治医,医療機関電話,既往歴,服薬,介護認定,登録日,備考";

/// Writes the roster: UTF-8 with a byte order mark, lines ended as Excel ends them.
///
/// # Errors
/// If it can't be written.
pub fn run(options: &Options, out: &mut impl Write) -> anyhow::Result<()> {
    let (names, mut chance) = (lists::Names::read(), Chance::new(options.seed));
    write!(out, "\u{feff}{HEAD}\r\n")?;
    for number in 1..=options.people {
        let cells = person::invent(number, &names, &mut chance);
        write!(out, "{}\r\n", cells.join(","))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    fn roster(people: usize, seed: u64) -> String {
        let mut out = Vec::new();
        run(&Options { people, seed }, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn every_line_has_every_cell_and_the_same_seed_gives_the_same_file() {
        let text = roster(300, 1);
        let cells = HEAD.split(',').count();
        assert_eq!(text.lines().count(), 301);
        assert!(text.lines().all(|line| line.split(',').count() == cells));
        assert_eq!(text, roster(300, 1));
        assert_ne!(text, roster(300, 2));
    }

    #[test]
    fn phones_are_numbers_that_nobody_has() {
        let text = roster(300, 3);
        let phones = text
            .split([',', '\n'])
            .filter(|cell| cell.len() >= 12 && cell.starts_with('0') && cell.contains('-'));
        let mut seen = 0;
        for phone in phones {
            assert!(
                phone.starts_with("03-0") || phone.starts_with("090-0"),
                "{phone}"
            );
            seen += 1;
        }
        assert!(seen > 600);
    }

    #[test]
    fn the_bundled_roster_is_this_one() {
        let bundled = include_str!("../../../crates/mimamori/demo/roster.csv");
        assert!(
            roster(2_000, 20_260_401) == bundled,
            "run `bench roster 2000` again"
        );
    }
}
