//! The second thing that a partner says beside the number, so that a number alone opens nothing.

use unicode_normalization::UnicodeNormalization;
use words::kana::to_katakana;
use words::kanji;

use crate::people::{Identity, Sex};

/// A birth year is judged by looking at somebody or by an old card: so many years either way.
const YEARS_OFF: i16 = 3;

/// The second thing.
pub enum SecondThing {
    /// About when born, and the sex as far as can be judged.
    BornAndSex {
        /// Year of birth, western.
        year: i16,
        /// Female or male.
        sex: Sex,
    },
    /// Family name in kanji or kana.
    Family(String),
}

impl SecondThing {
    /// Whether it fits the person.
    pub fn fits(&self, identity: &Identity) -> bool {
        match self {
            SecondThing::BornAndSex { year, sex } => {
                let known = matches!(identity.sex, Sex::Female | Sex::Male);
                let same = !known || identity.sex == *sex;
                same && (identity.born.year() - year).abs() <= YEARS_OFF
            }
            SecondThing::Family(said) => family_fits(said, identity),
        }
    }
}

fn family_fits(said: &str, identity: &Identity) -> bool {
    let said = fold(said);
    let kana = identity
        .family_kana
        .as_ref()
        .map(|kana| fold(kana.as_str()));
    !said.is_empty() && (said == fold(identity.name.family()) || kana.as_deref() == Some(&*said))
}

/// Any width, any kana, any variant of a kanji, without spaces.
fn fold(text: &str) -> String {
    let plain: String = text.nfkc().filter(|c| !c.is_whitespace()).collect();
    kanji::fold(&to_katakana(&plain))
}
