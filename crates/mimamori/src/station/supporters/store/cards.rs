//! Cards ↔ rows.

use db::{Conn, Error, Row, Sql, args, sql};
use seal::{Chance, Place, SealError, SecretToken};
use words::card_number::CardNumber;

use crate::clock::instant;
use crate::deed::{Deed, Unmoved};
use crate::ids::{RowId, SupporterId};
use crate::station::supporters::rules::{Card, CardState, Refusal};

macro_rules! select {
    ($rest:literal) => {
        sql(concat!(
            "SELECT id, supporter, number, state, made_at, ended_at
             FROM supporter_cards WHERE network = $1 ",
            $rest
        ))
    };
}

const OF_SUPPORTER: Sql = select!("AND supporter = $2 ORDER BY id DESC");

const IN_USE: Sql = select!("AND state = 'in_use' ORDER BY id");

const BY_NUMBER: Sql = select!("AND number = $2");

const BY_HASH: Sql = select!("AND hash = $2");

const SECRET: Sql = sql("SELECT secret FROM supporter_cards WHERE network = $1 AND id = $2");

const INSERT: Sql = sql(
    "INSERT INTO supporter_cards (network, id, supporter, number, hash, secret, state, made_at)
     VALUES ($1, $2, $3, $4, $5, $6, 'in_use', $7)",
);

const SAVE: Sql = sql("UPDATE supporter_cards SET state = $3, ended_at = $4
     WHERE network = $1 AND id = $2 AND state = $5");

const FORGET: Sql = sql("UPDATE supporter_cards SET state = 'void', secret = $3
     WHERE network = $1 AND supporter = $2");

const SECRETS: Sql = sql("SELECT id, secret FROM supporter_cards
     WHERE network = $1 AND supporter = $2");

const RESEAL: Sql = sql("UPDATE supporter_cards SET secret = $3 WHERE network = $1 AND id = $2");

/// So often a number that is given already is drawn anew: of 90,000 a town uses some hundreds.
const TRIES: usize = 40;

/// A secret never changes, so its seal belongs to version 0 of its row.
fn place(id: RowId) -> Place {
    Place {
        table: "supporter_cards",
        column: "secret",
        row: id.0,
        version: 0,
    }
}

fn shape(what: &str) -> Error {
    Error::Shape(what.to_owned())
}

fn card(mut row: Row) -> Result<Card, Error> {
    let number = u32::try_from(row.int(2)?).ok().and_then(CardNumber::kept);
    Ok(Card {
        id: RowId(row.int(0)?),
        supporter: SupporterId(row.int(1)?),
        number: number.ok_or_else(|| shape("supporter_cards.number"))?,
        state: CardState::from_code(&row.text(3)?).ok_or_else(|| shape("supporter_cards.state"))?,
        made_at: instant(row.int(4)?),
        ended_at: row.maybe_int(5)?.map(instant),
    })
}

/// Somebody's cards, the newest first.
pub async fn list_cards(
    conn: &mut Conn,
    deed: &Deed,
    supporter: SupporterId,
) -> Result<Vec<Card>, Error> {
    let rows = conn
        .rows(OF_SUPPORTER, &args![deed.network(), supporter])
        .await?;
    rows.into_iter().map(card).collect()
}

/// Every card that is in use.
pub async fn list_cards_in_use(conn: &mut Conn, deed: &Deed) -> Result<Vec<Card>, Error> {
    let rows = conn.rows(IN_USE, &args![deed.network()]).await?;
    rows.into_iter().map(card).collect()
}

/// The card with this number.
pub async fn card_by_number(
    conn: &mut Conn,
    deed: &Deed,
    number: CardNumber,
) -> Result<Option<Card>, Error> {
    let args = args![deed.network(), i64::from(number.number())];
    conn.one(BY_NUMBER, &args).await?.map(card).transpose()
}

/// The card with this secret.
pub async fn card_by_secret(
    conn: &mut Conn,
    deed: &Deed,
    secret: &SecretToken,
) -> Result<Option<Card>, Error> {
    let args = args![deed.network(), secret.hash().to_vec()];
    conn.one(BY_HASH, &args).await?.map(card).transpose()
}

/// What stands in a card's QR, for printing it.
pub async fn secret_of(conn: &mut Conn, deed: &Deed, id: RowId) -> Result<String, Refusal> {
    let row = conn.one(SECRET, &args![deed.network(), id]).await?;
    let sealed = row.ok_or(Refusal::NotFound)?.blob(0)?;
    let secret = deed.keys.open(&place(id), &sealed)?;
    Ok(String::from_utf8(secret.to_vec()).map_err(|_| SealError::Malformed)?)
}

/// A number that no card of the town has.
async fn fresh_number(conn: &mut Conn, deed: &Deed) -> Result<CardNumber, Refusal> {
    for _ in 0..TRIES {
        let mut bytes = [0; 4];
        deed.dice.clone().fill(&mut bytes);
        let number = CardNumber::of(u32::from_le_bytes(bytes));
        if card_by_number(conn, deed, number).await?.is_none() {
            return Ok(number);
        }
    }
    Err(Refusal::TooMany)
}

/// Makes a card with a number and a secret of its own.
pub async fn insert_card(
    conn: &mut Conn,
    deed: &Deed,
    supporter: SupporterId,
) -> Result<RowId, Refusal> {
    let number = fresh_number(conn, deed).await?;
    let chance = &mut deed.dice.clone();
    let (id, secret) = (RowId(deed.new_id()), SecretToken::new_short(chance));
    let sealed = deed.keys.seal(&place(id), secret.text().as_bytes(), chance);
    let args = args![
        deed.network(),
        id,
        supporter,
        i64::from(number.number()),
        secret.hash().to_vec(),
        sealed,
        deed.at()
    ];
    conn.exec_one(INSERT, &args).await?;
    Ok(id)
}

/// Keeps where a card stands now, unless it stands elsewhere than was thought.
pub async fn save_card(
    conn: &mut Conn,
    deed: &Deed,
    card: &Card,
    now: CardState,
) -> Result<(), Refusal> {
    let ended = (now != CardState::InUse).then(|| deed.at());
    let args = args![
        deed.network(),
        card.id,
        now.code(),
        ended,
        card.state.code()
    ];
    match conn.exec(SAVE, &args).await? {
        1 => Ok(()),
        _ => Err(Refusal::Changed),
    }
}

/// Somebody's cards lead nowhere any more.
pub(super) async fn forget_cards(
    conn: &mut Conn,
    deed: &Deed,
    supporter: SupporterId,
) -> Result<(), Error> {
    let args = args![deed.network(), supporter, Vec::<u8>::new()];
    conn.exec(FORGET, &args).await.map(drop)
}

/// Seals the secrets of somebody's cards under the current key.
pub(super) async fn reseal_cards(
    conn: &mut Conn,
    deed: &Deed,
    supporter: SupporterId,
) -> Result<u64, Unmoved> {
    let mut moved = 0;
    for mut row in conn
        .rows(SECRETS, &args![deed.network(), supporter])
        .await?
    {
        let id = RowId(row.int(0)?);
        if let Some(fresh) = deed.resealed(&place(id), &row.blob(1)?)? {
            moved += conn.exec(RESEAL, &args![deed.network(), id, fresh]).await?;
        }
    }
    Ok(moved)
}
