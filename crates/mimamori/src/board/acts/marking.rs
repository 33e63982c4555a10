//! What the desk does with a finding, beside answering.

use db::Db;

use super::mailing::mail_contacts;
use super::{of_desk, record, still_open};
use crate::board::rules::Refusal;
use crate::board::store;
use crate::deed::Deed;
use crate::ids::InquiryId;

/// Marks it as a false alarm, or takes the mark back; also after the inquiry ended.
pub async fn mark_false(db: &Db, deed: &Deed, inquiry: InquiryId, is: bool) -> Result<(), Refusal> {
    let deed = deed.clone();
    db.write(move |conn| {
        Box::pin(async move {
            let find = of_desk(conn, &deed, inquiry).await?;
            store::save_false(conn, &deed, inquiry, is).await?;
            let words = if is {
                "まちがい・いたずらの印をつけた"
            } else {
                "まちがい・いたずらの印を消した"
            };
            Ok(record(conn, &deed, &find, words).await?)
        })
    })
    .await
}

/// Mails contacts because the desk says so, whatever came in; gives how many.
pub async fn mail_again(
    db: &Db,
    deed: &Deed,
    inquiry: InquiryId,
    public_url: &str,
) -> Result<usize, Refusal> {
    let (deed, public_url) = (deed.clone(), public_url.to_owned());
    db.write(move |conn| {
        Box::pin(async move {
            of_desk(conn, &deed, inquiry).await?;
            let find = still_open(conn, &deed, inquiry).await?;
            mail_contacts(conn, &deed, &find, &public_url).await
        })
    })
    .await
}
