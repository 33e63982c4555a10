//! A form as it was typed, and reading it with words beside what can't be kept.

use jiff::civil::Date;

use crate::front::look::{Choice, Field, Kind, Problems, field, select};
use crate::ids::NotAnId;
use crate::people::{one_line, paragraph};
use maud::Markup;

/// Names and values as they came.
#[derive(Clone, Default, serde::Deserialize)]
#[serde(transparent)]
pub struct Typed(pub Vec<(String, String)>);

impl Typed {
    /// What was typed into a field; empty where it did not come.
    pub fn get(&self, name: &str) -> &str {
        let found = self.0.iter().find(|(field, _)| field == name);
        found.map_or("", |(_, value)| value)
    }

    /// Fills a field that did not come.
    pub fn with(mut self, name: &str, value: impl Into<String>) -> Typed {
        if !self.0.iter().any(|(field, _)| field == name) {
            self.0.push((name.to_owned(), value.into()));
        }
        self
    }

    /// The same with another value in a field.
    pub fn anew(mut self, name: &str, value: String) -> Typed {
        self.0.retain(|(field, _)| field != name);
        self.with(name, value)
    }

    /// The version that was shown; none was.
    pub fn version(&self) -> i64 {
        self.get("version").parse().unwrap_or(-1)
    }

    /// One line, within a length.
    pub fn line(&self, name: &str, most: usize, problems: &mut Problems) -> String {
        kept(name, one_line(self.get(name), most), problems)
    }

    /// Several lines, within a length.
    pub fn words(&self, name: &str, most: usize, problems: &mut Problems) -> String {
        kept(name, paragraph(self.get(name), most), problems)
    }

    /// Several lines that have to be there; `ask` says what is missing.
    pub fn must(&self, name: &str, most: usize, ask: &str, problems: &mut Problems) -> String {
        let words = self.words(name, most, problems);
        if words.is_empty() && problems.of(name).is_none() {
            problems.add(name, ask);
        }
        words
    }

    /// A day in any notation; nothing where the field is empty.
    pub fn day(&self, name: &str, problems: &mut Problems) -> Option<Date> {
        let text = self.get(name).trim();
        if text.is_empty() {
            return None;
        }
        match words::date::parse_full(text) {
            Ok(day) => Some(day),
            Err(bad) => {
                problems.add(name, bad.to_string());
                None
            }
        }
    }

    /// A day that has to be there.
    pub fn must_day(&self, name: &str, problems: &mut Problems) -> Option<Date> {
        let day = self.day(name, problems);
        if day.is_none() && problems.of(name).is_none() {
            problems.add(name, "日付を入れてください（例：2026-11-26、R8.11.26）。");
        }
        day
    }

    /// A choice that has to be made.
    pub fn choice<T>(
        &self,
        name: &str,
        of: impl Fn(&str) -> Option<T>,
        problems: &mut Problems,
    ) -> Option<T> {
        let chosen = of(self.get(name));
        if chosen.is_none() {
            problems.add(name, "どれか1つを選んでください。");
        }
        chosen
    }

    /// A whole number; nothing where the field is empty.
    pub fn number(&self, name: &str, most: i64, problems: &mut Problems) -> Option<i64> {
        let text = self.get(name).trim();
        if text.is_empty() {
            return None;
        }
        let digits = words::digits::fold(text).unwrap_or_default();
        let number = digits.parse().ok();
        let number = number.filter(|number| (0..=most).contains(number));
        if number.is_none() {
            problems.add(name, format!("0から{most}までの数字で入れてください。"));
        }
        number
    }

    /// An id that was chosen; nothing where nothing was.
    pub fn id<T: std::str::FromStr<Err = NotAnId>>(&self, name: &str) -> Option<T> {
        self.get(name).parse().ok()
    }

    /// A field of the form as it stands.
    pub fn field(
        &self,
        (name, label, hint): (&str, &str, &str),
        kind: Kind,
        problems: &Problems,
    ) -> Markup {
        field(&self.plain((name, label, hint), kind, problems))
    }

    /// A choice of the form as it stands.
    pub fn select(
        &self,
        (name, label, hint): (&str, &str, &str),
        choices: &[Choice<'_>],
        problems: &Problems,
    ) -> Markup {
        select(
            &self.plain((name, label, hint), Kind::Text, problems),
            choices,
        )
    }

    /// What a field is made of.
    pub fn plain<'a>(
        &'a self,
        (name, label, hint): (&'a str, &'a str, &'a str),
        kind: Kind,
        problems: &'a Problems,
    ) -> Field<'a> {
        Field {
            name,
            label,
            hint,
            value: self.get(name),
            kind,
            problem: problems.of(name),
            ..Field::default()
        }
    }
}

fn kept(
    name: &str,
    text: Result<String, crate::people::BadText>,
    problems: &mut Problems,
) -> String {
    text.unwrap_or_else(|bad| {
        problems.add(name, bad.to_string());
        String::new()
    })
}
