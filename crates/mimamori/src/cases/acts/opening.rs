//! A case begins.

use db::{Conn, Db};

use super::{me, note};
use crate::cases::rules::{Access, Body, NewCase, Origin, Refusal, State};
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
pub async fn open_in(conn: &mut Conn, deed: &Deed, new: NewCase) -> Result<CaseId, Refusal> {
    let number = store::next_number(conn, deed).await?;
    open_as(conn, deed, number, new).await
}

async fn open_as(
    conn: &mut Conn,
    deed: &Deed,
    number: i64,
    mut new: NewCase,
) -> Result<CaseId, Refusal> {
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
/// A case for named people ends the notice as one that the center keeps an eye on, for the reason that
/// whoever begins it writes (`kept`): what everybody of the center reads, and what who told may hear,
/// shall not say that somebody is supported, and words that nobody types would say so.
pub async fn open_from_notice(
    db: &Db,
    deed: &Deed,
    (id, version): (NoticeId, i64),
    (body, access): (Body, Access),
    kept: String,
) -> Result<CaseId, Refusal> {
    let deed = deed.clone();
    db.write(move |conn| {
        Box::pin(async move {
            let (ending, reason) = match access {
                Access::Center => (Ending::Case, "支援を始めました。"),
                Access::Named => (Ending::Watch, kept.as_str()),
            };
            if reason.is_empty() {
                return Err(Refusal::NoWords);
            }
            let number = first_of(conn, &deed, Origin::notice(id)).await?;
            let notice = notices::end_in(conn, &deed, id, version, ending, reason).await?;
            let from = (notice.person, Origin::notice(id));
            begin(conn, &deed, (number, from), (body, access)).await
        })
    })
    .await
}

/// Opens a case out of a consultation; it is finished where it is one's own center's. Another
/// center's stays as that center keeps it. Where the case is for named people it is finished by what
/// reads like any correction.
pub async fn open_from_consultation(
    db: &Db,
    deed: &Deed,
    (id, version): (ConsultationId, i64),
    (body, access): (Body, Access),
) -> Result<CaseId, Refusal> {
    let deed = deed.clone();
    db.write(move |conn| {
        Box::pin(async move {
            let act = match access {
                Access::Center => consultations::Act::Closed,
                Access::Named => consultations::Act::Corrected,
            };
            let number = first_of(conn, &deed, Origin::consultation(id)).await?;
            let one = consultations::close_in(conn, &deed, (id, version), act).await?;
            let from = (one.person, Origin::consultation(id));
            begin(conn, &deed, (number, from), (body, access)).await
        })
    })
    .await
}

/// The number of the first open case that begins with something: whoever presses twice is led to the
/// one that began. A case that this account does not see refuses nothing, since that would tell of it.
async fn first_of(conn: &mut Conn, deed: &Deed, origin: Origin) -> Result<i64, Refusal> {
    // Taking the number waits for whoever took the last, so that of two presses at once the second
    // sees the first one's case.
    let number = store::next_number(conn, deed).await?;
    let there = store::list_for_origin(conn, deed, origin).await?;
    match there.iter().find(|case| case.state == State::Open) {
        Some(case) => Err(Refusal::Begun(case.id)),
        None => Ok(number),
    }
}

async fn begin(
    conn: &mut Conn,
    deed: &Deed,
    (number, (person, origin)): (i64, (Option<PersonId>, Origin)),
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
    open_as(conn, deed, number, new).await
}
