//! Nothing personal stands readable in the database, its copies or the log.

use std::collections::HashMap;
use std::fs;
use std::io::{self, Write};
use std::path::Path;
use std::process::Command;
use std::sync::{Mutex, OnceLock, PoisonError};

use db::{Location, args, sql};
use encoding_rs::SHIFT_JIS;
use mimamori::ids::PersonId;
use mimamori::logging;
use mimamori::scope::Role;

use crate::story::{SECRETS, tell};
use crate::town::{Town, on_both};

/// Shorter than this, bytes that were made by chance would be taken for words.
const SHORTEST: usize = 6;

/// A secret as bytes, in every way a program of this country may write it.
fn written(secret: &str) -> Vec<Vec<u8>> {
    let digits: String = secret.chars().filter(char::is_ascii_digit).collect();
    let mut texts = vec![secret.to_owned(), secret.replace(' ', "")];
    if digits.len() >= 10 {
        texts.push(digits);
    }
    let encoded = texts.iter().flat_map(|text| {
        let (cp932, _, _) = SHIFT_JIS.encode(text);
        let wide = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        [text.as_bytes().to_vec(), cp932.into_owned(), wide]
    });
    encoded.filter(|bytes| bytes.len() >= SHORTEST).collect()
}

/// Secrets as bytes, by the first of these.
type Beginnings = HashMap<[u8; SHORTEST], Vec<(&'static str, Vec<u8>)>>;

/// What secrets begin with, and how each goes on.
fn beginnings() -> &'static Beginnings {
    static BEGINNINGS: OnceLock<Beginnings> = OnceLock::new();
    BEGINNINGS.get_or_init(|| {
        let mut all: HashMap<_, Vec<_>> = HashMap::new();
        for secret in SECRETS {
            for way in written(secret) {
                let begins = *way.first_chunk().unwrap();
                all.entry(begins).or_default().push((*secret, way));
            }
        }
        all
    })
}

/// The first secret that can be read in the bytes.
fn readable(bytes: &[u8]) -> Option<&'static str> {
    let all = beginnings();
    (0..bytes.len()).find_map(|at| {
        let ways = all.get(bytes[at..].first_chunk::<SHORTEST>()?)?;
        let found = ways.iter().find(|(_, way)| bytes[at..].starts_with(way));
        found.map(|(secret, _)| *secret)
    })
}

#[test]
fn the_scan_finds_what_is_planted() {
    let text = "x東山 トメy";
    assert_eq!(readable(text.as_bytes()), Some("東山 トメ"));
    let (cp932, ..) = SHIFT_JIS.encode("電話は0304556677です");
    assert_eq!(readable(&cp932), Some("03-0455-6677"));
    let wide: Vec<u8> = "ワルファリン"
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    assert_eq!(readable(&wide), Some("ワルファリン"));
    assert_eq!(readable("みなみ町の登録者は2人です".as_bytes()), None);
    let dump = "1\t\\\\x41e58d97e9878e42\t\\\\x\n".as_bytes();
    assert_eq!(readable(dump), None);
    assert_eq!(readable(&decoded(dump)), Some("南野"));
}

/// What the program said in this run of the tests.
static LOG: Mutex<Vec<u8>> = Mutex::new(Vec::new());

struct Kept;

impl Write for Kept {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let mut log = LOG.lock().unwrap_or_else(PoisonError::into_inner);
        log.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Listens to everything the program may log, as with `level = "trace"`.
fn listen() {
    static LISTENING: OnceLock<()> = OnceLock::new();
    LISTENING.get_or_init(|| {
        tracing_subscriber::fmt()
            .with_env_filter(logging::filter(tracing::Level::TRACE))
            .with_writer(|| Kept)
            .try_init()
            .unwrap();
    });
}

/// The bytes that stand in hex in a dump of PostgreSQL.
fn decoded(dump: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::new();
    for at in 0..dump.len() {
        let Some(rest) = dump[at..].strip_prefix(b"\\x") else {
            continue;
        };
        let digits = rest.iter().map_while(|byte| (*byte as char).to_digit(16));
        let digits: Vec<u8> = digits.map(|digit| digit as u8).collect();
        bytes.extend(digits.chunks_exact(2).map(|pair| pair[0] << 4 | pair[1]));
        bytes.push(0);
    }
    bytes
}

/// Reads a copy of PostgreSQL as text, and what stands in hex in it.
fn postgres_text(copy: &Path) -> Vec<u8> {
    let read = Command::new("pg_restore")
        .args(["-f", "-"])
        .arg(copy)
        .output();
    let text = read.expect("pg_restore is installed with pg_dump").stdout;
    assert!(text.len() > 10_000, "the copy was read");
    let bytes = decoded(&text);
    [text, bytes].concat()
}

/// Lets pages fail on her record, so that the log has something to say.
async fn stumble(town: &Town, hanako: PersonId) {
    let minami = town.minami.id;
    let spoil = town.db().write(move |conn| {
        let statement = sql("UPDATE people SET medical = care WHERE network = $1 AND id = $2");
        Box::pin(async move { conn.exec_one(statement, &args![minami, hanako]).await })
    });
    spoil.await.unwrap();
    let nurse = town.sign_in(Role::CenterStaff).await;
    let page = nurse.get(&format!("/people/{hanako}/medical/edit")).await;
    assert_eq!(page.status, 500);
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_of_the_story_can_be_read_in_the_database_its_copies_or_the_log() {
    listen();
    on_both(async |town| {
        let told = tell(&town).await;
        stumble(&town, told.hanako).await;
        let folder = tempfile::tempdir().unwrap();
        let copy = folder.path().join("copy");
        town.db().snapshot(&copy).await.unwrap();
        match &town.settings().location {
            Location::Sqlite { path } => {
                let beside = fs::read_dir(path.parent().unwrap()).unwrap();
                let mut sizes = 0;
                for file in beside.chain(fs::read_dir(folder.path()).unwrap()) {
                    let file = file.unwrap().path();
                    let bytes = fs::read(&file).unwrap();
                    sizes += bytes.len();
                    assert_eq!(readable(&bytes), None, "{}", file.display());
                }
                assert!(sizes > 200_000, "the database was read");
            }
            Location::Postgres { .. } => assert_eq!(readable(&postgres_text(&copy)), None),
        }
        let log = LOG.lock().unwrap_or_else(PoisonError::into_inner);
        let stumbled = log.windows(8).any(|word| word == b"incident");
        assert!(stumbled, "the log was listened to");
        assert_eq!(readable(&log), None, "in the log");
    })
    .await;
}
