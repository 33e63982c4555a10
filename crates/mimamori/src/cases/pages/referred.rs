//! A referral as the room of papers writes it to the organisation.

use super::gate::enter;
use super::parts::who;
use crate::audit::Fields;
use crate::cases::rules::{self, Case, Consent, Handover, How, Purpose, Refusal};
use crate::cases::store;
use crate::clock::in_japan;
use crate::front::{Asked, Problem};
use crate::ids::RowId;
use crate::people::{self, DeskView, Names};

/// What its letter may tell.
pub struct Referred {
    /// The case.
    pub case: Case,
    /// Who was referred; nobody where it is a place, or somebody who is not registered.
    pub people: Vec<DeskView>,
    /// What was referred to whom.
    pub handover: Handover,
    /// The consent that it stands on; nothing where it was done without by right.
    pub consent: Option<Consent>,
    /// Who is in charge.
    pub lead: String,
}

/// A referral for its letter, after the sight of the case is durable. What its consent does not carry,
/// or no longer, is not written to anybody.
pub async fn referred(asked: &Asked, id: RowId) -> Result<Referred, Problem> {
    let mut conn = asked.read().await?;
    let handover = store::find_handover(&mut conn, &asked.deed, id).await?;
    let case = store::find(&mut conn, &asked.deed, handover.case).await?;
    if handover.how != How::Refer {
        return Err(Problem::NotFound);
    }
    case.must_be_run_by(&asked.deed.scope)?;
    let today = in_japan(asked.deed.now).date();
    let consent = match handover.consent {
        Some(consent) => {
            let one =
                store::find_entry::<Consent>(&mut conn, &asked.deed, case.id, consent).await?;
            if !rules::stands_on(&one, Purpose::Referral, today) {
                return Err(Refusal::NoConsent.into());
            }
            Some(one.body)
        }
        None if handover.overridden => None,
        None => return Err(Refusal::NoConsent.into()),
    };
    let names = Names::read_all(&mut conn, &asked.deed).await?;
    let mut told_of = Vec::new();
    for one in &handover.told.people {
        // Of two records of one person the other may be kept by now.
        told_of.extend(people::now_of(&mut conn, &asked.deed, *one).await?);
    }
    drop(conn);
    let opened = enter(asked, case.id, Fields::IDENTITY).await?;
    let mut people = opened.people;
    // Nobody agreed for whoever came into the case since then.
    people.retain(|one| {
        let name = one.identity.value.name.to_string();
        rules::was_told_of(&handover.told, &told_of, (one.id, &name))
    });
    if people.is_empty() && handover.told.who.is_empty() {
        return Err(Refusal::NobodyTold.into());
    }
    Ok(Referred {
        lead: who(&names, opened.case.lead),
        case: opened.case,
        people,
        handover,
        consent,
    })
}
