//! What is said of a case, and whose it is.

use db::Db;

use super::{handing, note, reviews, seen, seen_open};
use crate::audit::{self, Fields, Line, Verb};
use crate::cases::rules::{Access, Basics, Case, Refusal, ReviewOf, Settings};
use crate::cases::store;
use crate::deed::Deed;
use crate::ids::{CaseId, PersonId};
use crate::people;
use crate::scope::{NoRight, Right};

/// What the form of a case holds.
#[derive(Clone)]
pub struct Changes {
    /// About whom or which place, while nobody is registered.
    pub about: String,
    /// Why it was begun.
    pub began: String,
    /// What the person wishes.
    pub aims: String,
    /// What is planned.
    pub plan: String,
    /// What may go wrong.
    pub risks: String,
    /// Who may see it.
    pub access: Access,
    /// When it counts as silent.
    pub quiet_days: Option<i64>,
}

/// Saves what is said upon the version that was shown. A plan that was changed is looked at by a
/// second person where the center's head says so.
pub async fn change(
    db: &Db,
    deed: &Deed,
    id: CaseId,
    version: i64,
    to: Changes,
) -> Result<(), Refusal> {
    let deed = deed.clone();
    db.write(move |conn| {
        Box::pin(async move {
            let mut case = seen_open(conn, &deed, id).await?;
            case.must_be(version)?;
            if to.access != case.access && !case.is_led_by(&deed.scope) {
                return Err(NoRight.into());
            }
            let plan_changed = to.plan != case.body.plan;
            put(&mut case, to);
            let people = store::count_people(conn, &deed, id).await?;
            if people == 0 && case.body.about.is_empty() {
                return Err(Refusal::Nobody);
            }
            store::save(conn, &deed, &case).await?;
            let settings = store::find_settings(conn, &deed, case.center).await?;
            if plan_changed {
                reviews::drop_waiting(conn, &deed, id, Some(ReviewOf::Plan)).await?;
                if settings.plan_second && !case.body.plan.is_empty() {
                    reviews::ask(conn, &deed, &case, ReviewOf::Plan).await?;
                }
            }
            Ok(note(conn, &deed, id, "内容の変更").await?)
        })
    })
    .await
}

fn put(case: &mut Case, to: Changes) {
    case.access = to.access;
    case.quiet_days = to.quiet_days;
    case.body.about = to.about;
    case.body.began = to.began;
    case.body.aims = to.aims;
    case.body.plan = to.plan;
    case.body.risks = to.risks;
}

/// Adds somebody who is registered: the household, or whom a place turned out to be about. What was
/// offered is called back: nobody has asked this person.
pub async fn add_person(db: &Db, deed: &Deed, id: CaseId, person: PersonId) -> Result<(), Refusal> {
    let deed = deed.clone();
    db.write(move |conn| {
        Box::pin(async move {
            let case = seen_open(conn, &deed, id).await?;
            let person = people::now_of(conn, &deed, person).await?;
            let person = person.ok_or(Refusal::NotFound)?;
            store::add_person(conn, &deed, id, person).await?;
            handing::call_back_upon(conn, &deed, id, None).await?;
            store::save(conn, &deed, &case).await?;
            Ok(note(conn, &deed, id, "対象の方を加えました").await?)
        })
    })
    .await
}

/// Takes somebody out again who does not belong in it; somebody or something stays. Whoever leads the
/// case decides. What was offered is called back: it is about fewer people now.
pub async fn remove_person(
    db: &Db,
    deed: &Deed,
    id: CaseId,
    person: PersonId,
) -> Result<(), Refusal> {
    let deed = deed.clone();
    db.write(move |conn| {
        Box::pin(async move {
            let case = seen(conn, &deed, id).await?;
            case.must_be_led_by(&deed.scope)?;
            let first = store::list_people(conn, &deed, id).await?.first().copied();
            let basics = store::list_entries::<Basics>(conn, &deed, id).await?;
            if first == Some(person) && !basics.is_empty() {
                return Err(Refusal::BasicsAreTheirs);
            }
            store::remove_person(conn, &deed, id, person).await?;
            handing::call_back_upon(conn, &deed, id, None).await?;
            let left = store::count_people(conn, &deed, id).await?;
            if left == 0 && case.body.about.is_empty() {
                return Err(Refusal::Nobody);
            }
            // With a new version: of two who take out the last two at once, one is refused.
            store::save(conn, &deed, &case).await?;
            Ok(note(conn, &deed, id, "対象の方を外しました").await?)
        })
    })
    .await
}

/// What the head of a center sets.
pub async fn change_settings(db: &Db, deed: &Deed, to: Settings) -> Result<(), Refusal> {
    deed.scope.need(Right::Lead)?;
    let center = deed.scope.center.ok_or(NoRight)?;
    let deed = deed.clone();
    db.write(move |conn| {
        Box::pin(async move {
            store::save_settings(conn, &deed, center, &to).await?;
            let line = Line::new(Verb::TownChanged, None, Fields::NOTHING);
            Ok(audit::record(conn, &deed, line.saying("支援の決まり")).await?)
        })
    })
    .await
}
