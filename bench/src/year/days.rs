//! A day of the generated year.

use anyhow::Result;
use mimamori::clock::in_japan;
use mimamori::ids::PersonId;
use mimamori::tasks::{self, Kind, NewTask, Words};

use super::Options;
use super::fill::{DAYS, Town};

/// Of so many of a day: a year's count spread evenly, the rest on the first days.
fn of_day(count: usize, day: usize) -> usize {
    let days = DAYS as usize;
    count / days + usize::from(day < count % days)
}

impl Town {
    /// Everything that happens on a day.
    pub async fn day(&mut self, options: &Options, day: usize) -> Result<()> {
        self.deed = self.app.program_deed(self.deed.network(), "bench").await?;
        self.open_tasks(of_day(options.tasks, day)).await?;
        self.consult(of_day(options.consultations, day)).await?;
        self.notice(of_day(options.notices, day)).await?;
        self.support(of_day(options.cases, day)).await
    }

    /// Somebody of a center.
    pub fn somebody(&mut self, center: usize) -> PersonId {
        let people = &self.filled.people[center];
        PersonId(people[self.chance.below(people.len())])
    }

    /// Tasks about people of each center; nineteen in twenty are done.
    async fn open_tasks(&mut self, count: usize) -> Result<()> {
        let today = in_japan(self.deed.now).date();
        let mut new = Vec::new();
        for _ in 0..count {
            let at = self.chance.below(self.centers.len());
            let task = NewTask {
                center: Some(self.centers[at]),
                person: Some(self.somebody(at)),
                kind: Kind::Confirm,
                due: today.saturating_add(jiff::Span::new().days(7)),
                words: Words {
                    title: "登録内容を確かめる".to_owned(),
                    story: "緊急連絡先の電話がつながりませんでした。".to_owned(),
                },
                link: String::new(),
            };
            new.push((at, self.chance.below(20) == 0, task));
        }
        let deed = self.deed.clone();
        let opened = self.app.db.write(move |conn| {
            Box::pin(async move {
                let mut open = Vec::new();
                for (at, stays, task) in new {
                    let id = tasks::open_in(conn, &deed, task).await?;
                    match stays {
                        true => open.push((at, id.0)),
                        false => tasks::finish_in(conn, &deed, id, "長女に確かめました。").await?,
                    }
                }
                Ok::<_, tasks::Refusal>(open)
            })
        });
        for (at, id) in opened.await? {
            self.filled.tasks[at].push(id);
        }
        Ok(())
    }
}
