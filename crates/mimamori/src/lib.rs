//! mimamori: a town's watch-over network of older people.
//!
//! `docs/HOUSE.md` is the map; `tags` is the model room.

pub mod app;
pub mod audit;
pub mod board;
pub mod cases;
pub mod cli;
pub mod clock;
pub mod config;
pub mod consultations;
pub mod deed;
pub mod desk;
pub mod erasure;
pub mod exchange;
pub mod front;
pub mod ids;
pub mod jobs;
pub mod leaving;
pub mod logging;
pub mod mail;
pub mod migrations;
pub mod networks;
pub mod notices;
pub mod papers;
pub mod paths;
pub mod people;
pub mod renewals;
pub mod rotation;
pub mod routes;
pub mod scope;
pub mod server;
pub mod staff;
pub mod station;
pub mod tags;
pub mod tasks;
