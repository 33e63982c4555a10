//! How names sound: what is easily misheard or mistyped is near.
//!
//! - [`skeleton`] folds a reading to one plain class of sounds, so that what people confuse most
//!   falls together: タ/ダ, ハ/バ/パ, オオタ/オータ/オタ, キョウ/キヨウ, ヅ/ズ, ヂ/ジ, ヲ/オ, ッ, ン/ム
//!   before b, m and p. A skeleton is a key for finding; it is not a reading.
//! - [`near_keys`] are the skeleton and what is left of it without one sound (two, if it is long).
//!   Two names with one sound dropped, added, replaced or swapped share at least one of them.
//! - [`distance`] compares the true readings sound by sound and says in what they differ.
//!
//! ```
//! use words::sound::{distance, skeleton};
//! assert_eq!(skeleton("オオタ"), skeleton("オダ"));
//! let near = distance("オータ", "オオタ", 100).unwrap();
//! assert!(near.cost < 20);
//! ```

mod distance;
mod mora;
mod reason;
mod skeleton;

pub use distance::{Match, Sounds, distance};
pub use reason::Reason;
pub use skeleton::{near_keys, skeleton, skeletons};
