//! Reads plain texts into types and collects what can't be read, each with its place in the body.

use jiff::civil::Date;

use crate::people::{one_line, paragraph};

/// Reads fields one by one.
pub struct Reader {
    /// Dates beyond it are slips.
    pub today: Date,
    place: Vec<String>,
    wrong: Vec<(String, String)>,
}

impl Reader {
    /// A reader that has found nothing wrong yet.
    pub fn new(today: Date) -> Reader {
        Reader {
            today,
            place: Vec::new(),
            wrong: Vec::new(),
        }
    }

    /// What can't be taken: place in the body, and words.
    pub fn wrong(self) -> Vec<(String, String)> {
        self.wrong
    }

    /// Reads a part of the body under its name or number.
    pub fn within<T>(&mut self, name: impl ToString, read: impl FnOnce(&mut Reader) -> T) -> T {
        self.place.push(name.to_string());
        let done = read(self);
        self.place.pop();
        done
    }

    /// Notes that a field can't be taken.
    pub fn note(&mut self, name: &str, words: impl ToString) {
        let mut place = self.place.clone();
        place.push(name.to_owned());
        self.wrong.push((place.join("/"), words.to_string()));
    }

    /// The value, or a note of why there is none.
    pub fn take<T, E: ToString>(&mut self, name: &str, read: Result<T, E>) -> Option<T> {
        match read {
            Ok(value) => Some(value),
            Err(problem) => {
                self.note(name, problem.to_string());
                None
            }
        }
    }

    /// A value that may be missing: nothing, null and an empty text are the same. The outer `None`
    /// says that what is there can't be read.
    pub fn maybe<T, E: ToString>(
        &mut self,
        name: &str,
        text: Option<&str>,
        read: impl FnOnce(&str) -> Result<T, E>,
    ) -> Option<Option<T>> {
        match text.map(str::trim).filter(|text| !text.is_empty()) {
            None => Some(None),
            Some(text) => self.take(name, read(text)).map(Some),
        }
    }

    /// A line of free text; nothing, null and an empty text are the same.
    pub fn line(&mut self, name: &str, text: Option<&str>, most: usize) -> Option<String> {
        self.take(name, one_line(text.unwrap_or_default(), most))
    }

    /// Free text of several lines.
    pub fn paragraph(&mut self, name: &str, text: Option<&str>, most: usize) -> Option<String> {
        self.take(name, paragraph(text.unwrap_or_default(), most))
    }

    /// Every one of a list by its own reading; `None` where one can't be read.
    pub fn each<A, T>(
        &mut self,
        list: Vec<A>,
        mut read: impl FnMut(&mut Reader, A, &str) -> Option<T>,
    ) -> Option<Vec<T>> {
        let read: Vec<Option<T>> = list
            .into_iter()
            .enumerate()
            .map(|(at, one)| read(self, one, &at.to_string()))
            .collect();
        read.into_iter().collect()
    }
}
