//! No table that names a person is forgotten when two records become one.

use std::collections::BTreeSet;

use mimamori::migrations;
use mimamori::routes::BELONGINGS;

/// Columns that name a person and stay as they are when a record is merged, and why that is right.
const STAY: &[(&str, &str, &str)] = &[
    ("people", "id", "the record itself stays as it was"),
    ("people", "merged_into", "says into which it went"),
    (
        "person_photos",
        "person",
        "the record's own photo stays with it",
    ),
    (
        "person_changes",
        "person",
        "histories are read together (pages/history.rs)",
    ),
    (
        "person_openings",
        "person",
        "holds for an hour; the gate leads on",
    ),
    ("person_views", "person", "says which record was looked at"),
    (
        "person_canaries",
        "person",
        "nobody merges an invented person",
    ),
    (
        "search_keys",
        "person",
        "the old name leads on (search/acts/find.rs)",
    ),
    ("person_keys", "person", "with search_keys"),
    (
        "twin_pairs",
        "one",
        "pairs of a merged record are not listed",
    ),
    (
        "twin_pairs",
        "two",
        "pairs of a merged record are not listed",
    ),
    ("twin_merges", "kept", "the merge itself"),
    ("twin_merges", "gone", "the merge itself"),
    ("twin_walks", "person", "how far the walk is"),
    (
        "renewal_months",
        "person",
        "renewals::keep_up drops whoever was merged, and has them in again",
    ),
    (
        "case_left",
        "person",
        "with case_people (cases/store/people.rs)",
    ),
    ("renewals", "person", "with renewal_months"),
    ("renewal_acts", "person", "with renewal_months"),
    (
        "board_people",
        "person",
        "a lock; the next finder writes a new one",
    ),
    (
        "board_messages",
        "person",
        "with board_finds (board/store/twins.rs)",
    ),
    (
        "board_proofs",
        "person",
        "a test mail of some hours; it is sent again",
    ),
    ("board_drill_people", "person", "erased after a day"),
    (
        "leavings",
        "person",
        "whoever leaves is neither merged nor parted",
    ),
    ("erasures", "person", "leads nowhere any more"),
    ("erasure_traces", "person", "leads nowhere any more"),
    (
        "audit_lines",
        "whose",
        "never changed; lines are read together (pages/sights.rs)",
    ),
];

/// Every column that names a person: one that is called so, or refers to `people`.
fn columns() -> BTreeSet<(String, String)> {
    let (mut found, mut table) = (BTreeSet::new(), String::new());
    for line in migrations::ALL.iter().flat_map(|step| step.text.lines()) {
        let words: Vec<&str> = line
            .split(|c: char| !(c.is_alphanumeric() || c == '_'))
            .filter(|word| !word.is_empty())
            .collect();
        match words[..] {
            _ if line.trim_start().starts_with("--") => {}
            ["CREATE", "TABLE", name, ..] => table = name.to_owned(),
            ["ALTER", "TABLE", name, "ADD", "COLUMN", column, ..] if is_called_so(column) => {
                found.insert((name.to_owned(), column.to_owned()));
            }
            [
                "FOREIGN",
                "KEY",
                "network",
                column,
                "REFERENCES",
                "people",
                ..,
            ] => {
                found.insert((table.clone(), column.to_owned()));
            }
            [column, "INTEGER", ..] if is_called_so(column) => {
                found.insert((table.clone(), column.to_owned()));
            }
            _ => {}
        }
    }
    found.insert(("people".to_owned(), "id".to_owned()));
    found
}

fn is_called_so(column: &str) -> bool {
    ["person", "whose", "merged_into"].contains(&column) || column.ends_with("_person")
}

#[test]
fn every_column_that_names_a_person_is_moved_or_said_to_stay() {
    let handed: Vec<&str> = BELONGINGS.iter().map(|of| of.table).collect();
    let forgotten: Vec<_> = columns()
        .into_iter()
        .filter(|(table, column)| {
            let stays = STAY
                .iter()
                .any(|(t, c, _)| (t, c) == (&&**table, &&**column));
            !(stays || handed.contains(&&**table) && column == "person")
        })
        .collect();
    assert!(
        forgotten.is_empty(),
        "say in routes::BELONGINGS how these pass on when two records become one, or here why they \
         stay: {forgotten:?}"
    );
    let columns = columns();
    for (table, column, _) in STAY {
        let there = columns.contains(&((*table).to_owned(), (*column).to_owned()));
        assert!(there, "{table}.{column} is not there any more");
    }
    for table in handed {
        assert!(
            columns.iter().any(|(of, _)| of == table),
            "{table} is not there any more"
        );
    }
}
