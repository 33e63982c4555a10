//! Unguessable texts handed out: sessions, invitations, addresses behind QR codes.

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest as _, Sha256};
use zeroize::{Zeroize as _, Zeroizing};

use crate::{Chance, chance};

const LONG: usize = 43;
const SHORT: usize = 22;

/// A random text, safe in addresses and cookies. Only its hash is stored: whoever reads the
/// database can't use what was handed out.
pub struct SecretToken(Zeroizing<String>);

impl SecretToken {
    /// 256 bits, 43 letters: sessions and invitations.
    pub fn new(chance: &mut dyn Chance) -> Self {
        Self::draw::<32>(chance)
    }

    /// 128 bits, 22 letters: addresses that have to fit a small QR code.
    pub fn new_short(chance: &mut dyn Chance) -> Self {
        Self::draw::<16>(chance)
    }

    fn draw<const N: usize>(chance: &mut dyn Chance) -> Self {
        let mut bytes: [u8; N] = chance::bytes(chance);
        let text = Zeroizing::new(URL_SAFE_NO_PAD.encode(bytes));
        bytes.zeroize();
        Self(text)
    }

    /// Takes a text that came in. `None` when it can't be a token, so no look-up is needed.
    pub fn read(text: &str) -> Option<Self> {
        let known_length = matches!(text.len(), SHORT | LONG);
        let known_letters = text
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b"-_".contains(&b));
        (known_length && known_letters).then(|| Self(Zeroizing::new(text.to_owned())))
    }

    /// The text to hand out.
    pub fn text(&self) -> &str {
        &self.0
    }

    /// What is stored and looked up. SHA-256 without salt or key is enough for a text of 128 or
    /// more random bits.
    pub fn hash(&self) -> [u8; 32] {
        Sha256::digest(self.0.as_bytes()).into()
    }
}

impl fmt::Debug for SecretToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SecretToken(sealed)")
    }
}
