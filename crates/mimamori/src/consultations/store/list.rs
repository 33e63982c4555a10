//! Lists: one page of rows is opened and no more, and of what was said nothing.

use db::{Conn, Error, Row, Sql, args, sql};
use jiff::civil::Date;

use super::rows::{codes_place, day_at, open, staff, state_at};
use super::strangers::card_place;
use crate::clock::instant;
use crate::consultations::rules::{Card, Codes, Listed, Refusal};
use crate::deed::Deed;
use crate::ids::{CenterId, ConsultationId, PersonId, RowId, StaffId};
use crate::people::views::Look;
use crate::people::{self, Identity, Kept};

/// Consultations on one page.
pub const PAGE: u32 = 50;

// Columns 0 to 13 of every list. What people are called is fetched for the rows of the page alone,
// which an index gives in their order.
macro_rules! select {
    ($rest:literal) => {
        sql(concat!(
            "SELECT c.id, c.center, c.at, c.by, c.person, c.stranger, c.state, c.next_on, c.codes,
               c.version,
               (SELECT p.identity_v FROM people p WHERE p.network = c.network AND p.id = c.person),
               (SELECT p.identity FROM people p WHERE p.network = c.network AND p.id = c.person),
               (SELECT s.version FROM consultation_strangers s
                WHERE s.network = c.network AND s.id = c.stranger),
               (SELECT s.card FROM consultation_strangers s
                WHERE s.network = c.network AND s.id = c.stranger)
             FROM consultations c ",
            $rest
        ))
    };
}

// What was erased is nobody's work any more, and no list leads to it.
const OF_CENTER: Sql = select!(
    "WHERE c.network = $1 AND c.center = $2 AND c.day >= $3 AND c.day <= $4 AND c.by <> 0
     ORDER BY c.day DESC, c.id DESC LIMIT $5 OFFSET $6"
);

const TAKEN: Sql = select!(
    "WHERE c.network = $1 AND c.center = $2 AND c.by = $3 AND c.day >= $4 AND c.day <= $5
     ORDER BY c.day DESC, c.id DESC LIMIT $6 OFFSET $7"
);

const OPEN: Sql = select!(
    "WHERE c.network = $1 AND c.center = $2 AND c.state = 'open' AND c.day >= $3 AND c.day <= $4
     ORDER BY c.day DESC, c.id DESC LIMIT $5 OFFSET $6"
);

// The next step that is due longest comes first.
const DUE: Sql = select!(
    "WHERE c.network = $1 AND c.center = $2 AND c.state = 'open' AND c.next_on >= $3 AND c.next_on <= $4
     ORDER BY c.next_on, c.id LIMIT $5 OFFSET $6"
);

const AFTER: Sql = select!(
    "WHERE c.network = $1 AND c.center = $2 AND c.day >= $3 AND c.day <= $4 AND c.by <> 0
       AND c.id > $5 ORDER BY c.id LIMIT $6"
);

// $3: one's own center; $4: 1 where the person is of that center.
const ABOUT: Sql = select!(
    "WHERE c.network = $1 AND c.person = $2 AND (c.center = $3 OR $4 = 1)
     ORDER BY c.day DESC, c.id DESC LIMIT $5"
);

const OF_STRANGER: Sql = select!(
    "WHERE c.network = $1 AND c.stranger = $2
     ORDER BY c.day DESC, c.id DESC LIMIT $3"
);

const RECENT: Sql = sql("SELECT id FROM consultations
     WHERE network = $1 AND center = $2 AND by = $3 AND state <> 'struck'
     ORDER BY day DESC, id DESC LIMIT $4");

const COUNT_CENTER: Sql = sql("SELECT COUNT(*) FROM consultations
     WHERE network = $1 AND center = $2 AND day >= $3 AND day <= $4 AND by <> 0");
const COUNT_TAKEN: Sql = sql("SELECT COUNT(*) FROM consultations
     WHERE network = $1 AND center = $2 AND by = $3 AND day >= $4 AND day <= $5");
const COUNT_OPEN: Sql = sql("SELECT COUNT(*) FROM consultations
     WHERE network = $1 AND center = $2 AND state = 'open' AND day >= $3 AND day <= $4");
const COUNT_DUE: Sql = sql("SELECT COUNT(*) FROM consultations
     WHERE network = $1 AND center = $2 AND state = 'open' AND next_on >= $3 AND next_on <= $4");

const EARLIER_OF_PERSON: Sql = sql("SELECT COUNT(*), MAX(day) FROM consultations
     WHERE network = $1 AND person = $2 AND state <> 'struck' AND (center = $3 OR $4 = 1)");
const EARLIER_OF_STRANGER: Sql = sql("SELECT COUNT(*), MAX(day) FROM consultations
     WHERE network = $1 AND stranger = $2 AND state <> 'struck'");

// This account took it down, or has worked on it.
const EXPLAINS: Sql = sql("SELECT 1 FROM consultations c
     WHERE c.network = $1 AND c.person = $2 AND c.center = $3 AND c.state = 'open'
       AND (c.by = $4 OR EXISTS (SELECT 1 FROM consultation_changes h
         WHERE h.network = c.network AND h.consultation = c.id AND h.by = $4)) LIMIT 1");

/// What part of a center's consultations.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tab {
    /// Received in these days.
    Center,
    /// Received by one account.
    Taken(StaffId),
    /// Not finished.
    Open,
    /// With a next step in these days.
    Due,
}

/// Which list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Which {
    /// Whose.
    pub center: CenterId,
    /// What part.
    pub tab: Tab,
    /// From this day.
    pub from: Date,
    /// To this day.
    pub to: Date,
}

fn listed(deed: &Deed, mut row: Row) -> Result<Listed, Refusal> {
    let id = ConsultationId(row.int(0)?);
    let (person, stranger) = (
        row.maybe_int(4)?.map(PersonId),
        row.maybe_int(5)?.map(RowId),
    );
    let name = match (person, stranger) {
        (Some(person), _) => {
            let identity: Kept<Identity> = people::open_group(deed, person, &mut row, 10)?;
            identity.value.name.to_string()
        }
        (None, Some(stranger)) => {
            let place = card_place(stranger, row.int(12)?);
            let card: Card = open(deed, &place, &row.blob(13)?)?;
            card.called().to_owned()
        }
        (None, None) => String::new(),
    };
    let version = row.int(9)?;
    Ok(Listed {
        id,
        center: CenterId(row.int(1)?),
        at: instant(row.int(2)?),
        by: staff(row.int(3)?),
        person,
        stranger,
        state: state_at(&mut row, 6)?,
        next_on: day_at(&mut row, 7)?,
        codes: open::<Codes>(deed, &codes_place(id, version), &row.blob(8)?)?,
        name,
    })
}

/// One page; pages count from 0.
pub async fn list(
    conn: &mut Conn,
    deed: &Deed,
    which: Which,
    page: u32,
) -> Result<Vec<Listed>, Refusal> {
    let (from, to) = (which.from.to_string(), which.to.to_string());
    let (network, center) = (deed.network(), which.center);
    let skip = i64::from(page) * i64::from(PAGE);
    let rows = match which.tab {
        Tab::Taken(by) => {
            let args = args![network, center, by, from, to, PAGE, skip];
            conn.rows(TAKEN, &args).await?
        }
        Tab::Center => {
            conn.rows(OF_CENTER, &args![network, center, from, to, PAGE, skip])
                .await?
        }
        Tab::Open => {
            conn.rows(OPEN, &args![network, center, from, to, PAGE, skip])
                .await?
        }
        Tab::Due => {
            conn.rows(DUE, &args![network, center, from, to, PAGE, skip])
                .await?
        }
    };
    rows.into_iter().map(|row| listed(deed, row)).collect()
}

/// What a center received within these days, after this one in order: for a list that is taken out
/// whole.
pub async fn list_after(
    conn: &mut Conn,
    deed: &Deed,
    center: CenterId,
    (from, to): (Date, Date),
    after: ConsultationId,
) -> Result<Vec<Listed>, Refusal> {
    let (from, to) = (from.to_string(), to.to_string());
    let args = args![deed.network(), center, from, to, after, PAGE];
    let rows = conn.rows(AFTER, &args).await?;
    rows.into_iter().map(|row| listed(deed, row)).collect()
}

/// How many the whole list has.
pub async fn count(conn: &mut Conn, deed: &Deed, which: Which) -> Result<i64, Refusal> {
    let (from, to) = (which.from.to_string(), which.to.to_string());
    let (network, center) = (deed.network(), which.center);
    let row = match which.tab {
        Tab::Taken(by) => {
            conn.one(COUNT_TAKEN, &args![network, center, by, from, to])
                .await?
        }
        Tab::Center => {
            conn.one(COUNT_CENTER, &args![network, center, from, to])
                .await?
        }
        Tab::Open => {
            conn.one(COUNT_OPEN, &args![network, center, from, to])
                .await?
        }
        Tab::Due => {
            conn.one(COUNT_DUE, &args![network, center, from, to])
                .await?
        }
    };
    Ok(row.map_or(Ok(0), |row| row.int(0))?)
}

/// The newest consultations about a person that this account may see; `theirs`: the person is of
/// this account's center.
pub async fn list_about(
    conn: &mut Conn,
    deed: &Deed,
    person: PersonId,
    theirs: bool,
    most: u32,
) -> Result<Vec<Listed>, Refusal> {
    let own = deed.scope.center.map_or(0, |center| center.0);
    let args = args![deed.network(), person, own, theirs, most];
    let rows = conn.rows(ABOUT, &args).await?;
    rows.into_iter().map(|row| listed(deed, row)).collect()
}

/// The newest consultations about somebody outside of the register.
pub async fn list_heard(
    conn: &mut Conn,
    deed: &Deed,
    stranger: RowId,
    most: u32,
) -> Result<Vec<Listed>, Refusal> {
    let rows = conn
        .rows(OF_STRANGER, &args![deed.network(), stranger, most])
        .await?;
    rows.into_iter().map(|row| listed(deed, row)).collect()
}

/// The newest consultations that an account took at a center.
pub async fn list_recent(
    conn: &mut Conn,
    deed: &Deed,
    center: CenterId,
    by: StaffId,
    most: u32,
) -> Result<Vec<ConsultationId>, Error> {
    let args = args![deed.network(), center, by, most];
    let rows = conn.rows(RECENT, &args).await?;
    rows.iter()
        .map(|row| Ok(ConsultationId(row.int(0)?)))
        .collect()
}

/// Whether a consultation that goes on, and that this account took down or worked on, explains
/// that it opens the person's record. A colleague's does not.
pub async fn explains(conn: &mut Conn, deed: &Deed, look: Look) -> Result<bool, Error> {
    let Some(own) = deed.scope.center else {
        return Ok(false);
    };
    let args = args![deed.network(), look.person, own, look.staff];
    Ok(conn.one(EXPLAINS, &args).await?.is_some())
}

/// How many consultations there were before, and the day of the last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Earlier {
    /// How many.
    pub count: i64,
    /// The last one's day.
    pub last: Option<Date>,
}

/// How many there were about somebody of the register that this account may see.
pub async fn count_about(
    conn: &mut Conn,
    deed: &Deed,
    person: PersonId,
    theirs: bool,
) -> Result<Earlier, Refusal> {
    let own = deed.scope.center.map_or(0, |center| center.0);
    let args = args![deed.network(), person, own, theirs];
    earlier(conn.one(EARLIER_OF_PERSON, &args).await?)
}

/// How many there were about somebody outside of it.
pub async fn count_of_stranger(
    conn: &mut Conn,
    deed: &Deed,
    stranger: RowId,
) -> Result<Earlier, Refusal> {
    let args = args![deed.network(), stranger];
    earlier(conn.one(EARLIER_OF_STRANGER, &args).await?)
}

fn earlier(row: Option<Row>) -> Result<Earlier, Refusal> {
    let Some(mut row) = row else {
        return Ok(Earlier::default());
    };
    Ok(Earlier {
        count: row.int(0)?,
        last: day_at(&mut row, 1)?,
    })
}
