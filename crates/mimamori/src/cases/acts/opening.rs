//! A case begins.

use db::{Conn, Db};

use super::{me, note};
use crate::cases::rules::{NewCase, Refusal};
use crate::cases::store;
use crate::deed::Deed;
use crate::ids::CaseId;
use crate::people;
use crate::scope::{NoRight, Right};

/// Opens a case.
pub async fn open(db: &Db, deed: &Deed, new: NewCase) -> Result<CaseId, Refusal> {
    let deed = deed.clone();
    db.write(move |conn| Box::pin(async move { open_in(conn, &deed, new).await }))
        .await
}

/// Opens a case within the transaction of the deed that asks for it. It is whoever acts that is in
/// charge, unless somebody is named.
pub async fn open_in(conn: &mut Conn, deed: &Deed, mut new: NewCase) -> Result<CaseId, Refusal> {
    deed.scope.need(Right::Support)?;
    // Nobody of a center writes into another one's cases.
    if deed.scope.center.is_some_and(|own| own != new.center) {
        return Err(NoRight.into());
    }
    if new.people.is_empty() && new.body.about.is_empty() {
        return Err(Refusal::Nobody);
    }
    new.lead = new.lead.or(me(deed));
    let id = CaseId(deed.new_id());
    let number = store::next_number(conn, deed).await?;
    store::insert(conn, deed, (id, number), &new).await?;
    for person in &new.people {
        let person = people::now_of(conn, deed, *person).await?;
        let person = person.ok_or(Refusal::NotFound)?;
        store::add_person(conn, deed, id, person).await?;
    }
    note(conn, deed, id, "支援の開始").await?;
    Ok(id)
}
