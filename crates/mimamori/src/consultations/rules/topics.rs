//! What consultations are about: the town's own list of contents.

use serde::{Deserialize, Serialize};

use super::refusal::Refusal;

/// A number of the list. It stays what it is for ever: a word may be corrected, never reused.
pub type TopicCode = u8;

/// The most contents a town can have, closed ones among them: one bit each.
pub const MOST_TOPICS: TopicCode = 60;
/// The longest word of a content.
pub const MOST_TOPIC_WORD: usize = 30;

/// Contents as a set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Topics(u64);

impl Topics {
    /// The set of these codes; one beyond the list is left out.
    pub fn of(codes: impl IntoIterator<Item = TopicCode>) -> Topics {
        let bits = codes.into_iter().filter(|code| *code <= MOST_TOPICS);
        Topics(bits.fold(0, |all, code| all | 1 << code))
    }

    /// Whether the code is in the set.
    pub const fn has(self, code: TopicCode) -> bool {
        code <= MOST_TOPICS && self.0 & (1 << code) != 0
    }

    /// Whether there is none.
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// The codes in the set.
    pub fn codes(self) -> impl Iterator<Item = TopicCode> {
        (0..=MOST_TOPICS).filter(move |code| self.has(*code))
    }
}

/// A content of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Topic {
    /// Its number.
    pub code: TopicCode,
    /// What it is called.
    pub word: String,
    /// Where it stands: 「その他」 comes last.
    pub place: i64,
    /// No longer chosen; what was counted under it stays.
    pub closed: bool,
    /// Counts its saves; 0 where the town has not touched it.
    pub version: i64,
}

/// What centers count, where a town has not said otherwise.
const DEFAULTS: [&str; 14] = [
    "介護保険",
    "総合事業・介護予防",
    "医療・健康",
    "認知症",
    "権利擁護・成年後見",
    "消費者被害",
    "虐待",
    "住まい",
    "経済",
    "家族・介護者の支援",
    "見守り・安否",
    "困難事例",
    "苦情",
    "その他",
];

/// Behind everything a town adds.
const LAST: i64 = 1000;

/// The list a town begins with, and what the town itself keeps of it.
pub fn list_of(own: Vec<Topic>) -> Vec<Topic> {
    let mut all: Vec<Topic> = (1..)
        .zip(DEFAULTS)
        .map(|(code, word)| Topic {
            code,
            word: word.to_owned(),
            place: if word == "その他" {
                LAST
            } else {
                i64::from(code)
            },
            closed: false,
            version: 0,
        })
        .collect();
    for topic in own {
        match all.iter_mut().find(|one| one.code == topic.code) {
            Some(one) => *one = topic,
            None => all.push(topic),
        }
    }
    all.sort_by_key(|one| (one.place, one.code));
    all
}

/// The number of the next content.
pub fn next_code(list: &[Topic]) -> Result<TopicCode, Refusal> {
    let most = list.iter().map(|one| one.code).max().unwrap_or(0);
    match most < MOST_TOPICS {
        true => Ok(most + 1),
        false => Err(Refusal::TopicsFull),
    }
}

/// A word that a content may have: not empty, not another's.
pub fn word_of(list: &[Topic], code: TopicCode, typed: &str) -> Result<String, Refusal> {
    let word = typed.trim();
    if word.is_empty() || word.chars().count() > MOST_TOPIC_WORD || word.contains(char::is_control)
    {
        return Err(Refusal::BadTopic);
    }
    match list.iter().any(|one| one.code != code && one.word == word) {
        true => Err(Refusal::TopicTwice),
        false => Ok(word.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn what_a_town_adds_stands_before_other_and_closing_keeps_the_code() {
        let own = |code, word: &str, closed| Topic {
            code,
            word: word.to_owned(),
            place: i64::from(code),
            closed,
            version: 1,
        };
        let list = list_of(vec![own(15, "ごみ屋敷", false), own(13, "苦情", true)]);
        let words: Vec<&str> = list.iter().map(|one| one.word.as_str()).collect();
        assert_eq!(words.len(), 15);
        assert_eq!(words[13..], ["ごみ屋敷", "その他"]);
        assert_eq!(next_code(&list).unwrap(), 16);
        assert!(list.iter().any(|one| one.code == 13 && one.closed));
        assert!(matches!(
            word_of(&list, 16, " 虐待 "),
            Err(Refusal::TopicTwice)
        ));
        assert_eq!(word_of(&list, 7, "虐待").unwrap(), "虐待");
    }

    #[test]
    fn a_set_holds_what_was_put_in() {
        let set = Topics::of([1, 60, 61, 7]);
        assert_eq!(set.codes().collect::<Vec<_>>(), [1, 7, 60]);
    }
}
