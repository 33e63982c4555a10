//! What both stores are asked.

use std::hash::Hash;

use words::search::{Found, Kind, Pair, Query, Search};

/// What a search read, and what it found.
pub struct Answer<T, P> {
    pub search: Search<T>,
    pub pairs: Vec<Pair<T>>,
    pub found: Vec<Found<P>>,
    pub keys: usize,
    pub opened: usize,
}

/// A store of the town: in memory, or the program's own.
pub trait Rival {
    type Token: Copy + Eq + Hash + Ord;
    type Person: Copy + Eq + Hash;

    /// Reads the people of at most `most` pairs of names near what is asked for.
    fn answer(
        &self,
        query: Query,
        most: usize,
    ) -> anyhow::Result<Answer<Self::Token, Self::Person>>;

    /// Who stands at this place of the town's list.
    fn person(&self, place: usize) -> Self::Person;

    /// The token of a form; `None` where nobody has it.
    fn token(&self, kind: Kind, text: &str) -> Option<Self::Token>;
}
