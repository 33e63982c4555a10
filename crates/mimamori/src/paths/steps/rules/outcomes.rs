//! What came out of a step that the program knows: by whom it was applied for, which level was
//! certified, which kind of guardianship.

use super::plan::Base;
use crate::people::Certification;

/// One outcome to choose.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Outcome {
    /// The code kept.
    pub code: &'static str,
    /// The word shown.
    pub word: &'static str,
}

const fn outcome(code: &'static str, word: &'static str) -> Outcome {
    Outcome { code, word }
}

/// 介護保険法27条1項: who may apply on behalf.
const APPLICANTS: &[Outcome] = &[
    outcome("person", "ご本人"),
    outcome("family", "ご家族"),
    outcome("center", "地域包括支援センター（代行）"),
    outcome("manager", "居宅介護支援事業者（代行）"),
    outcome("facility", "介護保険施設（代行）"),
    outcome("other", "成年後見人・民生委員など"),
];

const LEVELS: &[Outcome] = &[
    outcome("not_eligible", "非該当"),
    outcome("support_1", "要支援1"),
    outcome("support_2", "要支援2"),
    outcome("care_1", "要介護1"),
    outcome("care_2", "要介護2"),
    outcome("care_3", "要介護3"),
    outcome("care_4", "要介護4"),
    outcome("care_5", "要介護5"),
];

/// 民法7条 and 老人福祉法32条 (the mayor).
const PETITIONERS: &[Outcome] = &[
    outcome("person", "ご本人"),
    outcome("family", "配偶者・四親等内の親族"),
    outcome("mayor", "市区町村長"),
    outcome("other", "そのほか"),
];

const JUDGEMENTS: &[Outcome] = &[
    outcome("guardianship", "後見"),
    outcome("curatorship", "保佐"),
    outcome("assistance", "補助"),
    outcome("voluntary", "任意後見監督人の選任"),
    outcome("dismissed", "却下・取り下げ"),
];

/// What may come out of a step; none where words are enough.
pub fn outcomes(base: Option<Base>, step: &str) -> &'static [Outcome] {
    match (base, step) {
        (Some(Base::Certification), "application") => APPLICANTS,
        (Some(Base::Certification), "notice") => LEVELS,
        (Some(Base::Guardianship), "petitioner" | "petition") => PETITIONERS,
        (Some(Base::Guardianship), "judgement") => JUDGEMENTS,
        _ => &[],
    }
}

/// The level that a certification ended with; nothing for any other step.
pub fn certified(base: Option<Base>, step: &str, outcome: &str) -> Option<Certification> {
    match (base, step) {
        (Some(Base::Certification), "notice") => Certification::from_code(outcome),
        _ => None,
    }
}

/// Whether nothing can follow: there is no guardian to hand over to.
pub fn ends_all(base: Option<Base>, step: &str, outcome: &str) -> bool {
    base == Some(Base::Guardianship) && step == "judgement" && outcome == "dismissed"
}

/// Whether a level is good for a term: 非該当 is for none.
pub fn needs_term(level: Certification) -> bool {
    level != Certification::NotEligible
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_level_is_one_of_the_record() {
        for level in LEVELS {
            let read = certified(Some(Base::Certification), "notice", level.code);
            assert_eq!(read.map(|of| of.word()), Some(level.word));
        }
        assert_eq!(certified(Some(Base::Alarm), "notice", "care_1"), None);
    }
}
