//! The plain class of a reading, and the keys under which it and its neighbours are found.

use std::collections::BTreeSet;

use super::mora::{Mora, moras};

/// Skeletons shorter than this lose at most one sound: of three sounds, two fewer fit any name.
const LONG_ENOUGH_FOR_TWO: usize = 4;

/// The reading's plain class: one kana a sound, hiragana where a small ャ ュ ョ belongs to it.
///
/// Voice goes, チ ツ fall to シ ス, lone vowels after the first sound go, ッ goes, ム before b, m and p
/// is ン, and キヨ is キョ. Empty only if the text has no kana.
#[must_use]
pub fn skeleton(reading: &str) -> String {
    class(&heard(reading), true)
}

/// The plain class, and a second one with キ and ヨ apart where the reading has them side by side:
/// a mistake in one of the two must not hide the other.
#[must_use]
pub fn skeletons(reading: &str) -> Vec<String> {
    let heard = heard(reading);
    let mut out = vec![class(&heard, true), class(&heard, false)];
    out.dedup();
    out
}

fn heard(reading: &str) -> Vec<Mora> {
    let all = moras(reading).into_iter();
    all.filter(|m| m.consonant != 'Q').collect()
}

fn class(all: &[Mora], melt: bool) -> String {
    let mut out = String::with_capacity(all.len() * 3);
    let mut i = 0;
    while i < all.len() {
        let next = all.get(i + 1);
        if let Some(glide) = next.filter(|n| melt && melts(&all[i], n)) {
            out.push(unit(&all[i], glide.vowel, true));
            i += 1;
        } else if i == 0 || all[i].consonant != '-' {
            let sound = unit(&all[i], all[i].vowel, all[i].palatal);
            out.push(closing(&all[i], next).unwrap_or(sound));
        }
        i += 1;
    }
    out
}

/// キ + ヨ, which is キョ with its small kana written large.
fn melts(sound: &Mora, next: &Mora) -> bool {
    sound.vowel == 'i' && sound.consonant != '-' && next.consonant == 'y' && !sound.palatal
}

/// ン, also where ム is written for it.
fn closing(sound: &Mora, next: Option<&Mora>) -> Option<char> {
    let lips = next.is_some_and(|n| matches!(n.consonant, 'h' | 'b' | 'p' | 'm'));
    let mu = sound.consonant == 'm' && sound.vowel == 'u';
    (sound.consonant == 'N' || (mu && lips)).then_some('ン')
}

fn unit(sound: &Mora, vowel: char, palatal: bool) -> char {
    let row = match (sound.plain_consonant(), palatal) {
        ('-', _) => "アイウエオ",
        ('k', false) => "カキクケコ",
        ('k', true) => "か_くけこ",
        ('s', false) => "サシスセソ",
        ('s', true) => "さ_すせそ",
        ('t', _) => "タシステト",
        ('n', false) => "ナニヌネノ",
        ('n', true) => "な_ぬねの",
        ('h', false) => "ハヒフヘホ",
        ('h', true) => "は_ふへほ",
        ('m', false) => "マミムメモ",
        ('m', true) => "ま_むめも",
        ('y', _) => "ヤ_ユエヨ",
        ('r', false) => "ラリルレロ",
        ('r', true) => "ら_るれろ",
        _ => "ワウウエオ",
    };
    let column = "aiueo".chars().position(|v| v == vowel).unwrap_or(0);
    row.chars().nth(column).unwrap_or('_')
}

/// The skeleton itself first, then what is left of it without one sound, or two of a longer one.
///
/// A skeleton of one sound also has the empty key, so that one short name finds another. At most
/// 1 + n + n(n−1)/2 keys of a skeleton of n sounds; no more than its first twelve sounds count.
#[must_use]
pub fn near_keys(skeleton: &str) -> Vec<String> {
    let whole: Vec<char> = skeleton.chars().take(12).collect();
    let mut keys: BTreeSet<Vec<char>> = without_one(&whole).collect();
    if whole.len() >= LONG_ENOUGH_FOR_TWO {
        let shorter: Vec<Vec<char>> = keys.iter().cloned().collect();
        keys.extend(shorter.iter().flat_map(|s| without_one(s)));
    }
    keys.remove(&whole);
    let rest = keys.into_iter().map(String::from_iter);
    std::iter::once(whole.iter().collect())
        .chain(rest)
        .collect()
}

fn without_one(whole: &[char]) -> impl Iterator<Item = Vec<char>> {
    (0..whole.len()).map(|i| [&whole[..i], &whole[i + 1..]].concat())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn alike(names: &[&str]) {
        for name in names {
            assert_eq!(skeleton(names[0]), skeleton(name), "{name}");
        }
    }

    #[test]
    fn what_is_confused_falls_together() {
        alike(&["タナカ", "ダナガ", "タナガ"]);
        alike(&["ハナ", "バナ", "パナ"]);
        alike(&["オオタ", "オータ", "オタ", "オオダ", "オウタ"]);
        alike(&["コウジ", "コージ", "コジ", "コオジ"]);
        alike(&["ケイコ", "ケエコ", "ケーコ"]);
        alike(&["キョウコ", "キヨウコ", "キョコ"]);
        alike(&["カヅ", "カズ"]);
        alike(&["フヂ", "フジ"]);
        alike(&["ミサヲ", "ミサオ"]);
        alike(&["ホンマ", "ホムマ"]);
        alike(&["ハットリ", "ハトリ"]);
        alike(&["チヨ", "チョ", "ショウ"]);
    }

    #[test]
    fn what_differs_stays_apart() {
        for (a, b) in [
            ("ハナ", "カナ"),
            ("ミカ", "ミキ"),
            ("キョウコ", "コウコ"),
            ("ヤス", "アス"),
        ] {
            assert_ne!(skeleton(a), skeleton(b));
        }
    }

    #[test]
    fn one_error_leaves_a_common_key() {
        let near = |a: &str, b: &str| {
            let keys = near_keys(&skeleton(a));
            near_keys(&skeleton(b)).iter().any(|k| keys.contains(k))
        };
        assert!(near("タナカ", "タカ"), "dropped");
        assert!(near("タナカ", "タナコカ"), "added");
        assert!(near("タナカ", "タミカ"), "replaced");
        assert!(near("タナカ", "ナタカ"), "swapped");
        assert!(near("ケイ", "リ"), "short");
        assert!(near("キョウコ", "タウコ"), "replaced before a vowel");
        assert!(!near("タナカ", "モリ"));
    }

    #[test]
    fn an_error_beside_a_large_yo_leaves_a_common_key() {
        let near = |a: &str, b: &str| {
            let keys: Vec<String> = skeletons(a).iter().flat_map(|s| near_keys(s)).collect();
            let other = skeletons(b);
            other
                .iter()
                .flat_map(|s| near_keys(s))
                .any(|k| keys.contains(&k))
        };
        assert_eq!(skeletons("キヨシ"), ["こシ", "キヨシ"]);
        assert!(near("キヨシ", "キシヨ"), "swapped");
        assert!(near("キヨコ", "ガヨコ"), "replaced");
        assert!(near("キヨシ", "キノヨシ"), "added");
    }

    #[test]
    fn keys_are_bounded() {
        assert_eq!(near_keys("タナカ").len(), 4);
        assert_eq!(near_keys("イ"), ["イ", ""]);
        assert_eq!(near_keys("タカハシ").len(), 1 + 4 + 6);
        assert!(near_keys(&"アカサタナハマヤラワ".repeat(9)).len() <= 1 + 12 + 66);
    }
}
