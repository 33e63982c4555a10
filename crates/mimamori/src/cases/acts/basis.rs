//! What a hand-over stands on: nothing where the case follows the person, a consent to whoever
//! receives it, or a right of its own with a reason.

use db::Conn;

use super::note;
use crate::audit::{self, Fields, Line, Verb, Why};
use crate::cases::rules::{
    Consent, Fit, Given, Handover, How, Receiver, Refusal, WhyTransfer, is_to, needs_consent,
    stands_on,
};
use crate::cases::store;
use crate::clock::in_japan;
use crate::deed::Deed;
use crate::ids::{CaseId, CenterId, RowId};
use crate::people::{self, State};
use crate::scope::Right;

/// What is to be done with a case, and to whom it goes.
pub(super) struct Wanted {
    /// Which act.
    pub how: How,
    /// Why it goes to another center.
    pub why: Option<WhyTransfer>,
    /// To whom, where the town knows them.
    pub receiver: Option<Receiver>,
    /// To whom, by name.
    pub name: String,
}

/// On what it is done.
pub(super) enum Basis {
    /// The law asks for none.
    NoneNeeded,
    /// This consent.
    Consent(RowId),
    /// Without, for this reason.
    Without(String),
}

/// What the act stands on. Doing it without the consent that it needs is written down by a verb of
/// its own, and only whoever may.
pub(super) async fn basis(
    conn: &mut Conn,
    deed: &Deed,
    case: CaseId,
    wanted: &Wanted,
    given: &Given,
) -> Result<Basis, Refusal> {
    let follows = match wanted.receiver {
        Some(Receiver::Center(to)) => belongs_to(conn, deed, case, to).await?,
        _ => false,
    };
    let Some(purpose) = needs_consent(wanted.how, wanted.why, follows) else {
        return Ok(Basis::NoneNeeded);
    };
    if let Some(id) = given.consent {
        let consent = store::find_entry::<Consent>(conn, deed, case, id).await?;
        if !stands_on(&consent, purpose, in_japan(deed.now).date()) {
            return Err(Refusal::NoConsent);
        }
        match is_to(&consent.body, (wanted.receiver, &wanted.name)) {
            Fit::Same => (),
            Fit::Other => return Err(Refusal::OtherReceiver),
            Fit::Ask if !given.same => return Err(Refusal::SameReceiver),
            // Who said so stands in the audit, should the person ask why it went there.
            Fit::Ask => note(conn, deed, case, "同意の相手と渡す相手が同じことの確認").await?,
        }
        return Ok(Basis::Consent(id));
    }
    if given.without.is_empty() {
        return Err(match wanted.why {
            Some(WhyTransfer::Moved | WhyTransfer::Areas) => Refusal::NotMoved,
            _ => Refusal::NoConsent,
        });
    }
    deed.scope.need(Right::OverrideConsent)?;
    let line = Line::new(Verb::ConsentOverridden, None, Fields::NOTHING);
    let line = line.because(Why::Case(case)).saying(wanted.how.word());
    audit::record(conn, deed, line).await?;
    Ok(Basis::Without(given.without.clone()))
}

/// Whether all whom the case is about and who live here belong to a center by their address. A
/// household of which one moved does not follow: whoever stayed is asked.
async fn belongs_to(
    conn: &mut Conn,
    deed: &Deed,
    case: CaseId,
    center: CenterId,
) -> Result<bool, Refusal> {
    let mut anybody = false;
    for person in store::list_people(conn, deed, case).await? {
        let standing = people::find_standing(conn, deed, person).await?;
        let Some(standing) = standing.filter(|one| one.state == State::Registered) else {
            continue;
        };
        if standing.center != Some(center) {
            return Ok(false);
        }
        // Whoever edits records may put somebody under a center by hand: one click would stand in for
        // the person's consent. Only where they live, or whose area it is, does.
        if standing.center_by_hand && people::home_of(conn, deed, person).await? != Some(center) {
            return Ok(false);
        }
        anybody = true;
    }
    Ok(anybody)
}

/// What an offer stands on has to hold on the day on which the case is taken, too.
pub(super) async fn must_still_stand(
    conn: &mut Conn,
    deed: &Deed,
    (row, to): (&Handover, CenterId),
) -> Result<(), Refusal> {
    let follows = belongs_to(conn, deed, row.case, to).await?;
    let needed = needs_consent(row.how, row.told.why, follows);
    let Some(purpose) = needed.filter(|_| !row.overridden) else {
        return Ok(());
    };
    let consent = row.consent.ok_or(Refusal::NoConsent)?;
    let consent = store::find_entry::<Consent>(conn, deed, row.case, consent).await?;
    match stands_on(&consent, purpose, in_japan(deed.now).date()) {
        true => Ok(()),
        false => Err(Refusal::NoConsent),
    }
}
