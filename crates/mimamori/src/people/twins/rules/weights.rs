//! How much each agreement and each difference says: the one table of the comparison.
//!
//! Every level of a field has three shares (Fellegi and Sunter 1969; the third is ours):
//! - `same`: of pairs that are one person, how many show it. From what centers' rosters look like:
//!   one birth date in ten is mistyped or half known, one phone in four was changed, one address in
//!   seven moved on, one family name in ten changed by marriage or return to the maiden name.
//! - `other`: of pairs of two people of one town. Family and given names of Japan weigh about
//!   1/500 and 1/400 (the sum of the squares of the shares of the common ones); birth dates of
//!   those over 65 spread over some 35 years, the younger of them thicker: 1/8,400.
//! - `home`: of pairs of two people of one household. They share family name, address, phone and
//!   contacts, so that all of these together must not make one person of a couple, of a parent
//!   and child, or of twins, who share the birth date besides.
//!
//! A weight is log2 of `same` over `other`, in tenths of a bit, so that what stands on the page
//! adds up. `bin/bench twins` prints the shares measured on its labelled pairs beside these.

use super::super::super::rules::coded;

coded! {
    /// What is compared.
    Field {
        /// 氏
        Family "family" "氏",
        /// 名
        Given "given" "名",
        /// 性別
        Sex "sex" "性別",
        /// 生年月日
        Born "born" "生年月日",
        /// 住所
        Address "address" "住所",
        /// 電話
        Phones "phones" "電話",
        /// 緊急連絡先
        Contacts "contacts" "緊急連絡先",
        /// 名簿の登録番号
        Number "number" "名簿の登録番号",
    }
}

/// Of each kind of pair, how many show a level.
struct Shares {
    same: f64,
    other: f64,
    home: f64,
}

macro_rules! levels {
    ($($(#[$doc:meta])* $name:ident $field:ident $code:literal $word:literal
        $same:literal $other:literal $home:literal),* $(,)?) => {
        coded! {
            /// How a field of two records compares.
            Level { $($(#[$doc])* $name $code $word),* }
        }

        impl Level {
            /// Of which field.
            pub const fn field(self) -> Field {
                match self { $(Level::$name => Field::$field),* }
            }

            const fn shares(self) -> Shares {
                match self {
                    $(Level::$name => Shares { same: $same, other: $other, home: $home }),*
                }
            }
        }
    };
}

levels! {
    /// Written the same.
    FamilySame Family "family_same" "同じ" 0.78 0.0020 0.83,
    /// 異体字 only.
    FamilyVariant Family "family_variant" "異体字ちがい" 0.06 0.0003 0.02,
    /// The same sound in other kanji.
    FamilySound Family "family_sound" "よみが同じで字がちがう" 0.03 0.0010 0.01,
    /// Voicing, length, or one kanji of several.
    FamilyNear Family "family_near" "よみか字が1つちがう" 0.03 0.0060 0.02,
    /// Another name; the readings are not both known.
    FamilyUnheard Family "family_unheard" "字がちがう（よみは比べられない）" 0.05 0.4900 0.06,
    /// Another name.
    FamilyOther Family "family_other" "ちがう" 0.06 0.4900 0.06,
    /// Written the same.
    GivenSame Given "given_same" "同じ" 0.80 0.0025 0.0005,
    /// 異体字 only.
    GivenVariant Given "given_variant" "異体字か、かなの書き方のちがい" 0.05 0.0004 0.0002,
    /// The same sound in other characters.
    GivenSound Given "given_sound" "よみが同じで字がちがう" 0.08 0.0025 0.0010,
    /// Voicing, length and the like.
    GivenNear Given "given_near" "よみの濁点や長音だけちがう" 0.02 0.0040 0.0040,
    /// One sound of the reading.
    GivenOneSound Given "given_one_sound" "よみが1音ちがう" 0.015 0.0150 0.0600,
    /// One kanji of several; the readings are not both known.
    GivenPart Given "given_part" "字が1つ同じ（よみは比べられない）" 0.015 0.0400 0.1200,
    /// Other characters; the readings are not both known.
    GivenUnheard Given "given_unheard" "字がちがう（よみは比べられない）" 0.015 0.4650 0.4050,
    /// Another name in writing and sound.
    GivenOther Given "given_other" "ちがう" 0.003 0.4700 0.4093,
    /// The same.
    SexSame Sex "sex_same" "同じ" 0.99 0.50 0.35,
    /// Another.
    SexOther Sex "sex_other" "ちがう" 0.01 0.50 0.65,
    /// The whole date.
    BornSame Born "born_same" "同じ" 0.88 0.00012 0.0060,
    /// One slip of typing or of the era.
    BornSlip Born "born_slip" "書きまちがいほどのちがい" 0.06 0.0040 0.0080,
    /// One is only partly known, and nothing contradicts.
    BornPart Born "born_part" "わかっているところは同じ" 0.03 0.0100 0.0200,
    /// The year alone.
    BornYear Born "born_year" "年だけ同じ" 0.01 0.0300 0.0660,
    /// Another date.
    BornOther Born "born_other" "ちがう" 0.02 0.9559 0.9000,
    /// The same to the room.
    AddressSame Address "address_same" "同じ" 0.62 0.00006 0.88,
    /// The same house; the building or the room is written on one side only, or differs.
    AddressHouse Address "address_house" "番地まで同じ" 0.16 0.00030 0.10,
    /// The same block or a number off.
    AddressNear Address "address_near" "町名と丁目が同じ" 0.07 0.0150 0.01,
    /// Somewhere else.
    AddressOther Address "address_other" "ちがう" 0.15 0.9846 0.01,
    /// One in common.
    PhonesShared Phones "phones_shared" "同じ番号がある" 0.70 0.00010 0.60,
    /// One digit off.
    PhonesNear Phones "phones_near" "1けたちがいの番号がある" 0.05 0.0005 0.01,
    /// None in common.
    PhonesOther Phones "phones_other" "ちがう" 0.25 0.9994 0.39,
    /// Somebody in common.
    ContactsShared Contacts "contacts_shared" "同じ連絡先がある" 0.65 0.0010 0.55,
    /// Nobody in common.
    ContactsOther Contacts "contacts_other" "ちがう" 0.345 0.9980 0.20,
    /// One of the two is to be called for the other.
    ContactsEachOther Contacts "contacts_each_other" "一方がもう一方の連絡先" 0.005 0.0010 0.25,
    /// The same number of a roster.
    NumberSame Number "number_same" "同じ" 0.30 0.0010 0.0010,
}

/// What belonging to one household makes likelier by itself, in tenths of a bit. In a town of
/// 50,000 registered people some 500 are there twice, and some 16,000 live with another of them:
/// two records are one person in a pair of 2.5 million, of one household in a pair of 78,000,
/// which is five bits more. The sum that asks is [`REVIEW`], and what agrees within any household
/// counts up to 17 bits.
const HOME: i32 = 170;

/// From this sum on somebody is asked, in tenths of a bit: 2 to the 20th is about what it takes to
/// lift one pair in a million to an even chance.
pub const REVIEW: i32 = 200;

impl Level {
    /// What it says against two people of the town, in tenths of a bit.
    pub fn bits(self) -> i32 {
        let shares = self.shares();
        tenths(shares.same / shares.other)
    }

    /// What it says against two people of one household.
    fn bits_at_home(self) -> i32 {
        let shares = self.shares();
        tenths(shares.same / shares.home)
    }

    /// The shares of the table, for measuring them: one person, two of a town, two of a household.
    pub fn shares_assumed(self) -> [f64; 3] {
        let Shares { same, other, home } = self.shares();
        [same, other, home]
    }
}

fn tenths(ratio: f64) -> i32 {
    // At most some 14 bits either way.
    (ratio.log2() * 10.0).round() as i32
}

/// How two records compare, field by field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Likeness {
    /// What could be compared.
    pub levels: Vec<Level>,
}

impl Likeness {
    /// Every field against two people of the town.
    fn plain(&self) -> i32 {
        self.levels.iter().map(|level| level.bits()).sum()
    }

    /// What is taken away because a household shares it: never more than nothing.
    pub fn home(&self) -> i32 {
        let home: i32 = self.levels.iter().map(|level| level.bits_at_home()).sum();
        (home + HOME - self.plain()).min(0)
    }

    /// The sum: the weights and what is taken away, in tenths of a bit.
    pub fn sum(&self) -> i32 {
        self.plain() + self.home()
    }

    /// Whether somebody should be asked.
    pub fn is_likely(&self) -> bool {
        self.sum() >= REVIEW
    }

    /// What was compared as one text, to tell whether anything compares otherwise now.
    pub fn code(&self) -> String {
        let codes: Vec<&str> = self.levels.iter().map(|level| level.code()).collect();
        codes.join(" ")
    }

    /// In words: 「氏が同じ」「生年月日が同じ」.
    pub fn reasons(&self) -> Vec<String> {
        let told = self.levels.iter().map(|level| {
            let (field, word) = (level.field().word(), level.word());
            let particle = if word.starts_with("ちがう") {
                "は"
            } else {
                "が"
            };
            match word.contains(['が', 'は']) && !word.starts_with("ちがう") {
                true => format!("{field}は{word}"),
                false => format!("{field}{particle}{word}"),
            }
        });
        told.collect()
    }
}

/// `＋13.0`, `−2.9`: tenths as people read them.
pub fn shown(tenths: i32) -> String {
    let sign = if tenths < 0 { "−" } else { "＋" };
    let size = tenths.abs();
    format!("{sign}{}.{}", size / 10, size % 10)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn best(field: Field) -> i32 {
        let of = Level::ALL.iter().filter(|level| level.field() == field);
        of.map(|level| level.bits()).max().unwrap_or_default()
    }

    #[test]
    fn names_alone_never_ask() {
        let names = best(Field::Family) + best(Field::Given) + best(Field::Sex);
        assert!(names < REVIEW, "{names}");
    }

    #[test]
    fn the_shares_of_a_field_are_whole() {
        for field in Field::ALL.iter().filter(|field| **field != Field::Number) {
            let of = || Level::ALL.iter().filter(|level| level.field() == *field);
            for at in 0..3 {
                let sum: f64 = of().map(|level| level.shares_assumed()[at]).sum();
                assert!((sum - 1.0).abs() < 0.011, "{field:?} {at}: {sum}");
            }
        }
    }

    #[test]
    fn a_couple_is_two_people_and_a_mistyped_birth_date_is_one() {
        let home = [
            Level::FamilySame,
            Level::AddressSame,
            Level::PhonesShared,
            Level::ContactsShared,
        ];
        let with = |own: &[Level]| Likeness {
            levels: [&home[..], own].concat(),
        };
        let couple = with(&[Level::GivenOther, Level::SexOther, Level::BornOther]);
        let twins = with(&[Level::GivenOther, Level::SexSame, Level::BornSame]);
        let slip = with(&[Level::GivenSame, Level::SexSame, Level::BornSlip]);
        let wrong = with(&[Level::GivenSame, Level::SexSame, Level::BornOther]);
        assert!(!couple.is_likely() && !twins.is_likely(), "{}", twins.sum());
        assert!(slip.is_likely() && wrong.is_likely(), "{}", wrong.sum());
    }

    #[test]
    fn what_is_shown_adds_up() {
        assert_eq!(shown(130), "＋13.0");
        assert_eq!(shown(-29), "−2.9");
        assert_eq!(shown(-4), "−0.4");
    }
}
