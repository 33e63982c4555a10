//! Every statement of the program is prepared on both engines.

use db::{Engine, testing};

use crate::source::{product, statements};

#[tokio::test(flavor = "multi_thread")]
async fn every_statement_is_prepared_on_both_engines() {
    let all: Vec<(String, String)> = product()
        .iter()
        .flat_map(|source| {
            let path = source.path.clone();
            statements(source)
                .into_iter()
                .map(move |text| (path.clone(), text))
        })
        .collect();
    assert!(all.len() > 10, "only {} statements were found", all.len());
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let fresh = testing::fresh(engine).await.unwrap();
        fresh.db.migrate(mimamori::migrations::ALL).await.unwrap();
        let mut faults = Vec::new();
        for (path, text) in &all {
            // Statements are constants in the program; here they come out of its source text.
            let text: &'static str = Box::leak(text.clone().into_boxed_str());
            if let Err(error) = fresh.db.prepare(db::sql(text)).await {
                faults.push(format!("{path} on {engine:?}: {error}\n{text}"));
            }
        }
        assert!(faults.is_empty(), "{}", faults.join("\n\n"));
    }
}

#[test]
fn migrations_are_numbered_by_their_names() {
    for step in mimamori::migrations::ALL {
        let (number, words) = step.name.split_once('_').unwrap();
        assert_eq!(number, format!("{:04}", step.number), "{}", step.name);
        assert!(!words.is_empty(), "{}", step.name);
    }
}
