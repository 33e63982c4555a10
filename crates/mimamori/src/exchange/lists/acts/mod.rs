//! A list is read piece by piece; each piece's audit lines are durable before it is handed on.

mod called;
mod courses;
mod desk;
mod people;
mod station;
mod support;
mod town;
mod write;

pub use write::{MOST_ROWS_OF_EXCEL, file, lost_letters};

use std::collections::{HashSet, VecDeque};

use db::Db;
use jiff::civil::Date;

use self::called::Called;
use super::rules::{List, Part};
use crate::audit::{self, Fields, Line, Verb, Why};
use crate::deed::Deed;
use crate::ids::{CaseId, PersonId};
use crate::people::Group;
use crate::scope::{NoRight, Right};

/// Rows handed on and told to the audit at a time.
const CHUNK: usize = 200;
/// The same for a statement.
const MOST: u32 = 200;

/// Why a list was not taken out, or broke off.
#[derive(Debug, thiserror::Error)]
pub enum Stopped {
    /// A record of a room does not open.
    #[error(transparent)]
    Room(Box<dyn std::error::Error + Send + Sync>),
    /// The account may not do that.
    #[error(transparent)]
    NoRight(#[from] NoRight),
    /// Too many rows for Excel.
    #[error("more than {MOST_ROWS_OF_EXCEL} rows")]
    TooMany,
    /// The workbook can't be made.
    #[error(transparent)]
    Excel(#[from] zip::result::ZipError),
    /// Whoever waited has gone.
    #[error("nobody waits any more")]
    Gone,
    /// The database.
    #[error(transparent)]
    Db(#[from] db::Error),
}

/// A refusal of a room that is only read from: a record does not open.
fn room(error: impl std::error::Error + Send + Sync + 'static) -> Stopped {
    Stopped::Room(Box::new(error))
}

/// A row on its way out, and whom of the register it names.
struct Entry {
    cells: Vec<String>,
    whom: Vec<PersonId>,
    /// The case that it is; its people's lines name it instead of the list.
    case: Option<CaseId>,
}

impl Entry {
    /// Names nobody of the register.
    fn plain(cells: Vec<String>) -> Entry {
        Entry::about(cells, [])
    }

    /// Names these.
    fn about(cells: Vec<String>, whom: impl IntoIterator<Item = PersonId>) -> Entry {
        Entry {
            cells,
            whom: whom.into_iter().collect(),
            case: None,
        }
    }
}

/// What of a list, and why.
#[derive(Clone)]
pub struct Wish {
    /// Which list.
    pub list: List,
    /// Which part of it.
    pub part: Part,
    /// What for.
    pub reason: String,
}

/// A list on its way out.
struct Walk {
    db: Db,
    deed: Deed,
    wish: Wish,
    /// Whether the account may read records.
    whole: bool,
    /// What centers, colleagues and organisations are called.
    called: Called,
    /// After or below which row the next piece begins.
    at: i64,
    /// Whether everything was read.
    done: bool,
    ready: VecDeque<Entry>,
    /// Who has a line already.
    told: HashSet<PersonId>,
}

impl Walk {
    /// Begins, with a line for the list.
    async fn begin(db: &Db, deed: &Deed, wish: &Wish) -> Result<Walk, Stopped> {
        if !wish.list.is_for(deed.scope.rights) {
            return Err(NoRight.into());
        }
        let line = Line::new(Verb::Exported, None, Fields::NOTHING);
        let said = [wish.list.code(), &wish.part.words(), &wish.reason];
        let said = said.iter().filter(|one| !one.is_empty());
        let words = said.copied().collect::<Vec<_>>().join(" ");
        audit::witness(db, deed, line.saying(words)).await?;
        Ok(Walk {
            db: db.clone(),
            deed: deed.clone(),
            wish: wish.clone(),
            whole: deed.scope.rights.has(Right::ReadPeople),
            called: Called::read(&mut db.read().await?, deed).await?,
            at: 0,
            done: false,
            ready: VecDeque::new(),
            told: HashSet::new(),
        })
    }

    fn head(&self) -> Vec<String> {
        self.wish.list.head(self.whole)
    }

    /// Which groups of a person a row shows.
    fn fields(&self) -> Fields {
        match self.wish.list {
            List::People if self.whole => Group::all_fields(),
            List::Tags => Fields::IDENTITY.and(Fields::TAGS),
            List::Paths => Fields::IDENTITY.and(Fields::CARE),
            List::Inquiries | List::Notices | List::Observations | List::Vouchers => {
                Fields::NOTHING
            }
            _ => Fields::IDENTITY,
        }
    }

    /// The next rows; none at the end.
    async fn next(&mut self) -> Result<Vec<Vec<String>>, Stopped> {
        while self.ready.is_empty() && !self.done {
            let read = self.read().await?;
            self.ready.extend(read);
        }
        let piece = self.ready.len().min(CHUNK);
        let piece: Vec<Entry> = self.ready.drain(..piece).collect();
        if piece.is_empty() {
            return Ok(Vec::new());
        }
        let lines: Vec<Line> = piece.iter().flat_map(|one| self.lines(one)).collect();
        audit::witness_all(&self.db, &self.deed, lines).await?;
        Ok(piece.into_iter().map(|one| one.cells).collect())
    }

    /// A line for each person of a row who has none yet.
    fn lines(&mut self, entry: &Entry) -> Vec<Line> {
        let (fields, reason) = (self.fields(), &self.wish.reason);
        let line = |whom| Line::new(Verb::Exported, whom, fields);
        if let Some(case) = entry.case {
            let line = |whom| line(whom).because(Why::Case(case)).saying(reason);
            return match entry.whom.is_empty() {
                true => vec![line(None)],
                false => entry.whom.iter().map(|one| line(Some(*one))).collect(),
            };
        }
        let words = match self.wish.list.is_told_in_silence() {
            true => reason.clone(),
            false => format!("{} {reason}", self.wish.list.code()),
        };
        let new = entry.whom.iter().filter(|one| self.told.insert(**one));
        new.map(|one| line(Some(*one)).saying(&words)).collect()
    }

    /// Reads on; what is read whole at once is done.
    async fn read(&mut self) -> Result<Vec<Entry>, Stopped> {
        match self.wish.list {
            List::People => self.people().await,
            List::Tags => self.tags().await,
            List::Renewals => self.renewals().await,
            List::Tasks => self.tasks().await,
            List::Twins => self.twins().await,
            List::Leavings => self.leavings().await,
            List::Inquiries => self.inquiries().await,
            List::Notices => self.notices().await,
            List::Consultations => self.consultations().await,
            List::Cases => self.cases().await,
            List::Paths => self.paths().await,
            List::Supporters => self.supporters().await,
            List::Courses => self.courses().await,
            List::Days => self.days().await,
            List::Places => self.places().await,
            List::Signups => self.signups().await,
            List::Attendances => self.attendances().await,
            List::Vouchers => self.vouchers().await,
            List::Observations => self.observations().await,
            List::Voices => self.voices().await,
            List::Agreements => self.agreements().await,
            List::Organisations => self.organisations().await,
            List::Centers => self.centers().await,
            List::Staff => self.staff().await,
            List::Batches => self.batches().await,
            List::Audit => self.audit().await,
        }
    }
}

fn day(day: Option<Date>) -> String {
    shown(day.as_ref())
}

fn shown(value: Option<&impl ToString>) -> String {
    value.map_or(String::new(), ToString::to_string)
}

fn yes(holds: bool, word: &str) -> String {
    if holds { word } else { "" }.to_owned()
}

/// `2026-04-01 09:30`
fn minute(at: jiff::Timestamp) -> String {
    let at = crate::clock::in_japan(at);
    at.strftime("%Y-%m-%d %H:%M").to_string()
}
