//! How far two readings are apart, sound by sound (optimal string alignment with weights).

use super::mora::{Mora, moras};
use super::reason::Reason;

/// Costs in hundredths of one plainly different sound.
mod cost {
    pub const SPELLING: u16 = 4;
    pub const LONG: u16 = 10;
    pub const SMALL: u16 = 12;
    pub const SMALL_TSU: u16 = 25;
    pub const CLOSING_N: u16 = 20;
    pub const VOICE: u16 = 30;
    pub const LIKE: u16 = 75;
    pub const SWAP: u16 = 85;
    pub const SOUND: u16 = 95;
    pub const OTHER: u16 = 100;
}

/// How near two readings are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Match {
    /// Hundredths of one plainly different sound; 0 is the same reading.
    pub cost: u16,
    /// Each kind of difference once for each time it occurs, in order of the sounds.
    pub reasons: Vec<Reason>,
}

/// A reading taken apart once, to be compared with many.
#[derive(Clone)]
pub struct Sounds {
    moras: Vec<Mora>,
    /// One bit for each plain sound that no cheap step takes away.
    marks: u64,
}

/// Compares what was asked for with what is known; `None` if they are more than `most` apart.
#[must_use]
pub fn distance(asked: &str, known: &str, most: u16) -> Option<Match> {
    let (asked, known) = (Sounds::of(asked), Sounds::of(known));
    let cost = asked.cost(&known, most)?;
    Some(Match {
        cost,
        reasons: asked.reasons(&known),
    })
}

#[derive(Clone, Copy)]
struct Cell {
    cost: u16,
    /// Sounds taken on either side by the step that led here, and why.
    step: (u8, u8, Option<Reason>),
}

const FAR: Cell = Cell {
    cost: u16::MAX,
    step: (0, 0, None),
};

impl Sounds {
    /// The sounds of a reading in katakana.
    #[must_use]
    pub fn of(reading: &str) -> Self {
        let moras = moras(reading);
        let marks = moras
            .iter()
            .filter_map(mark)
            .fold(0, |all, bit| all | (1 << bit));
        Self { moras, marks }
    }

    /// What the sounds that only one side has cost at the least; most names fail on it at once.
    fn least(&self, known: &Self) -> u32 {
        let missing = (self.marks & !known.marks).count_ones();
        let extra = (known.marks & !self.marks).count_ones();
        missing.max(extra) * u32::from(cost::LIKE)
    }

    /// The cost alone; `None` above `most`.
    #[must_use]
    pub fn cost(&self, known: &Self, most: u16) -> Option<u16> {
        if self.least(known) > u32::from(most) {
            return None;
        }
        let (a, b) = (&self.moras, &known.moras);
        let cells = table(a, b, most)?;
        cells.last().map(|end| end.cost).filter(|c| *c <= most)
    }

    /// In what the two differ along the cheapest way.
    #[must_use]
    pub fn reasons(&self, known: &Self) -> Vec<Reason> {
        let (a, b) = (&self.moras, &known.moras);
        let Some(cells) = table(a, b, u16::MAX) else {
            return Vec::new();
        };
        let (mut i, mut j) = (a.len(), b.len());
        let mut out = Vec::new();
        while i + j > 0 {
            let (di, dj, reason) = cells[i * (b.len() + 1) + j].step;
            out.extend(reason);
            i -= di as usize;
            j -= dj as usize;
        }
        out.reverse();
        out
    }
}

/// The place of a sound's bit; none for those that come and go cheaply: vowels, ッ and ツ, ン and ム,
/// ヤ ユ ヨ and the row of キ that melts with them, フ of フィ.
fn mark(sound: &Mora) -> Option<usize> {
    if sound.palatal {
        return None;
    }
    let row = "kstnhmrw".find(sound.plain_consonant())?;
    let column = "aiueo".find(sound.vowel)?;
    let melts = column == 1;
    let cheap = column == 2 && matches!(sound.plain_consonant(), 's' | 'm' | 'h');
    (!melts && !cheap).then_some(row * 5 + column)
}

/// Row by row; `None` as soon as two rows in turn are all above `most`.
fn table(a: &[Mora], b: &[Mora], most: u16) -> Option<Vec<Cell>> {
    let width = b.len() + 1;
    let mut cells = vec![FAR; (a.len() + 1) * width];
    cells[0].cost = 0;
    let mut before = 0;
    for i in 0..=a.len() {
        let mut least = u16::MAX;
        for j in 0..=b.len() {
            if i + j > 0 {
                cells[i * width + j] = best(&cells, a, b, (i, j));
            }
            least = least.min(cells[i * width + j].cost);
        }
        if least > most && before > most {
            return None;
        }
        before = least;
    }
    Some(cells)
}

fn best(cells: &[Cell], a: &[Mora], b: &[Mora], (i, j): (usize, usize)) -> Cell {
    let mut best = FAR;
    let mut consider = |(di, dj): (usize, usize), (cost, reason): (u16, Option<Reason>)| {
        let from = cells[(i - di) * (b.len() + 1) + (j - dj)].cost;
        let cost = from.saturating_add(cost);
        if cost < best.cost {
            best = Cell {
                cost,
                step: (di as u8, dj as u8, reason),
            };
        }
    };
    if i > 0 && j > 0 {
        consider((1, 1), replaced(&a[i - 1], &b[j - 1]));
    }
    if i > 0 {
        consider((1, 0), alone(&a[i - 1], Reason::Added));
    }
    if j > 0 {
        consider((0, 1), alone(&b[j - 1], Reason::Dropped));
    }
    if i > 1 && j > 0 && melts(&a[i - 2], &a[i - 1], &b[j - 1]) {
        consider((2, 1), (cost::SMALL, Some(Reason::SmallKana)));
    }
    if i > 0 && j > 1 && melts(&b[j - 2], &b[j - 1], &a[i - 1]) {
        consider((1, 2), (cost::SMALL, Some(Reason::SmallKana)));
    }
    if i > 1 && j > 1 && swapped(&a[i - 2..i], &b[j - 2..j]) {
        consider((2, 2), (cost::SWAP, Some(Reason::Swapped)));
    }
    best
}

fn alone(sound: &Mora, reason: Reason) -> (u16, Option<Reason>) {
    match sound {
        m if m.long => (cost::LONG, Some(Reason::LongVowel)),
        m if m.consonant == 'Q' => (cost::SMALL_TSU, Some(Reason::SmallTsu)),
        _ => (cost::SOUND, Some(reason)),
    }
}

/// キ, ヨ against キョ; also a small vowel written large: フ, イ against フィ.
fn melts(first: &Mora, second: &Mora, one: &Mora) -> bool {
    let glide = first.vowel == 'i' && second.consonant == 'y' && one.palatal;
    let vowel =
        first.vowel != second.vowel && second.consonant == '-' && !one.palatal && !second.long;
    let foreign = vowel && one.written == first.written && matches!(one.consonant, 'h' | 't' | 'd');
    (glide || foreign) && first.consonant == one.consonant && second.vowel == one.vowel
}

fn swapped(a: &[Mora], b: &[Mora]) -> bool {
    let same = |x: &Mora, y: &Mora| x.sounds_like(y) || x.written == y.written;
    same(&a[0], &b[1]) && same(&a[1], &b[0]) && !same(&a[0], &a[1])
}

fn replaced(x: &Mora, y: &Mora) -> (u16, Option<Reason>) {
    if x.sounds_like(y) {
        return same_sound(x, y);
    }
    if x.long && y.long || (x.written == y.written && x.long != y.long) {
        return (cost::LONG, Some(Reason::LongVowel));
    }
    if small_tsu(x, y) || small_tsu(y, x) {
        return (cost::SMALL, Some(Reason::SmallKana));
    }
    if closing_n(x, y) || closing_n(y, x) {
        return (cost::CLOSING_N, Some(Reason::ClosingN));
    }
    if voice_only(x, y) {
        return (cost::VOICE, Some(Reason::Voice));
    }
    let cost = if like(x, y) { cost::LIKE } else { cost::OTHER };
    (cost, Some(Reason::Replaced))
}

fn same_sound(x: &Mora, y: &Mora) -> (u16, Option<Reason>) {
    match (x.written == y.written, x.long || y.long) {
        (true, _) => (0, None),
        (false, true) => (cost::SPELLING, Some(Reason::LongVowel)),
        (false, false) => (cost::SPELLING, Some(Reason::Spelling)),
    }
}

fn small_tsu(x: &Mora, y: &Mora) -> bool {
    x.consonant == 'Q' && y.consonant == 't' && y.vowel == 'u'
}

fn closing_n(x: &Mora, y: &Mora) -> bool {
    x.consonant == 'N' && y.consonant == 'm' && y.vowel == 'u'
}

fn voice_only(x: &Mora, y: &Mora) -> bool {
    x.vowel == y.vowel && x.palatal == y.palatal && x.plain_consonant() == y.plain_consonant()
}

/// Consonants of one sort, which the telephone blurs: カ タ パ, ナ マ, サ ハ, ラ ダ, ガ ダ バ.
const SORTS: [&str; 6] = ["ktp", "gdb", "nmN", "shz", "rdn", "-hyw"];

fn like(x: &Mora, y: &Mora) -> bool {
    if x.vowel == y.vowel {
        let one_sort = |s: &str| s.contains(x.consonant) && s.contains(y.consonant);
        return x.plain_consonant() == y.plain_consonant() || SORTS.iter().any(|s| one_sort(s));
    }
    let vowels = [(x.vowel, y.vowel), (y.vowel, x.vowel)];
    let near = vowels
        .iter()
        .any(|v| matches!(v, ('i', 'e') | ('u', 'o') | ('i', 'u')));
    near && x.plain_consonant() == y.plain_consonant()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn only(asked: &str, known: &str, reason: Reason) -> u16 {
        let found = distance(asked, known, 200).unwrap();
        assert_eq!(found.reasons, [reason], "{asked} {known}");
        found.cost
    }

    #[test]
    fn the_same_is_free() {
        let same = Match {
            cost: 0,
            reasons: vec![],
        };
        assert_eq!(distance("キョウコ", "キョウコ", 0), Some(same));
    }

    #[test]
    fn each_difference_has_its_reason() {
        only("オータ", "オオタ", Reason::LongVowel);
        only("オタ", "オオタ", Reason::LongVowel);
        only("カヅ", "カズ", Reason::Spelling);
        only("ミサヲ", "ミサオ", Reason::Spelling);
        only("キヨウコ", "キョウコ", Reason::SmallKana);
        only("ハツトリ", "ハットリ", Reason::SmallKana);
        only("ハトリ", "ハットリ", Reason::SmallTsu);
        only("ホムマ", "ホンマ", Reason::ClosingN);
        only("ダナカ", "タナカ", Reason::Voice);
        only("カナカ", "タナカ", Reason::Replaced);
        only("タナコカ", "タナカ", Reason::Added);
        only("タカ", "タナカ", Reason::Dropped);
        only("ナタカ", "タナカ", Reason::Swapped);
    }

    #[test]
    fn what_is_confused_more_costs_less() {
        let long = only("オタ", "オオタ", Reason::LongVowel);
        let voice = only("ダナカ", "タナカ", Reason::Voice);
        let like = only("カナカ", "タナカ", Reason::Replaced);
        let other = only("ヨナカ", "タナカ", Reason::Replaced);
        assert!(long < voice && voice < like && like < other);
    }

    #[test]
    fn a_vowel_that_no_longer_draws_out_is_no_second_mistake() {
        assert!(distance("ショハウジ", "ショウジ", 125).is_some());
        assert!(distance("バベウ", "バショウ", 125).is_some());
    }

    #[test]
    fn the_quick_look_never_hides_a_near_name() {
        let names = "オオタ オータ キヨシ キョウシ ハットリ ハツトリ ホンマ ホムマ シンゾウ シムゾー チヨ ジョ フイリ フィリ";
        for a in names.split(' ') {
            for b in names.split(' ') {
                let (x, y) = (Sounds::of(a), Sounds::of(b));
                let full = table(&x.moras, &y.moras, u16::MAX).unwrap();
                let cost = full.last().unwrap().cost;
                assert!(x.least(&y) <= u32::from(cost), "{a} {b}");
            }
        }
    }

    #[test]
    fn beyond_the_bound_is_nothing() {
        assert_eq!(distance("タナカ", "モリ", 150), None);
        assert_eq!(distance("ヨナカ", "タナカ", 99), None);
        assert!(distance("ヨナカ", "タナカ", 100).is_some());
    }
}
