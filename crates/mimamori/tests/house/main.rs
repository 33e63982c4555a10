//! The house: what holds for the whole program, and the stories of its rooms.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod anchors;
mod arrows;
mod audit;
mod dependencies;
mod desk;
mod doors;
mod exchange;
mod fhir;
mod hanako;
mod import;
mod lengths;
mod networks;
mod partner;
mod people;
mod renewals;
mod rotation;
mod sealed;
mod search;
mod source;
mod staff;
mod statements;
mod story;
mod tags;
mod tasks;
mod town;
