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

/// A key for keyed hashes of one use. What SHA-256 makes of the key is kept, so that a hash does
/// not work through the key again.
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

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 5869, appendix A.3 (no salt, as here), and HMAC of RFC 4231, case 1.
    #[test]
    fn the_published_vectors_hold() {
        let mut derived = [0; 42];
        let named = Hkdf::<Sha256>::new(None, &[0x0b; 22]).expand(&[], &mut derived);
        assert!(named.is_ok());
        assert_eq!(
            hex(&derived),
            concat!(
                "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d",
                "9d201395faa4b61a96c8"
            )
        );
        let mac = Hmac::<Sha256>::new_from_slice(&[0x0b; 20])
            .map(|state| state.chain_update(b"Hi There").finalize().into_bytes());
        assert_eq!(
            mac.map(|mac| hex(&mac)).ok().as_deref(),
            Some("b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7")
        );
    }

    /// Our own derivation is HKDF's first 32 bytes over the framed parts, without salt.
    #[test]
    fn a_derived_key_is_hkdf_over_the_framed_parts() {
        let secret = [7; 32];
        let extracted = MacKey::new(&[0; 32])
            .0
            .chain_update(secret)
            .finalize()
            .into_bytes();
        let expanded = MacKey::new(&extracted.into()).0.chain_update([
            0, 0, 0, 0, 0, 0, 0, 1, b'a', 0, 0, 0, 0, 0, 0, 0, 2, b'b', b'c', 1,
        ]);
        let expected: [u8; 32] = expanded.finalize().into_bytes().into();
        assert_eq!(*derive(&secret, &[b"a", b"bc"]), expected);
        assert_ne!(*derive(&secret, &[b"ab", b"c"]), expected);
    }

    fn hex(bytes: &[u8]) -> String {
        bytes.iter().map(|b| format!("{b:02x}")).collect()
    }
}
