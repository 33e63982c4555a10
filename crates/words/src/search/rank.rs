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
