//! The number by which somebody finds again what they signed up for on the web.

use std::fmt;

use words::digits::fold;

/// Ten digits: of a town's few thousand sign-ups nobody meets one by trying, ten times a minute.
const MANY: i64 = 10_000_000_000;

/// The number. Has no `Debug`: it opens.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Code(i64);

impl Code {
    /// Of a token that nobody can guess.
    pub const fn of(token: i64) -> Code {
        Code(token.rem_euclid(MANY))
    }

    /// Reads it, in any width and with anything between that people write between digits.
    pub fn read(typed: &str) -> Option<Code> {
        let folded = fold(typed).ok()?;
        let digits: String = folded.chars().filter(char::is_ascii_digit).collect();
        let other = folded.chars().any(|c| c.is_alphabetic());
        match digits.len() == 10 && !other {
            true => digits.parse().ok().map(Code),
            false => None,
        }
    }

    /// As a number.
    pub const fn number(self) -> i64 {
        self.0
    }
}

/// 「012-345-6789」.
impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let digits = format!("{:010}", self.0);
        let (first, rest) = digits.split_at(3);
        let (second, third) = rest.split_at(3);
        write!(f, "{first}-{second}-{third}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_read_as_it_is_written() {
        let code = Code::of(i64::MAX);
        assert_eq!(code.to_string(), "685-477-5807");
        for typed in ["685-477-5807", "６８５ ４７７ ５８０７", "6854775807"] {
            assert!(Code::read(typed) == Some(code), "{typed}");
        }
        assert_eq!(Code::of(7).to_string(), "000-000-0007");
        for wrong in ["", "685-477-580", "685-477-58071", "abc-477-5807"] {
            assert!(Code::read(wrong).is_none(), "{wrong}");
        }
    }
}
