//! Why a verb did not end well, and the exit code that says so to a script.

use std::fmt;

use crate::config::Wrong;
use crate::config::words::of_system;
use crate::erasure::Unerased;
use crate::networks::VaultError;

/// Why a verb did not end well.
#[derive(Debug)]
pub(super) enum Failure {
    /// Refused or failed: 1.
    Refused(String),
    /// The command line or the settings are wrong: 2.
    Settings(Wrong),
    /// What was checked does not hold: 3.
    Unverified(String),
}

impl Failure {
    /// The exit code.
    pub fn code(&self) -> u8 {
        match self {
            Failure::Refused(_) => 1,
            Failure::Settings(_) => 2,
            Failure::Unverified(_) => 3,
        }
    }

    /// Refused, in these words.
    pub fn refused(words: impl Into<String>) -> Failure {
        Failure::Refused(words.into())
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Failure::Refused(words) | Failure::Unverified(words) => f.write_str(words),
            Failure::Settings(wrong) => {
                write!(f, "設定に{}件の誤りがあります。", wrong.0.len())?;
                wrong
                    .0
                    .iter()
                    .try_for_each(|words| write!(f, "\n・{words}"))
            }
        }
    }
}

impl From<Unerased> for Failure {
    fn from(error: Unerased) -> Failure {
        match error {
            Unerased::List(_) => Failure::Unverified(
                "マスター鍵の隣にある消去の一覧（erasures-….list）が書き換えられているか、別のマスター鍵のものです。バックアップにある正しい一覧と取りかえてください。".to_owned(),
            ),
            Unerased::File(error) => Failure::refused(format!(
                "マスター鍵の隣の消去の一覧を読み書きできません（{}）。",
                of_system(error.kind())
            )),
            Unerased::Vault(error) => error.into(),
            Unerased::Db(error) => error.into(),
            other => Failure::refused(format!("消去をやり直せませんでした（{other}）。")),
        }
    }
}

impl From<Wrong> for Failure {
    fn from(wrong: Wrong) -> Failure {
        Failure::Settings(wrong)
    }
}

impl From<db::Error> for Failure {
    fn from(error: db::Error) -> Failure {
        let words = match error {
            db::Error::Down(why) => format!(
                "データベースにつながりません（{why}）。設定 database と、データベースが動いているかを確かめてください。"
            ),
            db::Error::Migration(why) => format!("データベースの形を更新できません（{why}）。"),
            other => format!("データベースが処理できませんでした（{other}）。"),
        };
        Failure::Refused(words)
    }
}

impl From<VaultError> for Failure {
    fn from(error: VaultError) -> Failure {
        match error {
            VaultError::NoTown => {
                Failure::refused("その町はありません。`mimamori town list` で確かめてください。")
            }
            VaultError::Seal(_) => Failure::refused(
                "マスター鍵がこのデータベースのものではありません。設定 key.file を確かめてください。",
            ),
            VaultError::Db(error) => Failure::from(error),
        }
    }
}
