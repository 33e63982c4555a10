//! The form of a notice: the same questions for a resident, an organisation and staff at the phone.

use maud::{Markup, html};

use super::words::Words;
use crate::front::look::{self, Choice, Field, Kind, Problems, Tone, dial};
use crate::notices::rules::{self, Sign, Since, Sure, Teller};

/// Fields as typed.
#[derive(Clone, Default)]
pub struct Typed(Vec<(String, String)>);

impl Typed {
    /// What a browser sent.
    pub fn new(fields: Vec<(String, String)>) -> Typed {
        Typed(fields)
    }

    /// A field's value; empty where there is none.
    pub fn of(&self, name: &str) -> &str {
        let found = self.0.iter().find(|(field, _)| field == name);
        found.map_or("", |(_, value)| value)
    }

    /// Every value of a field.
    pub fn all(&self, name: &str) -> Vec<&str> {
        let found = self.0.iter().filter(|(field, _)| field == name);
        found.map(|(_, value)| value.as_str()).collect()
    }

    /// The same with another value.
    pub fn with(mut self, name: &str, value: impl Into<String>) -> Typed {
        self.0.push((name.to_owned(), value.into()));
        self
    }

    /// What is told. Codes that are not offered are dropped by the act.
    pub fn words(&self, language: &str) -> rules::Words {
        let signs = self.all("signs").into_iter().map(str::to_owned);
        let text = |name| self.of(name).to_owned();
        rules::Words {
            signs: signs.collect(),
            words: text("words"),
            place: text("place"),
            about: text("about"),
            sure: Sure::from_code(self.of("sure")).unwrap_or(Sure::Seen),
            since: Since::from_code(self.of("since")).unwrap_or(Since::Unknown),
            teller: Teller {
                name: text("name"),
                phone: text("phone"),
                mail: text("mail"),
                wants: self.of("wants") == "yes",
            },
            language: language.to_owned(),
        }
    }

    /// Whether they say that a life is in danger now.
    pub fn danger(&self) -> bool {
        self.of("now") == "yes"
    }
}

/// What to do first, before anything else.
pub fn danger(words: &Words) -> Markup {
    look::notice(
        Tone::Danger,
        words.danger_title,
        html! {
            p { (words.danger) }
            (dial("tel:119", "119", words.ambulance))
            (dial("tel:110", "110", words.police))
        },
    )
}

/// The questions, in the order in which one asks them.
pub fn questions(words: &Words, signs: &[Sign], typed: &Typed, problems: &Problems) -> Markup {
    let of = |name, label, hint, kind| Field {
        name,
        label,
        hint,
        value: typed.of(name),
        kind,
        problem: problems.of(name),
        ..Field::default()
    };
    let choices = |list: Vec<(&'static str, &'static str)>| -> Vec<Choice<'static>> {
        let list = list.into_iter();
        list.map(|(value, label)| Choice::new(value, label))
            .collect()
    };
    let offered = signs.iter().filter(|sign| sign.used);
    let offered: Vec<Choice<'_>> = offered
        .map(|sign| Choice::new(&sign.code, words.sign(sign)))
        .collect();
    let (now, sure) = (typed.of("now"), typed.of("sure"));
    let sure = if sure.is_empty() { "seen" } else { sure };
    html! {
        (look::checks(&of("now", words.now, "", Kind::Text), &[Choice::new("yes", words.now_yes)], &[now]))
        (look::checks(&of("signs", words.signs, words.signs_hint, Kind::Text), &offered, &typed.all("signs")))
        (look::field(&of("words", words.words, words.words_hint, Kind::Textarea)))
        (look::field(&of("place", words.place, words.place_hint, Kind::Long)))
        (look::field(&of("about", words.about, words.about_hint, Kind::Long)))
        (look::select(&of("since", words.since, "", Kind::Text), &choices(words.since_choices())))
        (look::radios(&Field { value: sure, ..of("sure", words.sure, "", Kind::Text) }, &choices(words.sure_choices())))
        (look::fieldset(words.teller, html! {
            p { (words.teller_lead) }
            (look::field(&of("name", words.name, "", Kind::Text)))
            (look::field(&of("phone", words.phone, "", Kind::Tel)))
            (look::field(&of("mail", words.mail, "", Kind::Email)))
            (look::checks(&of("wants", words.wants, "", Kind::Text), &[Choice::new("yes", words.wants_yes)], &[typed.of("wants")]))
        }))
    }
}
