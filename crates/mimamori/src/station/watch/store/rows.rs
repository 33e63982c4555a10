//! The rows of observations. Whom of the register a supporter is, is asked at every reading: a tie that
//! was wrong leaves nothing with somebody else.

use db::{Conn, Error, Row, Sql, args, sql};
use jiff::civil::Date;
use seal::Place;

use crate::clock::{in_japan, instant, midnight};
use crate::deed::Deed;
use crate::ids::{NoticeId, PersonId, RowId, StaffId, SupporterId};
use crate::people::views::Look;
use crate::station::watch::rules::{About, Observation, Refusal, State, Words};

macro_rules! select {
    ($rest:literal) => {
        sql(concat!(
            "SELECT o.id, o.person, o.supporter, s.person, o.day, o.lesson, o.by, o.state, o.notice,
               o.kept, o.version
             FROM observations o
             LEFT JOIN supporters s ON s.network = o.network AND s.id = o.supporter
             WHERE o.network = $1 ",
            $rest
        ))
    };
}

const FIND: Sql = select!("AND o.id = $2");

const OF_PERSON: Sql = select!("AND o.person = $2 ORDER BY o.day DESC, o.id DESC LIMIT 300");

const OF_SUPPORTER: Sql = select!("AND o.supporter = $2 ORDER BY o.day DESC, o.id DESC LIMIT 300");

const OF_TIED: Sql = select!(
    "AND o.supporter IN (SELECT id FROM supporters WHERE network = $1 AND person = $2)
     ORDER BY o.day DESC, o.id DESC LIMIT 300"
);

// A center's own people, and supporters who are nobody of the register.
const LATELY: Sql = sql(
    "SELECT o.id, o.person, o.supporter, s.person, o.day, o.lesson, o.by, o.state, o.notice, o.kept,
       o.version
     FROM observations o
     LEFT JOIN supporters s ON s.network = o.network AND s.id = o.supporter
     LEFT JOIN people p ON p.network = o.network AND p.id = COALESCE(o.person, s.person)
     WHERE o.network = $1 AND o.day >= $2 AND (p.id IS NULL OR p.center = $3)
     ORDER BY o.day DESC, o.id DESC LIMIT $4",
);

// About people of one center, made no notice of, still standing.
const SEEN: Sql = sql("SELECT o.id, p.id, o.by, o.day, o.kept, o.version
     FROM observations o
     LEFT JOIN supporters s ON s.network = o.network AND s.id = o.supporter
     JOIN people p ON p.network = o.network AND p.id = COALESCE(o.person, s.person)
     WHERE o.network = $1 AND o.day >= $2 AND o.state = 'stands' AND o.notice IS NULL
       AND p.center = $3
     ORDER BY o.day, o.id");

const EXPLAINS: Sql = sql("SELECT 1 FROM observations
     WHERE network = $1 AND (person = $2 OR supporter IN
         (SELECT id FROM supporters WHERE network = $1 AND person = $2))
       AND by = $3 AND state = 'stands' AND day >= $4 LIMIT 1");

const INSERT: Sql = sql(
    "INSERT INTO observations (network, id, person, supporter, day, lesson, by, state, notice, kept,
       version)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, NULL, $9, 1)",
);

const SAVE: Sql = sql(
    "UPDATE observations SET state = $3, notice = $4, kept = $5, version = $6
     WHERE network = $1 AND id = $2 AND version = $6 - 1",
);

pub(super) fn place(id: RowId, version: i64) -> Place {
    Place {
        table: "observations",
        column: "kept",
        row: id.0,
        version,
    }
}

fn shape(what: &str) -> Error {
    Error::Shape(what.to_owned())
}

fn observation(deed: &Deed, mut row: Row) -> Result<Observation, Refusal> {
    let (id, version) = (RowId(row.int(0)?), row.int(10)?);
    let person = row.maybe_int(1)?.map(PersonId);
    let tied = row.maybe_int(3)?.map(PersonId);
    let about = match (person, row.maybe_int(2)?) {
        (Some(person), _) => About::Person(person),
        (None, Some(supporter)) => About::Supporter(SupporterId(supporter)),
        (None, None) => return Err(shape("observations.person").into()),
    };
    let day = row.text(4)?;
    let state = State::from_code(&row.text(7)?);
    Ok(Observation {
        id,
        about,
        person: person.or(tied),
        day: day.parse().map_err(|_| shape("observations.day"))?,
        lesson: row.maybe_int(5)?.map(RowId),
        by: StaffId(row.int(6)?),
        state: state.ok_or_else(|| shape("observations.state"))?,
        notice: row.maybe_int(8)?.map(NoticeId),
        words: deed.open(&place(id, version), &row.blob(9)?)?,
        version,
    })
}

fn all(deed: &Deed, rows: Vec<Row>) -> Result<Vec<Observation>, Refusal> {
    rows.into_iter().map(|row| observation(deed, row)).collect()
}

/// The observation, if it is this town's.
pub async fn find(conn: &mut Conn, deed: &Deed, id: RowId) -> Result<Observation, Refusal> {
    let row = conn.one(FIND, &args![deed.network(), id]).await?;
    observation(deed, row.ok_or(Refusal::NotFound)?)
}

/// What was observed about somebody, the latest first; about somebody registered also as the supporter
/// whom they are.
pub async fn list_about(
    conn: &mut Conn,
    deed: &Deed,
    about: About,
) -> Result<Vec<Observation>, Refusal> {
    let network = deed.network();
    match about {
        About::Supporter(id) => all(deed, conn.rows(OF_SUPPORTER, &args![network, id]).await?),
        About::Person(id) => {
            let mut found = all(deed, conn.rows(OF_PERSON, &args![network, id]).await?)?;
            found.extend(all(deed, conn.rows(OF_TIED, &args![network, id]).await?)?);
            found.sort_by_key(|one| std::cmp::Reverse((one.day, one.id)));
            Ok(found)
        }
    }
}

/// What was observed since a day about people of one's own center and supporters who are nobody of the
/// register, the latest first.
pub async fn list_lately(
    conn: &mut Conn,
    deed: &Deed,
    since: Date,
    most: i64,
) -> Result<Vec<Observation>, Refusal> {
    let args = args![deed.network(), since.to_string(), deed.scope.center, most];
    let rows = conn.rows(LATELY, &args).await?;
    all(deed, rows)
}

/// What adds to the evidence of notices.
pub struct Seen {
    /// The observation.
    pub id: RowId,
    /// About whom.
    pub person: PersonId,
    /// Who observed it.
    pub by: StaffId,
    /// When, in milliseconds: the first moment of its day.
    pub at: i64,
    /// Codes of signs.
    pub signs: Vec<String>,
}

/// What was observed about people of one's own center since an instant, and counts.
pub async fn list_seen(conn: &mut Conn, deed: &Deed, since: i64) -> Result<Vec<Seen>, Refusal> {
    let since = in_japan(instant(since)).date().to_string();
    let args = args![deed.network(), since, deed.scope.center];
    let mut seen = Vec::new();
    for mut row in conn.rows(SEEN, &args).await? {
        let (id, version) = (RowId(row.int(0)?), row.int(5)?);
        let day: Date = row
            .text(3)?
            .parse()
            .map_err(|_| shape("observations.day"))?;
        let words: Words = deed.open(&place(id, version), &row.blob(4)?)?;
        seen.push(Seen {
            id,
            person: PersonId(row.int(1)?),
            by: StaffId(row.int(2)?),
            at: midnight(day).as_millisecond(),
            signs: words.signs,
        });
    }
    Ok(seen)
}

/// Whether this account observed the person since an instant: then it opens the record for that.
pub async fn explains(conn: &mut Conn, deed: &Deed, look: Look) -> Result<bool, Error> {
    let since = in_japan(instant(look.since)).date().to_string();
    let args = args![deed.network(), look.person, look.staff, since];
    Ok(conn.one(EXPLAINS, &args).await?.is_some())
}

/// Keeps a new one.
pub async fn insert(conn: &mut Conn, deed: &Deed, new: &Observation) -> Result<(), Refusal> {
    let (person, supporter) = match new.about {
        About::Person(person) => (Some(person), None),
        About::Supporter(supporter) => (None, Some(supporter)),
    };
    let args = args![
        deed.network(),
        new.id,
        person,
        supporter,
        new.day.to_string(),
        new.lesson,
        new.by,
        new.state.code(),
        deed.close(&place(new.id, 1), &new.words)?
    ];
    Ok(conn.exec_one(INSERT, &args).await?)
}

/// Keeps what changed upon the version that was read.
pub async fn save(conn: &mut Conn, deed: &Deed, changed: &Observation) -> Result<(), Refusal> {
    let version = changed.version + 1;
    let args = args![
        deed.network(),
        changed.id,
        changed.state.code(),
        changed.notice,
        deed.close(&place(changed.id, version), &changed.words)?,
        version
    ];
    match conn.exec(SAVE, &args).await? {
        1 => Ok(()),
        _ => Err(Refusal::Changed),
    }
}
