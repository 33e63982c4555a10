//! Referrals ↔ rows.

use db::{Conn, Error, Row, Sql, args, sql};
use jiff::civil::Date;
use seal::{Place, SealError};

use super::shape;
use crate::deed::Deed;
use crate::ids::{PersonId, RowId, StaffId};
use crate::paths::referrals::rules::{Made, New, Referral, Refusal, Service, Told};

const FIND: Sql = sql(
    "SELECT id, person, service, organisation, made_on, void, told FROM referrals
     WHERE network = $1 AND id = $2 AND person IS NOT NULL",
);

const OF_PERSON: Sql = sql(
    "SELECT id, person, service, organisation, made_on, void, told FROM referrals
     WHERE network = $1 AND person = $2 ORDER BY id DESC LIMIT 200",
);

const MADE: Sql = sql(
    "SELECT service, sponsor, places, sponsor_places FROM referrals
     WHERE network = $1 AND made_on >= $2 AND made_on <= $3 AND void = 0 ORDER BY id",
);

const INSERT: Sql = sql(
    "INSERT INTO referrals (network, id, person, service, organisation, made_on, sponsor, places,
                            sponsor_places, made_by, void, told)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 0, $11)",
);

const VOID: Sql = sql("UPDATE referrals SET void = 1 WHERE network = $1 AND id = $2 AND void = 0");

pub(super) fn place(id: RowId) -> Place {
    Place {
        table: "referrals",
        column: "told",
        row: id.0,
        version: 0,
    }
}

fn service(code: &str) -> Result<Service, Error> {
    Service::from_code(code).ok_or_else(|| shape("referrals.service"))
}

fn referral(deed: &Deed, mut row: Row) -> Result<Referral, Refusal> {
    let id = RowId(row.int(0)?);
    let plain = deed.keys.open(&place(id), &row.blob(6)?)?;
    let on = row.text(4)?.parse();
    Ok(Referral {
        id,
        person: PersonId(row.int(1)?),
        service: service(&row.text(2)?)?,
        organisation: RowId(row.int(3)?),
        on: on.map_err(|_| shape("referrals.made_on"))?,
        void: row.int(5)? == 1,
        told: serde_json::from_slice(&plain).map_err(|_| SealError::Malformed)?,
    })
}

/// The referral, if it is this town's.
pub async fn find(conn: &mut Conn, deed: &Deed, id: RowId) -> Result<Referral, Refusal> {
    let row = conn.one(FIND, &args![deed.network(), id]).await?;
    referral(deed, row.ok_or(Refusal::NotFound)?)
}

/// Those of a person, the newest first; slips too.
pub async fn list_for_person(
    conn: &mut Conn,
    deed: &Deed,
    person: PersonId,
) -> Result<Vec<Referral>, Refusal> {
    let rows = conn.rows(OF_PERSON, &args![deed.network(), person]).await?;
    rows.into_iter().map(|row| referral(deed, row)).collect()
}

/// What is counted of those made within these days.
pub async fn list_made(
    conn: &mut Conn,
    deed: &Deed,
    from: Date,
    to: Date,
) -> Result<Vec<Made>, Error> {
    let args = args![deed.network(), from.to_string(), to.to_string()];
    let count = |number: i64| u32::try_from(number).map_err(|_| shape("referrals.places"));
    let made = |mut row: Row| {
        Ok(Made {
            service: service(&row.text(0)?)?,
            sponsor: row.int(1)? == 1,
            places: count(row.int(2)?)?,
            sponsor_places: count(row.int(3)?)?,
        })
    };
    let rows = conn.rows(MADE, &args).await?;
    rows.into_iter().map(made).collect()
}

/// Keeps a new one.
pub async fn insert(
    conn: &mut Conn,
    deed: &Deed,
    id: RowId,
    person: PersonId,
    (new, made, by): (&New, Made, StaffId),
) -> Result<(), Refusal> {
    let told = Told {
        offered: new.offered.clone(),
        by: new.by,
        words: new.words.clone(),
    };
    let plain = serde_json::to_vec(&told).map_err(|_| SealError::Malformed)?;
    let sealed = deed.keys.seal(&place(id), &plain, &mut deed.dice.clone());
    let args = args![
        deed.network(),
        id,
        person,
        new.service.code(),
        new.chosen,
        new.on.to_string(),
        i64::from(made.sponsor),
        i64::from(made.places),
        i64::from(made.sponsor_places),
        by,
        sealed
    ];
    Ok(conn.exec_one(INSERT, &args).await?)
}

/// Marks it as a slip; whether it was none before.
pub async fn put_void(conn: &mut Conn, deed: &Deed, id: RowId) -> Result<bool, Error> {
    Ok(conn.exec(VOID, &args![deed.network(), id]).await? == 1)
}
