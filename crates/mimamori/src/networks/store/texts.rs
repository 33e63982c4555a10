//! A town's own words ↔ rows.

use db::{Conn, Error, Sql, args, sql};

use crate::deed::Deed;
use crate::networks::rules::{Operator, Text};
use crate::scope::Scope;

const FIND: Sql = sql("SELECT text, version FROM network_texts WHERE network = $1 AND name = $2");

const WORDS: Sql = sql("SELECT n.operator, t.text FROM networks n
     LEFT JOIN network_texts t ON t.network = n.id AND t.name = $2 WHERE n.id = $1");

const INSERT: Sql =
    sql("INSERT INTO network_texts (network, name, text, version) VALUES ($1, $2, $3, 1)");

const SAVE: Sql = sql("UPDATE network_texts SET text = $3, version = version + 1
     WHERE network = $1 AND name = $2 AND version = $4");

const REMOVE: Sql =
    sql("DELETE FROM network_texts WHERE network = $1 AND name = $2 AND version = $3");

/// The words of a text, and whose they are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Words {
    /// The words.
    pub words: String,
    /// The version of the town's own words; 0 where the default stands.
    pub version: i64,
}

/// The words that hold in the town: its own, else the default of its operator.
pub async fn words_of(conn: &mut Conn, scope: &Scope, text: Text) -> Result<String, Error> {
    let Some(mut row) = conn.one(WORDS, &args![scope.network, text.code()]).await? else {
        return Ok(text.default_words(Operator::Public).to_owned());
    };
    let operator = Operator::from_code(&row.text(0)?).unwrap_or(Operator::Public);
    let own = row.maybe_text(1)?;
    Ok(own.unwrap_or_else(|| text.default_words(operator).to_owned()))
}

/// The same with its version, for an operator already known.
pub async fn find_words(
    conn: &mut Conn,
    scope: &Scope,
    text: Text,
    operator: Operator,
) -> Result<Words, Error> {
    match conn.one(FIND, &args![scope.network, text.code()]).await? {
        Some(mut row) => Ok(Words {
            words: row.text(0)?,
            version: row.int(1)?,
        }),
        None => Ok(Words {
            words: text.default_words(operator).to_owned(),
            version: 0,
        }),
    }
}

/// Keeps the town's first own words.
pub(crate) async fn insert_words(
    conn: &mut Conn,
    deed: &Deed,
    text: Text,
    words: &str,
) -> Result<(), Error> {
    conn.exec_one(INSERT, &args![deed.network(), text.code(), words])
        .await
}

/// Keeps changed words; `Changed` where somebody saved first.
pub(crate) async fn save_words(
    conn: &mut Conn,
    deed: &Deed,
    text: Text,
    words: &str,
    version: i64,
) -> Result<(), Error> {
    conn.exec_one(SAVE, &args![deed.network(), text.code(), words, version])
        .await
}

/// Goes back to the default.
pub(crate) async fn remove_words(
    conn: &mut Conn,
    deed: &Deed,
    text: Text,
    version: i64,
) -> Result<(), Error> {
    conn.exec_one(REMOVE, &args![deed.network(), text.code(), version])
        .await
}
