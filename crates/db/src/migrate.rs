//! Forward-only migrations: each text is applied once, its hash kept, a changed one refused.

use sha2::{Digest, Sha256};

use crate::conn::{Conn, Link};
use crate::error::{Error, Result};
use crate::store::Db;
use crate::{Sql, args, dialect, postgres, sql, sqlite};

/// One step of the schema.
#[derive(Debug, Clone, Copy)]
pub struct Migration {
    /// 1, 2, 3, … without gaps.
    pub number: u32,
    pub name: &'static str,
    /// One text for both engines; see `docs/decisions/0001-one-sql-text.md`.
    pub text: &'static str,
}

const JOURNAL: &str = "CREATE TABLE IF NOT EXISTS db_migrations (
    number INTEGER PRIMARY KEY, name TEXT NOT NULL, hash BLOB NOT NULL) STRICT;";

const APPLIED: Sql = sql("SELECT number, hash FROM db_migrations ORDER BY number");
const RECORD: Sql = sql("INSERT INTO db_migrations (number, name, hash) VALUES ($1, $2, $3)");

pub(crate) async fn run(db: &Db, migrations: &[Migration]) -> Result<Vec<u32>> {
    in_order(migrations)?;
    let list = migrations.to_vec();
    db.write(move |conn: &mut Conn| Box::pin(async move { apply(conn, &list).await }))
        .await
}

/// Whether every one of these was applied, and nothing beyond them.
pub(crate) async fn is_current(db: &Db, migrations: &[Migration]) -> Result<bool> {
    match db.read().await?.rows(APPLIED, &[]).await {
        Ok(applied) => Ok(applied.len() == migrations.len()),
        // There is no journal yet.
        Err(Error::Statement(_)) => Ok(false),
        Err(error) => Err(error),
    }
}

fn in_order(migrations: &[Migration]) -> Result<()> {
    for (expected, migration) in (1..).zip(migrations) {
        if migration.number != expected {
            return Err(Error::Migration(format!(
                "number {expected} is missing before '{}' ({})",
                migration.name, migration.number
            )));
        }
        if migration.text.contains("DEFERRABLE") {
            // It would fail at the commit that other writes share.
            return Err(Error::Migration(format!(
                "'{}' defers a constraint",
                migration.name
            )));
        }
    }
    Ok(())
}

async fn apply(conn: &mut Conn, list: &[Migration]) -> Result<Vec<u32>> {
    prepare_journal(conn).await?;
    let applied = conn.rows(APPLIED, &[]).await?;
    if applied.len() > list.len() {
        return Err(Error::Migration(
            "the database is newer than this program".to_owned(),
        ));
    }
    let known = applied.len();
    for (mut row, migration) in applied.into_iter().zip(list) {
        if row.blob(1)? != hash(migration) {
            return Err(Error::Migration(format!(
                "{} '{}' was changed after it had been applied",
                migration.number, migration.name
            )));
        }
    }
    let mut done = Vec::new();
    for migration in &list[known..] {
        apply_one(conn, migration).await?;
        done.push(migration.number);
    }
    if matches!(conn.link(), Link::Sqlite(_)) {
        sqlite::tell(conn).await?;
    }
    Ok(done)
}

async fn prepare_journal(conn: &mut Conn) -> Result<()> {
    if matches!(conn.link(), Link::Postgres(_)) {
        conn.rows(postgres::LOCK_MIGRATIONS, &[]).await?;
    }
    let tickets = match conn.link() {
        Link::Sqlite(_) => sqlite::TICKETS,
        Link::Postgres(_) => postgres::TICKETS,
    };
    conn.batch(tickets).await?;
    batch(conn, JOURNAL).await
}

async fn apply_one(conn: &mut Conn, migration: &Migration) -> Result<()> {
    batch(conn, migration.text).await.map_err(|error| {
        Error::Migration(format!(
            "{} '{}': {error}",
            migration.number, migration.name
        ))
    })?;
    let row = args![migration.number, migration.name, hash(migration)];
    conn.exec_one(RECORD, &row).await
}

async fn batch(conn: &mut Conn, text: &str) -> Result<()> {
    match conn.link() {
        Link::Sqlite(_) => conn.batch(text).await,
        Link::Postgres(_) => conn.batch(&dialect::for_postgres(text)).await,
    }
}

fn hash(migration: &Migration) -> Vec<u8> {
    Sha256::digest(migration.text.as_bytes()).to_vec()
}
