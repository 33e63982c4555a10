//! Views ↔ rows.

use db::{Conn, Error, Row, Sql, args, sql};
use jiff::civil::Date;
use seal::{Place, SealError};

use super::rules::{APART_MS, Refusal, State, View, Words};
use crate::clock::instant;
use crate::deed::{Deed, Moved, Unmoved};
use crate::ids::{CenterId, PersonId, RowId, StaffId};

macro_rules! select {
    ($rest:literal) => {
        sql(concat!(
            "SELECT v.id, v.week, v.staff, v.person, v.first_at, v.last_at, v.sights, v.odd,
                    v.purposes, v.canary, v.state, v.words, v.version, v.purpose
             FROM person_views v ",
            $rest
        ))
    };
}

const FIND: Sql = select!("WHERE v.network = $1 AND v.id = $2 AND v.center = $3");

const FIND_OWN: Sql = select!("WHERE v.network = $1 AND v.id = $2 AND v.staff = $3");

const FIND_KNOWN: Sql = sql("SELECT id, last_at, purposes FROM person_views
     WHERE network = $1 AND week = $2 AND staff = $3 AND person = $4");

// What was explained afterwards, by work on the record within the hour, is not listed; a canary is.
// Whoever reads the list does not read of themselves.
const LIST: Sql = select!(
    "WHERE v.network = $1 AND v.center = $2 AND v.state IN ('open', 'asked', 'answered')
       AND v.staff <> $3 AND v.week >= $4
       AND (v.state <> 'open' OR v.canary = 1 OR NOT EXISTS (
           SELECT 1 FROM audit_lines a WHERE a.network = v.network AND a.whose = v.person
             AND a.actor = v.staff AND a.at >= v.first_at AND a.at <= v.last_at + 3600000
             AND a.verb NOT IN ('saw', 'audit_read', 'searched', 'printed', 'exported',
                                'questioned')))
     ORDER BY v.week DESC, v.id DESC LIMIT $5"
);

const LIST_OF: Sql = select!(
    "WHERE v.network = $1 AND v.staff = $2 AND v.state IN ('asked', 'answered')
     ORDER BY v.id DESC LIMIT 50"
);

const COUNT_ASKED_OF: Sql = sql("SELECT COUNT(*) FROM person_views
     WHERE network = $1 AND staff = $2 AND state = 'asked'");

// By center: open ones, those with a purpose among them, canaries, questions without an answer, and
// what heads did themselves; what work explained afterwards left out.
const COUNTS: Sql = sql("SELECT v.center, COUNT(*),
            CAST(SUM(CASE WHEN v.purposes > 0 THEN 1 ELSE 0 END) AS BIGINT),
            CAST(SUM(v.canary) AS BIGINT),
            CAST(SUM(CASE WHEN v.state = 'asked' THEN 1 ELSE 0 END) AS BIGINT),
            CAST(SUM(CASE WHEN f.role = 'center_head' THEN 1 ELSE 0 END) AS BIGINT)
     FROM person_views v JOIN staff f ON f.network = v.network AND f.id = v.staff
     WHERE v.network = $1 AND v.state IN ('open', 'asked', 'answered') AND v.week >= $2
       AND (v.state <> 'open' OR v.canary = 1 OR NOT EXISTS (
           SELECT 1 FROM audit_lines a WHERE a.network = v.network AND a.whose = v.person
             AND a.actor = v.staff AND a.at >= v.first_at AND a.at <= v.last_at + 3600000
             AND a.verb NOT IN ('saw', 'audit_read', 'searched', 'printed', 'exported',
                                'questioned')))
     GROUP BY v.center");

const INSERT: Sql = sql(
    "INSERT INTO person_views (network, id, week, center, staff, person, first_at, last_at, sights,
                               odd, purposes, canary, state, purpose, words, judged_by, judged_at,
                               version)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $7, 1, $8, $9, $10, 'open', $11, $12, NULL, NULL, 1)
     ON CONFLICT (network, week, staff, person) DO NOTHING",
);

// Seen again, it waits for the head again.
const SEE_AGAIN: Sql = sql(
    "UPDATE person_views SET last_at = $3, sights = sights + 1, odd = odd + $4, canary = $5,
            state = CASE WHEN state = 'understood' THEN 'open' ELSE state END
     WHERE network = $1 AND id = $2",
);

const SAY_AGAIN: Sql = sql(
    "UPDATE person_views SET purposes = purposes + 1, purpose = $4,
            state = CASE WHEN state = 'understood' THEN 'open' ELSE state END
     WHERE network = $1 AND id = $2 AND purposes = $3",
);

const SAVE: Sql = sql(
    "UPDATE person_views SET state = $3, words = $4, judged_by = $5, judged_at = $6,
            version = version + 1
     WHERE network = $1 AND id = $2 AND version = $7 AND sights = $8",
);

const CANARY: Sql = sql("SELECT 1 FROM person_canaries WHERE network = $1 AND person = $2");

const ADD_CANARY: Sql = sql("INSERT INTO person_canaries (network, person, since, by)
     VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING");

const REMOVE_CANARY: Sql = sql("DELETE FROM person_canaries WHERE network = $1 AND person = $2");

const LIST_CANARIES: Sql = sql("SELECT c.person FROM person_canaries c
     JOIN people p ON p.network = c.network AND p.id = c.person
     WHERE c.network = $1 AND p.center = $2 ORDER BY c.since LIMIT 50");

const FORGET: Sql = sql("DELETE FROM person_views WHERE network = $1 AND person = $2");

const AFTER: Sql = sql(
    "SELECT id, version, words, purposes, purpose FROM person_views
     WHERE network = $1 AND id > $2 ORDER BY id LIMIT 200",
);

const RESEAL: Sql = sql("UPDATE person_views SET words = $5, purpose = $6
     WHERE network = $1 AND id = $2 AND version = $3 AND purposes = $4");

/// So far back views are listed.
const WEEKS: i32 = 8;

/// More than this a center's list is not read into memory for; the town's count says so.
const MOST_READ: i64 = 500;

fn words_place(id: RowId, version: i64) -> Place {
    Place {
        table: "person_views",
        column: "words",
        row: id.0,
        version,
    }
}

fn purpose_place(id: RowId, purposes: i64) -> Place {
    Place {
        table: "person_views",
        column: "purpose",
        row: id.0,
        version: purposes,
    }
}

fn seal_purpose(deed: &Deed, id: RowId, purposes: i64, purpose: &str) -> Vec<u8> {
    if purpose.is_empty() {
        return Vec::new();
    }
    let place = purpose_place(id, purposes);
    let chance = &mut deed.dice.clone();
    deed.keys.seal(&place, purpose.as_bytes(), chance)
}

fn open_purpose(deed: &Deed, id: RowId, purposes: i64, sealed: &[u8]) -> Result<String, Refusal> {
    if sealed.is_empty() {
        return Ok(String::new());
    }
    let plain = deed.keys.open(&purpose_place(id, purposes), sealed)?;
    Ok(String::from_utf8_lossy(&plain).into_owned())
}

fn shape(what: &str) -> Refusal {
    Refusal::Db(Error::Shape(what.to_owned()))
}

fn view(deed: &Deed, mut row: Row) -> Result<View, Refusal> {
    let (id, version) = (RowId(row.int(0)?), row.int(12)?);
    let words = deed.keys.open(&words_place(id, version), &row.blob(11)?)?;
    let week: Result<Date, _> = row.text(1)?.parse();
    let purposes = row.int(8)?;
    Ok(View {
        id,
        week: week.map_err(|_| shape("person_views.week"))?,
        staff: StaffId(row.int(2)?),
        person: PersonId(row.int(3)?),
        first_at: instant(row.int(4)?),
        last_at: instant(row.int(5)?),
        sights: row.int(6)?,
        odd: row.int(7)?,
        purposes,
        purpose: open_purpose(deed, id, purposes, &row.blob(13)?)?,
        canary: row.int(9)? != 0,
        state: State::from_code(&row.text(10)?).ok_or_else(|| shape("person_views.state"))?,
        words: serde_json::from_slice(&words).map_err(|_| SealError::Malformed)?,
        version,
    })
}

fn seal_words(deed: &Deed, id: RowId, version: i64, words: &Words) -> Result<Vec<u8>, SealError> {
    let plain = serde_json::to_vec(words).map_err(|_| SealError::Malformed)?;
    let place = words_place(id, version);
    Ok(deed.keys.seal(&place, &plain, &mut deed.dice.clone()))
}

/// The view, if it is of this center.
pub(super) async fn find(
    conn: &mut Conn,
    deed: &Deed,
    center: CenterId,
    id: RowId,
) -> Result<View, Refusal> {
    let row = conn.one(FIND, &args![deed.network(), id, center]).await?;
    view(deed, row.ok_or(Refusal::NotFound)?)
}

/// The view, if it is this account's own.
pub(super) async fn find_own(
    conn: &mut Conn,
    deed: &Deed,
    staff: StaffId,
    id: RowId,
) -> Result<View, Refusal> {
    let row = conn
        .one(FIND_OWN, &args![deed.network(), id, staff])
        .await?;
    view(deed, row.ok_or(Refusal::NotFound)?)
}

/// What was noted of an account and a person in a week, as far as a further sight needs it: nothing
/// of it is opened.
pub(super) struct Known {
    id: RowId,
    last_at: i64,
    purposes: i64,
}

impl Known {
    /// Whether the last sight was so short a time ago that the next is the same.
    pub(super) fn is_recent(&self, deed: &Deed) -> bool {
        deed.at() - self.last_at < APART_MS
    }
}

/// What was noted of this account and this person in this week.
pub(super) async fn find_known(
    conn: &mut Conn,
    deed: &Deed,
    (week, staff, person): (Date, StaffId, PersonId),
) -> Result<Option<Known>, Error> {
    let args = args![deed.network(), week.to_string(), staff, person];
    let row = conn.one(FIND_KNOWN, &args).await?;
    let known = |row: Row| {
        Ok(Known {
            id: RowId(row.int(0)?),
            last_at: row.int(1)?,
            purposes: row.int(2)?,
        })
    };
    row.map(known).transpose()
}

fn first_week(deed: &Deed) -> String {
    let today = crate::clock::in_japan(deed.now).date();
    let first = today.saturating_sub(jiff::Span::new().weeks(WEEKS));
    super::rules::week_of(first).to_string()
}

/// What waits for the head of a center, the newest first; their own is not among it.
pub async fn list_for(
    conn: &mut Conn,
    deed: &Deed,
    center: CenterId,
    reader: StaffId,
) -> Result<Vec<View>, Refusal> {
    let args = args![deed.network(), center, reader, first_week(deed), MOST_READ];
    let rows = conn.rows(LIST, &args).await?;
    rows.into_iter().map(|row| view(deed, row)).collect()
}

/// How much of it is not yet gone through.
pub async fn count_open(
    conn: &mut Conn,
    deed: &Deed,
    center: CenterId,
    reader: StaffId,
) -> Result<i64, Refusal> {
    let list = list_for(conn, deed, center, reader).await?;
    let open = list.iter().filter(|view| view.state != State::Asked);
    Ok(i64::try_from(open.count()).unwrap_or(i64::MAX))
}

/// What an account was asked about, the newest first.
pub(super) async fn list_of(
    conn: &mut Conn,
    deed: &Deed,
    staff: StaffId,
) -> Result<Vec<View>, Refusal> {
    let rows = conn.rows(LIST_OF, &args![deed.network(), staff]).await?;
    rows.into_iter().map(|row| view(deed, row)).collect()
}

/// How many questions an account has not answered yet.
pub async fn count_asked_of(conn: &mut Conn, deed: &Deed, staff: StaffId) -> Result<i64, Error> {
    let row = conn
        .one(COUNT_ASKED_OF, &args![deed.network(), staff])
        .await?;
    row.map_or(Ok(0), |row| row.int(0))
}

/// What the town reads of a center: figures, nobody's name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts {
    /// Views that wait for the head.
    pub all: i64,
    /// Among them those for which a purpose was stated.
    pub purposes: i64,
    /// Among them those of canaries.
    pub canaries: i64,
    /// Questions without an answer.
    pub asked: i64,
    /// Views by heads themselves.
    pub heads: i64,
}

/// The figures of each center.
pub(super) async fn counts(conn: &mut Conn, deed: &Deed) -> Result<Vec<(CenterId, Counts)>, Error> {
    let args = args![deed.network(), first_week(deed)];
    let rows = conn.rows(COUNTS, &args).await?;
    let counts = rows.into_iter().map(|row| {
        let counts = Counts {
            all: row.int(1)?,
            purposes: row.int(2)?,
            canaries: row.int(3)?,
            asked: row.int(4)?,
            heads: row.int(5)?,
        };
        Ok((CenterId(row.int(0)?), counts))
    });
    counts.collect()
}

/// Keeps the first sight of a week; nothing where it is there already.
pub(super) async fn insert(
    conn: &mut Conn,
    deed: &Deed,
    (week, staff, person): (Date, StaffId, PersonId),
    odd: bool,
    canary: bool,
    purpose: &str,
) -> Result<(), Refusal> {
    let id = RowId(deed.new_id());
    let args = args![
        deed.network(),
        id,
        week.to_string(),
        deed.scope.center.map_or(0, |center| center.0),
        staff,
        person,
        deed.at(),
        i64::from(odd),
        i64::from(!purpose.is_empty()),
        i64::from(canary),
        seal_purpose(deed, id, 1, purpose),
        seal_words(deed, id, 1, &Words::default())?
    ];
    conn.exec(INSERT, &args).await?;
    Ok(())
}

/// Counts one more sight where the last is half an hour ago.
pub(super) async fn see_again(
    conn: &mut Conn,
    deed: &Deed,
    known: &Known,
    odd: bool,
    canary: bool,
) -> Result<(), Error> {
    if known.is_recent(deed) {
        return Ok(());
    }
    let (odd, canary) = (i64::from(odd), i64::from(canary));
    let args = args![deed.network(), known.id, deed.at(), odd, canary];
    conn.exec(SEE_AGAIN, &args).await.map(drop)
}

/// Keeps the next purpose in the place of the last; where two come at once, the first stays, and the
/// audit has both.
pub(super) async fn say_again(
    conn: &mut Conn,
    deed: &Deed,
    known: &Known,
    purpose: &str,
) -> Result<(), Error> {
    let sealed = seal_purpose(deed, known.id, known.purposes + 1, purpose);
    let args = args![deed.network(), known.id, known.purposes, sealed];
    conn.exec(SAY_AGAIN, &args).await.map(drop)
}

/// Keeps state and words upon the version and the sights that were read.
pub(super) async fn save(
    conn: &mut Conn,
    deed: &Deed,
    view: &View,
    judged: bool,
) -> Result<(), Refusal> {
    let by = deed.scope.actor.account().filter(|_| judged);
    let args = args![
        deed.network(),
        view.id,
        view.state.code(),
        seal_words(deed, view.id, view.version + 1, &view.words)?,
        by,
        by.map(|_| deed.at()),
        view.version,
        view.sights
    ];
    match conn.exec(SAVE, &args).await? {
        1 => Ok(()),
        _ => Err(Refusal::Changed),
    }
}

/// Whether nobody has a reason to open this record.
pub async fn is_canary(conn: &mut Conn, deed: &Deed, person: PersonId) -> Result<bool, Error> {
    let row = conn.one(CANARY, &args![deed.network(), person]).await?;
    Ok(row.is_some())
}

/// Makes a record a canary, or no longer.
pub(super) async fn set_canary(
    conn: &mut Conn,
    deed: &Deed,
    person: PersonId,
    on: bool,
) -> Result<u64, Error> {
    let by = deed.scope.actor.account().map_or(0, |account| account.0);
    match on {
        true => {
            let args = args![deed.network(), person, deed.at(), by];
            conn.exec(ADD_CANARY, &args).await
        }
        false => {
            let args = args![deed.network(), person];
            conn.exec(REMOVE_CANARY, &args).await
        }
    }
}

/// The canaries among a center's people.
pub(super) async fn list_canaries(
    conn: &mut Conn,
    deed: &Deed,
    center: CenterId,
) -> Result<Vec<PersonId>, Error> {
    let rows = conn
        .rows(LIST_CANARIES, &args![deed.network(), center])
        .await?;
    rows.iter().map(|row| row.int(0).map(PersonId)).collect()
}

/// Forgets who looked at a record that is erased.
pub async fn forget_of(conn: &mut Conn, deed: &Deed, person: PersonId) -> Result<(), Error> {
    for statement in [FORGET, REMOVE_CANARY] {
        conn.exec(statement, &args![deed.network(), person]).await?;
    }
    Ok(())
}

/// Seals what was said of the next views under the current key.
pub async fn reseal_some(conn: &mut Conn, deed: &Deed, after: i64) -> Result<Moved, Unmoved> {
    let mut moved = Moved::default();
    for mut row in conn.rows(AFTER, &args![deed.network(), after]).await? {
        let (id, version, purposes) = (RowId(row.int(0)?), row.int(1)?, row.int(3)?);
        moved.next = Some(id.0);
        let (words, purpose) = (row.blob(2)?, row.blob(4)?);
        let fresh = deed.resealed(&words_place(id, version), &words)?;
        let said = deed.resealed(&purpose_place(id, purposes), &purpose)?;
        if fresh.is_some() || said.is_some() {
            let (words, purpose) = (fresh.unwrap_or(words), said.unwrap_or(purpose));
            let args = args![deed.network(), id, version, purposes, words, purpose];
            moved.rows += conn.exec(RESEAL, &args).await?;
        }
    }
    Ok(moved)
}
