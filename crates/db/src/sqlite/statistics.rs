//! What SQLite's planner is told of the tables: how many rows stand under one value of each index.
//!
//! Left alone it takes ten rows for a network's, and then reads a whole town in the order of the
//! ids rather than sort the three rows of one person. Counting (`ANALYZE`) would give other plans
//! on every day and in every test. So each index gets the same statement of a large town, and the
//! plans that a test sees are those of the town. See `docs/decisions/0031-one-plan-a-statement.md`.

use crate::conn::Conn;
use crate::error::Result;
use crate::{Sql, args, sql};

/// Rows of any table: some networks, each with a million.
const ROWS: i64 = 4_000_000;
const NETWORKS: i64 = 4;
/// One word of a list (a state, a kind, a day) leaves a tenth of the rows; a number (somebody, a
/// token, a moment) a thousandth.
const WORDS: i64 = 10;
const NUMBERS: i64 = 1_000;

const KEPT: Sql = sql("SELECT name FROM sqlite_master WHERE name = 'sqlite_stat1'");
// A table without row ids is its own first index, and is named so.
const INDEXES: Sql = sql("SELECT t.name, i.name, i.\"unique\", i.partial,
       CASE WHEN l.wr = 1 AND i.origin = 'pk' THEN t.name ELSE i.name END
     FROM sqlite_master t JOIN pragma_table_list l ON l.name = t.name AND l.schema = 'main'
     JOIN pragma_index_list(t.name) i
     WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite%' ORDER BY t.name, 5");
const COLUMNS: Sql = sql(
    "SELECT i.name, c.type
     FROM pragma_index_info($1) i JOIN pragma_table_info($2) c ON c.name = i.name ORDER BY i.seqno",
);
const FOUND: Sql = sql("SELECT tbl, idx, stat FROM sqlite_stat1 ORDER BY tbl, idx");
const PUT: Sql = sql("INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES ($1, $2, $3)");
const MAKE: &str = "ANALYZE db_migrations;";
const CLEAR: &str = "DELETE FROM sqlite_stat1;";
/// Reads them anew, and plans anew what this connection has prepared.
const LOAD: &str = "ANALYZE sqlite_master;";

/// Tells the planner of every index there is; writes nothing where it was told before.
pub(crate) async fn tell(conn: &mut Conn) -> Result<()> {
    if conn.one(KEPT, &[]).await?.is_none() {
        conn.batch(MAKE).await?;
    }
    let wanted = wanted(conn).await?;
    let mut found = Vec::new();
    for mut row in conn.rows(FOUND, &[]).await? {
        // A table without an index has no name of one.
        let index = row.maybe_text(1)?.unwrap_or_default();
        found.push((row.text(0)?, index, row.text(2)?));
    }
    if found == wanted {
        return Ok(());
    }
    conn.batch(CLEAR).await?;
    for (table, index, text) in wanted {
        conn.exec_one(PUT, &args![table, index, text]).await?;
    }
    conn.batch(LOAD).await
}

async fn wanted(conn: &mut Conn) -> Result<Vec<(String, String, String)>> {
    let mut all = Vec::new();
    for mut row in conn.rows(INDEXES, &[]).await? {
        let (table, index) = (row.text(0)?, row.text(1)?);
        let (unique, partial) = (row.int(2)? == 1, row.int(3)? == 1);
        let mut columns = Vec::new();
        for mut column in conn.rows(COLUMNS, &args![index, table.as_str()]).await? {
            columns.push((column.text(0)?, column.text(1)?));
        }
        let text = rows_under(&columns, unique, partial);
        all.push((table, row.text(4)?, text));
    }
    Ok(all)
}

/// Rows of the index, then rows under one value of its first column, of its first two, ….
fn rows_under(columns: &[(String, String)], unique: bool, partial: bool) -> String {
    let mut rows = if partial { ROWS / NUMBERS } else { ROWS };
    let mut all = vec![rows];
    for (name, kind) in columns {
        let share = match (name.as_str(), kind.as_str()) {
            ("network", _) => NETWORKS,
            (_, "TEXT") => WORDS,
            _ => NUMBERS,
        };
        rows = (rows / share).max(1);
        all.push(rows);
    }
    if let (true, Some(last)) = (unique, all.last_mut()) {
        *last = 1;
    }
    let all: Vec<String> = all.iter().map(i64::to_string).collect();
    all.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn column(name: &str, kind: &str) -> (String, String) {
        (name.to_owned(), kind.to_owned())
    }

    #[test]
    fn a_town_has_a_million_rows_a_day_a_tenth_and_a_key_one() {
        let network = column("network", "INTEGER");
        let day = [
            network.clone(),
            column("day", "TEXT"),
            column("id", "INTEGER"),
        ];
        assert_eq!(rows_under(&day, false, false), "4000000 1000000 100000 100");
        let key = [network.clone(), column("id", "INTEGER")];
        assert_eq!(rows_under(&key, true, false), "4000000 1000000 1");
        let few = [network, column("merged_into", "INTEGER")];
        assert_eq!(rows_under(&few, false, true), "4000 1000 1");
    }
}
