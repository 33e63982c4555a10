//! The master key: one per installation, never in the database.

use std::fmt;
use std::path::Path;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use zeroize::{Zeroize as _, Zeroizing};

use crate::mac::{MacKey, derive, framed};
use crate::town::DataKey;
use crate::{AuditChain, Chance, KeyFileError, SealError, TownKeys, aead, chance, key_file};

/// Stands before the key in its text form, so that a wrong file is seen at once.
const HEAD: &str = "mimamori-master-1.";
const WRAPPED_FORMAT: u8 = 1;

/// The key under which every town's data keys are wrapped and from which audit and application
/// keys are derived. Lost, everything sealed under it is lost; stolen together with the database,
/// everything can be read. So it is kept apart from the database and from its backups.
pub struct MasterKey(Zeroizing<[u8; 32]>);

impl MasterKey {
    /// A new key.
    pub fn generate(chance: &mut dyn Chance) -> Self {
        let mut key = Zeroizing::new([0; 32]);
        chance.fill(key.as_mut_slice());
        Self(key)
    }

    /// Reads a key from its text form: one line, as [`MasterKey::write_new`] writes it. White
    /// space around it does not matter.
    ///
    /// # Errors
    /// [`SealError::Malformed`] for any other text.
    pub fn from_text(text: &str) -> Result<Self, SealError> {
        let coded = text.trim().strip_prefix(HEAD).ok_or(SealError::Malformed)?;
        let mut key = Zeroizing::new([0; 32]);
        // The decoder wants room for a whole last group, so it works on 33 bytes.
        let mut room = Zeroizing::new([0; 33]);
        let read = URL_SAFE_NO_PAD.decode_slice(coded, room.as_mut_slice());
        if read != Ok(key.len()) {
            return Err(SealError::Malformed);
        }
        key.copy_from_slice(&room[..32]);
        Ok(Self(key))
    }

    /// Reads the key from a file that nobody but its owner may use (mode 0600 or stricter).
    ///
    /// # Errors
    /// A sentence for the operator that says how to mend it.
    pub fn from_file(path: &Path) -> Result<Self, KeyFileError> {
        let text = key_file::read(path)?;
        Self::from_text(&text).map_err(|_| KeyFileError::Malformed(path.to_owned()))
    }

    /// Writes the key into a new file of mode 0600.
    ///
    /// # Errors
    /// [`KeyFileError::Exists`] rather than writing over anything.
    pub fn write_new(&self, path: &Path) -> Result<(), KeyFileError> {
        let mut text = Zeroizing::new(String::with_capacity(64));
        text.push_str(HEAD);
        URL_SAFE_NO_PAD.encode_string(self.0.as_slice(), &mut text);
        text.push('\n');
        key_file::write_new(path, &text)
    }

    /// Draws a new data key for a network and wraps it. `version` is one more than the network's
    /// highest so far. The wrapped key may stand in the database.
    pub fn new_town_key(&self, network: i64, version: u32, chance: &mut dyn Chance) -> Vec<u8> {
        let mut key: [u8; 32] = chance::bytes(chance);
        let mut wrapped = vec![WRAPPED_FORMAT];
        let bound = town_key_place(network, version);
        aead::seal_onto(&mut wrapped, &self.wrapping(), &bound, &key, chance);
        key.zeroize();
        wrapped
    }

    /// Opens a network's live data keys, in any order; the one with the highest version becomes
    /// the current one.
    ///
    /// # Errors
    /// [`SealError::WrongKey`] under another master key, network or version;
    /// [`SealError::NoKey`] and [`SealError::DoubleVersion`] for a list that can't be right.
    pub fn open_town(
        &self,
        network: i64,
        wrapped: &[(u32, Vec<u8>)],
    ) -> Result<TownKeys, SealError> {
        let opened: Result<Vec<DataKey>, SealError> = wrapped
            .iter()
            .map(|(version, wrapped)| self.open_data_key(network, *version, wrapped))
            .collect();
        let lasting = MacKey::new(&derive(&self.0, &[b"lasting", &network.to_be_bytes()]));
        TownKeys::new(network, opened?, self.audit_chain(network), lasting)
    }

    fn open_data_key(
        &self,
        network: i64,
        version: u32,
        wrapped: &[u8],
    ) -> Result<DataKey, SealError> {
        let Some((&WRAPPED_FORMAT, sealed)) = wrapped.split_first() else {
            return Err(SealError::Malformed);
        };
        let bound = town_key_place(network, version);
        let plain = aead::open(&self.wrapping(), &bound, sealed).ok_or(SealError::WrongKey)?;
        let key: &[u8; 32] = plain
            .as_slice()
            .try_into()
            .map_err(|_| SealError::Malformed)?;
        Ok(DataKey::new(network, version, key))
    }

    /// The audit key of a network. It does not depend on any data key.
    pub fn audit_chain(&self, network: i64) -> AuditChain {
        AuditChain::new(&derive(&self.0, &[b"audit", &network.to_be_bytes()]))
    }

    /// A key for keyed hashes of one use of the application, such as "csrf" or "caller address".
    pub fn app_key(&self, purpose: &'static str) -> MacKey {
        MacKey::new(&derive(&self.0, &[b"application", purpose.as_bytes()]))
    }

    fn wrapping(&self) -> chacha20poly1305::XChaCha20Poly1305 {
        aead::cipher(&derive(&self.0, &[b"wrap town keys"]))
    }
}

/// What a wrapped town key is bound to.
fn town_key_place(network: i64, version: u32) -> Vec<u8> {
    framed(&[
        b"town key",
        &[WRAPPED_FORMAT],
        &network.to_be_bytes(),
        &version.to_be_bytes(),
    ])
}

impl fmt::Debug for MasterKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("MasterKey(sealed)")
    }
}
