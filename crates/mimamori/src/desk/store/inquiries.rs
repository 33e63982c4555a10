//! Inquiries ↔ rows.

use db::{Conn, Error, Row, Sql, args, sql};
use seal::{Place, SealError};

use super::{kept, shape, staff_of, who};
use crate::clock::instant;
use crate::deed::Deed;
use crate::desk::rules::{Caller, CallerKind, Came, Ending, Holder, Inquiry, Refusal, State};
use crate::ids::{CenterId, InquiryId, PersonId, StaffId, TagId};
use crate::networks::Text;
use crate::scope::Role;

macro_rules! select {
    ($rest:literal) => {
        sql(concat!(
            "SELECT id, opened_at, opened_by, person, tag, center, kind, state, holder, offered_to,
                    offered_role, caller, caller_version, ending, ended_at, version,
                    came
             FROM inquiries ",
            $rest
        ))
    };
}

// Of an erased one nothing is left to show.
const FIND: Sql = select!("WHERE network = $1 AND id = $2 AND state <> 'erased'");

const LIST_OPEN: Sql =
    select!("WHERE network = $1 AND state = 'open' ORDER BY opened_at LIMIT 100");

const LIST_CLOSED: Sql =
    select!("WHERE network = $1 AND state = 'closed' ORDER BY opened_at DESC LIMIT $2");

// A drill is forgotten whole; the audit alone keeps that there was one.
const FORGET_MAILS: Sql = sql("DELETE FROM desk_mails WHERE network = $1 AND inquiry = $2");
const FORGET_STEPS: Sql = sql("DELETE FROM inquiry_steps WHERE network = $1 AND inquiry = $2");
const FORGET_TOLD: Sql = sql("DELETE FROM disclosures WHERE network = $1 AND inquiry = $2");
const FORGET: Sql = sql("DELETE FROM inquiries WHERE network = $1 AND id = $2 AND came = 'drill'");

// Drills erase themselves after a day.
const LIST_AFTER: Sql =
    select!("WHERE network = $1 AND id > $2 AND came <> 'drill' ORDER BY id LIMIT $3");

const LIST_WAITING: Sql = sql("SELECT id FROM inquiries
     WHERE network = $1 AND state = 'open' AND holder IS NULL ORDER BY opened_at, id LIMIT 100");

const COUNT_WAITING: Sql =
    sql("SELECT COUNT(*) FROM inquiries WHERE network = $1 AND state = 'open' AND holder IS NULL");

// A form sent twice meets its own row and adds none.
// Of one person, by reading the town's: it is asked when two records become one, and no index is
// kept for that on the way of every call.
const IDS_OF_PERSON: Sql = sql("SELECT id FROM inquiries WHERE network = $1 AND person = $2");

const SINCE: Sql = select!(
    "WHERE network = $1 AND person = $2 AND opened_at > $3 ORDER BY opened_at DESC LIMIT 100"
);

// The version stays: whoever holds the call goes on.
const HAND_OVER: Sql = sql("UPDATE inquiries SET person = $3 WHERE network = $1 AND id = $2");

const INSERT: Sql = sql(
    "INSERT INTO inquiries (network, id, opened_at, opened_by, person, tag, center, kind, told_basis,
                            state, holder, offered_to, offered_role, caller, caller_version,
                            ending, ended_at, version, came)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 'open', $10, NULL, $12, $11, 1, NULL, NULL, 1, $13)
     ON CONFLICT DO NOTHING",
);

const SAVE_CALLER: Sql = sql(
    "UPDATE inquiries SET kind = $3, caller = $4, caller_version = caller_version + 1,
            version = version + 1
     WHERE network = $1 AND id = $2 AND caller_version = $5",
);

const SAVE_HOLDER: Sql = sql(
    "UPDATE inquiries SET holder = $3, offered_to = $4, offered_role = $5, version = version + 1
     WHERE network = $1 AND id = $2 AND version = $6",
);

const SAVE_ENDING: Sql = sql(
    "UPDATE inquiries SET state = 'closed', ending = $3, ended_at = $4, version = version + 1
     WHERE network = $1 AND id = $2 AND state = 'open' AND version = $5",
);

pub(super) fn caller_place(id: InquiryId, version: i64) -> Place {
    Place {
        table: "inquiries",
        column: "caller",
        row: id.0,
        version,
    }
}

pub(super) fn ending_place(id: InquiryId) -> Place {
    Place {
        table: "inquiries",
        column: "ending",
        row: id.0,
        version: 0,
    }
}

fn inquiry(deed: &Deed, mut row: Row) -> Result<Inquiry, Refusal> {
    let id = InquiryId(row.int(0)?);
    let caller_version = row.int(12)?;
    let caller = deed
        .keys
        .open(&caller_place(id, caller_version), &row.blob(11)?)?;
    let ending = row.maybe_blob(13)?.map(|sealed| ending(deed, id, &sealed));
    Ok(Inquiry {
        id,
        opened_at: instant(row.int(1)?),
        opened_by: staff_of(row.int(2)?),
        person: PersonId(row.int(3)?),
        tag: row.maybe_int(4)?.map(TagId),
        center: row.maybe_int(5)?.map(CenterId),
        kind: CallerKind::from_code(&row.text(6)?),
        state: State::from_code(&row.text(7)?).ok_or_else(|| shape("inquiries.state"))?,
        holder: holder(&mut row)?,
        caller: serde_json::from_slice(&caller).map_err(|_| SealError::Malformed)?,
        caller_version,
        ending: ending.transpose()?,
        ended_at: row.maybe_int(14)?.map(instant),
        version: row.int(15)?,
        came: Came::from_code(&row.text(16)?).ok_or_else(|| shape("inquiries.came"))?,
    })
}

fn ending(deed: &Deed, id: InquiryId, sealed: &[u8]) -> Result<Ending, Refusal> {
    let plain = deed.keys.open(&ending_place(id), sealed)?;
    Ok(serde_json::from_slice(&plain).map_err(|_| SealError::Malformed)?)
}

fn holder(row: &mut Row) -> Result<Holder, Error> {
    let role = row.maybe_text(10)?.and_then(|code| Role::from_code(&code));
    let (holder, offered) = (row.maybe_int(8)?, row.maybe_int(9)?);
    Ok(match (holder, offered, role) {
        (Some(staff), _, _) => Holder::Staff(StaffId(staff)),
        (None, Some(staff), _) => Holder::OfferedTo(StaffId(staff)),
        (None, None, Some(role)) => Holder::OfferedRole(role),
        (None, None, None) => Holder::Nobody,
    })
}

/// The inquiry, if it is this town's.
pub async fn find(conn: &mut Conn, deed: &Deed, id: InquiryId) -> Result<Inquiry, Refusal> {
    let row = conn.one(FIND, &args![deed.network(), id]).await?;
    inquiry(deed, row.ok_or(Refusal::NotFound)?)
}

/// Open inquiries, the oldest first.
pub async fn list_open(conn: &mut Conn, deed: &Deed) -> Result<Vec<Inquiry>, Refusal> {
    let rows = conn.rows(LIST_OPEN, &args![deed.network()]).await?;
    rows.into_iter().map(|row| inquiry(deed, row)).collect()
}

/// Closed inquiries, the newest first.
pub async fn list_closed(conn: &mut Conn, deed: &Deed, most: i64) -> Result<Vec<Inquiry>, Refusal> {
    let rows = conn.rows(LIST_CLOSED, &args![deed.network(), most]).await?;
    rows.into_iter().map(|row| inquiry(deed, row)).collect()
}

/// Inquiries after this one in order, open or closed, drills apart: for a list that is taken out whole.
pub async fn list_after(
    conn: &mut Conn,
    deed: &Deed,
    after: InquiryId,
    most: u32,
) -> Result<Vec<Inquiry>, Refusal> {
    let rows = conn
        .rows(LIST_AFTER, &args![deed.network(), after, most])
        .await?;
    rows.into_iter().map(|row| inquiry(deed, row)).collect()
}

/// Forgets an inquiry of a drill with all that belongs to it.
pub async fn forget_drill(conn: &mut Conn, deed: &Deed, id: InquiryId) -> Result<(), Error> {
    for part in [FORGET_MAILS, FORGET_STEPS, FORGET_TOLD, FORGET] {
        conn.exec(part, &args![deed.network(), id]).await?;
    }
    Ok(())
}

/// Open inquiries that nobody has, the one that waits longest first.
pub async fn list_waiting(conn: &mut Conn, deed: &Deed) -> Result<Vec<InquiryId>, Error> {
    let rows = conn.rows(LIST_WAITING, &args![deed.network()]).await?;
    rows.iter().map(|row| row.int(0).map(InquiryId)).collect()
}

/// How many open inquiries nobody has.
pub async fn count_waiting(conn: &mut Conn, deed: &Deed) -> Result<i64, Error> {
    let row = conn.one(COUNT_WAITING, &args![deed.network()]).await?;
    row.map_or(Ok(0), |row| row.int(0))
}

fn seal_caller(
    deed: &Deed,
    id: InquiryId,
    version: i64,
    caller: &Caller,
) -> Result<Vec<u8>, SealError> {
    let plain = serde_json::to_vec(caller).map_err(|_| SealError::Malformed)?;
    Ok(deed
        .keys
        .seal(&caller_place(id, version), &plain, &mut deed.dice.clone()))
}

/// Keeps a new inquiry, held by who opens it or offered to a role, with the basis on which its first tier is opened;
/// whether it is new.
pub async fn insert(
    conn: &mut Conn,
    deed: &Deed,
    new: &Inquiry,
    told: Option<Text>,
) -> Result<bool, Refusal> {
    let by = who(deed);
    let offered = match new.holder {
        Holder::OfferedRole(role) => Some(role.code()),
        _ => None,
    };
    let args = args![
        deed.network(),
        new.id,
        deed.at(),
        kept(by),
        new.person,
        new.tag,
        new.center,
        new.kind.map_or("", CallerKind::code),
        told.map(Text::code),
        by,
        seal_caller(deed, new.id, 1, &new.caller)?,
        offered,
        new.came.code()
    ];
    Ok(conn.exec(INSERT, &args).await? == 1)
}

/// Keeps what is known of the caller upon the version that was read.
pub async fn save_caller(
    conn: &mut Conn,
    deed: &Deed,
    id: InquiryId,
    version: i64,
    kind: Option<CallerKind>,
    caller: &Caller,
) -> Result<(), Refusal> {
    let sealed = seal_caller(deed, id, version + 1, caller)?;
    let kind = kind.map_or("", CallerKind::code);
    let args = args![deed.network(), id, kind, sealed, version];
    changed(conn.exec(SAVE_CALLER, &args).await?)
}

/// Keeps who has it upon the version that was read.
pub async fn save_holder(
    conn: &mut Conn,
    deed: &Deed,
    inquiry: &Inquiry,
    holder: Holder,
) -> Result<(), Refusal> {
    let (staff, to, role) = match holder {
        Holder::Staff(staff) => (Some(staff), None, None),
        Holder::OfferedTo(staff) => (None, Some(staff), None),
        Holder::OfferedRole(role) => (None, None, Some(role.code())),
        Holder::Nobody => (None, None, None),
    };
    let args = args![deed.network(), inquiry.id, staff, to, role, inquiry.version];
    changed(conn.exec(SAVE_HOLDER, &args).await?)
}

/// Closes it upon the version that was read.
pub async fn save_ending(
    conn: &mut Conn,
    deed: &Deed,
    inquiry: &Inquiry,
    ending: &Ending,
) -> Result<(), Refusal> {
    let plain = serde_json::to_vec(ending).map_err(|_| SealError::Malformed)?;
    let sealed = deed
        .keys
        .seal(&ending_place(inquiry.id), &plain, &mut deed.dice.clone());
    let args = args![
        deed.network(),
        inquiry.id,
        sealed,
        deed.at(),
        inquiry.version
    ];
    changed(conn.exec(SAVE_ENDING, &args).await?)
}

fn changed(rows: u64) -> Result<(), Refusal> {
    if rows == 1 {
        Ok(())
    } else {
        Err(Refusal::Changed)
    }
}

/// Passes inquiries from one record of a person to the other: all, or these of them. Gives those
/// that it passed.
pub async fn hand_over(
    conn: &mut Conn,
    deed: &Deed,
    from: PersonId,
    to: PersonId,
    rows: Option<&[i64]>,
) -> Result<Vec<i64>, Error> {
    let mut passed = Vec::new();
    for row in conn
        .rows(IDS_OF_PERSON, &args![deed.network(), from])
        .await?
    {
        let id = row.int(0)?;
        if rows.is_none_or(|rows| rows.contains(&id)) {
            conn.exec_one(HAND_OVER, &args![deed.network(), id, to])
                .await?;
            passed.push(id);
        }
    }
    Ok(passed)
}

/// Inquiries about a person since then, in milliseconds since 1970; the newest first.
pub async fn list_since(
    conn: &mut Conn,
    deed: &Deed,
    person: PersonId,
    at: i64,
) -> Result<Vec<Inquiry>, Refusal> {
    let rows = conn.rows(SINCE, &args![deed.network(), person, at]).await?;
    rows.into_iter().map(|row| inquiry(deed, row)).collect()
}
