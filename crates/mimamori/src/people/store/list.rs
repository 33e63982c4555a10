//! Lists: names are sealed, so that a list opens one page of rows and no more.

use db::{Conn, Row, Sql, args, sql};

use super::people::{group, standing};
use crate::deed::Deed;
use crate::ids::{CenterId, PersonId};
use crate::people::rules::{Contacts, Identity, Kept, Refusal, Standing, State};

/// People on one page of a list.
pub const PAGE: u32 = 50;

const LIST: Sql = sql(
    "SELECT id, state, state_on, center, center_by_hand, registered_on, version,
       identity_v, identity
     FROM people WHERE network = $1 AND state = $2
     ORDER BY registered_on DESC, id DESC LIMIT $3 OFFSET $4",
);

const LIST_OF_CENTER: Sql = sql(
    "SELECT id, state, state_on, center, center_by_hand, registered_on, version,
       identity_v, identity
     FROM people WHERE network = $1 AND center = $2 AND state = $3
     ORDER BY registered_on DESC, id DESC LIMIT $4 OFFSET $5",
);

const LIST_OF_NONE: Sql = sql(
    "SELECT id, state, state_on, center, center_by_hand, registered_on, version,
       identity_v, identity
     FROM people WHERE network = $1 AND center IS NULL AND state = $2
     ORDER BY registered_on DESC, id DESC LIMIT $3 OFFSET $4",
);

const COUNT_OF_NONE: Sql = sql("SELECT COUNT(*) FROM people
     WHERE network = $1 AND center IS NULL AND state = $2");

const HOMES_AFTER: Sql = sql("SELECT id, center, identity_v, identity FROM people
     WHERE network = $1 AND state = 'registered' AND id > $2 ORDER BY id LIMIT $3");

const COUNT: Sql = sql("SELECT COUNT(*) FROM people WHERE network = $1 AND state = $2");

const COUNT_OF_CENTER: Sql =
    sql("SELECT COUNT(*) FROM people WHERE network = $1 AND center = $2 AND state = $3");

const IDS_AFTER: Sql = sql("SELECT id FROM people
     WHERE network = $1 AND id > $2 AND merged_into IS NULL ORDER BY id LIMIT $3");

const ALL_IDS_AFTER: Sql =
    sql("SELECT id FROM people WHERE network = $1 AND id > $2 ORDER BY id LIMIT $3");

const COMPARED_AFTER: Sql = sql(
    "SELECT id, identity_v, identity, contacts_v, contacts, merged_into FROM people
     WHERE network = $1 AND id > $2 ORDER BY id LIMIT $3",
);

/// Under whom the people of a list stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Under {
    /// Under anybody or nobody.
    Town,
    /// Under this center.
    Center(CenterId),
    /// Under no center: nobody's list has them but this one.
    Nobody,
}

/// Whom a list shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Which {
    /// Under whom.
    pub under: Under,
    /// In this state.
    pub state: State,
}

/// A line of a list.
#[derive(Clone)]
pub struct Listed {
    /// Whose.
    pub id: PersonId,
    /// State, center, registration.
    pub standing: Standing,
    /// Who.
    pub identity: Kept<Identity>,
}

/// One page, the newest registration first; pages count from 0.
pub async fn list(
    conn: &mut Conn,
    deed: &Deed,
    which: Which,
    page: u32,
) -> Result<Vec<Listed>, Refusal> {
    let (network, state) = (deed.network(), which.state.code());
    let skip = i64::from(page) * i64::from(PAGE);
    let args = args![network, state, PAGE, skip];
    let rows = match which.under {
        Under::Center(center) => {
            let args = args![network, center, state, PAGE, skip];
            conn.rows(LIST_OF_CENTER, &args).await?
        }
        Under::Town => conn.rows(LIST, &args).await?,
        Under::Nobody => conn.rows(LIST_OF_NONE, &args).await?,
    };
    rows.into_iter().map(|row| listed(deed, row)).collect()
}

fn listed(deed: &Deed, mut row: Row) -> Result<Listed, Refusal> {
    let id = PersonId(row.int(0)?);
    Ok(Listed {
        id,
        standing: standing(&mut row)?,
        identity: group(deed, id, &mut row, 7)?,
    })
}

/// How many the whole list has.
pub async fn count(conn: &mut Conn, deed: &Deed, which: Which) -> Result<i64, Refusal> {
    let (network, state) = (deed.network(), which.state.code());
    let args = args![network, state];
    let row = match which.under {
        Under::Center(center) => {
            conn.one(COUNT_OF_CENTER, &args![network, center, state])
                .await?
        }
        Under::Town => conn.one(COUNT, &args).await?,
        Under::Nobody => conn.one(COUNT_OF_NONE, &args).await?,
    };
    Ok(row.map_or(Ok(0), |row| row.int(0))?)
}

/// Where somebody registered lives, and under which center they stand.
pub struct Home {
    /// Who.
    pub id: PersonId,
    /// Under which center.
    pub center: Option<CenterId>,
    /// 基本情報
    pub identity: Identity,
}

/// Who is registered after this id, in order.
pub async fn list_homes_after(
    conn: &mut Conn,
    deed: &Deed,
    after: PersonId,
    most: u32,
) -> Result<Vec<Home>, Refusal> {
    let args = args![deed.network(), after, most];
    let rows = conn.rows(HOMES_AFTER, &args).await?;
    let homes = rows.into_iter().map(|mut row| {
        let id = PersonId(row.int(0)?);
        let identity: Kept<Identity> = group(deed, id, &mut row, 2)?;
        Ok(Home {
            id,
            center: row.maybe_int(1)?.map(CenterId),
            identity: identity.value,
        })
    });
    homes.collect()
}

/// Ids after this one in order, for work that walks through everybody and resumes. A record that
/// was merged into another is not somebody.
pub async fn list_ids_after(
    conn: &mut Conn,
    deed: &Deed,
    after: PersonId,
    most: u32,
) -> Result<Vec<PersonId>, Refusal> {
    ids(conn, IDS_AFTER, deed, after, most).await
}

/// The same with every record, merged or not: what is sealed has to be sealed anew.
pub async fn list_all_ids_after(
    conn: &mut Conn,
    deed: &Deed,
    after: PersonId,
    most: u32,
) -> Result<Vec<PersonId>, Refusal> {
    ids(conn, ALL_IDS_AFTER, deed, after, most).await
}

async fn ids(
    conn: &mut Conn,
    statement: Sql,
    deed: &Deed,
    after: PersonId,
    most: u32,
) -> Result<Vec<PersonId>, Refusal> {
    let rows = conn
        .rows(statement, &args![deed.network(), after, most])
        .await?;
    let ids = rows.iter().map(|row| Ok(PersonId(row.int(0)?)));
    ids.collect()
}

/// What is compared of a record.
pub struct Compared {
    /// The record.
    pub id: PersonId,
    /// Whose it is now: another's where it was merged.
    pub is: PersonId,
    /// 基本情報
    pub identity: Identity,
    /// 緊急連絡先
    pub contacts: Contacts,
}

/// Who stands after this id, in order, opened as far as records are compared; those that were
/// merged too, for a roster may still have them.
pub async fn list_compared(
    conn: &mut Conn,
    deed: &Deed,
    after: PersonId,
    most: u32,
) -> Result<Vec<Compared>, Refusal> {
    let rows = conn
        .rows(COMPARED_AFTER, &args![deed.network(), after, most])
        .await?;
    rows.into_iter().map(|row| compared(deed, row)).collect()
}

fn compared(deed: &Deed, mut row: Row) -> Result<Compared, Refusal> {
    let id = PersonId(row.int(0)?);
    let identity: Kept<Identity> = group(deed, id, &mut row, 1)?;
    let contacts: Kept<Contacts> = group(deed, id, &mut row, 3)?;
    Ok(Compared {
        id,
        is: row.maybe_int(5)?.map_or(id, PersonId),
        identity: identity.value,
        contacts: contacts.value,
    })
}
