//! A town has 100,000 people and 150,000 consultations a year: no statement that somebody waits for
//! may walk through all of them. SQLite is told the same of every town (`db`, decision 0031), so the
//! plans of an empty file are those of a full one.

use db::{Engine, sql, testing};

use crate::source::{Source, product, statements, tables};

/// Tables that stay small in the largest town: what is set, listed or run, and what is kept for a
/// few days.
const SMALL: &[&str] = &[
    "audit_seals",
    "board_drills",
    "board_finds",
    "board_messages",
    "board_proofs",
    "board_strays",
    "carrier_towns",
    "center_areas",
    "center_contractors",
    "centers",
    "consultation_topics",
    "change_numbers",
    "change_settings",
    "change_weeks",
    "course_closures",
    "course_places",
    "course_series",
    "erasures",
    "exchange_files",
    "erasure_traces",
    "import_files",
    "import_headings",
    "import_runs",
    "leaving_terms",
    "leavings",
    "network_keys",
    "network_texts",
    "networks",
    "notice_agreements",
    "notice_signs",
    "organisations",
    "own_pins",
    "own_visits",
    "paper_parts",
    "paper_runs",
    "path_plans",
    "person_openings",
    "referral_organisations",
    "renewal_tallies",
    "rhythm_consents",
    "sign_in_tries",
    "signup_settings",
    "staff",
    "staff_terms",
    "supporter_aways",
    "supporter_cards",
    "supporter_settings",
    "supporter_years",
    "supporters",
    "systems",
    "tag_batches",
    "term_notices",
    "voucher_rules",
];

/// Statements that are meant to meet everybody: the nightly round over who left, the tags by their
/// states, rows that go with an import.
const ROUNDS: &[&str] = &[
    "SELECT p.id, p.state, p.state_on, p.updated_by FROM people p",
    "SELECT state, COUNT(*) FROM tags",
    "DELETE FROM import_rows WHERE network = $1",
];

/// How SQLite goes about a statement, line by line.
async fn plan(db: &db::Db, text: &str) -> Vec<String> {
    // Which value stands in a place doesn't matter to the plan, so one does for all.
    let one = (2..300).rev().fold(text.to_owned(), |text, at| {
        text.replace(&format!("${at}"), "$1")
    });
    let text: &'static str = Box::leak(format!("EXPLAIN QUERY PLAN {one}").into_boxed_str());
    let value = [db::Value::from(1_i64)];
    let args = if one.contains("$1") { &value[..] } else { &[] };
    let rows = db.read().await.unwrap().rows(sql(text), args).await;
    rows.unwrap()
        .into_iter()
        .map(|mut row| row.text(3).unwrap())
        .collect()
}

/// The table that a line of a plan names, where the statement calls it by another name.
fn table(line: &str, text: &str) -> String {
    let named = line.split_whitespace().nth(1).unwrap_or_default();
    let words: Vec<&str> = text.split_whitespace().collect();
    let called = words.windows(3).find(|three| {
        matches!(three[0], "FROM" | "JOIN") && three[2].trim_end_matches([',', ')']) == named
    });
    called.map_or(named, |three| three[1]).to_owned()
}

/// Whether a line of a plan walks through a table that grows with the town.
fn walks(line: &str, text: &str) -> bool {
    let all = line.starts_with("SCAN") || line.ends_with("(network=?)");
    let table = table(line, text);
    // A table of the schema; a part of the statement has no rows of its own.
    let kept = tables().iter().any(|(one, _)| *one == table) && !SMALL.contains(&table.as_str());
    all && kept && !ROUNDS.iter().any(|round| text.starts_with(round))
}

/// Whether pages of a list are cut out of everything, sorted for each.
fn sorts(line: &str, source: &Source, text: &str) -> bool {
    source.room() == "consultations" && line.contains("TEMP B-TREE") && text.contains("OFFSET")
}

#[tokio::test(flavor = "multi_thread")]
async fn no_statement_walks_through_a_town() {
    let fresh = testing::fresh(Engine::Sqlite).await.unwrap();
    fresh.db.migrate(mimamori::migrations::ALL).await.unwrap();
    let (mut seen, mut faults) = (0, Vec::new());
    for source in product().iter() {
        for text in statements(source) {
            for line in plan(&fresh.db, &text).await {
                seen += 1;
                if walks(&line, &text) || sorts(&line, source, &text) {
                    faults.push(format!("{}: {line}\n{text}", source.path));
                }
            }
        }
    }
    assert!(seen > 500, "{seen} lines were read");
    assert!(faults.is_empty(), "{}", faults.join("\n\n"));
}
