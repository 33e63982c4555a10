//! The rows of consents.

use db::{Conn, Error, Row, Sql, args, sql};
use jiff::civil::Date;
use seal::Place;

use super::{date, shape};
use crate::deed::Deed;
use crate::ids::{RowId, SupporterId};
use crate::station::change::rules::{Consent, Refusal, Signal};

const OF_SUPPORTER: Sql = sql("SELECT id, supporter, signal, since, until, kept, version
     FROM rhythm_consents WHERE network = $1 AND supporter = $2 ORDER BY id");

const ALL: Sql = sql("SELECT supporter, signal, since, until FROM rhythm_consents
     WHERE network = $1 ORDER BY supporter, id");

const INSERT: Sql = sql(
    "INSERT INTO rhythm_consents (network, id, supporter, signal, since, until, kept, version)
     VALUES ($1, $2, $3, $4, $5, NULL, $6, 1) ON CONFLICT DO NOTHING",
);

const SAVE: Sql = sql(
    "UPDATE rhythm_consents SET until = $3, kept = $4, version = $5
     WHERE network = $1 AND id = $2 AND version = $5 - 1",
);

pub(super) fn place(id: RowId, version: i64) -> Place {
    Place {
        table: "rhythm_consents",
        column: "kept",
        row: id.0,
        version,
    }
}

fn consent(deed: &Deed, mut row: Row) -> Result<Consent, Refusal> {
    let (id, version) = (RowId(row.int(0)?), row.int(6)?);
    let signal = Signal::from_code(&row.text(2)?);
    let until = row.maybe_text(4)?;
    Ok(Consent {
        id,
        supporter: SupporterId(row.int(1)?),
        signal: signal.ok_or_else(|| shape("rhythm_consents.signal"))?,
        since: date(&row.text(3)?)?,
        until: until.map(|day| date(&day)).transpose()?,
        words: deed.open(&place(id, version), &row.blob(5)?)?,
        version,
    })
}

/// Every consent that somebody ever gave, the first one first.
pub async fn list_of(
    conn: &mut Conn,
    deed: &Deed,
    supporter: SupporterId,
) -> Result<Vec<Consent>, Refusal> {
    let args = args![deed.network(), supporter];
    let rows = conn.rows(OF_SUPPORTER, &args).await?;
    rows.into_iter().map(|row| consent(deed, row)).collect()
}

/// From when until when somebody agreed to what.
pub struct Open {
    /// Who.
    pub supporter: SupporterId,
    /// To what.
    pub signal: Signal,
    /// From this day.
    pub since: Date,
    /// Until it was taken back on this day.
    pub until: Option<Date>,
}

/// Every consent that anybody of the town ever gave, by who gave it; what was said with it stays sealed.
pub async fn list_all(conn: &mut Conn, deed: &Deed) -> Result<Vec<Open>, Error> {
    let rows = conn.rows(ALL, &args![deed.network()]).await?;
    let read = |mut row: Row| {
        let signal = Signal::from_code(&row.text(1)?);
        let until = row.maybe_text(3)?;
        Ok(Open {
            supporter: SupporterId(row.int(0)?),
            signal: signal.ok_or_else(|| shape("rhythm_consents.signal"))?,
            since: date(&row.text(2)?)?,
            until: until.map(|day| date(&day)).transpose()?,
        })
    };
    rows.into_iter().map(read).collect()
}

/// Keeps a new one, unless another desk wrote the same down at the same moment.
pub async fn insert(conn: &mut Conn, deed: &Deed, new: &Consent) -> Result<(), Refusal> {
    let args = args![
        deed.network(),
        new.id,
        new.supporter,
        new.signal.code(),
        new.since.to_string(),
        deed.close(&place(new.id, 1), &new.words)?
    ];
    match conn.exec(INSERT, &args).await? {
        1 => Ok(()),
        _ => Err(Refusal::Changed),
    }
}

/// Keeps what changed upon the version that was read.
pub async fn save(conn: &mut Conn, deed: &Deed, changed: &Consent) -> Result<(), Refusal> {
    let version = changed.version + 1;
    let args = args![
        deed.network(),
        changed.id,
        changed.until.map(|day| day.to_string()),
        deed.close(&place(changed.id, version), &changed.words)?,
        version
    ];
    match conn.exec(SAVE, &args).await? {
        1 => Ok(()),
        _ => Err(Refusal::Changed),
    }
}
