//! Why somebody of another center may open a record for a while.

use db::{Conn, Sql, args, sql};
use seal::Place;

use crate::deed::{Deed, Moved, Unmoved};
use crate::ids::{PersonId, StaffId};
use crate::people::rules::Refusal;

const FIND: Sql = sql("SELECT until, reason FROM person_openings
     WHERE network = $1 AND staff = $2 AND person = $3 AND until > $4");

const PUT: Sql = sql(
    "INSERT INTO person_openings (network, staff, person, until, reason)
     VALUES ($1, $2, $3, $4, $5)
     ON CONFLICT (network, staff, person)
     DO UPDATE SET until = excluded.until, reason = excluded.reason",
);

const FORGET: Sql = sql("DELETE FROM person_openings WHERE network = $1 AND until <= $2");

const LIST: Sql = sql("SELECT staff, person, reason FROM person_openings WHERE network = $1");

const RESEAL: Sql = sql("UPDATE person_openings SET reason = $4
     WHERE network = $1 AND staff = $2 AND person = $3 AND reason = $5");

/// The reason that still holds.
pub async fn find(
    conn: &mut Conn,
    deed: &Deed,
    staff: StaffId,
    person: PersonId,
) -> Result<Option<String>, Refusal> {
    let args = args![deed.network(), staff, person, deed.at()];
    let Some(mut row) = conn.one(FIND, &args).await? else {
        return Ok(None);
    };
    let place = place(staff, person);
    let reason = deed.keys.open(&place, &row.blob(1)?)?;
    Ok(Some(String::from_utf8_lossy(&reason).into_owned()))
}

/// Keeps the reason until then, in milliseconds since 1970.
pub async fn put(
    conn: &mut Conn,
    deed: &Deed,
    staff: StaffId,
    person: PersonId,
    until: i64,
    reason: &str,
) -> Result<(), Refusal> {
    let place = place(staff, person);
    let sealed = deed
        .keys
        .seal(&place, reason.as_bytes(), &mut deed.dice.clone());
    let args = args![deed.network(), staff, person, until, sealed];
    Ok(conn.exec_one(PUT, &args).await?)
}

/// The person takes the version's place: the row is known by both.
fn place(staff: StaffId, person: PersonId) -> Place {
    Place {
        table: "person_openings",
        column: "reason",
        row: staff.0,
        version: person.0,
    }
}

/// Forgets the reasons that hold no longer (the audit keeps them), and seals the others, those of
/// the last hour, under the current key.
pub async fn reseal(conn: &mut Conn, deed: &Deed) -> Result<Moved, Unmoved> {
    conn.exec(FORGET, &args![deed.network(), deed.at()]).await?;
    let mut moved = Moved::default();
    for mut row in conn.rows(LIST, &args![deed.network()]).await? {
        let (staff, person) = (StaffId(row.int(0)?), PersonId(row.int(1)?));
        let reason = row.blob(2)?;
        if let Some(fresh) = deed.resealed(&place(staff, person), &reason)? {
            let args = args![deed.network(), staff, person, fresh, reason];
            moved.rows += conn.exec(RESEAL, &args).await?;
        }
    }
    Ok(moved)
}
