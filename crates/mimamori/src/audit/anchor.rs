//! The newest seal, kept outside of the database, beside the master key.
//!
//! Whoever can write to the database could cut off the newest lines together
//! with their seals, or put yesterday's copy in place of today's. The anchor
//! tells that something is missing.
//!
//! Each machine keeps its own: the newest seal that a server on it made. Servers
//! elsewhere seal, too, so the database may be ahead of it. What must not be is
//! a database without the seal that the anchor knows ([`super::holds`]); then
//! the anchor stays as it is, as the witness.

use std::fs::{self, File};
use std::io::Write;
use std::path::Path;

/// Number and digest of the newest seal of one town.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Anchor {
    /// Number of the seal.
    pub number: i64,
    /// Its digest.
    pub digest: [u8; 32],
}

/// Why an anchor could not be read or kept.
#[derive(Debug, thiserror::Error)]
pub enum AnchorError {
    /// The file can't be read or written.
    #[error("the anchor file: {0}")]
    File(#[from] std::io::Error),
    /// The file is not an anchor.
    #[error("the anchor file is damaged; it holds a number and 64 hex digits")]
    Damaged,
}

impl Anchor {
    /// The anchor kept at this path, where there is one.
    pub fn read(path: &Path) -> Result<Option<Anchor>, AnchorError> {
        match fs::read_to_string(path) {
            Ok(text) => Anchor::from_text(&text)
                .map(Some)
                .ok_or(AnchorError::Damaged),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    /// Keeps the anchor in place of the one that was known, unless another server on this machine
    /// has kept one meanwhile: that one was not compared with the database, and stays for now.
    pub fn keep(&self, known: Option<&Anchor>, path: &Path) -> Result<(), AnchorError> {
        let folder = match path.parent() {
            Some(folder) if folder != Path::new("") => folder,
            _ => Path::new("."),
        };
        // Held until this returns; the kernel gives it back when a program is killed.
        let alone = File::open(folder)?;
        alone.lock()?;
        if Anchor::read(path)?.as_ref() != known {
            return Ok(());
        }
        self.put(path)
    }

    /// Written beside, made durable, then put in place.
    fn put(&self, path: &Path) -> Result<(), AnchorError> {
        let beside = path.with_extension("new");
        let mut file = File::create(&beside)?;
        file.write_all(self.to_text().as_bytes())?;
        file.sync_all()?;
        Ok(fs::rename(&beside, path)?)
    }

    fn to_text(&self) -> String {
        let digest: String = self
            .digest
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect();
        format!("{} {digest}\n", self.number)
    }

    fn from_text(text: &str) -> Option<Anchor> {
        let (number, hex) = text.trim().split_once(' ')?;
        if hex.len() != 64 || !hex.is_ascii() {
            return None;
        }
        let mut digest = [0; 32];
        for (at, byte) in digest.iter_mut().enumerate() {
            *byte = u8::from_str_radix(hex.get(at * 2..at * 2 + 2)?, 16).ok()?;
        }
        Some(Anchor {
            number: number.parse().ok()?,
            digest,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_anchor_comes_back_and_damage_is_told() {
        let anchor = Anchor {
            number: 12,
            digest: [0xab; 32],
        };
        assert_eq!(Anchor::from_text(&anchor.to_text()), Some(anchor));
        assert_eq!(Anchor::from_text("12 abcd"), None);
    }
}
