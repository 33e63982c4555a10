//! Mistakes in a reading, by tables of their own: `words` has no part in making them.

use crate::chance::Chance;

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Mistake {
    Voice,
    Long,
    Small,
    OldKana,
    ClosingN,
    Drop,
    Add,
    Swap,
    Replace,
}

const VOICE: [&str; 25] = [
    "カガ", "キギ", "クグ", "ケゲ", "コゴ", "サザ", "シジ", "スズ", "セゼ", "ソゾ", "タダ", "チヂ",
    "ツヅ", "テデ", "トド", "ハバ", "ヒビ", "フブ", "ヘベ", "ホボ", "ハパ", "ヒピ", "フプ", "バパ",
    "ボポ",
];
const OLD: [&str; 5] = ["ズヅ", "ジヂ", "オヲ", "エヱ", "イヰ"];
const SMALL: [&str; 4] = ["ャヤ", "ュユ", "ョヨ", "ッツ"];
const SOUNDS: &str = "ア イ ウ エ オ カ キ ク ケ コ サ シ ス セ ソ タ チ ツ テ ト ナ ニ ヌ ネ ノ ハ ヒ フ ヘ ホ マ ミ ム メ モ \
    ヤ ユ ヨ ラ リ ル レ ロ ワ ン ガ ギ グ ゲ ゴ ザ ジ ズ ゼ ゾ ダ デ ド バ ビ ブ ベ ボ キョ シュ ショ ジュ ジョ チョ リョ";
const A: &str = "アカガサザタダナハバパマヤラワャ";
const I: &str = "イキギシジチヂニヒビピミリ";
const U: &str = "ウクグスズツヅヌフブプムユルュ";
const E: &str = "エケゲセゼテデネヘベペメレ";
const O: &str = "オコゴソゾトドノホボポモヨロョヲ";

/// The reading with one such mistake; `None` where there is no room for it.
pub fn make(mistake: Mistake, reading: &str, chance: &mut Chance) -> Option<String> {
    let choices = match mistake {
        Mistake::Voice => exchanges(reading, &VOICE),
        Mistake::OldKana => exchanges(reading, &OLD),
        Mistake::Small => small(reading),
        Mistake::Long => long(reading),
        Mistake::ClosingN => closing_n(reading),
        _ => return one_sound(mistake, reading, chance),
    };
    let choices: Vec<String> = choices.into_iter().filter(|c| c != reading).collect();
    chance.pick(&choices).cloned()
}

fn one_sound(mistake: Mistake, reading: &str, chance: &mut Chance) -> Option<String> {
    let mut sounds = sounds(reading);
    let new: Vec<&str> = SOUNDS.split_whitespace().collect();
    let new = (*chance.pick(&new)?).to_owned();
    let at = chance.below(sounds.len());
    match mistake {
        Mistake::Drop if sounds.len() > 1 => drop(sounds.remove(at)),
        Mistake::Add => sounds.insert(chance.below(sounds.len() + 1), new),
        Mistake::Replace => sounds[at] = new,
        Mistake::Swap if at + 1 < sounds.len() => sounds.swap(at, at + 1),
        _ => return None,
    }
    let wrong = sounds.concat();
    let sayable = !wrong.starts_with(['ン', 'ッ', 'ー']);
    (wrong != reading && sayable).then_some(wrong)
}

/// One string a sound: a kana with the small ャ ュ ョ that belongs to it.
fn sounds(reading: &str) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    for c in reading.chars() {
        match out.last_mut() {
            Some(last) if "ャュョァィゥェォ".contains(c) => last.push(c),
            _ => out.push(c.to_string()),
        }
    }
    out
}

/// Every reading that differs in one kana by a pair of the table.
fn exchanges(reading: &str, pairs: &[&str]) -> Vec<String> {
    let mut out = Vec::new();
    for (at, c) in reading.char_indices() {
        for pair in pairs.iter().filter(|p| p.contains(c)) {
            let other: String = pair.chars().filter(|o| *o != c).collect();
            out.push(spliced(reading, at, c.len_utf8(), &other));
        }
    }
    out
}

fn spliced(reading: &str, at: usize, len: usize, by: &str) -> String {
    format!("{}{by}{}", &reading[..at], &reading[at + len..])
}

fn small(reading: &str) -> Vec<String> {
    let mut out: Vec<String> = exchanges(reading, &SMALL)
        .into_iter()
        .filter(|r| {
            r.chars()
                .zip(reading.chars())
                .all(|(new, old)| new == old || !"ツ".contains(old))
        })
        .filter(|r| !r.starts_with(['ャ', 'ュ', 'ョ']) && melts_well(r))
        .collect();
    out.extend(
        reading
            .char_indices()
            .filter(|(_, c)| *c == 'ッ')
            .map(|(at, c)| spliced(reading, at, c.len_utf8(), "")),
    );
    out
}

/// Small kana only after the i-row.
fn melts_well(reading: &str) -> bool {
    let chars: Vec<char> = reading.chars().collect();
    chars
        .windows(2)
        .all(|w| !"ャュョ".contains(w[1]) || I.contains(w[0]))
}

/// A drawn-out vowel left out, written with ー or as another vowel; or a short one drawn out.
fn long(reading: &str) -> Vec<String> {
    let chars: Vec<char> = reading.chars().collect();
    let mut out = Vec::new();
    for i in 0..chars.len() {
        let put = |at: usize, taken: usize, by: &str| -> String {
            let by = by.chars();
            chars[..at]
                .iter()
                .copied()
                .chain(by)
                .chain(chars[at + taken..].iter().copied())
                .collect()
        };
        let next = chars.get(i + 1).copied().unwrap_or(' ');
        let ways = drawn_out(chars[i]);
        if ways.contains(next) || next == 'ー' {
            out.push(put(i + 1, 1, ""));
            out.extend(
                ways.chars()
                    .chain(['ー'])
                    .map(|w| put(i + 1, 1, &w.to_string())),
            );
        } else if !ways.is_empty()
            && !"ャュョ".contains(next)
            && (O.contains(chars[i]) || U.contains(chars[i]))
        {
            out.extend(ways.chars().map(|w| put(i + 1, 0, &w.to_string())));
        }
    }
    out
}

/// The kana that draw this one out.
fn drawn_out(c: char) -> &'static str {
    match c {
        c if O.contains(c) => "オウ",
        c if U.contains(c) => "ウ",
        c if E.contains(c) => "エイ",
        c if A.contains(c) => "ア",
        c if I.contains(c) => "イ",
        _ => "",
    }
}

fn closing_n(reading: &str) -> Vec<String> {
    let lips = "バビブベボパピプペポマミムメモ";
    let mut out = Vec::new();
    let chars: Vec<(usize, char)> = reading.char_indices().collect();
    for pair in chars
        .windows(2)
        .filter(|w| w[0].1 == 'ン' && lips.contains(w[1].1))
    {
        out.push(spliced(reading, pair[0].0, 'ン'.len_utf8(), "ム"));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mistakes_are_of_their_kind() {
        assert!(long("コウ").contains(&"コー".to_owned()));
        assert!(long("オオタ").contains(&"オタ".to_owned()));
        assert!(small("キョウ").contains(&"キヨウ".to_owned()));
        assert_eq!(closing_n("ナンバ"), ["ナムバ"]);
        assert!(exchanges("ヅカ", &OLD).contains(&"ズカ".to_owned()));
    }

    #[test]
    fn one_sound_is_wrong_and_no_more() {
        let mut chance = Chance::new(1);
        for _ in 0..200 {
            for (mistake, sounds_left) in
                [(Mistake::Drop, 2), (Mistake::Add, 4), (Mistake::Replace, 3)]
            {
                if let Some(wrong) = make(mistake, "キョウカ", &mut chance) {
                    assert_eq!(sounds(&wrong).len(), sounds_left, "{wrong}");
                }
            }
        }
    }
}
