//! The desk's mail through a mail server of another make, aiosmtpd, and read there by another mail
//! reader, Python's. `bin/test` installs it; where it is missing this fails.

use std::io::{BufRead, BufReader};
use std::net::TcpListener;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};

use mimamori::desk::{self, MailState};
use mimamori::mail::{Guard, Post};
use mimamori::scope::Role;
use serde_json::Value;

use super::mail::{inquiry, states};
use crate::town::on_both;

/// Everything that a mailbox holds: headers in small letters, and the body, decoded.
const READ: &str = "
import email, email.policy, json, mailbox, sys
read = lambda file: email.message_from_binary_file(file, policy=email.policy.default)
def shown(mail):
    headers = {name.lower(): str(value) for name, value in mail.items()}
    return {**headers, 'body': mail.get_content(), 'whole': mail.as_string()}
print(json.dumps([shown(mail) for mail in mailbox.Maildir(sys.argv[1], factory=read)]))
";

/// Debian's Python, where another stands before it on the path.
const PYTHONS: [&str; 2] = ["python3", "/usr/bin/python3"];

fn python() -> Command {
    let knows = |python: &&&str| {
        let asked = Command::new(python)
            .args(["-c", "import aiosmtpd"])
            .stderr(Stdio::null())
            .status();
        asked.is_ok_and(|status| status.success())
    };
    let found = PYTHONS.iter().find(knows);
    Command::new(found.expect("aiosmtpd is missing: bin/test installs it (python3-aiosmtpd)"))
}

/// A running mail server; it ends with this.
pub struct Server {
    running: Child,
    pub port: u16,
    folder: tempfile::TempDir,
}

impl Server {
    /// On a free port. Somebody else may take the port before the server does; then on another.
    pub fn start() -> Server {
        let started = (0..10).find_map(|_| Server::try_start());
        started.expect("aiosmtpd found no free port")
    }

    fn try_start() -> Option<Server> {
        let free = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = free.local_addr().unwrap().port();
        drop(free);
        let folder = tempfile::tempdir().unwrap();
        let mut running = python()
            .args(["-m", "aiosmtpd", "-n", "-d", "-l"])
            .arg(format!("127.0.0.1:{port}"))
            .args(["-c", "aiosmtpd.handlers.Mailbox"])
            .arg(folder.path().join("mail"))
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut said = BufReader::new(running.stderr.take().unwrap()).lines();
        let listening = said.any(|line| line.unwrap().contains("is listening"));
        // What it goes on to say has to be read, or it stands still.
        std::thread::spawn(move || said.count());
        let server = Server {
            running,
            port,
            folder,
        };
        listening.then_some(server)
    }

    /// A way for mail to leave through it.
    pub fn way(&self) -> Post {
        let from = "desk@minami.example.jp";
        Post::through("127.0.0.1", self.port, Guard::Off, None, from).unwrap()
    }

    fn mailbox(&self) -> PathBuf {
        self.folder.path().join("mail")
    }

    pub fn mails(&self) -> Vec<Value> {
        let read = python().args(["-c", READ]).arg(self.mailbox()).output();
        serde_json::from_slice(&read.unwrap().stdout).unwrap()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.running.kill().unwrap();
        self.running.wait().unwrap();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_real_mail_server_takes_it_and_it_reads_as_it_was_written() {
    on_both(async |town| {
        let server = Server::start();
        let path = inquiry(&town).await;
        let night = town.sign_in(Role::NightDesk).await;
        night.post(&format!("{path}/mails/0"), &[]).await;
        let (from, post) = ("desk@minami.example.jp", server.way());
        let deed = town.deed().await;
        let sent = desk::send_due(town.db(), &deed, &post).await.unwrap();
        assert_eq!(sent, 1);
        assert_eq!(states(&town, &path).await, [(0, MailState::Sent)]);
        let mails = server.mails();
        assert_eq!(mails.len(), 1);
        let text = |name: &str| mails[0][name].as_str().unwrap().to_owned();
        assert_eq!(text("x-rcptto"), "ichiro@example.jp");
        assert_eq!(text("x-mailfrom"), from);
        assert_eq!(
            (text("to"), text("from")),
            (text("x-rcptto"), from.to_owned())
        );
        let subject = "【みなみ町見守りネットワーク】お電話のお願い";
        assert_eq!(text("subject"), subject);
        let body = text("body");
        for words in ["南野 一郎 様", "11月20日 10:00", "03-0100-0001"] {
            assert!(body.contains(words), "{words} is missing");
        }
        let id = path.rsplit('/').next().unwrap();
        for hidden in [
            "ハナコ",
            "ミナミノ",
            "心房細動",
            "ワルファリン",
            "大森",
            "みなみ荘",
            "北川",
            "救急",
            "夜野",
            "090-",
            "/desk/",
            "http",
            id,
        ] {
            let everywhere = [&body, &text("whole"), &text("subject")];
            let said = everywhere.iter().any(|part| part.contains(hidden));
            assert!(!said, "{hidden} travels through others' machines");
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn while_no_server_answers_it_waits_and_goes_out_later() {
    let town = crate::town::Town::build(db::Engine::Sqlite).await;
    let server = Server::start();
    let path = inquiry(&town).await;
    let night = town.sign_in(Role::NightDesk).await;
    night.post(&format!("{path}/mails/0"), &[]).await;
    let none = TcpListener::bind("127.0.0.1:0").unwrap().local_addr();
    let way = |port| Post::through("127.0.0.1", port, Guard::Off, None, "desk@example.jp").unwrap();
    let send = async |post: &Post| {
        let deed = town.deed().await;
        desk::send_due(town.db(), &deed, post).await.unwrap()
    };
    assert_eq!(send(&way(none.unwrap().port())).await, 0);
    assert_eq!(states(&town, &path).await, [(0, MailState::Queued)]);
    town.pass(2 * 60);
    assert_eq!(send(&way(server.port)).await, 1);
    assert_eq!(server.mails().len(), 1);
}
