//! 住所: kept exactly as written, shown in one form, found in any.
//!
//! Addresses are told apart by town (町), block numbers (丁目・番・号) and
//! building. [`Address::canonical`] is what the register shows,
//! [`Address::key`] is equal for all ways of writing the same place, and
//! [`Address::search_parts`] are the pieces people search by. The keys are for
//! finding only and are never shown.

mod parts;

use std::fmt;

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::digits;
use crate::kanji;
use crate::written::{self, BadCharacter, hidden_debug};

pub use parts::fold;

/// The longest address, in characters.
pub const LONGEST: usize = 200;

/// An address exactly as it was written; stored so.
#[derive(Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Address(String);

#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum AddressProblem {
    #[error("住所がありません。住所を入れてください。")]
    Empty,
    #[error("住所が長すぎます（{0}字）。{LONGEST}字までで入れてください。")]
    TooLong(usize),
    #[error(transparent)]
    Character(#[from] BadCharacter),
}

impl Address {
    /// # Errors
    /// [`AddressProblem`] when it is empty, too long or can't be kept as
    /// written.
    pub fn parse(text: &str) -> Result<Self, AddressProblem> {
        let text = written::trim(text);
        written::check(text)?;
        match text.chars().count() {
            0 => Err(AddressProblem::Empty),
            1..=LONGEST => Ok(Self(text.to_owned())),
            length => Err(AddressProblem::TooLong(length)),
        }
    }

    pub fn as_written(&self) -> &str {
        &self.0
    }

    /// As the register shows it: full-width digits become ASCII, and so does
    /// any hyphen between two digits. All else stays as written.
    pub fn canonical(&self) -> String {
        let chars: Vec<char> = self.0.chars().map(ascii_digit).collect();
        let is_digit = |at: usize| chars.get(at).is_some_and(char::is_ascii_digit);
        let between = |at: usize| at > 0 && is_digit(at - 1) && is_digit(at + 1);
        let shown = chars.iter().enumerate().map(|(at, c)| match c {
            c if digits::is_hyphen(*c) && between(at) => '-',
            c => *c,
        });
        shown.collect()
    }

    /// Equal for the same place: NFKC, without prefecture and spaces, with
    /// 丁目・番地・番・号 as hyphens and 号室 dropped.
    pub fn key(&self) -> String {
        parts::fold(&self.0)
    }

    /// What people search by, folded, from wide to narrow: `大田区中央`,
    /// `中央`, `中央2`, `中央2-12`, `中央2-12-18`, `メゾン馬込`.
    pub fn search_parts(&self) -> Vec<String> {
        parts::Parts::of(&self.key()).search_parts()
    }

    /// Of the [`search_parts`](Self::search_parts) those that many share: `大田区中央`, `中央`,
    /// `中央2`, `中央2-12`. Never the last number of several and never the building, so that none
    /// tells where one person lives.
    pub fn shared_parts(&self) -> Vec<String> {
        parts::Parts::of(&self.key()).shared_parts(&self.0)
    }

    /// Town and block numbers, without municipality and building: `中央` and `2`, `12`, `18`.
    pub fn town_and_blocks(&self) -> (String, Vec<String>) {
        let folded = parts::fold(&self.0);
        let parts = parts::Parts::of(&folded);
        let blocks = parts.blocks.iter().map(|block| (*block).to_owned());
        (parts.town.to_owned(), blocks.collect())
    }

    /// The 町丁目 by which center areas are drawn: `中央2丁目`. Where there is
    /// no 丁目 (a single block number is a 番地, not a 丁目), the town alone.
    pub fn town_block(&self) -> String {
        let folded = parts::fold(&self.0);
        let parts = parts::Parts::of(&folded);
        match parts.chome(&self.0) {
            Some(chome) => format!("{}{chome}丁目", parts.town),
            None => parts.town.to_owned(),
        }
    }
}

/// Equal for a 町丁目 however it is written: with or without 大字 before it and 町 or 村 behind it, ヶ or が,
/// 桧 or 檜. Two places of one town may be alike: whatever is written exactly goes first.
pub fn alike(block: &str) -> String {
    let (town, chome) = town_and_chome(block);
    let folded = kanji::fold(town).replace('ガ', "ケ");
    let name = without(&folded, |name| {
        name.strip_prefix("大字").or(name.strip_prefix('字'))
    });
    let name = without(name, |name| name.strip_suffix(['町', '村']));
    format!("{name}{chome}")
}

/// The 町丁目 without the 町 or 村 that it lies in, where an address begins with that: `東1丁目` of
/// `みなみ町東1丁目`.
pub fn within_town(block: &str) -> Option<&str> {
    let (town, _) = town_and_chome(block);
    let (at, end) = town
        .char_indices()
        .skip(1)
        .find(|(_, c)| ['町', '村'].contains(c))?;
    let rest = at + end.len_utf8();
    (rest < town.len()).then(|| &block[rest..])
}

fn town_and_chome(block: &str) -> (&str, &str) {
    let digits = block.find(|c: char| c.is_ascii_digit());
    block.split_at(digits.unwrap_or(block.len()))
}

/// What `strip` leaves, unless it leaves nothing.
fn without(text: &str, strip: impl Fn(&str) -> Option<&str>) -> &str {
    strip(text).filter(|rest| !rest.is_empty()).unwrap_or(text)
}

fn ascii_digit(c: char) -> char {
    match c {
        '０'..='９' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        _ => c,
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.canonical())
    }
}

hidden_debug!(Address);

impl TryFrom<String> for Address {
    type Error = AddressProblem;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text)
    }
}

impl From<Address> for String {
    fn from(address: Address) -> Self {
        address.0
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used)]
    use super::*;
    use proptest::prelude::*;

    fn address(text: &str) -> Address {
        Address::parse(text).unwrap()
    }

    #[test]
    fn the_same_place_has_one_key() {
        for text in [
            "大田区中央２－１２－１８　メゾン馬込８９５号室",
            "大田区中央2-12-18 メゾン馬込895号室",
            "大田区中央2丁目12番18号 メゾン馬込895",
            "大田区中央二丁目十二番十八号　ﾒｿﾞﾝ馬込895号室",
            "東京都大田区中央２丁目１２番地の１８メゾン馬込895号室",
            "大田区中央2ー12―18メゾン馬込８９５号室",
        ] {
            assert_eq!(
                address(text).key(),
                "大田区中央2-12-18メゾン馬込895",
                "{text}"
            );
        }
        assert_ne!(
            address("大田区中央2-12-18").key(),
            address("大田区中央21-2-18").key()
        );
    }

    #[test]
    fn kanji_numerals_in_names_stay() {
        assert_eq!(address("千代田区一番町5").key(), "千代田区一番町5");
        assert_eq!(address("三鷹市八幡2-1").key(), "三鷹市八幡2-1");
    }

    #[test]
    fn the_register_shows_plain_numbers() {
        let shown = |text| address(text).canonical();
        assert_eq!(
            shown("大田区中央２－１２－１８　メゾン馬込８９５号室"),
            "大田区中央2-12-18　メゾン馬込895号室"
        );
        assert_eq!(shown("大田区ハイツーＡ　２ー３"), "大田区ハイツーＡ　2-3");
        assert_eq!(shown("大田区中央２丁目"), "大田区中央2丁目");
    }

    #[test]
    fn parts_go_from_wide_to_narrow() {
        assert_eq!(
            address("東京都大田区中央２－１２－１８　メゾン馬込８９５号室").search_parts(),
            [
                "大田区中央",
                "中央",
                "中央2",
                "中央2-12",
                "中央2-12-18",
                "メゾン馬込"
            ]
        );
        assert_eq!(
            address("横浜市鶴見区末吉1").search_parts(),
            ["横浜市鶴見区末吉", "末吉", "末吉1"]
        );
        assert_eq!(address("中央").search_parts(), ["中央"]);
    }

    #[test]
    fn a_house_is_its_town_and_numbers() {
        let (town, blocks) =
            address("東京都大田区中央２－１２－１８　メゾン馬込８９５号室").town_and_blocks();
        assert_eq!((&*town, blocks.join("-")), ("中央", "2-12-18".to_owned()));
        assert!(address("中央").town_and_blocks().1.is_empty());
    }

    #[test]
    fn shared_parts_stop_before_the_last_number() {
        assert_eq!(
            address("大田区中央２－１２－１８　メゾン馬込８９５号室").shared_parts(),
            ["大田区中央", "中央", "中央2", "中央2-12"]
        );
        assert_eq!(address("中央2丁目5").shared_parts(), ["中央", "中央2"]);
        assert_eq!(address("中央2丁目").shared_parts(), ["中央", "中央2"]);
        assert_eq!(address("中央123番地").shared_parts(), ["中央"]);
    }

    #[test]
    fn areas_are_drawn_by_town_and_chome() {
        let block = |text| address(text).town_block();
        assert_eq!(
            block("大田区中央２－１２－１８　メゾン馬込８９５号室"),
            "中央2丁目"
        );
        assert_eq!(
            block("東京都大田区大森本町五丁目２１番１号"),
            "大森本町5丁目"
        );
        assert_eq!(block("大田区大森北2丁目"), "大森北2丁目");
        assert_eq!(block("群馬県太田市浜町123"), "浜町");
        assert_eq!(block("太田市新田金井町10-2"), "新田金井町");
        assert_eq!(block("岸和田市岸城町7番1号"), "岸城町");
    }

    #[test]
    fn a_town_is_alike_however_it_is_written() {
        for (one, other) in [
            ("入船町1丁目", "入船1丁目"),
            ("大字金井", "金井村"),
            ("霞が関2丁目", "霞ヶ関2丁目"),
            ("桧町", "檜"),
        ] {
            assert_eq!(alike(one), alike(other), "{one} {other}");
        }
        for (one, other) in [("入船1丁目", "入船2丁目"), ("本町", "元町"), ("町", "村")]
        {
            assert_ne!(alike(one), alike(other), "{one} {other}");
        }
        assert_eq!(within_town("みなみ町東1丁目"), Some("東1丁目"));
        for whole in ["大森本町5丁目", "入船", "町屋", ""] {
            assert_eq!(within_town(whole), None, "{whole}");
        }
    }

    #[test]
    fn refusals_say_what_is_wrong() {
        assert_eq!(Address::parse("　").err(), Some(AddressProblem::Empty));
        assert_eq!(
            Address::parse(&"あ".repeat(201)).err(),
            Some(AddressProblem::TooLong(201))
        );
        let gaiji = Address::parse("\u{e000}町").err();
        assert_eq!(gaiji, Some(BadCharacter::PrivateUse('\u{e000}').into()));
    }

    #[test]
    fn debug_hides_it() {
        assert_eq!(format!("{:?}", address("大田区中央2")), "Address(…)");
    }

    proptest! {
        #[test]
        fn showing_it_changes_no_key(text in "[大田区中央町丁目番地号室０-９0-9一二十ーア－-]{1,20}") {
            let address = address(&text);
            prop_assert_eq!(Address::parse(&address.canonical()).unwrap().key(), address.key());
            let _ = (address.search_parts(), address.town_block());
        }
    }
}
