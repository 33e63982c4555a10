//! XChaCha20-Poly1305 with the nonce in front: `nonce (24) | ciphertext | tag (16)`.
//!
//! Nonces are drawn at random; with 192 bits they do not repeat in the life of a key.

use chacha20poly1305::aead::AeadInOut;
use chacha20poly1305::{KeyInit as _, Tag, XChaCha20Poly1305, XNonce};
use zeroize::Zeroizing;

use crate::{Chance, SealError, chance};

const NONCE: usize = 24;
const TAG: usize = 16;
/// How much longer a sealed text is than its plain text.
pub(crate) const EXTRA: usize = NONCE + TAG;

/// A cipher for one key; it wipes the key when dropped.
pub(crate) fn cipher(key: &[u8; 32]) -> XChaCha20Poly1305 {
    XChaCha20Poly1305::new(key.into())
}

/// Appends the sealed `plain` to `out`, bound to `bound`.
pub(crate) fn seal_onto(
    out: &mut Vec<u8>,
    cipher: &XChaCha20Poly1305,
    bound: &[u8],
    plain: &[u8],
    chance: &mut dyn Chance,
) {
    let nonce: [u8; NONCE] = chance::bytes(chance);
    out.extend_from_slice(&nonce);
    let start = out.len();
    out.extend_from_slice(plain);
    let Ok(tag) =
        cipher.encrypt_inout_detached(&XNonce::from(nonce), bound, (&mut out[start..]).into())
    else {
        unreachable!("the cipher refuses only texts of 256 GB and more")
    };
    out.extend_from_slice(&tag);
}

/// Opens what [`seal_onto`] wrote. `None`: another key, another binding, or a changed byte.
pub(crate) fn open(
    cipher: &XChaCha20Poly1305,
    bound: &[u8],
    sealed: &[u8],
) -> Option<Zeroizing<Vec<u8>>> {
    let (nonce, rest) = sealed.split_first_chunk::<NONCE>()?;
    let (text, tag) = rest.split_last_chunk::<TAG>()?;
    let mut plain = Zeroizing::new(text.to_vec());
    cipher
        .decrypt_inout_detached(
            &XNonce::from(*nonce),
            bound,
            plain.as_mut_slice().into(),
            &Tag::from(*tag),
        )
        .ok()?;
    Some(plain)
}

/// The shortest thing that can be a sealed text, checked before a key is looked for.
pub(crate) fn long_enough(sealed: &[u8]) -> Result<(), SealError> {
    if sealed.len() < EXTRA {
        return Err(SealError::Malformed);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used)]

    use super::*;

    /// Gives the bytes it was made with.
    struct Given(Vec<u8>);

    impl Chance for Given {
        fn fill(&mut self, bytes: &mut [u8]) {
            bytes.copy_from_slice(&self.0);
        }
    }

    fn hex(text: &str) -> Vec<u8> {
        let digits: Vec<u8> = text.bytes().filter(u8::is_ascii_hexdigit).collect();
        let pair = |pair: &[u8]| u8::from_str_radix(std::str::from_utf8(pair).unwrap(), 16);
        digits.chunks(2).map(|p| pair(p).unwrap()).collect()
    }

    /// draft-irtf-cfrg-xchacha-03, appendix A.3.1.
    #[test]
    fn the_published_vector_holds_both_ways() {
        let plain = b"Ladies and Gentlemen of the class of '99: If I could offer you only one \
            tip for the future, sunscreen would be it.";
        let key: [u8; 32] = hex("808182838485868788898a8b8c8d8e8f909192939495969798999a9b9c9d9e9f")
            .try_into()
            .unwrap();
        let nonce = hex("404142434445464748494a4b4c4d4e4f5051525354555657");
        let bound = hex("50515253c0c1c2c3c4c5c6c7");
        let expected = hex("
            bd6d179d3e83d43b9576579493c0e939572a1700252bfaccbed2902c21396cbb
            731c7f1b0b4aa6440bf3a82f4eda7e39ae64c6708c54c216cb96b72e1213b452
            2f8c9ba40db5d945b11b69b982c1bb9e3f3fac2bc369488f76b2383565d3fff9
            21f9664c97637da9768812f615c68b13b52e
            c0875924c1c7987947deafd8780acf49");
        let mut sealed = Vec::new();
        seal_onto(
            &mut sealed,
            &cipher(&key),
            &bound,
            plain,
            &mut Given(nonce.clone()),
        );
        assert_eq!(sealed, [nonce, expected].concat());
        assert_eq!(
            open(&cipher(&key), &bound, &sealed).unwrap().as_slice(),
            plain
        );
        assert!(open(&cipher(&key), &bound[1..], &sealed).is_none());
    }
}
