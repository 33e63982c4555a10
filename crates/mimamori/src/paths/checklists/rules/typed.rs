//! Answers as they are typed: a row of digits from a paper, a height, a weight.

use unicode_normalization::UnicodeNormalization;
use words::digits::{self, UnreadableDigit};

use super::answers::Answers;
use super::checklist::Sheet;

/// Why a row of digits can't be read; the sentence is for whoever typed it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BadLine {
    /// A digit too many or too few.
    #[error("{wanted}けたで入れてください（いま{typed}けた）。答えのないところは 0 にします。")]
    Length {
        /// Questions of the sheet.
        wanted: usize,
        /// Digits typed.
        typed: usize,
    },
    /// Something that is no digit.
    #[error(transparent)]
    Unreadable(#[from] UnreadableDigit),
    /// Something the question does not offer.
    #[error("{number}番の「{digit}」は、えらべる番号ではありません。")]
    NotOffered {
        /// Of which question.
        number: u8,
        /// What was typed.
        digit: char,
    },
}

/// Reads a row of one digit a question: the number of the answer as printed, 0 for none. What is
/// measured is 0 as well. Spaces between groups don't count.
pub fn line(sheet: Sheet, typed: &str, answers: &mut Answers) -> Result<(), BadLine> {
    let digits: Vec<char> = digits::fold(typed)?.chars().collect();
    let questions = sheet.questions();
    if digits.len() != questions.len() {
        return Err(BadLine::Length {
            wanted: questions.len(),
            typed: digits.len(),
        });
    }
    let mut read = answers.clone();
    for (question, digit) in questions.iter().zip(&digits) {
        let number = question.number;
        let choice = digit
            .to_digit(10)
            .and_then(|digit| u8::try_from(digit).ok());
        let offered = choice.filter(|of| usize::from(*of) <= question.choices.len());
        let choice = offered.ok_or(BadLine::NotOffered {
            number,
            digit: *digit,
        })?;
        read.choose(sheet, number, choice);
    }
    *answers = read;
    Ok(())
}

/// Why a measure can't be read; the sentence is for whoever typed it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BadMeasure {
    /// Not a height in centimetres.
    #[error("身長を cm で入れてください（100～220、例：152.5）。わからないときは空けておきます。")]
    Height,
    /// Not a weight in kilograms.
    #[error("体重を kg で入れてください（20～200、例：48.5）。わからないときは空けておきます。")]
    Weight,
}

/// A height in centimetres as millimetres; nothing where nothing is typed.
pub fn height(typed: &str) -> Result<Option<u32>, BadMeasure> {
    let read = tenths(typed).ok_or(BadMeasure::Height)?;
    match read {
        Some(height) if !(1_000..=2_200).contains(&height) => Err(BadMeasure::Height),
        read => Ok(read),
    }
}

/// A weight in kilograms in steps of 100 g; nothing where nothing is typed.
pub fn weight(typed: &str) -> Result<Option<u32>, BadMeasure> {
    let read = tenths(typed).ok_or(BadMeasure::Weight)?;
    match read {
        Some(weight) if !(200..=2_000).contains(&weight) => Err(BadMeasure::Weight),
        read => Ok(read),
    }
}

/// A number with at most one decimal, in tenths; `None` where it is none.
fn tenths(typed: &str) -> Option<Option<u32>> {
    let folded: String = typed.trim().nfkc().collect();
    if folded.is_empty() {
        return Some(None);
    }
    let (whole, part) = folded.split_once('.').unwrap_or((&folded, "0"));
    let digits = |text: &str, most: usize| {
        let all = text.chars().all(|c| c.is_ascii_digit());
        (all && !text.is_empty() && text.len() <= most).then(|| text.parse::<u32>().ok())?
    };
    Some(Some(digits(whole, 3)? * 10 + digits(part, 1)?))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used)]
    use super::*;

    #[test]
    fn a_row_of_digits_is_read_whole_or_not_at_all() {
        let mut answers = Answers::default();
        let typed = "１１１１１ 22222 10121 12121 11112";
        line(Sheet::Kihon, typed, &mut answers).unwrap();
        assert_eq!(
            (answers.chosen(1), answers.chosen(6), answers.chosen(12)),
            (Some(1), Some(2), None)
        );
        assert_eq!(answers.chosen(25), Some(2));
        let before = answers.clone();
        let short = line(Sheet::Kihon, "111", &mut answers);
        assert_eq!(
            short,
            Err(BadLine::Length {
                wanted: 25,
                typed: 3
            })
        );
        let third = line(Sheet::Kihon, "1131111111101111111111111", &mut answers);
        assert_eq!(
            third,
            Err(BadLine::NotOffered {
                number: 3,
                digit: '3'
            })
        );
        assert!(answers == before);
        line(Sheet::Kouki, "54 222222222 3222", &mut answers).unwrap();
        assert_eq!(answers.chosen(1), Some(5));
    }

    #[test]
    fn measures_are_read_as_people_write_them() {
        assert_eq!(height("152.5"), Ok(Some(1_525)));
        assert_eq!(height("１６０"), Ok(Some(1_600)));
        assert_eq!(weight(" 48.5 "), Ok(Some(485)));
        assert_eq!((height(""), weight("  ")), (Ok(None), Ok(None)));
        for wrong in ["1.52", "99", "221", "150cm", "152.55", ".", "-150", "1e3"] {
            assert_eq!(height(wrong), Err(BadMeasure::Height), "{wrong}");
        }
        assert_eq!(weight("19.9"), Err(BadMeasure::Weight));
    }
}
