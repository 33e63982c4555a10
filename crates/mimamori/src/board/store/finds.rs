//! Findings ↔ rows.

use db::{Conn, Error, Row, Sql, args, sql};

use crate::board::rules::Find;
use crate::clock::instant;
use crate::deed::Deed;
use crate::ids::{InquiryId, PersonId, RowId};
use crate::scope::Actor;

macro_rules! select {
    ($rest:literal) => {
        sql(concat!(
            "SELECT f.inquiry, f.person, f.in_use, f.drill, f.opened_at, f.mailed_at, f.mails,
                    f.false_at
             FROM board_finds f ",
            $rest
        ))
    };
}

const FIND: Sql = select!("WHERE f.network = $1 AND f.inquiry = $2");

const OF_DRILL: Sql = select!("WHERE f.network = $1 AND f.drill = $2");

// The newest of this person that the desk has not ended, drills and the rest apart.
const OPEN_OF: Sql = select!(
    "JOIN inquiries i ON i.network = f.network AND i.id = f.inquiry
     WHERE f.network = $1 AND f.inquiry = $2 AND i.state = 'open'"
);

const FORGETTABLE: Sql = select!(
    "JOIN inquiries i ON i.network = f.network AND i.id = f.inquiry
     WHERE f.network = $1 AND f.forgotten_at IS NULL AND i.ended_at <= $2
     ORDER BY f.opened_at LIMIT 20"
);

// Whoever writes here first is met by the next: the row is locked to the end of the transaction.
const MEET: Sql = sql(
    "INSERT INTO board_people (network, person, inquiry, at) VALUES ($1, $2, 0, $3)
     ON CONFLICT (network, person) DO UPDATE SET at = $3",
);

const MET: Sql = sql("SELECT inquiry FROM board_people WHERE network = $1 AND person = $2");

const POINT: Sql = sql("UPDATE board_people SET inquiry = $3 WHERE network = $1 AND person = $2");

const INSERT: Sql = sql(
    "INSERT INTO board_finds (network, inquiry, person, in_use, drill, opened_at, mailed_at, mails,
                              answered_at, false_at, false_by, forgotten_at)
     VALUES ($1, $2, $3, $4, $5, $6, NULL, 0, NULL, NULL, NULL, NULL)",
);

const MAILED: Sql = sql("UPDATE board_finds SET mailed_at = $3, mails = mails + 1
     WHERE network = $1 AND inquiry = $2");

const IN_USE: Sql = sql("UPDATE board_finds SET in_use = 1 WHERE network = $1 AND inquiry = $2");

const ANSWERED: Sql = sql("UPDATE board_finds SET answered_at = $3
     WHERE network = $1 AND inquiry = $2 AND answered_at IS NULL");

const FALSE: Sql = sql("UPDATE board_finds SET false_at = $3, false_by = $4
     WHERE network = $1 AND inquiry = $2");

const FORGOTTEN: Sql =
    sql("UPDATE board_finds SET forgotten_at = $3 WHERE network = $1 AND inquiry = $2");

const NO_MESSAGES: Sql = sql("DELETE FROM board_messages WHERE network = $1 AND inquiry = $2");
const NO_FINDERS: Sql = sql("DELETE FROM board_finders WHERE network = $1 AND inquiry = $2");
const NO_LINKS: Sql = sql("DELETE FROM board_links WHERE network = $1 AND inquiry = $2");
const NO_FIND: Sql =
    sql("DELETE FROM board_finds WHERE network = $1 AND inquiry = $2 AND drill IS NOT NULL");

// Months begin in Japan; 1 in each sum stands for one finding. Drills are not counted.
const MONTHS: Sql = sql(
    "SELECT COUNT(*), SUM(CASE WHEN f.false_at IS NULL THEN 0 ELSE 1 END),
            SUM(CASE WHEN f.answered_at IS NULL THEN 0 ELSE 1 END),
            SUM(CASE WHEN f.answered_at - f.opened_at <= 600000 THEN 1 ELSE 0 END)
     FROM board_finds f
     WHERE f.network = $1 AND f.drill IS NULL AND f.opened_at >= $2 AND f.opened_at < $3",
);

fn find(row: &mut Row) -> Result<Find, Error> {
    Ok(Find {
        inquiry: InquiryId(row.int(0)?),
        person: PersonId(row.int(1)?),
        in_use: row.int(2)? != 0,
        drill: row.maybe_int(3)?.map(RowId),
        opened_at: instant(row.int(4)?),
        mailed_at: row.maybe_int(5)?,
        mails: row.int(6)?,
        false_at: row.maybe_int(7)?.map(instant),
    })
}

/// The finding of an inquiry.
pub async fn find_find(
    conn: &mut Conn,
    deed: &Deed,
    inquiry: InquiryId,
) -> Result<Option<Find>, Error> {
    let row = conn.one(FIND, &args![deed.network(), inquiry]).await?;
    row.map(|mut row| find(&mut row)).transpose()
}

/// Lets nobody else in with a word about this person before this transaction ends; gives the
/// inquiry that the last word led to.
pub async fn meet(
    conn: &mut Conn,
    deed: &Deed,
    person: PersonId,
) -> Result<Option<InquiryId>, Error> {
    conn.exec_one(MEET, &args![deed.network(), person, deed.at()])
        .await?;
    let row = conn.one(MET, &args![deed.network(), person]).await?;
    let inquiry = row.map_or(Ok(0), |row| row.int(0))?;
    Ok((inquiry != 0).then_some(InquiryId(inquiry)))
}

/// The finding of the inquiry, while the desk has not ended it.
pub async fn find_open_of(
    conn: &mut Conn,
    deed: &Deed,
    inquiry: InquiryId,
) -> Result<Option<Find>, Error> {
    let row = conn.one(OPEN_OF, &args![deed.network(), inquiry]).await?;
    row.map(|mut row| find(&mut row)).transpose()
}

/// Leads the next word about this person there.
pub async fn point_to(
    conn: &mut Conn,
    deed: &Deed,
    person: PersonId,
    inquiry: InquiryId,
) -> Result<(), Error> {
    conn.exec_one(POINT, &args![deed.network(), person, inquiry])
        .await
}

/// Keeps a new finding.
pub async fn insert_find(conn: &mut Conn, deed: &Deed, new: &Find) -> Result<(), Error> {
    let args = args![
        deed.network(),
        new.inquiry,
        new.person,
        new.in_use,
        new.drill,
        deed.at()
    ];
    conn.exec_one(INSERT, &args).await
}

/// Keeps that a QR in use led to it, after one that was not.
pub async fn save_in_use(conn: &mut Conn, deed: &Deed, inquiry: InquiryId) -> Result<(), Error> {
    conn.exec_one(IN_USE, &args![deed.network(), inquiry]).await
}

/// Keeps that contacts are mailed now.
pub async fn save_mailed(conn: &mut Conn, deed: &Deed, inquiry: InquiryId) -> Result<(), Error> {
    conn.exec_one(MAILED, &args![deed.network(), inquiry, deed.at()])
        .await
}

/// Keeps that a contact answered first now.
pub async fn save_answered(conn: &mut Conn, deed: &Deed, inquiry: InquiryId) -> Result<(), Error> {
    conn.exec(ANSWERED, &args![deed.network(), inquiry, deed.at()])
        .await
        .map(drop)
}

/// Marks it as a false alarm, or takes the mark back.
pub async fn save_false(
    conn: &mut Conn,
    deed: &Deed,
    inquiry: InquiryId,
    is: bool,
) -> Result<(), Error> {
    let by = match deed.scope.actor {
        Actor::Staff(staff) if is => Some(staff),
        _ => None,
    };
    let at = is.then(|| deed.at());
    conn.exec_one(FALSE, &args![deed.network(), inquiry, at, by])
        .await
}

/// Findings whose inquiry ended before then and whose words are still there.
pub async fn list_forgettable(
    conn: &mut Conn,
    deed: &Deed,
    before: i64,
) -> Result<Vec<Find>, Error> {
    let rows = conn
        .rows(FORGETTABLE, &args![deed.network(), before])
        .await?;
    rows.into_iter().map(|mut row| find(&mut row)).collect()
}

/// Findings of a drill.
pub async fn list_of_drill(conn: &mut Conn, deed: &Deed, drill: RowId) -> Result<Vec<Find>, Error> {
    let rows = conn.rows(OF_DRILL, &args![deed.network(), drill]).await?;
    rows.into_iter().map(|mut row| find(&mut row)).collect()
}

/// Erases all that was said, and the addresses that lead to it. The finding stays, to be counted.
pub async fn forget_words(conn: &mut Conn, deed: &Deed, inquiry: InquiryId) -> Result<(), Error> {
    for part in [NO_MESSAGES, NO_FINDERS, NO_LINKS] {
        conn.exec(part, &args![deed.network(), inquiry]).await?;
    }
    conn.exec(FORGOTTEN, &args![deed.network(), inquiry, deed.at()])
        .await
        .map(drop)
}

/// Removes a finding of a drill, whose words are erased already.
pub async fn remove_find(conn: &mut Conn, deed: &Deed, inquiry: InquiryId) -> Result<(), Error> {
    conn.exec(NO_FIND, &args![deed.network(), inquiry])
        .await
        .map(drop)
}

/// Figures of a month.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Month {
    /// Findings.
    pub finds: i64,
    /// Of them false alarms.
    pub false_alarms: i64,
    /// Of them answered by a contact.
    pub answered: i64,
    /// Of these within ten minutes.
    pub soon: i64,
}

/// Figures of spans from one instant to the next, in milliseconds since 1970.
pub async fn list_months(
    conn: &mut Conn,
    deed: &Deed,
    spans: &[(i64, i64)],
) -> Result<Vec<Month>, Error> {
    let mut months = Vec::new();
    for (from, to) in spans {
        let row = conn.one(MONTHS, &args![deed.network(), *from, *to]).await?;
        let row = row.ok_or(Error::Changed)?;
        months.push(Month {
            finds: row.int(0)?,
            false_alarms: row.maybe_int(1)?.unwrap_or(0),
            answered: row.maybe_int(2)?.unwrap_or(0),
            soon: row.maybe_int(3)?.unwrap_or(0),
        });
    }
    Ok(months)
}
