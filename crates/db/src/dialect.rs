//! The one place where a migration's text is changed: written for SQLite, rewritten for PostgreSQL.
//!
//! | written | PostgreSQL gets |
//! |---|---|
//! | `INTEGER` | `BIGINT` |
//! | `BLOB` | `BYTEA` |
//! | `TEXT` | `TEXT COLLATE "C"` (so that both engines sort alike) |
//! | `TEXT` after `AS` (a cast) | `TEXT` |
//! | `STRICT`, `WITHOUT ROWID` after a table's `)` | nothing |
//!
//! Only words in capitals are types; `text TEXT` is a column called text. Quoted text, quoted names
//! and comments stay as they are.

/// The migration as PostgreSQL is to read it.
pub(crate) fn for_postgres(text: &str) -> String {
    let pieces = pieces(text);
    let mut out = String::with_capacity(text.len() + 64);
    let mut before = "";
    let mut tail = false;
    for piece in pieces {
        tail = in_tail(tail, before, piece);
        if !(tail && piece != ")") {
            out.push_str(rewritten(piece, before));
        }
        if !is_blank(piece) {
            before = piece;
        }
    }
    out
}

/// A table's tail runs from its `)` over the words of [`TAIL`] and the commas between them.
fn in_tail(tail: bool, before: &str, piece: &str) -> bool {
    match piece {
        "STRICT" | "WITHOUT" => tail || before == ")",
        "ROWID" | "," => tail,
        blank if is_blank(blank) => tail,
        _ => false,
    }
}

fn rewritten<'a>(piece: &'a str, before: &str) -> &'a str {
    match piece {
        "INTEGER" => "BIGINT",
        "BLOB" => "BYTEA",
        "TEXT" if before != "AS" => "TEXT COLLATE \"C\"",
        other => other,
    }
}

fn is_blank(piece: &str) -> bool {
    piece.starts_with("--") || piece.chars().all(char::is_whitespace)
}

/// Words, quoted texts, line comments, runs of blanks, and single other characters.
fn pieces(text: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let (piece, after) = rest.split_at(length(rest, first));
        pieces.push(piece);
        rest = after;
    }
    pieces
}

fn length(rest: &str, first: char) -> usize {
    let until = |stop: &dyn Fn(char) -> bool| rest.find(stop).unwrap_or(rest.len());
    match first {
        '\'' | '"' => rest[1..].find(first).map_or(rest.len(), |at| at + 2),
        '-' if rest.starts_with("--") => until(&|c| c == '\n'),
        c if c.is_whitespace() => until(&|c| !c.is_whitespace()),
        c if is_word(c) => until(&|c| !is_word(c)),
        c => c.len_utf8(),
    }
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

#[cfg(test)]
mod tests {
    use super::for_postgres;

    #[test]
    fn types_are_rewritten() {
        assert_eq!(
            for_postgres("CREATE TABLE a (id INTEGER NOT NULL, text TEXT, seal BLOB);"),
            "CREATE TABLE a (id BIGINT NOT NULL, text TEXT COLLATE \"C\", seal BYTEA);"
        );
    }

    #[test]
    fn table_tails_go() {
        for tail in [
            "STRICT",
            "STRICT, WITHOUT ROWID",
            "WITHOUT ROWID",
            "\n  WITHOUT ROWID,\n STRICT",
        ] {
            let text = format!("CREATE TABLE a (id INTEGER) {tail};CREATE INDEX b ON a (id);");
            let got = for_postgres(&text);
            assert!(got.starts_with("CREATE TABLE a (id BIGINT)"), "{got}");
            assert!(got.ends_with(";CREATE INDEX b ON a (id);"), "{got}");
            assert!(!got.contains("STRICT") && !got.contains("ROWID"), "{got}");
        }
    }

    #[test]
    fn commas_outside_a_tail_stay() {
        let text = "CREATE TABLE a (b INTEGER CHECK (b IN (1, 2)), c INTEGER)";
        assert_eq!(for_postgres(text), text.replace("INTEGER", "BIGINT"));
    }

    #[test]
    fn a_cast_names_no_collation() {
        assert_eq!(for_postgres("CAST(a AS TEXT)"), "CAST(a AS TEXT)");
        assert_eq!(for_postgres("CAST(a AS INTEGER)"), "CAST(a AS BIGINT)");
    }

    #[test]
    fn quotes_and_comments_stay() {
        let text = "SELECT 'a TEXT', 'it''s BLOB', \"INTEGER\" -- a BLOB\n, '町";
        assert_eq!(for_postgres(text), text);
    }
}
