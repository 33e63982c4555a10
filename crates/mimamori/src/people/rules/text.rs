//! Free text at the edge: kept as written, within a length, without signs nobody sees.

/// Why a text can't be kept; the sentence is for whoever typed it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BadText {
    /// More characters than the field holds.
    #[error("長すぎます。{most}字までで入れてください（いま{typed}字）。")]
    TooLong {
        /// What the field holds.
        most: usize,
        /// What was typed.
        typed: usize,
    },
    /// Control signs, private characters (外字) or a broken character.
    #[error("ほかの端末で表示できない文字（U+{:04X}）が入っています。標準の字に置きかえてください。", u32::from(*.0))]
    Character(char),
}

/// A text on one line; spaces at its ends go.
pub fn one_line(text: &str, most: usize) -> Result<String, BadText> {
    kept(text, most, |c| c.is_control())
}

/// A text of several lines, which browsers send with `\r\n`.
pub fn paragraph(text: &str, most: usize) -> Result<String, BadText> {
    let text = text.replace("\r\n", "\n");
    kept(&text, most, |c| c.is_control() && c != '\n' && c != '\t')
}

fn kept(text: &str, most: usize, control: impl Fn(char) -> bool) -> Result<String, BadText> {
    let text = text.trim_matches(char::is_whitespace);
    if let Some(bad) = text.chars().find(|c| control(*c) || is_private(*c)) {
        return Err(BadText::Character(bad));
    }
    match text.chars().count() {
        typed if typed > most => Err(BadText::TooLong { most, typed }),
        _ => Ok(text.to_owned()),
    }
}

/// Private-use characters look different on each machine; U+FFFD stands for a lost one.
fn is_private(c: char) -> bool {
    matches!(c, '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..='\u{10ffff}' | '\u{fffd}')
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used)]
    use super::*;

    #[test]
    fn text_is_kept_as_written_or_refused_in_words() {
        assert_eq!(
            one_line("　𠮷野様方 葛\u{e0100}　", 10),
            Ok("𠮷野様方 葛\u{e0100}".to_owned())
        );
        assert_eq!(
            paragraph("左耳が遠い\r\n杖\n", 20),
            Ok("左耳が遠い\n杖".to_owned())
        );
        assert_eq!(one_line("a\nb", 9), Err(BadText::Character('\n')));
        assert_eq!(
            one_line("山\u{e001}", 9),
            Err(BadText::Character('\u{e001}'))
        );
        assert_eq!(
            one_line("あいう", 2),
            Err(BadText::TooLong { most: 2, typed: 3 })
        );
    }
}
