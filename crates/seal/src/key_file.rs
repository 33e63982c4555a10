//! The file a master key stands in: its owner's alone, and never written over.

use std::fs::{File, Metadata, OpenOptions};
use std::io::{self, Read as _, Write as _};
use std::os::unix::fs::{OpenOptionsExt as _, PermissionsExt as _};
use std::path::Path;

use zeroize::Zeroizing;

use crate::KeyFileError;

/// A key line has 61 bytes; a file that goes on beyond this is something else.
const LONGEST: u64 = 256;
/// Every permission but the owner's reading and writing.
const TOO_MUCH: u32 = 0o177;

/// The text of the file at `path`. Permissions are those of the opened file, not of a name that
/// could be exchanged in between.
pub(crate) fn read(path: &Path) -> Result<Zeroizing<String>, KeyFileError> {
    let file = File::open(path).map_err(|e| io_error(path, &e))?;
    let about = file.metadata().map_err(|e| io_error(path, &e))?;
    check(path, &about)?;
    let mut text = Zeroizing::new(String::with_capacity(256));
    match file.take(LONGEST).read_to_string(&mut text) {
        Ok(_) => Ok(text),
        Err(e) if e.kind() == io::ErrorKind::InvalidData => {
            Err(KeyFileError::Malformed(path.to_owned()))
        }
        Err(e) => Err(io_error(path, &e)),
    }
}

fn check(path: &Path, about: &Metadata) -> Result<(), KeyFileError> {
    if !about.is_file() {
        return Err(KeyFileError::NotAFile(path.to_owned()));
    }
    let mode = about.permissions().mode() & 0o7777;
    if mode & TOO_MUCH != 0 {
        return Err(KeyFileError::OpenToOthers {
            path: path.to_owned(),
            mode,
        });
    }
    Ok(())
}

/// Writes `text` into a new file of mode 0600 and waits until the disk has it.
pub(crate) fn write_new(path: &Path, text: &str) -> Result<(), KeyFileError> {
    let mut file = OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(path)
        .map_err(|e| io_error(path, &e))?;
    file.write_all(text.as_bytes())
        .map_err(|e| io_error(path, &e))?;
    file.sync_all().map_err(|e| io_error(path, &e))
}

fn io_error(path: &Path, error: &io::Error) -> KeyFileError {
    match error.kind() {
        io::ErrorKind::AlreadyExists => KeyFileError::Exists(path.to_owned()),
        kind => KeyFileError::Io {
            path: path.to_owned(),
            kind,
        },
    }
}
