//! Between day and night an inquiry goes from hand to hand, by name.

use db::{Conn, Db};

use super::noting::add;
use crate::audit::Verb;
use crate::deed::Deed;
use crate::desk::rules::{Holder, Refusal, Said, StepKind};
use crate::desk::store;
use crate::ids::{InquiryId, StaffId};
use crate::scope::{NoRight, Right, Role};
use crate::staff;

/// To whom an inquiry is handed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum To {
    /// Somebody by name.
    Staff(StaffId),
    /// Whoever works there.
    Role(Role),
}

/// Offers it to somebody; until they take it, it shows as nobody's.
pub async fn hand_over(
    db: &Db,
    deed: &Deed,
    id: InquiryId,
    to: To,
    words: String,
) -> Result<(), Refusal> {
    deed.scope.need(Right::Desk)?;
    let deed = deed.clone();
    db.write(move |conn| {
        Box::pin(async move {
            let inquiry = store::find(conn, &deed, id).await?;
            inquiry.must_be_open()?;
            let (holder, name) = match to {
                To::Role(role) => (Holder::OfferedRole(role), role.code().to_owned()),
                To::Staff(staff) => {
                    let account = staff::find_account(conn, &deed.scope, &deed.keys, staff).await?;
                    let account = account.filter(|one| one.works(Right::Desk, deed.now));
                    (
                        Holder::OfferedTo(staff),
                        account.ok_or(Refusal::NoStaff)?.card.name,
                    )
                }
            };
            store::save_holder(conn, &deed, &inquiry, holder).await?;
            let step = super::step(&deed, StepKind::HandOver, Said { name, words });
            add(conn, &deed, &inquiry, &step, Verb::HandedOver).await
        })
    })
    .await
}

/// Nobody has any more what this account held, within the transaction of the deed that ends it.
pub async fn give_back_all_in(conn: &mut Conn, deed: &Deed, staff: StaffId) -> Result<(), Refusal> {
    for inquiry in store::list_open(conn, deed).await? {
        if inquiry.holder != Holder::Staff(staff) {
            continue;
        }
        store::save_holder(conn, deed, &inquiry, Holder::Nobody).await?;
        let words = "担当者のアカウントが終わりました".to_owned();
        let said = Said {
            words,
            ..Said::default()
        };
        let step = super::step(deed, StepKind::HandOver, said);
        add(conn, deed, &inquiry, &step, Verb::HandedOver).await?;
    }
    Ok(())
}

/// Takes it, from nobody or from somebody; who had it before stays in the history.
pub async fn take(db: &Db, deed: &Deed, id: InquiryId) -> Result<(), Refusal> {
    deed.scope.need(Right::Desk)?;
    let me = store::who(deed).ok_or(NoRight)?;
    let deed = deed.clone();
    db.write(move |conn| {
        Box::pin(async move {
            let inquiry = store::find(conn, &deed, id).await?;
            inquiry.must_be_open()?;
            store::save_holder(conn, &deed, &inquiry, Holder::Staff(me)).await?;
            let step = super::step(&deed, StepKind::Take, Said::default());
            add(conn, &deed, &inquiry, &step, Verb::HandedOver).await
        })
    })
    .await
}
