//! A tier is opened for the caller.

use db::{Conn, Db};

use crate::audit::{self, Line, Verb, Why};
use crate::deed::Deed;
use crate::desk::rules::{Inquiry, Refusal, Tier};
use crate::desk::store;
use crate::ids::InquiryId;
use crate::networks::Text;
use crate::people;
use crate::scope::Right;

/// Opens a tier on a legal basis; twice is once. What was told can't be untold.
pub async fn tell(
    db: &Db,
    deed: &Deed,
    id: InquiryId,
    tier: Tier,
    basis: Text,
) -> Result<(), Refusal> {
    deed.scope.need(Right::Desk)?;
    let deed = deed.clone();
    db.write(move |conn| {
        Box::pin(async move {
            let inquiry = store::find(conn, &deed, id).await?;
            inquiry.must_be_open()?;
            may_tell(conn, &deed, &inquiry, tier).await?;
            tell_in(conn, &deed, &inquiry, tier, basis).await
        })
    })
    .await
}

async fn may_tell(
    conn: &mut Conn,
    deed: &Deed,
    inquiry: &Inquiry,
    tier: Tier,
) -> Result<(), Refusal> {
    if !tier.is_open_to(&deed.scope, inquiry.kind) {
        return Err(Refusal::TierClosed);
    }
    let standing = people::find_standing(conn, deed, inquiry.person).await?;
    let standing = standing.ok_or(Refusal::NotFound)?;
    let withdrawn = standing.state == people::State::Withdrawn;
    if withdrawn && !deed.scope.rights.has(Right::ReadPeople) {
        return Err(Refusal::Withdrawn);
    }
    Ok(())
}

/// Keeps the disclosure and its line.
pub(super) async fn tell_in(
    conn: &mut Conn,
    deed: &Deed,
    inquiry: &Inquiry,
    tier: Tier,
    basis: Text,
) -> Result<(), Refusal> {
    if store::insert_told(conn, deed, inquiry.id, tier, basis).await? {
        let line = Line::new(Verb::Disclosed, Some(inquiry.person), tier.fields());
        let line = line.because(Why::Basis(inquiry.id, basis.code().to_owned()));
        audit::record(conn, deed, inquiry.came.mark(line)).await?;
    }
    Ok(())
}
