//! A few stories in a real browser, on a real server: what a person at the desk sees and does.
//! Every page that a story passes is looked at wide, narrow, enlarged and on paper, and checked by
//! axe-core.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod board;
mod cases;
mod changes;
mod coming_in;
mod consultation;
mod courses;
mod desk;
mod door;
mod driver;
#[path = "../house/hanako.rs"]
#[allow(dead_code)]
mod hanako;
#[path = "../house/station/held.rs"]
#[allow(dead_code)]
mod held;
mod help;
#[path = "../house/station/joined.rs"]
#[allow(dead_code)]
mod joined;
mod keyboard;
#[path = "../house/station/listed.rs"]
#[allow(dead_code)]
mod listed;
mod long;
mod looking;
#[path = "../house/mailserver.rs"]
mod mailserver;
mod member;
mod moving;
mod offline;
mod own;
mod paths;
mod renewal;
mod server;
#[path = "../house/station/signed.rs"]
#[allow(dead_code)]
mod signed;
mod strangers;
mod supported;
mod tour;
#[path = "../house/town.rs"]
#[allow(dead_code)]
mod town;
mod twins;
#[path = "../house/station/watched.rs"]
#[allow(dead_code)]
mod watched;
mod whole;
