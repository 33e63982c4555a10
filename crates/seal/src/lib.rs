//! The only code that holds keys.
//!
//! - [`MasterKey`]: one per installation, kept away from the database (a file of mode 0600, or
//!   the environment). Everything else hangs on it.
//! - [`TownKeys`]: the data keys of one network. They seal personal fields to their [`Place`] in
//!   the database, and turn what is searched for into tokens ([`TokenKind`]).
//! - [`AuditChain`]: hashes of audit lines and the seals over them. It hangs on the master key, so
//!   that it outlives every data key.
//! - [`password`], [`TotpSecret`], [`recovery`], [`SecretToken`]: who may come in.
//! - [`backup`]: a stream sealed in the age format, which the standard `age` tool opens too.
//! - [`Chance`]: randomness as an argument.
//!
//! No algorithm is our own: XChaCha20-Poly1305, HKDF and HMAC with SHA-256, argon2id, TOTP
//! (RFC 6238) and age. Why fields are sealed this way: `docs/decisions/0002-*`.
//!
//! ```
//! use seal::{MasterKey, Place, TestChance, TokenKind};
//!
//! # fn main() -> Result<(), seal::SealError> {
//! const PHONE: TokenKind = TokenKind::new("people.phone");
//! let chance = &mut TestChance::new(1);
//! let master = MasterKey::generate(chance);
//! let wrapped = master.new_town_key(7, 1, chance);
//! let keys = master.open_town(7, &[(1, wrapped)])?;
//!
//! let place = Place { table: "people", column: "phone", row: 42, version: 1 };
//! let sealed = keys.seal(&place, b"090-0123-4567", chance);
//! assert_eq!(keys.open(&place, &sealed)?.as_slice(), b"090-0123-4567");
//! assert_eq!(keys.tokens(PHONE, "09001234567"), [keys.token(PHONE, "09001234567")]);
//! # Ok(())
//! # }
//! ```

mod aead;
mod audit;
pub mod backup;
mod chance;
mod error;
mod key_file;
mod mac;
mod master;
pub mod password;
pub mod recovery;
mod secret_token;
mod totp;
mod town;

pub use audit::AuditChain;
pub use chance::{Chance, OsChance, TestChance};
pub use error::{KeyFileError, SealError};
pub use mac::MacKey;
pub use master::MasterKey;
pub use secret_token::SecretToken;
pub use totp::TotpSecret;
pub use town::{Place, TokenKind, TownKeys};
