//! What the program does by itself each minute: tasks follow people to their new center, and a task
//! opens when a certified level may be renewed.

use db::{Conn, Db};
use jiff::ToSpan;
use jiff::civil::Date;

use super::tasking::{open, renew};
use crate::clock::in_japan;
use crate::deed::Deed;
use crate::paths::steps::rules::{Base, Path, Refusal, State};
use crate::paths::steps::store;
use crate::people::{self, State as PersonState};

/// The task is due so long after the window opened: then the 30 days of the judgement still fit.
const AHEAD_DAYS: i64 = 14;

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
                // Two servers come by at the same moment: one of them marks it.
                if store::mark_renewed(conn, &deed, path.id).await?
                    && is_wanted(conn, &deed, &path).await?
                {
                    ask(conn, &deed, &path, today).await?;
                }
            }
            Ok(())
        })
    })
    .await
}

/// Nobody is to be asked who is not registered any more, whose level was certified anew, or for whom
/// another application is under way.
async fn is_wanted(conn: &mut Conn, deed: &Deed, path: &Path) -> Result<bool, Refusal> {
    let standing = people::find_standing(conn, deed, path.person).await?;
    if standing.is_none_or(|standing| standing.state != PersonState::Registered) {
        return Ok(false);
    }
    let care = people::find_care(conn, deed, path.person).await?;
    let until = care.and_then(|care| care.value.valid_until);
    if until.is_some() && until != ends(path) {
        return Ok(false);
    }
    let others = store::list_for_person(conn, deed, path.person).await?;
    let under_way =
        |other: &Path| other.base == Some(Base::Certification) && other.state == State::Open;
    Ok(!others.iter().any(under_way))
}

/// The last day of the level that the path ended with.
fn ends(path: &Path) -> Option<Date> {
    let terms = path.steps.iter().filter_map(|step| step.said.term);
    terms.map(|(_, last)| last).next_back()
}

async fn ask(conn: &mut Conn, deed: &Deed, path: &Path, today: Date) -> Result<(), Refusal> {
    let Some(last) = ends(path) else {
        return Ok(());
    };
    let title = "要介護・要支援認定の更新申請の時期です".to_owned();
    let story = format!(
        "いまの認定の有効期間は{}までです。更新の申請は、その60日前から受け付けられます。ご本人・ご家族の意向を確かめ、申請するときは「つなぎ」を新しく始めてください。",
        last.strftime("%Y年%-m月%-d日"),
    );
    let link = format!("/people/{}/paths", path.person);
    let due = today.saturating_add(AHEAD_DAYS.days());
    open(conn, deed, path, due, (title, story), link).await?;
    Ok(())
}
