//! What whoever tells reads: one file a language. A text that is missing does not compile, an empty
//! one fails the test below.

mod easy;
mod en;
mod ja;

use crate::front::look::Language;
use crate::notices::rules::{Refusal, Sign, Since, Sure};

/// The words in one language.
pub struct Words {
    /// For `lang`.
    pub code: &'static str,
    /// `?lang=` with the code.
    pub href: &'static str,
    /// The language, named in itself.
    pub label: &'static str,
    /// The heading.
    pub title: &'static str,
    /// What to do first.
    pub danger_title: &'static str,
    /// When to do it.
    pub danger: &'static str,
    /// The button for the ambulance.
    pub ambulance: &'static str,
    /// The button for the police.
    pub police: &'static str,
    /// What this page is for.
    pub lead: &'static str,
    /// What is not told, and not asked.
    pub private: &'static str,
    /// Field: signs.
    pub signs: &'static str,
    /// Its hint.
    pub signs_hint: &'static str,
    /// Field: own words.
    pub words: &'static str,
    /// Its hint.
    pub words_hint: &'static str,
    /// Field: where.
    pub place: &'static str,
    /// Its hint.
    pub place_hint: &'static str,
    /// Field: about whom.
    pub about: &'static str,
    /// Its hint.
    pub about_hint: &'static str,
    /// Field: since when.
    pub since: &'static str,
    /// Its answers, in the order of `Since::ALL`.
    pub sinces: [&'static str; 6],
    /// Field: how sure.
    pub sure: &'static str,
    /// Its answers, in the order of `Sure::ALL`.
    pub sures: [&'static str; 3],
    /// Field: danger now.
    pub now: &'static str,
    /// Its answer.
    pub now_yes: &'static str,
    /// Above who tells.
    pub teller: &'static str,
    /// That it may be left out.
    pub teller_lead: &'static str,
    /// Field: name.
    pub name: &'static str,
    /// Field: telephone.
    pub phone: &'static str,
    /// Field: mail.
    pub mail: &'static str,
    /// Field: the outcome.
    pub wants: &'static str,
    /// Its answer.
    pub wants_yes: &'static str,
    /// The button.
    pub send: &'static str,
    /// Nothing was told.
    pub nothing: &'static str,
    /// A text is too long or holds a character that can't be kept.
    pub bad_text: &'static str,
    /// No telephone number.
    pub bad_phone: &'static str,
    /// No mail address.
    pub bad_mail: &'static str,
    /// No way back.
    pub no_way_back: &'static str,
    /// It has to wait a minute.
    pub wait: &'static str,
    /// After sending.
    pub sent: &'static str,
    /// What happens now; in Japanese the town's own words stand for it.
    pub sent_lead: &'static str,
    /// Above the town's number.
    pub call: &'static str,
    /// Tell of something else.
    pub more: &'static str,
    /// A link that leads nowhere.
    pub gone: &'static str,
    /// An organisation's link that is no longer in use, above the town's own form.
    pub over: &'static str,
}

/// Every language, in the order of the choice.
pub const LANGUAGES: [&Words; 3] = [&ja::WORDS, &easy::WORDS, &en::WORDS];

/// The words of a language; Japanese where it is none of ours.
pub fn words_of(code: &str) -> &'static Words {
    let found = LANGUAGES.iter().find(|words| words.code == code);
    found.unwrap_or(&&ja::WORDS)
}

impl Words {
    /// Whether the town's own words are in this language.
    pub fn is_japanese(&self) -> bool {
        self.code == ja::WORDS.code
    }

    /// A sign in this language.
    pub fn sign<'a>(&self, sign: &'a Sign) -> &'a str {
        match self.code {
            "ja-simple" => &sign.easy,
            "en" => &sign.en,
            _ => &sign.ja,
        }
    }

    /// The answers to since when.
    pub fn since_choices(&self) -> Vec<(&'static str, &'static str)> {
        let codes = Since::ALL.iter().map(|since| since.code());
        codes.zip(self.sinces).collect()
    }

    /// The answers to how sure.
    pub fn sure_choices(&self) -> Vec<(&'static str, &'static str)> {
        let codes = Sure::ALL.iter().map(|sure| sure.code());
        codes.zip(self.sures).collect()
    }

    /// Why it was not taken in, with the field; nothing where the fault is the program's.
    pub fn why(&self, refusal: &Refusal) -> Option<(&'static str, &'static str)> {
        match refusal {
            Refusal::Nothing => Some(("signs", self.nothing)),
            Refusal::Text(field, _) => Some((field, self.bad_text)),
            Refusal::BadPhone => Some(("phone", self.bad_phone)),
            Refusal::BadMail => Some(("mail", self.bad_mail)),
            Refusal::NoWayBack => Some(("phone", self.no_way_back)),
            Refusal::Wait => Some(("signs", self.wait)),
            _ => None,
        }
    }
}

/// The choice of languages, each a link to the same page.
pub fn choice(now: &Words) -> Vec<Language<'static>> {
    let languages = LANGUAGES.iter().map(|words| Language {
        code: words.code,
        label: words.label,
        href: words.href,
        current: words.code == now.code,
    });
    languages.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(words: &Words) -> Vec<&'static str> {
        let single = [
            words.title,
            words.danger_title,
            words.danger,
            words.ambulance,
            words.police,
            words.lead,
            words.private,
            words.signs,
            words.signs_hint,
            words.words,
            words.words_hint,
            words.place,
            words.place_hint,
            words.about,
            words.about_hint,
            words.since,
            words.sure,
            words.now,
            words.now_yes,
            words.teller,
            words.teller_lead,
            words.name,
            words.phone,
            words.mail,
            words.wants,
            words.wants_yes,
            words.send,
            words.nothing,
            words.bad_text,
            words.bad_phone,
            words.bad_mail,
            words.no_way_back,
            words.wait,
            words.sent,
            words.sent_lead,
            words.call,
            words.more,
            words.gone,
        ];
        [&single[..], &words.sinces[..], &words.sures[..]].concat()
    }

    #[test]
    fn every_language_says_everything_and_says_it_in_its_own_words() {
        let kana = |text: &str| text.chars().any(|c| ('ぁ'..='ヺ').contains(&c));
        for words in LANGUAGES {
            assert_eq!(words.href, format!("?lang={}", words.code));
            for text in all(words) {
                assert!(!text.trim().is_empty(), "{} lacks a text", words.code);
                assert!(words.code != "en" || !kana(text), "not translated: {text}");
            }
            assert!(words.danger.contains("119") && words.danger.contains("110"));
        }
        assert_eq!(words_of("xx").code, "ja");
    }
}
