//! People who are not registered ↔ rows, and finding them again.

use db::{Conn, Sql, Value, args, sql};
use seal::Place;

use super::rows::{close, open};
use crate::consultations::rules::{Card, KINDS, Refusal, Stranger, keys_of};
use crate::deed::Deed;
use crate::ids::{CenterId, ConsultationId, PersonId, RowId};
use crate::people::clues::{Clue, Wanted};

const INSERT: Sql = sql(
    "INSERT INTO consultation_strangers (network, id, center, card, version)
     VALUES ($1, $2, $3, $4, 1)",
);

const FIND: Sql = sql("SELECT card, version, center FROM consultation_strangers
     WHERE network = $1 AND id = $2");

const SAVE: Sql = sql(
    "UPDATE consultation_strangers SET card = $4, version = version + 1
     WHERE network = $1 AND id = $2 AND version = $3",
);

const PUT_KEY: Sql = sql("INSERT INTO consultation_keys (network, key, stranger)
     VALUES ($1, $2, $3) ON CONFLICT DO NOTHING");

const FORGET_KEYS: Sql = sql("DELETE FROM consultation_keys WHERE network = $1 AND stranger = $2");

// One center's alone: what others have heard is not this center's to know.
const UNDER: Sql = sql("SELECT k.key, k.stranger FROM consultation_keys k
     JOIN consultation_strangers s ON s.network = k.network AND s.id = k.stranger
     WHERE k.network = $1 AND s.center = $2 AND k.key IN ($3, $4, $5, $6, $7, $8, $9, $10)
     ORDER BY k.stranger DESC LIMIT 400");

const OF_STRANGER: Sql = sql("SELECT id FROM consultations
     WHERE network = $1 AND stranger = $2 ORDER BY id");

const PERSON_OF: Sql = sql("SELECT person FROM consultations
     WHERE network = $1 AND stranger = $2 AND person IS NOT NULL ORDER BY day DESC LIMIT 1");

/// More than these nobody reads at a reception.
const MOST_MATCHES: usize = 8;

pub(super) fn card_place(id: RowId, version: i64) -> Place {
    Place {
        table: "consultation_strangers",
        column: "card",
        row: id.0,
        version,
    }
}

/// Keeps somebody new, findable.
pub async fn insert_stranger(
    conn: &mut Conn,
    deed: &Deed,
    center: CenterId,
    card: &Card,
) -> Result<RowId, Refusal> {
    let id = RowId(deed.new_id());
    let sealed = close(deed, &card_place(id, 1), card)?;
    conn.exec_one(INSERT, &args![deed.network(), id, center, sealed])
        .await?;
    put_keys(conn, deed, id, card).await?;
    Ok(id)
}

/// Writes anew under what somebody stands, with the current key.
pub(super) async fn put_keys(
    conn: &mut Conn,
    deed: &Deed,
    id: RowId,
    card: &Card,
) -> Result<(), Refusal> {
    conn.exec(FORGET_KEYS, &args![deed.network(), id]).await?;
    for key in keys_of(card) {
        let args = args![deed.network(), key.token(&KINDS, &deed.keys), id];
        conn.exec(PUT_KEY, &args).await?;
    }
    Ok(())
}

/// Somebody, with the center that heard of them.
pub async fn find_stranger(
    conn: &mut Conn,
    deed: &Deed,
    id: RowId,
) -> Result<Option<(Stranger, CenterId)>, Refusal> {
    let Some(mut row) = conn.one(FIND, &args![deed.network(), id]).await? else {
        return Ok(None);
    };
    let version = row.int(1)?;
    let card = open(deed, &card_place(id, version), &row.blob(0)?)?;
    let center = CenterId(row.int(2)?);
    let stranger = Stranger { id, card, version };
    Ok(Some((stranger, center)))
}

/// Saves what is known anew, upon the version that was read, and under what they are found.
pub async fn save_card(
    conn: &mut Conn,
    deed: &Deed,
    stranger: &Stranger,
    card: &Card,
) -> Result<(), Refusal> {
    let (id, version) = (stranger.id, stranger.version);
    let sealed = close(deed, &card_place(id, version + 1), card)?;
    let args = args![deed.network(), id, version, sealed];
    match conn.exec(SAVE, &args).await? {
        1 => put_keys(conn, deed, id, card).await,
        _ => Err(Refusal::Changed),
    }
}

/// Somebody who may be meant.
pub struct Match {
    /// Who.
    pub stranger: Stranger,
    /// How much fits.
    pub weight: u32,
}

/// Whom of the center's the keys fit, best first.
pub async fn list_matching(
    conn: &mut Conn,
    deed: &Deed,
    center: CenterId,
    keys: &[Clue],
) -> Result<Vec<Match>, Refusal> {
    let wanted = Wanted::of(keys, &KINDS, &deed.keys);
    let mut met = Vec::new();
    for part in wanted.parts() {
        let mut args: Vec<Value> = args![deed.network(), center].into();
        args.extend(part.map(Value::from));
        for row in conn.rows(UNDER, &args).await? {
            met.push((row.int(0)?, row.int(1)?));
        }
    }
    let best = wanted.best(met);
    let mut matches = Vec::new();
    for (id, weight) in best.into_iter().take(MOST_MATCHES) {
        let found = find_stranger(conn, deed, RowId(id)).await?;
        matches.extend(found.map(|(stranger, _)| Match { stranger, weight }));
    }
    Ok(matches)
}

/// Who of the register somebody turned out to be.
pub async fn person_of(
    conn: &mut Conn,
    deed: &Deed,
    id: RowId,
) -> Result<Option<PersonId>, Refusal> {
    let row = conn.one(PERSON_OF, &args![deed.network(), id]).await?;
    Ok(row.map(|row| row.int(0)).transpose()?.map(PersonId))
}

/// Every consultation about somebody, the first one first.
pub async fn list_of_stranger(
    conn: &mut Conn,
    deed: &Deed,
    id: RowId,
) -> Result<Vec<ConsultationId>, Refusal> {
    let rows = conn.rows(OF_STRANGER, &args![deed.network(), id]).await?;
    rows.iter()
        .map(|row| Ok(ConsultationId(row.int(0)?)))
        .collect()
}
