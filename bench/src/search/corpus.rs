//! A town of invented people whose names are as unevenly common as real ones.

use std::path::Path;

use anyhow::Context;

use crate::chance::Chance;

/// A name as written and as read.
#[derive(Clone)]
pub struct Name {
    pub written: String,
    pub reading: String,
}

pub struct Person {
    pub family: usize,
    pub given: usize,
    pub birth_year: i16,
}

pub struct Town {
    pub families: Vec<Name>,
    pub givens: Vec<Name>,
    pub people: Vec<Person>,
}

/// The names on which costs were tuned, and the names on which they are judged.
#[derive(Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Half {
    Tuned,
    Held,
}

/// Readings that stand in the tests of `words`; never asked for.
const IN_TESTS: [&str; 20] = [
    "オオタ",
    "ハナコ",
    "タナカ",
    "ハチモト",
    "キョウコ",
    "ハットリ",
    "ホンマ",
    "コウジ",
    "ケイコ",
    "ミサオ",
    "ミサヲ",
    "フジ",
    "カズ",
    "チヨ",
    "ハナ",
    "タカハシ",
    "ミツエ",
    "ミツヱ",
    "ワタナベ",
    "モリ",
];

/// The youngest is 65, the oldest 98, in 2026.
const OLDEST: i16 = 1928;
const YEARS: usize = 34;

impl Town {
    pub fn make(names: &Path, people: usize, seed: u64) -> anyhow::Result<Self> {
        let bytes = std::fs::read(names)
            .with_context(|| format!("{} can't be read; install mecab-ipadic", names.display()))?;
        let (text, _, _) = encoding_rs::EUC_JP.decode(&bytes);
        let mut chance = Chance::new(seed);
        let families = by_commonness(&text, "姓", &mut chance);
        let givens = by_commonness(&text, "名", &mut chance);
        let (family_of, given_of) = (Lot::new(families.len(), 10.0), Lot::new(givens.len(), 8.0));
        let people = (0..people)
            .map(|_| Person {
                family: family_of.draw(&mut chance),
                given: given_of.draw(&mut chance),
                birth_year: OLDEST + chance.below(YEARS) as i16,
            })
            .collect();
        Ok(Self {
            families,
            givens,
            people,
        })
    }

    pub fn family(&self, person: usize) -> &Name {
        &self.families[self.people[person].family]
    }

    pub fn given(&self, person: usize) -> &Name {
        &self.givens[self.people[person].given]
    }

    /// Whether this person may be asked for in a run on this half of the names.
    pub fn is_in(&self, person: usize, half: Half) -> bool {
        let (family, given) = (&self.family(person).reading, &self.given(person).reading);
        let tested = IN_TESTS.iter().any(|t| t == family || t == given);
        let even = checksum(family)
            .wrapping_add(checksum(given))
            .is_multiple_of(2);
        !tested && even == (half == Half::Tuned)
    }

    pub fn summary(&self) -> String {
        let mut counts = vec![0_usize; self.families.len()];
        self.people.iter().for_each(|p| counts[p.family] += 1);
        counts.sort_unstable_by(|a, b| b.cmp(a));
        let share =
            |n: usize| 100 * counts.iter().take(n).sum::<usize>() / self.people.len().max(1);
        format!(
            "town: {} people, {} family names ({} % have the 10 commonest, {} % the 100), {} given names",
            self.people.len(),
            self.families.len(),
            share(10),
            share(100),
            self.givens.len()
        )
    }
}

fn checksum(text: &str) -> u32 {
    text.bytes().fold(2_166_136_261, |sum, b| {
        (sum ^ u32::from(b)).wrapping_mul(16_777_619)
    })
}

/// The dictionary's names of one sort, commonest first (by its costs; equal ones by lot).
fn by_commonness(text: &str, sort: &str, chance: &mut Chance) -> Vec<Name> {
    let mut rows: Vec<(i32, u64, Name)> = text
        .lines()
        .filter_map(|line| {
            let cells: Vec<&str> = line.split(',').collect();
            let name = Name {
                written: (*cells.first()?).to_owned(),
                reading: (*cells.get(11)?).to_owned(),
            };
            (cells[7] == sort && is_japanese(&name, sort))
                .then(|| (cells[3].parse().unwrap_or(i32::MAX), chance.next(), name))
        })
        .collect();
    rows.sort_by_key(|(cost, lot, _)| (*cost, *lot));
    rows.into_iter().map(|(_, _, name)| name).collect()
}

/// The dictionary also has names of foreign stars, written in katakana alone.
fn is_japanese(name: &Name, sort: &str) -> bool {
    let katakana = |c: char| ('ァ'..='ー').contains(&c);
    if !name.reading.chars().all(katakana) {
        return false;
    }
    let all_kana = name.written.chars().all(katakana);
    let old_style = name.written.chars().count() <= 4
        && !name.written.contains(['ー', 'ッ', 'ァ', 'ィ', 'ェ', 'ォ'])
        && name.written.ends_with([
            'コ', 'エ', 'ヱ', 'ヨ', 'ミ', 'ノ', 'キ', 'ツ', 'シ', 'ヲ', 'セ',
        ]);
    !all_kana || (sort == "名" && old_style)
}

/// Draws a rank so that rank r comes up in proportion to 1/(r + q) (Zipf–Mandelbrot): with q = 10
/// the ten commonest family names make a tenth of a Japanese town, the hundred commonest a third.
struct Lot(Vec<f64>);

impl Lot {
    fn new(n: usize, q: f64) -> Self {
        let mut sum = 0.0;
        Self(
            (0..n)
                .map(|r| {
                    sum += 1.0 / (r as f64 + 1.0 + q);
                    sum
                })
                .collect(),
        )
    }

    fn draw(&self, chance: &mut Chance) -> usize {
        let at = chance.unit() * self.0.last().copied().unwrap_or(0.0);
        self.0
            .partition_point(|sum| *sum <= at)
            .min(self.0.len().saturating_sub(1))
    }
}
