//! Lists of what was told and asked: inquiries, notices, consultations.

use super::{Entry, MOST, Stopped, Walk, day, minute, room, yes};
use crate::clock::in_japan;
use crate::consultations::{self, About, Listed, Topic, Urgency};
use crate::desk::{self, Inquiry};
use crate::ids::{ConsultationId, InquiryId, NoticeId};
use crate::notices::{self, Notice, Sign, find_sign};

impl Walk {
    /// As their list shows them, which names nobody who was looked up: without what was told, and without
    /// drills.
    pub(super) async fn inquiries(&mut self) -> Result<Vec<Entry>, Stopped> {
        let mut conn = self.db.read().await?;
        let after = InquiryId(self.at);
        let all = desk::list_after(&mut conn, &self.deed, after, MOST).await;
        let all = all.map_err(room)?;
        match all.last() {
            Some(last) => self.at = last.id.0,
            None => self.done = true,
        }
        let (mut rows, part) = (Vec::new(), self.wish.part);
        for one in all {
            let is_open = one.state == desk::State::Open;
            let day = in_japan(one.opened_at).date();
            if part.has_day(day) && part.has_open(is_open) {
                rows.push(Entry::about(self.inquiry(&one), [one.person]));
            }
        }
        Ok(rows)
    }

    fn inquiry(&self, one: &Inquiry) -> Vec<String> {
        let caller = &one.caller;
        let found = one.ending.as_ref().map(|ending| {
            match ending.place_unknown {
                true => "わからない",
                false => &ending.place,
            }
            .to_owned()
        });
        vec![
            minute(one.opened_at),
            one.came.word().to_owned(),
            one.kind.map_or("", desk::CallerKind::word).to_owned(),
            caller.organisation.clone(),
            caller.name.clone(),
            caller.call_back.clone(),
            caller.place.clone(),
            caller.happened.clone(),
            one.state.word().to_owned(),
            self.called.staff(one.opened_by),
            found.unwrap_or_default(),
            one.ended_at.map(minute).unwrap_or_default(),
            self.called.center(one.center),
            one.id.to_string(),
        ]
    }

    /// One's own center's and those of no center, as their list shows them: nobody is named.
    pub(super) async fn notices(&mut self) -> Result<Vec<Entry>, Stopped> {
        let mut conn = self.db.read().await?;
        let signs = notices::list_signs(&mut conn, &self.deed).await?;
        let after = NoticeId(self.at);
        let all = notices::list_after(&mut conn, &self.deed, after, MOST).await;
        let all = all.map_err(room)?;
        match all.last() {
            Some(last) => self.at = last.id.0,
            None => self.done = true,
        }
        let part = self.wish.part;
        let chosen = all
            .iter()
            .filter(|one| part.has_open(one.state != notices::State::Ended));
        let row = |one: &Notice| Entry::about(self.notice(one, &signs), one.person);
        Ok(chosen.map(row).collect())
    }

    fn notice(&self, one: &Notice, signs: &[Sign]) -> Vec<String> {
        let told = &one.words;
        let known = told.signs.iter().filter_map(|code| find_sign(signs, code));
        let said: Vec<&str> = known.map(|sign| sign.ja.as_str()).collect();
        let said = match said.is_empty() {
            true => told.words.clone(),
            false => said.join("／"),
        };
        vec![
            minute(one.received_at),
            one.way.word().to_owned(),
            said,
            told.place.clone(),
            yes(one.danger, "急ぎ"),
            one.state.word().to_owned(),
            one.ending.map_or("", notices::Ending::word).to_owned(),
            minute(one.due_at),
            one.ended_at.map(minute).unwrap_or_default(),
            self.called.center(one.center),
            one.id.to_string(),
        ]
    }

    /// What one's own center received.
    pub(super) async fn consultations(&mut self) -> Result<Vec<Entry>, Stopped> {
        let Some(center) = self.deed.scope.center else {
            self.done = true;
            return Ok(Vec::new());
        };
        let mut conn = self.db.read().await?;
        let topics = consultations::list_topics(&mut conn, &self.deed).await;
        let topics = topics.map_err(room)?;
        let (days, after) = (self.wish.part.days(), ConsultationId(self.at));
        let all = consultations::list_after(&mut conn, &self.deed, center, days, after).await;
        let all = all.map_err(room)?;
        match all.last() {
            Some(last) => self.at = last.id.0,
            None => self.done = true,
        }
        let part = self.wish.part;
        let chosen = all
            .iter()
            .filter(|one| part.has_open(one.state == consultations::State::Open));
        let row = |one: &Listed| Entry::about(self.consultation(one, &topics), one.person);
        Ok(chosen.map(row).collect())
    }

    fn consultation(&self, one: &Listed, topics: &[Topic]) -> Vec<String> {
        let codes = &one.codes;
        let chosen = topics.iter().filter(|of| codes.topics.has(of.code));
        let topics: Vec<&str> = chosen.map(|of| of.word.as_str()).collect();
        let urgency = match codes.urgency {
            Urgency::Usual => "",
            other => other.word(),
        };
        let called = match one.name.is_empty() {
            true => About::word(codes.about),
            false => &one.name,
        };
        vec![
            minute(one.at),
            self.called.center(Some(one.center)),
            called.to_owned(),
            codes.way.word().to_owned(),
            codes.from.word().to_owned(),
            topics.join("、"),
            urgency.to_owned(),
            one.state.word().to_owned(),
            day(one.next_on),
            self.called.staff(one.by),
            one.person.map(|id| id.to_string()).unwrap_or_default(),
            one.id.to_string(),
        ]
    }
}
