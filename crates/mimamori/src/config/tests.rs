use std::os::unix::fs::PermissionsExt as _;

use super::*;

const GOOD: &str = r#"
[server]
listen = "127.0.0.1:9000"
public_url = "https://mimamori.example.jp/"
behind_tls = true
trusted_proxies = ["127.0.0.1"]
[database]
sqlite = "/var/lib/mimamori/mimamori.sqlite"
[key]
file = "/etc/mimamori/master.key"
"#;

fn load(text: &str, environment: &[(&str, &str)]) -> Result<Config, Vec<String>> {
    load_with_mode(text, environment, 0o600)
}

fn load_with_mode(
    text: &str,
    environment: &[(&str, &str)],
    mode: u32,
) -> Result<Config, Vec<String>> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("config.toml");
    std::fs::write(&path, text).unwrap();
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(mode)).unwrap();
    let environment = environment
        .iter()
        .map(|(name, value)| (name.to_string(), value.to_string()))
        .collect();
    Config::load(Some(&path), &environment).map_err(|wrong| wrong.0)
}

fn wrong(text: &str, environment: &[(&str, &str)]) -> String {
    load(text, environment).unwrap_err().join("\n")
}

#[test]
fn a_good_file_is_read() {
    let config = load(GOOD, &[]).unwrap();
    assert_eq!(config.public_url, "https://mimamori.example.jp");
    assert_eq!(config.listen.port(), 9000);
    assert!(config.trusts_proxy(IpAddr::from([127, 0, 0, 1])));
    assert!(config.mail.is_none());
}

#[test]
fn the_environment_stands_over_the_file() {
    let environment = [
        ("MIMAMORI_SERVER_LISTEN", "127.0.0.1:9001"),
        ("MIMAMORI_SERVER_TRUSTED_PROXIES", "10.0.0.1, 10.0.0.2"),
        ("MIMAMORI_LOG_JSON", "true"),
        ("MIMAMORI_CONFIG", "elsewhere.toml"),
        ("PATH", "/bin"),
    ];
    let config = load(GOOD, &environment).unwrap();
    assert_eq!(config.listen.port(), 9001);
    assert_eq!(config.trusted_proxies.len(), 2);
    assert!(config.log.json);
}

#[test]
fn the_environment_alone_is_enough() {
    let environment = [
        ("MIMAMORI_SERVER_PUBLIC_URL", "https://mimamori.example.jp"),
        (
            "MIMAMORI_DATABASE_POSTGRES",
            "postgres://mimamori@db/mimamori",
        ),
        ("MIMAMORI_KEY_TEXT", "mimamori-master-1.x"),
    ];
    let environment = environment
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .to_vec();
    let config = Config::load(None, &environment).unwrap();
    assert!(matches!(config.database, Location::Postgres { .. }));
    assert!(
        config
            .key
            .open()
            .unwrap_err()
            .to_string()
            .contains("MIMAMORI_KEY_TEXT")
    );
}

#[test]
fn unknown_keys_are_refused_with_the_nearest_named() {
    let text = format!("{GOOD}\n[mail]\nhosst = \"a\"\n[loging]\nlevel = \"info\"\n");
    let words = wrong(&text, &[("MIMAMORI_SERVER_LISTN", "x")]);
    assert!(
        words.contains("mail.hosst という設定はありません。mail.host のこと"),
        "{words}"
    );
    assert!(
        words.contains("loging という項目はありません。[log] のこと"),
        "{words}"
    );
    assert!(
        words.contains(
            "MIMAMORI_SERVER_LISTN という設定はありません。MIMAMORI_SERVER_LISTEN のこと"
        ),
        "{words}"
    );
}

#[test]
fn a_key_without_its_section_is_told_where_it_belongs() {
    let words = wrong(&format!("behind_tls = true\n{GOOD}"), &[]);
    assert!(
        words.contains("behind_tls という項目はありません。server.behind_tls のこと"),
        "{words}"
    );
}

#[test]
fn everything_wrong_is_said_at_once() {
    let text = r#"
[server]
listen = "here"
public_url = "mimamori.example.jp"
behind_tls = "yes"
trusted_proxies = ["proxy"]
[database]
sqlite = "a"
postgres = "b"
[mail]
port = 99999
[log]
level = "loud"
[backup]
recipient = "nobody"
"#;
    let all = load(text, &[]).unwrap_err();
    for part in [
        "server.listen",
        "server.public_url",
        "server.behind_tls",
        "「proxy」",
        "どちらか一つ",
        "mail.host",
        "mail.port",
        "log.level",
        "key.file",
        "backup.recipient",
    ] {
        assert!(
            all.iter().any(|line| line.contains(part)),
            "{part} in {all:?}"
        );
    }
}

#[test]
fn the_master_key_may_not_stand_in_the_file() {
    let words = wrong(&GOOD.replace("file = ", "text = "), &[]);
    assert!(words.contains("key.text は書けません"), "{words}");
}

#[test]
fn a_password_in_a_file_that_everybody_reads_is_refused() {
    let text = GOOD.replace(
        "sqlite = \"/var/lib/mimamori/mimamori.sqlite\"",
        "postgres = \"postgres://a:b@c/d\"",
    );
    assert!(load_with_mode(&text, &[], 0o640).is_ok());
    let words = load_with_mode(&text, &[], 0o644).unwrap_err().join("");
    assert!(words.contains("chmod 640"), "{words}");
    assert!(!words.contains("a:b"), "{words}");
}

#[test]
fn a_file_that_is_no_toml_names_the_line() {
    let words = wrong("[server]\nlisten = \n", &[]);
    assert!(words.contains("2行目"), "{words}");
}

#[test]
fn no_secret_shows_in_debug() {
    let text = format!(
        "{}\n[mail]\nhost = \"m\"\nfrom = \"a@example.jp\"\nuser = \"u\"\npassword = \"geheim\"\n",
        GOOD.replace(
            "sqlite = \"/var/lib/mimamori/mimamori.sqlite\"",
            "postgres = \"postgres://a:geheim@c/d\""
        )
    );
    let shown = format!(
        "{:?}",
        load(&text, &[("MIMAMORI_KEY_TEXT", "geheim")]).unwrap()
    );
    assert!(!shown.contains("geheim"), "{shown}");
}

#[test]
fn the_example_is_good_and_names_every_key() {
    let example = include_str!("../../../../config.example.toml");
    assert!(load(example, &[]).is_ok());
    for key in known::ALL {
        let named = if key.only_environment {
            key.variable()
        } else {
            format!("{} = ", key.name)
        };
        assert!(example.contains(&named), "{}", key.dotted());
    }
}
