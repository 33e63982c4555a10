//! Names in Latin letters: Hepburn, kunrei, the passport's OH, macrons.

use unicode_normalization::UnicodeNormalization;

/// More ways of splitting `n` than this are not tried: JUNICHI and SHINYA need two.
const MOST_READINGS: usize = 4;

/// The readings in katakana that the letters may stand for, the plainest first; empty if the text
/// is not Japanese in Latin letters.
///
/// There is more than one where an `n` may close a sound: `Shinichi` is シニチ or シンイチ.
/// Long vowels that the passport leaves out stay out; comparing by sound forgives that.
#[must_use]
pub fn readings(text: &str) -> Vec<String> {
    let Some(letters) = letters(text) else {
        return Vec::new();
    };
    let mut found = vec![String::new()];
    let mut rest = letters.as_str();
    while !rest.is_empty() {
        let Some(step) = step(rest) else {
            return Vec::new();
        };
        found = extend(found, &step);
        rest = &rest[step.taken..];
    }
    found
}

/// One sound read off the letters.
struct Step {
    kana: String,
    /// The same letters with a closing `n`, where that is possible too.
    otherwise: Option<String>,
    taken: usize,
}

fn extend(found: Vec<String>, step: &Step) -> Vec<String> {
    let mut out: Vec<String> = found.iter().map(|f| format!("{f}{}", step.kana)).collect();
    if let Some(other) = &step.otherwise {
        out.extend(found.iter().map(|f| format!("{f}{other}")));
    }
    out.truncate(MOST_READINGS);
    out
}

/// Lower case, macrons written out as a doubled mark `-`, nothing else but `'`.
fn letters(text: &str) -> Option<String> {
    let mut out = String::new();
    for c in text.trim().nfkd() {
        match c {
            '\u{304}' | '\u{302}' => out.push('-'),
            '\'' | '’' | '`' => out.push('\''),
            '-' | '‐' => out.push('\''),
            c if c.is_ascii_alphabetic() => out.push(c.to_ascii_lowercase()),
            _ => return None,
        }
    }
    out.starts_with(|c: char| c.is_ascii_alphabetic())
        .then_some(out)
}

fn step(rest: &str) -> Option<Step> {
    mark(rest)
        .or_else(|| closing_n(rest))
        .or_else(|| doubled(rest))
        .or_else(|| passport_h(rest))
        .or_else(|| syllable(rest))
}

fn plain(kana: &str, taken: usize) -> Option<Step> {
    Some(Step {
        kana: kana.to_owned(),
        otherwise: None,
        taken,
    })
}

fn mark(rest: &str) -> Option<Step> {
    match rest.as_bytes()[0] {
        b'-' => plain("ー", 1),
        b'\'' => plain("", 1),
        _ => None,
    }
}

fn at(rest: &str, i: usize) -> u8 {
    rest.as_bytes().get(i).copied().unwrap_or(0)
}

fn is_vowel(c: u8) -> bool {
    matches!(c, b'a' | b'i' | b'u' | b'e' | b'o')
}

/// `n` or, before b, m and p, `m`, that no vowel follows.
fn closing_n(rest: &str) -> Option<Step> {
    let next = at(rest, 1);
    match at(rest, 0) {
        b'm' if matches!(next, b'b' | b'm' | b'p') => plain("ン", 1),
        b'n' if !is_vowel(next) && next != b'y' => plain("ン", 1),
        _ => None,
    }
}

fn doubled(rest: &str) -> Option<Step> {
    let (first, next) = (at(rest, 0), at(rest, 1));
    let twice = first == next && !is_vowel(first) && first != b'n';
    let tch = first == b't' && next == b'c' && at(rest, 2) == b'h';
    (twice || tch).then(|| plain("ッ", 1)).flatten()
}

/// The passport's long o: OHNO, SATOH, ITOH.
fn passport_h(rest: &str) -> Option<Step> {
    let long = rest.starts_with("oh") && !is_vowel(at(rest, 2)) && at(rest, 2) != b'y';
    if long { plain("オー", 2) } else { None }
}

fn syllable(rest: &str) -> Option<Step> {
    let len = rest.bytes().take(4).position(is_vowel)? + 1;
    let (onset, vowel) = (&rest[..len - 1], at(rest, len - 1));
    let column = b"aiueo".iter().position(|v| *v == vowel)?;
    let long_h = vowel == b'o'
        && at(rest, len) == b'h'
        && !is_vowel(at(rest, len + 1))
        && at(rest, len + 1) != b'y';
    let kana = row(onset)?.split(' ').nth(column).filter(|k| *k != "_")?;
    let kana = if long_h {
        format!("{kana}ー")
    } else {
        kana.to_owned()
    };
    let otherwise = split_n(onset, column);
    Some(Step {
        kana,
        otherwise,
        taken: len + usize::from(long_h),
    })
}

/// `ni` may be ンイ and `nya` ンヤ.
fn split_n(onset: &str, column: usize) -> Option<String> {
    let row = match onset {
        "n" => "ア イ ウ エ オ",
        "ny" => "ヤ _ ユ _ ヨ",
        _ => return None,
    };
    let kana = row.split(' ').nth(column).filter(|k| *k != "_")?;
    Some(format!("ン{kana}"))
}

/// The kana of a consonant with a, i, u, e, o; `_` where there is none.
fn row(onset: &str) -> Option<&'static str> {
    Some(match onset {
        "" => "ア イ ウ エ オ",
        "k" => "カ キ ク ケ コ",
        "s" => "サ シ ス セ ソ",
        "t" => "タ チ ツ テ ト",
        "n" => "ナ ニ ヌ ネ ノ",
        "h" => "ハ ヒ フ ヘ ホ",
        "m" => "マ ミ ム メ モ",
        "y" => "ヤ _ ユ イェ ヨ",
        "r" => "ラ リ ル レ ロ",
        "w" => "ワ ヰ _ ヱ ヲ",
        "g" => "ガ ギ グ ゲ ゴ",
        "z" => "ザ ジ ズ ゼ ゾ",
        "d" => "ダ ヂ ヅ デ ド",
        "b" => "バ ビ ブ ベ ボ",
        "p" => "パ ピ プ ペ ポ",
        "f" => "ファ フィ フ フェ フォ",
        "v" => "ヴァ ヴィ ヴ ヴェ ヴォ",
        "j" | "zy" | "jy" => "ジャ ジ ジュ ジェ ジョ",
        "sh" | "sy" => "シャ シ シュ シェ ショ",
        "ch" | "ty" | "cy" => "チャ チ チュ チェ チョ",
        "ts" => "ツァ ツィ ツ ツェ ツォ",
        "dz" => "_ _ ヅ _ _",
        "dy" => "ヂャ _ ヂュ _ ヂョ",
        "ky" => "キャ _ キュ _ キョ",
        "gy" => "ギャ _ ギュ _ ギョ",
        "ny" => "ニャ _ ニュ _ ニョ",
        "hy" => "ヒャ _ ヒュ _ ヒョ",
        "by" => "ビャ _ ビュ _ ビョ",
        "py" => "ピャ _ ピュ _ ピョ",
        "my" => "ミャ _ ミュ _ ミョ",
        "ry" => "リャ _ リュ _ リョ",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn first(text: &str) -> String {
        readings(text).into_iter().next().unwrap_or_default()
    }

    #[test]
    fn hepburn_and_kunrei_read_alike() {
        assert_eq!(first("Tsuchiya"), "ツチヤ");
        assert_eq!(first("TUTIYA"), "ツチヤ");
        assert_eq!(first("Fujishiro"), "フジシロ");
        assert_eq!(first("huzisiro"), "フジシロ");
        assert_eq!(first("syouzi"), "ショウジ");
        assert_eq!(first("shouji"), "ショウジ");
    }

    #[test]
    fn passport_and_macrons_are_long() {
        assert_eq!(first("OHNO"), "オーノ");
        assert_eq!(first("Satoh"), "サトー");
        assert_eq!(first("Ōno"), "オーノ");
        assert_eq!(first("Kôno"), "コーノ");
        assert_eq!(first("Kohyama"), "コヒャマ");
        assert_eq!(first("Shohei"), "ショヘイ");
    }

    #[test]
    fn closing_and_doubled_sounds() {
        assert_eq!(first("Homma"), "ホンマ");
        assert_eq!(first("Nanba"), "ナンバ");
        assert_eq!(first("Hattori"), "ハットリ");
        assert_eq!(first("Hotchi"), "ホッチ");
        assert_eq!(first("Jun'ichi"), "ジュンイチ");
        assert_eq!(readings("Shinichi"), ["シニチ", "シンイチ"]);
        assert_eq!(readings("Shinya"), ["シニャ", "シンヤ"]);
    }

    #[test]
    fn other_text_is_not_romaji() {
        for text in ["", "Smith", "Lee", "花子", "x1", "-a", "12"] {
            assert!(readings(text).is_empty(), "{text}");
        }
    }
}
