//! Japanese text parsed into types at the edge: pure, no clock, no chance.
//!
//! - On a tag or a form: [`tag_number`], [`phone`], [`postcode`],
//!   [`municipality`], [`date`], [`address`], [`name`]. Each has an error whose
//!   sentence tells staff how to mend what they typed; [`written`] and
//!   [`digits`] are the ground they stand on.
//! - Finding a name: [`kana`], [`kanji`], [`romaji`] fold how it is written,
//!   [`sound`] compares how it is heard, [`search`] plans and ranks.
//! - Keeping a number from a reader: [`spoken`] finds it, however it is said.
//!
//! Types that hold something of a person never print it through `Debug`.

pub mod address;
pub mod card_number;
pub mod date;
pub mod digits;
pub mod kana;
pub mod kanji;
pub mod municipality;
pub mod name;
pub mod phone;
pub mod postcode;
pub mod romaji;
pub mod search;
pub mod sound;
pub mod spoken;
pub mod tag_number;
pub mod written;
