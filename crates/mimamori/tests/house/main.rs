//! The house: what holds for the whole program, and the stories of its rooms.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod arrows;
mod audit;
mod hanako;
mod import;
mod lengths;
mod networks;
mod people;
mod source;
mod statements;
mod town;
