//! Every key there is, and the nearest one to a word that is none.

/// A key of the settings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Key {
    pub section: &'static str,
    pub name: &'static str,
    /// Secrets that never stand in the file: they come from the environment only.
    pub only_environment: bool,
}

const fn key(section: &'static str, name: &'static str) -> Key {
    Key {
        section,
        name,
        only_environment: false,
    }
}

const fn secret(section: &'static str, name: &'static str) -> Key {
    Key {
        section,
        name,
        only_environment: true,
    }
}

pub(super) const LISTEN: Key = key("server", "listen");
pub(super) const PUBLIC_URL: Key = key("server", "public_url");
pub(super) const BEHIND_TLS: Key = key("server", "behind_tls");
pub(super) const TRUSTED_PROXIES: Key = key("server", "trusted_proxies");
pub(super) const SQLITE: Key = key("database", "sqlite");
pub(super) const POSTGRES: Key = key("database", "postgres");
pub(super) const POSTGRES_TLS: Key = key("database", "postgres_tls");
pub(super) const KEY_FILE: Key = key("key", "file");
pub(super) const KEY_TEXT: Key = secret("key", "text");
pub(super) const MAIL_HOST: Key = key("mail", "host");
pub(super) const MAIL_PORT: Key = key("mail", "port");
pub(super) const MAIL_FROM: Key = key("mail", "from");
pub(super) const MAIL_USER: Key = key("mail", "user");
pub(super) const MAIL_PASSWORD: Key = key("mail", "password");
pub(super) const MAIL_TLS: Key = key("mail", "tls");
pub(super) const LOG_LEVEL: Key = key("log", "level");
pub(super) const LOG_JSON: Key = key("log", "json");
pub(super) const BACKUP_RECIPIENT: Key = key("backup", "recipient");

/// Every key, in the order of `config.example.toml`.
pub(super) const ALL: [Key; 18] = [
    LISTEN,
    PUBLIC_URL,
    BEHIND_TLS,
    TRUSTED_PROXIES,
    SQLITE,
    POSTGRES,
    POSTGRES_TLS,
    KEY_FILE,
    KEY_TEXT,
    MAIL_HOST,
    MAIL_PORT,
    MAIL_FROM,
    MAIL_USER,
    MAIL_PASSWORD,
    MAIL_TLS,
    LOG_LEVEL,
    LOG_JSON,
    BACKUP_RECIPIENT,
];

/// What every variable of ours begins with.
pub(super) const PREFIX: &str = "MIMAMORI_";

/// Variables that belong to the command line and to the tests, not to the settings.
pub(super) const COMMAND_LINE: [&str; 3] = [
    "MIMAMORI_CONFIG",
    "MIMAMORI_BACKUP_PASSPHRASE",
    "MIMAMORI_TEST_PG",
];

impl Key {
    /// The name in the environment: `MIMAMORI_MAIL_HOST`.
    pub fn variable(self) -> String {
        format!("{PREFIX}{}_{}", self.section, self.name).to_uppercase()
    }

    /// The name in sentences: `mail.host`.
    pub fn dotted(self) -> String {
        format!("{}.{}", self.section, self.name)
    }
}

/// The key that stands in the file under these names.
pub(super) fn in_file(section: &str, name: &str) -> Option<Key> {
    ALL.into_iter()
        .find(|key| key.section == section && key.name == name)
}

/// Whether the name is that of a section.
pub(super) fn is_section(name: &str) -> bool {
    ALL.iter().any(|key| key.section == name)
}

/// The nearest of `names` to `word`, if one is near enough to be meant.
///
/// 0.5 of Damerau-Levenshtein likeness lets `loging` find `log`, `trustd_proxy` find
/// `trusted_proxies` and keeps `colour` from finding `host`.
pub(super) fn nearest(word: &str, names: impl Iterator<Item = String>) -> Option<String> {
    names
        .map(|name| (strsim::normalized_damerau_levenshtein(word, &name), name))
        .filter(|(likeness, _)| *likeness >= 0.5)
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, name)| name)
}
