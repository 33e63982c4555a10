//! What may be a password: length before rules, and nothing that everybody tries first.
//!
//! NIST SP 800-63B (5.1.1.2): a least length, a list of common ones, no rules of composition.

use super::account::Card;

/// Least and most characters. The most only keeps a request small.
pub const PASSWORD_LENGTH: std::ops::RangeInclusive<usize> = 12..=128;

/// Why a password was not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PasswordFault {
    /// Too short; so many characters.
    Short(usize),
    /// Too long.
    Long,
    /// Among the first that anybody tries.
    Common,
    /// Made of the own name or address.
    Own,
}

/// What common passwords of 12 characters and more are made of. With these taken out, at least
/// [`REST`] characters must remain.
const COMMON: &[&str] = &[
    "password",
    "passw0rd",
    "p@ssword",
    "p@ssw0rd",
    "pass",
    "qwertyuiop",
    "qwerty",
    "asdfghjkl",
    "asdfgh",
    "zxcvbnm",
    "1q2w3e4r5t",
    "1qaz2wsx",
    "3edc4rfv",
    "1234567890",
    "0987654321",
    "abcdefgh",
    "iloveyou",
    "sunshine",
    "princess",
    "football",
    "baseball",
    "letmein",
    "welcome",
    "admin",
    "administrator",
    "changeme",
    "default",
    "secret",
    "dragon",
    "monkey",
    "sakura",
    "nippon",
    "tokyo",
    "arigatou",
    "mimamori",
    "hokatsu",
    "houkatsu",
    "center",
    "kaigo",
    "fukushi",
    "keyholder",
    "ぱすわーど",
    "パスワード",
    "みまもり",
    "見守り",
    "地域包括",
    "支援センター",
];
const REST: usize = 6;

/// Refuses what is short, common, or the own name or address.
pub fn check_password(password: &str, card: &Card) -> Result<(), PasswordFault> {
    let length = password.chars().count();
    if length < *PASSWORD_LENGTH.start() {
        return Err(PasswordFault::Short(length));
    }
    if length > *PASSWORD_LENGTH.end() {
        return Err(PasswordFault::Long);
    }
    let folded = password.to_lowercase();
    if left_over(&folded, COMMON.iter().copied()) < REST || is_run(&folded) {
        return Err(PasswordFault::Common);
    }
    let own = own_words(card);
    let own = own
        .iter()
        .map(String::as_str)
        .filter(|word| word.chars().count() >= 2);
    if left_over(&folded, own) < REST {
        return Err(PasswordFault::Own);
    }
    Ok(())
}

/// How many letters remain without these words; digits and signs at the ends add nothing.
fn left_over<'a>(password: &str, words: impl Iterator<Item = &'a str>) -> usize {
    let mut rest = password.to_owned();
    let mut taken = false;
    for word in words {
        taken |= rest.contains(word);
        rest = rest.replace(word, "");
    }
    match taken {
        true => rest.chars().filter(|c| c.is_alphabetic()).count(),
        false => usize::MAX,
    }
}

/// One letter over and over, or a count up or down: fewer than four different steps.
fn is_run(password: &str) -> bool {
    let codes: Vec<i64> = password.chars().map(|c| i64::from(u32::from(c))).collect();
    let mut steps: Vec<i64> = codes.windows(2).map(|pair| pair[1] - pair[0]).collect();
    steps.sort_unstable();
    steps.dedup();
    steps.len() < 4
}

fn own_words(card: &Card) -> Vec<String> {
    let name = card.name.to_lowercase();
    let email = card.email.to_lowercase();
    let parts = email.split(['@', '.', '-', '_', '+']).map(str::to_owned);
    let names = name.split_whitespace().map(str::to_owned);
    let mut words: Vec<String> = names.chain(parts).collect();
    words.extend([name.replace(char::is_whitespace, ""), email]);
    words.sort_by_key(|word| std::cmp::Reverse(word.len()));
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(password: &str) -> Result<(), PasswordFault> {
        let card = Card {
            name: "佐藤 花子".to_owned(),
            email: "hanako.sato@example.jp".to_owned(),
        };
        check_password(password, &card)
    }

    #[test]
    fn length_is_what_counts() {
        assert_eq!(check("みかんとねこと青い自転車"), Ok(()));
        assert_eq!(check("yellow kettle on the roof"), Ok(()));
        assert_eq!(check("x7#Kq9!vB2"), Err(PasswordFault::Short(10)));
        assert_eq!(check(&"長".repeat(129)), Err(PasswordFault::Long));
    }

    #[test]
    fn what_everybody_tries_first_is_refused() {
        for common in [
            "password1234",
            "Password2026!",
            "passwordpassword",
            "qwertyuiop12",
            "123456789012",
            "aaaaaaaaaaaa",
            "abababababab",
            "mimamori2026",
            "みまもりパスワード123",
            "admin12345678",
            "1qaz2wsx3edc4rfv",
        ] {
            assert_eq!(check(common), Err(PasswordFault::Common), "{common}");
        }
    }

    #[test]
    fn the_own_name_is_refused() {
        for own in [
            "hanako.sato1",
            "sato20261122",
            "佐藤花子佐藤花子佐藤花子",
            "hanako@example.jp",
        ] {
            assert_eq!(check(own), Err(PasswordFault::Own), "{own}");
        }
    }
}
