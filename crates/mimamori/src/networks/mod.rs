//! Networks: a town's watch-over network, its centers, areas, hours, settings, keys.
//!
//! Leans on: audit.
//!
//! Promises:
//! - keys of a town are opened only through [`Vault`].

mod store;
mod vault;

pub use vault::{Vault, VaultError};
