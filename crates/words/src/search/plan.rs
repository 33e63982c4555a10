//! What to read from the store, and the best pairs out of what was read.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::hash::Hash;

use super::parse::{Query, Way};
use super::part::{Kind, Side};
use crate::sound::Sounds;

/// A distinct form of a name as the store knows it. Has no `Debug`: it is a name.
#[derive(Clone)]
pub struct Form<T> {
    token: T,
    text: String,
    people: u32,
}

impl<T> Form<T> {
    /// The form's token, its opened text (a reading in katakana, or the name as written), and how
    /// many people of the town have it.
    pub fn new(token: T, text: String, people: u32) -> Self {
        Self {
            token,
            text,
            people,
        }
    }
}

/// A look-up in the dictionary of one kind: every form that stands under one of the keys.
pub struct Wanted {
    pub kind: Kind,
    pub keys: Vec<String>,
}

/// A family and a given name that together are near what was asked for; `None` where only half a
/// name was asked for. The people to read are those with both tokens in these columns.
pub struct Pair<T> {
    pub family: Option<(Kind, T)>,
    pub given: Option<(Kind, T)>,
    /// Hundredths of one plainly different sound.
    pub cost: u16,
    pub(super) forms: [Option<usize>; 2],
    pub(super) way: usize,
}

/// A search under way. `T` is the store's token of a form.
pub struct Search<T> {
    pub(super) query: Query,
    round: u8,
    forms: Vec<Form<T>>,
    known: HashSet<(Kind, T)>,
    /// Forms near enough, by part and side.
    near: BTreeMap<(usize, Side), Vec<Near>>,
}

#[derive(Clone, Copy)]
struct Near {
    form: usize,
    cost: u16,
    /// What its being common weighs, in hundredths of a sound.
    weight: f32,
}

/// A half this near makes the other half worth looking for: it sounds the same but for voice.
const GOOD: u16 = 60;
/// Two halves together may be this far away.
const MOST: u16 = 240;
/// What one e-fold more people with a name weighs, in hundredths of a sound.
pub(super) const COMMON: f32 = 9.0;
/// Of the forms near one part only the best are paired.
const MOST_NEAR: usize = 400;
/// Of an unspaced text, several ways of cutting it may lead to the same pair.
const SAME_BY_OTHER_WAYS: usize = 4;

impl<T: Copy + Eq + Hash + Ord> Search<T> {
    #[must_use]
    pub fn new(query: Query) -> Self {
        Self {
            query,
            round: 0,
            forms: Vec::new(),
            known: HashSet::new(),
            near: BTreeMap::new(),
        }
    }

    /// The next look-ups, at most one a kind; `None` when enough is known. There are two rounds.
    pub fn wanted(&mut self) -> Option<Vec<Wanted>> {
        self.round += 1;
        let keys = match self.round {
            1 => self.keys(self.halves(|_| true), false),
            2 => self.keys(self.halves(|way| self.promising(way)), true),
            _ => return None,
        };
        let wanted = keys.into_iter().map(|(kind, keys)| Wanted {
            kind,
            keys: keys.into_iter().collect(),
        });
        Some(wanted.collect())
    }

    pub(super) fn text(&self, form: usize) -> &str {
        &self.forms[form].text
    }

    fn halves(&self, chosen: impl Fn(&Way) -> bool) -> BTreeSet<(usize, Side)> {
        let ways = self.query.ways.iter().filter(|way| chosen(way));
        ways.flat_map(sides).collect()
    }

    fn keys(
        &self,
        halves: BTreeSet<(usize, Side)>,
        near: bool,
    ) -> BTreeMap<Kind, BTreeSet<String>> {
        let mut out: BTreeMap<Kind, BTreeSet<String>> = BTreeMap::new();
        for (part, side) in halves {
            let part = &self.query.parts[part];
            let keys = if near {
                part.near_keys()
            } else {
                part.exact_keys()
            };
            out.entry(part.kind(side)).or_default().extend(keys);
        }
        out
    }

    /// Whether a second look is worth it: the halves are plain to see, or one of them is known.
    fn promising(&self, way: &Way) -> bool {
        let good = |half: &(usize, Side)| self.best(*half).is_some_and(|cost| cost <= GOOD);
        way.plain || sides(way).any(|half| good(&half))
    }

    fn best(&self, half: (usize, Side)) -> Option<u16> {
        self.near.get(&half)?.iter().map(|n| n.cost).min()
    }

    /// Takes what was read for a look-up. A form that was read before is not taken again.
    pub fn learn(&mut self, kind: Kind, forms: Vec<Form<T>>) {
        let halves = self.halves(|_| true);
        let parts: Vec<(usize, Side)> = halves
            .into_iter()
            .filter(|(part, side)| self.query.parts[*part].kind(*side) == kind)
            .collect();
        for form in forms {
            if self.known.insert((kind, form.token)) {
                self.weigh(&parts, &form);
                self.forms.push(form);
            }
        }
    }

    fn weigh(&mut self, halves: &[(usize, Side)], form: &Form<T>) {
        let sounds = Sounds::of(&form.text);
        let weight = COMMON * (form.people.max(1) as f32).ln();
        for half in halves {
            if let Some(cost) = self.query.parts[half.0].cost(&form.text, &sounds) {
                let near = Near {
                    form: self.forms.len(),
                    cost,
                    weight,
                };
                self.near.entry(*half).or_default().push(near);
            }
        }
    }

    /// The best pairs, best first, each once; at most `limit`.
    ///
    /// Which come first follows from how near both halves are and how common they are.
    #[must_use]
    pub fn pairs(&self, limit: usize) -> Vec<Pair<T>> {
        let ways = self.query.ways.iter().enumerate();
        let mut drafts: Vec<Draft> = ways.flat_map(|(at, way)| self.drafts(at, way)).collect();
        let enough = limit.saturating_mul(SAME_BY_OTHER_WAYS);
        if drafts.len() > enough {
            drafts.select_nth_unstable_by(enough, Draft::order);
            drafts.truncate(enough);
        }
        drafts.sort_unstable_by(Draft::order);
        let mut seen = HashSet::new();
        let new = drafts.iter().filter(|draft| seen.insert(draft.forms()));
        new.take(limit).map(|draft| self.pair(draft)).collect()
    }

    fn drafts(&self, way_at: usize, way: &Way) -> Vec<Draft> {
        let families = self.nearest(way.family, Side::Family);
        let givens = self.nearest(way.given, Side::Given);
        let mut out = Vec::new();
        for family in &families {
            for given in &givens {
                let cost = cost_of(*family) + cost_of(*given) + way.penalty;
                if cost > MOST {
                    break;
                }
                let score = f32::from(cost) - weight_of(*family) - weight_of(*given);
                out.push(Draft {
                    score,
                    cost,
                    way: way_at,
                    halves: [*family, *given],
                });
            }
        }
        out
    }

    /// Nearest first; one `None` where the query has no such half.
    fn nearest(&self, part: Option<usize>, side: Side) -> Vec<Option<Near>> {
        let Some(part) = part else {
            return vec![None];
        };
        let mut near = self.near.get(&(part, side)).cloned().unwrap_or_default();
        near.sort_by_key(|n| (n.cost, u32::MAX - self.forms[n.form].people));
        near.truncate(MOST_NEAR);
        near.into_iter().map(Some).collect()
    }

    fn pair(&self, draft: &Draft) -> Pair<T> {
        let way = &self.query.ways[draft.way];
        let kind = |part: Option<usize>, side| part.map(|p| self.query.parts[p].kind(side));
        let token = |near: Option<Near>| near.map(|n| self.forms[n.form].token);
        let [family, given] = draft.halves.map(token);
        Pair {
            family: kind(way.family, Side::Family).zip(family),
            given: kind(way.given, Side::Given).zip(given),
            cost: draft.cost,
            forms: draft.forms(),
            way: draft.way,
        }
    }
}

/// A pair in the making. A lower score is likelier, by what is known before the people are read.
struct Draft {
    score: f32,
    cost: u16,
    way: usize,
    halves: [Option<Near>; 2],
}

impl Draft {
    fn forms(&self) -> [Option<usize>; 2] {
        self.halves.map(|half| half.map(|near| near.form))
    }

    fn order(&self, other: &Self) -> Ordering {
        let by_score = self.score.total_cmp(&other.score);
        by_score.then_with(|| (self.forms(), self.way).cmp(&(other.forms(), other.way)))
    }
}

fn sides(way: &Way) -> impl Iterator<Item = (usize, Side)> + use<> {
    let family = way.family.map(|part| (part, Side::Family));
    family
        .into_iter()
        .chain(way.given.map(|part| (part, Side::Given)))
}

fn cost_of(near: Option<Near>) -> u16 {
    near.map_or(0, |n| n.cost)
}

fn weight_of(near: Option<Near>) -> f32 {
    near.map_or(0.0, |n| n.weight)
}
