//! Servers side by side: refused on one SQLite file, welcome on one PostgreSQL.

use std::io::{BufRead, BufReader, Read};
use std::process::{Child, ChildStderr, Command, Stdio};

use db::Engine;

use crate::installation::{Ended, Installation};

/// A running server; killed when dropped.
pub struct Server {
    child: Child,
    log: BufReader<ChildStderr>,
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Server {
    /// Starts it and waits until it listens.
    pub fn start(town: &Installation) -> Server {
        let mut program = town.program("serve");
        program.stdout(Stdio::null()).stderr(Stdio::piped());
        let mut child = program.spawn().unwrap();
        let mut server = Server {
            log: BufReader::new(child.stderr.take().unwrap()),
            child,
        };
        let mut said = String::new();
        while !said.contains("listening") {
            let read = server.log.read_line(&mut said).unwrap();
            assert!(read > 0, "the server ended: {said}");
        }
        server
    }

    /// Asks it to stop; everything it logged since it listened.
    fn stop(mut self) -> String {
        let id = self.child.id().to_string();
        assert!(Command::new("kill").arg(&id).status().unwrap().success());
        let mut rest = String::new();
        self.log.read_to_string(&mut rest).unwrap();
        assert!(self.child.wait().unwrap().success(), "{rest}");
        rest
    }
}

/// What a server says that may not start; fails, rather than waits, where it does.
fn refused(town: &Installation) -> String {
    let mut program = town.program("serve");
    program.stdout(Stdio::null()).stderr(Stdio::piped());
    let mut child = program.spawn().unwrap();
    let (mut said, mut log) = (String::new(), BufReader::new(child.stderr.take().unwrap()));
    while log.read_line(&mut said).unwrap() > 0 {
        if said.contains("listening") {
            child.kill().unwrap();
            child.wait().unwrap();
            panic!("a second server has started: {said}");
        }
    }
    assert_eq!(child.wait().unwrap().code(), Some(1), "{said}");
    said
}

#[tokio::test]
async fn a_second_server_on_one_sqlite_file_is_refused_until_the_first_has_gone() {
    let town = Installation::new(Engine::Sqlite).await;
    town.found();
    let mut first = Server::start(&town);
    let named = format!("プロセス番号 {}）", first.child.id());
    let words = refused(&town);
    assert!(words.contains(&named), "{words}");
    assert!(words.contains("`kill プロセス番号`"), "{words}");
    // The same file by another name.
    std::os::unix::fs::symlink(town.path("town.sqlite"), town.path("other.sqlite")).unwrap();
    town.settle("sqlite = \"other.sqlite\"", "");
    assert!(refused(&town).contains(&named));
    // Other verbs work beside it.
    town.run("town list").with(0, "minami");
    // Killed without a word, it leaves nothing behind that keeps the next one out.
    first.child.kill().unwrap();
    first.child.wait().unwrap();
    Server::start(&town).stop();
}

/// Lets something be written and waits until one of the servers has sealed it.
fn write_and_seal(town: &Installation, round: usize) {
    let mail = format!("staff{round}@example.jp");
    town.run(&format!(
        "staff invite --role auditor --name 監物 --email {mail}"
    ))
    .with(0, "/join/");
    let mut ended: Ended;
    loop {
        ended = town
            .run("audit verify")
            .with(0, "監査記録は正しく保たれています");
        if ended.out.contains("まだ新しい記録 0行") {
            return;
        }
    }
}

#[tokio::test]
async fn two_servers_on_one_postgresql_seal_without_alarm() {
    let town = Installation::new(Engine::Postgres).await;
    town.found();
    let servers = [Server::start(&town), Server::start(&town)];
    for round in 0..3 {
        write_and_seal(&town, round);
    }
    for server in servers {
        let log = server.stop();
        assert!(!log.contains("ERROR") && !log.contains("WARN"), "{log}");
    }
    town.run("audit verify")
        .with(0, "監査記録は正しく保たれています");
}
