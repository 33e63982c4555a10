//! In what two names differ, in words for the desk.

/// One kind of difference between what was asked for and what was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Reason {
    /// オオタ and オータ.
    LongVowel,
    /// ヅ and ズ, ヲ and オ.
    Spelling,
    /// キョウ and キヨウ, ッ and ツ.
    SmallKana,
    /// ハットリ and ハトリ.
    SmallTsu,
    /// ン and ム.
    ClosingN,
    /// タ and ダ.
    Voice,
    /// One sound is another.
    Replaced,
    /// What was asked for has one sound more.
    Added,
    /// What was asked for lacks one sound.
    Dropped,
    /// Two neighbouring sounds changed places.
    Swapped,
    /// 斎 and 齋.
    Variant,
    /// A kanji is another, more or fewer.
    Kanji,
}

impl Reason {
    /// The words that follow `姓` or `名`: `のよみが1音ちがい`.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::LongVowel => "の長音ちがい",
            Self::Spelling => "のかなづかいちがい",
            Self::SmallKana => "の小さいカナちがい",
            Self::SmallTsu => "の「ッ」のあるなし",
            Self::ClosingN => "の「ン」と「ム」のちがい",
            Self::Voice => "の濁点ちがい",
            Self::Replaced => "のよみが1音ちがい",
            Self::Added => "のよみが1音多い",
            Self::Dropped => "のよみが1音足りない",
            Self::Swapped => "のよみの順ちがい",
            Self::Variant => "が異体字",
            Self::Kanji => "の漢字が1字ちがい",
        }
    }
}
