//! Lists of support: cases that the account may see, paths of its center.

use super::called::who;
use super::{Entry, MOST, Stopped, Walk, day, room};
use crate::cases::{self, Access, Case};
use crate::clock::in_japan;
use crate::ids::CaseId;
use crate::paths::steps::{self, Path, State};

impl Walk {
    pub(super) async fn cases(&mut self) -> Result<Vec<Entry>, Stopped> {
        let mut conn = self.db.read().await?;
        let below = CaseId(if self.at == 0 { i64::MAX } else { self.at });
        let all = cases::list_below(&mut conn, &self.deed, below, MOST).await;
        let all = all.map_err(room)?;
        match all.last() {
            Some(last) => self.at = last.id.0,
            None => self.done = true,
        }
        let (mut rows, part) = (Vec::new(), self.wish.part);
        for one in all.iter().filter(|one| part.has_state(one.state.code())) {
            let whose = cases::list_people(&mut conn, &self.deed, one.id).await;
            let (whose, mut about) = (whose.map_err(room)?, Vec::new());
            for person in &whose {
                let [name, ..] = who(&mut conn, &self.deed, Some(*person)).await?;
                about.push(name);
            }
            about.retain(|name| !name.is_empty());
            if about.is_empty() {
                about.push(one.body.about.clone());
            }
            rows.push(Entry {
                cells: self.case(one, &about.join("、")),
                // Who is supported by those who are named is in nobody's list of sights.
                whom: match one.access {
                    Access::Center => whose,
                    Access::Named => Vec::new(),
                },
                case: Some(one.id),
            });
        }
        Ok(rows)
    }

    fn case(&self, one: &Case, about: &str) -> Vec<String> {
        let date = |at| in_japan(at).date().to_string();
        vec![
            one.name(),
            about.to_owned(),
            self.called.staff(one.lead),
            self.called.staff(one.second),
            one.state.word().to_owned(),
            one.access.word().to_owned(),
            date(one.opened_at),
            one.closed_at.map(date).unwrap_or_default(),
            one.touched.to_string(),
            self.called.center(Some(one.center)),
            one.id.to_string(),
        ]
    }

    pub(super) async fn paths(&mut self) -> Result<Vec<Entry>, Stopped> {
        self.done = true;
        let Some(center) = self.deed.scope.center else {
            return Ok(Vec::new());
        };
        let mut conn = self.db.read().await?;
        let (mut rows, part) = (Vec::new(), self.wish.part);
        for state in State::ALL {
            if !part.has_open(*state == State::Open) {
                continue;
            }
            let all = steps::list_of_center(&mut conn, &self.deed, center, *state, i64::MAX).await;
            for one in all.map_err(room)? {
                let owner = who(&mut conn, &self.deed, Some(one.person)).await?;
                let cells = path(&one).into_iter().chain(owner);
                let cells = cells.chain([one.id.to_string()]).collect();
                rows.push(Entry::about(cells, [one.person]));
            }
        }
        Ok(rows)
    }
}

fn path(one: &Path) -> Vec<String> {
    let due = one.next_due();
    let at = due.map(|(at, _)| at).or(one.current());
    let next = at.and_then(|at| one.steps.get(at));
    vec![
        one.word.clone(),
        one.state.word().to_owned(),
        one.began.to_string(),
        next.map(|step| step.plan.word.clone()).unwrap_or_default(),
        day(due.map(|(_, due)| due)),
        day(one.ended),
    ]
}
