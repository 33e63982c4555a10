//! What the system and the key's file answer, in the operator's words.

use std::io::ErrorKind;

use seal::KeyFileError;

/// Why a file or an address could not be used.
pub(crate) fn of_system(kind: ErrorKind) -> String {
    match kind {
        ErrorKind::NotFound => "見つかりません".to_owned(),
        ErrorKind::PermissionDenied => "権限がありません".to_owned(),
        ErrorKind::AlreadyExists => "もうあります".to_owned(),
        ErrorKind::AddrInUse => "もう使われています".to_owned(),
        ErrorKind::AddrNotAvailable => "この機械のアドレスではありません".to_owned(),
        ErrorKind::StorageFull => "ディスクに空きがありません".to_owned(),
        ErrorKind::ReadOnlyFilesystem => "書き込めないディスクです".to_owned(),
        ErrorKind::IsADirectory => "フォルダーです".to_owned(),
        ErrorKind::InvalidData => "文字として読めません".to_owned(),
        other => other.to_string(),
    }
}

/// Why the master key can't be used, and how to mend it.
pub(crate) fn of_key(why: &KeyFileError) -> String {
    match why {
        KeyFileError::OpenToOthers { path, mode } => format!(
            "マスター鍵 {path} の権限が {mode:04o} で、ほかの利用者も使えます。`chmod 600 {path}` を実行し、\
             それまでに読めた人がいなかったか確かめてください。",
            path = path.display()
        ),
        KeyFileError::NotAFile(path) => format!(
            "マスター鍵 {} はふつうのファイルではありません。",
            path.display()
        ),
        KeyFileError::Exists(path) => format!(
            "{} はもうあります。鍵を失うと登録内容を読めなくなるので、上書きはしません。",
            path.display()
        ),
        KeyFileError::Malformed(path) => format!(
            "{} の中身はマスター鍵ではありません（`mimamori-master-1.` で始まる1行です）。",
            path.display()
        ),
        KeyFileError::Io {
            path,
            kind: ErrorKind::NotFound,
        } => format!(
            "マスター鍵 {path} がありません。はじめての設置なら `mimamori keys new {path}` で作り、\
             そうでなければ控えから戻してください（権限 600）。",
            path = path.display()
        ),
        KeyFileError::Io { path, kind } => format!(
            "マスター鍵 {} を読み書きできません（{}）。サーバーを動かす利用者で実行していますか。",
            path.display(),
            of_system(*kind)
        ),
    }
}
