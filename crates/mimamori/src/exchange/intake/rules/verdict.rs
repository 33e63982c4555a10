//! What becomes of a row: added, changed, the same as what is there, or refused with its reasons.

use std::collections::HashSet;

/// What is wrong with a cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// Its heading.
    pub heading: &'static str,
    /// What stands there.
    pub cell: String,
    /// How to mend it.
    pub words: String,
}

/// What a row would change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// The heading.
    pub heading: &'static str,
    /// What is there now.
    pub from: String,
    /// What would be.
    pub to: String,
}

/// What becomes of a row, with what is to be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict<T> {
    /// It is new.
    Add(T),
    /// It changes something that is there.
    Change(T, Vec<Told>),
    /// It is there as it stands in the row.
    Same,
    /// It can't be taken.
    Refused(Vec<Fault>),
}

/// The same without what is to be written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// 加わる
    Add,
    /// 変わる
    Change,
    /// そのまま
    Same,
    /// 取り込めない
    Refused,
}

impl Outcome {
    /// Every one, in the order of the page.
    pub const ALL: [Outcome; 4] = [
        Outcome::Add,
        Outcome::Change,
        Outcome::Same,
        Outcome::Refused,
    ];

    /// The word that is shown.
    pub const fn word(self) -> &'static str {
        match self {
            Outcome::Add => "加わる",
            Outcome::Change => "変わる",
            Outcome::Same => "いまのまま",
            Outcome::Refused => "取り込めない",
        }
    }
}

impl<T> Verdict<T> {
    /// Without what is to be written.
    pub const fn outcome(&self) -> Outcome {
        match self {
            Verdict::Add(_) => Outcome::Add,
            Verdict::Change(..) => Outcome::Change,
            Verdict::Same => Outcome::Same,
            Verdict::Refused(_) => Outcome::Refused,
        }
    }

    /// With what is to be written as something else.
    pub fn map<U>(self, make: impl FnOnce(T) -> U) -> Verdict<U> {
        match self {
            Verdict::Add(new) => Verdict::Add(make(new)),
            Verdict::Change(new, told) => Verdict::Change(make(new), told),
            Verdict::Same => Verdict::Same,
            Verdict::Refused(faults) => Verdict::Refused(faults),
        }
    }
}

/// What of the list a row means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Match {
    /// This one.
    One(usize),
    /// Nothing that is there.
    None,
    /// One of several, and the row does not say which.
    Many,
}

/// Finds what a row means among what is there and no row above meant: the one with its id; else one
/// that is the same in every cell; else the only one with its key.
pub fn matching<T>(
    all: &[T],
    used: &HashSet<usize>,
    id: impl Fn(&T) -> bool,
    same: impl Fn(&T) -> bool,
    key: impl Fn(&T) -> bool,
) -> Match {
    let free = || all.iter().enumerate().filter(|(at, _)| !used.contains(at));
    let first = |test: &dyn Fn(&T) -> bool| free().find(|(_, one)| test(one)).map(|(at, _)| at);
    if let Some(at) = first(&id).or_else(|| first(&same)) {
        return Match::One(at);
    }
    let mut alike = free().filter(|(_, one)| key(one));
    match (alike.next(), alike.next()) {
        (Some((at, _)), None) => Match::One(at),
        (None, _) => Match::None,
        _ => Match::Many,
    }
}

/// Weighs a row against what it means, cell by cell; both as they stand in a file.
pub fn weigh<T>(
    headings: &[&'static str],
    new: (T, Vec<String>),
    now: Option<&[String]>,
) -> Verdict<T> {
    let (new, cells) = new;
    let Some(now) = now else {
        return Verdict::Add(new);
    };
    let both = headings.iter().zip(now.iter().zip(cells));
    let differ = both.filter(|(_, (from, to))| *from != to);
    let told: Vec<Told> = differ
        .map(|(heading, (from, to))| Told {
            heading,
            from: from.clone(),
            to,
        })
        .collect();
    match told.is_empty() {
        true => Verdict::Same,
        false => Verdict::Change(new, told),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_means_its_id_then_its_like_then_the_only_one_of_its_name() {
        let all = [("a", 1), ("a", 2), ("b", 3)];
        let mut used = HashSet::new();
        let find = |used: &HashSet<usize>, id: i32, name: &str, cell: i32| {
            matching(
                &all,
                used,
                |one| one.1 == id,
                |one| (one.0, one.1) == (name, cell),
                |one| one.0 == name,
            )
        };
        assert_eq!(find(&used, 2, "b", 3), Match::One(1));
        assert_eq!(find(&used, 0, "a", 2), Match::One(1));
        assert_eq!(find(&used, 0, "a", 9), Match::Many);
        assert_eq!(find(&used, 0, "b", 9), Match::One(2));
        used.insert(2);
        assert_eq!(find(&used, 0, "b", 9), Match::None, "a row above meant it");
    }

    #[test]
    fn a_row_is_weighed_cell_by_cell() {
        let cells = |of: [&str; 2]| of.map(str::to_owned).to_vec();
        let now = cells(["みなみ", "03-0111-2222"]);
        let headings = ["名前", "電話"];
        let new = |of| (1, cells(of));
        assert_eq!(weigh(&headings, new(["みなみ", ""]), None), Verdict::Add(1));
        assert_eq!(
            weigh(&headings, (1, now.clone()), Some(&now)),
            Verdict::Same
        );
        let told = Told {
            heading: "電話",
            from: now[1].clone(),
            to: String::new(),
        };
        assert_eq!(
            weigh(&headings, new(["みなみ", ""]), Some(&now)),
            Verdict::Change(1, vec![told])
        );
    }
}
