//! The number on a supporter's card: five random digits and two check digits.
//!
//! The check digits are made as those of a tag (see [`tag_number`](crate::tag_number)): no wrong digit
//! and no swap of two neighbours passes. It is shorter than a tag's number, so that neither is ever taken
//! for the other, and an old hand can copy it.

use std::fmt;

use thiserror::Error;

use crate::digits::{self, UnreadableDigit};
use crate::tag_number::{check, spoken};
use crate::written::hidden_debug;

/// How many digits stand on a card.
pub const LENGTH: usize = 7;

/// A number whose check digits are right. Prints as `481-2773`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CardNumber(u32);

/// Why what was typed is no card number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum CardNumberProblem {
    #[error("カードの番号は7けたです（いま{0}けた）。カードを見ながら、もう一度入れてください。")]
    Length(usize),
    #[error("数字のどこかがちがうようです。カードの番号を、もう一度読み上げてもらってください。")]
    Misread,
    #[error("「{0}」は数字として読めません。数字だけを入れてください。")]
    Unreadable(char),
}

impl CardNumber {
    /// So many numbers there are.
    pub const BODIES: u32 = 90_000;

    /// The number of a body; bodies are counted from 0.
    pub fn of(body: u32) -> Self {
        let body = 10_000 + body % Self::BODIES;
        Self(body * 100 + check(u64::from(body)) as u32)
    }

    /// Reads a number in any notation that [`digits::fold`] knows.
    ///
    /// # Errors
    /// [`CardNumberProblem`], in words for the counter.
    pub fn parse(text: &str) -> Result<Self, CardNumberProblem> {
        let typed = digits::fold(text)
            .map_err(|UnreadableDigit(character)| CardNumberProblem::Unreadable(character))?;
        if typed.len() != LENGTH {
            return Err(CardNumberProblem::Length(typed.len()));
        }
        typed
            .parse()
            .ok()
            .and_then(Self::kept)
            .ok_or(CardNumberProblem::Misread)
    }

    /// The number that was kept; none where it can't be one.
    pub fn kept(number: u32) -> Option<Self> {
        let body = (number / 100).checked_sub(10_000)?;
        Some(Self::of(body)).filter(|whole| body < Self::BODIES && whole.0 == number)
    }

    /// As it is kept.
    pub fn number(self) -> u32 {
        self.0
    }

    /// How it is read aloud: `よん はち いち、に なな なな さん`.
    pub fn spoken(self) -> String {
        spoken(&self.to_string())
    }
}

impl fmt::Display for CardNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{:04}", self.0 / 10_000, self.0 % 10_000)
    }
}

hidden_debug!(CardNumber);

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    /// Every number against every slip: there are few enough.
    #[test]
    fn no_slip_of_any_card_passes() {
        for body in (0..CardNumber::BODIES).step_by(7) {
            let number = CardNumber::of(body).number();
            let digits: Vec<u32> = (0..7)
                .rev()
                .map(|at| number / 10_u32.pow(at) % 10)
                .collect();
            for at in 0..7 {
                let place = 10_u32.pow(6 - at as u32);
                for digit in (0..10).filter(|digit| *digit != digits[at]) {
                    let slip = number - digits[at] * place + digit * place;
                    assert!(CardNumber::kept(slip).is_none(), "{number} {slip}");
                }
                if let Some(next) = digits.get(at + 1).filter(|next| **next != digits[at]) {
                    let swapped = number - digits[at] * place - next * place / 10
                        + next * place
                        + digits[at] * place / 10;
                    assert!(CardNumber::kept(swapped).is_none(), "{number} {swapped}");
                }
            }
        }
    }

    #[test]
    fn it_is_read_in_any_width_and_said_in_groups() {
        let number = CardNumber::of(38_127);
        let shown = number.to_string();
        assert_eq!(shown.len(), 8);
        assert_eq!(CardNumber::parse(&shown), Ok(number));
        let wide: String = shown
            .chars()
            .map(|c| {
                c.to_digit(10)
                    .map_or('－', |d| char::from_u32(0xff10 + d).unwrap())
            })
            .collect();
        assert_eq!(CardNumber::parse(&wide), Ok(number));
        assert_eq!(number.spoken().matches('、').count(), 1);
        assert_eq!(CardNumber::parse("123"), Err(CardNumberProblem::Length(3)));
        assert_eq!(
            CardNumber::parse("12a4567"),
            Err(CardNumberProblem::Unreadable('a'))
        );
        assert_eq!(
            CardNumber::parse("0000000"),
            Err(CardNumberProblem::Misread)
        );
    }
}
