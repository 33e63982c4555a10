//! A reading as a row of sounds.

use std::sync::LazyLock;

/// The vowels' rows of the kana table, one consonant each; a blank is a kana that is not.
const ROWS: [(char, &str); 14] = [
    ('-', "アイウエオ"),
    ('k', "カキクケコ"),
    ('g', "ガギグゲゴ"),
    ('s', "サシスセソ"),
    ('z', "ザジズゼゾ"),
    ('t', "タチツテト"),
    ('d', "ダ  デド"),
    ('n', "ナニヌネノ"),
    ('h', "ハヒフヘホ"),
    ('b', "バビブベボ"),
    ('p', "パピプペポ"),
    ('m', "マミムメモ"),
    ('y', "ヤ ユ ヨ"),
    ('r', "ラリルレロ"),
];

/// Kana outside the rows: (kana, consonant, vowel).
const OLD: [(char, char, char); 12] = [
    ('ヂ', 'z', 'i'),
    ('ヅ', 'z', 'u'),
    ('ヲ', '-', 'o'),
    ('ヰ', '-', 'i'),
    ('ヱ', '-', 'e'),
    ('ヴ', 'b', 'u'),
    ('ヵ', 'k', 'a'),
    ('ヶ', 'k', 'e'),
    ('ヮ', 'w', 'a'),
    ('ワ', 'w', 'a'),
    ('ン', 'N', 'N'),
    ('ッ', 'Q', 'Q'),
];

const VOWELS: [char; 5] = ['a', 'i', 'u', 'e', 'o'];

/// One sound. `N` is ン, `Q` is ッ, `-` no consonant.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct Mora {
    pub consonant: char,
    pub vowel: char,
    /// キョ rather than コ.
    pub palatal: bool,
    /// Draws out the sound before it: the second オ of オオタ, ー, the ウ of コウ.
    pub long: bool,
    /// The kana it was written with, to tell ヅ from ズ.
    pub written: char,
}

impl Mora {
    /// Whether a listener hears the same.
    pub fn sounds_like(&self, other: &Self) -> bool {
        self.consonant == other.consonant
            && self.vowel == other.vowel
            && self.palatal == other.palatal
    }

    /// The sound without voice: カ for ガ; シ and ス stand for チ ツ and what is voiced of them.
    pub fn plain_consonant(&self) -> char {
        match (self.consonant, self.vowel) {
            ('t' | 'z', 'i' | 'u') => 's',
            ('t' | 'z', _) if self.palatal => 's',
            ('g', _) => 'k',
            ('z', _) => 's',
            ('d', _) => 't',
            ('b' | 'p', _) => 'h',
            (c, _) => c,
        }
    }
}

/// The sounds of a reading in katakana. Characters that are not kana are left out.
pub(super) fn moras(reading: &str) -> Vec<Mora> {
    let mut out: Vec<Mora> = Vec::with_capacity(reading.len() / 3);
    for c in reading.chars() {
        let joined = out.last_mut().is_some_and(|before| join(before, c));
        if !joined {
            out.extend(mora(c, out.last()));
        }
    }
    out
}

/// Small kana melt into the sound before them, where there is such a sound.
fn join(before: &mut Mora, c: char) -> bool {
    let glide = match c {
        'ャ' => 'a',
        'ュ' => 'u',
        'ョ' => 'o',
        _ => return join_vowel(before, c),
    };
    let fits = !before.palatal && before.vowel == 'i' && before.consonant != '-';
    if fits {
        before.palatal = true;
        before.vowel = glide;
    }
    fits
}

/// ファ, ティ, シェ: the small vowel replaces the vowel before it.
fn join_vowel(before: &mut Mora, c: char) -> bool {
    let Some(column) = "ァィゥェォ".chars().position(|v| v == c) else {
        return false;
    };
    let fits = !before.long
        && matches!(
            before.consonant,
            'h' | 'b' | 's' | 'z' | 't' | 'd' | 'k' | 'g'
        );
    if fits && before.vowel != VOWELS[column] {
        before.palatal |= before.vowel == 'i';
        before.vowel = VOWELS[column];
        return true;
    }
    false
}

fn mora(c: char, before: Option<&Mora>) -> Option<Mora> {
    if c == 'ー' {
        return before.map(|b| Mora {
            consonant: '-',
            palatal: false,
            long: true,
            written: c,
            ..*b
        });
    }
    let (consonant, vowel) = sound_of(full_size(c))?;
    let sound = Mora {
        consonant,
        vowel,
        palatal: false,
        long: false,
        written: c,
    };
    Some(drawn_out(sound, before))
}

/// A lone vowel after a sound that it draws out takes that sound's vowel: コウ is コオ.
fn drawn_out(sound: Mora, before: Option<&Mora>) -> Mora {
    let Some(before) = before.filter(|_| sound.consonant == '-') else {
        return sound;
    };
    let long = before.vowel == sound.vowel
        || matches!((before.vowel, sound.vowel), ('o', 'u') | ('e', 'i'));
    if long {
        Mora {
            vowel: before.vowel,
            long,
            ..sound
        }
    } else {
        sound
    }
}

fn full_size(c: char) -> char {
    match c {
        'ァ' | 'ィ' | 'ゥ' | 'ェ' | 'ォ' | 'ャ' | 'ュ' | 'ョ' => {
            char::from_u32(c as u32 + 1).unwrap_or(c)
        }
        c => c,
    }
}

/// From ァ on, one place a kana: thousands of readings are taken apart in a search.
static SOUNDS: LazyLock<[Option<(char, char)>; 96]> = LazyLock::new(|| {
    let mut all = [None; 96];
    for (consonant, row) in ROWS {
        let sounds = row.chars().zip(VOWELS).filter(|(kana, _)| *kana != ' ');
        sounds.for_each(|(kana, vowel)| all[place(kana)] = Some((consonant, vowel)));
    }
    OLD.iter()
        .for_each(|(kana, consonant, vowel)| all[place(*kana)] = Some((*consonant, *vowel)));
    all
});

fn place(kana: char) -> usize {
    (kana as usize).wrapping_sub('ァ' as usize)
}

fn sound_of(c: char) -> Option<(char, char)> {
    *SOUNDS.get(place(c))?
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sounds(reading: &str) -> String {
        moras(reading)
            .iter()
            .map(|m| {
                let glide = if m.palatal { "y" } else { "" };
                let long = if m.long { ":" } else { "" };
                format!("{}{glide}{}{long} ", m.consonant, m.vowel)
            })
            .collect()
    }

    #[test]
    fn kana_become_sounds() {
        assert_eq!(sounds("キョウコ"), "kyo -o: ko ");
        assert_eq!(sounds("ヅカ"), sounds("ズカ"));
        assert_eq!(sounds("ホッタ"), "ho QQ ta ");
        assert_eq!(sounds("フィリ"), "hi ri ");
        assert_eq!(sounds("ジェン"), "zye NN ");
        assert_eq!(sounds("アィ"), "-a -i ");
    }

    #[test]
    fn vowels_that_draw_out_are_long() {
        assert_eq!(sounds("オオタ"), sounds("オータ"));
        assert_eq!(sounds("ケイ"), sounds("ケー"));
        assert_eq!(sounds("アオイ"), "-a -o -i ");
        assert_eq!(sounds("太田"), "");
    }
}
