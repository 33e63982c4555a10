//! Giving a case away: to a colleague, to another center, to an organisation. Three acts, each a row
//! of its own; the sender's side of them.

use db::{Conn, Db};
use jiff::civil::Date;

use super::basis::{Basis, Wanted, basis};
use super::steps::open_task;
use super::{end_task, me, note, reviews, seen, seen_open, sharing, steps};
use crate::audit::{self, Fields, Line, Verb, Why};
use crate::cases::rules::{
    Access, Case, Given, Handover, HandoverState, How, Receiver, Refusal, Told, Urgency,
    WhyTransfer,
};
use crate::cases::store;
use crate::clock::in_japan;
use crate::deed::Deed;
use crate::ids::{CaseId, CenterId, RowId, StaffId};
use crate::networks;
use crate::people::{self, Identity};

/// A case offered to another center.
#[derive(Clone)]
pub struct Offer {
    /// To which center.
    pub to: CenterId,
    /// Why.
    pub why: WhyTransfer,
    /// How soon it is to begin.
    pub urgency: Urgency,
    /// The sender's words.
    pub words: String,
    /// The consent, or why it is done without.
    pub given: Given,
}

/// A referral to an organisation.
#[derive(Clone)]
pub struct Referral {
    /// One of the town's organisations; nothing where it is only named.
    pub organisation: Option<RowId>,
    /// To whom, by name.
    pub to: String,
    /// What was given along.
    pub words: String,
    /// The consent, or why it is done without.
    pub given: Given,
}

fn told(words: String) -> Told {
    Told {
        to: String::new(),
        who: String::new(),
        people: Vec::new(),
        ages: String::new(),
        aims: String::new(),
        why: None,
        urgency: Urgency::Calm,
        words,
        overridden: String::new(),
        answer: String::new(),
    }
}

fn handover(deed: &Deed, case: &Case, how: How, told: Told) -> Handover {
    Handover {
        id: RowId(deed.new_id()),
        case: case.id,
        how,
        state: HandoverState::Done,
        from_center: case.center,
        to_center: None,
        organisation: None,
        consent: None,
        overridden: false,
        task: None,
        made_at: deed.now,
        made_by: me(deed),
        decided: None,
        told,
        version: 1,
    }
}

/// Writes down what a hand-over stands on.
fn stand(row: &mut Handover, on: Basis) {
    match on {
        Basis::NoneNeeded => (),
        Basis::Consent(id) => row.consent = Some(id),
        Basis::Without(reason) => {
            row.overridden = true;
            row.told.overridden = reason;
        }
    }
}

async fn handed(conn: &mut Conn, deed: &Deed, case: CaseId, said: &str) -> Result<(), Refusal> {
    let line = Line::new(Verb::CaseHandedOver, None, Fields::NOTHING);
    let line = line.because(Why::Case(case)).saying(said);
    Ok(audit::record(conn, deed, line).await?)
}

/// Puts colleagues of the center in charge. The tasks of the steps go with it.
pub async fn assign(
    db: &Db,
    deed: &Deed,
    id: CaseId,
    version: i64,
    (lead, second): (StaffId, Option<StaffId>),
) -> Result<(), Refusal> {
    let deed = deed.clone();
    db.write(move |conn| {
        Box::pin(async move {
            let mut case = seen_open(conn, &deed, id).await?;
            case.must_be(version)?;
            case.must_be_led_by(&deed.scope)?;
            let mut names = Vec::new();
            for staff in [Some(lead), second].into_iter().flatten() {
                names.push(sharing::must_be_of(conn, &deed, staff, case.center).await?);
            }
            case.lead = Some(lead);
            case.second = second.filter(|second| *second != lead);
            store::save(conn, &deed, &case).await?;
            steps::pass_all(conn, &deed, &case).await?;
            let told = Told {
                to: names.join("、"),
                ..told(String::new())
            };
            let row = handover(&deed, &case, How::Assign, told);
            store::insert_handover(conn, &deed, &row).await?;
            handed(conn, &deed, id, "担当を決めました").await
        })
    })
    .await
}

/// Whom a case is about, as its receiver may read it before taking it: names, ages. With them what
/// else is `told`.
async fn about(conn: &mut Conn, deed: &Deed, case: &Case, told: Told) -> Result<Told, Refusal> {
    let (mut names, mut ages, mut theirs) = (Vec::new(), Vec::new(), Vec::new());
    let today = in_japan(deed.now).date();
    for person in store::list_people(conn, deed, case.id).await? {
        let identity = people::find_group::<Identity>(conn, deed, person).await?;
        if let Some(identity) = identity {
            names.push(identity.value.name.to_string());
            ages.push(identity.value.born.age_on(today).to_string());
            theirs.push(person);
        }
    }
    if names.is_empty() {
        names.push(case.body.about.clone());
    }
    Ok(Told {
        who: names.join("、"),
        ages: ages.join("、"),
        people: theirs,
        ..told
    })
}

/// How soon the receiver's task is due.
async fn due(
    conn: &mut Conn,
    deed: &Deed,
    (to, urgency): (CenterId, Urgency),
) -> Result<Date, Refusal> {
    let today = in_japan(deed.now).date();
    Ok(match urgency {
        Urgency::Today => today,
        Urgency::Soon => networks::next_working_day(conn, &deed.scope, to, today).await?,
        Urgency::Calm => today.saturating_add(jiff::Span::new().days(7)),
    })
}

/// Offers the case to another center. It stays the sender's until it is taken.
pub async fn offer(db: &Db, deed: &Deed, id: CaseId, offer: Offer) -> Result<RowId, Refusal> {
    let deed = deed.clone();
    db.write(move |conn| Box::pin(async move { offer_in(conn, &deed, id, offer).await }))
        .await
}

async fn offer_in(
    conn: &mut Conn,
    deed: &Deed,
    id: CaseId,
    offer: Offer,
) -> Result<RowId, Refusal> {
    let mut case = seen_open(conn, deed, id).await?;
    case.must_be_run_by(&deed.scope)?;
    if offer.to == case.center {
        return Err(Refusal::SameCenter);
    }
    let center = networks::find_center(conn, &deed.scope, offer.to).await?;
    let center = center.filter(|center| center.closed_at.is_none());
    let name = center.ok_or(Refusal::NotFound)?.name;
    if offer.words.is_empty() {
        return Err(Refusal::NoWords);
    }
    let there = store::list_handovers(conn, deed, id).await?;
    if there.iter().any(|one| one.must_wait().is_ok()) {
        return Err(Refusal::Offered);
    }
    let wanted = Wanted {
        how: How::Transfer,
        why: Some(offer.why),
        receiver: Some(Receiver::Center(offer.to)),
        name,
    };
    let on = basis(conn, deed, id, &wanted, &offer.given).await?;
    let told = Told {
        aims: case.body.aims.clone(),
        why: Some(offer.why),
        urgency: offer.urgency,
        ..told(offer.words)
    };
    let told = about(conn, deed, &case, told).await?;
    let mut row = handover(deed, &case, How::Transfer, told);
    let said = (
        "支援の引き継ぎの申し出".to_owned(),
        format!("/handovers/{}", row.id),
    );
    let by = due(conn, deed, (offer.to, offer.urgency)).await?;
    // Whom alone it is shown to is asked alone: colleagues are not led to what is not there for them.
    let head = match case.access {
        Access::Named => sharing::head_of(conn, deed, offer.to).await?,
        Access::Center => None,
    };
    row.task = Some(open_task(conn, deed, (offer.to, head), by, said).await?);
    row.state = HandoverState::Offered;
    row.to_center = Some(offer.to);
    stand(&mut row, on);
    store::insert_handover(conn, deed, &row).await?;
    if case.moved_task.is_some() {
        let task = case.moved_task.take();
        end_task(conn, deed, task, "引き継ぎを申し出ました。").await?;
        store::save(conn, deed, &case).await?;
    }
    handed(conn, deed, id, "引き継ぎの申し出").await?;
    Ok(row.id)
}

/// Takes the offer back while it is not answered.
pub async fn call_back(db: &Db, deed: &Deed, id: RowId, version: i64) -> Result<CaseId, Refusal> {
    let deed = deed.clone();
    db.write(move |conn| {
        Box::pin(async move {
            let row = store::find_handover(conn, &deed, id).await?;
            let case = seen(conn, &deed, row.case).await?;
            case.must_be_run_by(&deed.scope)?;
            row.must_wait()?;
            row.must_be(version)?;
            take_back(conn, &deed, row).await?;
            Ok(case.id)
        })
    })
    .await
}

async fn take_back(conn: &mut Conn, deed: &Deed, mut row: Handover) -> Result<(), Refusal> {
    row.must_wait()?;
    row.state = HandoverState::CalledBack;
    row.decided = me(deed).map(|me| (deed.now, me));
    end_task(conn, deed, row.task, "申し出は取り下げられました。").await?;
    store::save_handover(conn, deed, &row).await?;
    handed(conn, deed, row.case, "引き継ぎの取り下げ").await
}

/// What waits is called back: where its consent is gone, what waits upon that.
pub(super) async fn call_back_upon(
    conn: &mut Conn,
    deed: &Deed,
    case: CaseId,
    consent: Option<RowId>,
) -> Result<(), Refusal> {
    for row in store::list_handovers(conn, deed, case).await? {
        let meant = consent.is_none() || row.consent == consent;
        if meant && row.must_wait().is_ok() {
            take_back(conn, deed, row).await?;
        }
    }
    Ok(())
}

/// Refers to an organisation; what was given along is kept with it.
pub async fn refer(db: &Db, deed: &Deed, id: CaseId, to: Referral) -> Result<RowId, Refusal> {
    let deed = deed.clone();
    db.write(move |conn| {
        Box::pin(async move {
            let case = seen_open(conn, &deed, id).await?;
            case.must_be_run_by(&deed.scope)?;
            let name = match to.organisation {
                Some(id) => {
                    let found = networks::find_organisation(conn, &deed.scope, id).await?;
                    found.ok_or(Refusal::NotFound)?.name
                }
                None => to.to,
            };
            if name.is_empty() || to.words.is_empty() {
                return Err(Refusal::NoWords);
            }
            let wanted = Wanted {
                how: How::Refer,
                why: None,
                receiver: to.organisation.map(Receiver::Organisation),
                name: name.clone(),
            };
            let on = basis(conn, &deed, id, &wanted, &to.given).await?;
            let told = Told {
                to: name,
                ..told(to.words)
            };
            let told = about(conn, &deed, &case, told).await?;
            let mut row = handover(&deed, &case, How::Refer, told);
            row.organisation = to.organisation;
            stand(&mut row, on);
            store::insert_handover(conn, &deed, &row).await?;
            handed(conn, &deed, id, "関係機関への紹介").await?;
            Ok(row.id)
        })
    })
    .await
}

/// What the organisation answered, keyed in.
pub async fn answer(
    db: &Db,
    deed: &Deed,
    (id, version): (RowId, i64),
    words: String,
) -> Result<CaseId, Refusal> {
    let deed = deed.clone();
    db.write(move |conn| {
        Box::pin(async move {
            let mut row = store::find_handover(conn, &deed, id).await?;
            let case = seen(conn, &deed, row.case).await?;
            if row.how != How::Refer || row.state != HandoverState::Done {
                return Err(Refusal::NotWaiting);
            }
            row.must_be(version)?;
            if words.is_empty() {
                return Err(Refusal::NoWords);
            }
            row.state = HandoverState::Answered;
            row.decided = me(&deed).map(|me| (deed.now, me));
            row.told.answer = words;
            store::save_handover(conn, &deed, &row).await?;
            note(conn, &deed, case.id, "紹介先の返事").await?;
            Ok(case.id)
        })
    })
    .await
}

/// The case becomes another center's: from this moment whoever saw it before does not.
pub(super) async fn pass(
    conn: &mut Conn,
    deed: &Deed,
    case: &mut Case,
    (to, lead): (CenterId, Option<StaffId>),
) -> Result<(), Refusal> {
    case.center = to;
    case.lead = lead;
    case.second = None;
    end_task(conn, deed, case.moved_task.take(), "引き継ぎました。").await?;
    store::save(conn, deed, case).await?;
    sharing::end_viewers(conn, deed, case.id).await?;
    reviews::drop_waiting(conn, deed, case.id, None).await?;
    steps::pass_all(conn, deed, case).await?;
    handed(conn, deed, case.id, "引き継ぎの受け取り").await
}
