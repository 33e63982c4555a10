//! Erasing what is known of a supporter. That there was one stays, since what was paid and given has to
//! add up.

use db::{Conn, Sql, args, sql};

use super::aways::forget_aways;
use super::cards::forget_cards;
use super::fees::forget_years;
use super::receipts::forget_receipts;
use super::rows::{find, list_of_person, save};
use crate::deed::Deed;
use crate::ids::{PersonId, SupporterId};
use crate::people;
use crate::station::supporters::rules::{Details, Refusal, Supporter, Terms};

// The words of what was given to them go; the amounts stay.
const FORGET_VOUCHERS: Sql = sql("UPDATE voucher_lines SET kept = $3
     WHERE network = $1 AND supporter = $2");

/// Erases what is known of whoever is this person of the register.
pub async fn forget_in(
    conn: &mut Conn,
    deed: &Deed,
    person: PersonId,
) -> Result<(), people::Refusal> {
    for one in list_of_person(conn, deed, person).await.map_err(below)? {
        empty(conn, deed, one).await.map_err(below)?;
    }
    Ok(())
}

/// Erases what is known of somebody.
pub async fn forget_supporter(
    conn: &mut Conn,
    deed: &Deed,
    id: SupporterId,
) -> Result<(), Refusal> {
    let one = find(conn, deed, id).await?;
    empty(conn, deed, one).await
}

async fn empty(conn: &mut Conn, deed: &Deed, one: Supporter) -> Result<(), Refusal> {
    let nobody = Supporter {
        person: None,
        tied_by: String::new(),
        details: Details::default(),
        terms: Terms::default(),
        ..one
    };
    save(conn, deed, &nobody).await?;
    forget_cards(conn, deed, nobody.id).await?;
    forget_years(conn, deed, nobody.id).await?;
    forget_receipts(conn, deed, nobody.id).await?;
    let args = args![deed.network(), nobody.id, Vec::<u8>::new()];
    conn.exec(FORGET_VOUCHERS, &args).await?;
    Ok(forget_aways(conn, deed, nobody.id).await?)
}

/// What another room, which walks through all of them, is told.
pub fn below(refusal: Refusal) -> people::Refusal {
    match refusal {
        Refusal::Db(error) => error.into(),
        Refusal::Seal(error) => error.into(),
        Refusal::People(refusal) => refusal,
        // Somebody saved in between: it is done again from its beginning.
        Refusal::Changed => db::Error::Changed.into(),
        _ => people::Refusal::NotFound,
    }
}
