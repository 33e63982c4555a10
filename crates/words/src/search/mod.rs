//! Finding a person by a name that was misheard, mistyped or written in another script.
//!
//! Pure: the caller reads the store, this module says what to read and how good it is. The store
//! keeps each distinct *form* of a name once a town (`ワタナベ` as a family name in kana, with the
//! number of people called so), under the keys that [`stored_keys`] gives. A search goes like this:
//!
//! 1. [`Query::parse`] takes the text: kanji, kana of any width or romaji; with a space between
//!    family and given name, or without; in either order.
//! 2. While [`Search::wanted`] gives look-ups: read every form of that [`Kind`] that stands under
//!    one of the keys and hand it to [`Search::learn`]. There are two rounds: what sounds the same,
//!    then what is one or two sounds away from names that have one good half.
//! 3. [`Search::pairs`] gives the best (family, given) pairs. Read the people of each pair, with
//!    [`Query::birth_years`] as a filter if a year is known.
//! 4. [`Search::rank`] puts the people in order, with the reasons to show beside each;
//!    [`Search::rank_pairs`] does so for the names themselves.
//!
//! ```
//! use words::search::{Form, Found, Kind, Query, Search, stored_keys};
//!
//! let known = [(Kind::FamilyKana, 1, "オオタ"), (Kind::GivenKana, 2, "ハナコ")];
//! let mut search = Search::new(Query::parse("おおだ はなこ", None)?);
//! while let Some(wanted) = search.wanted() {
//!     for w in wanted {
//!         let forms = known.iter().filter(|(kind, _, text)| {
//!             *kind == w.kind && stored_keys(*kind, text).iter().any(|k| w.keys.contains(k))
//!         });
//!         let forms = forms.map(|(_, token, text)| Form::new(*token, (*text).to_owned(), 1));
//!         search.learn(w.kind, forms.collect());
//!     }
//! }
//! let pairs = search.pairs(100);
//! assert_eq!(pairs[0].family, Some((Kind::FamilyKana, 1)));
//! let found = vec![Found { pair: 0, person: "the person's id", birth_year: None }];
//! let hits = search.rank(&pairs, found);
//! assert_eq!(hits[0].reasons[0].words(), "姓の濁点ちがい");
//! # Ok::<(), words::search::NotAName>(())
//! ```

mod parse;
mod part;
mod plan;
mod rank;

pub use parse::{NotAName, Query};
pub use part::{Kind, Side, stored_keys};
pub use plan::{Form, Pair, Search, Wanted};
pub use rank::{Found, Hit, Why};
