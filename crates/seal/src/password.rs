//! Passwords, kept as argon2id hashes.
//!
//! 19 MiB, 2 passes, 1 lane: the OWASP Password Storage Cheat Sheet's second choice for argon2id,
//! with the least memory that suits a small server where several people log in at once. Each
//! call takes that memory and time to fill it (`examples/speed.rs` measures it): run it off the
//! request threads, and few at a time.

use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{Error, PasswordHasher as _, PasswordVerifier as _};
use argon2::{Algorithm, Argon2, Params, Version};
use thiserror::Error as ThisError;

use crate::{Chance, chance};

const MEMORY_KIB: u32 = 19_456;
const PASSES: u32 = 2;
const LANES: u32 = 1;
/// Nobody's hash, tried for accounts that do not exist: it costs the same to try as a real hash.
pub const NOBODY: &str = "$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

/// A password could not be hashed: there was not enough memory, or it has gigabytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ThisError)]
#[error("the password could not be hashed")]
pub struct NotHashed;

/// What trying a password found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verified {
    /// Not the password.
    Wrong,
    /// The password.
    Right,
    /// The password, but hashed with other parameters than today's: hash it anew and store it.
    RightButOld,
}

impl Verified {
    /// Whether it was the password.
    pub fn is_right(self) -> bool {
        self != Self::Wrong
    }
}

/// Hashes a password into a PHC string, with a salt of 16 bytes.
///
/// # Errors
/// [`NotHashed`] when memory is short.
pub fn hash(password: &str, chance: &mut dyn Chance) -> Result<String, NotHashed> {
    let salt: [u8; 16] = chance::bytes(chance);
    let hash = argon2()?.hash_password_with_salt(password.as_bytes(), &salt);
    hash.map(|phc| phc.to_string()).map_err(|_| NotHashed)
}

/// Tries a password against a stored PHC string. A string that is none is never right.
///
/// # Errors
/// [`NotHashed`] when memory is short, which says nothing about the password.
pub fn verify(stored: &str, password: &str) -> Result<Verified, NotHashed> {
    let Ok(phc) = PasswordHash::new(stored) else {
        return Ok(Verified::Wrong);
    };
    match argon2()?.verify_password(password.as_bytes(), &phc) {
        Ok(()) if is_current(&phc) => Ok(Verified::Right),
        Ok(()) => Ok(Verified::RightButOld),
        Err(Error::PasswordInvalid) => Ok(Verified::Wrong),
        Err(_) => Err(NotHashed),
    }
}

/// Takes as long as [`verify`] and is never right. For accounts that do not exist, so that time
/// does not tell which ones do.
///
/// # Errors
/// As [`verify`].
pub fn verify_nothing(password: &str) -> Result<Verified, NotHashed> {
    verify(NOBODY, password).map(|_| Verified::Wrong)
}

fn argon2() -> Result<Argon2<'static>, NotHashed> {
    Ok(Argon2::new(
        Algorithm::Argon2id,
        Version::V0x13,
        parameters()?,
    ))
}

fn parameters() -> Result<Params, NotHashed> {
    Params::new(MEMORY_KIB, PASSES, LANES, None).map_err(|_| NotHashed)
}

fn is_current(phc: &PasswordHash) -> bool {
    let Ok(used) = Params::try_from(phc) else {
        return false;
    };
    phc.algorithm.as_str() == "argon2id"
        && phc.version == Some(Version::V0x13.into())
        && (used.m_cost(), used.t_cost(), used.p_cost()) == (MEMORY_KIB, PASSES, LANES)
}
