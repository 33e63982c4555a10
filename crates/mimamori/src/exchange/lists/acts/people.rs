//! Lists of the register: people, tags, renewals, tasks, pairs, leavings.

use std::collections::HashSet;

use db::Conn;

use super::called::who;
use super::{Entry, MOST, Stopped, Walk, room};
use crate::exchange::lists::rules::{renewal_cells, row_of_person, tag_cells, task_cells};
use crate::ids::{PersonId, TaskId};
use crate::leaving;
use crate::people::twins::{PairState, pairs, shown};
use crate::people::{self, Person};
use crate::renewals::{self, Month};
use crate::tags;
use crate::tasks::{self, Whose};

impl Walk {
    /// The next people in order of their ids, whoever belongs to the part.
    async fn next_people(&mut self, conn: &mut Conn) -> Result<Vec<Person>, Stopped> {
        let after = PersonId(self.at);
        let ids = people::list_ids_after(conn, &self.deed, after, MOST).await;
        let ids = ids.map_err(room)?;
        match ids.last() {
            Some(last) => self.at = last.0,
            None => self.done = true,
        }
        let (mut found, part) = (Vec::new(), self.wish.part);
        for id in ids {
            let person = people::find(conn, &self.deed, id).await.map_err(room)?;
            found.extend(person.filter(|one| part.has_center(one.standing.center)));
        }
        Ok(found)
    }

    pub(super) async fn people(&mut self) -> Result<Vec<Entry>, Stopped> {
        let mut conn = self.db.read().await?;
        let mut people = self.next_people(&mut conn).await?;
        let part = self.wish.part;
        people.retain(|one| part.has_state(one.standing.state.code()));
        let row = |one: &Person| Entry::about(row_of_person(one, self.whole), [one.id]);
        Ok(people.iter().map(row).collect())
    }

    pub(super) async fn tags(&mut self) -> Result<Vec<Entry>, Stopped> {
        let mut conn = self.db.read().await?;
        let mut rows = Vec::new();
        for one in self.next_people(&mut conn).await? {
            let all = tags::list_for_person(&mut conn, &self.deed, one.id).await;
            let all = all.map_err(room)?;
            rows.extend(all.iter().map(|tag| {
                let id = tag.id.to_string();
                owned(tag_cells(tag).into_iter().chain([id]).collect(), &one)
            }));
        }
        Ok(rows)
    }

    pub(super) async fn renewals(&mut self) -> Result<Vec<Entry>, Stopped> {
        let mut conn = self.db.read().await?;
        let part = self.wish.part;
        let (people, month) = match part.month {
            None => (self.next_people(&mut conn).await?, None),
            Some(first) => {
                self.done = true;
                let month = Month::of(first);
                (self.people_of(&mut conn, month).await?, Some(month))
            }
        };
        let mut rows = Vec::new();
        for one in people {
            let all = renewals::list_for_person(&mut conn, &self.deed, one.id).await;
            let mut all = all.map_err(room)?;
            all.retain(|of| month.is_none_or(|month| of.month == month));
            all.retain(|of| part.has_state(of.state.code()));
            rows.extend(all.iter().map(|of| owned(renewal_cells(of), &one)));
        }
        Ok(rows)
    }

    /// Everybody of a month's worklist.
    async fn people_of(&self, conn: &mut Conn, month: Month) -> Result<Vec<Person>, Stopped> {
        let which = renewals::Which {
            month,
            center: None,
            state: None,
        };
        let ids = renewals::list_ids(conn, &self.deed, which).await;
        let mut found = Vec::new();
        for id in ids.map_err(room)? {
            let person = people::find(conn, &self.deed, id).await.map_err(room)?;
            let center = self.wish.part;
            found.extend(person.filter(|one| center.has_center(one.standing.center)));
        }
        Ok(found)
    }

    /// What the list of the day shows: one's own center's and the town's.
    pub(super) async fn tasks(&mut self) -> Result<Vec<Entry>, Stopped> {
        let mut conn = self.db.read().await?;
        let whose = Whose::of(&self.deed.scope, false);
        let after = TaskId(self.at);
        let all = tasks::list_after(&mut conn, &self.deed, whose, after, MOST).await;
        let all = all.map_err(room)?;
        match all.last() {
            Some(last) => self.at = last.id.0,
            None => self.done = true,
        }
        let (mut rows, part) = (Vec::new(), self.wish.part);
        for one in all
            .into_iter()
            .filter(|one| part.has_open(one.state.waits()))
        {
            let owner = who(&mut conn, &self.deed, one.person).await?;
            let (person, id) = (one.person, one.id.to_string());
            let (center, waits) = (self.called.center(one.center), one.state.waits());
            let cells = task_cells(one.due, (one.kind, waits), &one.words, center);
            let cells = cells.into_iter().chain(owner).chain([id]);
            rows.push(Entry::about(cells.collect(), person));
        }
        Ok(rows)
    }

    /// Pairs of one's own center, the likeliest first.
    pub(super) async fn twins(&mut self) -> Result<Vec<Entry>, Stopped> {
        self.done = true;
        let mut conn = self.db.read().await?;
        let (mut rows, mut seen) = (Vec::new(), HashSet::new());
        for state in PairState::ALL {
            let which = pairs::Which {
                state: *state,
                center: self.deed.scope.center,
            };
            for page in 0.. {
                let listed = pairs::list(&mut conn, &self.deed, which, page).await;
                let mut listed = listed.map_err(room)?;
                if listed.is_empty() {
                    break;
                }
                listed.retain(|one| seen.insert((one.one, one.two)));
                for one in listed {
                    let first = who(&mut conn, &self.deed, Some(one.one)).await?;
                    let second = who(&mut conn, &self.deed, Some(one.two)).await?;
                    let head = [one.state.word().to_owned(), shown(one.score)];
                    let cells = head.into_iter().chain(first).chain(second);
                    let cells = cells.chain([one.words.reason]).collect();
                    rows.push(Entry::about(cells, [one.one, one.two]));
                }
            }
        }
        Ok(rows)
    }

    /// Those under way.
    pub(super) async fn leavings(&mut self) -> Result<Vec<Entry>, Stopped> {
        self.done = true;
        let mut conn = self.db.read().await?;
        let all = leaving::list_open(&mut conn, &self.deed, i64::MAX).await;
        let mut rows = Vec::new();
        for one in all.map_err(room)? {
            let owner = who(&mut conn, &self.deed, Some(one.person)).await?;
            let cells = [
                one.kind.word().to_owned(),
                one.state.word().to_owned(),
                one.since.to_string(),
                one.due.to_string(),
            ];
            let cells = cells.into_iter().chain(owner).collect();
            rows.push(Entry::about(cells, [one.person]));
        }
        Ok(rows)
    }
}

/// With whose it is behind.
fn owned(cells: Vec<String>, person: &Person) -> Entry {
    let identity = &person.identity.value;
    let owner = [
        identity.name.to_string(),
        identity.born.iso(),
        person.id.to_string(),
    ];
    Entry::about(cells.into_iter().chain(owner).collect(), [person.id])
}
