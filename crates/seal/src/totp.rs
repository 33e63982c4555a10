//! The second factor: six digits that change every 30 seconds (RFC 6238, SHA-1, as every
//! authenticator app reads it).

use std::fmt;

use subtle::ConstantTimeEq as _;
use totp_rs::{Builder, Totp};
use zeroize::Zeroizing;

use crate::{Chance, SealError};

const PERIOD: u64 = 30;
const LENGTH: usize = 20;

/// The secret shared with a person's authenticator: 160 bits, the length RFC 4226 recommends.
/// It is stored sealed.
pub struct TotpSecret(Zeroizing<[u8; LENGTH]>);

impl TotpSecret {
    /// A new secret.
    pub fn new(chance: &mut dyn Chance) -> Self {
        let mut secret = Zeroizing::new([0; LENGTH]);
        chance.fill(secret.as_mut_slice());
        Self(secret)
    }

    /// A secret as it was stored.
    ///
    /// # Errors
    /// [`SealError::Malformed`] unless it has 20 bytes.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, SealError> {
        let secret = bytes.try_into().map_err(|_| SealError::Malformed)?;
        Ok(Self(Zeroizing::new(secret)))
    }

    /// What is to be sealed and stored.
    pub fn as_bytes(&self) -> &[u8] {
        self.0.as_slice()
    }

    /// The secret for typing it in by hand: 32 letters.
    pub fn to_base32(&self) -> Zeroizing<String> {
        Zeroizing::new(totp_rs::Secret::new_stack(*self.0).to_base32())
    }

    /// The `otpauth://` address that an authenticator reads from a QR code. A colon would end
    /// the issuer's or the account's name, so it becomes a full-width one.
    ///
    /// # Errors
    /// [`SealError::Malformed`] when the account's name is empty.
    pub fn uri(&self, issuer: &str, account: &str) -> Result<Zeroizing<String>, SealError> {
        let totp = self
            .builder()
            .with_issuer(Some(issuer.replace(':', "：")))
            .with_account_name(account.replace(':', "："))
            .build()
            .map_err(|_| SealError::Malformed)?;
        totp.to_url()
            .map(Zeroizing::new)
            .map_err(|_| SealError::Malformed)
    }

    /// Finds the step (30-second count) that `code` belongs to: the one at `unix_time` or a
    /// neighbour, and later than `last_step`, so that a code read over someone's shoulder does
    /// not work again. Store the step that is returned as the next `last_step`.
    pub fn verify(&self, code: &str, unix_time: i64, last_step: Option<i64>) -> Option<i64> {
        let now = unix_time.div_euclid(PERIOD as i64);
        let totp = self.builder().build_noncompliant();
        (now - 1..=now + 1)
            .filter(|step| last_step.is_none_or(|last| *step > last))
            .find(|step| is_code_of(&totp, *step, code))
    }

    fn builder(&self) -> Builder {
        let secret = totp_rs::Secret::new_stack(*self.0);
        Builder::new()
            .with_secret(secret)
            .with_step_duration(PERIOD)
    }
}

fn is_code_of(totp: &Totp, step: i64, code: &str) -> bool {
    let Ok(step) = u64::try_from(step) else {
        return false;
    };
    let expected = Zeroizing::new(totp.generate(step * PERIOD).to_string());
    expected.as_bytes().ct_eq(code.as_bytes()).into()
}

impl fmt::Debug for TotpSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("TotpSecret(sealed)")
    }
}
