//! Somebody without a card signs up on the web, finds it again by a number, and calls off.

use db::{Conn, Db};

use super::{Wish, end_in, sign_up_in, take_in};
use crate::deed::Deed;
use crate::ids::RowId;
use crate::station::courses;
use crate::station::signups::rules::{Code, Guest, Refusal, Signup, State, What, Who, begins};
use crate::station::signups::store;

/// Somebody signs up. Gives the number by which they find it again; the same form gives the same.
///
/// Nobody is compared with who is there already: the answer would tell whoever types another's name and
/// telephone where that person goes. Two of one name and number are shown to the counter.
pub async fn sign_up_guest(
    db: &Db,
    deed: &Deed,
    (day, guest): (RowId, Guest),
    nonce: i64,
) -> Result<(Signup, Code), Refusal> {
    let deed = deed.clone();
    db.write(move |conn| {
        Box::pin(async move {
            let of = courses::find_day(conn, &deed, day).await?;
            if !of.details.shown {
                return Err(Refusal::NotFound);
            }
            if begins(&of) <= deed.now {
                return Err(Refusal::IsOver);
            }
            let code = Code::of(deed.lasting_token(&[b"signups.form", &nonce.to_be_bytes()]));
            let wish = Wish {
                day,
                who: Who::Guest(guest),
                note: String::new(),
                nonce,
            };
            let id = sign_up_in(conn, &deed, wish).await?;
            store::put_code(conn, &deed, id, code).await?;
            Ok((store::find(conn, &deed, id).await?, code))
        })
    })
    .await
}

/// The sign-up of a number.
pub async fn find_by_code(conn: &mut Conn, deed: &Deed, code: Code) -> Result<Signup, Refusal> {
    let found = store::find_by_code(conn, deed, code).await?;
    found.ok_or(Refusal::NotFound)
}

/// Whoever has the number calls off, or answers what they were offered.
pub async fn answer_by_code(
    db: &Db,
    deed: &Deed,
    (code, version): (Code, i64),
    how: What,
) -> Result<(), Refusal> {
    let deed = deed.clone();
    db.write(move |conn| {
        Box::pin(async move {
            let one = find_by_code(conn, &deed, code).await?;
            let upon = (one.id, version);
            match (how, one.state) {
                (What::Took, State::Offered) => take_in(conn, &deed, upon).await?,
                // Who only waits is called, near the beginning.
                (What::Took, _) => return Err(Refusal::NotTheirTurn),
                (What::Declined, State::Offered) => {
                    end_in(conn, &deed, upon, What::Declined).await?
                }
                _ => end_in(conn, &deed, upon, What::Cancelled).await?,
            };
            Ok(())
        })
    })
    .await
}
