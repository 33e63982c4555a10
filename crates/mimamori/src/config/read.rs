//! Turns what was given into the settings; collects everything that is wrong.

use std::net::IpAddr;
use std::path::PathBuf;

use db::{Location, Tls};
use secrecy::SecretString;
use toml::Value;

use super::gather::{Given, Values};
use super::known::{self, Key};
use super::{Config, KeyPlace, Log, Mail, MailAccount, MailTls};

/// The settings, unless something is missing, and everything that is wrong.
pub(super) fn read(values: Values) -> (Option<Config>, Vec<String>) {
    let mut reader = Reader {
        values,
        wrong: Vec::new(),
    };
    let config = reader.config();
    (config, reader.wrong)
}

struct Reader {
    values: Values,
    wrong: Vec<String>,
}

impl Reader {
    fn config(&mut self) -> Option<Config> {
        let plain = Config::default();
        let listen = self.parsed(known::LISTEN, "127.0.0.1:8080 のような「アドレス:ポート」");
        let behind_tls = self.flag(known::BEHIND_TLS);
        let public_url = self.public_url(behind_tls);
        let trusted_proxies = self.proxies();
        let database = self.database();
        let key = self.key();
        let mail = self.mail();
        let log = self.log(plain.log);
        let backup_recipient = self.recipient();
        Some(Config {
            listen: listen.unwrap_or(plain.listen),
            public_url: public_url?,
            behind_tls,
            trusted_proxies,
            database: database?,
            key: key?,
            mail,
            log,
            backup_recipient,
        })
    }

    fn public_url(&mut self, behind_tls: bool) -> Option<String> {
        let Some((url, source)) = self.text(known::PUBLIC_URL) else {
            self.missing(
                known::PUBLIC_URL,
                "職員が開くアドレス（例 https://mimamori.example.jp）",
            );
            return None;
        };
        let url = url.trim_end_matches('/').to_owned();
        let host = url
            .strip_prefix("https://")
            .or_else(|| url.strip_prefix("http://"));
        if host.is_none_or(|host| host.is_empty() || host.contains(['/', ' ', '?', '#'])) {
            self.wrong.push(format!(
                "{source} は https://ホスト名 の形で書いてください（後ろに何も付けません）。"
            ));
        } else if behind_tls && url.starts_with("http://") {
            self.wrong.push(format!(
                "{source} が http:// で始まっていますが、server.behind_tls = true です。https:// にするか、behind_tls を false にしてください。"
            ));
        }
        Some(url)
    }

    fn proxies(&mut self) -> Vec<IpAddr> {
        let Some((list, source)) = self.list(known::TRUSTED_PROXIES) else {
            return Vec::new();
        };
        let (good, bad): (Vec<_>, Vec<_>) = list
            .into_iter()
            .map(|text| text.parse::<IpAddr>().map_err(|_| text))
            .partition(Result::is_ok);
        for text in bad.into_iter().filter_map(Result::err) {
            self.wrong.push(format!(
                "{source} の「{text}」は IP アドレスではありません。"
            ));
        }
        good.into_iter().flatten().collect()
    }

    fn database(&mut self) -> Option<Location> {
        let (sqlite, postgres) = (self.text(known::SQLITE), self.text(known::POSTGRES));
        let tls = self.text(known::POSTGRES_TLS);
        match (sqlite, postgres) {
            (Some((path, _)), None) => Some(Location::Sqlite {
                path: PathBuf::from(path),
            }),
            (None, Some((url, source))) => self.postgres(url, &source, tls.map(|(text, _)| text)),
            (Some(_), Some(_)) => {
                self.wrong.push("database.sqlite と database.postgres の両方があります。どちらか一つにしてください。".to_owned());
                None
            }
            (None, None) => {
                self.missing(
                    known::SQLITE,
                    "データベースの場所（database.sqlite か database.postgres のどちらか）",
                );
                None
            }
        }
    }

    fn postgres(&mut self, url: String, source: &str, tls: Option<String>) -> Option<Location> {
        if !url.starts_with("postgres://") && !url.starts_with("postgresql://") {
            self.wrong
                .push(format!("{source} は postgres:// で始めてください。"));
            return None;
        }
        let tls = match tls.as_deref() {
            None | Some("system") => Tls::System,
            Some("off") => Tls::Off,
            Some(path) => Tls::Roots(PathBuf::from(path)),
        };
        if let Tls::Roots(path) = &tls
            && !path.is_file()
        {
            self.wrong.push(format!(
                "database.postgres_tls は \"system\"・\"off\"・認証局の PEM ファイルのどれかです（{} というファイルはありません）。",
                path.display()
            ));
        }
        Some(Location::Postgres { url, tls })
    }

    fn key(&mut self) -> Option<KeyPlace> {
        match (self.text(known::KEY_TEXT), self.text(known::KEY_FILE)) {
            (Some((text, _)), _) => Some(KeyPlace::Environment(SecretString::from(text))),
            (None, Some((path, _))) => Some(KeyPlace::File(PathBuf::from(path))),
            (None, None) => {
                self.missing(known::KEY_FILE, "マスター鍵のファイル");
                None
            }
        }
    }

    fn mail(&mut self) -> Option<Mail> {
        let (host, from) = (self.text(known::MAIL_HOST), self.text(known::MAIL_FROM));
        let account = self.mail_account();
        let tls = self.mail_tls();
        let port = self.parsed(known::MAIL_PORT, "1 から 65535 までの番号");
        let usual = match tls {
            MailTls::Implicit => 465,
            MailTls::StartTls => 587,
            MailTls::Off => 25,
        };
        let Some((host, _)) = host else {
            let first = self.values.iter().find(|(key, _)| key.section == "mail");
            if let Some((_, given)) = first {
                self.wrong.push(format!(
                    "{} がありますが、mail.host がありません。",
                    given.source
                ));
            }
            return None;
        };
        let Some((from, source)) = from else {
            self.missing(known::MAIL_FROM, "メールの差出人（例 mimamori@example.jp）");
            return None;
        };
        if from.parse::<lettre::message::Mailbox>().is_err() {
            self.wrong
                .push(format!("{source} はメールアドレスの形ではありません。"));
        }
        Some(Mail {
            host,
            port: port.unwrap_or(usual),
            from,
            account,
            tls,
        })
    }

    fn mail_account(&mut self) -> Option<MailAccount> {
        match (self.text(known::MAIL_USER), self.text(known::MAIL_PASSWORD)) {
            (Some((user, _)), Some((password, _))) => Some(MailAccount {
                user,
                password: SecretString::from(password),
            }),
            (None, None) => None,
            _ => {
                self.wrong.push(
                    "mail.user と mail.password は、両方書くか、両方書かないでください。"
                        .to_owned(),
                );
                None
            }
        }
    }

    fn mail_tls(&mut self) -> MailTls {
        let Some((text, source)) = self.text(known::MAIL_TLS) else {
            return MailTls::StartTls;
        };
        match text.as_str() {
            "starttls" => MailTls::StartTls,
            "implicit" => MailTls::Implicit,
            "off" => MailTls::Off,
            _ => {
                self.wrong.push(format!(
                    "{source} は \"starttls\"・\"implicit\"・\"off\" のどれかにしてください。"
                ));
                MailTls::StartTls
            }
        }
    }

    fn log(&mut self, plain: Log) -> Log {
        let level = self.parsed(known::LOG_LEVEL, "error・warn・info・debug・trace のどれか");
        Log {
            level: level.unwrap_or(plain.level),
            json: self.flag(known::LOG_JSON),
        }
    }

    fn recipient(&mut self) -> Option<String> {
        let (text, source) = self.text(known::BACKUP_RECIPIENT)?;
        if !text.starts_with("age1") {
            self.wrong.push(format!(
                "{source} は age の公開鍵（age1 で始まる文字列）にしてください。"
            ));
        }
        Some(text)
    }
}

/// How a value of each kind is read.
impl Reader {
    fn missing(&mut self, key: Key, what: &str) {
        let wrong = format!(
            "{what}が決まっていません。{} か環境変数 {} で決めてください。",
            key.dotted(),
            key.variable()
        );
        self.wrong.push(wrong);
    }

    /// A text that is not empty, and where it was given.
    fn text(&mut self, key: Key) -> Option<(String, String)> {
        let given = self.values.get(&key)?;
        match given.value.as_str().map(str::trim) {
            Some(text) if !text.is_empty() => Some((text.to_owned(), given.source.clone())),
            Some(_) => self.refuse(key, "が空です。値を書くか、行ごと消してください。"),
            None => self.refuse(key, "は \"\" で囲んだ文字で書いてください。"),
        }
    }

    fn flag(&mut self, key: Key) -> bool {
        let flag = self.values.get(&key).map(|given| match &given.value {
            Value::Boolean(flag) => Some(*flag),
            Value::String(text) if given.from_environment => text.trim().parse().ok(),
            _ => None,
        });
        match flag {
            Some(Some(flag)) => flag,
            Some(None) => self
                .refuse(key, "は true か false にしてください。")
                .unwrap_or(false),
            None => false,
        }
    }

    /// A value that has a type of its own; `shape` says how it is written.
    fn parsed<T: std::str::FromStr>(&mut self, key: Key, shape: &str) -> Option<T> {
        let given = self.values.get(&key)?;
        let text = match &given.value {
            Value::Integer(number) => number.to_string(),
            Value::String(text) => text.trim().to_owned(),
            _ => String::new(),
        };
        match text.parse() {
            Ok(value) => Some(value),
            Err(_) => self.refuse(key, &format!("は{shape}で書いてください。")),
        }
    }

    fn list(&mut self, key: Key) -> Option<(Vec<String>, String)> {
        let given = self.values.get(&key)?;
        match texts(given) {
            Some(list) => Some((list, given.source.clone())),
            None => self.refuse(key, "は [\"…\", \"…\"] の形で書いてください。"),
        }
    }

    fn refuse<T>(&mut self, key: Key, why: &str) -> Option<T> {
        let source = self
            .values
            .get(&key)
            .map_or_else(|| key.dotted(), |given| given.source.clone());
        self.wrong.push(format!("{source} {why}"));
        None
    }
}

fn texts(given: &Given) -> Option<Vec<String>> {
    match &given.value {
        Value::String(text) if given.from_environment => Some(
            text.split(',')
                .map(str::trim)
                .filter(|part| !part.is_empty())
                .map(str::to_owned)
                .collect(),
        ),
        Value::Array(list) => list
            .iter()
            .map(|item| item.as_str().map(str::to_owned))
            .collect(),
        _ => None,
    }
}
