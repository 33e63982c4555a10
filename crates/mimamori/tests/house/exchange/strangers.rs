//! A stranger with a token tries every door that the description of the interface names, with all
//! that fits it and much that does not: nothing breaks, and no answer is outside the description.

use std::path::Path;
use std::process::Command;

use db::testing::ENGINES;
use jiff::civil::date;
use mimamori::clock::Clock;
use mimamori::desk::{self, Ask, CallerKind};
use mimamori::scope::Role;
use mimamori::tags::{self, Mix, Order};
use mimamori::tasks::{self, Kind, NewTask, Words};
use mimamori::{routes, server};
use tokio::net::TcpListener;

use super::{json, place, token};
use crate::hanako;
use crate::town::Town;

/// What the stranger looks at; what else there is to look at needs a meaning that no description
/// can give, or belongs to the stories.
const CHECKS: &str = "not_a_server_error,status_code_conformance,content_type_conformance,\
     response_headers_conformance,response_schema_conformance,unsupported_method,\
     missing_required_header,ignored_auth,allow_header_conformance,negative_data_rejection";

/// The doors of a center's own program, and those of an organisation's.
const WORK: &str = "^/api/v1/(me|desk|people|tags|renewals|tasks)";
const LOOKUPS: &str = "^/api/v1/(me|lookups)";

/// Things that are there, under the names that the description has for them.
async fn things(town: &Town) -> Vec<(&'static str, String)> {
    let person = hanako::register(town).await;
    let admin = town.deed().await;
    let order = Order {
        count: 50,
        mix: Mix::KEY_HOLDER,
        note: String::new(),
    };
    let batch = tags::order_batch(town.db(), &admin, order).await.unwrap();
    tags::fill_batch(town.db(), &town.app.vault, &admin, batch)
        .await
        .unwrap();
    let tag = tags::bind_next(town.db(), &admin, person).await.unwrap();
    let nurse = town.deed_of(Role::CenterStaff).await;
    let inquiry = desk::id_of(&nurse, "");
    let ask = Ask {
        kind: Some(CallerKind::Ambulance),
        ..Ask::default()
    };
    desk::open_for(town.db(), &nurse, inquiry, person, ask)
        .await
        .unwrap();
    let new = NewTask {
        center: Some(town.minami.center),
        person: Some(person),
        kind: Kind::Other,
        due: date(2026, 11, 24),
        words: Words {
            title: "電池".to_owned(),
            story: String::new(),
        },
        link: String::new(),
    };
    let opened = town
        .db()
        .write(move |conn| Box::pin(async move { tasks::open_in(conn, &nurse, new).await }));
    vec![
        ("person", person.to_string()),
        ("tag", tag.to_string()),
        ("inquiry", inquiry.to_string()),
        ("task", opened.await.unwrap().to_string()),
    ]
}

/// The stranger's settings: who it is, and what there is to ask for.
fn settings(token: &str, things: &[(&str, String)]) -> String {
    // A change that names no version is answered by 428, which is younger than that check.
    let mut text = format!(
        "headers = {{ Authorization = \"Bearer {token}\" }}\n\
         checks.missing_required_header.expected-statuses = [400, 401, 422, 428]\n[parameters]\n"
    );
    for (name, id) in things {
        text.push_str(&format!("\"path.{name}\" = \"{id}\"\n"));
    }
    text
}

async fn knock(address: &str, settings: &str, paths: &str, examples: &str) {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let program = here.join("../../target/python-tools/bin/schemathesis");
    assert!(
        program.exists(),
        "bin/python-tools puts it there: {program:?} is missing"
    );
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("schemathesis.toml");
    std::fs::write(&file, settings).unwrap();
    let mut told = Command::new(program);
    told.arg("--config-file")
        .arg(&file)
        .args(["run", &format!("{address}/api/v1/openapi.json")])
        .args(["--checks", CHECKS, "--phases", "examples,coverage,fuzzing"])
        .args(["--include-path-regex", paths, "--max-examples", examples])
        .args(["--seed", "1", "--generation-deterministic", "--no-shrink"])
        .args(["--suppress-health-check", "all", "--continue-on-failure"])
        .args(["--warnings", "off"])
        .args(["--no-color", "--request-timeout", "20"])
        .current_dir(folder.path());
    let told = tokio::task::spawn_blocking(move || told.output());
    let told = told.await.unwrap().unwrap();
    let said = [told.stdout, told.stderr].concat();
    let said = String::from_utf8_lossy(&said);
    assert!(told.status.success(), "{said}");
    if std::env::var_os("MIMAMORI_TOLD").is_some() {
        eprintln!("{said}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_breaks_and_no_answer_is_outside_the_description() {
    for engine in ENGINES {
        let town = Town::build(engine).await;
        let things = things(&town).await;
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        // Time goes on, so that each minute allows as many requests as it should.
        let mut app = town.app.clone();
        app.clock = Clock::Machine;
        let (router, _) = routes::router(app.clone());
        let serving = tokio::spawn(server::run(listener, router, std::future::pending()));
        let minami = &town.minami;
        let (_, center) = token(&app, minami, place(minami, Role::CenterStaff)).await;
        let (_, partner) = token(&app, minami, place(minami, Role::Partner)).await;
        let examples = std::env::var("MIMAMORI_EXAMPLES").unwrap_or_else(|_| "15".to_owned());
        every_door_is_tried(&town).await;
        knock(&address, &settings(&center, &things), WORK, &examples).await;
        knock(&address, &settings(&partner, &[]), LOOKUPS, &examples).await;
        serving.abort();
    }
}

/// No door of the description is left out by both patterns.
async fn every_door_is_tried(town: &Town) {
    let said = json(&town.visitor().get("/api/v1/openapi.json").await);
    let patterns = [WORK, LOOKUPS].map(|pattern| pattern.trim_start_matches("^/api/v1/"));
    let words = patterns.map(|pattern| pattern.trim_matches(['(', ')']));
    let tried: Vec<&str> = words.iter().flat_map(|words| words.split('|')).collect();
    let paths = said["paths"].as_object().unwrap().keys();
    let left: Vec<&String> = paths
        .filter(|path| !tried.contains(&path.split('/').nth(3).unwrap()))
        .collect();
    assert!(left.is_empty(), "nobody tries {left:?}");
}
