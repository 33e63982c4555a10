//! The arrows of the house: who may lean on whom. An arrow that runs up fails here.

use crate::source::{Source, product, statements, tables};

/// Rooms from the lowest floor to the highest; each may lean on those before it,
/// except where `SIDE_BY_SIDE` says that two stand beside each other.
const FLOORS: &[&str] = &[
    "ids",
    "scope",
    "clock",
    "deed",
    "migrations",
    "mail",
    "audit",
    "networks",
    "staff",
    "tasks",
    "people",
    "tags",
    "desk",
    "notices",
    "consultations",
    "cases",
    "paths",
    "station",
    "renewals",
    "board",
    "leaving",
    "papers",
    "exchange",
];

/// What stands above or around the rooms and may see all of them.
const ABOVE: &[&str] = &[
    "app", "cli", "config", "erasure", "front", "jobs", "lib", "logging", "main", "rotation",
    "routes", "server",
];

/// What only pages (and what is above) may see.
const FOR_PAGES: &[&str] = &["app", "config", "front", "jobs"];

/// Exceptions, as `file -> module`; this list may only become shorter.
const EXCEPTIONS: &[&str] = &[];

/// The modules of this crate that the code names: `crate::x::…` and `use crate::{x, y}`.
fn named(code: &str) -> Vec<String> {
    let mut found = Vec::new();
    for (at, _) in code.match_indices("crate::") {
        let before = code[..at].chars().next_back();
        if before.is_some_and(|letter| letter.is_alphanumeric() || letter == '_' || letter == '$') {
            continue;
        }
        let rest = &code[at + "crate::".len()..];
        let inside = rest
            .strip_prefix('{')
            .and_then(|list| list.split('}').next());
        let parts: Vec<&str> = match inside {
            Some(list) => list.split(',').collect(),
            None => vec![rest],
        };
        for part in parts {
            let name: String = part
                .trim()
                .chars()
                .take_while(|letter| letter.is_alphanumeric() || *letter == '_')
                .collect();
            if !name.is_empty() {
                found.push(name);
            }
        }
    }
    found
}

fn floor(name: &str) -> Option<usize> {
    FLOORS.iter().position(|room| *room == name)
}

/// Why the file may not name the module, if it may not.
fn fault(source: &Source, name: &str) -> Option<&'static str> {
    if ABOVE.contains(&source.room()) || name == source.room() {
        return None;
    }
    let Some(mine) = floor(source.room()) else {
        return Some("the file's room has no floor in tests/house/arrows.rs");
    };
    if FOR_PAGES.contains(&name) {
        let in_pages = source
            .path
            .split('/')
            .any(|part| part.trim_end_matches(".rs") == "pages");
        return (!in_pages && source.kind() != "mod").then_some("only pages see the front");
    }
    match floor(name) {
        Some(other) if other < mine => None,
        Some(_) => Some("the arrow runs up"),
        None => Some("the module has no floor in tests/house/arrows.rs"),
    }
}

#[test]
fn arrows_run_down_only() {
    let mut faults = Vec::new();
    for source in product() {
        for name in named(source.code()) {
            let arrow = format!("{} -> {name}", source.path);
            if let Some(why) = fault(&source, &name)
                && !EXCEPTIONS.contains(&arrow.as_str())
            {
                faults.push(format!("{arrow}: {why}"));
            }
        }
    }
    faults.sort();
    faults.dedup();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn rules_know_no_database_and_no_front() {
    for source in product() {
        let is_rules = source
            .path
            .split('/')
            .any(|part| part.trim_end_matches(".rs") == "rules");
        if is_rules {
            let code = source.code();
            for word in [
                "db::Conn", "db::Db", "use db::", "async fn", "front::", "axum::",
            ] {
                assert!(!code.contains(word), "{} names {word}", source.path);
            }
        }
    }
}

#[test]
fn statements_stand_in_stores_only() {
    for source in product() {
        let in_store = source
            .path
            .split('/')
            .any(|part| part.trim_end_matches(".rs") == "store");
        if !in_store {
            assert!(
                statements(&source).is_empty(),
                "{} holds a statement",
                source.path
            );
        }
    }
}

/// The tables a statement writes, and all tables it names.
fn touched(statement: &str, tables: &[(String, String)]) -> (Vec<String>, Vec<String>) {
    let words: Vec<&str> = statement
        .split(|letter: char| !(letter.is_alphanumeric() || letter == '_'))
        .filter(|word| !word.is_empty())
        .collect();
    let room_of = |word: &str| {
        tables
            .iter()
            .find(|(table, _)| table == word)
            .map(|(_, room)| room.clone())
    };
    let mut written = Vec::new();
    for pair in words.windows(2) {
        if ["INTO", "UPDATE"].contains(&pair[0]) || pair[0] == "FROM" && words[0] == "DELETE" {
            written.extend(room_of(pair[1]));
        }
    }
    (
        written,
        words.iter().filter_map(|word| room_of(word)).collect(),
    )
}

#[test]
fn a_statement_writes_its_own_rooms_tables_and_joins_what_it_leans_on() {
    let (tables, sources) = (tables(), product());
    let mut faults = Vec::new();
    for source in &sources {
        let door = sources
            .iter()
            .find(|other| other.path == format!("{}/mod.rs", source.room()));
        let leans = door.map(|door| leans_on(&door.text)).unwrap_or_default();
        for statement in statements(source) {
            let (written, named) = touched(&statement, &tables);
            let short: String = statement.chars().take(60).collect();
            if written.iter().any(|room| room != source.room()) {
                faults.push(format!(
                    "{} writes another room's table: {short}",
                    source.path
                ));
            }
            if named
                .iter()
                .any(|room| room != source.room() && !leans.contains(room.as_str()))
            {
                faults.push(format!(
                    "{} joins a room it does not lean on: {short}",
                    source.path
                ));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// The sentence after "Leans on:" in a room's door.
fn leans_on(text: &str) -> String {
    text.lines()
        .skip_while(|line| !line.contains("Leans on"))
        .take_while(|line| line.starts_with("//!") && line.len() > 4)
        .collect()
}

#[test]
fn every_room_says_what_it_leans_on() {
    for source in product() {
        let is_door = floor(source.room()).is_some() && source.path.ends_with("/mod.rs");
        if is_door && source.path.matches('/').count() == 1 {
            assert!(
                source.text.contains("Leans on"),
                "{} does not say",
                source.path
            );
        }
    }
}
