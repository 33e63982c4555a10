//! Two answers to one question, a while apart.

use super::answers::Answers;
use super::checklist::Sheet;

/// How an answer stands to the one before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Turn {
    /// It weighs more.
    Worse,
    /// It weighs less.
    Better,
    /// It weighs as much.
    Same,
    /// One of both was not answered.
    Unknown,
}

impl Turn {
    /// As it is written beside the answer.
    pub const fn word(self) -> &'static str {
        match self {
            Turn::Worse => "▲ 悪化",
            Turn::Better => "▽ 改善",
            Turn::Same => "",
            Turn::Unknown => "くらべられません",
        }
    }
}

/// How the answer to a question turned.
pub fn turn(sheet: Sheet, before: &Answers, after: &Answers, number: u8) -> Turn {
    match (before.weight(sheet, number), after.weight(sheet, number)) {
        (Some(before), Some(after)) if after > before => Turn::Worse,
        (Some(before), Some(after)) if after < before => Turn::Better,
        (Some(_), Some(_)) => Turn::Same,
        _ => Turn::Unknown,
    }
}

/// The numbers of the questions that turned worse.
pub fn turned_worse(sheet: Sheet, before: &Answers, after: &Answers) -> Vec<u8> {
    sheet
        .questions()
        .iter()
        .map(|question| question.number)
        .filter(|number| turn(sheet, before, after, *number) == Turn::Worse)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_that_is_missing_is_not_compared() {
        let (mut before, mut after) = (Answers::default(), Answers::default());
        for (number, then, now) in [(1, 3, 5), (2, 4, 3), (3, 1, 1), (4, 0, 1), (8, 2, 1)] {
            before.choose(Sheet::Kouki, number, then);
            after.choose(Sheet::Kouki, number, now);
        }
        let turned = |number| turn(Sheet::Kouki, &before, &after, number);
        assert_eq!(
            [1, 2, 3, 4].map(turned),
            [Turn::Worse, Turn::Better, Turn::Same, Turn::Unknown]
        );
        assert_eq!(turned_worse(Sheet::Kouki, &before, &after), [1, 8]);
    }
}
