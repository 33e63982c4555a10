//! One installation: a folder with its settings, its key and its database.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use db::testing::{self, Guard};
use db::{Engine, Location};
use tempfile::TempDir;

/// Where the program finds what.
pub struct Installation {
    folder: TempDir,
    _database: Option<Guard>,
}

/// How a verb ended and what it said.
#[derive(Debug)]
pub struct Ended {
    pub code: i32,
    pub out: String,
    pub err: String,
}

impl Ended {
    /// The verb, where it ended with this code and these words on either stream.
    #[track_caller]
    pub fn with(self, code: i32, words: &str) -> Ended {
        assert_eq!(self.code, code, "{self:#?}");
        assert!(
            self.out.contains(words) || self.err.contains(words),
            "「{words}」 is missing: {self:#?}"
        );
        self
    }
}

impl From<Output> for Ended {
    fn from(output: Output) -> Ended {
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        Ended {
            code: output.status.code().expect("ended by itself"),
            out: text(output.stdout),
            err: text(output.stderr),
        }
    }
}

impl Installation {
    /// Settings for an empty database; no key yet.
    pub async fn new(engine: Engine) -> Installation {
        let folder = TempDir::new().unwrap();
        let (database, guard) = match engine {
            Engine::Sqlite => ("sqlite = \"town.sqlite\"".to_owned(), None),
            Engine::Postgres => {
                let fresh = testing::fresh(engine).await.unwrap();
                let Location::Postgres { url, .. } = &fresh.settings.location else {
                    unreachable!()
                };
                let lines = format!("postgres = \"{url}\"\npostgres_tls = \"off\"");
                (lines, Some(fresh.guard))
            }
        };
        let all = Installation {
            folder,
            _database: guard,
        };
        all.settle(&database, "");
        all
    }

    /// Writes the settings: where the rows lie, and whatever else.
    pub fn settle(&self, database: &str, more: &str) {
        let text = format!(
            "[server]\nlisten = \"127.0.0.1:0\"\npublic_url = \"http://127.0.0.1:8080\"\n\
             [database]\n{database}\n[key]\nfile = \"master.key\"\n{more}"
        );
        self.write("config.toml", &text);
        // The address of a database holds a password.
        let own = std::os::unix::fs::PermissionsExt::from_mode(0o600);
        std::fs::set_permissions(self.path("config.toml"), own).unwrap();
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub fn write(&self, name: &str, text: &str) {
        std::fs::write(self.path(name), text).unwrap();
    }

    pub fn read(&self, name: &str) -> String {
        std::fs::read_to_string(self.path(name)).unwrap()
    }

    /// Takes over a file of another installation.
    pub fn take(&self, from: &Installation, name: &str) {
        std::fs::copy(from.path(name), self.path(name)).unwrap();
    }

    /// The program in this folder; no setting comes out of the tests' environment.
    pub fn program(&self, line: &str) -> Command {
        let mut program = Command::new(env!("CARGO_BIN_EXE_mimamori"));
        program.current_dir(self.folder.path());
        for (name, _) in std::env::vars_os() {
            if name.to_string_lossy().starts_with("MIMAMORI_") {
                program.env_remove(name);
            }
        }
        program.args(line.split_whitespace());
        program
    }

    /// Runs a verb to its end.
    pub fn run(&self, line: &str) -> Ended {
        self.program(line).output().unwrap().into()
    }

    /// A key, an up-to-date database and みなみ町.
    pub fn found(&self) {
        self.run("keys new master.key").with(0, "マスター鍵を");
        self.run("migrate").with(0, "適用しました");
        self.run("town add --short minami --name みなみ町見守りネットワーク --code 131113 --day-phone 03-0100-0001")
            .with(0, "みなみ町見守りネットワーク（minami）を加えました。");
    }
}

/// The permission bits of a file.
pub fn mode(path: &Path) -> u32 {
    use std::os::unix::fs::PermissionsExt;
    path.metadata().unwrap().permissions().mode() & 0o777
}
