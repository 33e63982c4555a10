//! What comes about by itself: offers run out, places are offered in the morning, work for whoever has
//! to call, guests are forgotten.

use db::{Conn, Db};
use jiff::ToSpan as _;

use super::offering::{center_of, day_word, offer_free};
use super::{happened, say};
use crate::audit::{self, Fields, Line, Verb};
use crate::clock::in_japan;
use crate::deed::Deed;
use crate::ids::RowId;
use crate::scope::Right;
use crate::station::courses::{self, CourseDay};
use crate::station::signups::rules::{MOST_HOURS, Refusal, State, What, answer_by, begins, stands};
use crate::station::signups::store;
use crate::tasks::{self, Kind, NewTask, Words};

/// Guests are known for a year: who came may be invited again, and an accident is told of late.
const GUEST_DAYS: i32 = 366;

/// How many hours there are to answer when a place falls free.
pub async fn set_hours(db: &Db, deed: &Deed, hours: u32) -> Result<(), Refusal> {
    deed.scope.need(Right::Supporters)?;
    if !(1..=MOST_HOURS).contains(&hours) {
        return Err(Refusal::Hours);
    }
    let deed = deed.clone();
    db.write(move |conn| {
        Box::pin(async move {
            store::put_hours(conn, &deed, hours).await?;
            let words = format!("空いた席のお返事を待つ時間を{hours}時間にした");
            let line = Line::new(Verb::CourseChanged, None, Fields::NOTHING).saying(words);
            Ok(audit::record(conn, &deed, line).await?)
        })
    })
    .await
}

/// Keeps every day to come in step. Only a day at which something is to be done is written.
pub async fn keep_up(db: &Db, deed: &Deed) -> Result<(), Refusal> {
    let mut conn = db.read().await?;
    let today = in_japan(deed.now).date();
    let mut due = Vec::new();
    for id in store::list_days(&mut conn, deed, today).await? {
        let day = courses::find_day(&mut conn, deed, id).await?;
        if is_due(&mut conn, deed, &day).await? {
            due.push(day.id);
        }
    }
    let finished = store::list_finished(&mut conn, deed).await?;
    drop(conn);
    for id in due {
        let deed = deed.clone();
        db.write(move |conn| Box::pin(async move { keep_day(conn, &deed, id).await }))
            .await?;
    }
    for (id, task) in finished {
        let deed = deed.clone();
        db.write(move |conn| {
            Box::pin(async move {
                tasks::finish_in(conn, &deed, task, "お返事が決まった").await?;
                Ok::<(), Refusal>(store::set_task(conn, &deed, id, None).await?)
            })
        })
        .await?;
    }
    Ok(())
}

async fn is_due(conn: &mut Conn, deed: &Deed, day: &CourseDay) -> Result<bool, Refusal> {
    if !store::list_late(conn, deed, day.id).await?.is_empty() {
        return Ok(true);
    }
    let room = store::room(conn, deed, day).await?;
    if room.waiting > 0 && room.has_place() && day.state == courses::State::Planned {
        let hours = store::hours_of(conn, deed).await?;
        if answer_by(deed.now, begins(day), hours).is_some() {
            return Ok(true);
        }
    }
    let stands = stands(day);
    let untold = store::count_untold(conn, deed, day.id, &stands).await?;
    let row = store::find_day_row(conn, deed, day.id).await?;
    Ok(row.is_some_and(|row| match untold {
        0 => row.task.is_some(),
        _ => row.calling != stands,
    }))
}

async fn keep_day(conn: &mut Conn, deed: &Deed, id: RowId) -> Result<(), Refusal> {
    store::lock(conn, deed, id).await?;
    let day = courses::find_day(conn, deed, id).await?;
    for mut late in store::list_late(conn, deed, id).await? {
        let mut ended = happened(deed, What::Late);
        ended.until = late.until;
        late.turn(State::Gone, ended);
        late.until = None;
        store::save(conn, deed, &late).await?;
        say(conn, deed, &late, &day, What::Late).await?;
    }
    offer_free(conn, deed, &day).await?;
    ask_to_call(conn, deed, &day).await
}

/// One piece of work a day and change: everybody who was told otherwise is called.
async fn ask_to_call(conn: &mut Conn, deed: &Deed, day: &CourseDay) -> Result<(), Refusal> {
    let stands = stands(day);
    let untold = store::list_untold(conn, deed, day.id, &stands).await?;
    let Some(row) = store::find_day_row(conn, deed, day.id).await? else {
        return Ok(());
    };
    if !untold.is_empty() && row.calling == stands {
        return Ok(());
    }
    if let Some(task) = row.task {
        tasks::finish_in(conn, deed, task, "連絡が済んだ、またはあらためて変わった").await?;
    }
    let mut task = None;
    if let Some(last) = untold.last() {
        let what = match day.state {
            courses::State::Planned => "変更の連絡",
            courses::State::Off | courses::State::Ended => "中止の連絡",
        };
        let title = format!("{what}：{}（{}）", day.details.title, day_word(day));
        let story = format!(
            "申し込んだ方のうち{}人に、まだ知らせていません。画面の一覧から電話し、知らせた方に印をつけてください。",
            untold.len()
        );
        let new = NewTask {
            center: Some(center_of(conn, deed, last.center).await?),
            person: None,
            kind: Kind::Course,
            due: in_japan(deed.now).date(),
            words: Words { title, story },
            link: format!("/station/days/{}/signups", day.id),
        };
        task = Some(tasks::open_in(conn, deed, new).await?);
    }
    let calling = if untold.is_empty() { "" } else { &stands };
    Ok(store::ask_to_call(conn, deed, day.id, calling, task).await?)
}

/// Forgets guests and notes of days long past; of how many sign-ups.
pub async fn forget_guests(db: &Db, deed: &Deed) -> Result<usize, Refusal> {
    let before = in_japan(deed.now).date().saturating_sub(GUEST_DAYS.days());
    let mut forgotten = 0;
    loop {
        let own = deed.clone();
        let some = db.write(move |conn| {
            Box::pin(async move {
                let gone = store::forget_before(conn, &own, before).await?;
                if !gone.is_empty() {
                    let words = format!(
                        "講座の申し込みのメモと、サポーターでない方の名前（{}件）",
                        gone.len()
                    );
                    let line = Line::new(Verb::Erased, None, Fields::NOTHING).saying(words);
                    audit::record(conn, &own, line).await?;
                }
                Ok::<usize, Refusal>(gone.len())
            })
        });
        match some.await? {
            0 => return Ok(forgotten),
            some => forgotten += some,
        }
    }
}
