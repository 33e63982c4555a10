//! What the program does by itself each minute: tasks follow people to their new center, and a task
//! opens when a certified level may be renewed.

use db::{Conn, Db};
use jiff::ToSpan;
use jiff::civil::Date;

use super::tasking::{open, renew};
use crate::clock::in_japan;
use crate::deed::Deed;
use crate::paths::steps::rules::{Path, Refusal, renewable_from};
use crate::paths::steps::store;
use crate::people::{self, Certification};

/// The task is due so long after the window opened: then the 30 days of the judgement still fit.
const AHEAD_DAYS: i64 = 14;
const TITLE: &str = "要介護・要支援認定の更新申請の時期です";

/// Brings tasks into step. The work of one town; it changes nothing where nothing is to be done.
pub async fn keep_up(db: &Db, deed: &Deed) -> Result<(), Refusal> {
    let today = in_japan(deed.now).date();
    let mut conn = db.read().await?;
    let idle = store::list_renewable(&mut conn, deed, today)
        .await?
        .is_empty()
        && store::list_moved(&mut conn, deed).await?.is_empty();
    drop(conn);
    if idle {
        return Ok(());
    }
    let deed = deed.clone();
    db.write(move |conn| {
        Box::pin(async move {
            for mut path in store::list_moved(conn, &deed).await? {
                renew(conn, &deed, &mut path, "担当センターが替わりました").await?;
                store::save(conn, &deed, &path).await?;
            }
            for path in store::list_renewable(conn, &deed, today).await? {
                see_to(conn, &deed, path, today).await?;
            }
            Ok(())
        })
    })
    .await
}

/// Asks, unless the level was certified anew; where the record tells of another last day than the
/// path, that day is waited for.
async fn see_to(conn: &mut Conn, deed: &Deed, mut path: Path, today: Date) -> Result<(), Refusal> {
    let care = people::find_care(conn, deed, path.person).await?;
    let Some(care) = care.map(|care| care.value) else {
        return Ok(());
    };
    let until = care.valid_until.or(path.level_ends());
    let others = store::list_for_person(conn, deed, path.person).await?;
    let of_another = |other: &Path| {
        other.id != path.id && other.renew_on.is_some() && other.level_ends() == until
    };
    let over = care.certification == Certification::NotEligible
        || others.iter().any(of_another) && path.level_ends() != until;
    let Some(until) = until.filter(|_| !over) else {
        store::mark_renewed(conn, deed, path.id).await?;
        return Ok(());
    };
    let from = renewable_from(until);
    if from > today {
        path.renew_on = Some(from);
        return store::save(conn, deed, &path).await;
    }
    // Two servers come by at the same moment: one of them marks it.
    if store::mark_renewed(conn, deed, path.id).await? {
        ask(conn, deed, &path, until, today).await?;
    }
    Ok(())
}

async fn ask(
    conn: &mut Conn,
    deed: &Deed,
    path: &Path,
    last: Date,
    today: Date,
) -> Result<(), Refusal> {
    let story = format!(
        "いまの認定の有効期間は{}までです。更新の申請は、その60日前から受け付けられます。ご本人・ご家族の意向を確かめ、申請するときは「つなぎ」を新しく始めてください。どなたのことかは、下のリンクから確かめてください。",
        last.strftime("%Y年%-m月%-d日"),
    );
    let link = format!("/people/{}/paths", path.person);
    let due = today.saturating_add(AHEAD_DAYS.days());
    open(conn, deed, path, due, (TITLE, &story), link).await?;
    Ok(())
}
