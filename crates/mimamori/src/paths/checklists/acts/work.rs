//! Beginning a checklist, writing answers down, taking a slip back.

use db::{Conn, Db};
use jiff::civil::Date;

use crate::audit::{self, Fields, Line, Verb};
use crate::clock::in_japan;
use crate::deed::Deed;
use crate::ids::{PersonId, RowId};
use crate::paths::acts::own;
use crate::paths::checklists::rules::{Answers, Checklist, Refusal, Sheet, State, Way};
use crate::paths::checklists::store;
use crate::scope::{NoRight, Right};

/// Begins a checklist about somebody of one's own center.
pub async fn begin(
    db: &Db,
    deed: &Deed,
    person: PersonId,
    sheet: Sheet,
    way: Way,
) -> Result<RowId, Refusal> {
    deed.scope.need(Right::Support)?;
    let begun_by = deed.scope.actor.account().ok_or(NoRight)?;
    let deed = deed.clone();
    db.write(move |conn| {
        Box::pin(async move {
            own(conn, &deed, person).await?;
            let new = Checklist {
                id: RowId(deed.new_id()),
                person,
                sheet,
                way,
                state: State::Begun,
                on: in_japan(deed.now).date(),
                begun_at: deed.now,
                begun_by,
                answers: Answers::default(),
                link_until: None,
                version: 1,
            };
            store::insert(conn, &deed, &new).await?;
            say(conn, &deed, &new, "はじめた").await?;
            Ok(new.id)
        })
    })
    .await
}

/// Writes all answers down as they stand on the form, and counts it as answered; a tablet's link is
/// over with it.
pub async fn save(
    db: &Db,
    deed: &Deed,
    id: RowId,
    version: i64,
    on: Date,
    answers: Answers,
) -> Result<PersonId, Refusal> {
    if on > in_japan(deed.now).date() {
        return Err(Refusal::Ahead);
    }
    change(db, deed, id, version, "回答を保存", move |one| {
        one.answers = answers;
        one.on = on;
        one.state = State::Done;
    })
    .await
}

/// Takes a slip back: it stays to be read and counts nowhere.
pub async fn put_void(db: &Db, deed: &Deed, id: RowId, version: i64) -> Result<PersonId, Refusal> {
    change(db, deed, id, version, "取り消し", |one| {
        one.state = State::Void
    })
    .await
}

async fn change(
    db: &Db,
    deed: &Deed,
    id: RowId,
    version: i64,
    words: &'static str,
    rule: impl FnOnce(&mut Checklist) + Send + 'static,
) -> Result<PersonId, Refusal> {
    deed.scope.need(Right::Support)?;
    let deed = deed.clone();
    db.write(move |conn| {
        Box::pin(async move {
            let mut one = store::find(conn, &deed, id).await?;
            own(conn, &deed, one.person).await?;
            one.may_change(version)?;
            rule(&mut one);
            store::save(conn, &deed, &one, None).await?;
            say(conn, &deed, &one, words).await?;
            Ok(one.person)
        })
    })
    .await
}

/// The line of what was done.
pub(super) async fn say(
    conn: &mut Conn,
    deed: &Deed,
    one: &Checklist,
    words: &str,
) -> Result<(), Refusal> {
    let words = format!("{}：{words}", one.sheet.word());
    let line = Line::new(Verb::Changed, Some(one.person), Fields::CARE).saying(words);
    Ok(audit::record(conn, deed, line).await?)
}
