//! Brings together what the file and the environment say, each value with its source.

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use toml::{Table, Value};

use super::Environment;
use super::known::{self, Key};

/// A value as it was given, and where.
pub(super) struct Given {
    pub value: Value,
    /// For sentences: `config.toml の mail.host` or `環境変数 MIMAMORI_MAIL_HOST`.
    pub source: String,
    /// Text out of the environment stands for numbers, flags and lists as well.
    pub from_environment: bool,
}

/// What was given for each key.
pub(super) type Values = BTreeMap<Key, Given>;

/// The values of the file with the environment over them, and what is wrong so far.
pub(super) fn gather(file: Option<&Path>, environment: &Environment) -> (Values, Vec<String>) {
    let (mut values, mut wrong) = (Values::new(), Vec::new());
    if let Some(path) = file {
        match table(path) {
            Ok(table) => from_file(path, table, &mut values, &mut wrong),
            Err(why) => wrong.push(why),
        }
        wrong.extend(readable_secret(path, &values));
    }
    from_environment(environment, &mut values, &mut wrong);
    (values, wrong)
}

fn table(path: &Path) -> Result<Table, String> {
    let text = fs::read_to_string(path).map_err(|error| {
        format!(
            "設定ファイル {} を読めません（{}）。",
            path.display(),
            super::words::of_system(error.kind())
        )
    })?;
    text.parse::<Table>().map_err(|error| {
        let line = error
            .span()
            .map_or(1, |span| 1 + text[..span.start].matches('\n').count());
        format!(
            "設定ファイル {} の{line}行目が TOML の書き方になっていません: {}",
            path.display(),
            error.message()
        )
    })
}

fn from_file(path: &Path, table: Table, values: &mut Values, wrong: &mut Vec<String>) {
    for (section, content) in table {
        match content {
            Value::Table(content) if known::is_section(&section) => {
                for (name, value) in content {
                    match file_key(path, &section, &name) {
                        Ok(key) => {
                            let source = format!("{} の {}", path.display(), key.dotted());
                            values.insert(
                                key,
                                Given {
                                    value,
                                    source,
                                    from_environment: false,
                                },
                            );
                        }
                        Err(why) => wrong.push(why),
                    }
                }
            }
            _ => wrong.push(unknown_section(path, &section)),
        }
    }
}

fn file_key(path: &Path, section: &str, name: &str) -> Result<Key, String> {
    let Some(key) = known::in_file(section, name) else {
        let dotted = format!("{section}.{name}");
        let hint = hint(known::nearest(&dotted, file_keys().map(Key::dotted)));
        return Err(format!(
            "{} の {dotted} という設定はありません。{hint}",
            path.display()
        ));
    };
    if key.only_environment {
        return Err(format!(
            "{} に {} は書けません。鍵は設定ファイルと別の場所に置くため、環境変数 {} か key.file を使ってください。",
            path.display(),
            key.dotted(),
            key.variable()
        ));
    }
    Ok(key)
}

fn file_keys() -> impl Iterator<Item = Key> {
    known::ALL.into_iter().filter(|key| !key.only_environment)
}

fn unknown_section(path: &Path, name: &str) -> String {
    let sections = known::ALL.into_iter().map(|key| key.section.to_owned());
    let same_name = file_keys().find(|key| key.name == name).map(Key::dotted);
    let hint =
        hint(same_name.or_else(|| known::nearest(name, sections).map(|near| format!("[{near}]"))));
    format!(
        "{} の {name} という項目はありません。{hint}",
        path.display()
    )
}

fn hint(near: Option<String>) -> String {
    near.map_or_else(String::new, |near| format!("{near} のことでしょうか。"))
}

fn from_environment(environment: &Environment, values: &mut Values, wrong: &mut Vec<String>) {
    let ours = environment
        .iter()
        .filter(|(name, _)| name.starts_with(known::PREFIX));
    for (name, text) in ours.filter(|(name, _)| !known::COMMAND_LINE.contains(&name.as_str())) {
        match known::ALL.into_iter().find(|key| key.variable() == *name) {
            Some(key) => {
                let given = Given {
                    value: Value::String(text.clone()),
                    source: format!("環境変数 {name}"),
                    from_environment: true,
                };
                values.insert(key, given);
            }
            None => {
                let hint = hint(known::nearest(
                    name,
                    known::ALL.into_iter().map(Key::variable),
                ));
                wrong.push(format!("環境変数 {name} という設定はありません。{hint}"));
            }
        }
    }
}

/// A file with a password in it must be its owner's alone.
fn readable_secret(path: &Path, values: &Values) -> Option<String> {
    let text = |key: Key| values.get(&key).and_then(|given| given.value.as_str());
    let has_secret =
        text(known::MAIL_PASSWORD).is_some() || text(known::POSTGRES).is_some_and(password_in);
    let mode = fs::metadata(path).ok()?.permissions().mode() & 0o7777;
    (has_secret && mode & 0o007 != 0).then(|| {
        format!(
            "{path} にはパスワードが書かれていますが、誰でも読めます（権限 {mode:04o}）。\
             `chmod 640 {path}` などで読める人を限ってください。",
            path = path.display()
        )
    })
}

fn password_in(url: &str) -> bool {
    let authority = url
        .split_once("://")
        .map_or("", |(_, rest)| rest.split('/').next().unwrap_or(""));
    authority
        .rsplit_once('@')
        .is_some_and(|(account, _)| account.contains(':'))
        || url.contains("password=")
}
