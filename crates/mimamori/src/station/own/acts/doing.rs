//! What somebody does on their own page.

use db::Db;

use super::opening::visiting;
use crate::deed::Deed;
use crate::ids::RowId;
use crate::station::courses;
use crate::station::own::rules::Refusal;
use crate::station::own::store;
use crate::station::signups::{self, Signup, State, What, Who, Wish};

/// They sign up. Gives how the sign-up stands.
pub async fn sign_up(
    db: &Db,
    deed: &Deed,
    hash: [u8; 32],
    (day, nonce): (RowId, i64),
) -> Result<State, Refusal> {
    let deed = deed.clone();
    db.write(move |conn| {
        Box::pin(async move {
            let visit = visiting(conn, &deed, &hash).await?;
            store::touch(conn, &deed, &hash).await?;
            // What is not for everybody to read is asked for at the counter.
            if !courses::find_day(conn, &deed, day).await?.details.shown {
                return Err(Refusal::NotFound);
            }
            let wish = Wish {
                day,
                who: Who::Supporter(visit.supporter.id),
                note: String::new(),
                nonce,
            };
            let id = signups::sign_up_in(conn, &deed, wish).await?;
            Ok(theirs(conn, &deed, &visit, id).await?.state)
        })
    })
    .await
}

/// They call off, or answer what they were offered.
pub async fn answer(
    db: &Db,
    deed: &Deed,
    hash: [u8; 32],
    (of, version): (RowId, i64),
    how: What,
) -> Result<State, Refusal> {
    let deed = deed.clone();
    db.write(move |conn| {
        Box::pin(async move {
            let visit = visiting(conn, &deed, &hash).await?;
            store::touch(conn, &deed, &hash).await?;
            let one = theirs(conn, &deed, &visit, of).await?;
            let upon = (of, version);
            match (how, one.state) {
                // Who only waits is called, near the beginning.
                (What::Took, State::Offered) => signups::take_in(conn, &deed, upon).await?,
                (What::Took, _) => return Err(signups::Refusal::NotTheirTurn.into()),
                (What::Declined, State::Offered) => {
                    signups::end_in(conn, &deed, upon, What::Declined).await?
                }
                _ => signups::end_in(conn, &deed, upon, What::Cancelled).await?,
            };
            Ok(theirs(conn, &deed, &visit, of).await?.state)
        })
    })
    .await
}

/// The sign-up, if it is theirs.
async fn theirs(
    conn: &mut db::Conn,
    deed: &Deed,
    visit: &super::super::rules::Visit,
    id: RowId,
) -> Result<Signup, Refusal> {
    let one = signups::find(conn, deed, id).await?;
    match one.who.supporter() == Some(visit.supporter.id) {
        true => Ok(one),
        false => Err(Refusal::NotFound),
    }
}
