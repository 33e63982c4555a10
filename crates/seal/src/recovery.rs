//! Recovery codes: ten, for whoever has lost the second factor. Each works once; the caller
//! strikes out the hash of a used one.

use sha2::{Digest as _, Sha256};
use zeroize::Zeroizing;

use crate::Chance;

/// How many codes a person gets.
pub const COUNT: usize = 10;
/// Without I, L, O and U, which are misread (Crockford's Base32).
const LETTERS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const GROUPS: usize = 4;
const GROUP: usize = 4;

/// Draws a set of codes such as `7K3M-Q9TR-0XWB-2HDN`: 80 random bits each.
pub fn new_codes(chance: &mut dyn Chance) -> [Zeroizing<String>; COUNT] {
    std::array::from_fn(|_| new_code(chance))
}

fn new_code(chance: &mut dyn Chance) -> Zeroizing<String> {
    let mut code = Zeroizing::new(String::with_capacity(GROUPS * (GROUP + 1)));
    for i in 0..GROUPS * GROUP {
        if i > 0 && i % GROUP == 0 {
            code.push('-');
        }
        let [drawn] = crate::chance::bytes(chance);
        code.push(char::from(LETTERS[usize::from(drawn % 32)]));
    }
    code
}

/// The hash to store or look for. How the code was typed does not matter: small letters, spaces,
/// hyphens, O for 0, I and L for 1. With 80 random bits no salt or key is needed.
pub fn hash(code: &str) -> [u8; 32] {
    let plain: Zeroizing<String> = Zeroizing::new(code.chars().filter_map(as_meant).collect());
    Sha256::digest(plain.as_bytes()).into()
}

fn as_meant(typed: char) -> Option<char> {
    match typed.to_ascii_uppercase() {
        'O' => Some('0'),
        'I' | 'L' => Some('1'),
        c if c.is_ascii_alphanumeric() => Some(c),
        _ => None,
    }
}
