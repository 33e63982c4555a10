//! The order in which people are shown, and why each is there.

use std::collections::HashMap;
use std::hash::Hash;

use super::parse::Query;
use super::plan::{COMMON, Pair, Search};
use crate::sound::Reason;

/// A person of one of the pairs; `pair` is its place in what [`Search::pairs`] gave.
pub struct Found<P> {
    pub pair: usize,
    pub person: P,
    pub birth_year: Option<i16>,
}

/// A person with what speaks for and against.
pub struct Hit<P> {
    pub person: P,
    pub pair: usize,
    /// Hundredths of one plainly different sound; 0 is what was asked for.
    pub cost: u16,
    pub reasons: Vec<Why>,
}

/// In what the person differs from what was asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Why {
    Family(Reason),
    Given(Reason),
    /// Family and given name are the other way round.
    Order,
    /// Born a year later (+1) or earlier (−1) than was asked for.
    BirthYear(i16),
}

impl Why {
    /// In words to be shown: `名のよみが1音ちがい`.
    #[must_use]
    pub fn words(self) -> String {
        match self {
            Self::Family(reason) => format!("姓{}", reason.words()),
            Self::Given(reason) => format!("名{}", reason.words()),
            Self::Order => "姓と名が逆".to_owned(),
            Self::BirthYear(years) => format!("生まれ年が{}年ちがい", years.abs()),
        }
    }
}

/// What a birth year that is off by one weighs.
const YEAR: u16 = 6;

impl<T: Copy + Eq + Hash + Ord> Search<T> {
    /// The people, likeliest first, each once.
    ///
    /// Without a birth year, names that more people have come first where they are equally near:
    /// whoever calls about a name is likelier to mean a common one.
    #[must_use]
    pub fn rank<P: Clone + Eq + Hash>(
        &self,
        pairs: &[Pair<T>],
        found: Vec<Found<P>>,
    ) -> Vec<Hit<P>> {
        let mut counts = vec![0; pairs.len()];
        found.iter().for_each(|f| counts[f.pair] += 1);
        let mut best: HashMap<P, (u16, Found<P>)> = HashMap::new();
        for one in found {
            let cost = pairs[one.pair].cost + year_cost(&self.query, one.birth_year);
            if best.get(&one.person).is_none_or(|(seen, _)| cost < *seen) {
                best.insert(one.person.clone(), (cost, one));
            }
        }
        let mut all: Vec<(u16, Found<P>)> = best.into_values().collect();
        let common = |pair: usize| {
            if self.query.birth_year.is_none() {
                counts[pair]
            } else {
                1
            }
        };
        all.sort_by(|(a, x), (b, y)| {
            let order = score(*a, common(x.pair)).total_cmp(&score(*b, common(y.pair)));
            order.then(x.pair.cmp(&y.pair))
        });
        all.into_iter()
            .map(|(cost, one)| self.hit(pairs, cost, one))
            .collect()
    }

    /// The places of the pairs that somebody has, likeliest first; `people[i]` have pair `i`.
    #[must_use]
    pub fn rank_pairs(&self, pairs: &[Pair<T>], people: &[u32]) -> Vec<usize> {
        let mut order: Vec<usize> = (0..pairs.len()).filter(|i| people[*i] > 0).collect();
        let score = |i: &usize| score(pairs[*i].cost, people[*i]);
        order.sort_by(|a, b| score(a).total_cmp(&score(b)).then(a.cmp(b)));
        order
    }

    fn hit<P>(&self, pairs: &[Pair<T>], cost: u16, found: Found<P>) -> Hit<P> {
        let mut reasons = self.reasons(&pairs[found.pair]);
        let off = self
            .query
            .birth_year
            .zip(found.birth_year)
            .map(|(asked, known)| known - asked);
        reasons.extend(off.filter(|years| *years != 0).map(Why::BirthYear));
        Hit {
            person: found.person,
            pair: found.pair,
            cost,
            reasons,
        }
    }

    /// In what the pair differs from what was asked for; empty if in nothing.
    #[must_use]
    pub fn reasons(&self, pair: &Pair<T>) -> Vec<Why> {
        let way = &self.query.ways[pair.way];
        let of = |part: Option<usize>, form: Option<usize>| match part.zip(form) {
            Some((part, form)) => self.query.parts[part].reasons(self.text(form)),
            None => Vec::new(),
        };
        let family = of(way.family, pair.forms[0]).into_iter().map(Why::Family);
        let given = of(way.given, pair.forms[1]).into_iter().map(Why::Given);
        let order = way.reversed.then_some(Why::Order);
        family.chain(given).chain(order).collect()
    }
}

fn year_cost(query: &Query, known: Option<i16>) -> u16 {
    match query.birth_year.zip(known) {
        Some((asked, known)) => asked.abs_diff(known).min(10) * YEAR,
        None => 0,
    }
}

fn score(cost: u16, people: u32) -> f32 {
    f32::from(cost) - COMMON * (people.max(1) as f32).ln()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::search::{Form, Kind, stored_keys};

    /// Family in kanji and kana, given in kanji and kana, birth year; the id is the place.
    const TOWN: [[&str; 4]; 7] = [
        ["大田", "オオタ", "花子", "ハナコ"],
        ["太田", "オオタ", "花代", "ハナヨ"],
        ["田中", "タナカ", "花子", "ハナコ"],
        ["髙橋", "タカハシ", "キヨ", "キヨ"],
        ["森", "モリ", "健一", "ケンイチ"],
        ["森", "モリ", "健二", "ケンジ"],
        ["木代", "キヨ", "鷹橋", "タカハシ"],
    ];
    const YEARS: [i16; 7] = [1940, 1941, 1940, 1935, 1950, 1951, 1935];
    const KINDS: [(Kind, usize); 4] = [
        (Kind::FamilyKanji, 0),
        (Kind::FamilyKana, 1),
        (Kind::GivenKanji, 2),
        (Kind::GivenKana, 3),
    ];

    fn column(kind: Kind) -> usize {
        KINDS.iter().find(|(k, _)| *k == kind).unwrap().1
    }

    fn forms(kind: Kind, keys: &[String]) -> Vec<Form<&'static str>> {
        let texts = TOWN.iter().map(|row| row[column(kind)]);
        let under = texts.filter(|text| stored_keys(kind, text).iter().any(|k| keys.contains(k)));
        under
            .map(|text| Form::new(text, text.to_owned(), 1))
            .collect()
    }

    fn ask(text: &str, year: Option<i16>) -> Vec<(usize, Vec<String>)> {
        let query = Query::parse(text, year).ok().unwrap();
        let years = query.birth_years();
        let mut search = Search::new(query);
        while let Some(wanted) = search.wanted() {
            for look in wanted {
                search.learn(look.kind, forms(look.kind, &look.keys));
            }
        }
        let pairs = search.pairs(50);
        let has = |row: &[&str; 4], half: Option<(Kind, &str)>| {
            half.is_none_or(|(kind, text)| row[column(kind)] == text)
        };
        let found = pairs.iter().enumerate().flat_map(|(pair, p)| {
            let people = TOWN
                .iter()
                .enumerate()
                .filter(|(_, row)| has(row, p.family) && has(row, p.given));
            people.map(move |(person, _)| Found {
                pair,
                person,
                birth_year: Some(YEARS[person]),
            })
        });
        let found = found.filter(|f| years.is_none_or(|y| y.contains(&f.birth_year.unwrap())));
        let hits = search.rank(&pairs, found.collect());
        let words = |hit: &Hit<usize>| hit.reasons.iter().map(|why| why.words()).collect();
        hits.iter().map(|hit| (hit.person, words(hit))).collect()
    }

    fn first(text: &str) -> (usize, Vec<String>) {
        ask(text, None).into_iter().next().unwrap()
    }

    fn is(person: usize, reasons: &[&str]) -> (usize, Vec<String>) {
        (person, reasons.iter().map(|r| (*r).to_owned()).collect())
    }

    #[test]
    fn the_right_name_comes_first_in_any_script() {
        for text in [
            "オオタ ハナコ",
            "ｵｵﾀ ﾊﾅｺ",
            "おおたはなこ",
            "大田花子",
            "大田 ハナコ",
        ] {
            assert_eq!(first(text), is(0, &[]), "{text}");
        }
        assert_eq!(first("OHTA HANAKO"), is(0, &["姓の長音ちがい"]));
        assert_eq!(first("Moriken'iti").0, 4);
        assert_eq!(first("MORI KENICHI").0, 4);
    }

    #[test]
    fn a_mistake_is_found_and_named() {
        assert_eq!(first("オオダ ハナコ"), is(0, &["姓の濁点ちがい"]));
        assert_eq!(first("タナカ ハカコ"), is(2, &["名のよみが1音ちがい"]));
        assert_eq!(first("タカシ キヨ"), is(3, &["姓のよみが1音足りない"]));
        assert_eq!(first("高橋 キヨ"), is(3, &["姓が異体字"]));
        assert_eq!(first("ハナコ タナカ"), is(2, &["姓と名が逆"]));
    }

    #[test]
    fn one_mistake_in_each_half_is_found() {
        let reasons = ["姓のよみが1音ちがい", "名のよみが1音ちがい"];
        assert_eq!(first("タヨカ ハカコ"), is(2, &reasons));
    }

    #[test]
    fn the_usual_order_comes_first() {
        assert_eq!(first("タカハシ キヨ"), is(3, &[]));
        assert_eq!(first("キヨ タカハシ"), is(6, &[]));
    }

    #[test]
    fn a_year_filters_and_orders() {
        assert_eq!(
            ask("モリ ケンジ", Some(1950))[0],
            is(5, &["生まれ年が1年ちがい"])
        );
        assert!(ask("モリ ケンジ", Some(1960)).is_empty());
        let near = ask("オオタ ハナ", Some(1941));
        assert_eq!(near[0].0, 1, "the same distance, the year as asked");
    }

    #[test]
    fn half_a_name_finds_its_people_once() {
        let mut people: Vec<usize> = ask("モリ", None).iter().map(|hit| hit.0).collect();
        people.sort_unstable();
        assert_eq!(people, [4, 5]);
    }
}
