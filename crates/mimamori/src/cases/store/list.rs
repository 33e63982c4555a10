//! Lists of cases: whatever the scope may not see is in none of them, nor in their counts.

use db::{Conn, Error, Sql, Value, args, sql};

use super::cases::{case, origin_token};
use super::people::token;
use crate::cases::rules::{Case, Origin, Refusal, day_number};
use crate::clock::in_japan;
use crate::deed::Deed;
use crate::ids::{CaseId, PersonId};
use crate::scope::{Actor, Right};

/// Cases on one page of a list.
pub const PAGE: i64 = 50;

/// Cases whose words a search opens: 4,000 are two years of a large center, and some 40 ms.
const PART: i64 = 500;
const PARTS: usize = 8;

// $2: the center of whoever asks, $3: their account, $4: 1 where they lead, $5: today. The same
// condition as `Case::is_for`; `tests/house/cases` holds the two together.
macro_rules! select {
    ($rest:literal) => {
        sql(concat!(
            "SELECT c.id, c.number, c.center, c.lead, c.second, c.access, c.state, c.opened_at,
                    c.closed_at, c.touched_day, c.quiet_days, c.moved_task, c.body, c.version
             FROM cases c
             WHERE c.network = $1 AND c.center = $2
               AND (c.access = 'center' OR c.lead = $3 OR c.second = $3 OR $4 = 1
                 OR EXISTS (SELECT 1 FROM case_entries v WHERE v.network = c.network
                   AND v.case_id = c.id AND v.kind = 'viewer' AND v.state = 'on'
                   AND v.staff = $3 AND v.day >= $5))
               AND ",
            $rest
        ))
    };
}

const MINE: Sql = select!(
    "c.state = 'open' AND (c.lead = $3 OR c.second = $3) ORDER BY c.id DESC LIMIT $6 OFFSET $7"
);

const OF_CENTER: Sql = select!("c.state = 'open' ORDER BY c.id DESC LIMIT $6 OFFSET $7");

const CLOSED: Sql = select!("c.state = 'closed' ORDER BY c.id DESC LIMIT $6 OFFSET $7");

const ALL: Sql = select!("c.id > 0 ORDER BY c.id DESC LIMIT $6 OFFSET $7");

// $6: below which id the next part of the search begins, $7: how many.
const BELOW: Sql = select!("c.id < $6 ORDER BY c.id DESC LIMIT $7");

const DUE: Sql = select!(
    "c.state = 'open' AND EXISTS (SELECT 1 FROM case_entries s WHERE s.network = c.network
       AND s.case_id = c.id AND s.kind = 'step' AND s.state = 'waiting' AND s.day <= $5)
     ORDER BY c.id DESC LIMIT $6 OFFSET $7"
);

// $8: the center's setting, $9: today as a number.
const SILENT: Sql = select!(
    "c.state = 'open' AND c.touched_day + COALESCE(c.quiet_days, $8) < $9
     ORDER BY c.touched_day, c.id LIMIT $6 OFFSET $7"
);

const OF_PERSON: Sql = select!(
    "EXISTS (SELECT 1 FROM case_people p WHERE p.network = c.network AND p.case_id = c.id
       AND p.person = $6) ORDER BY c.id DESC LIMIT 50"
);

const OF_ORIGIN: Sql = select!("c.origin = $6 ORDER BY c.id DESC LIMIT 50");

const OPEN_AFTER: Sql = sql(
    "SELECT id FROM cases WHERE network = $1 AND state = 'open' AND id > $2
     ORDER BY id LIMIT $3",
);

/// Which list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Which {
    /// In my charge, or where I am the second.
    Mine,
    /// Open in my center.
    Center,
    /// With a step that is due.
    Due,
    /// Without a contact for longer than they should be.
    Silent,
    /// Ended.
    Closed,
    /// Open or ended.
    All,
}

impl Which {
    /// Every list, in the order in which the page offers them.
    pub const ALL: [Which; 6] = [
        Which::Mine,
        Which::Due,
        Which::Silent,
        Which::Center,
        Which::Closed,
        Which::All,
    ];

    /// As it stands in an address.
    pub const fn code(self) -> &'static str {
        match self {
            Which::Mine => "mine",
            Which::Center => "center",
            Which::Due => "due",
            Which::Silent => "silent",
            Which::Closed => "closed",
            Which::All => "all",
        }
    }

    /// The list of a code; mine for any other.
    pub fn from_code(code: &str) -> Which {
        let found = Which::ALL.into_iter().find(|one| one.code() == code);
        found.unwrap_or(Which::Mine)
    }
}

/// One page of a list.
pub struct Listed {
    /// The cases.
    pub cases: Vec<Case>,
    /// Whether there are more.
    pub more: bool,
}

/// The values by which every list knows what may be seen; nothing for whoever sees no case.
pub(super) fn seer(deed: &Deed) -> Option<Vec<Value>> {
    let scope = &deed.scope;
    let Actor::Staff(me) = scope.actor else {
        return None;
    };
    let center = scope.center.filter(|_| scope.rights.has(Right::Support))?;
    let leads = i64::from(scope.rights.has(Right::Lead));
    let today = in_japan(deed.now).date().to_string();
    Some(args![deed.network(), center, me, leads, today].to_vec())
}

/// One page, from 0; `quiet` is the center's setting.
pub async fn list(
    conn: &mut Conn,
    deed: &Deed,
    which: Which,
    page: i64,
    quiet: i64,
) -> Result<Listed, Refusal> {
    let Some(mut args) = seer(deed) else {
        return Ok(Listed {
            cases: Vec::new(),
            more: false,
        });
    };
    args.extend(args![PAGE + 1, page.clamp(0, 10_000) * PAGE].to_vec());
    let statement = match which {
        Which::Mine => MINE,
        Which::Center => OF_CENTER,
        Which::Due => DUE,
        Which::Closed => CLOSED,
        Which::All => ALL,
        Which::Silent => {
            args.extend(args![quiet, day_number(in_japan(deed.now).date())].to_vec());
            SILENT
        }
    };
    let mut cases = Vec::new();
    for mut row in conn.rows(statement, &args).await? {
        cases.push(case(deed, &mut row)?);
    }
    let more = cases.len() as i64 > PAGE;
    cases.truncate(PAGE as usize);
    Ok(Listed { cases, more })
}

/// Those of a person that the scope may see, the newest first.
pub async fn list_for_person(
    conn: &mut Conn,
    deed: &Deed,
    person: PersonId,
) -> Result<Vec<Case>, Refusal> {
    list_found(conn, deed, OF_PERSON, token(deed, person)).await
}

/// Those in whose words a text stands, of all that the scope may see, the newest first. The words are
/// sealed: each case has to be opened, so the search ends after so many.
pub async fn list_with_words(
    conn: &mut Conn,
    deed: &Deed,
    text: &str,
) -> Result<Vec<Case>, Refusal> {
    let Some(seer) = seer(deed) else {
        return Ok(Vec::new());
    };
    let (mut found, mut below) = (Vec::new(), i64::MAX);
    for _ in 0..PARTS {
        let mut args = seer.clone();
        args.extend(args![below, PART].to_vec());
        let rows = conn.rows(BELOW, &args).await?;
        let last = rows.len() < PART as usize;
        for mut row in rows {
            let case = case(deed, &mut row)?;
            below = case.id.0;
            if case.body.says(text) {
                found.push(case);
            }
        }
        if last || found.len() >= PAGE as usize {
            break;
        }
    }
    found.truncate(PAGE as usize);
    Ok(found)
}

/// Those below this one that the scope may see, the newest first: for a list that is taken out whole.
pub async fn list_below(
    conn: &mut Conn,
    deed: &Deed,
    below: CaseId,
    most: u32,
) -> Result<Vec<Case>, Refusal> {
    let Some(mut args) = seer(deed) else {
        return Ok(Vec::new());
    };
    args.extend(args![below, most].to_vec());
    let rows = conn.rows(BELOW, &args).await?;
    rows.into_iter()
        .map(|mut row| case(deed, &mut row))
        .collect()
}

/// Those that came from a notice or a consultation and that the scope may see, the newest first.
pub async fn list_for_origin(
    conn: &mut Conn,
    deed: &Deed,
    origin: Origin,
) -> Result<Vec<Case>, Refusal> {
    list_found(conn, deed, OF_ORIGIN, origin_token(deed, origin)).await
}

async fn list_found(
    conn: &mut Conn,
    deed: &Deed,
    statement: Sql,
    token: i64,
) -> Result<Vec<Case>, Refusal> {
    let Some(mut args) = seer(deed) else {
        return Ok(Vec::new());
    };
    args.push(token.into());
    let rows = conn.rows(statement, &args).await?;
    rows.into_iter()
        .map(|mut row| case(deed, &mut row))
        .collect()
}

/// Open cases after this one, for the program's own round.
pub async fn list_open_after(
    conn: &mut Conn,
    deed: &Deed,
    after: CaseId,
    most: i64,
) -> Result<Vec<CaseId>, Error> {
    let rows = conn
        .rows(OPEN_AFTER, &args![deed.network(), after, most])
        .await?;
    rows.iter().map(|row| Ok(CaseId(row.int(0)?))).collect()
}
