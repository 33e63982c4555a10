//! By what somebody stands in a roster: so that past rows can be told whose record is erased.

use words::date::PartialDate;
use words::kanji::fold;
use words::romaji;
use words::sound::skeleton;

use super::prior::Who;
use super::sheet::{Cell, Sheet};
use super::verdict::Verdict;
use crate::ids::PersonId;
use crate::people::rules::{Identity, redacted};

/// What names somebody: the records, and the texts of each.
#[derive(Default)]
pub struct Marks {
    records: Vec<PersonId>,
    /// Name, reading, telephones: each tells by itself.
    texts: Vec<String>,
    /// How family and given name sound, and both together: for a name in Latin letters.
    sounds: Vec<[String; 3]>,
    /// Family and given name, which tell beside the birth date.
    parts: Vec<(String, PartialDate)>,
    numbers: Vec<String>,
}

redacted!(Marks);

impl Marks {
    /// Takes in a record that is to be erased.
    pub fn learn(&mut self, record: PersonId, identity: &Identity) {
        let name = &identity.name;
        let kana = [&identity.family_kana, &identity.given_kana].map(|part| part.as_ref());
        if let [Some(family), Some(given)] = kana {
            let both = [family.as_str(), given.as_str()];
            let sounds = [both[0].to_owned(), both[1].to_owned(), both.concat()];
            self.sounds.push(sounds.map(|part| skeleton(&part)));
        }
        let kana: String = kana
            .into_iter()
            .flatten()
            .map(|part| part.as_str())
            .collect();
        let phones = identity.phones.iter().map(|phone| phone.digits());
        let texts = [format!("{}{}", name.family(), name.given()), kana];
        let texts = texts.into_iter().chain(phones).map(|text| plain(&text));
        self.texts.extend(texts.filter(|text| !text.is_empty()));
        let parts = [name.family(), name.given()].map(|part| (plain(part), identity.born));
        self.parts
            .extend(parts.into_iter().filter(|(part, _)| !part.is_empty()));
        self.numbers.extend(identity.old_number.clone());
        self.records.push(record);
    }

    /// Whether a text names them.
    pub fn in_text(&self, text: &str) -> bool {
        let text = plain(text);
        self.texts.iter().any(|mark| text.contains(mark))
    }

    /// Whether a row is about them, or may be: a namesake's row that goes with it is no loss, one of
    /// theirs that stays is.
    pub fn in_row(&self, verdict: &Verdict) -> bool {
        let [number, name, born] = &verdict.shown;
        let likes = verdict.likes.iter().filter_map(|like| match like.who {
            Who::Person(person) => Some(person),
            Who::Row(_) | Who::Erased(_) => None,
        });
        let mut records = likes.chain(verdict.person);
        let latin = self.in_latin(name);
        let name = plain(name);
        let born = PartialDate::parse(born).ok();
        latin
            || records.any(|record| self.records.contains(&record))
            || self.numbers.iter().any(|one| one == number)
            || self
                .parts
                .iter()
                .any(|(part, day)| born == Some(*day) && name.contains(part))
            || self.in_text(&verdict.texts())
    }

    /// Which rows of a roster name them, counted from 0.
    pub fn in_sheet(&self, sheet: &Sheet) -> Vec<usize> {
        let cells = |row: &[Cell], between: &str| {
            let cells: Vec<&str> = row.iter().map(|cell| &*cell.text).collect();
            cells.join(between)
        };
        let rows = sheet.rows.iter().enumerate();
        let named = rows.filter(|(_, row)| {
            self.in_text(&cells(&row.cells, "")) || self.in_latin(&cells(&row.cells, " "))
        });
        named.map(|(at, _)| at).collect()
    }

    /// Whether a text has family and given name in Latin letters, in either order or as one word.
    fn in_latin(&self, text: &str) -> bool {
        let words = text.split(|c: char| c.is_whitespace() || matches!(c, ',' | '・' | '，'));
        let said: Vec<String> = words
            .flat_map(romaji::readings)
            .map(|reading| skeleton(&reading))
            .collect();
        let is_said = |part: &String| !part.is_empty() && said.contains(part);
        let mut sounds = self.sounds.iter();
        sounds.any(|[family, given, both]| is_said(both) || is_said(family) && is_said(given))
    }
}

/// Without spaces and what stands between digits; variants of kanji and kinds of kana are one.
fn plain(text: &str) -> String {
    let text = fold(text);
    text.chars()
        .filter(|c| !matches!(c, '-' | '‐' | '−' | '(' | ')'))
        .collect()
}
