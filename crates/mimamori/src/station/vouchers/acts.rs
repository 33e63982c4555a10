//! Vouchers are given, handed in, and what was written by mistake is taken back.

use db::Db;

use super::rules::{Kind, Line, MOST_WORDS, New, Refusal, Rules};
use super::store;
use crate::audit::{self, Fields, Verb};
use crate::clock::in_japan;
use crate::deed::Deed;
use crate::ids::{RowId, SupporterId};
use crate::networks;
use crate::people::one_line;
use crate::scope::Right;
use crate::station::supporters;

fn line(deed: &Deed, new: New, kind: Kind) -> Line {
    Line {
        id: new.id,
        kind,
        day: new.day,
        supporter: None,
        shop: None,
        undoes: None,
        amount: new.amount,
        by: deed.scope.actor.account(),
        course: new.course,
        role: new.role,
        words: String::new(),
    }
}

/// Gives vouchers to a supporter; whether this was not written yet.
pub async fn give(db: &Db, deed: &Deed, to: SupporterId, new: New) -> Result<bool, Refusal> {
    deed.scope.need(Right::Supporters)?;
    new.check(in_japan(deed.now).date())?;
    let deed = deed.clone();
    db.write(move |conn| {
        Box::pin(async move {
            let one = supporters::find(conn, &deed, to).await;
            let one = one.map_err(|_| Refusal::NotFound)?;
            if one.is_erased() {
                return Err(Refusal::NotFound);
            }
            let given = Line {
                supporter: Some(to),
                ..line(&deed, new, Kind::Given)
            };
            let fresh = store::insert(conn, &deed, &given).await?;
            if fresh {
                let words = format!("商店街の券{}円を渡した（{to}）", given.amount);
                let said = audit::Line::new(Verb::SupporterChanged, one.person, Fields::NOTHING);
                audit::record(conn, &deed, said.saying(words)).await?;
            }
            Ok(fresh)
        })
    })
    .await
}

/// A shop hands in what it was paid with; whether this was not written yet.
pub async fn hand_in(db: &Db, deed: &Deed, shop: RowId, new: New) -> Result<bool, Refusal> {
    deed.scope.need(Right::Supporters)?;
    new.check(in_japan(deed.now).date())?;
    let deed = deed.clone();
    db.write(move |conn| {
        Box::pin(async move {
            let shops = networks::list_organisations(conn, &deed.scope).await?;
            if !shops.iter().any(|one| one.id == shop) {
                return Err(Refusal::NotFound);
            }
            let handed = Line {
                shop: Some(shop),
                ..line(&deed, new, Kind::HandedIn)
            };
            let fresh = store::insert(conn, &deed, &handed).await?;
            if fresh {
                let words = format!("商店街の券{}円がお店から戻った（{shop}）", handed.amount);
                let said = audit::Line::new(Verb::SupporterChanged, None, Fields::NOTHING);
                audit::record(conn, &deed, said.saying(words)).await?;
            }
            Ok(fresh)
        })
    })
    .await
}

/// Takes a line back, with the reason. It stays, and so does this.
pub async fn undo(db: &Db, deed: &Deed, id: RowId, reason: &str) -> Result<(), Refusal> {
    deed.scope.need(Right::Supporters)?;
    let words = one_line(reason, MOST_WORDS)?;
    if words.is_empty() {
        return Err(Refusal::NoReason);
    }
    let deed = deed.clone();
    db.write(move |conn| {
        Box::pin(async move {
            let old = store::find(conn, &deed, id).await?;
            if old.kind == Kind::Undone {
                return Err(Refusal::Undone);
            }
            let back = Line {
                id: RowId(deed.new_id()),
                kind: Kind::Undone,
                undoes: Some(id),
                by: deed.scope.actor.account(),
                words,
                ..old
            };
            if !store::insert(conn, &deed, &back).await? {
                return Err(Refusal::Undone);
            }
            let said = format!("商店街の券{}円の記録を取り消した", back.amount);
            let said = audit::Line::new(Verb::SupporterChanged, None, Fields::NOTHING).saying(said);
            Ok(audit::record(conn, &deed, said).await?)
        })
    })
    .await
}

/// What the town gives for each role from now on; what was given stays.
pub async fn set_rules(db: &Db, deed: &Deed, new: Rules) -> Result<(), Refusal> {
    deed.scope.need(Right::Supporters)?;
    deed.scope.need(Right::Lead)?;
    let deed = deed.clone();
    db.write(move |conn| {
        Box::pin(async move {
            store::put_rules(conn, &deed, &new).await?;
            let words = new
                .iter()
                .map(|(role, amount)| format!("{role} {amount}円"));
            let words = words.collect::<Vec<_>>().join("、");
            let said = audit::Line::new(Verb::SupporterChanged, None, Fields::NOTHING);
            let said = said.saying(format!("商店街の券のきまり：{words}"));
            Ok(audit::record(conn, &deed, said).await?)
        })
    })
    .await
}
