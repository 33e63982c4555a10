//! A form as it was typed, and reading types out of it with words beside what can't be read.

use jiff::civil::Date;
use words::address::Address;
use words::date::PartialDate;
use words::kana::Reading;
use words::phone::Phone;
use words::postcode::Postcode;

use crate::front::look::{Field, Kind, Problems};
use crate::people::rules::{one_line, paragraph};

/// Names and values as they came, in order.
#[derive(Clone, Default, serde::Deserialize)]
#[serde(transparent)]
pub struct Typed(pub Vec<(String, String)>);

impl Typed {
    /// What was typed into a field; empty where it did not come.
    pub fn get(&self, name: &str) -> &str {
        let found = self.0.iter().find(|(field, _)| field == name);
        found.map_or("", |(_, value)| value)
    }

    /// Fills a field.
    pub fn put(&mut self, name: impl Into<String>, value: impl Into<String>) {
        let name = name.into();
        self.0.retain(|(field, _)| *field != name);
        self.0.push((name, value.into()));
    }

    /// The fields `{prefix}1`, `{prefix}2`, …: three, or as many as are filled.
    pub fn numbered(&self, prefix: &str) -> Vec<String> {
        let highest = (1..=9)
            .rev()
            .find(|at| !self.get(&format!("{prefix}{at}")).is_empty());
        (1..=highest.unwrap_or(0).max(3))
            .map(|at| format!("{prefix}{at}"))
            .collect()
    }

    /// A date from its parts, or from the line for any other notation, as [`PartialDate`] reads it.
    fn date_text(&self, name: &str) -> String {
        let part = |end: &str| self.get(&format!("{name}_{end}")).trim();
        let (year, month, day) = (part("year"), part("month"), part("day"));
        if !part("text").is_empty() || year.is_empty() {
            return part("text").to_owned();
        }
        let mut text = format!("{}{year}年", era_word(part("era")));
        for (value, unit) in [(month, '月'), (day, '日')] {
            if !value.is_empty() {
                text.push_str(value);
                text.push(unit);
            }
        }
        text
    }
}

fn era_word(code: &str) -> &'static str {
    match code {
        "meiji" => "明治",
        "taisho" => "大正",
        "showa" => "昭和",
        "heisei" => "平成",
        "reiwa" => "令和",
        _ => "",
    }
}

/// Reads fields one by one and collects what can't be read.
pub struct Reader<'a> {
    typed: &'a Typed,
    /// What can't be read, in the order of the form.
    pub problems: Problems,
}

impl<'a> Reader<'a> {
    /// A reader of this form.
    pub fn new(typed: &'a Typed) -> Reader<'a> {
        let problems = Problems::default();
        Reader { typed, problems }
    }

    /// What was typed.
    pub fn get(&self, name: &str) -> &'a str {
        self.typed.get(name)
    }

    /// The fields `{prefix}1`, `{prefix}2`, ….
    pub fn numbered(&self, prefix: &str) -> Vec<String> {
        self.typed.numbered(prefix)
    }

    fn note<T, E: ToString>(&mut self, name: &str, read: Result<T, E>) -> Option<T> {
        match read {
            Ok(value) => Some(value),
            Err(problem) => {
                self.problems.add(name, problem.to_string());
                None
            }
        }
    }

    /// A value that must be there, by its own reading.
    pub fn must<T, E: ToString>(
        &mut self,
        name: &str,
        read: impl FnOnce(&str) -> Result<T, E>,
    ) -> Option<T> {
        let text = self.get(name);
        self.note(name, read(text))
    }

    /// A value that may be missing, by its own reading.
    pub fn maybe<T, E: ToString>(
        &mut self,
        name: &str,
        read: impl FnOnce(&str) -> Result<T, E>,
    ) -> Option<T> {
        match self.get(name).trim().is_empty() {
            true => None,
            false => self.must(name, read),
        }
    }

    /// A line of free text.
    pub fn line(&mut self, name: &str, most: usize) -> String {
        self.must(name, |text| one_line(text, most))
            .unwrap_or_default()
    }

    /// Free text of several lines.
    pub fn paragraph(&mut self, name: &str, most: usize) -> String {
        self.must(name, |text| paragraph(text, most))
            .unwrap_or_default()
    }

    /// A phone number, where there is one.
    pub fn phone(&mut self, name: &str) -> Option<Phone> {
        self.maybe(name, Phone::parse)
    }

    /// Every filled phone of `{prefix}1`, `{prefix}2`, ….
    pub fn phones(&mut self, prefix: &str) -> Vec<Phone> {
        let names = self.numbered(prefix);
        names.iter().filter_map(|name| self.phone(name)).collect()
    }

    /// A postcode, where there is one.
    pub fn postcode(&mut self, name: &str) -> Option<Postcode> {
        self.maybe(name, Postcode::parse)
    }

    /// An address, where there is one.
    pub fn address(&mut self, name: &str) -> Option<Address> {
        self.maybe(name, Address::parse)
    }

    /// A reading, where there is one.
    pub fn reading(&mut self, name: &str) -> Option<Reading> {
        self.maybe(name, Reading::parse)
    }

    /// A full date in any notation, where there is one.
    pub fn date(&mut self, name: &str) -> Option<Date> {
        self.maybe(name, words::date::parse_full)
    }

    /// A birth date from its parts; must be there, and not lie ahead.
    pub fn born(&mut self, name: &str, today: Date) -> Option<PartialDate> {
        let read = PartialDate::parse(&self.typed.date_text(name)).map_err(|why| why.to_string());
        let read = read.and_then(|born| match born > PartialDate::from(today) {
            true => {
                Err("生年月日が今日より先になっています。元号と年を確かめてください。".to_owned())
            }
            false => Ok(born),
        });
        self.note(name, read)
    }

    /// One of a list of choices; the browser sends none where nobody chose.
    pub fn choice<T>(&mut self, name: &str, of: impl FnOnce(&str) -> Option<T>) -> Option<T> {
        self.must(name, |code| of(code).ok_or("どれか1つを選んでください。"))
    }
}

/// A field as typed, with its problem.
pub fn plain<'a>(
    name: &'a str,
    label: &'a str,
    kind: Kind,
    typed: &'a Typed,
    problems: &'a Problems,
) -> Field<'a> {
    Field {
        name,
        label,
        kind,
        value: typed.get(name),
        problem: problems.of(name),
        ..Field::default()
    }
}
