//! An inquiry ends: where the person is, what was told to whom, and a task for their own center.

use std::collections::{BTreeSet, HashMap};

use db::{Conn, Db, Error};

use crate::audit::{self, Fields, Line, Verb, Why};
use crate::clock::in_japan;
use crate::deed::Deed;
use crate::desk::rules::{Came, Ending, Inquiry, Refusal, Step, Teller, Told, due, story, title};
use crate::desk::store;
use crate::ids::{InquiryId, StaffId, TaskId};
use crate::networks;
use crate::people;
use crate::scope::Right;
use crate::staff;
use crate::tasks::{self, Kind, NewTask, Words};

/// Closes it and opens the follow-up of the person's own center on its next working day, with the
/// whole story in it; the town's, where the person has no center. A drill leaves no work behind.
pub async fn close(
    db: &Db,
    deed: &Deed,
    id: InquiryId,
    version: i64,
    ending: Ending,
) -> Result<Option<TaskId>, Refusal> {
    deed.scope.need(Right::Desk)?;
    ending.check()?;
    let deed = deed.clone();
    db.write(move |conn| {
        Box::pin(async move {
            let mut inquiry = store::find(conn, &deed, id).await?;
            inquiry.must_be_open()?;
            inquiry.version = version;
            close_in(conn, &deed, inquiry, ending).await
        })
    })
    .await
}

/// The same within a transaction.
pub(super) async fn close_in(
    conn: &mut Conn,
    deed: &Deed,
    mut inquiry: Inquiry,
    ending: Ending,
) -> Result<Option<TaskId>, Refusal> {
    store::save_ending(conn, deed, &inquiry, &ending).await?;
    let line = Line::new(Verb::Closed, Some(inquiry.person), Fields::NOTHING);
    let line = line.because(Why::Inquiry(inquiry.id));
    audit::record(conn, deed, inquiry.came.mark(line)).await?;
    if inquiry.came == Came::Drill {
        return Ok(None);
    }
    inquiry.ending = Some(ending);
    let task = follow_up(conn, deed, &inquiry).await?;
    Ok(Some(tasks::open_in(conn, deed, task).await?))
}

async fn follow_up(conn: &mut Conn, deed: &Deed, inquiry: &Inquiry) -> Result<NewTask, Refusal> {
    let view = super::person(conn, deed, inquiry.person).await?;
    let told = store::list_told(conn, deed, inquiry.id).await?;
    let steps = store::list_steps(conn, deed, inquiry.id).await?;
    let names = names(conn, deed, &told, &steps).await?;
    let words = words(inquiry, &view, &told, &steps, &names);
    let center = view.standing.center;
    let due = match center {
        Some(center) => due(
            &networks::calendar_of(conn, &deed.scope, center).await?,
            deed.now,
        ),
        None => in_japan(deed.now)
            .date()
            .tomorrow()
            .unwrap_or(in_japan(deed.now).date()),
    };
    Ok(NewTask {
        center,
        person: Some(inquiry.person),
        kind: Kind::AfterInquiry,
        due,
        words,
        link: format!("/desk/inquiries/{}", inquiry.id),
    })
}

fn words(
    inquiry: &Inquiry,
    view: &people::DeskView,
    told: &[Told],
    steps: &[Step],
    names: &HashMap<StaffId, String>,
) -> Words {
    let name = |by: Option<StaffId>| {
        by.and_then(|id| names.get(&id).cloned())
            .unwrap_or_default()
    };
    let teller = Teller {
        inquiry,
        told,
        steps,
        name: &name,
    };
    Words {
        title: title(&view.identity.value.name.to_string()),
        story: story(&teller),
    }
}

async fn names(
    conn: &mut Conn,
    deed: &Deed,
    told: &[Told],
    steps: &[Step],
) -> Result<HashMap<StaffId, String>, Error> {
    let mut names = HashMap::new();
    let all = told
        .iter()
        .map(|told| told.by)
        .chain(steps.iter().map(|step| step.by));
    let all: BTreeSet<StaffId> = all.flatten().collect();
    for id in all {
        let account = staff::find_account(conn, &deed.scope, &deed.keys, id).await?;
        let name = account.map_or_else(String::new, |account| account.card.name);
        names.insert(id, name);
    }
    Ok(names)
}
