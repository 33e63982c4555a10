//! A mail server of another make, aiosmtpd, whose mailbox is read by Python's own mail reader.
//! `bin/test` installs it; where it is missing this fails.

use std::io::{BufRead, BufReader};
use std::net::TcpListener;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};

use mimamori::mail::{Guard, Post};
use serde_json::Value;

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
