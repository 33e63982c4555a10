//! What is taken out of the words of a household's case when one of them is erased: the ways in which
//! they are named. Their family name stays, since the others bear it.

use serde_json::Value;
use words::kana::is_katakana;

use crate::people::Identity;

/// What stands where a name stood.
const STRUCK: &str = "（消去された方）";

/// What may follow a name so short that it stands in other words too.
const HONORIFICS: [&str; 5] = ["さん", "様", "ちゃん", "くん", "氏"];

/// How somebody is named in what was written, the longest first. Has no `Debug`.
pub struct Forgotten(Vec<String>);

impl Forgotten {
    /// Of what the register knows of them.
    pub fn of(identity: &Identity) -> Forgotten {
        let kana = |reading: &Option<words::kana::Reading>| {
            let text = reading.as_ref().map(|reading| reading.as_str());
            text.unwrap_or_default().to_owned()
        };
        let name = &identity.name;
        let pairs = [
            (name.family().to_owned(), name.given().to_owned()),
            (kana(&identity.family_kana), kana(&identity.given_kana)),
        ];
        let mut all = Vec::new();
        for (family, given) in pairs {
            if given.is_empty() {
                continue;
            }
            if !family.is_empty() {
                let between = ["", " ", "\u{3000}", "・"];
                all.extend(between.map(|space| format!("{family}{space}{given}")));
            }
            // A single kanji or two kana stand in other words too.
            let long = if given.chars().all(is_katakana) { 3 } else { 2 };
            match given.chars().count() >= long {
                true => all.push(given),
                false => all.extend(HONORIFICS.map(|after| format!("{given}{after}"))),
            }
        }
        all.sort_by_key(|name| std::cmp::Reverse(name.len()));
        all.dedup();
        Forgotten(all)
    }

    /// Takes the names out of every text of a value; whether there were any.
    pub fn strike(&self, value: &mut Value) -> bool {
        match value {
            Value::String(text) => self.strike_text(text),
            Value::Array(all) => self.strike_all(all.iter_mut()),
            Value::Object(all) => self.strike_all(all.values_mut()),
            _ => false,
        }
    }

    fn strike_all<'a>(&self, all: impl Iterator<Item = &'a mut Value>) -> bool {
        let mut any = false;
        for value in all {
            any |= self.strike(value);
        }
        any
    }

    fn strike_text(&self, text: &mut String) -> bool {
        let mut any = false;
        for name in self.0.iter().filter(|name| !name.is_empty()) {
            if text.contains(name.as_str()) {
                *text = text.replace(name.as_str(), STRUCK);
                any = true;
            }
        }
        any
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn struck(names: &[&str], text: &str) -> String {
        let names = Forgotten(names.iter().map(|name| (*name).to_owned()).collect());
        let mut value = serde_json::json!({"way": "phone", "said": [text]});
        names.strike(&mut value);
        value["said"][0].as_str().unwrap_or_default().to_owned()
    }

    #[test]
    fn every_text_loses_the_name_and_keeps_the_rest() {
        let names = ["南野 ハナコ", "ハナコ"];
        let text = "ハナコさんと一郎さん。南野 ハナコは留守";
        let left = "（消去された方）さんと一郎さん。（消去された方）は留守";
        assert_eq!(struck(&names, text), left);
        assert_eq!(struck(&names, "南野 一郎さん"), "南野 一郎さん");
    }
}
