//! Text that is kept exactly as written: which characters it may not hold.

use thiserror::Error;

/// A character that can't be kept in a name or an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum BadCharacter {
    #[error("見えない制御文字（U+{:04X}）が入っています。消してから、もう一度入れてください。", u32::from(*.0))]
    Control(char),
    /// Gaiji: each machine shows another glyph for the same code.
    #[error("外字（U+{:04X}）は、ほかの端末で別の字になります。標準の字に置きかえてください。", u32::from(*.0))]
    PrivateUse(char),
    #[error("文字化けした字（�）があります。元の字を確かめて、入れ直してください。")]
    Replacement,
}

/// Refuses the first character that another machine could not show alike.
/// Variation selectors (異体字セレクタ) and characters outside the BMP pass.
pub(crate) fn check(text: &str) -> Result<(), BadCharacter> {
    text.chars().find_map(bad).map_or(Ok(()), Err)
}

fn bad(c: char) -> Option<BadCharacter> {
    match c {
        '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..='\u{10ffff}' => Some(BadCharacter::PrivateUse(c)),
        '\u{fffd}' => Some(BadCharacter::Replacement),
        '\u{200b}'..='\u{200f}'
        | '\u{2028}'..='\u{202e}'
        | '\u{2060}'..='\u{2069}'
        | '\u{feff}' => Some(BadCharacter::Control(c)),
        _ if c.is_control() => Some(BadCharacter::Control(c)),
        _ => None,
    }
}

/// Spaces at either end, ideographic ones too, are never part of a value.
pub(crate) fn trim(text: &str) -> &str {
    text.trim_matches(char::is_whitespace)
}

/// `Debug` that says the type and nothing of the person.
macro_rules! hidden_debug {
    ($($name:ident),+) => {$(
        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(concat!(stringify!($name), "(…)"))
            }
        }
    )+};
}
pub(crate) use hidden_debug;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rare_characters_pass() {
        for text in ["𠮷野", "葛\u{e0100}飾", "髙﨑", "ﾊﾏ〆々ヶ・", "a　b"] {
            assert_eq!(check(text), Ok(()), "{text}");
        }
    }

    #[test]
    fn characters_nobody_else_can_see_are_named() {
        assert_eq!(
            check("山\u{e001}"),
            Err(BadCharacter::PrivateUse('\u{e001}'))
        );
        assert_eq!(
            check("山\u{f0000}"),
            Err(BadCharacter::PrivateUse('\u{f0000}'))
        );
        assert_eq!(check("山\n田"), Err(BadCharacter::Control('\n')));
        assert_eq!(check("山\u{202e}"), Err(BadCharacter::Control('\u{202e}')));
        assert_eq!(check("山\u{fffd}"), Err(BadCharacter::Replacement));
        assert!(
            BadCharacter::PrivateUse('\u{e001}')
                .to_string()
                .contains("U+E001")
        );
    }
}
