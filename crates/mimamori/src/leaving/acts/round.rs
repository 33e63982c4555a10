//! What the program does by itself: plans for whoever left without one, plans of people who are
//! back, and a task for the second person when a day comes near.

use db::{Conn, Db};
use jiff::ToSpan;

use super::begin::write_in;
use super::standing::{end, save_in};
use crate::clock::in_japan;
use crate::deed::Deed;
use crate::ids::RowId;
use crate::leaving::rules::{Asker, Kind, Leaving, Refusal, State, due};
use crate::leaving::store::{self, Plan};
use crate::tasks::{NewTask, Words};
use crate::{people, tasks};

/// The task for the second person is opened so long before the day.
const AHEAD_DAYS: i64 = 14;

/// Brings plans into step with the register and opens the tasks that are near. The work of one
/// town; it changes nothing where nothing is to be done.
pub async fn round(db: &Db, deed: &Deed) -> Result<(), Refusal> {
    let today = in_japan(deed.now).date();
    let near = today.saturating_add(AHEAD_DAYS.days());
    let mut conn = db.read().await?;
    let idle = store::list_unwritten(&mut conn, deed).await?.is_empty()
        && store::list_back(&mut conn, deed).await?.is_empty()
        && store::list_without_task(&mut conn, deed, near)
            .await?
            .is_empty();
    drop(conn);
    if idle {
        return Ok(());
    }
    let deed = deed.clone();
    db.write(move |conn| {
        Box::pin(async move {
            for id in store::list_back(conn, &deed).await? {
                stop_back(conn, &deed, id).await?;
            }
            write_down(conn, &deed).await?;
            for leaving in store::list_without_task(conn, &deed, near).await? {
                ask_second(conn, &deed, &leaving).await?;
            }
            Ok(())
        })
    })
    .await
}

async fn stop_back(conn: &mut Conn, deed: &Deed, id: RowId) -> Result<(), Refusal> {
    let mut leaving = store::find(conn, deed, id).await?;
    end(&mut leaving, deed);
    save_in(conn, deed, &leaving, "登録にもどったため、とりやめ").await
}

/// A plan for everybody who left without one: by an older version, or by an import.
async fn write_down(conn: &mut Conn, deed: &Deed) -> Result<(), Refusal> {
    let today = in_japan(deed.now).date();
    for one in store::list_unwritten(conn, deed).await? {
        let Some(kind) = Kind::of_state(one.state) else {
            continue;
        };
        let since = one.on.unwrap_or(today).min(today);
        let term = store::find_term(conn, deed, kind).await?;
        let plan = Plan {
            id: RowId(deed.new_id()),
            person: one.person,
            kind,
            since,
            due: due(since, term.days, today),
            by: one.by,
            asker: Asker::unknown(),
        };
        write_in(conn, deed, &plan).await?;
    }
    Ok(())
}

async fn ask_second(conn: &mut Conn, deed: &Deed, leaving: &Leaving) -> Result<(), Refusal> {
    debug_assert!(leaving.state == State::Waiting);
    let Some(view) = people::find_for_desk(conn, deed, leaving.person).await? else {
        return Ok(());
    };
    let name = &view.identity.value.name;
    let new = NewTask {
        center: view.standing.center,
        person: Some(leaving.person),
        kind: tasks::Kind::Leaving,
        due: leaving.due,
        words: Words {
            title: format!("{name} さんの記録の消去を、2人目として確かめる"),
            story: format!(
                "{}の手続きが進んでいます。消去の予定日は{}です。手続きをした職員とは別の職員が、取りちがえがないことを確かめてください。確かめるまで、記録は消えません。",
                leaving.kind.word(),
                leaving.due.strftime("%Y年%-m月%-d日"),
            ),
        },
        link: format!("/people/{}/leaving", leaving.person),
    };
    let task = tasks::open_in(conn, deed, new).await?;
    store::save_task(conn, deed, leaving, task).await
}
