//! A telephone number found in the middle of a text, however its digits are written or said:
//! `090-0111-2222`, `〇九〇…`, `ゼロキュウゼロ…`, `zero nine zero …`, `ichi ni san …`.
//!
//! A syllable of a number is a syllable of other words too (「に」「ゴミ」), so what counts is a long
//! run with nothing else in it.

use std::ops::Range;

use unicode_normalization::UnicodeNormalization;

use crate::digits::{WORDS, is_separator, katakana, single};

/// So few digits in a row are a number to call nobody has: a count, a time, a house.
const FEWEST_DIGITS: usize = 9;

/// The most characters of a word for a digit, half-width: ｷﾕｳ is three, ｾﾞﾛ is three.
const LONGEST: usize = 4;

/// Syllables that stand in other words, or between them, far more often than for a digit.
const WEAK: [&str; 4] = ["ニ", "シ", "ゴ", "ク"];

/// Digits in English and in our letters.
const LATIN: [&str; 31] = [
    "zero", "oh", "o", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine",
    "rei", "maru", "ichi", "hito", "ni", "futa", "san", "yon", "shi", "go", "roku", "nana",
    "shichi", "hachi", "kyuu", "kyu", "kyū", "ku", "nain",
];

/// What is said between digits.
const BETWEEN: [&str; 6] = ["ハイフン", "ダッシュ", "hyphen", "dash", "double", "triple"];

/// A piece of a text.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Piece {
    /// So many digits, each a sign by itself.
    Signs(usize),
    /// So many digits in words.
    Words(usize),
    /// A digit, if those beside it are said in words too.
    Weak,
    /// What may stand between digits.
    Between,
    /// What may stand between digits, or between a number and the next word.
    Pause,
    /// Anything else.
    Other,
}

impl Piece {
    const fn digits(self) -> usize {
        match self {
            Piece::Signs(digits) | Piece::Words(digits) => digits,
            Piece::Weak => 1,
            Piece::Between | Piece::Pause | Piece::Other => 0,
        }
    }
}

/// Where in the text numbers stand that somebody could call.
pub fn numbers(text: &str) -> Vec<Range<usize>> {
    let (mut found, mut run) = (Vec::new(), Vec::new());
    let mut at = 0;
    while at < text.len() {
        let (piece, length) = piece(&text[at..]);
        match piece {
            Piece::Other => found.extend(number(&std::mem::take(&mut run))),
            piece => run.push((piece, at..at + length)),
        }
        at += length;
    }
    found.extend(number(&run));
    found
}

/// The numbers of a run: the parts of it that are one by themselves, so that in
/// 「090-0111-2222、3丁目」 the place stays; else all of it together.
fn number(run: &[(Piece, Range<usize>)]) -> Vec<Range<usize>> {
    let parts = run.split(|(piece, _)| *piece == Piece::Pause);
    let found: Vec<_> = parts.filter_map(whole).collect();
    match found.is_empty() {
        true => whole(run).into_iter().collect(),
        false => found,
    }
}

/// A run or a part of one as a number, if it is one.
fn whole(run: &[(Piece, Range<usize>)]) -> Option<Range<usize>> {
    let mut run = run;
    while let Some(((Piece::Pause, _), rest)) = run.split_first() {
        run = rest;
    }
    while let Some(((Piece::Pause, _), rest)) = run.split_last() {
        run = rest;
    }
    // 「090-0111-2222に」: the syllable belongs to what follows.
    while let Some(trimmed) = without_weak_end(run) {
        run = trimmed;
    }
    let digits: usize = run.iter().map(|(piece, _)| piece.digits()).sum();
    let strong = run.iter().any(|(piece, _)| match piece {
        Piece::Signs(_) | Piece::Words(_) => true,
        Piece::Weak | Piece::Between | Piece::Pause | Piece::Other => false,
    });
    if digits < FEWEST_DIGITS || !strong {
        return None;
    }
    let (_, first) = run.first()?;
    let (_, last) = run.last()?;
    Some(first.start..last.end)
}

/// The run without a weak syllable at its beginning or end, where the digit next to that is a sign.
fn without_weak_end(run: &[(Piece, Range<usize>)]) -> Option<&[(Piece, Range<usize>)]> {
    let digits: Vec<usize> = (0..run.len())
        .filter(|at| run[*at].0.digits() > 0)
        .collect();
    let weak = |outer: Option<&usize>, inner: Option<&usize>| {
        let inner = inner.map(|at| run[*at].0);
        outer
            .copied()
            .filter(|at| run[*at].0 == Piece::Weak && matches!(inner, Some(Piece::Signs(_))))
    };
    if let Some(at) = weak(digits.last(), digits.iter().rev().nth(1)) {
        return Some(&run[..at]);
    }
    weak(digits.first(), digits.get(1)).map(|at| &run[at + 1..])
}

/// The piece at the beginning of a text that is not empty, and its length in bytes.
fn piece(text: &str) -> (Piece, usize) {
    let first = text.chars().next().unwrap_or_default();
    if first.is_ascii_alphabetic() || first == 'ū' {
        return latin(text);
    }
    if let Some(said) = said(text) {
        return said;
    }
    let piece = match first {
        '、' | '，' | ',' | '\n' | '\r' => Piece::Pause,
        '(' | ')' | '（' | '）' | '+' | '＋' | '．' | '･' => Piece::Between,
        // Signs that are drawn around a digit, and those that are not drawn at all.
        '\u{fe0f}' | '\u{20e3}' | '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}' => {
            Piece::Between
        }
        c if is_separator(katakana(c)) => Piece::Between,
        _ => Piece::Other,
    };
    (piece, first.len_utf8())
}

/// A digit as a sign or as a word in kana, or what is said between two.
fn said(text: &str) -> Option<(Piece, usize)> {
    let ends = text.char_indices().map(|(at, c)| at + c.len_utf8());
    let mut ends: Vec<usize> = ends.take(LONGEST).collect();
    ends.reverse();
    for end in ends {
        let word: String = text[..end].nfkc().map(katakana).collect();
        if BETWEEN.contains(&word.as_str()) {
            return Some((Piece::Between, end));
        }
        if WEAK.contains(&word.as_str()) {
            return Some((Piece::Weak, end));
        }
        if WORDS.iter().any(|(of, _)| *of == word) {
            return Some((Piece::Words(1), end));
        }
        let mut signs = word.chars();
        if let (Some(sign), None) = (signs.next(), signs.next())
            && single(sign).is_some()
        {
            return Some((Piece::Signs(1), end));
        }
    }
    None
}

/// A whole word in our letters: digits, one after the other, or something else.
fn latin(text: &str) -> (Piece, usize) {
    let end = text
        .find(|c: char| !c.is_ascii_alphabetic() && c != 'ū')
        .unwrap_or(text.len());
    let word = text[..end].to_lowercase();
    if BETWEEN.contains(&word.as_str()) {
        return (Piece::Between, end);
    }
    let (mut rest, mut digits) = (word.as_str(), 0);
    while !rest.is_empty() {
        let longest = LATIN
            .iter()
            .filter_map(|digit| rest.strip_prefix(digit))
            .min_by_key(|left| left.len());
        let Some(left) = longest else {
            return (Piece::Other, end);
        };
        (rest, digits) = (left, digits + 1);
    }
    (Piece::Words(digits), end)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used)]
    use proptest::prelude::*;

    use super::*;

    fn veiled(text: &str) -> String {
        let (mut out, mut from) = (String::new(), 0);
        for number in numbers(text) {
            out.push_str(&text[from..number.start]);
            out.push('※');
            from = number.end;
        }
        out.push_str(&text[from..]);
        out
    }

    #[test]
    fn a_number_is_found_however_it_is_written_or_said() {
        for number in [
            "090-0111-2222",
            "０９０（０１１１）２２２２",
            "〇九〇の〇一一一の二二二二",
            "ゼロキュウゼロゼロイチイチイチニニニニ",
            "ぜろきゅうぜろ、ぜろいちいちいち、にーにーにーにー",
            "まるきゅうまるの まるひとひとひとの ふたふたふたふた",
            "ｾﾞﾛｷｭｳｾﾞﾛ ｾﾞﾛｲﾁｲﾁｲﾁ ﾆﾆﾆﾆ",
            "ゼロ九ゼロ0イチ一1２ニ二2",
            "zero nine zero one one one two two two two",
            "Zero-Nine-Zero, oh one one one, two two two two",
            "zeronineZERO 0111 2222",
            "rei kyuu rei ichi ichi ichi ni ni ni ni",
            "０９０ハイフン０１１１ハイフン２２２２",
            "0️⃣9️⃣0️⃣0️⃣1️⃣1️⃣1️⃣2️⃣2️⃣2️⃣2️⃣",
            "090\n0111\n2222",
            "0\u{200b}9\u{200b}0\u{200b}01112222",
            "⓪⑨⓪⓪①①①②②②②",
        ] {
            let text = format!("電話は{number}です。");
            let left = veiled(&text);
            assert!(
                left.starts_with("電話は※")
                    && left.ends_with("です。")
                    && left.chars().count() < 10,
                "{number}: {left}"
            );
        }
    }

    #[test]
    fn what_stands_beside_a_number_stays() {
        assert_eq!(veiled("電話は090-0111-2222に"), "電話は※に");
        assert_eq!(veiled("090-0111-2222、3丁目の公園"), "※、3丁目の公園");
        assert_eq!(
            veiled("はい。\n03-0111-2222\n10分います"),
            "はい。\n※\n10分います"
        );
        assert_eq!(veiled("公園に03-0111-2222へ"), "公園に※へ");
        assert_eq!(veiled("call zero nine zero 0111 2222 now"), "call※now");
    }

    #[test]
    fn ordinary_words_and_numbers_stay() {
        for text in [
            "ごみ置き場の近くで、にこにこしながら座っています。",
            "いちごのケーキと、さんまのにつけが好きです。",
            "ごしごしと手をこすり、しくしくと泣いています。",
            "まるいちさんの店の前。ななめ前がニシムラ商店。",
            "さんぽの途中で、くしゃみをよくする方です。",
            "10時ごろから2、3人で見ています。あと15分ほどいられます。",
            "11月25日の9時35分、3丁目の4番の12号のあたりです。",
            "一人で二丁目の三角公園にいます。七、八十代の方です。",
            "2026年11月25日 10時15分に見かけました。",
            "血圧は130の85、体温は36.5でした。",
            "身長は150センチくらい、年は八十五、六に見えます。",
            "someone in a cone hat, no one else; go to Sanno station",
            "I sang one or two songs with her. She is eighty nine.",
            "しんにくにのくしにくのに",
            "にしにしにしにしにしに",
            "ニューヨークのにし、しごとのく、ごごのろくじ。",
        ] {
            assert_eq!(veiled(text), text);
        }
    }

    proptest! {
        #[test]
        fn any_mixture_of_ways_is_found(ways in prop::collection::vec((0usize..10, 0usize..5), 10..12)) {
            let written = [
                ["0", "０", "〇", "ゼロ", "ぜろ"],
                ["1", "１", "一", "イチ", "いち"],
                ["2", "２", "二", "フタ", "ふた"],
                ["3", "３", "三", "サン", "さん"],
                ["4", "４", "四", "ヨン", "よん"],
                ["5", "５", "五", "⑤", "五"],
                ["6", "６", "六", "ロク", "ろく"],
                ["7", "７", "七", "ナナ", "なな"],
                ["8", "８", "八", "ハチ", "はち"],
                ["9", "９", "九", "キュウ", "きゅう"],
            ];
            let number: String = ways.iter().map(|(digit, way)| written[*digit][*way]).collect();
            let text = format!("はい、0{number}へ");
            prop_assert_eq!(veiled(&text), "はい、※へ");
        }

        #[test]
        fn ranges_lie_in_order_upon_letters(text in ".{0,60}") {
            let mut from = 0;
            for number in numbers(&text) {
                prop_assert!(from <= number.start && number.start < number.end);
                prop_assert!(text.get(number.clone()).is_some());
                from = number.end;
            }
        }
    }
}
