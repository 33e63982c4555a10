//! What is done with referrals; each deed with its audit line in one transaction.

use db::Db;

use super::rules::{Made, New, Offering, Refusal};
use super::store;
use crate::audit::{self, Fields, Line, Verb};
use crate::clock::in_japan;
use crate::deed::Deed;
use crate::ids::{PersonId, RowId};
use crate::paths::acts::own;
use crate::scope::{NoRight, Right};

/// Keeps that somebody of one's own center was referred, with what was offered.
pub async fn refer(db: &Db, deed: &Deed, person: PersonId, new: New) -> Result<RowId, Refusal> {
    deed.scope.need(Right::Support)?;
    let by = deed.scope.actor.account().ok_or(NoRight)?;
    if new.on > in_japan(deed.now).date() {
        return Err(Refusal::Ahead);
    }
    let (deed, mut new) = (deed.clone(), new);
    new.offered.sort_unstable();
    new.offered.dedup();
    db.write(move |conn| {
        Box::pin(async move {
            own(conn, &deed, person).await?;
            let all = store::list_organisations(conn, &deed).await?;
            let made = weigh(&new, &all)?;
            let id = RowId(deed.new_id());
            store::insert(conn, &deed, id, person, (&new, made, by)).await?;
            // No person's line, as with paths: which service it was is not for the sights' list.
            let words = format!("紹介（{id}）：{}", new.service.word());
            let line = Line::new(Verb::Changed, None, Fields::NOTHING).saying(words);
            audit::record(conn, &deed, line).await?;
            Ok(id)
        })
    })
    .await
}

/// What is counted of it: held against all that offer the service, shown or not, so that nobody
/// leaves the comparison by showing sponsors alone. Refused where what was chosen was not shown, and
/// where some were not and no word says why.
fn weigh(new: &New, all: &[Offering]) -> Result<Made, Refusal> {
    let offer: Vec<&Offering> = all
        .iter()
        .filter(|one| one.places_for(new.service) > 0)
        .collect();
    let chosen = offer
        .iter()
        .find(|one| one.organisation == new.chosen && new.offered.contains(&new.chosen));
    let chosen = chosen.ok_or(Refusal::NotOffered)?;
    let is_there = |id: &RowId| offer.iter().any(|one| one.organisation == *id);
    if !new.offered.iter().all(is_there) {
        return Err(Refusal::NotOffered);
    }
    if new.offered.len() < offer.len() && new.words.is_empty() {
        return Err(Refusal::NoWords);
    }
    let places = |of: &dyn Fn(&Offering) -> bool| {
        let of = offer.iter().filter(|one| of(one));
        of.map(|one| one.places_for(new.service)).sum()
    };
    Ok(Made {
        service: new.service,
        sponsor: chosen.is_sponsor(new.on),
        places: places(&|_| true),
        sponsor_places: places(&|one| one.is_sponsor(new.on)),
    })
}

/// Marks a referral as a slip; it counts nowhere any more.
pub async fn put_void(db: &Db, deed: &Deed, id: RowId) -> Result<PersonId, Refusal> {
    deed.scope.need(Right::Support)?;
    let deed = deed.clone();
    db.write(move |conn| {
        Box::pin(async move {
            let one = store::find(conn, &deed, id).await?;
            own(conn, &deed, one.person).await?;
            if store::put_void(conn, &deed, id).await? {
                let words = format!("紹介の取り消し（{id}）：{}", one.service.word());
                let line = Line::new(Verb::Changed, None, Fields::NOTHING).saying(words);
                audit::record(conn, &deed, line).await?;
            }
            Ok(one.person)
        })
    })
    .await
}

/// Keeps what an organisation offers and whether it is a sponsor.
pub async fn keep_organisation(db: &Db, deed: &Deed, offering: Offering) -> Result<(), Refusal> {
    deed.scope.need(Right::ManageTown)?;
    let deed = deed.clone();
    db.write(move |conn| {
        Box::pin(async move {
            let all = store::list_organisations(conn, &deed).await?;
            if all
                .iter()
                .all(|one| one.organisation != offering.organisation)
            {
                return Err(Refusal::NotFound);
            }
            if !store::save_organisation(conn, &deed, &offering).await? {
                return Err(Refusal::Changed);
            }
            let line = Line::new(Verb::TownChanged, None, Fields::NOTHING);
            let line = line.saying("紹介先の受け入れ数・支援団体");
            Ok(audit::record(conn, &deed, line).await?)
        })
    })
    .await
}
