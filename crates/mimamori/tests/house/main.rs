//! The house: what holds for the whole program, and the stories of its rooms.

mod arrows;
mod lengths;
mod source;
mod statements;
