//! What can go wrong with keys and seals. No error carries content or key material.

use std::path::PathBuf;

use thiserror::Error;

/// Why a sealed value or a key was refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum SealError {
    /// A town's key does not open under this master key, network and version.
    #[error("the town's key does not open with this master key")]
    WrongKey,
    /// The value was changed, or stands in another place than the one it was sealed for.
    #[error("a sealed value was changed or moved from its place")]
    Tampered,
    /// The value names a data key version that is not among the live ones.
    #[error("a sealed value names data key version {0}, which is not live")]
    UnknownKeyVersion(u32),
    /// Not a sealed value, a wrapped key or a key text at all.
    #[error("not in the format of a sealed value or key")]
    Malformed,
    /// A network without a single live data key.
    #[error("the network has no data key")]
    NoKey,
    /// The same data key version was given twice.
    #[error("data key version {0} was given twice")]
    DoubleVersion(u32),
}

/// Why a master key could not be read from, or written to, its file. Each sentence says how to
/// mend it.
#[derive(Debug, Error)]
pub enum KeyFileError {
    /// Readable or writable by others than its owner, or executable.
    #[error(
        "the master key file {path} has mode {mode:04o}, so others may use it; \
         run `chmod 600 {path}`, and think about who could have read it", path = path.display()
    )]
    OpenToOthers {
        /// The file.
        path: PathBuf,
        /// Its permission bits.
        mode: u32,
    },
    /// A folder, a pipe or a device.
    #[error("the master key must be an ordinary file, which {} is not", .0.display())]
    NotAFile(PathBuf),
    /// A key stands there already and is never written over.
    #[error(
        "{} exists already and is not written over: without that key everything sealed under it \
         is lost", .0.display()
    )]
    Exists(PathBuf),
    /// The content is no master key text.
    #[error("{} holds no master key (one line that begins with `mimamori-master-1.`)", .0.display())]
    Malformed(PathBuf),
    /// The file could not be read or written.
    #[error("the master key file {path} can't be used: {kind}", path = path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// What the operating system said.
        kind: std::io::ErrorKind,
    },
}
