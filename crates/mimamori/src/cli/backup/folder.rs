//! A folder of backups: each is a list of pieces, and a piece that was there already is not
//! written again.
//!
//! ```text
//! mimamori-backup.txt           what this folder is
//! generations/20261124T030000Z  a backup: the names of its pieces in their order, and a keyed hash
//! pieces/ab/ab34….age           a piece, sealed to the recipient; named by a keyed hash of it
//! erasures-….list               whom to erase again after an older backup is put back
//! ```
//!
//! Names and lists are hashed under a key that hangs on the master key: they tell nobody what is
//! in a piece, and nobody without the key can put other pieces in its place.

use std::collections::HashSet;
use std::fs::{self, DirBuilder, File};
use std::io::{self, BufReader, Read, Write};
use std::os::unix::fs::DirBuilderExt;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use seal::MacKey;
use seal::backup::{self, BackupError, Lock, Unlock};

use super::cut::cut;
use super::{broken, new_file};
use crate::cli::failure::Failure;

const MARK: &str = "mimamori-backup.txt";
const MARKED: &str = "\
mimamori-backup-1
このフォルダは mimamori のバックアップです。中のファイルを消したり、名前を変えたりしないでください。
`mimamori backup` が書き足し、`mimamori restore` が元に戻します。マスター鍵は入っていません。
";
const GENERATION: &str = "mimamori-generation-1";

/// What a run has written.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Written {
    /// Pieces of the backup.
    pub pieces: usize,
    /// Bytes of the copy they make up.
    pub size: u64,
    /// Pieces that were not there yet.
    pub new: usize,
    /// Bytes of those.
    pub new_size: u64,
    /// Older backups that were dropped.
    pub dropped: usize,
}

/// A folder of backups, held by this run alone.
pub struct Folder {
    path: PathBuf,
    key: MacKey,
    _alone: File,
}

impl Folder {
    /// Whether there is a folder of backups at this path.
    pub fn is_at(path: &Path) -> bool {
        path.join(MARK).is_file()
    }

    /// Opens the folder, or makes it where there is nothing yet.
    pub fn open(path: &Path, key: MacKey) -> Result<Folder, Failure> {
        if !Folder::is_at(path) {
            make(path)?;
        }
        let mark = File::open(path.join(MARK)).map_err(|error| broken(path, &error))?;
        mark.try_lock().map_err(|_| {
            Failure::refused(format!(
                "{} には、ほかのバックアップが書き込み中です。終わってからもう一度実行してください。",
                path.display()
            ))
        })?;
        Ok(Folder {
            path: path.to_owned(),
            key,
            _alone: mark,
        })
    }

    /// A place for a file that lives only during this run; what an earlier run left there goes.
    pub fn passing(&self) -> PathBuf {
        let path = self.path.join("copy.part");
        let _ = fs::remove_file(&path);
        path
    }

    /// Writes the pieces of a copy that are not there yet, then the list of all. What an earlier,
    /// interrupted run wrote counts as there.
    pub fn write(&self, copy: impl Read, lock: &Lock, at: Timestamp) -> Result<Written, Failure> {
        let (mut written, mut list) = (Written::default(), Vec::new());
        cut(copy, |piece| -> Result<(), Unwritten> {
            let name = hex(&self.key.mac(&[b"piece", piece]));
            if self.keep(&name, piece, lock)? {
                written.new += 1;
                written.new_size += piece.len() as u64;
            }
            written.pieces += 1;
            written.size += piece.len() as u64;
            list.push(name);
            Ok(())
        })
        .map_err(Unwritten::told)?;
        self.list(&list, at)?;
        Ok(written)
    }

    /// Whether the piece is new; written beside, made durable, then put in place.
    fn keep(&self, name: &str, piece: &[u8], lock: &Lock) -> Result<bool, Unwritten> {
        let path = self.piece(name);
        if path.exists() {
            return Ok(false);
        }
        if let Some(folder) = path.parent() {
            make_folder(folder).map_err(|error| broken(folder, &error))?;
        }
        let part = path.with_extension("part");
        let _ = fs::remove_file(&part);
        let to = new_file(&part)?;
        backup::encrypt(piece, &to, lock)
            .map_err(|error| Failure::refused(format!("暗号化できませんでした（{error}）。")))?;
        let placed = to.sync_all().and_then(|()| fs::rename(&part, &path));
        placed.map_err(|error| broken(&path, &error))?;
        Ok(true)
    }

    fn list(&self, names: &[String], at: Timestamp) -> Result<(), Failure> {
        let name = at.strftime("%Y%m%dT%H%M%SZ").to_string();
        let mut text = format!("{GENERATION} {name}\n");
        for piece in names {
            text.push_str(piece);
            text.push('\n');
        }
        let mac = hex(&self.key.mac(&[b"generation", text.as_bytes()]));
        text.push_str(&format!("mac {mac}\n"));
        put(&self.path.join("generations").join(name), &text)
    }

    /// The names of the backups, the oldest first.
    pub fn generations(&self) -> Result<Vec<String>, Failure> {
        let folder = self.path.join("generations");
        let told = |error: io::Error| broken(&folder, &error);
        let mut names = Vec::new();
        for entry in fs::read_dir(&folder).map_err(told)? {
            let name = entry.map_err(told)?.file_name();
            let name = name.to_string_lossy().into_owned();
            if !name.ends_with(".part") {
                names.push(name);
            }
        }
        names.sort();
        Ok(names)
    }

    /// Drops all but the newest backups, and every piece that none of those left has.
    pub fn keep_newest(&self, most: usize) -> Result<usize, Failure> {
        let names = self.generations()?;
        let old = names.len().saturating_sub(most);
        for name in &names[..old] {
            let path = self.path.join("generations").join(name);
            fs::remove_file(&path).map_err(|error| broken(&path, &error))?;
        }
        let mut needed = HashSet::new();
        for name in &names[old..] {
            needed.extend(self.pieces_of(name)?);
        }
        self.drop_others(&needed)?;
        Ok(old)
    }

    fn drop_others(&self, needed: &HashSet<String>) -> Result<(), Failure> {
        let folder = self.path.join("pieces");
        let told = |error: io::Error| broken(&folder, &error);
        for part in fs::read_dir(&folder).map_err(told)? {
            for file in fs::read_dir(part.map_err(told)?.path()).map_err(told)? {
                let path = file.map_err(told)?.path();
                let name = path.file_stem().map(|name| name.to_string_lossy());
                if !name.is_some_and(|name| needed.contains(name.as_ref())) {
                    fs::remove_file(&path).map_err(told)?;
                }
            }
        }
        Ok(())
    }

    /// The pieces of a backup, in their order.
    fn pieces_of(&self, name: &str) -> Result<Vec<String>, Failure> {
        let path = self.path.join("generations").join(name);
        let text = fs::read_to_string(&path).map_err(|error| broken(&path, &error))?;
        let wrong = || {
            Failure::Unverified(format!(
                "バックアップ {name} の目録が書き換えられているか、別のマスター鍵のものです。"
            ))
        };
        let (body, mac) = text.trim_end().rsplit_once("mac ").ok_or_else(wrong)?;
        if hex(&self.key.mac(&[b"generation", body.as_bytes()])) != mac {
            return Err(wrong());
        }
        let mut lines = body.lines();
        if lines.next() != Some(&format!("{GENERATION} {name}")) {
            return Err(wrong());
        }
        Ok(lines.map(str::to_owned).collect())
    }

    /// Puts a backup together again. Every piece must be the one that was written.
    pub fn read(
        &self,
        name: &str,
        mut to: impl Write,
        unlock: &Unlock,
        mut tell: impl FnMut(u64),
    ) -> Result<(), Failure> {
        let mut done = 0;
        for piece in self.pieces_of(name)? {
            let plain = self.open_piece(&piece, unlock)?;
            to.write_all(&plain)
                .map_err(|error| broken(&self.path, &error))?;
            done += plain.len() as u64;
            tell(done);
        }
        Ok(())
    }

    fn open_piece(&self, name: &str, unlock: &Unlock) -> Result<Vec<u8>, Failure> {
        let path = self.piece(name);
        let file = File::open(&path).map_err(|error| match error.kind() {
            io::ErrorKind::NotFound => Failure::Unverified(format!(
                "バックアップの一部（{}）がありません。戻していません。別の日のバックアップを --generation で選んでください。",
                path.display()
            )),
            _ => broken(&path, &error),
        })?;
        let changed = || {
            Failure::Unverified(format!(
                "バックアップの一部（{}）が壊れているか、書き換えられています。戻していません。",
                path.display()
            ))
        };
        let mut plain = Vec::new();
        backup::decrypt(BufReader::new(file), &mut plain, unlock).map_err(|error| match error {
            BackupError::WrongKey => Failure::refused(
                "この鍵では、バックアップを開けません。バックアップの宛先の age の秘密鍵を指定してください。",
            ),
            BackupError::Tampered | BackupError::NotABackup => changed(),
            other => Failure::refused(format!("バックアップを開けません（{other}）。")),
        })?;
        match hex(&self.key.mac(&[b"piece", &plain])) == name {
            true => Ok(plain),
            false => Err(changed()),
        }
    }

    /// Keeps a town's list of erasures beside the backups, old ones too.
    pub fn keep_erasures(&self, town: &str, text: &str) -> Result<(), Failure> {
        put(&self.path.join(format!("erasures-{town}.list")), text)
    }

    /// The lists of erasures beside the backups.
    pub fn erasures(&self) -> Result<Vec<String>, Failure> {
        let told = |error: io::Error| broken(&self.path, &error);
        let mut texts = Vec::new();
        for entry in fs::read_dir(&self.path).map_err(told)? {
            let path = entry.map_err(told)?.path();
            if path.extension().is_some_and(|ending| ending == "list") {
                texts.push(fs::read_to_string(&path).map_err(told)?);
            }
        }
        Ok(texts)
    }

    fn piece(&self, name: &str) -> PathBuf {
        let folder = name.get(..2).unwrap_or_default();
        let file = format!("{name}.age");
        self.path.join("pieces").join(folder).join(file)
    }
}

/// Why a piece was not written; reading the copy may fail as well.
enum Unwritten {
    Refused(Failure),
    Unread(io::Error),
}

impl Unwritten {
    fn told(self) -> Failure {
        match self {
            Unwritten::Refused(failure) => failure,
            Unwritten::Unread(error) => broken(Path::new("copy.part"), &error),
        }
    }
}

impl From<Failure> for Unwritten {
    fn from(failure: Failure) -> Unwritten {
        Unwritten::Refused(failure)
    }
}

impl From<io::Error> for Unwritten {
    fn from(error: io::Error) -> Unwritten {
        Unwritten::Unread(error)
    }
}

/// A new folder; one that holds other things is left alone.
fn make(path: &Path) -> Result<(), Failure> {
    let told = |error: io::Error| broken(path, &error);
    if path.exists() && fs::read_dir(path).map_err(told)?.next().is_some() {
        return Err(Failure::refused(format!(
            "{} には別のものが入っています。バックアップには、空のフォルダか新しい名前を指定してください。",
            path.display()
        )));
    }
    for folder in [
        path.to_owned(),
        path.join("generations"),
        path.join("pieces"),
    ] {
        make_folder(&folder).map_err(told)?;
    }
    put(&path.join(MARK), MARKED)
}

fn make_folder(path: &Path) -> io::Result<()> {
    DirBuilder::new().recursive(true).mode(0o700).create(path)
}

/// Written beside, made durable, then put in place.
fn put(path: &Path, text: &str) -> Result<(), Failure> {
    let part = path.with_extension("part");
    let _ = fs::remove_file(&part);
    let mut file = new_file(&part)?;
    file.write_all(text.as_bytes())
        .and_then(|()| file.sync_all())
        .and_then(|()| fs::rename(&part, path))
        .map_err(|error| broken(path, &error))
}

fn hex(bytes: &[u8; 32]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
