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
