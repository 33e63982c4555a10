//! Kanji variants, folded for finding and never for showing: 斎 斉 齋 齊, 辺 邊 邉, 高 髙, 吉 𠮷.

use std::collections::HashMap;
use std::sync::LazyLock;

use unicode_normalization::UnicodeNormalization;

use crate::kana::to_katakana;

/// One group a line, its first character standing for it; see `tables/README.md`.
const GROUPS: &str = include_str!("../tables/variants.txt");

static VARIANTS: LazyLock<HashMap<char, char>> = LazyLock::new(|| {
    let groups = GROUPS.lines().filter_map(|line| {
        let mut chars = line.chars();
        Some((chars.next()?, chars))
    });
    groups
        .flat_map(|(first, rest)| rest.map(move |c| (c, first)))
        .collect()
});

/// The name with every variant turned to the kanji that stands for its group.
///
/// Variation selectors and spaces go, `々` repeats the kanji before it, kana become katakana with
/// ヱ ヰ ヲ as エ イ オ, and small ヶ is ケ. Two names that fold alike are written alike or
/// differ by 異体字 only.
#[must_use]
pub fn fold(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    for c in to_katakana(name).nfkc() {
        match c {
            '\u{FE00}'..='\u{FE0F}' | '\u{E0100}'..='\u{E01EF}' => {}
            c if c.is_whitespace() => {}
            '々' | '〻' | '仝' => out.extend(out.chars().next_back()),
            c => out.push(fold_char(c)),
        }
    }
    out
}

fn fold_char(c: char) -> char {
    match c {
        'ヱ' => 'エ',
        'ヰ' => 'イ',
        'ヲ' => 'オ',
        'ヶ' => 'ケ',
        'ヵ' => 'カ',
        c => VARIANTS.get(&c).copied().unwrap_or(c),
    }
}

/// Whether the character is a Chinese character, in any plane, or stands for one.
#[must_use]
pub fn is_kanji(c: char) -> bool {
    matches!(c, '々' | '〻' | '仝' | '〆' | '\u{3400}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_variants_of_the_issue_are_one() {
        for group in ["斎斉齋齊", "辺邊邉", "高髙", "崎﨑嵜碕", "沢澤", "𠮷吉"] {
            all_alike(group);
        }
    }

    #[test]
    fn common_variants_are_one() {
        for group in [
            "島嶋嶌",
            "浜濱濵",
            "広廣",
            "桜櫻",
            "恵惠",
            "徳德",
            "真眞",
            "竜龍",
            "国國",
            "関關",
            "曽曾",
            "富冨",
            "淵渕",
            "峰峯",
            "館舘",
            "瀬瀨",
            "渡渡",
            "柳栁",
            "条條",
            "滝瀧",
        ] {
            all_alike(group);
        }
        assert_eq!(fold("\u{FA19}\u{FA10}\u{FA1B}"), "神塚福");
    }

    fn all_alike(group: &str) {
        let folded: std::collections::BTreeSet<_> = group.chars().map(fold_char).collect();
        assert_eq!(folded.len(), 1, "{group}");
    }

    #[test]
    fn different_names_stay_different() {
        for (a, b) in [
            ("岸", "広"),
            ("元", "円"),
            ("沢", "途"),
            ("太", "大"),
            ("土", "士"),
            ("埼", "崎"),
        ] {
            assert_ne!(fold(a), fold(b));
        }
    }

    #[test]
    fn selectors_marks_and_spaces_fold() {
        assert_eq!(fold("葛\u{E0100} 城"), fold("葛城"));
        assert_eq!(fold("佐々木"), fold("佐佐木"));
        assert_eq!(fold("みつゑ"), fold("ミツエ"));
        assert_eq!(fold("茅ヶ崎"), fold("茅ケ﨑"));
    }

    #[test]
    fn no_kanji_is_in_two_groups() {
        let all: Vec<char> = GROUPS.chars().filter(|c| *c != '\n').collect();
        let distinct: std::collections::BTreeSet<_> = all.iter().collect();
        assert_eq!(all.len(), distinct.len());
        assert!(all.len() > 10_000);
    }
}
