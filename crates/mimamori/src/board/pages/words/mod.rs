//! What a finder reads: one file a language. To add a language, add its file and a line to
//! [`LANGUAGES`]; a text that is missing does not compile, an empty one fails the test below.

mod easy;
mod en;
mod ja;
mod ko;
mod vi;
mod zh;

use crate::front::look::Language;

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
    pub hurt_title: &'static str,
    /// When to do it.
    pub hurt: &'static str,
    /// The button for the ambulance.
    pub ambulance: &'static str,
    /// The button for the police.
    pub police: &'static str,
    /// Whom to call; in Japanese the town's own words stand for it.
    pub call: &'static str,
    /// What to say there.
    pub read_out: &'static str,
    /// The town's number is not known here.
    pub no_phone: &'static str,
    /// What this page does not tell.
    pub private: &'static str,
    /// Above the family's notes.
    pub notes: &'static str,
    /// Heading of the form.
    pub write: &'static str,
    /// Who will read it.
    pub write_lead: &'static str,
    /// Field: where.
    pub place: &'static str,
    /// Its hint.
    pub place_hint: &'static str,
    /// Field: how the person is.
    pub how: &'static str,
    /// Its hint.
    pub how_hint: &'static str,
    /// Field: a number to be called on.
    pub phone: &'static str,
    /// Its hint.
    pub phone_hint: &'static str,
    /// Field: the telephone's position.
    pub position: &'static str,
    /// The button for it.
    pub position_ask: &'static str,
    /// While it is asked for.
    pub position_asking: &'static str,
    /// It was found.
    pub position_found: &'static str,
    /// It was not found or not allowed.
    pub position_failed: &'static str,
    /// The button that sends.
    pub send: &'static str,
    /// Nothing was written.
    pub nothing: &'static str,
    /// Too much was written.
    pub too_long: &'static str,
    /// It has to wait a minute.
    pub wait: &'static str,
    /// After sending.
    pub sent: &'static str,
    /// What happens now; in Japanese the town's own words stand for it.
    pub sent_lead: &'static str,
    /// The same about a number of nobody: there is no family to tell, and nobody to stay beside.
    pub nobodys_lead: &'static str,
    /// Above answers.
    pub answers: &'static str,
    /// None yet.
    pub no_answer: &'static str,
    /// Above one's own words.
    pub yours: &'static str,
    /// Who answers: a contact.
    pub from_family: &'static str,
    /// Who answers: the desk.
    pub from_desk: &'static str,
    /// A contact comes.
    pub coming: &'static str,
    /// A contact asks for a call to the town's number.
    pub please_call: &'static str,
    /// How the page is renewed.
    pub renews: &'static str,
    /// The link that renews it at once.
    pub renew: &'static str,
    /// The link to write more.
    pub more: &'static str,
    /// The way back.
    pub back: &'static str,
    /// It has ended.
    pub ended: &'static str,
    /// The address is not known, or its words were erased.
    pub gone: &'static str,
    /// Practice: the heading.
    pub drill: &'static str,
    /// Practice: what it means.
    pub drill_lead: &'static str,
    /// Practice: the box for somebody who is really in trouble.
    pub drill_real: &'static str,
}

/// Every language, in the order of the choice.
pub const LANGUAGES: [&Words; 6] = [
    &ja::WORDS,
    &easy::WORDS,
    &en::WORDS,
    &zh::WORDS,
    &ko::WORDS,
    &vi::WORDS,
];

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

    fn all(words: &Words) -> [&'static str; 49] {
        [
            words.code,
            words.href,
            words.label,
            words.title,
            words.hurt_title,
            words.hurt,
            words.ambulance,
            words.police,
            words.call,
            words.read_out,
            words.no_phone,
            words.private,
            words.notes,
            words.write,
            words.write_lead,
            words.place,
            words.place_hint,
            words.how,
            words.how_hint,
            words.phone,
            words.phone_hint,
            words.position,
            words.position_ask,
            words.position_asking,
            words.position_found,
            words.position_failed,
            words.send,
            words.nothing,
            words.too_long,
            words.wait,
            words.sent,
            words.sent_lead,
            words.nobodys_lead,
            words.answers,
            words.no_answer,
            words.yours,
            words.from_family,
            words.from_desk,
            words.coming,
            words.please_call,
            words.renews,
            words.renew,
            words.more,
            words.back,
            words.ended,
            words.gone,
            words.drill,
            words.drill_lead,
            words.drill_real,
        ]
    }

    #[test]
    fn every_language_says_everything_and_says_it_in_its_own_words() {
        let kana = |text: &str| text.chars().any(|c| ('ぁ'..='ヺ').contains(&c));
        for words in LANGUAGES {
            assert_eq!(words.href, format!("?lang={}", words.code));
            for text in all(words) {
                assert!(!text.trim().is_empty(), "{} lacks a text", words.code);
            }
            if !words.code.starts_with("ja") {
                let left = all(words).into_iter().find(|text| kana(text));
                assert_eq!(left, None, "{} is not translated", words.code);
            }
        }
        assert_eq!(words_of("xx").code, "ja");
    }
}
