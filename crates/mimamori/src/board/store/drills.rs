//! Drills ↔ rows.

use db::{Conn, Error, Sql, args, sql};
use jiff::Timestamp;

use crate::board::rules::DRILL_MS;
use crate::clock::instant;
use crate::deed::Deed;
use crate::ids::{PersonId, RowId};
use crate::scope::Actor;

const INSERT: Sql = sql(
    "INSERT INTO board_drills (network, id, started_at, started_by, ends_at)
     VALUES ($1, $2, $3, $4, $5)",
);

const INSERT_PERSON: Sql = sql(
    "INSERT INTO board_drill_people (network, drill, person) VALUES ($1, $2, $3)
     ON CONFLICT DO NOTHING",
);

const RUNNING: Sql = sql("SELECT id, started_at, ends_at FROM board_drills
     WHERE network = $1 AND ends_at > $2 ORDER BY id DESC LIMIT 1");

const OF_PERSON: Sql = sql("SELECT d.id FROM board_drill_people p
     JOIN board_drills d ON d.network = p.network AND d.id = p.drill
     WHERE p.network = $1 AND p.person = $2 AND d.ends_at > $3");

const PEOPLE: Sql =
    sql("SELECT person FROM board_drill_people WHERE network = $1 AND drill = $2 ORDER BY person");

const OVER: Sql = sql("SELECT id FROM board_drills WHERE network = $1 AND ends_at <= $2");

const NO_PEOPLE: Sql = sql("DELETE FROM board_drill_people WHERE network = $1 AND drill = $2");
const NO_DRILL: Sql = sql("DELETE FROM board_drills WHERE network = $1 AND id = $2");

/// A practice of one day.
#[derive(Debug, Clone, Copy)]
pub struct Drill {
    /// Its identity.
    pub id: RowId,
    /// When it began.
    pub started_at: Timestamp,
    /// When it erases itself.
    pub ends_at: Timestamp,
}

/// Begins a drill with these people.
pub async fn insert_drill(
    conn: &mut Conn,
    deed: &Deed,
    people: &[PersonId],
) -> Result<RowId, Error> {
    let id = RowId(deed.new_id());
    let by = match deed.scope.actor {
        Actor::Staff(staff) => staff.0,
        Actor::System(_) | Actor::Program | Actor::Public => 0,
    };
    let args = args![deed.network(), id, deed.at(), by, deed.at() + DRILL_MS];
    conn.exec_one(INSERT, &args).await?;
    for person in people {
        conn.exec(INSERT_PERSON, &args![deed.network(), id, *person])
            .await?;
    }
    Ok(id)
}

/// The drill that runs now.
pub async fn find_running(conn: &mut Conn, deed: &Deed) -> Result<Option<Drill>, Error> {
    let row = conn.one(RUNNING, &args![deed.network(), deed.at()]).await?;
    let drill = row.map(|row| {
        Ok(Drill {
            id: RowId(row.int(0)?),
            started_at: instant(row.int(1)?),
            ends_at: instant(row.int(2)?),
        })
    });
    drill.transpose()
}

/// The running drill in which this person takes part.
pub async fn find_drill_of(
    conn: &mut Conn,
    deed: &Deed,
    person: PersonId,
) -> Result<Option<RowId>, Error> {
    let args = args![deed.network(), person, deed.at()];
    let row = conn.one(OF_PERSON, &args).await?;
    row.map(|row| row.int(0).map(RowId)).transpose()
}

/// Who takes part.
pub async fn list_taking_part(
    conn: &mut Conn,
    deed: &Deed,
    drill: RowId,
) -> Result<Vec<PersonId>, Error> {
    let rows = conn.rows(PEOPLE, &args![deed.network(), drill]).await?;
    let people = rows.iter().map(|row| row.int(0).map(PersonId));
    people.collect()
}

/// Drills whose day is over.
pub async fn list_over(conn: &mut Conn, deed: &Deed) -> Result<Vec<RowId>, Error> {
    let rows = conn.rows(OVER, &args![deed.network(), deed.at()]).await?;
    let drills = rows.iter().map(|row| row.int(0).map(RowId));
    drills.collect()
}

/// Removes a drill, whose findings are gone already.
pub async fn end_drill(conn: &mut Conn, deed: &Deed, drill: RowId) -> Result<(), Error> {
    for part in [NO_PEOPLE, NO_DRILL] {
        conn.exec(part, &args![deed.network(), drill]).await?;
    }
    Ok(())
}
