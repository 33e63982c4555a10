//! Where the data lies and how much memory and how many connections it may use.

use std::fmt;
use std::path::PathBuf;
use std::time::Duration;

/// The engine that runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Engine {
    Sqlite,
    Postgres,
}

/// How the way to PostgreSQL is protected.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Tls {
    /// Unprotected: only for a server on this machine or on a private wire.
    Off,
    /// Checked against the authorities the operating system trusts.
    System,
    /// Checked against the authorities in this PEM file.
    Roots(PathBuf),
}

/// Where the data lies.
#[derive(Clone, PartialEq, Eq)]
pub enum Location {
    /// One file on a local disk (never a network folder); made with mode 0600 if absent.
    Sqlite { path: PathBuf },
    /// A `postgres://` address; several hosts and `target_session_attrs` are understood.
    Postgres { url: String, tls: Tls },
}

impl fmt::Debug for Location {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Sqlite { path } => write!(f, "Sqlite({})", path.display()),
            // The address holds a password.
            Self::Postgres { tls, .. } => write!(f, "Postgres(…, {tls:?})"),
        }
    }
}

/// How to open a database. Start from [`Settings::sqlite`] or [`Settings::postgres`].
#[derive(Debug, Clone)]
pub struct Settings {
    pub location: Location,
    /// Most connections that read at the same time.
    pub readers: usize,
    /// PostgreSQL only: most writes at the same time (SQLite has one writer).
    pub writers: usize,
    /// SQLite only: page cache of each connection that reads, in KiB. Memory of all caches
    /// ≤ (readers + 1) × this + `writer_cache_kib`.
    pub cache_kib: u32,
    /// SQLite only: page cache of the connection that writes, in KiB. A write lands in the leaves of
    /// many indexes, far apart; what does not fit here is read and written again and again.
    pub writer_cache_kib: u32,
    /// SQLite only: writes that may wait before further callers are held back.
    pub queue: usize,
    /// How long to wait for a connection, or for another program that holds SQLite's lock.
    pub patience: Duration,
}

impl Settings {
    /// SQLite in this file: 4 readers with 4 MiB of cache each, 16 MiB for the writer.
    pub fn sqlite(path: impl Into<PathBuf>) -> Self {
        Self::at(Location::Sqlite { path: path.into() })
    }

    /// PostgreSQL at this address.
    pub fn postgres(url: impl Into<String>, tls: Tls) -> Self {
        Self {
            readers: 16,
            ..Self::at(Location::Postgres {
                url: url.into(),
                tls,
            })
        }
    }

    fn at(location: Location) -> Self {
        Self {
            location,
            readers: 4,
            writers: 16,
            cache_kib: 4096,
            writer_cache_kib: 16 * 1024,
            queue: 1024,
            patience: Duration::from_secs(10),
        }
    }
}
