//! Somebody joins; what is known is changed.

use db::{Conn, Db};
use jiff::ToSpan as _;
use jiff::civil::Date;

use super::{Upon, say, upon};
use crate::clock::in_japan;
use crate::deed::Deed;
use crate::ids::SupporterId;
use crate::people::clues::LIKELY;
use crate::scope::Right;
use crate::station::supporters::rules::{
    Details, MOST_SUPPORTERS, Refusal, Supporter, Terms, clues_of,
};
use crate::station::supporters::store;

/// Who is there already and may be the same.
pub async fn like(
    conn: &mut Conn,
    deed: &Deed,
    details: &Details,
) -> Result<Vec<Supporter>, Refusal> {
    let found = store::list_matching(conn, deed, &clues_of(details)).await?;
    let likely = found.into_iter().filter(|(_, weight)| *weight >= LIKELY);
    Ok(likely.map(|(one, _)| one).collect())
}

/// Somebody joins. Somebody joined before the program came may say so.
pub async fn join(
    db: &Db,
    deed: &Deed,
    details: Details,
    from: Date,
) -> Result<SupporterId, Refusal> {
    deed.scope.need(Right::Supporters)?;
    let today = in_japan(deed.now).date();
    if from > today.saturating_add(1.year()) {
        return Err(Refusal::NotThen);
    }
    let deed = deed.clone();
    db.write(move |conn| {
        Box::pin(async move {
            if store::count(conn, &deed).await? >= MOST_SUPPORTERS {
                return Err(Refusal::TooMany);
            }
            let new = Supporter {
                id: SupporterId(deed.new_id()),
                person: None,
                tied_by: String::new(),
                details,
                terms: Terms::since(from),
                entered_on: today,
                version: 1,
            };
            store::insert(conn, &deed, &new).await?;
            say(conn, &deed, &new, &format!("入会（{from}）")).await?;
            Ok(new.id)
        })
    })
    .await
}

/// Keeps a supporter as a list brings them, within the caller's transaction: a new one, or one upon the
/// version that was read.
pub async fn bring_in(
    conn: &mut Conn,
    deed: &Deed,
    one: Supporter,
    is_new: bool,
) -> Result<(), Refusal> {
    deed.scope.need(Right::Supporters)?;
    match is_new {
        true if store::count(conn, deed).await? >= MOST_SUPPORTERS => {
            return Err(Refusal::TooMany);
        }
        true => store::insert(conn, deed, &one).await?,
        false => {}
    }
    if !is_new || one.person.is_some() {
        store::save(conn, deed, &one).await?;
    }
    Ok(say(conn, deed, &one, "一覧から取り込んだ").await?)
}

/// Changes what is known.
pub async fn change(db: &Db, deed: &Deed, of: Upon, details: Details) -> Result<(), Refusal> {
    deed.scope.need(Right::Supporters)?;
    let deed = deed.clone();
    db.write(move |conn| {
        Box::pin(async move {
            let one = upon(conn, &deed, of).await?;
            let changed = Supporter { details, ..one };
            store::save(conn, &deed, &changed).await?;
            Ok(say(conn, &deed, &changed, "内容を直した").await?)
        })
    })
    .await
}
