//! Finding people by name: what `words::search` asks to read, read from the store.

use std::collections::HashMap;

use db::Conn;
use words::search::{Found, Pair, Query, Search};

use super::forms::open_forms;
use crate::deed::Deed;
use crate::ids::PersonId;
use crate::people::rules::Refusal;
use crate::people::search::rules::{Key, near_tokens, pair_key};
use crate::people::search::store::{self, YEARS};

/// When so many people are found, pairs further down are not read: nobody looks at so many.
const ENOUGH: usize = 3_000;
/// Pairs whose people are read in one go.
const IN_ONE_GO: usize = 128;

/// A search by name, and who has the names it came to.
pub struct Named {
    /// Ranks what was found: `search.rank(&pairs, found)`.
    pub search: Search<i64>,
    /// Names near what was asked for, best first.
    pub pairs: Vec<Pair<i64>>,
    /// Who has them.
    pub found: Vec<Found<PersonId>>,
    /// How many keys were asked for.
    pub keys: usize,
    /// How many forms stood there.
    pub forms: usize,
}

/// Reads the people of at most `most` pairs of names.
pub async fn by_name(
    conn: &mut Conn,
    deed: &Deed,
    query: Query,
    most: usize,
) -> Result<Named, Refusal> {
    let years = query.birth_years();
    let mut search = Search::new(query);
    let (mut keys, mut forms) = (0, 0);
    while let Some(wanted) = search.wanted() {
        for look in wanted {
            let near = near_tokens(&deed.keys, look.kind, &look.keys);
            let tokens = store::list_near(conn, deed, &near).await?;
            keys += near.len();
            forms += tokens.len();
            search.learn(look.kind, open_forms(conn, deed, &tokens).await?);
        }
    }
    let pairs = search.pairs(most);
    let found = people(conn, deed, &pairs, years).await?;
    Ok(Named {
        search,
        pairs,
        found,
        keys,
        forms,
    })
}

async fn people(
    conn: &mut Conn,
    deed: &Deed,
    pairs: &[Pair<i64>],
    years: Option<[i16; 3]>,
) -> Result<Vec<Found<PersonId>>, Refusal> {
    let (tokens, year_of) = years.map(|years| year_tokens(deed, years)).unzip();
    let year_of: HashMap<i64, i16> = year_of.unwrap_or_default();
    let keys: Vec<i64> = pairs.iter().map(key_of).collect();
    let pair_of: HashMap<i64, usize> = keys.iter().copied().zip(0..).collect();
    let mut found = Vec::new();
    for part in keys.chunks(IN_ONE_GO) {
        for under in store::list_people(conn, deed, part, tokens).await? {
            found.extend(pair_of.get(&under.key).map(|pair| Found {
                pair: *pair,
                person: under.person,
                birth_year: under.born.and_then(|born| year_of.get(&born).copied()),
            }));
        }
        if found.len() >= ENOUGH {
            break;
        }
    }
    Ok(found)
}

/// The key of the people who have both halves of a pair, or its one half.
fn key_of(pair: &Pair<i64>) -> i64 {
    match (pair.family, pair.given) {
        (Some((_, family)), Some((_, given))) => pair_key(family, given),
        (Some((_, half)), None) | (None, Some((_, half))) => half,
        (None, None) => 0,
    }
}

/// The tokens of three years under at most two live keys, and which year each stands for.
fn year_tokens(deed: &Deed, years: [i16; 3]) -> ([i64; YEARS], HashMap<i64, i16>) {
    let mut tokens = [0; YEARS];
    let mut year_of = HashMap::new();
    for (year, places) in years.into_iter().zip(tokens.chunks_mut(YEARS / 3)) {
        let live = Key::BirthYear(year).tokens(&deed.keys);
        for (place, token) in places.iter_mut().zip(live.iter().cycle()) {
            *place = *token;
            year_of.insert(*token, year);
        }
    }
    (tokens, year_of)
}
