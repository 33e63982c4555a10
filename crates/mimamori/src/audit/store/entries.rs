//! Lines as pages list them.

use db::{Conn, Error, Sql, args, sql};
use jiff::Timestamp;
use seal::{SealError, TownKeys};

use super::{Kept, detail_place};
use crate::audit::forget::mark_of;
use crate::audit::rules::{Fields, Verb};
use crate::clock::instant;
use crate::ids::{PersonId, StaffId};
use crate::scope::Scope;

// Three ways to the lines, each along its own index: a condition that may be empty (`$3 = 0 OR …`)
// would hide the index of one person, and reading 50 lines would walk over the whole table.

/// Along (network, whose, ticket).
const ENTRIES_ABOUT: Sql = sql(
    "SELECT ticket, at, actor_kind, actor, whose, verb, fields, why, origin, detail
     FROM audit_lines
     WHERE network = $1 AND whose = $2 AND ticket < $3
       AND (CAST($4 AS BIGINT) = 0 OR actor = $4) AND ($5 = '' OR verb = $5)
     ORDER BY ticket DESC LIMIT $6",
);

/// Along (network, actor, ticket).
const ENTRIES_BY: Sql = sql(
    "SELECT ticket, at, actor_kind, actor, whose, verb, fields, why, origin, detail
     FROM audit_lines
     WHERE network = $1 AND actor = $2 AND ticket < $3 AND ($4 = '' OR verb = $4)
     ORDER BY ticket DESC LIMIT $5",
);

/// Along the primary key.
const ENTRIES: Sql = sql(
    "SELECT ticket, at, actor_kind, actor, whose, verb, fields, why, origin, detail
     FROM audit_lines
     WHERE network = $1 AND ticket < $2 AND ($3 = '' OR verb = $3)
     ORDER BY ticket DESC LIMIT $4",
);

// What is more than looking, in the newest lines of the person.
const WORKED_ON: Sql = sql("SELECT 1 FROM (SELECT actor, at, verb FROM audit_lines
                    WHERE network = $1 AND whose = $2 ORDER BY ticket DESC LIMIT 200) a
     WHERE a.actor = $3 AND a.at >= $4
       AND a.verb NOT IN ('saw', 'audit_read', 'searched', 'printed', 'exported', 'questioned')
     LIMIT 1");

/// Whether this account did more with the person's record than look, since then; of somebody with
/// many lines the newest two hundred are asked.
pub async fn worked_on(
    conn: &mut Conn,
    scope: &Scope,
    staff: StaffId,
    person: PersonId,
    since: i64,
) -> Result<bool, Error> {
    let args = args![scope.network, person, staff, since];
    Ok(conn.one(WORKED_ON, &args).await?.is_some())
}

/// A line as pages show it; its detail stays sealed until [`open_detail`].
pub struct Entry {
    /// Its number; also where the next page begins.
    pub ticket: i64,
    /// When.
    pub at: Timestamp,
    /// Who, where it was an account, a person's or another program's.
    pub staff: Option<StaffId>,
    /// `staff`, `system`, `program` or `public`.
    pub actor_kind: String,
    /// Whose record.
    pub whose: Option<PersonId>,
    /// What was done.
    pub verb: Option<Verb>,
    /// Which groups of fields.
    pub fields: Fields,
    /// Why, as kept: see [`crate::audit::Why::text`].
    pub why: String,
    /// From where.
    pub origin: String,
    detail: Vec<u8>,
}

/// Which lines a page asks for.
#[derive(Debug, Clone, Copy)]
pub struct Filter {
    /// Only about this person.
    pub whose: Option<PersonId>,
    /// Only by this account.
    pub staff: Option<StaffId>,
    /// Only of this kind.
    pub verb: Option<Verb>,
    /// Only older than this line.
    pub before: Option<i64>,
    /// At most so many.
    pub limit: i64,
}

/// Lines, newest first.
pub async fn list_entries(
    conn: &mut Conn,
    scope: &Scope,
    filter: Filter,
) -> Result<Vec<Entry>, Error> {
    let (town, limit) = (scope.network, filter.limit);
    let before = filter.before.unwrap_or(i64::MAX);
    let verb = filter.verb.map_or("", Verb::code);
    let staff = filter.staff.map_or(0, |staff| staff.0);
    let rows = match (filter.whose, filter.staff) {
        (Some(person), _) => {
            let args = args![town, person, before, staff, verb, limit];
            conn.rows(ENTRIES_ABOUT, &args).await
        }
        (None, Some(staff)) => {
            let args = args![town, staff, before, verb, limit];
            conn.rows(ENTRIES_BY, &args).await
        }
        (None, None) => conn.rows(ENTRIES, &args![town, before, verb, limit]).await,
    };
    rows?
        .iter_mut()
        .map(|row| Ok(entry(Kept::from_row(scope.network.0, row)?)))
        .collect()
}

fn entry(kept: Kept) -> Entry {
    let some = |number: i64| (number != 0).then_some(number);
    Entry {
        ticket: kept.ticket,
        at: instant(kept.at),
        staff: some(kept.actor).map(StaffId),
        actor_kind: kept.actor_kind,
        whose: some(kept.whose).map(PersonId),
        verb: Verb::from_code(&kept.verb),
        fields: Fields(kept.fields),
        why: kept.why,
        origin: kept.origin,
        detail: kept.detail,
    }
}

/// The words of a line, unsealed; empty where there are none.
pub fn open_detail(keys: &TownKeys, entry: &Entry) -> Result<String, SealError> {
    if entry.detail.is_empty() {
        return Ok(String::new());
    }
    let plain = keys.open(&detail_place(entry.ticket), &entry.detail)?;
    if mark_of(&plain).is_some() {
        return Ok("（消去にあたり、言葉は消しました）".to_owned());
    }
    String::from_utf8(plain.to_vec()).map_err(|_| SealError::Malformed)
}
