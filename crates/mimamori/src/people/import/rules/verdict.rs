//! What becomes of each row: shown before anything is written.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::entry::{Entry, Fault, Mapping, column_of, read_row};
use super::field::Field;
use super::names::{KANA_WANTS_SPACE, Named, Names};
use super::odd::odd;
use super::prior::{Brief, Like, Placement, Prior, Who};
use super::sheet::{Sheet, SheetRow};
use crate::ids::PersonId;
use crate::people::rules::{Difference, coded, redacted};

coded! {
    /// What becomes of a row.
    Outcome {
        /// Somebody new.
        Add "add" "追加",
        /// Somebody registered, with something new.
        Change "change" "変更",
        /// Somebody registered, nothing new.
        Same "same" "変わりなし",
        /// Perhaps somebody registered or of another row.
        Duplicate "duplicate" "重複のおそれ",
        /// A cell can't be taken.
        Refused "refused" "取り込めない",
        /// Blank, a sum, a repeated head.
        Nobody "nobody" "登録者でない行",
    }
}

coded! {
    /// What was said of a probable duplicate.
    Choice {
        /// Nothing yet.
        Open "open" "未定",
        /// Leave the row out.
        Skip "skip" "取り込まない",
        /// It is somebody else: add.
        Add "add" "別の方として追加",
        /// It is the person registered: change their record.
        Same "same" "同じ方として変更",
    }
}

/// What is shown of a row.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Verdict {
    /// As the spreadsheet numbers it.
    pub row: u32,
    /// What becomes of it.
    pub outcome: Outcome,
    /// The cells of number, name and birth date, as they are.
    pub shown: [String; 3],
    /// What can't be taken, or for a row that is nobody what it is.
    #[serde(default)]
    pub faults: Vec<Fault>,
    /// What would change.
    #[serde(default)]
    pub told: Vec<Difference>,
    /// Who is alike.
    #[serde(default)]
    pub likes: Vec<Like>,
    /// The person, where there is one already.
    #[serde(default)]
    pub person: Option<PersonId>,
}

redacted!(Verdict);

/// A row in its place, its record not yet looked at.
pub struct Placed {
    /// What is shown of it; `outcome` is not settled for somebody registered.
    pub verdict: Verdict,
    /// What it says, where it can be read.
    pub entry: Option<Box<Entry>>,
    /// The name in parts, where it can be parted.
    pub named: Option<Named>,
}

/// Reads and places every row.
pub fn place_all(
    sheet: &Sheet,
    mapping: &Mapping,
    mut prior: Prior,
    mut names: Names,
    today: Date,
) -> Vec<Placed> {
    let read: Vec<_> = sheet
        .rows
        .iter()
        .map(|row| (row, read(sheet, row, mapping, today)))
        .collect();
    for (_, read) in &read {
        if let Read::Entry(entry) = read {
            names.learn_entry(entry);
        }
    }
    let placed = read.into_iter().map(|(row, read)| {
        let shown =
            [Field::OldNumber, Field::Name, Field::Born].map(|field| shown(row, mapping, field));
        place(row.number, shown, read, &mut prior, &names)
    });
    placed.collect()
}

enum Read {
    Nobody(&'static str),
    Faults(Vec<Fault>),
    Entry(Box<Entry>),
}

fn read(sheet: &Sheet, row: &SheetRow, mapping: &Mapping, today: Date) -> Read {
    if let Some(words) = odd(row, &sheet.head) {
        return Read::Nobody(words);
    }
    match read_row(&sheet.head, row, mapping, today) {
        Ok(entry) => Read::Entry(Box::new(entry)),
        Err(faults) => Read::Faults(faults),
    }
}

/// The cell as it is; of a name in two columns both.
fn shown(row: &SheetRow, mapping: &Mapping, field: Field) -> String {
    let text = |field| {
        let cell = column_of(mapping, field).and_then(|at| row.cells.get(at));
        cell.map(|cell| cell.text.trim().to_owned())
            .unwrap_or_default()
    };
    match (field, column_of(mapping, field)) {
        (Field::Name, None) => format!("{} {}", text(Field::Family), text(Field::Given)),
        _ => text(field),
    }
}

fn place(row: u32, shown: [String; 3], read: Read, prior: &mut Prior, names: &Names) -> Placed {
    let mut verdict = Verdict {
        row,
        outcome: Outcome::Refused,
        shown,
        faults: Vec::new(),
        told: Vec::new(),
        likes: Vec::new(),
        person: None,
    };
    let entry = match read {
        Read::Entry(entry) => entry,
        Read::Faults(faults) => {
            verdict.faults = faults;
            return Placed {
                verdict,
                entry: None,
                named: None,
            };
        }
        Read::Nobody(words) => {
            verdict.outcome = Outcome::Nobody;
            verdict.faults = vec![whole_row(words.to_owned())];
            return Placed {
                verdict,
                entry: None,
                named: None,
            };
        }
    };
    let named = names.resolve(&entry);
    let placement = prior.place(row, Brief::of_entry(row, &entry, named.as_ref().ok()));
    settle(
        &mut verdict,
        &entry,
        placement,
        named.as_ref().err().copied(),
    );
    let (entry, named) = (Some(entry), named.ok());
    Placed {
        verdict,
        entry,
        named,
    }
}

fn settle(
    verdict: &mut Verdict,
    entry: &Entry,
    placement: Placement,
    unsplit: Option<&'static str>,
) {
    match (placement, unsplit) {
        (Placement::New, None) => verdict.outcome = Outcome::Add,
        (Placement::New, Some(words)) => verdict.faults.push(unsplit_fault(verdict, words)),
        // Somebody registered keeps the name where the row does not part it.
        (Placement::Known(person), _) => {
            verdict.outcome = Outcome::Change;
            verdict.person = Some(person);
        }
        (Placement::Like(likes), _) => {
            verdict.outcome = Outcome::Duplicate;
            verdict.likes = likes;
        }
        (Placement::Clash(who), _) => verdict.faults.push(clash(entry, who)),
    }
}

fn unsplit_fault(verdict: &Verdict, words: &str) -> Fault {
    let heading = if words == KANA_WANTS_SPACE {
        "フリガナ"
    } else {
        "氏名"
    };
    Fault {
        heading: heading.to_owned(),
        cell: verdict.shown[1].clone(),
        words: words.to_owned(),
    }
}

fn clash(entry: &Entry, who: Who) -> Fault {
    let whose = match who {
        Who::Row(row) => format!("{row}行目の別の方"),
        Who::Person(_) | Who::Erased(_) => "登録ずみの別の方".to_owned(),
    };
    Fault {
        heading: Field::OldNumber.word(),
        cell: entry.old_number.clone().unwrap_or_default(),
        words: format!("この番号は、{whose}のものです。番号か氏名を確かめてください。"),
    }
}

/// The number is on the tag of somebody registered.
pub fn number_is_anothers(number: &str) -> Fault {
    Fault {
        heading: Field::OldNumber.word(),
        cell: number.to_owned(),
        words: "この番号は、登録ずみの別の方のタグの番号です。番号か氏名を確かめてください。"
            .to_owned(),
    }
}

/// A fault that no single cell has.
pub fn whole_row(words: String) -> Fault {
    let (heading, cell) = (String::new(), String::new());
    Fault {
        heading,
        cell,
        words,
    }
}

impl Verdict {
    /// Every text that is kept of the row.
    pub fn texts(&self) -> String {
        let faults = self.faults.iter().flat_map(|one| [&one.cell, &one.words]);
        let told = self.told.iter().flat_map(|one| [&one.from, &one.to]);
        let likes = self.likes.iter().flat_map(|one| &one.reasons);
        let all = self.shown.iter().chain(faults).chain(told).chain(likes);
        all.map(String::as_str).collect::<Vec<_>>().join("|")
    }

    /// Why the row is not taken, for the column that goes back with it.
    pub fn reason(&self) -> String {
        let faults = self
            .faults
            .iter()
            .map(|fault| match fault.heading.is_empty() {
                true => fault.words.clone(),
                false => format!("{}「{}」：{}", fault.heading, fault.cell, fault.words),
            });
        let likes = self.likes.iter().map(|like| {
            let who = match like.who {
                Who::Person(_) => "登録ずみの方".to_owned(),
                Who::Row(row) => format!("{row}行目の方"),
                Who::Erased(_) => return like.reasons.join("・"),
            };
            format!("{who}と重複のおそれ：{}", like.reasons.join("・"))
        });
        faults.chain(likes).collect::<Vec<_>>().join(" / ")
    }
}
