//! What a case tells of somebody goes: they are erased, they wish it, or it ended long ago.

use db::{Conn, Db};
use jiff::Span;
use jiff::civil::Date;

use super::{end_task, handing, note, seen};
use crate::cases::rules::{Forgotten, Refusal};
use crate::cases::store;
use crate::clock::in_japan;
use crate::deed::Deed;
use crate::ids::{CaseId, PersonId};
use crate::people::{self, Identity};
use crate::scope::Right;
use crate::staff::midnight;
use crate::tasks::{self, Kind, NewTask, Words};

/// So long whoever is in charge of a household's case has to read through it.
const DAYS: i64 = 14;

/// Erases a person's cases with the tasks that lead to them. Of a household's case, and of one that
/// they were taken out of, their name goes, and whoever is in charge is asked to read the rest and the
/// files (docs/decisions/0029).
pub async fn forget_in(conn: &mut Conn, deed: &Deed, person: PersonId) -> Result<(), Refusal> {
    let told = store::list_forgotten(conn, deed, person).await?;
    for case in told.alone {
        delete(conn, deed, case).await?;
    }
    if told.shared.is_empty() && told.left.is_empty() {
        return Ok(());
    }
    let identity = people::find_group::<Identity>(conn, deed, person).await?;
    let names = Forgotten::of(&identity.ok_or(Refusal::NotFound)?.value);
    for case in &told.shared {
        let case = *case;
        // What was offered is about fewer people now: whoever is in charge offers it anew.
        handing::call_back_upon(conn, deed, case, None).await?;
        forget_move(conn, deed, case).await?;
        store::forget_person(conn, deed, case, person).await?;
    }
    // Whoever was taken out of a case is named in what was written before.
    for case in told.shared.into_iter().chain(told.left) {
        store::forget_names(conn, deed, case, person, &names).await?;
        ask_to_read(conn, deed, case).await?;
    }
    Ok(())
}

/// Whether the case has to follow somebody is asked anew, of those who are left.
async fn forget_move(conn: &mut Conn, deed: &Deed, id: CaseId) -> Result<(), Refusal> {
    let mut case = store::find_as_program(conn, deed, id).await?;
    let Some(task) = case.moved_task.take() else {
        return Ok(());
    };
    end_task(
        conn,
        deed,
        Some(task),
        "対象だった方の記録が消去されました。",
    )
    .await?;
    store::save(conn, deed, &case).await
}

async fn delete(conn: &mut Conn, deed: &Deed, case: CaseId) -> Result<(), Refusal> {
    for link in store::delete(conn, deed, case).await? {
        tasks::forget_linked_in(conn, deed, &link).await?;
    }
    Ok(())
}

async fn ask_to_read(conn: &mut Conn, deed: &Deed, id: CaseId) -> Result<(), Refusal> {
    let case = store::find_as_program(conn, deed, id).await?;
    let new = NewTask {
        center: Some(case.center),
        person: None,
        kind: Kind::Case,
        due: in_japan(deed.now).date().saturating_add(Span::new().days(DAYS)),
        words: Words {
            title: format!("{}の見直し（消去のあと）", case.name()),
            story: "対象だった方のお一人の記録が消去されました。お名前は消してあります。書類や文章に、その方のことが残っていないかを確かめ、いらないものを消してください。".to_owned(),
        },
        link: format!("/cases/{id}"),
    };
    let task = tasks::open_in(conn, deed, new).await?;
    if case.lead.is_some() {
        tasks::give_in(conn, deed, task, case.center, case.lead).await?;
    }
    Ok(())
}

/// Erases a case of somebody who is not registered, because they wish so, with the reason. Of
/// registered people their record is erased, by the way that leavings go.
pub async fn erase(db: &Db, deed: &Deed, id: CaseId, reason: String) -> Result<(), Refusal> {
    let deed = deed.clone();
    db.write(move |conn| {
        Box::pin(async move {
            // To whoever may not see it it is not there, the head or not.
            seen(conn, &deed, id).await?;
            deed.scope.need(Right::Lead)?;
            if reason.is_empty() {
                return Err(Refusal::NoWords);
            }
            if store::count_people(conn, &deed, id).await? > 0 {
                return Err(Refusal::Registered);
            }
            delete(conn, &deed, id).await?;
            let said = format!("登録のない方の支援の消去：{reason}");
            Ok(note(conn, &deed, id, &said).await?)
        })
    })
    .await
}

/// Erases cases of nobody registered that ended before a day; how many there were.
pub async fn forget_before(db: &Db, deed: &Deed, day: Date) -> Result<usize, Refusal> {
    let (deed, before) = (deed.clone(), midnight(day).as_millisecond());
    db.write(move |conn| {
        Box::pin(async move {
            let old = store::list_of_nobody_before(conn, &deed, before).await?;
            for case in &old {
                delete(conn, &deed, *case).await?;
                note(conn, &deed, *case, "保存の期間が過ぎた支援の消去").await?;
            }
            Ok(old.len())
        })
    })
    .await
}
