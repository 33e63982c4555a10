//! How long a town keeps consultations about people who are not registered ↔ its row; and which have
//! been kept that long.

use db::{Conn, Error, Row, Sql, args, sql};
use jiff::civil::Date;

use crate::consultations::rules::{Keeping, Refusal};
use crate::deed::Deed;
use crate::ids::{ConsultationId, RowId, first_of};

const FIND: Sql = sql("SELECT years, version FROM consultation_settings WHERE network = $1");

const INSERT: Sql = sql("INSERT INTO consultation_settings (network, years, version)
     VALUES ($1, $2, 1) ON CONFLICT (network) DO NOTHING");

const SAVE: Sql = sql(
    "UPDATE consultation_settings SET years = $2, version = version + 1
     WHERE network = $1 AND version = $3",
);

// Nothing about them goes on, and nobody of the register is meant. Who was first heard of since is
// not looked at: ids grow with time.
const STRANGERS: Sql = sql(
    "SELECT s.id FROM consultation_strangers s WHERE s.network = $1 AND s.id < $4
       AND NOT EXISTS (SELECT 1 FROM consultations c
         WHERE c.network = s.network AND c.stranger = s.id
           AND (c.person IS NOT NULL OR c.state = 'open' OR c.day >= $2
             OR EXISTS (SELECT 1 FROM consultation_changes h WHERE h.network = c.network
               AND h.consultation = c.id AND h.at >= $3)))
     ORDER BY s.id LIMIT 50",
);

// What was emptied has nobody who took it.
const NAMELESS: Sql = sql(
    "SELECT c.id FROM consultations c WHERE c.network = $1 AND c.person IS NULL
       AND c.stranger IS NULL AND c.by <> 0 AND c.state <> 'open' AND c.day < $2
       AND NOT EXISTS (SELECT 1 FROM consultation_changes h WHERE h.network = c.network
         AND h.consultation = c.id AND h.at >= $3)
     ORDER BY c.id LIMIT 200",
);

/// The town's setting, the program's own where it set none.
pub async fn find_keeping(conn: &mut Conn, deed: &Deed) -> Result<Keeping, Error> {
    match conn.one(FIND, &args![deed.network()]).await? {
        Some(row) => Ok(Keeping {
            years: row.int(0)?,
            version: row.int(1)?,
        }),
        None => Ok(Keeping::default()),
    }
}

/// Keeps it upon the version that was read.
pub async fn put_keeping(conn: &mut Conn, deed: &Deed, new: &Keeping) -> Result<(), Refusal> {
    let (network, years) = (deed.network(), new.years);
    let kept = match new.version {
        0 => conn.exec(INSERT, &args![network, years]).await?,
        version => conn.exec(SAVE, &args![network, years, version]).await?,
    };
    match kept {
        1 => Ok(()),
        _ => Err(Refusal::Changed),
    }
}

/// People of whom the last was heard before a day, which begins at an instant; some of them.
pub async fn list_strangers_before(
    conn: &mut Conn,
    deed: &Deed,
    day: Date,
    at: i64,
) -> Result<Vec<RowId>, Error> {
    let oldest = first_of(crate::clock::instant(at));
    let args = args![deed.network(), day.to_string(), at, oldest];
    let rows = conn.rows(STRANGERS, &args).await?;
    rows.iter()
        .map(|row: &Row| Ok(RowId(row.int(0)?)))
        .collect()
}

/// Receptions about nobody who is known, from before a day; some of them.
pub async fn list_nameless_before(
    conn: &mut Conn,
    deed: &Deed,
    day: Date,
    at: i64,
) -> Result<Vec<ConsultationId>, Error> {
    let args = args![deed.network(), day.to_string(), at];
    let rows = conn.rows(NAMELESS, &args).await?;
    rows.iter()
        .map(|row: &Row| Ok(ConsultationId(row.int(0)?)))
        .collect()
}
