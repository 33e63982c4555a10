//! The data keys of one network: sealing fields to their place, and tokens to search by.
//!
//! A sealed field is `format (1) | key version (4) | nonce (24) | ciphertext | tag (16)`, that is
//! 45 bytes more than its plain text.

use std::fmt;
use std::sync::Arc;

use chacha20poly1305::XChaCha20Poly1305;
use zeroize::Zeroizing;

use crate::mac::{MacKey, derive};
use crate::{AuditChain, Chance, SealError, aead};

const FORMAT: u8 = 1;
const HEAD: usize = 5;

/// Where a sealed value stands. A value moved to any other place does not open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// The table's name.
    pub table: &'static str,
    /// The column's name, or the name of a group of fields sealed together.
    pub column: &'static str,
    /// The row's id within its network.
    pub row: i64,
    /// The row's version, so that an older value can't be put back under a newer row.
    pub version: i64,
}

/// What a token is made of, such as a folded reading or the digits of a phone. Tokens of two
/// kinds never match.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct TokenKind(&'static str);

impl TokenKind {
    /// A kind by its name. The name is part of every token: changing it orphans stored tokens.
    pub const fn new(name: &'static str) -> Self {
        Self(name)
    }
}

/// All live data keys of one network. Cloning is cheap; the last clone wipes the keys.
#[derive(Clone)]
pub struct TownKeys(Arc<Held>);

struct Held {
    network: i64,
    /// By version; never empty.
    older: Vec<DataKey>,
    current: DataKey,
    audit: AuditChain,
    lasting: MacKey,
}

/// One data key, split into a sealing and a search key.
pub(crate) struct DataKey {
    version: u32,
    cipher: XChaCha20Poly1305,
    search: MacKey,
}

impl DataKey {
    pub(crate) fn new(network: i64, version: u32, key: &[u8; 32]) -> Self {
        let (network, number) = (network.to_be_bytes(), version.to_be_bytes());
        Self {
            version,
            cipher: aead::cipher(&derive(key, &[b"seal fields", &network, &number])),
            search: MacKey::new(&derive(key, &[b"search tokens", &network, &number])),
        }
    }

    /// The first 63 bits of the keyed hash: never negative, and no two of 10 million texts are
    /// likely to share one.
    fn token(&self, kind: TokenKind, text: &str) -> i64 {
        let mac = self.search.mac(&[kind.0.as_bytes(), text.as_bytes()]);
        let [a, b, c, d, e, f, g, h, ..] = mac;
        i64::from_be_bytes([a, b, c, d, e, f, g, h]) & i64::MAX
    }
}

impl TownKeys {
    pub(crate) fn new(
        network: i64,
        mut keys: Vec<DataKey>,
        audit: AuditChain,
        lasting: MacKey,
    ) -> Result<Self, SealError> {
        keys.sort_by_key(|key| key.version);
        if let Some(pair) = keys
            .windows(2)
            .find(|pair| pair[0].version == pair[1].version)
        {
            return Err(SealError::DoubleVersion(pair[0].version));
        }
        let current = keys.pop().ok_or(SealError::NoKey)?;
        Ok(Self(Arc::new(Held {
            network,
            older: keys,
            current,
            audit,
            lasting,
        })))
    }

    /// Seals `plain` for `place` under the current data key.
    pub fn seal(&self, place: &Place, plain: &[u8], chance: &mut dyn Chance) -> Vec<u8> {
        let key = &self.0.current;
        let mut sealed = Vec::with_capacity(HEAD + aead::EXTRA + plain.len());
        sealed.push(FORMAT);
        sealed.extend_from_slice(&key.version.to_be_bytes());
        let bound = self.bound(place, key.version);
        aead::seal_onto(&mut sealed, &key.cipher, &bound, plain, chance);
        sealed
    }

    /// Opens what was sealed for `place`, under whichever live key. The opened text is wiped when
    /// it is dropped.
    ///
    /// # Errors
    /// [`SealError::Tampered`] when a byte differs or the value comes from another place;
    /// [`SealError::UnknownKeyVersion`]; [`SealError::Malformed`].
    pub fn open(&self, place: &Place, sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>, SealError> {
        let (version, text) = split(sealed)?;
        let key = self.key(version)?;
        aead::open(&key.cipher, &self.bound(place, version), text).ok_or(SealError::Tampered)
    }

    /// The version of the data key that a value says it is sealed with, live or not.
    ///
    /// # Errors
    /// [`SealError::Malformed`] when it is no sealed value.
    pub fn sealed_with(sealed: &[u8]) -> Result<u32, SealError> {
        split(sealed).map(|(version, _)| version)
    }

    /// The bytes with which every value begins that is sealed under the current data key.
    pub fn head(&self) -> [u8; 5] {
        let [a, b, c, d] = self.current().to_be_bytes();
        [FORMAT, a, b, c, d]
    }

    /// The token of `text` under the current data key: what is stored. 63 bits, never negative.
    pub fn token(&self, kind: TokenKind, text: &str) -> i64 {
        self.0.current.token(kind, text)
    }

    /// The tokens of `text` under every live data key, the current one first: what is searched.
    pub fn tokens(&self, kind: TokenKind, text: &str) -> Vec<i64> {
        self.newest_first()
            .map(|key| key.token(kind, text))
            .collect()
    }

    /// The network these keys belong to.
    pub fn network(&self) -> i64 {
        self.0.network
    }

    /// The version of the current data key.
    pub fn current(&self) -> u32 {
        self.0.current.version
    }

    /// The versions of all live data keys, the current one last.
    pub fn live(&self) -> Vec<u32> {
        let older = self.0.older.iter().map(|key| key.version);
        older.chain([self.current()]).collect()
    }

    /// The network's audit key.
    pub fn audit(&self) -> &AuditChain {
        &self.0.audit
    }

    /// The key for what has to be known again after every data key of today is gone: whose record
    /// was erased. It hangs on the master key, as the audit key does.
    pub fn lasting(&self) -> &MacKey {
        &self.0.lasting
    }

    fn newest_first(&self) -> impl Iterator<Item = &DataKey> {
        [&self.0.current]
            .into_iter()
            .chain(self.0.older.iter().rev())
    }

    fn key(&self, version: u32) -> Result<&DataKey, SealError> {
        self.newest_first()
            .find(|key| key.version == version)
            .ok_or(SealError::UnknownKeyVersion(version))
    }

    /// Everything a sealed value is bound to. Fields of fixed length first, then the names with
    /// their lengths, so that no two places read the same.
    fn bound(&self, place: &Place, version: u32) -> Vec<u8> {
        let mut bound = Vec::with_capacity(128);
        bound.push(FORMAT);
        bound.extend_from_slice(&version.to_be_bytes());
        for number in [self.0.network, place.row, place.version] {
            bound.extend_from_slice(&number.to_be_bytes());
        }
        for name in [place.table, place.column] {
            bound.extend_from_slice(&(name.len() as u64).to_be_bytes());
            bound.extend_from_slice(name.as_bytes());
        }
        bound
    }
}

/// The key version and what follows the head.
fn split(sealed: &[u8]) -> Result<(u32, &[u8]), SealError> {
    let Some((&[FORMAT, a, b, c, d], text)) = sealed.split_first_chunk::<HEAD>() else {
        return Err(SealError::Malformed);
    };
    aead::long_enough(text)?;
    Ok((u32::from_be_bytes([a, b, c, d]), text))
}

impl fmt::Debug for TownKeys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "TownKeys(network {}, sealed)", self.0.network)
    }
}
