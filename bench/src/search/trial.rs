//! Queries of one kind, and how many of them found what they should.

use std::time::{Duration, Instant};

use words::search::{Kind as Half, Query};

use super::Options;
use super::corpus::{Name, Town};
use super::mistakes::{self, Mistake};
use super::rewrite::{self, School};
use super::rival::{Answer, Rival};
use crate::chance::Chance;

/// How the name comes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Mistaken(Mistake),
    Right,
    Reversed,
    Unspaced,
    UnspacedMistaken,
    Hepburn,
    Kunrei,
    Kanji,
    Variant,
}

impl Kind {
    pub const ALL: [Self; 17] = [
        Self::Mistaken(Mistake::Voice),
        Self::Mistaken(Mistake::Long),
        Self::Mistaken(Mistake::Small),
        Self::Mistaken(Mistake::OldKana),
        Self::Mistaken(Mistake::ClosingN),
        Self::Mistaken(Mistake::Drop),
        Self::Mistaken(Mistake::Add),
        Self::Mistaken(Mistake::Swap),
        Self::Mistaken(Mistake::Replace),
        Self::Right,
        Self::Reversed,
        Self::Unspaced,
        Self::UnspacedMistaken,
        Self::Hepburn,
        Self::Kunrei,
        Self::Kanji,
        Self::Variant,
    ];

    fn has_mistake(self) -> bool {
        matches!(self, Self::Mistaken(_))
    }

    /// Asked for in kanji, which says nothing about the reading.
    fn is_written(self) -> bool {
        matches!(self, Self::Kanji | Self::Variant)
    }
}

pub struct Row {
    pub kind: Kind,
    pub asked: usize,
    pub with_year: usize,
    pub name_alone: usize,
    pub times: Vec<Duration>,
    pub keys: usize,
    pub opened: usize,
    pub misses: Vec<String>,
}

impl Row {
    /// Whether the row counts for the two aims: exactly one mistake in the name.
    pub fn counts(&self) -> bool {
        self.kind.has_mistake()
    }
}

const FIRST: usize = 10;

pub fn run<R: Rival>(kind: Kind, town: &Town, store: &R, options: &Options) -> anyhow::Result<Row> {
    let place = Kind::ALL.iter().position(|k| *k == kind).unwrap_or(0) as u64;
    let mut chance = Chance::new(options.seed ^ (place + 1) << 40);
    let mut row = Row {
        kind,
        asked: 0,
        with_year: 0,
        name_alone: 0,
        times: vec![],
        keys: 0,
        opened: 0,
        misses: vec![],
    };
    let mut draws = 0;
    while row.asked < options.queries && draws < options.queries * 400 {
        draws += 1;
        let person = chance.below(town.people.len());
        if !town.is_in(person, options.half) {
            continue;
        }
        if let Some(text) = query(kind, town, person, &mut chance) {
            ask(
                &mut row,
                town,
                store,
                (person, &text),
                options.pairs,
                &mut chance,
            )?;
        }
    }
    Ok(row)
}

fn query(kind: Kind, town: &Town, person: usize, chance: &mut Chance) -> Option<String> {
    let (family, given) = (town.family(person), town.given(person));
    let romaji = |school| {
        Some(format!(
            "{} {}",
            rewrite::romaji(&family.reading, school)?,
            rewrite::romaji(&given.reading, school)?
        ))
    };
    match kind {
        Kind::Mistaken(mistake) => mistaken(mistake, &family.reading, &given.reading, " ", chance),
        Kind::UnspacedMistaken => mistaken(
            Mistake::Replace,
            &family.reading,
            &given.reading,
            "",
            chance,
        ),
        Kind::Right => Some(format!("{} {}", family.reading, given.reading)),
        Kind::Reversed => Some(format!("{} {}", given.reading, family.reading)),
        Kind::Unspaced => Some(format!("{}{}", family.reading, given.reading)),
        Kind::Hepburn => romaji(School::Hepburn),
        Kind::Kunrei => romaji(School::Kunrei),
        Kind::Kanji => Some(format!("{} {}", family.written, given.written)),
        Kind::Variant => Some(format!(
            "{} {}",
            rewrite::variant(&family.written)?,
            given.written
        )),
    }
}

/// The mistake is in the family or the given name, by lot; in the other where there is no room.
fn mistaken(
    mistake: Mistake,
    family: &str,
    given: &str,
    between: &str,
    chance: &mut Chance,
) -> Option<String> {
    let in_family = chance.below(2) == 0;
    for side in [in_family, !in_family] {
        let wrong = mistakes::make(mistake, if side { family } else { given }, chance);
        if let Some(wrong) = wrong {
            let (f, g) = if side {
                (wrong.as_str(), given)
            } else {
                (family, wrong.as_str())
            };
            return Some(format!("{f}{between}{g}"));
        }
    }
    None
}

fn ask<R: Rival>(
    row: &mut Row,
    town: &Town,
    store: &R,
    (person, text): (usize, &str),
    most: usize,
    chance: &mut Chance,
) -> anyhow::Result<()> {
    let year = town.people[person].birth_year - 1 + chance.below(3) as i16;
    row.asked += 1;
    let names = [town.family(person), town.given(person)];
    let truth = format!("{} {}", names[0].reading, names[1].reading);
    let who = store.person(person);
    let place = timed(row, store, text, Some(year), most, |answer| {
        place_of_person(answer, &who)
    })?;
    let place = place.unwrap_or(usize::MAX);
    row.with_year += usize::from(place < FIRST);
    if place >= FIRST {
        row.misses
            .push(format!("with year: {text} is {truth}, {}", said(place)));
    }
    let tokens = tokens(store, names, row.kind.is_written());
    let place = timed(row, store, text, None, most, |answer| {
        place_of_name(answer, &tokens)
    })?;
    let place = place.unwrap_or(usize::MAX);
    row.name_alone += usize::from(place < FIRST);
    if place >= FIRST {
        row.misses
            .push(format!("name alone: {text} is {truth}, {}", said(place)));
    }
    Ok(())
}

fn said(place: usize) -> String {
    if place == usize::MAX {
        "not found".to_owned()
    } else {
        format!("at place {}", place + 1)
    }
}

fn timed<R: Rival>(
    row: &mut Row,
    store: &R,
    text: &str,
    year: Option<i16>,
    most: usize,
    place: impl FnOnce(Answer<R::Token, R::Person>) -> Option<usize>,
) -> anyhow::Result<Option<usize>> {
    let start = Instant::now();
    let Ok(query) = Query::parse(text, year) else {
        return Ok(None);
    };
    let answer = store.answer(query, most)?;
    row.keys += answer.keys;
    row.opened += answer.opened;
    let place = place(answer);
    row.times.push(start.elapsed());
    Ok(place)
}

fn place_of_person<R: Copy + Eq + std::hash::Hash + Ord, P: Copy + Eq + std::hash::Hash>(
    answer: Answer<R, P>,
    person: &P,
) -> Option<usize> {
    let hits = answer.search.rank(&answer.pairs, answer.found);
    hits.iter().position(|hit| hit.person == *person)
}

/// The tokens that count as the right half: of its reading, and where kanji were asked for, which
/// say nothing about the reading, of how it is written.
fn tokens<R: Rival>(store: &R, names: [&Name; 2], written: bool) -> [Vec<(Half, R::Token)>; 2] {
    let sides = [
        [Half::FamilyKana, Half::FamilyKanji],
        [Half::GivenKana, Half::GivenKanji],
    ];
    let of = |side: usize| {
        let texts = [
            Some(&names[side].reading),
            written.then_some(&names[side].written),
        ];
        let texts: Vec<&String> = texts.into_iter().flatten().collect();
        let all = sides[side]
            .iter()
            .flat_map(|kind| texts.iter().map(move |text| (*kind, *text)));
        all.filter_map(|(kind, text)| Some((kind, store.token(kind, text)?)))
            .collect()
    };
    [of(0), of(1)]
}

/// The place of the name among the names that somebody has.
fn place_of_name<T: Copy + Eq + std::hash::Hash + Ord, P>(
    answer: Answer<T, P>,
    right: &[Vec<(Half, T)>; 2],
) -> Option<usize> {
    let mut people = vec![0; answer.pairs.len()];
    answer.found.iter().for_each(|f| people[f.pair] += 1);
    let is =
        |half: Option<(Half, T)>, right: &[(Half, T)]| half.is_some_and(|h| right.contains(&h));
    let order = answer.search.rank_pairs(&answer.pairs, &people);
    order.iter().position(|i| {
        let pair = &answer.pairs[*i];
        is(pair.family, &right[0]) && is(pair.given, &right[1])
    })
}
