//! Looking at verdicts: they tell what is registered.

use db::Db;

use crate::audit::{self, Fields, Line, Verb};
use crate::deed::Deed;
use crate::ids::PersonId;
use crate::people::import::rules::{Refusal, Verdict, Who};
use crate::people::rules::Group;

/// Makes durable, before the rows are shown, whose record they tell of.
pub async fn witness(db: &Db, deed: &Deed, rows: &[Verdict]) -> Result<(), Refusal> {
    let lines: Vec<Line> = rows.iter().flat_map(lines_of).collect();
    if lines.is_empty() {
        return Ok(());
    }
    let deed = deed.clone();
    db.write(move |conn| {
        Box::pin(async move {
            for line in lines {
                audit::record(conn, &deed, line).await?;
            }
            Ok(())
        })
    })
    .await
}

fn lines_of(verdict: &Verdict) -> Vec<Line> {
    let saw =
        |person, fields| Line::new(Verb::Saw, Some(person), fields).saying("名簿の取り込みの確認");
    let alike = verdict.likes.iter().filter_map(|like| match like.who {
        Who::Person(person) => Some(person),
        Who::Row(_) | Who::Erased(_) => None,
    });
    let mut lines: Vec<Line> = alike.map(|person| saw(person, Fields::IDENTITY)).collect();
    let changed: Option<PersonId> = verdict.person.filter(|_| !verdict.told.is_empty());
    lines.extend(changed.map(|person| saw(person, Group::all_fields())));
    lines
}
