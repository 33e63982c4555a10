//! The town to try everything on: what a newcomer runs first.

use std::io::{BufRead, BufReader};
use std::net::TcpListener;
use std::process::{Command, Stdio};

/// A port that was free a moment ago.
fn free_port() -> u16 {
    let held = TcpListener::bind("127.0.0.1:0").unwrap();
    held.local_addr().unwrap().port()
}

#[test]
fn the_demo_town_is_made_whole_and_served() {
    let folder = tempfile::tempdir().unwrap();
    let mut child = Command::new(env!("CARGO_BIN_EXE_mimamori"))
        .args(["demo", "--folder"])
        .arg(folder.path().join("demo"))
        .args(["--port", &free_port().to_string()])
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut said = String::new();
    let mut out = BufReader::new(child.stdout.take().unwrap());
    while !said.contains("Ctrl+C") {
        let read = out.read_line(&mut said).unwrap();
        assert!(read > 0, "the demo ended: {said}");
    }
    for word in ["http://127.0.0.1:", "center-staff@", "照会を試す番号"] {
        assert!(said.contains(word), "{word}: {said}");
    }
    let id = child.id().to_string();
    assert!(Command::new("kill").arg(&id).status().unwrap().success());
    assert!(child.wait().unwrap().success());
}
