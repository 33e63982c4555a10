//! The only code that knows which engine runs: SQLite inside the program, or PostgreSQL beside it.
//!
//! A statement is a constant with `$1`, `$2`, …, one text for both engines:
//!
//! ```
//! use db::{Conn, Error, Sql, args, sql};
//!
//! const RENAME: Sql = sql("UPDATE centers SET name = $3, version = version + 1 \
//!                          WHERE network = $1 AND id = $2 AND version = $4");
//!
//! async fn rename(db: &db::Db, id: i64, name: String, version: i64) -> Result<(), Error> {
//!     db.write(move |conn: &mut Conn| {
//!         Box::pin(async move { conn.exec_one(RENAME, &args![1, id, name, version]).await })
//!     })
//!     .await
//! }
//! ```
//!
//! What it promises:
//! - `write` is all or nothing, durable before it answers, and ends even if nobody waits for it.
//! - On SQLite all writes that wait at the same moment share one commit; one alone never waits.
//! - An [`Error`] never carries a value out of a row.
//! - The same code behaves the same on both engines; `tests/` tells each story twice.
//!
//! What may stand in a statement and in a migration: `docs/decisions/0001-one-sql-text.md`.

mod conn;
mod dialect;
mod error;
mod migrate;
mod postgres;
mod restore;
mod settings;
mod sqlite;
mod store;
pub mod testing;
mod value;

pub use conn::Conn;
pub use error::{Error, Result};
pub use migrate::Migration;
pub use restore::restore;
pub use settings::{Engine, Location, Settings, Tls};
pub use store::{Db, Work};
pub use value::{Row, Value};

/// A statement's text. Only constants become statements, so no value is ever pasted into one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Sql(&'static str);

/// Makes a statement out of a constant text with `$1`, `$2`, … for its values.
pub const fn sql(text: &'static str) -> Sql {
    Sql(text)
}

impl Sql {
    /// The text as written.
    pub const fn text(self) -> &'static str {
        self.0
    }
}
