//! Backups as age files: `age -d` opens them without this program.
//!
//! The age library draws its own file key and nonce from the operating system; a caller's
//! [`Chance`](crate::Chance) is not asked.

use std::io::{self, BufReader, Read, Write};

use age::{DecryptError, Decryptor, Encryptor};
use secrecy::SecretString;
use thiserror::Error;

/// scrypt with N = 2^18, as the age tool does: a quarter of a gigabyte and about a second.
const WORK: u8 = if cfg!(test) { 10 } else { 18 };

/// To whom a backup is sealed.
pub enum Lock {
    /// To whoever knows the passphrase.
    Passphrase(SecretString),
    /// To the holder of an age key, by its public half (`age1…`). Such a backup can be written by
    /// a machine that can't read it.
    Recipient(String),
}

/// What opens a backup.
pub enum Unlock {
    /// The passphrase.
    Passphrase(SecretString),
    /// The secret half of an age key (`AGE-SECRET-KEY-1…`).
    Identity(SecretString),
}

/// Why a backup was not written or read.
#[derive(Debug, Error)]
pub enum BackupError {
    /// The passphrase or key is not the one it was sealed to.
    #[error("the passphrase or key does not open this backup")]
    WrongKey,
    /// Changed or cut off. What was written so far must not be used.
    #[error("the backup was changed or cut off")]
    Tampered,
    /// No age file.
    #[error("this is not an age file")]
    NotABackup,
    /// The age key that was given is none.
    #[error("this is not an age key")]
    NotAKey,
    /// Opening it would need more work than this machine may be asked for.
    #[error("the passphrase was stretched further than this machine can follow")]
    TooMuchWork,
    /// Reading or writing failed.
    #[error("reading or writing the backup failed: {}", .0.kind())]
    Io(io::Error),
}

/// Seals all of `from` into `to` and says how many bytes were sealed. Nothing is held in memory
/// but a piece of 64 KiB.
///
/// # Errors
/// [`BackupError::NotAKey`] for a recipient that is none; [`BackupError::Io`].
pub fn encrypt(mut from: impl Read, to: impl Write, lock: &Lock) -> Result<u64, BackupError> {
    let mut sealed = encryptor(lock)?.wrap_output(to).map_err(BackupError::Io)?;
    let count = io::copy(&mut from, &mut sealed).map_err(BackupError::Io)?;
    let mut to = sealed.finish().map_err(BackupError::Io)?;
    to.flush().map_err(BackupError::Io)?;
    Ok(count)
}

fn encryptor(lock: &Lock) -> Result<Encryptor, BackupError> {
    let recipient: Box<dyn age::Recipient> = match lock {
        Lock::Passphrase(passphrase) => {
            let mut recipient = age::scrypt::Recipient::new(passphrase.clone());
            recipient.set_work_factor(WORK);
            Box::new(recipient)
        }
        Lock::Recipient(text) => {
            let key: Result<age::x25519::Recipient, _> = text.trim().parse();
            Box::new(key.map_err(|_| BackupError::NotAKey)?)
        }
    };
    Encryptor::with_recipients(std::iter::once(&*recipient)).map_err(|_| BackupError::NotAKey)
}

/// Opens all of `from` into `to` and says how many bytes were written. Only when it returns well
/// is the whole backup genuine: write to a new file and move it into place afterwards.
///
/// # Errors
/// [`BackupError::WrongKey`], [`BackupError::Tampered`], [`BackupError::NotABackup`],
/// [`BackupError::NotAKey`], [`BackupError::TooMuchWork`], [`BackupError::Io`].
pub fn decrypt(from: impl Read, mut to: impl Write, unlock: &Unlock) -> Result<u64, BackupError> {
    let identity = identity(unlock)?;
    let sealed = Decryptor::new_buffered(BufReader::new(from)).map_err(refusal)?;
    let mut plain = sealed
        .decrypt(std::iter::once(&*identity))
        .map_err(refusal)?;
    let count = io::copy(&mut plain, &mut to).map_err(broken_off)?;
    to.flush().map_err(BackupError::Io)?;
    Ok(count)
}

fn identity(unlock: &Unlock) -> Result<Box<dyn age::Identity>, BackupError> {
    use secrecy::ExposeSecret as _;
    Ok(match unlock {
        Unlock::Passphrase(passphrase) => Box::new(age::scrypt::Identity::new(passphrase.clone())),
        Unlock::Identity(text) => {
            let key: Result<age::x25519::Identity, _> = text.expose_secret().trim().parse();
            Box::new(key.map_err(|_| BackupError::NotAKey)?)
        }
    })
}

fn refusal(error: DecryptError) -> BackupError {
    match error {
        DecryptError::DecryptionFailed
        | DecryptError::KeyDecryptionFailed
        | DecryptError::NoMatchingKeys => BackupError::WrongKey,
        DecryptError::InvalidMac => BackupError::Tampered,
        DecryptError::ExcessiveWork { .. } => BackupError::TooMuchWork,
        DecryptError::Io(error) => broken_off(error),
        _ => BackupError::NotABackup,
    }
}

/// age reports a changed or missing piece as invalid data or an early end.
fn broken_off(error: io::Error) -> BackupError {
    match error.kind() {
        io::ErrorKind::InvalidData | io::ErrorKind::UnexpectedEof => BackupError::Tampered,
        _ => BackupError::Io(error),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used)]

    use proptest::prelude::*;
    use secrecy::ExposeSecret as _;

    use super::*;

    fn word(text: &str) -> SecretString {
        text.to_owned().into()
    }

    fn sealed(plain: &[u8]) -> Vec<u8> {
        let mut out = Vec::new();
        let count = encrypt(plain, &mut out, &Lock::Passphrase(word("鍵の言葉"))).unwrap();
        assert_eq!(count, plain.len() as u64);
        out
    }

    fn opened(sealed: &[u8], unlock: &Unlock) -> Result<Vec<u8>, BackupError> {
        let mut out = Vec::new();
        decrypt(sealed, &mut out, unlock).map(|_| out)
    }

    fn by_word(sealed: &[u8]) -> Result<Vec<u8>, BackupError> {
        opened(sealed, &Unlock::Passphrase(word("鍵の言葉")))
    }

    /// More than two of age's pieces of 64 KiB.
    fn town() -> Vec<u8> {
        (0..200_000_u32).map(|i| i.to_le_bytes()[0]).collect()
    }

    #[test]
    fn a_backup_opens_with_its_passphrase_and_no_other() {
        let sealed = sealed(&town());
        assert!(sealed.starts_with(b"age-encryption.org/v1\n-> scrypt "));
        assert_eq!(by_word(&sealed).unwrap(), town());
        let other = opened(&sealed, &Unlock::Passphrase(word("別の言葉")));
        assert!(matches!(other, Err(BackupError::WrongKey)));
    }

    #[test]
    fn a_changed_or_cut_backup_is_refused() {
        let sealed = sealed(&town());
        let mut changed = sealed.clone();
        changed[100_000] ^= 1;
        assert!(matches!(by_word(&changed), Err(BackupError::Tampered)));
        for length in [sealed.len() - 1, 150_000, 65_536] {
            let cut = by_word(&sealed[..length]);
            assert!(matches!(cut, Err(BackupError::Tampered)), "{length} bytes");
        }
        assert!(matches!(
            by_word(b"SQLite format 3\0"),
            Err(BackupError::NotABackup)
        ));
    }

    #[test]
    fn a_backup_to_a_public_key_opens_with_its_secret_half() {
        let key = age::x25519::Identity::generate();
        let lock = Lock::Recipient(key.to_public().to_string());
        let mut sealed = Vec::new();
        encrypt(town().as_slice(), &mut sealed, &lock).unwrap();
        let unlock = Unlock::Identity(word(key.to_string().expose_secret()));
        assert_eq!(opened(&sealed, &unlock).unwrap(), town());
        let other = age::x25519::Identity::generate().to_string();
        assert!(matches!(
            opened(&sealed, &Unlock::Identity(other)),
            Err(BackupError::WrongKey)
        ));
    }

    #[test]
    fn a_key_that_is_none_is_refused() {
        let lock = Lock::Recipient("age1nonsense".to_owned());
        assert!(matches!(
            encrypt(&b""[..], io::sink(), &lock),
            Err(BackupError::NotAKey)
        ));
        let unlock = Unlock::Identity(word("AGE-SECRET-KEY-1NONSENSE"));
        assert!(matches!(opened(b"", &unlock), Err(BackupError::NotAKey)));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(16))]
        #[test]
        fn any_bytes_come_back(plain: Vec<u8>) {
            prop_assert_eq!(by_word(&sealed(&plain)).unwrap(), plain);
        }
    }
}
