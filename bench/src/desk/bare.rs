//! The rivals: the same rows read by nothing but axum and SQLite.
//!
//! (a) one point read and its bytes as the answer; (b) the same plus one audit row of the
//! usual size per look-up, rows of concurrent look-ups sharing a durable commit, the answer
//! sent after the commit: the physical limit of what the program has to do.

use std::cell::RefCell;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::mpsc;

use anyhow::Result;
use axum::extract::{Path as UrlPath, State};
use axum::http::StatusCode;
use axum::routing::get;
use axum::{Router, body::Bytes};
use rusqlite::{Connection, OptionalExtension};
use tokio::sync::oneshot;

/// The rows a look-up reads: tag, person's state, identity and contacts, as sealed bytes.
pub const READ: &str = include_str!("bare.sql");

/// Bytes of one audit row besides its numbers.
const AUDIT_ROW: [u8; 160] = [7; 160];

thread_local! {
    static READER: RefCell<Option<Connection>> = const { RefCell::new(None) };
}

#[derive(Clone)]
struct Bare {
    path: PathBuf,
    audit: Option<mpsc::Sender<oneshot::Sender<()>>>,
}

/// Serves on the address until the process is ended.
pub async fn serve(path: &Path, address: SocketAddr, audited: bool) -> Result<()> {
    let audit = audited.then(|| writer(path)).transpose()?;
    let state = Bare {
        path: path.to_owned(),
        audit,
    };
    let router = Router::new()
        .route("/health", get(|| async { "ok" }))
        .route("/{network}/{token}", get(read))
        .with_state(state);
    let listener = tokio::net::TcpListener::bind(address).await?;
    Ok(axum::serve(
        axum::serve::ListenerExt::tap_io(listener, |stream| {
            // Without it the answers of a kept-alive connection wait for acknowledgements.
            let _ = stream.set_nodelay(true);
        }),
        router,
    )
    .await?)
}

async fn read(
    State(bare): State<Bare>,
    UrlPath((network, token)): UrlPath<(i64, i64)>,
) -> Result<Bytes, StatusCode> {
    let row = point_read(&bare.path, network, token)
        .map_err(|_| StatusCode::INTERNAL_SERVER_ERROR)?
        .ok_or(StatusCode::NOT_FOUND)?;
    if let Some(audit) = &bare.audit {
        let (done, wait) = oneshot::channel();
        audit
            .send(done)
            .map_err(|_| StatusCode::INTERNAL_SERVER_ERROR)?;
        wait.await.map_err(|_| StatusCode::INTERNAL_SERVER_ERROR)?;
    }
    Ok(row.into())
}

fn point_read(path: &Path, network: i64, token: i64) -> rusqlite::Result<Option<Vec<u8>>> {
    READER.with_borrow_mut(|reader| {
        if reader.is_none() {
            *reader = Some(Connection::open(path)?);
        }
        let Some(connection) = reader else {
            return Ok(None);
        };
        let mut statement = connection.prepare_cached(READ)?;
        statement.query_row([network, token], joined).optional()
    })
}

/// All columns of the row, one after the other.
fn joined(row: &rusqlite::Row<'_>) -> rusqlite::Result<Vec<u8>> {
    use rusqlite::types::ValueRef;
    let mut bytes = Vec::with_capacity(1024);
    for column in 0..row.as_ref().column_count() {
        match row.get_ref(column)? {
            ValueRef::Blob(part) | ValueRef::Text(part) => bytes.extend_from_slice(part),
            ValueRef::Integer(number) => bytes.extend_from_slice(&number.to_be_bytes()),
            ValueRef::Null | ValueRef::Real(_) => {}
        }
    }
    Ok(bytes)
}

/// One writing thread; whatever waits at the same moment shares a commit.
fn writer(path: &Path) -> Result<mpsc::Sender<oneshot::Sender<()>>> {
    let connection = Connection::open(path)?;
    connection.execute_batch(
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;
         CREATE TABLE IF NOT EXISTS bare_audit (ticket INTEGER PRIMARY KEY, row BLOB NOT NULL) STRICT;",
    )?;
    let (sender, receiver) = mpsc::channel::<oneshot::Sender<()>>();
    std::thread::spawn(move || {
        while let Ok(first) = receiver.recv() {
            let waiting: Vec<_> = std::iter::once(first).chain(receiver.try_iter()).collect();
            if commit(&connection, waiting.len()).is_err() {
                return;
            }
            for done in waiting {
                let _ = done.send(());
            }
        }
    });
    Ok(sender)
}

fn commit(connection: &Connection, rows: usize) -> rusqlite::Result<()> {
    connection.execute_batch("BEGIN IMMEDIATE")?;
    let mut insert = connection.prepare_cached("INSERT INTO bare_audit (row) VALUES (?1)")?;
    for _ in 0..rows {
        insert.execute([AUDIT_ROW.as_slice()])?;
    }
    connection.execute_batch("COMMIT")
}
