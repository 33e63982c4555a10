//! Opening a case: whether it may be seen, then the audit line, then the sight.

use crate::audit::{self, Fields, Line, Verb, Why};
use crate::cases::rules::{Access, Case, Refusal};
use crate::cases::store;
use crate::front::{Asked, Problem};
use crate::ids::{CaseId, PersonId};
use crate::people::{self, DeskView};

/// A case that is open before somebody.
pub struct Opened {
    /// The case.
    pub case: Case,
    /// Whose it is, as the register knows them now.
    pub people: Vec<DeskView>,
}

impl Opened {
    /// 「南野 ハナコ さん、南野 一郎 さん」, or the place.
    pub fn about(&self) -> String {
        if self.people.is_empty() {
            return self.case.body.about.clone();
        }
        let names = self.people.iter();
        let names: Vec<String> = names
            .map(|one| format!("{} さん", one.identity.value.name))
            .collect();
        names.join("、")
    }
}

/// The case with its people, after the lines of the sight are durable.
pub async fn enter(asked: &Asked, id: CaseId, fields: Fields) -> Result<Opened, Problem> {
    let mut conn = asked.read().await?;
    let case = store::find(&mut conn, &asked.deed, id).await?;
    let whose = store::list_people(&mut conn, &asked.deed, id).await?;
    drop(conn);
    let lines = lines(&case, &whose, fields);
    audit::witness_all(asked.db(), &asked.deed, lines).await?;
    let mut conn = asked.read().await?;
    let mut people = Vec::new();
    for person in whose {
        let view = people::find_for_desk(&mut conn, &asked.deed, person).await;
        people.extend(view.map_err(Refusal::from)?);
    }
    Ok(Opened { case, people })
}

/// A line for each person, so that they can be told who looked at them. Of a case that is open to
/// named people only the line names the case: whoever reads the person's list shall not learn of it.
pub(super) fn lines(case: &Case, whose: &[PersonId], fields: Fields) -> Vec<Line> {
    let sight = |person| Line::new(Verb::Saw, person, fields).because(Why::Case(case.id));
    match case.access {
        Access::Center if !whose.is_empty() => {
            whose.iter().map(|person| sight(Some(*person))).collect()
        }
        _ => vec![sight(None)],
    }
}

/// The case of an address, if it may be seen; for deeds, whose acts ask once more.
pub async fn admit(asked: &Asked, text: &str) -> Result<Case, Problem> {
    let id: CaseId = text.parse().map_err(|_| Problem::NotFound)?;
    let mut conn = asked.read().await?;
    Ok(store::find(&mut conn, &asked.deed, id).await?)
}
