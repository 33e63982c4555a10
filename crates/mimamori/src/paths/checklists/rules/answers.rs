//! What was answered: nothing stands for what was not.

use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Serialize};

use super::checklist::Sheet;

/// Answers by number; a number that is not there was not answered.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answers {
    /// The number of the chosen answer, from 1.
    #[serde(default)]
    chosen: BTreeMap<u8, u8>,
    /// Height in millimetres.
    #[serde(default)]
    pub height: Option<u32>,
    /// Weight in steps of 100 g.
    #[serde(default)]
    pub weight: Option<u32>,
}

impl fmt::Debug for Answers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Answers(…)")
    }
}

impl Answers {
    /// Writes an answer down; 0, and what the question does not offer, is no answer.
    pub fn choose(&mut self, sheet: Sheet, number: u8, choice: u8) {
        let offered = sheet.question(number).map_or(0, |of| of.choices.len());
        match (1..=offered).contains(&usize::from(choice)) {
            true => self.chosen.insert(number, choice),
            false => self.chosen.remove(&number),
        };
    }

    /// The number of the chosen answer, from 1.
    pub fn chosen(&self, number: u8) -> Option<u8> {
        self.chosen.get(&number).copied()
    }

    /// How much the answer weighs; nothing where there is none.
    pub fn weight(&self, sheet: Sheet, number: u8) -> Option<u8> {
        let question = sheet.question(number)?;
        if question.is_measured() {
            return Some(u8::from(self.is_thin()?));
        }
        let chosen = usize::from(self.chosen(number)?);
        Some(question.choices.get(chosen.checked_sub(1)?)?.weight)
    }

    /// Whether the BMI lies below 18.5, worked out in whole numbers: a weight that stands right at
    /// the border falls on the right side of it.
    fn is_thin(&self) -> Option<bool> {
        let (height, weight) = (u64::from(self.height?), u64::from(self.weight?));
        // weight/10 ÷ (height/1000)² < 37/2
        Some(weight * 200_000 < 37 * height * height)
    }

    /// The BMI with one decimal, cut off rather than rounded: below 18.5 it never reads 「18.5」.
    pub fn bmi(&self) -> Option<String> {
        let (height, weight) = (u64::from(self.height?), u64::from(self.weight?));
        let tenths = (weight * 1_000_000).checked_div(height * height)?;
        Some(format!("{}.{}", tenths / 10, tenths % 10))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn measured(height: u32, weight: u32) -> Answers {
        Answers {
            height: Some(height),
            weight: Some(weight),
            ..Answers::default()
        }
    }

    #[test]
    fn the_border_of_18_point_5_is_exact() {
        // 1.60 m: 18.5 × 2.56 = 47.36 kg; 2.00 m: 74.0 kg exactly.
        for (height, weight, thin, bmi) in [
            (1_600, 473, 1, "18.4"),
            (1_600, 474, 0, "18.5"),
            (2_000, 740, 0, "18.5"),
            (2_000, 739, 1, "18.4"),
            (1_485, 500, 0, "22.6"),
        ] {
            let answers = measured(height, weight);
            assert_eq!(
                answers.weight(Sheet::Kihon, 12),
                Some(thin),
                "{height} {weight}"
            );
            assert_eq!(answers.bmi().as_deref(), Some(bmi));
        }
        let half = Answers {
            height: Some(1_600),
            ..Answers::default()
        };
        assert_eq!((half.weight(Sheet::Kihon, 12), half.bmi()), (None, None));
    }

    #[test]
    fn what_is_not_offered_is_no_answer() {
        let mut answers = Answers::default();
        answers.choose(Sheet::Kouki, 12, 3);
        assert_eq!(answers.weight(Sheet::Kouki, 12), Some(0));
        for nothing in [0, 4, 255] {
            answers.choose(Sheet::Kouki, 12, nothing);
            assert_eq!(answers.weight(Sheet::Kouki, 12), None);
        }
        answers.choose(Sheet::Kihon, 12, 1);
        assert_eq!(answers.chosen(12), None, "measured, not chosen");
    }
}
