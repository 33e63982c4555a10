//! The verbs as an operator runs them: the built program, its exit codes, its words.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod backups;
mod demo;
mod installation;
mod mistakes;
mod serving;
mod story;
