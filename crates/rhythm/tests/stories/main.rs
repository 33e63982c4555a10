//! Small histories of invented people, each told with and without the thing that explains it.
#![allow(clippy::unwrap_used)]

mod absence;
mod hand;
mod lists;
mod other_signals;
mod properties;
mod refused;
mod strips;
