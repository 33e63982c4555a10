//! Lists of the Station's courses: series, days, places, sign-ups, who came, voices.

use std::collections::HashMap;

use db::Conn;

use super::{Entry, Stopped, Walk, day, minute, room, shown, yes};
use crate::ids::{PersonId, RowId, SupporterId};
use crate::station::courses::{self, CourseDay, Series};
use crate::station::signups::{self, State};
use crate::station::supporters::{self, Supporter};
use crate::station::{door, voices};

/// What places and supporters are called.
pub(super) struct Around {
    places: HashMap<RowId, String>,
    supporters: HashMap<SupporterId, Supporter>,
}

impl Around {
    pub(super) async fn read(conn: &mut Conn, walk: &Walk) -> Result<Around, Stopped> {
        let places = courses::list_places(conn, &walk.deed).await?;
        let supporters = supporters::list(conn, &walk.deed).await.map_err(room)?;
        Ok(Around {
            places: places.into_iter().map(|one| (one.id, one.word)).collect(),
            supporters: supporters.into_iter().map(|one| (one.id, one)).collect(),
        })
    }

    fn place(&self, id: Option<RowId>) -> String {
        id.and_then(|id| self.places.get(&id).cloned())
            .unwrap_or_default()
    }

    pub(super) fn name(&self, id: SupporterId) -> String {
        let found = self.supporters.get(&id);
        found.map_or(String::new(), |one| one.details.name.clone())
    }

    pub(super) fn person(&self, id: Option<SupporterId>) -> Option<PersonId> {
        self.supporters.get(&id?).and_then(|one| one.person)
    }

    fn phone(&self, id: SupporterId) -> String {
        let found = self.supporters.get(&id);
        shown(found.and_then(|one| one.details.phone.as_ref()))
    }
}

impl Walk {
    pub(super) async fn places(&mut self) -> Result<Vec<Entry>, Stopped> {
        self.done = true;
        let mut conn = self.db.read().await?;
        let all = courses::list_places(&mut conn, &self.deed).await?;
        let row = |one: courses::Place| {
            let holds = shown(one.holds.as_ref());
            vec![one.word, one.address, one.access, holds, one.id.to_string()]
        };
        Ok(all.into_iter().map(row).map(Entry::plain).collect())
    }

    pub(super) async fn courses(&mut self) -> Result<Vec<Entry>, Stopped> {
        self.done = true;
        let mut conn = self.db.read().await?;
        let around = Around::read(&mut conn, self).await?;
        let all = courses::list_series(&mut conn, &self.deed).await;
        let all = all.map_err(room)?;
        let rows = all.iter().map(|one| self.series(one, &around));
        Ok(rows.map(Entry::plain).collect())
    }

    fn series(&self, one: &Series, around: &Around) -> Vec<String> {
        let of = &one.details;
        let by = match of.by_name.is_empty() {
            true => self.called.organisation(of.organisation),
            false => of.by_name.clone(),
        };
        vec![
            of.title.clone(),
            of.reading.clone(),
            one.rule.words(),
            of.hours.to_string(),
            around.place(of.place),
            shown(of.holds.as_ref()),
            of.fee.to_string(),
            of.bring.clone(),
            of.about.clone(),
            of.who.word().to_owned(),
            of.entry.word().to_owned(),
            by,
            of.teacher.clone(),
            one.begins.to_string(),
            one.until.to_string(),
            day(one.ended_on),
            yes(of.shown, "はい"),
            of.note.clone(),
            one.id.to_string(),
        ]
    }

    /// The days of the part, in their order.
    async fn held(&self, conn: &mut Conn) -> Result<Vec<CourseDay>, Stopped> {
        let (from, until) = self.wish.part.days();
        let days = courses::list_between(conn, &self.deed, from, until).await;
        days.map_err(room)
    }

    pub(super) async fn days(&mut self) -> Result<Vec<Entry>, Stopped> {
        self.done = true;
        let mut conn = self.db.read().await?;
        let around = Around::read(&mut conn, self).await?;
        let row = |one: &CourseDay| {
            let off = one.off.as_ref();
            vec![
                one.day.to_string(),
                one.details.hours.to_string(),
                one.details.title.clone(),
                around.place(one.details.place),
                shown(one.holds.as_ref()),
                one.state.word().to_owned(),
                off.map_or(String::new(), |off| {
                    format!("{}{}", off.reason.word(), off.words)
                }),
                one.planned_on.to_string(),
                one.series.to_string(),
                one.id.to_string(),
            ]
        };
        let days = self.held(&mut conn).await?;
        Ok(days.iter().map(row).map(Entry::plain).collect())
    }

    pub(super) async fn signups(&mut self) -> Result<Vec<Entry>, Stopped> {
        self.done = true;
        let mut conn = self.db.read().await?;
        let around = Around::read(&mut conn, self).await?;
        let mut rows = Vec::new();
        for of in self.held(&mut conn).await? {
            for state in State::ALL {
                let all =
                    signups::list_of_day(&mut conn, &self.deed, of.id, *state, i64::MAX).await;
                for one in all.map_err(room)? {
                    rows.push(signup(&of, one, &around));
                }
            }
        }
        Ok(rows)
    }

    pub(super) async fn attendances(&mut self) -> Result<Vec<Entry>, Stopped> {
        self.done = true;
        let mut conn = self.db.read().await?;
        let around = Around::read(&mut conn, self).await?;
        let mut rows = Vec::new();
        for of in self.held(&mut conn).await? {
            let all = door::list_here(&mut conn, &self.deed, of.id).await;
            for one in all.map_err(room)? {
                let name = match one.supporter {
                    Some(id) => around.name(id),
                    None => one.name,
                };
                let cells = vec![
                    of.day.to_string(),
                    of.details.title.clone(),
                    name,
                    one.part.word().to_owned(),
                    one.way.word().to_owned(),
                    minute(one.at),
                    one.left_at.map(minute).unwrap_or_default(),
                    shown(one.supporter.as_ref()),
                    of.id.to_string(),
                ];
                rows.push(Entry::about(cells, around.person(one.supporter)));
            }
        }
        Ok(rows)
    }

    /// Nobody signs a voice.
    pub(super) async fn voices(&mut self) -> Result<Vec<Entry>, Stopped> {
        self.done = true;
        let mut conn = self.db.read().await?;
        let (from, until) = self.wish.part.days();
        let all = voices::list_between(&mut conn, &self.deed, from, until).await;
        let all = all.map_err(room)?;
        let mut rows = Vec::new();
        for of in self.held(&mut conn).await? {
            let said = all.iter().filter(|one| one.lesson == of.id);
            rows.extend(said.map(|one| {
                Entry::plain(vec![
                    of.day.to_string(),
                    of.details.title.clone(),
                    one.mark.word().to_owned(),
                    one.words.clone(),
                ])
            }));
        }
        Ok(rows)
    }
}

fn signup(of: &CourseDay, one: signups::Signup, around: &Around) -> Entry {
    let (supporter, name, phone) = match &one.who {
        signups::Who::Supporter(id) => (Some(*id), around.name(*id), around.phone(*id)),
        signups::Who::Guest(guest) => (None, guest.name.clone(), shown(guest.phone.as_ref())),
    };
    let cells = vec![
        of.day.to_string(),
        of.details.title.clone(),
        one.number.to_string(),
        name,
        phone,
        one.state.word().to_owned(),
        one.until.map(minute).unwrap_or_default(),
        one.note,
        shown(supporter.as_ref()),
        of.id.to_string(),
    ];
    Entry::about(cells, around.person(supporter))
}
