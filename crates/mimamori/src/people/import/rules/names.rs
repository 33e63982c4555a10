//! Splitting what is written without a space, with the help of everybody whose name is split.

use std::collections::{HashMap, HashSet};

use words::kana::Reading;
use words::kanji::fold;
use words::name::{PersonName, UnsplitName, WrittenName};

use super::entry::Entry;
use crate::people::rules::Identity;

/// Who somebody is called, in both scripts.
#[derive(Clone)]
pub struct Named {
    /// 氏名
    pub name: PersonName,
    /// フリガナ of the family name.
    pub family_kana: Option<Reading>,
    /// フリガナ of the given name.
    pub given_kana: Option<Reading>,
}

/// What can't be split, in words.
pub const NAME_WANTS_SPACE: &str = "姓と名の区切りがわかりません。あいだに空白を入れてください。";
/// The same for a reading.
pub const KANA_WANTS_SPACE: &str =
    "フリガナの姓と名の区切りがわかりません。あいだに空白を入れてください。";

/// Names of which it is known where the family name ends.
#[derive(Default)]
pub struct Names {
    families: HashMap<String, HashSet<String>>,
    givens: HashMap<String, HashSet<String>>,
}

impl Names {
    /// Learns from a row that is split.
    pub fn learn_entry(&mut self, entry: &Entry) {
        if let WrittenName::Split(name) = &entry.name {
            self.learn(name, entry.family_kana.as_ref(), entry.given_kana.as_ref());
        }
    }

    /// Learns from somebody registered.
    pub fn learn_identity(&mut self, identity: &Identity) {
        self.learn(
            &identity.name,
            identity.family_kana.as_ref(),
            identity.given_kana.as_ref(),
        );
    }

    fn learn(&mut self, name: &PersonName, family: Option<&Reading>, given: Option<&Reading>) {
        let kana = |reading: Option<&Reading>| reading.map(|reading| reading.as_str().to_owned());
        self.families
            .entry(fold(name.family()))
            .or_default()
            .extend(kana(family));
        self.givens
            .entry(fold(name.given()))
            .or_default()
            .extend(kana(given));
    }

    /// The name in parts.
    ///
    /// # Errors
    /// Words for the name's cell or the reading's, by `NAME_WANTS_SPACE` and `KANA_WANTS_SPACE`.
    pub fn resolve(&self, entry: &Entry) -> Result<Named, &'static str> {
        let name = match &entry.name {
            WrittenName::Split(name) => name.clone(),
            WrittenName::Unsplit(name) => self.split(name, entry).ok_or(NAME_WANTS_SPACE)?,
        };
        let (family_kana, given_kana) = match &entry.whole_kana {
            None => (entry.family_kana.clone(), entry.given_kana.clone()),
            Some(whole) => self.split_kana(whole, &name).ok_or(KANA_WANTS_SPACE)?,
        };
        Ok(Named {
            name,
            family_kana,
            given_kana,
        })
    }

    /// The one place that fits best; none where two fit alike.
    fn split(&self, name: &UnsplitName, entry: &Entry) -> Option<PersonName> {
        let text = name.as_str();
        let ends = text.char_indices().map(|(at, _)| at).skip(1);
        let places = ends.filter_map(|at| name.split_after(&text[..at]));
        let mut fitting: Vec<(u8, PersonName)> = places
            .map(|name| (self.fit(&name, entry), name))
            .filter(|(fit, _)| *fit > 0)
            .collect();
        fitting.sort_by_key(|(fit, _)| std::cmp::Reverse(*fit));
        match fitting.as_slice() {
            [(best, _), (second, _), ..] if best == second => None,
            [(_, name), ..] => Some(name.clone()),
            [] => None,
        }
    }

    /// 4 for each half known by sign and sound, 1 for a family name known by sign alone.
    fn fit(&self, name: &PersonName, entry: &Entry) -> u8 {
        let both =
            |known: &HashMap<String, HashSet<String>>, sign: &str, kana: Option<&Reading>| {
                let sounds = known.get(&fold(sign));
                sounds
                    .zip(kana)
                    .is_some_and(|(sounds, kana)| sounds.contains(kana.as_str()))
            };
        let family = both(&self.families, name.family(), entry.family_kana.as_ref());
        let given = both(&self.givens, name.given(), entry.given_kana.as_ref());
        let sign = entry.family_kana.is_none() && self.families.contains_key(&fold(name.family()));
        let whole = entry
            .whole_kana
            .as_ref()
            .is_some_and(|whole| self.split_kana(whole, name).is_some());
        4 * u8::from(family) + 4 * u8::from(given) + 4 * u8::from(whole) + u8::from(sign)
    }

    /// Splits a reading after a sound that the family name is known to have.
    fn split_kana(
        &self,
        whole: &Reading,
        name: &PersonName,
    ) -> Option<(Option<Reading>, Option<Reading>)> {
        let sounds = self.families.get(&fold(name.family()))?;
        let mut splits = sounds.iter().filter_map(|sound| {
            let given = whole.as_str().strip_prefix(sound.as_str())?;
            Some((Reading::parse(sound).ok()?, Reading::parse(given).ok()?))
        });
        let (family, given) = splits.next()?;
        splits
            .next()
            .is_none()
            .then_some((Some(family), Some(given)))
    }
}
