//! Asking to renew, one or thousands at once; and a step that found nobody.

use db::{Conn, Db};
use jiff::civil::Date;

use super::opening::open_early;
use super::step::keep;
use crate::clock::{in_japan, instant};
use crate::deed::Deed;
use crate::ids::PersonId;
use crate::people;
use crate::renewals::rules::{Act, AskWay, Month, Refusal, Renewal, Settings, Step};
use crate::renewals::store;
use crate::scope::Right;
use crate::tasks;

/// People in one transaction: some 2,000 rows, a few tens of milliseconds of SQLite's only writer.
const SHARE: usize = 200;

/// What became of asking many.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Asked {
    /// Asked now.
    pub asked: u64,
    /// Left alone: renewed by now, or no longer registered.
    pub left: u64,
}

/// Writes down that these people were asked for the renewal of that year: postcards were printed,
/// somebody called. Each has its line of audit. Whose renewal is over meanwhile is left alone.
/// Where the step of the same kind was to be done (a second postcard), its task is done with it.
///
/// A share of 200 is one transaction; whoever is interrupted may ask the same people again.
pub async fn ask_all(
    db: &Db,
    deed: &Deed,
    people: &[PersonId],
    year: i16,
    way: AskWay,
) -> Result<Asked, Refusal> {
    deed.scope.need(Right::EditPeople)?;
    let settings = store::find_settings(&mut db.read().await?, deed).await?;
    let today = in_japan(deed.now).date();
    let mut sum = Asked::default();
    for share in people.chunks(SHARE) {
        let (deed, share) = (deed.clone(), share.to_vec());
        let asked = db.write(move |conn| {
            Box::pin(async move {
                let mut asked = 0;
                for person in share {
                    let renewal = match store::find(conn, &deed, person, year).await? {
                        Some(renewal) => renewal,
                        None => continue,
                    };
                    asked += u64::from(ask(conn, &deed, renewal, way, today, &settings).await?);
                }
                Ok::<_, Refusal>(asked)
            })
        });
        sum.asked += asked.await?;
    }
    sum.left = people.len() as u64 - sum.asked;
    Ok(sum)
}

/// `false` where the renewal is over.
async fn ask(
    conn: &mut Conn,
    deed: &Deed,
    before: Renewal,
    way: AskWay,
    today: Date,
    settings: &Settings,
) -> Result<bool, Refusal> {
    let standing = people::find_standing(conn, deed, before.person).await?;
    let registered = standing.is_some_and(|of| of.state == people::State::Registered);
    if !before.state.is_open() || !registered {
        return Ok(false);
    }
    let mut after = before.clone();
    if let Some(task) = before.task.filter(|_| is_step(way, before.step)) {
        tasks::finish_in(
            conn,
            deed,
            task,
            &format!("{}でお願いしました。", way.word()),
        )
        .await?;
        after.task = None;
    }
    after.ask(way, today, settings)?;
    keep(conn, deed, &before, &after, (Act::Asked, way.word()), "").await?;
    Ok(true)
}

/// Whether asking in this way is what the step was about.
fn is_step(way: AskWay, step: Option<Step>) -> bool {
    matches!(
        (way, step),
        (AskWay::Postcard, Some(Step::Postcard))
            | (AskWay::Phone, Some(Step::Phone))
            | (AskWay::Visit, Some(Step::Visit))
    )
}

/// Takes back what this account wrote down as asked at that instant, as far as nothing followed
/// from it: the button that says "all of them" was a slip. Gives how many wait again.
pub async fn unask_all(db: &Db, deed: &Deed, month: Month, at: i64) -> Result<u64, Refusal> {
    deed.scope.need(Right::EditPeople)?;
    let people = store::list_asked_at(&mut db.read().await?, deed, month, at).await?;
    let day = in_japan(instant(at)).date();
    let mut sum = 0;
    for share in people.chunks(SHARE) {
        let (deed, share) = (deed.clone(), share.to_vec());
        let unasked = db.write(move |conn| {
            Box::pin(async move {
                let mut unasked = 0;
                for person in share {
                    let before = store::find_at(conn, &deed, person, month.year).await?;
                    let mut after = before.clone();
                    if after.unask(day).is_ok() {
                        keep(conn, &deed, &before, &after, (Act::Unasked, ""), "").await?;
                        unasked += 1;
                    }
                }
                Ok::<_, Refusal>(unasked)
            })
        });
        sum += unasked.await?;
    }
    Ok(sum)
}

/// The step was tried and nobody answered; its task is done with these words.
pub async fn tried(db: &Db, deed: &Deed, person: PersonId, words: String) -> Result<(), Refusal> {
    let deed = deed.clone();
    db.write(move |conn| {
        Box::pin(async move {
            let before = open_early(conn, &deed, person).await?;
            let settings = store::find_settings(conn, &deed).await?;
            let mut after = before.clone();
            after.tried(in_japan(deed.now).date(), &settings)?;
            let way = before.step.map_or("", Step::word);
            if let Some(task) = before.task {
                let outcome = format!("返事がありませんでした。{words}");
                tasks::finish_in(conn, &deed, task, &outcome).await?;
            }
            keep(conn, &deed, &before, &after, (Act::Tried, way), &words).await
        })
    })
    .await
}
