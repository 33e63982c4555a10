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

/// What is counted of it; refused where what was chosen was not offered.
fn weigh(new: &New, all: &[Offering]) -> Result<Made, Refusal> {
    let mut made = Made {
        service: new.service,
        sponsor: false,
        places: 0,
        sponsor_places: 0,
    };
    let mut chosen = false;
    for id in &new.offered {
        let found = all.iter().find(|one| one.organisation == *id);
        let one = found.ok_or(Refusal::NotOffered)?;
        let places = one.places_for(new.service);
        if places == 0 {
            return Err(Refusal::NotOffered);
        }
        let sponsor = one.is_sponsor(new.on);
        made.places += places;
        made.sponsor_places += if sponsor { places } else { 0 };
        if *id == new.chosen {
            (chosen, made.sponsor) = (true, sponsor);
        }
    }
    match chosen {
        true => Ok(made),
        false => Err(Refusal::NotOffered),
    }
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
