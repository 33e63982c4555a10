//! A case begins.

use db::{Conn, Db};

use super::{me, note};
use crate::cases::rules::{Access, Body, NewCase, Origin, Refusal};
use crate::cases::store;
use crate::deed::Deed;
use crate::ids::{CaseId, ConsultationId, NoticeId, PersonId};
use crate::notices::Ending;
use crate::scope::{NoRight, Right};
use crate::{consultations, notices, people};

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

/// Opens a case out of a notice, which ends with it. Whom the notice is tied to is whose case it is.
///
/// A case for named people ends the notice as one that the center keeps an eye on: what everybody of
/// the center reads, and what who told may hear, shall not say that somebody is supported.
pub async fn open_from_notice(
    db: &Db,
    deed: &Deed,
    (id, version): (NoticeId, i64),
    (body, access): (Body, Access),
) -> Result<CaseId, Refusal> {
    let deed = deed.clone();
    db.write(move |conn| {
        Box::pin(async move {
            let (ending, reason) = match access {
                Access::Center => (Ending::Case, "支援を始めました。"),
                Access::Named => (Ending::Watch, "センターの職員が引き続き確かめます。"),
            };
            let notice = notices::end_in(conn, &deed, id, version, ending, reason).await?;
            let from = (notice.person, Origin::notice(id));
            begin(conn, &deed, from, (body, access)).await
        })
    })
    .await
}

/// Opens a case out of a consultation; it is finished where it is one's own center's. Another
/// center's stays as that center keeps it.
pub async fn open_from_consultation(
    db: &Db,
    deed: &Deed,
    (id, version): (ConsultationId, i64),
    (body, access): (Body, Access),
) -> Result<CaseId, Refusal> {
    let deed = deed.clone();
    db.write(move |conn| {
        Box::pin(async move {
            let one = consultations::close_in(conn, &deed, id, version).await?;
            let from = (one.person, Origin::consultation(id));
            begin(conn, &deed, from, (body, access)).await
        })
    })
    .await
}

async fn begin(
    conn: &mut Conn,
    deed: &Deed,
    (person, origin): (Option<PersonId>, Origin),
    (mut body, access): (Body, Access),
) -> Result<CaseId, Refusal> {
    body.origin = Some(origin);
    let new = NewCase {
        people: person.into_iter().collect(),
        center: deed.scope.center.ok_or(NoRight)?,
        lead: None,
        access,
        body,
    };
    open_in(conn, deed, new).await
}
