//! Keyed hashes (HMAC-SHA256) and the keys derived for them (HKDF-SHA256).

use std::fmt;

use hkdf::Hkdf;
use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;
use subtle::ConstantTimeEq as _;
use zeroize::Zeroizing;

/// Derives a key for one use from `secret` (RFC 5869). `parts` name the use; each is written with
/// its length, so that no two lists of parts give the same key.
pub(crate) fn derive(secret: &[u8; 32], parts: &[&[u8]]) -> Zeroizing<[u8; 32]> {
    let mut key = Zeroizing::new([0; 32]);
    let named = framed(parts);
    if Hkdf::<Sha256>::new(None, secret)
        .expand(&named, key.as_mut_slice())
        .is_err()
    {
        unreachable!("HKDF refuses only keys above 8,160 bytes")
    }
    key
}

/// Joins parts unambiguously: each with its length (8 bytes, big-endian) in front.
pub(crate) fn framed(parts: &[&[u8]]) -> Vec<u8> {
    let mut joined = Vec::with_capacity(parts.iter().map(|part| part.len() + 8).sum());
    for part in parts {
        joined.extend_from_slice(&length(part));
        joined.extend_from_slice(part);
    }
    joined
}

fn length(part: &[u8]) -> [u8; 8] {
    (part.len() as u64).to_be_bytes()
}

/// A key for keyed hashes of one use. Its inner state is made once, so that a hash of a short
/// text costs two rounds of SHA-256.
#[derive(Clone)]
pub struct MacKey(Hmac<Sha256>);

impl MacKey {
    pub(crate) fn new(key: &[u8; 32]) -> Self {
        let Ok(state) = Hmac::new_from_slice(key) else {
            unreachable!("HMAC takes keys of any length")
        };
        Self(state)
    }

    /// The keyed hash of `parts`; each part counts with its length, so `["ab", "c"]` and
    /// `["a", "bc"]` differ.
    pub fn mac(&self, parts: &[&[u8]]) -> [u8; 32] {
        let mut state = self.0.clone();
        for part in parts {
            state.update(&length(part));
            state.update(part);
        }
        state.finalize().into_bytes().into()
    }

    /// Whether `mac` is the keyed hash of `parts`, in a time that does not depend on where they
    /// differ.
    pub fn matches(&self, parts: &[&[u8]], mac: &[u8; 32]) -> bool {
        same(&self.mac(parts), mac)
    }
}

/// Whether two hashes are equal, in constant time.
pub(crate) fn same(a: &[u8; 32], b: &[u8; 32]) -> bool {
    a.ct_eq(b).into()
}

impl fmt::Debug for MacKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("MacKey(sealed)")
    }
}
