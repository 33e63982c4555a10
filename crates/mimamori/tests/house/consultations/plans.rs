//! A town has 150,000 consultations: no statement may walk through all of them.

use db::{Engine, sql, testing};

use crate::source::{product, statements};

/// How SQLite goes about a statement, line by line.
async fn plan(db: &db::Db, text: &str) -> Vec<String> {
    // The values don't matter to the plan; what stands in their place has to be there.
    let bare = (1..20).rev().fold(text.to_owned(), |text, at| {
        text.replace(&format!("${at}"), "1")
    });
    let text: &'static str = Box::leak(format!("EXPLAIN QUERY PLAN {bare}").into_boxed_str());
    let rows = db.read().await.unwrap().rows(sql(text), &[]).await.unwrap();
    rows.into_iter()
        .map(|mut row| row.text(3).unwrap())
        .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn every_statement_goes_along_an_index() {
    let fresh = testing::fresh(Engine::Sqlite).await.unwrap();
    fresh.db.migrate(mimamori::migrations::ALL).await.unwrap();
    let mut seen = 0;
    for source in product()
        .iter()
        .filter(|source| source.room() == "consultations")
    {
        for text in statements(source) {
            for line in plan(&fresh.db, &text).await {
                assert!(!line.starts_with("SCAN"), "{line}\n{text}");
                // An order that the index gives needs no sorting of everything.
                let sorts = line.contains("TEMP B-TREE") && text.contains("OFFSET");
                assert!(!sorts, "{line}\n{text}");
                seen += 1;
            }
        }
    }
    assert!(seen > 30, "{seen} lines were read");
}
