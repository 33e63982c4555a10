//! A list is read piece by piece; each piece's audit lines are durable before it is handed on.

use db::{Conn, Db};
use jiff::civil::Date;
use tokio::sync::mpsc::Sender;

use super::rules::{
    Book, Format, List, Unwritable, cp932, csv_text, json_rows, row_of_person, unwritable,
};
use crate::audit::{self, Fields, Filter, Line, Verb};
use crate::clock::in_japan;
use crate::deed::Deed;
use crate::ids::PersonId;
use crate::people::{self, Group, Person};
use crate::scope::Right;
use crate::tags::{NumberKind, Tag};
use crate::{networks, renewals, tags, tasks};

/// People read and told to the audit at a time.
const CHUNK: u32 = 200;
/// Lines of the audit read at a time.
const LINES: i64 = 500;
/// A sheet of Excel holds 1,048,576 rows, the head among them.
pub const MOST_ROWS_OF_EXCEL: usize = 1_048_575;
/// Letters that are shown; more of them say no more.
const MOST_LETTERS: usize = 500;

/// Why a list was not taken out, or broke off.
#[derive(Debug, thiserror::Error)]
pub enum Stopped {
    /// A record does not open.
    #[error(transparent)]
    People(#[from] people::Refusal),
    /// A number does not open.
    #[error(transparent)]
    Tags(#[from] tags::Refusal),
    /// A renewal does not open.
    #[error("a renewal does not open")]
    Renewals,
    /// A task does not open.
    #[error(transparent)]
    Tasks(#[from] tasks::Refusal),
    /// The account may not do that.
    #[error(transparent)]
    NoRight(#[from] crate::scope::NoRight),
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

/// A list on its way out.
struct Walk {
    db: Db,
    deed: Deed,
    list: List,
    /// Whether the account may read records.
    whole: bool,
    reason: String,
    after: PersonId,
    before: i64,
    done: bool,
}

impl Walk {
    fn new(db: &Db, deed: &Deed, list: List, reason: &str) -> Result<Walk, Stopped> {
        deed.scope.need(list.right())?;
        Ok(Walk {
            db: db.clone(),
            deed: deed.clone(),
            list,
            whole: deed.scope.rights.has(Right::ReadPeople),
            reason: reason.to_owned(),
            after: PersonId(0),
            before: i64::MAX,
            done: false,
        })
    }

    fn head(&self) -> Vec<String> {
        self.list.head(self.whole)
    }

    /// Which groups of a person a row shows.
    fn fields(&self) -> Fields {
        match self.list {
            List::People if self.whole => Group::all_fields(),
            List::Tags => Fields::IDENTITY.and(Fields::TAGS),
            _ => Fields::IDENTITY,
        }
    }

    /// The next rows; none at the end.
    async fn next(&mut self) -> Result<Vec<Vec<String>>, Stopped> {
        while !self.done {
            let rows = match self.list.names_people() {
                true => self.people().await?,
                false => self.others().await?,
            };
            if !rows.is_empty() {
                return Ok(rows);
            }
        }
        Ok(Vec::new())
    }

    async fn people(&mut self) -> Result<Vec<Vec<String>>, Stopped> {
        let mut conn = self.db.read().await?;
        let ids = people::list_ids_after(&mut conn, &self.deed, self.after, CHUNK).await?;
        let Some(last) = ids.last() else {
            self.done = true;
            return Ok(Vec::new());
        };
        self.after = *last;
        let (fields, words) = (
            self.fields(),
            format!("{} {}", self.list.code(), self.reason),
        );
        let line = |id: &PersonId| Line::new(Verb::Exported, Some(*id), fields).saying(&words);
        audit::witness_all(&self.db, &self.deed, ids.iter().map(line).collect()).await?;
        let mut rows = Vec::new();
        for id in ids {
            if let Some(person) = people::find(&mut conn, &self.deed, id).await? {
                rows.extend(self.of_person(&mut conn, &person).await?);
            }
        }
        Ok(rows)
    }

    async fn of_person(
        &self,
        conn: &mut Conn,
        person: &Person,
    ) -> Result<Vec<Vec<String>>, Stopped> {
        let owner = [
            person.identity.value.name.to_string(),
            person.id.to_string(),
        ];
        let rows: Vec<Vec<String>> = match self.list {
            List::Tags => {
                let all = tags::list_for_person(conn, &self.deed, person.id).await?;
                all.iter().map(tag).collect()
            }
            List::Renewals => {
                let all = renewals::list_for_person(conn, &self.deed, person.id).await;
                let all = all.map_err(|_| Stopped::Renewals)?;
                all.iter().map(renewal).collect()
            }
            List::Tasks => {
                let all = tasks::list_for_person(conn, &self.deed, person.id).await?;
                all.into_iter().map(task).collect()
            }
            _ => return Ok(vec![row_of_person(person, self.whole)]),
        };
        let with_owner = |row: Vec<String>| row.into_iter().chain(owner.clone()).collect();
        Ok(rows.into_iter().map(with_owner).collect())
    }

    async fn others(&mut self) -> Result<Vec<Vec<String>>, Stopped> {
        let first = self.before == i64::MAX;
        if first {
            let line = Line::new(Verb::Exported, None, Fields::NOTHING);
            let words = format!("{} {}", self.list.code(), self.reason);
            audit::witness(&self.db, &self.deed, line.saying(words)).await?;
        }
        let mut conn = self.db.read().await?;
        match self.list {
            List::Audit => self.lines(&mut conn).await,
            List::Organisations => {
                self.done = true;
                let all = networks::list_organisations(&mut conn, &self.deed.scope).await?;
                Ok(all.iter().map(organisation).collect())
            }
            _ => {
                self.done = true;
                let all = networks::list_centers(&mut conn, &self.deed.scope).await?;
                Ok(all.iter().map(center).collect())
            }
        }
    }

    async fn lines(&mut self, conn: &mut Conn) -> Result<Vec<Vec<String>>, Stopped> {
        let filter = Filter {
            whose: None,
            staff: None,
            verb: None,
            before: Some(self.before),
            limit: LINES,
        };
        let entries = audit::list_entries(conn, &self.deed.scope, filter).await?;
        match entries.last() {
            Some(last) => self.before = last.ticket,
            None => self.done = true,
        }
        let id = |id: Option<String>| id.unwrap_or_default();
        let row = |one: &audit::Entry| {
            vec![
                one.ticket.to_string(),
                in_japan(one.at).strftime("%Y-%m-%d %H:%M:%S").to_string(),
                one.actor_kind.clone(),
                id(one.staff.map(|of| of.to_string())),
                one.verb
                    .map_or(String::new(), |verb| verb.word().to_owned()),
                id(one.whose.map(|of| of.to_string())),
                one.fields.to_string(),
                one.why.clone(),
                one.origin.clone(),
            ]
        };
        Ok(entries.iter().map(row).collect())
    }
}

fn day(day: Option<Date>) -> String {
    day.map_or(String::new(), |day| day.to_string())
}

fn tag(tag: &Tag) -> Vec<String> {
    let kind = match tag.number.kind() {
        NumberKind::Ours => "11けた",
        NumberKind::Older => "以前の番号",
    };
    vec![
        tag.number.shown(),
        kind.to_owned(),
        tag.state.word().to_owned(),
        in_japan(tag.since).date().to_string(),
        tag.id.to_string(),
    ]
}

fn renewal(one: &renewals::Renewal) -> Vec<String> {
    vec![
        one.month.words(),
        one.state.word().to_owned(),
        day(one.asked_on),
        day(one.renewed_on),
    ]
}

fn task(task: tasks::Task) -> Vec<String> {
    let state = if task.state.waits() {
        "まだ"
    } else {
        "済み"
    };
    vec![
        task.due.to_string(),
        task.kind.word().to_owned(),
        state.to_owned(),
        task.words.title,
        task.words.story,
    ]
}

fn standing(closed_at: Option<i64>) -> String {
    if closed_at.is_some() {
        "休止"
    } else {
        "利用中"
    }
    .to_owned()
}

fn organisation(of: &networks::Organisation) -> Vec<String> {
    let phones: Vec<String> = of.phones.iter().map(ToString::to_string).collect();
    vec![
        of.name.clone(),
        of.kind.word().to_owned(),
        phones.join("、"),
        standing(of.closed_at),
        of.id.to_string(),
    ]
}

fn center(of: &networks::Center) -> Vec<String> {
    let phone = |phone: &Option<words::phone::Phone>| {
        phone.as_ref().map_or(String::new(), ToString::to_string)
    };
    vec![
        of.name.clone(),
        of.address.clone(),
        phone(&of.day_phone),
        phone(&of.night_phone),
        standing(of.closed_at),
        of.id.to_string(),
    ]
}

/// Every character that CP932 can't hold, up to a few hundred, and how many there are.
pub async fn lost_letters(
    db: &Db,
    deed: &Deed,
    list: List,
    reason: &str,
) -> Result<(Vec<Unwritable>, usize), Stopped> {
    let mut walk = Walk::new(db, deed, list, &format!("Shift_JISの確認 {reason}"))?;
    let head = walk.head();
    let (mut found, mut count, mut at) = (Vec::new(), 0, 2);
    loop {
        let rows = walk.next().await?;
        if rows.is_empty() {
            return Ok((found, count));
        }
        let lost = unwritable(&head, &rows, at);
        at += rows.len();
        count += lost.len();
        let room = MOST_LETTERS.saturating_sub(found.len());
        found.extend(lost.into_iter().take(room));
    }
}

/// Sends the file piece by piece to whoever waits for it; a piece that is sent was witnessed.
pub async fn file(
    db: &Db,
    deed: &Deed,
    list: List,
    format: Format,
    reason: &str,
    to: &Sender<Vec<u8>>,
) -> Result<usize, Stopped> {
    let mut walk = Walk::new(db, deed, list, reason)?;
    let head = walk.head();
    let (mut book, top) = (Book::begin()?, std::slice::from_ref(&head));
    let begin = match format {
        Format::Utf8 => [b"\xef\xbb\xbf", csv_text(top).as_bytes()].concat(),
        Format::Cp932 => cp932(&csv_text(top)),
        Format::Json => b"[".to_vec(),
        Format::Xlsx => book.rows(top)?,
    };
    send(to, begin).await?;
    let mut count = 0;
    loop {
        let rows = walk.next().await?;
        if rows.is_empty() {
            break;
        }
        let first = count == 0;
        count += rows.len();
        match format {
            Format::Utf8 => send(to, csv_text(&rows).into_bytes()).await?,
            Format::Cp932 => send(to, cp932(&csv_text(&rows))).await?,
            Format::Json => send(to, json_rows(&head, &rows, first).into_bytes()).await?,
            Format::Xlsx if count > MOST_ROWS_OF_EXCEL => return Err(Stopped::TooMany),
            Format::Xlsx => send(to, book.rows(&rows)?).await?,
        }
    }
    match format {
        Format::Json => send(to, b"\n]\n".to_vec()).await?,
        Format::Xlsx => send(to, book.end()?).await?,
        Format::Utf8 | Format::Cp932 => {}
    }
    Ok(count)
}

async fn send(to: &Sender<Vec<u8>>, bytes: Vec<u8>) -> Result<(), Stopped> {
    if bytes.is_empty() {
        return Ok(());
    }
    to.send(bytes).await.map_err(|_| Stopped::Gone)
}
