//! Carriers ↔ rows.

use db::{Conn, Error, Row, Sql, args, sql};
use seal::{Place, SealError, SecretToken};

use super::crossings::insert_carrier_town;
use super::numbers;
use crate::clock::instant;
use crate::deed::Deed;
use crate::ids::{CarrierId, PersonId, RowId, TagId};
use crate::tags::rules::{
    Carried, Carrier, CarrierKind, Number, NumberKind, Refusal, ShutWhy, State,
};

const INSERT: Sql = sql(
    "INSERT INTO carriers (network, id, tag, kind, address, made_at, shut_at, shut_why)
     VALUES ($1, $2, $3, $4, $5, $6, NULL, NULL)",
);

const LIST: Sql = sql("SELECT id, tag, kind, address, made_at, shut_at, shut_why
     FROM carriers WHERE network = $1 AND tag = $2 ORDER BY id");

const FIND: Sql = sql("SELECT id, tag, kind, address, made_at, shut_at, shut_why
     FROM carriers WHERE network = $1 AND id = $2");

const USE: Sql = sql("SELECT t.id, t.person, t.state, c.shut_at
     FROM carriers c JOIN tags t ON t.network = c.network AND t.id = c.tag
     WHERE c.network = $1 AND c.id = $2");

const FOR_MAKER: Sql = sql(
    "SELECT c.id, c.tag, c.kind, c.address, c.made_at, c.shut_at, c.shut_why, t.number
     FROM (SELECT network, id, number FROM tags
           WHERE network = $1 AND batch = $2 AND id > $3 ORDER BY id LIMIT $4) t
     JOIN carriers c ON c.network = t.network AND c.tag = t.id
     WHERE c.network = $1 ORDER BY t.id, c.id",
);

const SHUT: Sql = sql("UPDATE carriers SET shut_at = $3, shut_why = $4
     WHERE network = $1 AND id = $2 AND shut_at IS NULL");

const OPEN: Sql = sql("UPDATE carriers SET shut_at = NULL, shut_why = NULL
     WHERE network = $1 AND id = $2 AND shut_at IS NOT NULL");

const SHUT_WITH_NUMBER: Sql = sql("UPDATE carriers SET shut_at = $3, shut_why = 'with_number'
     WHERE network = $1 AND tag = $2 AND shut_at IS NULL");

const OPEN_WITH_NUMBER: Sql = sql("UPDATE carriers SET shut_at = NULL, shut_why = NULL
     WHERE network = $1 AND tag = $2 AND shut_why = 'with_number'");

/// An address never changes, so its seal belongs to version 0 of its row.
pub(super) fn address_place(carrier: CarrierId) -> Place {
    Place {
        table: "carriers",
        column: "address",
        row: carrier.0,
        version: 0,
    }
}

/// Makes a carrier with a QR address of its own.
pub async fn insert_carrier(
    conn: &mut Conn,
    deed: &Deed,
    tag: TagId,
    kind: CarrierKind,
) -> Result<CarrierId, Error> {
    let chance = &mut deed.dice.clone();
    let (id, secret) = (CarrierId(deed.new_id()), SecretToken::new_short(chance));
    let sealed = deed
        .keys
        .seal(&address_place(id), secret.text().as_bytes(), chance);
    let args = args![deed.network(), id, tag, kind.code(), sealed, deed.at()];
    conn.exec_one(INSERT, &args).await?;
    insert_carrier_town(conn, deed, secret.hash(), id).await?;
    Ok(id)
}

/// What carries a number, the oldest first.
pub async fn list_carriers(
    conn: &mut Conn,
    deed: &Deed,
    tag: TagId,
) -> Result<Vec<Carrier>, Refusal> {
    let rows = conn.rows(LIST, &args![deed.network(), tag]).await?;
    rows.into_iter()
        .map(|mut row| carrier(deed, &mut row))
        .collect()
}

/// The carrier, if it is this town's.
pub async fn find_carrier(
    conn: &mut Conn,
    deed: &Deed,
    id: CarrierId,
) -> Result<Option<Carrier>, Refusal> {
    let row = conn.one(FIND, &args![deed.network(), id]).await?;
    row.map(|mut row| carrier(deed, &mut row)).transpose()
}

/// The number on a carrier, whose it is or was, and whether both are in use.
pub async fn find_carried(
    conn: &mut Conn,
    deed: &Deed,
    id: CarrierId,
) -> Result<Option<Carried>, Error> {
    let row = conn.one(USE, &args![deed.network(), id]).await?;
    let carried = row.map(|mut row| {
        let state = State::from_code(&row.text(2)?);
        let state = state.ok_or_else(|| Error::Shape("tags.state".to_owned()))?;
        Ok(Carried {
            tag: TagId(row.int(0)?),
            person: row.maybe_int(1)?.map(PersonId),
            in_use: state == State::Bound && row.maybe_int(3)?.is_none(),
        })
    });
    carried.transpose()
}

/// The carriers of the next `most` numbers of a batch, in the order in which they were made.
pub async fn list_for_maker(
    conn: &mut Conn,
    deed: &Deed,
    batch: RowId,
    after: TagId,
    most: u32,
) -> Result<Vec<(Number, Carrier)>, Refusal> {
    let args = args![deed.network(), batch, after, most];
    let rows = conn.rows(FOR_MAKER, &args).await?;
    rows.into_iter()
        .map(|mut row| {
            let (carrier, sealed) = (carrier(deed, &mut row)?, row.blob(7)?);
            let number = numbers::open(&deed.keys, carrier.tag, NumberKind::Ours, &sealed)?;
            Ok((number, carrier))
        })
        .collect()
}

/// Shuts a carrier's QR off, or opens it again (`None`); `Changed` where it is so already.
pub async fn save_shut(
    conn: &mut Conn,
    deed: &Deed,
    id: CarrierId,
    why: Option<ShutWhy>,
) -> Result<(), Error> {
    match why {
        Some(why) => {
            conn.exec_one(SHUT, &args![deed.network(), id, deed.at(), why.code()])
                .await
        }
        None => conn.exec_one(OPEN, &args![deed.network(), id]).await,
    }
}

/// Shuts every QR of a number that goes out of use.
pub async fn shut_with_number(conn: &mut Conn, deed: &Deed, tag: TagId) -> Result<(), Error> {
    let args = args![deed.network(), tag, deed.at()];
    conn.exec(SHUT_WITH_NUMBER, &args).await.map(drop)
}

/// Opens again what was shut with its number.
pub async fn open_with_number(conn: &mut Conn, deed: &Deed, tag: TagId) -> Result<(), Error> {
    conn.exec(OPEN_WITH_NUMBER, &args![deed.network(), tag])
        .await
        .map(drop)
}

fn carrier(deed: &Deed, row: &mut Row) -> Result<Carrier, Refusal> {
    let shape = || Error::Shape("carriers.kind or carriers.shut_why".to_owned());
    let id = CarrierId(row.int(0)?);
    let secret = deed.keys.open(&address_place(id), &row.blob(3)?)?;
    let why = row
        .maybe_text(6)?
        .and_then(|code| ShutWhy::from_code(&code));
    Ok(Carrier {
        id,
        tag: TagId(row.int(1)?),
        kind: CarrierKind::from_code(&row.text(2)?).ok_or_else(shape)?,
        secret: String::from_utf8(secret.to_vec()).map_err(|_| SealError::Malformed)?,
        made_at: instant(row.int(4)?),
        shut: row.maybe_int(5)?.map(instant).zip(why),
    })
}
