//! The settings of one installation: one TOML file, the environment over it.
//!
//! `config.example.toml` explains every key to the person who sets it. A key
//! is listed once, in `known`; what is not listed there is refused with the
//! nearest key named, in the file as in the environment. [`Config::load`] finds
//! everything that is wrong at once, so that nobody mends one line at a time.

mod gather;
mod known;
mod read;
pub(crate) mod words;

use std::fmt;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};

use db::{Location, Settings};
use seal::MasterKey;
use secrecy::{ExposeSecret, SecretString};

/// The settings of one installation.
#[derive(Debug, Clone)]
pub struct Config {
    /// Where the program listens.
    pub listen: SocketAddr,
    /// The address people open, without a slash at the end: `https://mimamori.example.jp`.
    pub public_url: String,
    /// Whether people reach the program through TLS: cookies become `Secure`, HSTS is sent.
    pub behind_tls: bool,
    /// Proxies whose `X-Forwarded-For` is believed.
    pub trusted_proxies: Vec<IpAddr>,
    /// Where the rows lie.
    pub database: Location,
    /// Where the master key is.
    pub key: KeyPlace,
    /// The way mail leaves; without one, no mail is sent.
    pub mail: Option<Mail>,
    /// What is logged, and how.
    pub log: Log,
    /// Whom backups are sealed to unless the command line says otherwise: `age1…`.
    pub backup_recipient: Option<String>,
}

/// Where the master key is.
#[derive(Debug, Clone)]
pub enum KeyPlace {
    /// A file that only its owner may read.
    File(PathBuf),
    /// The key itself, out of the environment.
    Environment(SecretString),
}

/// The way mail leaves.
#[derive(Debug, Clone)]
pub struct Mail {
    /// Name or address of the SMTP server.
    pub host: String,
    /// Its port.
    pub port: u16,
    /// Sender of every mail: `見守り <mimamori@example.jp>` or the bare address.
    pub from: String,
    /// Account at the server, if it wants one.
    pub account: Option<MailAccount>,
    /// How the way to the server is protected.
    pub tls: MailTls,
}

/// An account at the mail server.
#[derive(Debug, Clone)]
pub struct MailAccount {
    /// Its name.
    pub user: String,
    /// Its password.
    pub password: SecretString,
}

/// How the way to the mail server is protected.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MailTls {
    /// TLS from the first byte (port 465).
    Implicit,
    /// TLS after `STARTTLS`, refused without it (port 587).
    StartTls,
    /// None: only for a server on the same machine.
    Off,
}

/// What is logged, and how.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Log {
    /// The least that is logged.
    pub level: tracing::Level,
    /// One JSON object a line instead of words.
    pub json: bool,
}

/// Everything that is wrong with the settings, each in a sentence for the operator.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wrong(pub Vec<String>);

impl fmt::Display for Wrong {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.join("\n"))
    }
}

impl std::error::Error for Wrong {}

/// Names and values of the environment.
pub type Environment = Vec<(String, String)>;

impl Config {
    /// Reads the file, if there is one, and what the environment says over it.
    ///
    /// # Errors
    /// Everything that is wrong at once.
    pub fn load(file: Option<&Path>, environment: &Environment) -> Result<Config, Wrong> {
        let (values, mut wrong) = gather::gather(file, environment);
        let (config, more) = read::read(values);
        wrong.extend(more);
        match config {
            Some(config) if wrong.is_empty() => Ok(config),
            _ => Err(Wrong(wrong)),
        }
    }

    /// Whether the peer is a proxy whose word on the visitor's address counts.
    pub fn trusts_proxy(&self, peer: IpAddr) -> bool {
        self.trusted_proxies.contains(&peer)
    }

    /// How the database is opened.
    pub fn database_settings(&self) -> Settings {
        match &self.database {
            Location::Sqlite { path } => Settings::sqlite(path),
            Location::Postgres { url, tls } => Settings::postgres(url, tls.clone()),
        }
    }
}

impl KeyPlace {
    /// The key.
    ///
    /// # Errors
    /// A sentence that says how to mend it, without any part of the key.
    pub fn open(&self) -> Result<MasterKey, Wrong> {
        let key = match self {
            KeyPlace::File(path) => MasterKey::from_file(path).map_err(|why| words::of_key(&why)),
            KeyPlace::Environment(text) => {
                MasterKey::from_text(text.expose_secret()).map_err(|_| {
                    "環境変数 MIMAMORI_KEY_TEXT の内容がマスター鍵の形ではありません。".to_owned()
                })
            }
        };
        key.map_err(|why| Wrong(vec![why]))
    }
}

impl Default for Config {
    /// What a program beside a fresh folder would use; tests start from here.
    fn default() -> Config {
        Config {
            listen: SocketAddr::from((Ipv4Addr::LOCALHOST, 8080)),
            public_url: "http://127.0.0.1:8080".to_owned(),
            behind_tls: false,
            trusted_proxies: Vec::new(),
            database: Location::Sqlite {
                path: PathBuf::from("mimamori.sqlite"),
            },
            key: KeyPlace::File(PathBuf::from("master.key")),
            mail: None,
            log: Log {
                level: tracing::Level::INFO,
                json: false,
            },
            backup_recipient: None,
        }
    }
}

#[cfg(test)]
mod tests;
