//! Beginning a path, and what is done with its steps.

use db::{Conn, Db};
use jiff::civil::Date;

use super::tasking::{follow, renew};
use crate::audit::{self, Fields, Line, Verb};
use crate::cases;
use crate::clock::in_japan;
use crate::deed::Deed;
use crate::ids::{CaseId, PersonId, RowId, StaffId};
use crate::paths::acts::own;
use crate::paths::steps::rules::{Base, New, Path, Refusal, Said, certified};
use crate::paths::steps::store;
use crate::people::{self, Care, Certification};
use crate::scope::{NoRight, Right};

/// Which step, upon which version.
#[derive(Debug, Clone, Copy)]
pub struct Doing {
    /// The path.
    pub path: RowId,
    /// The place of the step, from 0.
    pub at: usize,
    /// As it was shown.
    pub version: i64,
}

/// Begins a path for somebody of one's own center.
pub async fn begin(db: &Db, deed: &Deed, person: PersonId, new: New) -> Result<RowId, Refusal> {
    deed.scope.need(Right::Support)?;
    let by = deed.scope.actor.account().ok_or(NoRight)?;
    if new.began > in_japan(deed.now).date() {
        return Err(Refusal::Ahead);
    }
    let deed = deed.clone();
    db.write(move |conn| {
        Box::pin(async move {
            own(conn, &deed, person).await?;
            if let Some(case) = new.case {
                must_be_of(conn, &deed, case, person).await?;
            }
            let id = RowId(deed.new_id());
            let mut path = Path::begin(id, person, &new, deed.now, by);
            renew(conn, &deed, &mut path, "").await?;
            store::insert(conn, &deed, &path).await?;
            say(conn, &deed, &path, "始めた").await?;
            Ok(path.id)
        })
    })
    .await
}

/// Refuses a case that may not be seen, that is somebody else's, or that has ended.
async fn must_be_of(
    conn: &mut Conn,
    deed: &Deed,
    case: CaseId,
    person: PersonId,
) -> Result<(), Refusal> {
    let case = cases::find(conn, deed, case).await?;
    let whose = cases::list_people(conn, deed, case.id).await?;
    match (whose.contains(&person), case.state) {
        (false, _) => Err(Refusal::NotFound),
        (true, cases::State::Closed) => Err(Refusal::CaseIsOver),
        (true, cases::State::Open) => Ok(()),
    }
}

/// A step is done: on a day, with what came out. What the program knows of goes on into the record.
pub async fn done(
    db: &Db,
    deed: &Deed,
    doing: Doing,
    on: Date,
    said: Said,
) -> Result<PersonId, Refusal> {
    let (today, by) = now(deed);
    let deed = deed.clone();
    deed.scope.need(Right::Support)?;
    db.write(move |conn| {
        Box::pin(async move {
            let mut path = open(conn, &deed, doing).await?;
            let before = path.next_due();
            path.do_step(doing.at, on, said, (today, by))?;
            tell_record(conn, &deed, &path, doing.at).await?;
            keep(conn, &deed, before, path, "段階を済みにした").await
        })
    })
    .await
}

/// A step is passed over, with a reason.
pub async fn skip(db: &Db, deed: &Deed, doing: Doing, words: String) -> Result<PersonId, Refusal> {
    let who = now(deed);
    change(db, deed, doing, "段階をとばした", move |path| {
        path.skip_step(doing.at, words, who)
    })
    .await
}

/// A step is put off to another day, with a reason.
pub async fn delay(
    db: &Db,
    deed: &Deed,
    doing: Doing,
    to: Date,
    why: String,
) -> Result<PersonId, Refusal> {
    let (today, _) = now(deed);
    change(db, deed, doing, "段階を延期した", move |path| {
        path.put_off(doing.at, to, why, today)
    })
    .await
}

/// Takes back that a step was done or skipped. What went into the record stays there.
pub async fn undo(db: &Db, deed: &Deed, doing: Doing) -> Result<PersonId, Refusal> {
    change(db, deed, doing, "段階を元にもどした", move |path| {
        path.undo_step(doing.at)
    })
    .await
}

/// Gives the path up, with a reason.
pub async fn stop(db: &Db, deed: &Deed, doing: Doing, words: String) -> Result<PersonId, Refusal> {
    let (today, _) = now(deed);
    change(db, deed, doing, "とりやめた", move |path| {
        path.stop(words, today)
    })
    .await
}

fn now(deed: &Deed) -> (Date, Option<StaffId>) {
    (in_japan(deed.now).date(), deed.scope.actor.account())
}

async fn change(
    db: &Db,
    deed: &Deed,
    doing: Doing,
    words: &'static str,
    rule: impl FnOnce(&mut Path) -> Result<(), Refusal> + Send + 'static,
) -> Result<PersonId, Refusal> {
    deed.scope.need(Right::Support)?;
    let deed = deed.clone();
    db.write(move |conn| {
        Box::pin(async move {
            let mut path = open(conn, &deed, doing).await?;
            let before = path.next_due();
            rule(&mut path)?;
            keep(conn, &deed, before, path, words).await
        })
    })
    .await
}

async fn open(conn: &mut Conn, deed: &Deed, doing: Doing) -> Result<Path, Refusal> {
    let path = store::find(conn, deed, doing.path).await?;
    own(conn, deed, path.person).await?;
    match path.version == doing.version {
        true => Ok(path),
        false => Err(Refusal::Changed),
    }
}

async fn keep(
    conn: &mut Conn,
    deed: &Deed,
    before: Option<(usize, Date)>,
    mut path: Path,
    words: &str,
) -> Result<PersonId, Refusal> {
    follow(conn, deed, before, &mut path, words).await?;
    store::save(conn, deed, &path).await?;
    say(conn, deed, &path, words).await?;
    Ok(path.person)
}

/// An application, and a certified level with the end of its term, go into the person's record.
async fn tell_record(conn: &mut Conn, deed: &Deed, path: &Path, at: usize) -> Result<(), Refusal> {
    let step = &path.steps[at];
    let level = certified(path.base, &step.plan.code, &step.said.outcome);
    let applied = path.base == Some(Base::Certification) && step.plan.code == "application";
    if level.is_none() && !applied {
        return Ok(());
    }
    let kept = people::find_care(conn, deed, path.person).await?;
    let kept = kept.ok_or(Refusal::NotFound)?;
    let care = match level {
        Some(certification) => Care {
            certification,
            valid_until: step.said.term.map(|(_, last)| last),
            ..kept.value.clone()
        },
        // Whoever renews keeps the level they have until the new one is known.
        None if is_without(kept.value.certification) => Care {
            certification: Certification::Applied,
            ..kept.value.clone()
        },
        None => return Ok(()),
    };
    Ok(people::change_in(conn, deed, path.person, kept.version, care, None).await?)
}

const fn is_without(level: Certification) -> bool {
    matches!(
        level,
        Certification::Unconfirmed | Certification::NotApplied | Certification::NotEligible
    )
}

async fn say(conn: &mut Conn, deed: &Deed, path: &Path, words: &str) -> Result<(), Refusal> {
    // No person's line: what is told of the kind must not reach whoever reads the person's sights
    // with them or in their stead, a violent relative perhaps.
    let words = format!("つなぎ「{}」（{}）：{words}", path.word, path.id);
    let line = Line::new(Verb::Changed, None, Fields::NOTHING).saying(words);
    Ok(audit::record(conn, deed, line).await?)
}
