//! Looking for the reason of a view, noting the ones without, and what the head does with them.

use db::{Conn, Db, Error, Work};

use super::rules::{Refusal, State, View, said, week_of};
use super::store;
use crate::audit::{self, Fields, Line, Verb};
use crate::clock::in_japan;
use crate::deed::Deed;
use crate::ids::{CenterId, PersonId, RowId, StaffId};
use crate::people::rules::Refusal as PersonRefusal;
use crate::people::store as people;
use crate::people::twins;
use crate::scope::{Actor, NoRight, Right};
use crate::{networks, tasks};

/// Who looks at whom, and since when work counts as a reason, in milliseconds since 1970.
#[derive(Debug, Clone, Copy)]
pub struct Look {
    /// Whose record.
    pub person: PersonId,
    /// Who looks.
    pub staff: StaffId,
    /// What ended before is no reason any more.
    pub since: i64,
}

/// Whether a room knows a reason: open work of this account about this person, or such work that
/// ended since.
pub type Holds = for<'a> fn(&'a mut Conn, &'a Deed, Look) -> Work<'a, bool, Error>;

/// A reason that a room can give. Rooms above hand theirs in: `routes::EXPLAINS`.
#[derive(Clone, Copy)]
pub struct Explain {
    /// What the person reads in the list of who looked: 「やること」.
    pub word: &'static str,
    /// Whether it holds.
    pub holds: Holds,
}

/// Something that waits for the head of a center, with the page where it is done.
#[derive(Clone, Copy)]
pub struct Waiting {
    /// 「承認を待つ終結」
    pub word: &'static str,
    /// The page.
    pub href: &'static str,
    /// How many.
    pub count: for<'a> fn(&'a mut Conn, &'a Deed, CenterId) -> Work<'a, i64, Error>,
}

/// Noting a view is no deed of its own: whoever asks for it says what went wrong.
impl From<Refusal> for PersonRefusal {
    fn from(refusal: Refusal) -> PersonRefusal {
        match refusal {
            Refusal::NoRight(error) => error.into(),
            Refusal::Seal(error) => error.into(),
            Refusal::Db(error) => error.into(),
            _ => PersonRefusal::NotFound,
        }
    }
}

/// For another center's person, work of the last day; for one's own center's, of the last week.
const DAY_MS: i64 = 24 * 3_600_000;
const WEEK_MS: i64 = 7 * DAY_MS;

/// The first reason that explains why this account opens this record now.
pub async fn explain(
    conn: &mut Conn,
    deed: &Deed,
    explains: &[Explain],
    staff: StaffId,
    person: PersonId,
    own: bool,
) -> Result<Option<&'static str>, Refusal> {
    let since = deed.at() - if own { WEEK_MS } else { DAY_MS };
    if audit::worked_on(conn, &deed.scope, staff, person, since).await? {
        return Ok(Some("その職員の仕事のつづき"));
    }
    let look = Look {
        person,
        staff,
        since,
    };
    if tasks::explains(conn, deed, person, staff, since).await? {
        return Ok(Some("やること"));
    }
    if own && twins::pairs::is_open_for(conn, deed, person).await? {
        return Ok(Some("重複の確認"));
    }
    for explain in explains {
        if (explain.holds)(conn, deed, look).await? {
            return Ok(Some(explain.word));
        }
    }
    Ok(None)
}

/// Refuses another center's person of whom this account neither has work nor said a purpose: for deeds
/// that bring somebody into a record without opening it, since such a deed is work, too.
pub async fn must_be_open(
    conn: &mut Conn,
    deed: &Deed,
    explains: &[Explain],
    person: PersonId,
) -> Result<(), PersonRefusal> {
    if deed.scope.actor == Actor::Program {
        return Ok(());
    }
    let standing = people::find_standing(conn, deed, person).await?;
    let standing = standing.ok_or(PersonRefusal::NotFound)?;
    if !standing.asks_purpose(deed.scope.center) {
        return Ok(());
    }
    let account = deed.scope.actor.account().ok_or(NoRight)?;
    let is_staff = matches!(deed.scope.actor, Actor::Staff(_));
    if is_staff
        && explain(conn, deed, explains, account, person, false)
            .await?
            .is_some()
    {
        return Ok(());
    }
    let said = people::openings::find(conn, deed, account, person).await?;
    said.map(drop).ok_or(PersonRefusal::NoPurpose)
}

/// Makes the line of an unexplained sight durable and notes it for the head, in one write.
pub async fn note_sight(db: &Db, deed: &Deed, person: PersonId, line: Line) -> Result<(), Refusal> {
    let deed = deed.clone();
    db.write_together(move |conn| {
        Box::pin(async move {
            audit::record(conn, &deed, line).await?;
            note_in(conn, &deed, person, "").await
        })
    })
    .await
}

/// Notes a sight for the head of who looked; another program's sights are the auditor's alone.
pub async fn note_in(
    conn: &mut Conn,
    deed: &Deed,
    person: PersonId,
    purpose: &str,
) -> Result<(), Refusal> {
    let Actor::Staff(staff) = deed.scope.actor else {
        return Ok(());
    };
    let week = week_of(in_japan(deed.now).date());
    let whose = (week, staff, person);
    let known = store::find_known(conn, deed, whose).await?;
    let recent = known.as_ref().is_some_and(|known| known.is_recent(deed));
    if purpose.is_empty() && recent {
        return Ok(());
    }
    let center = deed.scope.center;
    let odd = !networks::is_open(conn, &deed.scope, center, deed.now).await?;
    let canary = store::is_canary(conn, deed, person).await?;
    let Some(known) = known else {
        return store::insert(conn, deed, whose, odd, canary, purpose).await;
    };
    store::see_again(conn, deed, &known, odd, canary).await?;
    if !purpose.is_empty() {
        store::say_again(conn, deed, &known, purpose).await?;
    }
    Ok(())
}

/// The center that this account leads, and the account.
pub(super) fn leads(deed: &Deed) -> Result<(CenterId, StaffId), Refusal> {
    deed.scope.need(Right::Lead)?;
    let (Some(center), Some(staff)) = (deed.scope.center, deed.scope.actor.account()) else {
        return Err(NoRight.into());
    };
    Ok((center, staff))
}

/// A view that this head may judge: of their center, and not their own.
async fn theirs(conn: &mut Conn, deed: &Deed, id: RowId) -> Result<View, Refusal> {
    let (center, me) = leads(deed)?;
    let view = store::find(conn, deed, center, id).await?;
    match view.staff == me {
        true => Err(Refusal::NotFound),
        false => Ok(view),
    }
}

/// The head knows why, of so many sights as they read: a further one makes no new version, and is not
/// settled by a list that was opened before it.
pub async fn understand(
    db: &Db,
    deed: &Deed,
    id: RowId,
    (version, sights): (i64, i64),
) -> Result<(), Refusal> {
    let deed = deed.clone();
    db.write(move |conn| {
        Box::pin(async move {
            let mut view = theirs(conn, &deed, id).await?;
            let read = view.version == version && view.sights == sights;
            if !read || view.state == State::Understood {
                return Err(Refusal::Changed);
            }
            view.state = State::Understood;
            store::save(conn, &deed, &view, true).await?;
            tell(conn, &deed, &view, "閲覧を確認").await
        })
    })
    .await
}

/// The head asks who looked.
pub async fn ask(
    db: &Db,
    deed: &Deed,
    id: RowId,
    version: i64,
    question: &str,
) -> Result<(), Refusal> {
    let (deed, question) = (deed.clone(), said(question)?);
    db.write(move |conn| {
        Box::pin(async move {
            let mut view = theirs(conn, &deed, id).await?;
            if view.version != version || view.state == State::Asked {
                return Err(Refusal::Changed);
            }
            view.state = State::Asked;
            view.words.question = question;
            view.words.answer.clear();
            store::save(conn, &deed, &view, true).await?;
            tell(conn, &deed, &view, "閲覧についてたずねた").await
        })
    })
    .await
}

/// Who looked answers.
pub async fn answer(
    db: &Db,
    deed: &Deed,
    id: RowId,
    version: i64,
    answer: &str,
) -> Result<(), Refusal> {
    let Actor::Staff(me) = deed.scope.actor else {
        return Err(NoRight.into());
    };
    let (deed, answer) = (deed.clone(), said(answer)?);
    db.write(move |conn| {
        Box::pin(async move {
            let mut view = store::find_own(conn, &deed, me, id).await?;
            if view.version != version || view.state != State::Asked {
                return Err(Refusal::Changed);
            }
            view.state = State::Answered;
            view.words.answer = answer;
            store::save(conn, &deed, &view, false).await?;
            tell(conn, &deed, &view, "閲覧について答えた").await
        })
    })
    .await
}

/// Makes a record of one's own center a canary, or no longer.
pub async fn set_canary(db: &Db, deed: &Deed, person: PersonId, on: bool) -> Result<(), Refusal> {
    let (center, _) = leads(deed)?;
    let deed = deed.clone();
    db.write(move |conn| {
        Box::pin(async move {
            let standing = people::find_standing(conn, &deed, person).await;
            let standing = standing.map_err(|_| Refusal::NotFound)?;
            let standing = standing.ok_or(Refusal::NotFound)?;
            if standing.center != Some(center) {
                return Err(Refusal::NotFound);
            }
            if store::set_canary(conn, &deed, person, on).await? == 0 {
                return Ok(());
            }
            // Said to nobody who reads the person's list of sights.
            let words = if on {
                "見張りの記録にした"
            } else {
                "見張りの記録をやめた"
            };
            let line = Line::new(Verb::Questioned, None, Fields::NOTHING);
            Ok(audit::record(conn, &deed, line.saying(format!("{words} {person}"))).await?)
        })
    })
    .await
}

async fn tell(conn: &mut Conn, deed: &Deed, view: &View, words: &str) -> Result<(), Refusal> {
    let line = Line::new(Verb::Questioned, Some(view.person), Fields::NOTHING);
    let line = line.saying(format!("{words} {}", view.staff));
    Ok(audit::record(conn, deed, line).await?)
}
