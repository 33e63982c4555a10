//! The dictionary of name forms and the people, in memory: what the database holds by tokens.

use std::collections::HashMap;

use words::search::{Form, Found, Kind, Pair, Query, Search, Wanted, stored_keys};

use super::corpus::Town;
use super::rival::{Answer, Rival};

pub struct Store {
    /// Forms with the number of people; the token is the place in this list.
    forms: Vec<(Kind, String, u32)>,
    near: HashMap<(Kind, String), Vec<u32>>,
    by_pair: HashMap<(u32, u32), Vec<u32>>,
    by_form: HashMap<u32, Vec<u32>>,
    birth_years: Vec<i16>,
    tokens: HashMap<(Kind, String), u32>,
}

impl Store {
    pub fn of(town: &Town) -> Self {
        let mut store = Self {
            forms: Vec::new(),
            near: HashMap::new(),
            by_pair: HashMap::new(),
            by_form: HashMap::new(),
            birth_years: town.people.iter().map(|p| p.birth_year).collect(),
            tokens: HashMap::new(),
        };
        let mut seen = HashMap::new();
        for person in 0..town.people.len() {
            store.add(town, person, &mut seen);
        }
        store.tokens = seen;
        store
    }

    fn add(&mut self, town: &Town, person: usize, seen: &mut HashMap<(Kind, String), u32>) {
        let (family, given) = (town.family(person), town.given(person));
        let halves = [
            (Kind::FamilyKana, &family.reading),
            (Kind::GivenKana, &given.reading),
            (Kind::FamilyKanji, &family.written),
            (Kind::GivenKanji, &given.written),
        ];
        let tokens = halves.map(|(kind, text)| self.form(kind, text, seen));
        for (family, given) in [(0, 1), (2, 3), (0, 3), (2, 1)] {
            let pair = (tokens[family], tokens[given]);
            self.by_pair.entry(pair).or_default().push(person as u32);
        }
        for token in tokens {
            self.by_form.entry(token).or_default().push(person as u32);
        }
    }

    fn form(&mut self, kind: Kind, text: &str, seen: &mut HashMap<(Kind, String), u32>) -> u32 {
        if let Some(token) = seen.get(&(kind, text.to_owned())) {
            self.forms[*token as usize].2 += 1;
            return *token;
        }
        let token = self.forms.len() as u32;
        self.forms.push((kind, text.to_owned(), 1));
        seen.insert((kind, text.to_owned()), token);
        for key in stored_keys(kind, text) {
            self.near.entry((kind, key)).or_default().push(token);
        }
        token
    }

    pub fn summary(&self) -> String {
        let rows: usize = self.near.values().map(Vec::len).sum();
        format!(
            "store: {} name forms under {} keys ({rows} rows)",
            self.forms.len(),
            self.near.len()
        )
    }

    fn look(&self, look: &Wanted) -> Vec<Form<u32>> {
        let lists = look
            .keys
            .iter()
            .filter_map(|key| self.near.get(&(look.kind, key.clone())));
        let mut tokens: Vec<u32> = lists.flatten().copied().collect();
        tokens.sort_unstable();
        tokens.dedup();
        let form = |token: &u32| {
            let (_, text, people) = &self.forms[*token as usize];
            Form::new(*token, text.clone(), *people)
        };
        tokens.iter().map(form).collect()
    }

    fn people(&self, pairs: &[Pair<u32>], years: Option<[i16; 3]>) -> Vec<Found<u32>> {
        let mut out = Vec::new();
        for (at, pair) in pairs.iter().enumerate() {
            let people = match (pair.family, pair.given) {
                (Some((_, family)), Some((_, given))) => self.by_pair.get(&(family, given)),
                (Some((_, one)), None) | (None, Some((_, one))) => self.by_form.get(&one),
                (None, None) => None,
            };
            for person in people.into_iter().flatten() {
                let year = self.birth_years[*person as usize];
                if years.is_none_or(|y| y.contains(&year)) {
                    out.push(Found {
                        pair: at,
                        person: *person,
                        birth_year: Some(year),
                    });
                }
            }
        }
        out
    }
}

impl Rival for Store {
    type Token = u32;
    type Person = u32;

    /// A whole search, as the database layer does it.
    fn answer(&self, query: Query, most: usize) -> anyhow::Result<Answer<u32, u32>> {
        let years = query.birth_years();
        let mut search = Search::new(query);
        let (mut keys, mut opened) = (0, 0);
        while let Some(wanted) = search.wanted() {
            for look in wanted {
                let forms = self.look(&look);
                keys += look.keys.len();
                opened += forms.len();
                search.learn(look.kind, forms);
            }
        }
        let pairs = search.pairs(most);
        let found = self.people(&pairs, years);
        Ok(Answer {
            search,
            pairs,
            found,
            keys,
            opened,
        })
    }

    fn person(&self, place: usize) -> u32 {
        place as u32
    }

    fn token(&self, kind: Kind, text: &str) -> Option<u32> {
        self.tokens.get(&(kind, text.to_owned())).copied()
    }
}
